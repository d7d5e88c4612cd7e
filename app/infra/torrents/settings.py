"""Turns the owner's wishes for torrents into the settings of libtorrent. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from app.infra.torrents.metadata import LARGEST, MOST_PIECES

Encryption = Literal["allow", "require", "off"]
BOOTSTRAP: Final = "dht.libtorrent.org:25401,router.bittorrent.com:6881"
_POLICY: Final = {"require": 0, "allow": 1, "off": 2}
_BOTH_LEVELS: Final = 3
_PREFER_TCP: Final = 0


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How torrents talk to others."""

    interface: str = ""
    """Name of a network interface that is used and no other; empty: any."""
    port: int = 0
    dht: bool = True
    pex: bool = True
    lsd: bool = True
    port_mapping: bool = False
    encryption: Encryption = "allow"
    down_limit: int = 0
    """Bytes a second over all torrents, peers in the same house included. 0: none."""
    up_limit: int = 0
    connections: int = 200


def session_settings(settings: EngineSettings) -> dict[str, Any]:
    """Return the settings of a libtorrent session."""
    return {**_CONSTANT, **_playing(), **_network(settings), **_wishes(settings)}


def _network(settings: EngineSettings) -> dict[str, Any]:
    """Who is talked to, and by which way.

    Bound, both directions are bound by name (one alone leaks), and what would go around it or
    tell others of it is off: multicast, the router, servers that are asked by their names.
    """
    bound = bool(settings.interface)
    listen = f"{settings.interface}:{settings.port}"
    return {
        "listen_interfaces": listen if bound else f"0.0.0.0:{settings.port},[::]:{settings.port}",
        "outgoing_interfaces": settings.interface,
        "enable_dht": settings.dht,
        "dht_bootstrap_nodes": "" if bound or not settings.dht else BOOTSTRAP,
        "enable_lsd": settings.lsd and not bound,
        "enable_upnp": settings.port_mapping and not bound,
        "enable_natpmp": settings.port_mapping and not bound,
        # A goodbye to a tracker would ask for its address by the way that is left.
        "stop_tracker_timeout": 1,
        "proxy_type": 0,
        "webtorrent_stun_server": "",
    }


def _wishes(settings: EngineSettings) -> dict[str, Any]:
    policy = _POLICY[settings.encryption]
    return {
        "out_enc_policy": policy,
        "in_enc_policy": policy,
        "allowed_enc_level": _BOTH_LEVELS,
        "download_rate_limit": settings.down_limit,
        "upload_rate_limit": settings.up_limit,
        "ignore_limits_on_local_network": False,
        "connections_limit": settings.connections,
    }


def _playing() -> dict[str, Any]:
    """What is asked for now must not stand behind what was asked for before.

    A peer answers in order. With the usual three seconds of requests under way, a seek on a
    slow line waits for three seconds of what nobody wants any more.
    """
    return {
        "request_queue_time": 1,
        # Its first pieces any other engine takes by chance, whatever is wanted.
        "initial_picker_threshold": 0,
        "max_out_request_queue": 1000,
        "strict_end_game_mode": False,
        "piece_timeout": 10,
        "request_timeout": 20,
        "peer_timeout": 60,
        "whole_pieces_threshold": 5,
    }


_CONSTANT: Final[dict[str, Any]] = {
    "user_agent": "",
    "anonymous_mode": False,
    "ssrf_mitigation": True,
    "validate_https_trackers": True,
    "allow_multiple_connections_per_ip": False,
    "max_metadata_size": LARGEST,
    "max_piece_count": MOST_PIECES,
    "max_peerlist_size": 1000,
    "max_queued_disk_bytes": 32 * 1024 * 1024,
    "aio_threads": 4,
    "hashing_threads": 1,
    "alert_queue_size": 20_000,
    "active_downloads": -1,
    "active_seeds": -1,
    "active_checking": 2,
    "active_limit": -1,
    # A kind way for the line, but here ten times slower than the plain one: others may use it.
    "enable_outgoing_utp": False,
    "mixed_mode_algorithm": _PREFER_TCP,
    # Told to whoever asks, and to nobody else.
    "announce_to_all_tiers": False,
    "rate_limit_ip_overhead": False,
    "optimistic_disk_retry": 0x7FFFFFFF,
    # Who was left when all was here, or at a pause, is called again soon when more is wanted.
    "min_reconnect_time": 5,
    "max_retry_port_bind": 10,
    "listen_system_port_fallback": True,
}
