"""Fetches and shares torrents: all of them in one engine, bound to one interface if so wished."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.downloads import Vpn, VpnState
from app.domain.errors import InvalidInput, NotFound, Unavailable
from app.infra.torrents.aside import Aside
from app.infra.torrents.disks import look_at
from app.infra.torrents.ground import Change
from app.infra.torrents.reads import PieceReads
from app.infra.torrents.settings import EngineSettings, session_settings
from app.infra.torrents.watch import InterfaceWatch
from app.runtime.supervisor import Supervisor

if TYPE_CHECKING:
    import libtorrent as lt

    from app.infra.torrents.body import Body
    from app.infra.torrents.places import Place
    from app.infra.torrents.session import Session
    from app.infra.torrents.torrent import Torrent

log = logging.getLogger(__name__)

TICK: Final = 1.0
IDLE_TICKS: Final = 5
LAST_WORDS: Final = 1.2
"""Seconds at the end to write down how far everything is."""
RETIRED: Final = 60.0
"""Seconds after which libtorrent has surely closed what it had open."""

TorrentChanged = Callable[["Torrent", "Change"], None]
VpnChanged = Callable[[Vpn], None]


class TorrentEngine:
    """All torrents. Lives on the service loop.

    `folder` is where is kept how far they are, one ``<key>.resume`` each.
    """

    def __init__(self, folder: Path, settings: EngineSettings) -> None:
        self.folder = folder
        self.reads = PieceReads()
        self.tasks = Supervisor("torrents")
        self._settings = settings
        self._session: Session | None = None
        self._watch: InterfaceWatch | None = None
        self._torrents: dict[str, Torrent] = {}
        self._bodies: dict[str, Body] = {}
        self._on_torrent: list[TorrentChanged] = []
        self._on_vpn: list[VpnChanged] = []
        self._retired: list[Place] = []
        self._ticks = 0
        self._turning: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self.aside = Aside(folder)

    @property
    def alive(self) -> bool | None:
        """Whether it runs as it should; None while nobody needed it."""
        if self._session is None:
            return None
        return self._turning is not None and not self._turning.done()

    @property
    def pex(self) -> bool:
        """Whether peers tell each other of peers."""
        return self._settings.pex

    @property
    def silent(self) -> bool:
        """Whether nothing at all is said, until the interface is back."""
        return self._watch is not None and not self._watch.up

    @property
    def vpn(self) -> Vpn:
        """Whether torrents may talk now, and through what."""
        if self._watch is None:
            return Vpn()
        state = VpnState.UP if self._watch.up else VpnState.AWAY
        return Vpn(state, self._settings.interface)

    def on_torrent(self, told: TorrentChanged) -> Callable[[], None]:
        """Be told what becomes of torrents; the answer ends it."""
        self._on_torrent.append(told)
        return lambda: self._on_torrent.remove(told)

    def on_vpn(self, told: VpnChanged) -> Callable[[], None]:
        """Be told when the interface goes and comes; the answer ends it."""
        self._on_vpn.append(told)
        return lambda: self._on_vpn.remove(told)

    async def start(self) -> None:
        """Start, unless it runs; torrents are added afterwards."""
        async with self._starting:
            if self._session is None:
                self._session = await self._make()
                self._bind()
                self._turning = self.tasks.spawn(self._live(), "clock")

    async def close(self) -> None:
        """Write down how far everything is, and end. Takes two seconds at most."""
        session = self._session
        if session is None:
            return
        self._unwatch()
        session.core.pause()
        keeping = [asyncio.ensure_future(one.put_by(quiet=True)) for one in self._bodies.values()]
        if keeping:
            _, late = await asyncio.wait(keeping, timeout=LAST_WORDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self.tasks.close()
        for body in self._bodies.values():
            body.end(Unavailable("errors.download_ended", name=body.name))
        self._session = None
        self._bodies.clear()
        self._torrents.clear()
        await session.close(self.folder / "dht.state" if self._settings.dht else None)
        for place in self._retired:
            place.close()
        self._retired.clear()
        await asyncio.to_thread(self.aside.clear)

    async def apply(self, settings: EngineSettings) -> None:
        """Take on other settings now, or for when it starts; no torrent is lost."""
        before, self._settings = self._settings, settings
        session = self._session
        if session is None or before == settings:
            return
        moved = (before.interface, before.port) != (settings.interface, settings.port)
        if moved:
            self._unwatch()
            session.core.pause()  # what is connected is connected by the old way
        session.apply(session_settings(settings))
        if before.pex != settings.pex:
            session.set_pex(settings.pex)
        if moved:
            session.core.reopen_network_sockets(0)
            self._bind()
            for told in list(self._on_vpn):
                told(self.vpn)

    async def add(
        self,
        source: bytes | str,
        save: Path,
        key: str,
        *,
        paused: bool = False,
        priorities: Mapping[int, int] | None = None,
        also: str = "",
    ) -> Torrent:
        """Add a torrent: the content of a .torrent file, or a magnet link.

        Its files go below `save`. What was kept under `key` (letters and digits) is gone on from.
        `priorities` are 0, 1, 4 or 7 by the numbers of its files, 4 for the rest; None: as kept.
        `InvalidInput`: ``errors.torrent_broken``, ``errors.torrent_too_many_files``,
        ``errors.torrent_too_large``, ``errors.magnet_broken``, ``errors.download_known`` (with
        the key of the one, as `id`, that is there). A disk that is away is told by its status.
        """
        from app.infra.torrents.body import Body
        from app.infra.torrents.torrent import Torrent

        self._open()
        if not key.isalnum() or not key.isascii():
            raise ValueError(key)
        if key in self._bodies:
            raise InvalidInput("errors.download_known", id=key)
        body = Body(self, key, source, save, also)
        body.paused, body.wished = paused, priorities
        self._bodies[key] = body
        torrent = Torrent(body)
        self._torrents[key] = torrent
        try:
            await body.open()
        except BaseException:
            self._forget(body)
            raise
        return torrent

    def get(self, key: str) -> Torrent:
        """Return a torrent; `NotFound` when there is none of that key."""
        found = self._torrents.get(key)
        if found is None:
            raise NotFound("errors.download_unknown")
        return found

    async def remove(self, key: str, *, files: bool) -> None:
        """Take a torrent out and forget how far it was.

        With `files` its own files are deleted too, and the folders that are empty then; nothing
        that was never wanted, and nobody else's.
        """
        from app.infra.torrents.removal import clear

        body = self._known(key)
        if body.handle is not None:
            body.handle.pause()
        with contextlib.suppress(Unavailable):  # what is on its way to the disk
            await body.keeper.flush()
        place, body.place = body.place, None  # it is needed a moment longer
        entries = body.layout.entries if files and body.layout is not None else ()
        paths = [one.path for one in entries if body.wishes.get(one.number)]
        body.keeper.forget()
        self._forget(body)
        await body.keeper.ended()
        await asyncio.to_thread(clear, body.kept, place, body.hashes, paths)
        if place is not None:
            self.retire(place)

    async def release(self, key: str) -> None:
        """Take a torrent out, and keep how far it is; added again it goes on from there."""
        body = self._known(key)
        body.paused = True
        if body.handle is not None:
            body.handle.pause()
        await body.put_by(quiet=True)
        self._forget(body)

    def totals(self) -> tuple[float, float, int]:
        """Bytes a second down and up, and how many peers, over all torrents."""
        bodies = () if self.silent else self._bodies.values()
        told = [one.figures for one in bodies if one.failure is None and not one.paused]
        return (
            sum(one.down for one in told),
            sum(one.up for one in told),
            sum(one.connections for one in told),
        )

    async def enter(self, params: lt.add_torrent_params, body: Body) -> None:
        """Put a torrent into libtorrent; what is said of it goes to `body`."""
        from app.infra.torrents.opening import same

        for other in self._bodies.values():
            if other is not body and same(other.hashes, body.hashes):
                raise InvalidInput("errors.download_known", id=other.key)
        await self._open().enter(params, body)

    def leave(self, handle: lt.torrent_handle) -> None:
        """Take a torrent out of libtorrent."""
        if self._session is not None:
            self._session.leave(handle)

    def tell(self, key: str, change: Change) -> None:
        """Tell everybody who wants to know."""
        torrent = self._torrents.get(key)
        for told in list(self._on_torrent) if torrent is not None else ():
            assert torrent is not None
            told(torrent, change)

    def retire(self, place: Place) -> None:
        """Let go of a folder once libtorrent has surely done with it."""
        self._retired.append(place)
        asyncio.get_running_loop().call_later(RETIRED, self._let_go, place)

    def throw_away(self, aside: Path) -> None:
        """Throw away what was put aside, now and once libtorrent has surely done with it."""
        self.tasks.spawn(asyncio.to_thread(self.aside.drop, aside), "aside")
        asyncio.get_running_loop().call_later(RETIRED, self.aside.drop, aside)

    def _known(self, key: str) -> Body:
        body = self._bodies.get(key)
        if body is None:
            raise NotFound("errors.download_unknown")
        return body

    def _open(self) -> Session:
        if self._session is None:
            raise Unavailable("errors.torrents_off")
        return self._session

    async def _make(self) -> Session:
        """Start libtorrent; it takes a moment to load."""

        def make() -> lt.session:
            from app.infra.torrents import removal, torrent  # noqa: F401 - loaded here, not later
            from app.infra.torrents.session import make_session

            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.aside.clear()  # a kill may have left something
            return make_session(self._settings, self.folder / "dht.state")

        made = await asyncio.to_thread(make)
        from app.infra.torrents.session import Session

        return Session(made)

    def _bind(self) -> None:
        """Talk only when, and through what, the owner wants."""
        session = self._open()
        if self._settings.interface:
            self._watch = InterfaceWatch(self._settings.interface, self._interface_changed)
            self._watch.start()
            if not self._watch.up:
                session.core.pause()
                return
        session.core.resume()

    def _unwatch(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _interface_changed(self, up: bool) -> None:
        session = self._open()
        log.warning("The interface %s is %s", self._settings.interface, "there" if up else "away")
        if up:
            session.apply(session_settings(self._settings))
            session.core.reopen_network_sockets(0)
            session.core.resume()
        else:
            # No goodbyes: to say them would ask for addresses by another way.
            session.apply({"stop_tracker_timeout": 0})
            session.core.pause()
        for told in list(self._on_vpn):
            told(self.vpn)

    async def _live(self) -> None:
        """Once a second: hear the figures, write down what came, look after the disks."""
        import libtorrent as lt

        flags: Any = lt.torrent_handle.query_distributed_copies
        looking: asyncio.Task[None] | None = None
        while True:
            await asyncio.sleep(TICK)
            self._ticks += 1
            moving = [one for one in self._bodies.values() if one.restless or one.figures.moving]
            for body in moving:
                body.restless = max(0, body.restless - 1)
            if moving or self._ticks % IDLE_TICKS == 0:
                self._open().core.post_torrent_updates(flags)
            for body in self._bodies.values():
                if body.keeper.due:
                    self.tasks.spawn(body.put_by(), "keep")
            if looking is None or looking.done():
                held = [one for one in moving if one.place is not None and one.failure is None]
                looking = self.tasks.spawn(look_at(held), "disks") if held else None

    def _forget(self, body: Body) -> None:
        body.end(Unavailable("errors.download_ended", name=body.name))
        self._bodies.pop(body.key, None)
        self._torrents.pop(body.key, None)

    def _let_go(self, place: Place) -> None:
        if place in self._retired:
            self._retired.remove(place)
            place.close()
