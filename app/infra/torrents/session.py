"""Starts and ends libtorrent, puts torrents in and out, and hands over what it says."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import libtorrent as lt

from app.domain.errors import InvalidInput, Unavailable
from app.infra.atomic import replace_file
from app.infra.torrents.hearing import hear
from app.infra.torrents.opening import hashes_of
from app.infra.torrents.settings import EngineSettings, session_settings

if TYPE_CHECKING:
    from app.infra.torrents.body import Body

log = logging.getLogger(__name__)

_MASK: Final = (
    lt.alert.category_t.status_notification
    | lt.alert.category_t.error_notification
    | lt.alert.category_t.storage_notification
    | lt.alert.category_t.piece_progress_notification
    | lt.alert.category_t.peer_notification
)
_DHT_STATE: Final = lt.save_state_flags_t.save_dht_state
LEAVING: Final = 5.0
"""Seconds libtorrent may take to let go of a torrent."""
MOST_STATE: Final = 1_000_000


class Session:
    """Libtorrent at work. Lives on the service loop, but for its making and its end.

    What is said of a torrent goes to its body.
    """

    def __init__(self, made: lt.session) -> None:
        self._held: list[lt.session] = [made]
        self._bodies: dict[lt.torrent_handle, Body] = {}
        self._entering: dict[str, tuple[Body, asyncio.Future[None]]] = {}
        self._leaving: dict[str, asyncio.Future[None]] = {}
        self._inside, self._outside = socket.socketpair()
        self._inside.setblocking(False)
        self._outside.setblocking(False)
        asyncio.get_running_loop().add_reader(self._inside, self._wake)
        made.set_alert_fd(self._outside.fileno())

    @property
    def core(self) -> lt.session:
        """The session itself."""
        return self._held[0]

    def apply(self, settings: dict[str, Any]) -> None:
        """Set settings; they are in force at once."""
        given: Any = settings  # its stubs know no plain dictionary
        self.core.apply_settings(given)

    async def close(self, dht: Path | None) -> None:
        """End it; `dht` is where the addresses of the network without servers are kept."""
        asyncio.get_running_loop().remove_reader(self._inside)
        held, self._held = self._held, []
        await asyncio.to_thread(_end, held, dht, (self._inside, self._outside))

    async def enter(self, params: lt.add_torrent_params, body: Body) -> None:
        """Put a torrent in; `InvalidInput` when it is not taken."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        name = str(hashes_of(params).get_best())
        # Until it has let go of a torrent, libtorrent takes no other of a hash of its own.
        left = {self._leaving[one] for one in _names(hashes_of(params)) if one in self._leaving}
        if left:
            await asyncio.wait(left, timeout=LEAVING)
        self._entering[name] = (body, future)
        try:
            self.core.async_add_torrent(params)
            await future
        finally:
            self._entering.pop(name, None)

    def leave(self, handle: lt.torrent_handle) -> None:
        """Take a torrent out; nothing is heard of it any more."""
        self._bodies.pop(handle, None)
        left: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._leaving |= dict.fromkeys(_names(handle.info_hashes()), left)
        self.core.remove_torrent(handle)

    def set_pex(self, on: bool) -> None:
        """Whether peers tell each other of peers."""
        for handle in self._bodies:
            if on:
                handle.unset_flags(lt.torrent_flags.disable_pex)
            else:
                handle.set_flags(lt.torrent_flags.disable_pex)

    def _wake(self) -> None:
        """Take in what libtorrent says; an alert is dead after the next ones are taken."""
        with contextlib.suppress(BlockingIOError):
            self._inside.recv(4096)
        for alert in self.core.pop_alerts():
            if isinstance(alert, lt.torrent_alert):
                self._of_torrent(alert)
            elif isinstance(alert, lt.state_update_alert):
                for status in alert.status:
                    body = self._bodies.get(status.handle)
                    if body is not None:
                        body.told(status)
            elif isinstance(alert, lt.alerts_dropped_alert):
                log.error("Libtorrent said more than could be heard")
                for body in self._bodies.values():
                    body.look_again()

    def _of_torrent(self, alert: lt.torrent_alert) -> None:
        if isinstance(alert, lt.add_torrent_alert):
            self._entered(alert)
        elif isinstance(alert, lt.torrent_removed_alert):
            for name in _names(alert.info_hashes):
                left = self._leaving.pop(name, None)
                if left is not None and not left.done():
                    left.set_result(None)
        else:
            body = self._bodies.get(alert.handle)
            if body is not None:
                hear(body, alert)

    def _entered(self, alert: lt.add_torrent_alert) -> None:
        code, handle = alert.error, alert.handle
        # As it was added: by now peers may have told it another hash.
        name = str(hashes_of(alert.params).get_best())
        body, future = self._entering.get(name, (None, None))
        if body is None or future is None or future.done():
            if not code.value():
                self.leave(handle)  # nobody waits for it any more
        elif code.value():
            log.warning("Torrent %s was not taken: %s", body.key, code.message())
            future.set_exception(InvalidInput("errors.torrent_broken"))
        elif body.gone:  # it was removed meanwhile
            self.leave(handle)
            future.set_exception(Unavailable("errors.download_ended", name=body.name))
        else:
            self._bodies[handle] = body
            body.entered(handle)
            future.set_result(None)


def _names(hashes: lt.info_hash_t) -> set[str]:
    """Every hash a torrent has; of a magnet link only one may be known at first."""
    told = ((hashes.has_v1(), hashes.v1), (hashes.has_v2(), hashes.v2))
    return {str(one) for there, one in told if there}


def make_session(settings: EngineSettings, dht: Path) -> lt.session:
    """Blocking. Start libtorrent; it says nothing and asks nothing before a torrent is added."""
    params = lt.session_params()
    if settings.dht:
        with contextlib.suppress(OSError, RuntimeError):
            if dht.stat().st_size <= MOST_STATE:
                params = lt.read_session_params(dht.read_bytes(), _DHT_STATE)
    given: Any = session_settings(settings) | {"alert_mask": _MASK}
    params.settings = given
    return lt.session(params)


def _end(held: list[lt.session], dht: Path | None, ends: tuple[socket.socket, ...]) -> None:
    """Blocking. The last holder waits for libtorrent's threads, which write to the socket."""
    if dht is not None:
        try:
            state = held[0].session_state(_DHT_STATE)
            replace_file(dht, bytes(lt.write_session_params_buf(state, _DHT_STATE)))
        except (OSError, RuntimeError) as error:
            log.info("The addresses of other torrent users could not be kept: %s", error)
    held.clear()
    for end in ends:
        end.close()
