"""The inner life of one torrent: what libtorrent says of it, and what that leads to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

import libtorrent as lt

from app.domain.downloads import Peer, Tracker
from app.domain.errors import AppError, InvalidInput, Unavailable
from app.infra.torrents import resume
from app.infra.torrents.aim import Aim
from app.infra.torrents.aside import Aside
from app.infra.torrents.ground import Change
from app.infra.torrents.keeper import Keeper
from app.infra.torrents.layout import Entry, Layout
from app.infra.torrents.opening import Opened, as_file, hashes_of, open_torrent, prepare
from app.infra.torrents.pieces import Pieces
from app.infra.torrents.places import Place
from app.infra.torrents.reader import TorrentReader
from app.infra.torrents.reads import PieceLostError, PieceReads
from app.infra.torrents.sealing import Sealing
from app.infra.torrents.status import Counts, Figures, TorrentState, figures_of, peer_of, tracker_of
from app.infra.torrents.trouble import disk_failure
from app.runtime.supervisor import Supervisor

log = logging.getLogger(__name__)

RESTLESS: Final = 4
"""So many seconds after something happened its figures may still change."""


class Ground(Protocol):
    """What a torrent stands on: the engine."""

    folder: Path
    reads: PieceReads
    tasks: Supervisor
    aside: Aside

    @property
    def pex(self) -> bool:
        """Whether peers tell each other of peers."""

    @property
    def silent(self) -> bool:
        """Whether nothing at all is said, until an interface is back."""

    async def enter(self, params: lt.add_torrent_params, body: Body) -> None:
        """Put it into libtorrent; what is said of it goes to `body`."""

    def leave(self, handle: lt.torrent_handle) -> None:
        """Take it out."""

    def tell(self, key: str, change: Change) -> None:
        """Tell everybody who wants to know."""

    def retire(self, place: Place) -> None:
        """Let go of a folder once libtorrent has surely done with it."""

    def throw_away(self, aside: Path) -> None:
        """Throw away what was put aside, now and once libtorrent has surely done with it."""


class Body:
    """Hears what libtorrent says of one torrent. Lives on the service loop."""

    def __init__(
        self, ground: Ground, key: str, source: bytes | str, save: Path, also: str = ""
    ) -> None:
        self.ground = ground
        self.key = key
        self.source = source
        self.also = also
        self.save = save
        self.kept = resume.kept_at(ground.folder, key)
        self.keeper: Keeper = Keeper(self.kept)
        self.handle: lt.torrent_handle | None = None
        self.hashes: lt.info_hash_t = lt.info_hash_t()
        self.name = ""
        self.layout: Layout | None = None
        self.place: Place | None = None
        self.pieces: Pieces | None = None
        self.aim: Aim | None = None
        self.device: int | None = None  # the disk it lay on last
        self.wishes: dict[int, int] = {}
        self._opened: dict[int, int] = {}
        self.sealing = Sealing()
        self._aside: Path | None = None
        self.whole = False  # all that was wanted was here once
        self.wished: Mapping[int, int] | None = None
        self.paused = self.gone = False
        self.failure: AppError | None = None
        self.figures = Figures()
        self.counts = Counts()
        self.peers: tuple[Peer, ...] = ()
        self.trackers: tuple[Tracker, ...] = ()
        self.extra_peers: list[tuple[str, int]] = []
        self.readers: list[TorrentReader] = []
        self.known: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.moved: asyncio.Future[str] | None = None
        self.checked: asyncio.Future[None] | None = None
        self.limits = self.before = (0, 0)  # `before`: bytes it had and gave until it came here
        self.stale = True  # sums over the pieces have to be made anew
        self.restless = RESTLESS
        self._opening = asyncio.Lock()
        self._asking: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Read what was kept of it, or its source, and put it into the engine."""
        wishes = self.wishes if self.layout is not None else self.wished
        aside = self.ground.aside
        opened = await asyncio.to_thread(
            open_torrent, self.kept, self.source, self.save, wishes, self.device, self.also, aside
        )
        if self.gone:  # it was removed meanwhile
            if opened.place is not None:
                opened.place.close()
            if opened.aside is not None:
                await asyncio.to_thread(aside.drop, opened.aside)
            raise Unavailable("errors.download_ended", name=self.name)
        self._take(opened)
        if opened.failure is not None:
            self.fail(opened.failure)
            return
        if opened.found:
            log.info("Torrent %s: %d pieces were on the disk already", self.key, opened.found)
        params = prepare(opened, paused=self.paused, pex=self.ground.pex)
        await self.ground.enter(params, self)

    def entered(self, handle: lt.torrent_handle) -> None:
        """It is in the engine: called before anything else is said of it."""
        assert self.place is not None
        self.handle = handle
        self.keeper.attach(handle, self.pieces, self.place)
        if self.layout is not None and self.wishes != self._opened:  # the owner chose meanwhile
            handle.prioritize_files(self.layout.levels(self.wishes))
        (handle.pause if self.paused else handle.resume)()
        handle.set_download_limit(self.limits[0])
        handle.set_upload_limit(self.limits[1])
        for peer in self.extra_peers:
            handle.connect_peer(peer)

    async def reopen(self) -> None:
        """Begin anew from what was kept: after a failure of the disk, or with its contents."""
        async with self._opening:
            self.leave()
            self.failure, self.whole = None, False
            await self.open()

    async def want_more(self) -> None:
        """Go on when all was here and now is not: libtorrent would not call anybody any more."""
        if not self.whole or self.pieces is None or self.handle is None:
            return
        size, done = self.pieces.wanted(self.wishes)
        if done < size:
            await self.put_by()
            await self.mend()

    async def mend(self) -> None:
        """Go on after a failure; it fails again when nothing is better."""
        try:
            await self.reopen()
        except AppError as error:
            self.fail(error)

    def leave(self) -> None:
        """Take it out of the engine; readers wait."""
        handle, self.handle = self.handle, None
        if handle is not None:
            self.ground.leave(handle)
        self.keeper.leave()
        if self.aim is not None:
            self.aim.attach(None, ())
        if self.pieces is not None:
            self.pieces.forget()
        self.ground.reads.drop(self.key)
        place, self.place = self.place, None
        if place is not None:
            self.ground.retire(place)
        aside, self._aside = self._aside, None
        if aside is not None:
            self.ground.throw_away(aside)
        self.stale = True

    def end(self, error: AppError) -> None:
        """Take it out for good; whoever waits for something of it is told `error`."""
        self.gone = True
        for reader in list(self.readers):
            reader.end(error)
        self.leave()
        if self.aim is not None:
            self.aim.close()
        for future in (self.known, self.moved, self.checked):
            if future is not None and not future.done():
                future.set_exception(error)
                future.exception()

    def fail(self, error: AppError) -> None:
        """It cannot go on until the owner, or the disk, does something."""
        if self.failure is not None:
            return
        log.warning("Torrent %s stops: %s", self.key, error)
        self.failure = error
        self.keeper.doubtful = True
        if self.handle is not None:
            self.handle.pause()
        for future in (self.moved, self.checked):
            if future is not None and not future.done():
                future.set_exception(error)
                future.exception()
        if isinstance(error, InvalidInput) and not self.known.done():
            self.known.set_exception(error)
            self.known.exception()
        self.ground.tell(self.key, Change.FAILED)

    def told(self, status: lt.torrent_status) -> None:
        """Its figures are others now."""
        self.figures = figures_of(status, self.before)
        if self.aim is not None:
            self.aim.speed = self.figures.down

    def look_again(self) -> None:
        """Something that was said went unheard: ask what is here."""
        if self.handle is None or self.pieces is None:
            return
        told = self.handle.status(lt.torrent_handle.query_pieces)
        self.told(told)
        for piece, here in enumerate(told.pieces):
            self.pieces.have[piece] = here or self.pieces.sealed[piece]
        self.stale = True
        for reader in self.readers:
            reader.stir()
        if told.is_finished:
            self.ground.tasks.spawn(self.finish(), "finish")

    async def piece(self, number: int) -> bytes:
        """Return a verified piece; `PieceLostError` when it cannot be read now."""
        handle, layout = self.handle, self.layout
        if handle is None or layout is None:
            raise PieceLostError(number)
        size = layout.length(number)
        return await self.ground.reads.get(
            (self.key, number), size, lambda: handle.read_piece(number)
        )

    def open_file(self, entry: Entry) -> int:
        """Blocking. Open a file of it; `OSError` when it is away."""
        if self.place is None:
            raise FileNotFoundError(entry.path)
        return self.place.open(entry.path)

    def ask(self) -> None:
        """Learn who is connected, and how its trackers do; libtorrent may be busy: in a thread."""
        if self.handle is not None and (self._asking is None or self._asking.done()):
            self._asking = self.ground.tasks.spawn(self._ask(self.handle), "details")

    async def _ask(self, handle: lt.torrent_handle) -> None:
        def look() -> tuple[list[Peer | None], list[Tracker]]:
            return (
                [peer_of(one) for one in handle.get_peer_info()],
                [tracker_of(one) for one in handle.trackers()],
            )

        with contextlib.suppress(RuntimeError):  # it has left meanwhile
            peers, trackers = await asyncio.to_thread(look)
            self.peers = tuple(peer for peer in peers if peer is not None)
            self.trackers = tuple(trackers)

    def left(self, reader: TorrentReader) -> None:
        """A reader wants nothing any more."""
        if reader in self.readers:
            self.readers.remove(reader)

    def _take(self, opened: Opened) -> None:
        new = self.layout is None and opened.layout is not None
        self.hashes = hashes_of(opened.params)
        self.place, self.wishes, self._opened = opened.place, opened.wishes, opened.wishes
        self.before = (
            max(self.figures.received, opened.params.total_downloaded),
            max(self.figures.uploaded, opened.params.total_uploaded),
        )
        if self.place is not None:
            self.device = self.place.device
        if opened.layout is None:
            self.name = self.name or opened.params.name
            return
        assert opened.params.ti is not None
        self.figures.kind = TorrentState.CHECKING
        self.name = opened.params.ti.name()
        link = self.source
        if isinstance(link, str) and (content := as_file(opened.params)):
            self.source, self.also = content, link  # the link knows who has it
        if new:
            self.layout = opened.layout
            self.pieces = Pieces(self.layout)
            self.aim = Aim(self.pieces)
            if not self.known.done():
                self.known.set_result(None)
            self.ground.tell(self.key, Change.CONTENTS)
        assert self.pieces is not None
        self._aside = opened.aside
        self.sealing.take(opened.sealed, self.pieces, self.wishes)

    async def learn(self, info: lt.torrent_info | None) -> None:
        """Its contents came: begin anew with them, so that nothing unwanted is ever asked for."""
        try:
            layout = await asyncio.to_thread(Layout.of, info)
            self.wished = self.wished or {}
            # Until now nothing was wanted: a kill in the next seconds must not leave it so.
            levels = layout.levels(self.wished)
            data = resume.wishing(await self.keeper.data(), levels)
            await asyncio.to_thread(resume.write, self.kept, data, None, ())
            await self.reopen()
        except AppError as error:
            self.fail(error)
        except (RuntimeError, UnicodeError):
            self.fail(InvalidInput("errors.torrent_broken"))
        except OSError as error:
            self.fail(disk_failure(error.errno or 0, error.strerror or "", str(self.kept.parent)))
        finally:
            self.wished = None

    async def finish(self) -> None:
        """Nothing is told before all of it is in its files."""
        try:
            await self.keeper.flush()
        except Unavailable as error:
            log.warning("Torrent %s is here, but its disk is slow: %s", self.key, error)
            return
        if self.failure is not None or self.handle is None:
            return
        if self.sealing.exposed:
            if await self.put_by(whole=True):
                await self.mend()  # it says that it is finished once more
                return
            self.sealing.given_up = True
        self.ground.tell(self.key, Change.FINISHED)
        await self.put_by()

    async def settle(self) -> None:
        """See to it that what is here can be read from its files."""
        try:
            await self.keeper.flush()
        except Unavailable as error:
            log.info("Torrent %s: %s", self.key, error)

    async def put_by(self, *, quiet: bool = False, whole: bool = False) -> bool:
        """Write down how far it is, if it changed or all the same; whether that could be done."""
        if self.layout is None or self.failure is not None or self.handle is None:
            return False
        handle = self.handle
        self.told(handle.status(0))
        self.keeper.sums = (self.figures.received, self.figures.uploaded)
        try:
            await self.keeper.save(quiet=quiet, whole=whole)
        except (Unavailable, OSError, TimeoutError) as error:
            if self.handle is handle:  # else it left meanwhile
                log.warning("How far torrent %s is could not be kept: %s", self.key, error)
            return False
        return True

    async def chosen(self) -> None:
        """Other files are wanted now."""
        await self.settle()
        await self.put_by()
        await self.want_more()
