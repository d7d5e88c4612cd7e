"""Torrents as strangers write them, and somebody on loopback who has one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import libtorrent as lt

HOME = "127.0.0.1"
PIECE = 16_384
QUIET: dict[str, Any] = {
    "listen_interfaces": f"{HOME}:0",
    "outgoing_interfaces": HOME,
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "ignore_limits_on_local_network": False,
    "alert_mask": lt.alert.category_t.status_notification,
}


def bencode(value: Any) -> bytes:
    """The notation of torrents; unlike libtorrent's own it writes nonsense as well."""
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, str):
        return bencode(value.encode())
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    if isinstance(value, list):
        return b"l" + b"".join(map(bencode, value)) + b"e"
    pairs = {key.encode(): told for key, told in value.items()}
    return b"d" + b"".join(bencode(key) + bencode(pairs[key]) for key in sorted(pairs)) + b"e"


def one_file(name: Any = "film.mkv", **more: Any) -> bytes:
    """A .torrent of one file; `more` is put in its place, None is left out."""
    info = {"name": name, "piece length": PIECE, "pieces": b"x" * 20, "length": 5}
    info |= {key.replace("_", " "): told for key, told in more.items()}
    return bencode({"info": {key: told for key, told in info.items() if told is not None}})


def many_files(*files: Mapping[str, Any], name: str = "Film") -> bytes:
    """A .torrent of several files."""
    pieces = max(1, -(-sum(max(0, one["length"]) for one in files) // PIECE))
    info = {"name": name, "piece length": PIECE, "pieces": b"x" * 20 * pieces}
    return bencode({"info": {**info, "files": [dict(one) for one in files]}})


def listed(*path: str, length: int = 5, **more: Any) -> dict[str, Any]:
    """One file for `many_files`."""
    return {"path": list(path), "length": length, **more}


def made_of(
    folder: Path,
    flags: int = lt.create_torrent.v1_only,
    *,
    piece: int = PIECE,
    trackers: Sequence[str] = (),
    web_seeds: Sequence[str] = (),
) -> bytes:
    """The .torrent of a real folder."""
    torrent = lt.create_torrent(lt.list_files(str(folder)), piece, flags)
    lt.set_piece_hashes(torrent, str(folder.parent))
    for url in trackers:
        torrent.add_tracker(url)
    for url in web_seeds:
        torrent.add_url_seed(url)
    told: Any = torrent.generate()
    return lt.bencode(told)


class Seed:
    """Somebody who has a torrent."""

    def __init__(self, session: lt.session, handle: lt.torrent_handle) -> None:
        self._session = session
        self._handle = handle
        self.hashes = handle.info_hashes()
        self.peer = (HOME, session.listen_port())

    @property
    def v1(self) -> str:
        return str(self.hashes.v1)

    @property
    def magnet(self) -> str:
        return f"magnet:?xt=urn:btih:{self.v1}&{self.here}"

    @property
    def here(self) -> str:
        """Where it is, as part of a magnet link."""
        return f"x.pe={HOME}:{self.peer[1]}"

    def meet(self, peer: tuple[str, int]) -> None:
        """Call on somebody."""
        self._handle.connect_peer(peer)

    def slow_down(self, rate: int) -> None:
        """Give so many bytes a second from now on; 0: as many as it can."""
        self._handle.set_upload_limit(rate)

    def leave(self) -> None:
        """Vanish in the middle of it."""
        self._session.pause()

    def come_back(self) -> None:
        self._session.resume()

    @property
    def sent(self) -> int:
        """So many bytes of the payload were given away, up to this moment."""
        self._session.post_session_stats()
        for _ in range(100):
            self._session.wait_for_alert(100)
            for alert in self._session.pop_alerts():
                if isinstance(alert, lt.session_stats_alert):
                    return int(alert.values["net.sent_payload_bytes"])
        raise TimeoutError("nothing is told of what was sent")


@contextlib.contextmanager
def seeding(
    content: bytes, place: Path, limit: int = 0, *, garbage: bool = False, **settings: Any
) -> Iterator[Seed]:
    """Share a torrent for the length of a test; its files lie in `place`, or nowhere at all.

    `limit` is in bytes a second, 0 for none. With `garbage` it never looks at what it gives:
    whatever lies in `place`.
    """
    settings |= {"disable_hash_checks": garbage}
    session, handle = _begin(content, place, lt.torrent_flags.seed_mode, settings)
    handle.set_upload_limit(limit)
    try:
        yield Seed(session, handle)
    finally:
        session.remove_torrent(handle)


def fetch_all(content: bytes, seed: Seed, place: Path) -> None:
    """Blocking: get the whole of it, as a usual client does."""
    session, handle = _begin(content, place, 0)
    handle.connect_peer(seed.peer)
    _wait(session, lt.torrent_finished_alert)


def _begin(
    content: bytes, place: Path, flags: int, settings: Mapping[str, Any] | None = None
) -> tuple[lt.session, lt.torrent_handle]:
    make: Any = lt.session
    session: lt.session = make({**QUIET, **(settings or {})})
    wanted = lt.load_torrent_buffer(content)
    wanted.save_path = str(place)
    wanted.flags |= flags
    wanted.flags &= ~(lt.torrent_flags.auto_managed | lt.torrent_flags.paused)
    handle = session.add_torrent(wanted)
    _wait(session, lt.torrent_checked_alert)  # before, it sends everybody away
    return session, handle


def _wait(session: lt.session, kind: type[lt.alert]) -> None:
    for _ in range(100):
        session.wait_for_alert(100)
        if any(isinstance(one, kind) for one in session.pop_alerts()):
            return
    raise TimeoutError(kind.__name__)
