"""How a torrent stands, told in plain figures."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import libtorrent as lt

from app.domain.downloads import Peer, Tracker


class TorrentState(StrEnum):
    """What a torrent does, paused or not."""

    LOOKING = "looking"  # what it holds is asked of others
    CHECKING = "checking"
    LOADING = "loading"
    SEEDING = "seeding"  # all that is wanted is here and verified
    FAILED = "failed"  # nothing goes on until `go`


@dataclass(frozen=True, slots=True, kw_only=True)
class TorrentStatus:
    """How a torrent stands. Bytes, bytes a second, seconds."""

    state: TorrentState
    paused: bool = False
    reason: str = ""  # message key, when it failed
    reason_args: Mapping[str, object] = field(default_factory=dict)
    size: int | None = None  # of what is wanted; None while that is not known
    done: int = 0  # verified, of what is wanted
    received: int = 0  # of the payload, over the network, in all its time
    down: float = 0.0
    up: float = 0.0
    uploaded: int = 0  # in all its time
    seeded: float = 0.0  # seconds it has given since all was here
    connections: int = 0
    known_peers: int = 0
    seeds: int = 0
    availability: float | None = None
    files_done: int = 0
    bad_pieces: int = 0  # came with a wrong hash and were thrown away
    banned: int = 0  # peers that sent such
    checked: float = 0.0  # 0 to 1, while it is checked


@dataclass(slots=True)
class Counts:
    """What went wrong on the way."""

    bad_pieces: int = 0
    banned: int = 0


@dataclass(slots=True)
class Figures:
    """What libtorrent told last."""

    kind: TorrentState = TorrentState.LOOKING
    received: int = 0
    down: float = 0.0
    up: float = 0.0
    uploaded: int = 0
    seeded: float = 0.0
    connections: int = 0
    known_peers: int = 0
    seeds: int = 0
    availability: float | None = None
    checked: float = 0.0
    at: float = field(default_factory=time.monotonic)

    def seeded_now(self) -> float:
        """Seconds it has given; libtorrent says nothing while nothing else changes."""
        more = time.monotonic() - self.at if self.kind is TorrentState.SEEDING else 0.0
        return self.seeded + more

    @property
    def moving(self) -> bool:
        """Whether the next second will probably tell something else."""
        busy = self.kind in (TorrentState.LOADING, TorrentState.CHECKING, TorrentState.LOOKING)
        return busy or self.down > 0 or self.up > 0


_KINDS: Final = {
    lt.torrent_status.states.queued_for_checking: TorrentState.CHECKING,
    lt.torrent_status.states.checking_files: TorrentState.CHECKING,
    lt.torrent_status.states.checking_resume_data: TorrentState.CHECKING,
    lt.torrent_status.states.downloading_metadata: TorrentState.LOOKING,
    lt.torrent_status.states.downloading: TorrentState.LOADING,
    lt.torrent_status.states.allocating: TorrentState.LOADING,
    lt.torrent_status.states.finished: TorrentState.SEEDING,
    lt.torrent_status.states.seeding: TorrentState.SEEDING,
}


def figures_of(told: lt.torrent_status, before: tuple[int, int]) -> Figures:
    """Copy what is wanted of a status that dies soon.

    `before` is what was received and given before it entered the engine: libtorrent's own sums
    over all time lag far behind.
    """
    kind = _KINDS.get(told.state, TorrentState.CHECKING)
    copies = told.distributed_copies
    return Figures(
        kind=kind,
        received=before[0] + told.total_payload_download,
        down=float(told.download_payload_rate),
        up=float(told.upload_payload_rate),
        uploaded=before[1] + told.total_payload_upload,
        seeded=told.finished_duration.total_seconds(),
        connections=told.num_peers,
        known_peers=max(told.list_peers, told.num_peers),
        seeds=max(told.num_seeds, told.list_seeds, told.num_complete),
        availability=copies if copies >= 0 and told.num_peers else None,
        checked=told.progress if kind is TorrentState.CHECKING else 0.0,
    )


_SOURCES: Final = (
    (lt.peer_info.tracker, "tracker"),
    (lt.peer_info.dht, "dht"),
    (lt.peer_info.pex, "pex"),
    (lt.peer_info.lsd, "lsd"),
)


def peer_of(told: lt.peer_info) -> Peer | None:
    """One peer; None while it is not really there."""
    if told.flags & (lt.peer_info.connecting | lt.peer_info.handshake):
        return None
    host, port = told.ip
    shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    encrypted = lt.peer_info.rc4_encrypted | lt.peer_info.plaintext_encrypted
    came = "" if told.flags & lt.peer_info.local_connection else "incoming"
    source = next((name for bit, name in _SOURCES if told.source & bit), came)
    return Peer(
        address=shown,
        client=plain(told.client.decode("utf-8", "replace"), 60),
        progress=told.progress,
        down=float(told.payload_down_speed),
        up=float(told.payload_up_speed),
        encrypted=bool(told.flags & encrypted),
        source=source,
    )


def tracker_of(told: Mapping[str, object]) -> Tracker:
    """One tracker, from the dictionary libtorrent tells."""
    host = plain(str(told.get("url", "")), 200).partition("://")[2].partition("/")[0]
    message, failed, peers = str(told.get("message", "")), False, 0
    soonest = told.get("next_announce")
    next_in = soonest - time.time() if isinstance(soonest, int) else -1.0
    for endpoint in _listed(told.get("endpoints")):
        for hashes in _listed(endpoint.get("info_hashes")):
            message = str(hashes.get("message") or message)
            failed = failed or bool(hashes.get("fails"))
            seen = (hashes.get("scrape_complete"), hashes.get("scrape_incomplete"))
            peers = max(peers, sum(one for one in seen if isinstance(one, int) and one > 0))
    return Tracker(
        host=host.rpartition("@")[2],
        working=bool(told.get("verified")) and not failed,
        peers=peers,
        message=plain(message, 200),
        next_in=next_in if next_in >= 0 else None,
    )


def plain(text: str, most: int) -> str:
    """A stranger's words without anything that is no letter to be seen."""
    return "".join(char for char in text[: most * 2] if char.isprintable())[:most]


def _listed(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
