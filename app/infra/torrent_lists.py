"""Learns what a torrent holds without fetching any of it: from a .torrent file, or from peers."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import tempfile
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import InvalidInput, Unavailable
from app.infra.torrents.metadata import (
    LARGEST,
    MOST_FILES,
    TorrentContents,
    TorrentFile,
    contents_of,
    key_of,
    of_magnet,
    read_magnet,
    read_torrent,
)
from app.infra.torrents.settings import EngineSettings, session_settings
from app.infra.torrents.watch import InterfaceWatch, identity

if TYPE_CHECKING:
    import libtorrent as lt

__all__ = [
    "LARGEST",
    "MOST_FILES",
    "TorrentContents",
    "TorrentFile",
    "TorrentLists",
    "read_magnet",
    "read_torrent",
]
log = logging.getLogger(__name__)

IDLE_SECONDS: Final = 60.0


class TorrentLists:
    """Asks peers for the list of a magnet link. Nothing of the payload is ever asked for.

    One engine serves all questions; it starts with the first and ends after a minute of rest.
    `interface` names the one it may use and no other, empty for any: it is bound as the engine
    of downloads is, and while that interface is away nobody is asked anything. Lives on the
    service loop.
    """

    def __init__(
        self, interface: Callable[[], str] = lambda: "", *, find_peers: bool = True
    ) -> None:
        self._interface = interface
        self._find_peers = find_peers
        self._bound = ""
        self._watch: InterfaceWatch | None = None
        self._session: lt.session | None = None
        self._wake: tuple[socket.socket, socket.socket] | None = None
        self._waiting: dict[str, list[asyncio.Future[TorrentContents]]] = {}
        self._handles: dict[str, lt.torrent_handle] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._closing: set[asyncio.Task[None]] = set()

    async def of_magnet(
        self, link: str, seconds: float = 25.0, peers: Sequence[tuple[str, int]] = ()
    ) -> TorrentContents:
        """Return what a magnet link stands for.

        `InvalidInput` when the link is none, `Unavailable` when no peer tells within `seconds`,
        or (``errors.vpn_away``) when the interface is away. `peers` are addresses known to have
        it.
        """
        wanted = of_magnet(link)
        await self._bind()
        key = key_of(wanted.info_hashes)
        future: asyncio.Future[TorrentContents] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, []).append(future)
        try:
            self._join(key, wanted, peers)
            async with asyncio.timeout(seconds):
                return await future
        except TimeoutError as error:
            raise Unavailable("errors.torrent_silent", seconds=seconds) from error
        finally:
            self._leave(key, future)

    async def close(self, why: Unavailable | None = None) -> None:
        """End the engine; whoever still waits is told that nobody answered, or why."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        # All of it is taken along at once: who asks meanwhile gets an engine of his own.
        held, self._session = [self._session], None
        wake, self._wake = self._wake, None
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.close()
        folder, self._folder = self._folder, None
        waiting, self._waiting = self._waiting, {}
        self._handles.clear()
        if wake is not None:
            asyncio.get_running_loop().remove_reader(wake[0])
        for future in [one for futures in waiting.values() for one in futures]:
            if not future.done():
                future.set_exception(why or Unavailable("errors.torrent_silent", seconds=0))
        await asyncio.to_thread(_end, held, wake, folder)

    async def _bind(self) -> None:
        """Be bound to what the owner wishes now; `Unavailable` while that is away."""
        wanted = self._interface()
        if wanted != self._bound:
            if self._session is not None:  # it talks by the former way
                await self.close(Unavailable("errors.torrent_silent", seconds=0))
            self._bound = wanted
        if wanted and not identity(wanted):
            raise _away(wanted)

    def _interface_changed(self, _up: bool) -> None:
        """Gone, or another of its name: whoever waits is told, and nothing is said any more."""
        if self._session is not None:
            self._session.apply_settings({"stop_tracker_timeout": 0})
            self._session.pause()
        closing = asyncio.get_running_loop().create_task(self.close(_away(self._bound)))
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    def _join(
        self, key: str, wanted: lt.add_torrent_params, peers: Sequence[tuple[str, int]]
    ) -> None:
        """Begin to ask, or go along with those who ask already."""
        session = self._open()
        handle = self._handles.get(key)
        if handle is None:
            try:
                handle = session.add_torrent(self._told_to_fetch_nothing(wanted))
            except RuntimeError as error:
                raise InvalidInput("errors.magnet_broken") from error
            self._handles[key] = handle
        else:
            self._tell(key, handle.torrent_file())  # it may have come a moment ago
        for peer in peers:
            handle.connect_peer(peer)

    def _told_to_fetch_nothing(self, wanted: lt.add_torrent_params) -> lt.add_torrent_params:
        import libtorrent as lt

        flags = lt.torrent_flags
        assert self._folder is not None
        wanted.save_path = self._folder.name
        wanted.flags |= flags.upload_mode | flags.default_dont_download
        wanted.flags &= ~(flags.auto_managed | flags.paused)
        return wanted

    def _open(self) -> lt.session:
        import libtorrent as lt

        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._session is not None:
            return self._session
        settings: dict[str, Any] = {
            "alert_mask": lt.alert.category_t.status_notification
            | lt.alert.category_t.error_notification,
            "connections_limit": 60,
        }
        wishes = EngineSettings(interface=self._bound, dht=self._find_peers, lsd=False)
        settings = session_settings(wishes) | settings
        self._folder = tempfile.TemporaryDirectory(prefix="sokoul-lists-")
        session = _session(settings)
        inside, outside = socket.socketpair()
        inside.setblocking(False)
        self._wake = (inside, outside)
        asyncio.get_running_loop().add_reader(inside, self._on_alerts)
        session.set_alert_fd(outside.fileno())
        self._session = session
        if self._bound:
            self._watch = InterfaceWatch(self._bound, self._interface_changed)
            self._watch.start()
        return session

    def _on_alerts(self) -> None:
        """Take what the engine says; an alert is dead after the next ones are taken."""
        import libtorrent as lt

        if self._wake is None or self._session is None:
            return
        with contextlib.suppress(BlockingIOError):
            self._wake[0].recv(4096)
        for alert in self._session.pop_alerts():
            if isinstance(alert, lt.metadata_received_alert):
                # By its handle: a magnet link may name one of two hashes, its list tells both.
                for key in [key for key, one in self._handles.items() if one == alert.handle]:
                    self._tell(key, alert.handle.torrent_file())

    def _tell(self, key: str, info: lt.torrent_info | None) -> None:
        for future in self._waiting.get(key, ()):
            if future.done() or info is None:
                continue
            try:
                future.set_result(contents_of(info))
            except InvalidInput as error:
                future.set_exception(error)
            except (RuntimeError, UnicodeError):
                future.set_exception(InvalidInput("errors.torrent_broken"))

    def _leave(self, key: str, future: asyncio.Future[TorrentContents]) -> None:
        waiting = self._waiting.get(key, [])
        if future in waiting:
            waiting.remove(future)
        if waiting:
            return
        self._waiting.pop(key, None)
        handle = self._handles.pop(key, None)
        if self._session is None:
            return
        if handle is not None:
            self._session.remove_torrent(handle)
        if not self._handles:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(IDLE_SECONDS, lambda: loop.create_task(self.close()))


def _end(
    held: list[lt.session | None],
    wake: tuple[socket.socket, socket.socket] | None,
    folder: tempfile.TemporaryDirectory[str] | None,
) -> None:
    """Blocking. The last holder of an engine waits for its threads, which write to the socket."""
    held.clear()
    for end in wake or ():
        end.close()
    if folder is not None:
        folder.cleanup()


def _away(interface: str) -> Unavailable:
    return Unavailable("errors.vpn_away", interface=interface)


def _session(settings: dict[str, Any]) -> lt.session:
    import libtorrent as lt

    make: Any = lt.session  # its stubs know no plain dictionary
    made: lt.session = make(settings)
    return made
