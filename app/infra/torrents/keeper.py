"""Brings pieces to the disk and writes down what is there, so that a kill costs little."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import libtorrent as lt

from app.domain.errors import Unavailable
from app.infra.torrents import resume
from app.infra.torrents.pieces import Pieces

if TYPE_CHECKING:
    from app.infra.torrents.places import Place

log = logging.getLogger(__name__)

EVERY: Final = 10.0
"""Seconds between two times it is written down, at least."""
SLOWEST: Final = 200_000
"""Bytes a second at which it is written down, at most: some hold megabytes of hashes."""
PATIENCE: Final = 20.0
"""Seconds for the disk to take what is on its way to it."""
LATE: Final = 1.0
"""Seconds after which no answer to an earlier flush comes any more."""
_WITH_CONTENTS = lt.torrent_handle.save_info_dict


@dataclass(frozen=True, slots=True)
class _Flush:
    """One that is under way: how many answers end it, and what was here when it began."""

    target: int
    here: bytes
    age: int
    future: asyncio.Future[None]


class Keeper:
    """Flushes one torrent and keeps its resume data. Lives on the service loop."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: lt.torrent_handle | None = None
        self._pieces: Pieces | None = None
        self._place: Place | None = None
        # Flushes are answered by alerts that do not say which one, and libtorrent makes one of
        # its own when all is here. So each is asked for twice: the second answer is surely ours.
        self._flushes: list[_Flush] = []
        self._asked = self._answers = 0
        self._asked_at = 0.0
        self._saves: list[tuple[asyncio.Future[bytes], bytes | None]] = []
        self._came: set[int] = set()
        self._saving = asyncio.Lock()
        self._due = 0.0
        self._gone = False
        self.sums = (0, 0)
        """Bytes received and given, in all its time."""
        self.doubtful = False
        """A write failed: what libtorrent believes to be on the disk may not be."""

    def attach(self, handle: lt.torrent_handle | None, pieces: Pieces | None, place: Place) -> None:
        """Take a new handle; who waits for the old one is told that it is gone."""
        self.leave()
        self._handle, self._pieces, self._place = handle, pieces, place
        self._asked = self._answers = 0
        self.doubtful = False
        self._due = time.monotonic() + EVERY

    def move(self, place: Place) -> None:
        """Its files lie elsewhere now."""
        self._place = place

    def leave(self) -> None:
        """The torrent is no longer in the engine."""
        self._handle = None
        flushes, self._flushes = self._flushes, []
        gone = Unavailable("errors.download_ended", name=self._path.stem)
        saves: list[asyncio.Future[bytes]] = [future for future, _ in self._saves]
        waiting: list[asyncio.Future[bytes] | asyncio.Future[None]] = [
            one.future for one in flushes
        ]
        waiting += saves
        self._saves = []
        for future in waiting:
            if not future.done():
                future.set_exception(gone)
                future.exception()  # perhaps nobody waits any more

    def forget(self) -> None:
        """Keep nothing any more."""
        self._gone = True

    async def ended(self) -> None:
        """Return when nothing is being written any more; only after `forget` and `leave`."""
        async with self._saving:
            pass

    def piece_came(self, piece: int) -> None:
        """A piece was verified."""
        self._came.add(piece)

    @property
    def due(self) -> bool:
        """Whether it is time to write down what came."""
        return bool(self._came) and time.monotonic() >= self._due and not self._saving.locked()

    async def flush(self) -> bytes:
        """Return when every piece that is here now is in its file; which they are, one byte each.

        `Unavailable` when the disk does not take them, or the torrent leaves the engine.
        """
        handle, pieces = self._handle, self._pieces
        if handle is None or pieces is None:
            return b""
        now = time.monotonic()
        if not self._flushes and now - self._asked_at > LATE:
            self._asked = self._answers = 0
        self._asked, self._asked_at = self._asked + 2, now
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        flush = _Flush(self._asked, bytes(pieces.have), pieces.age, future)
        self._flushes.append(flush)
        handle.flush_cache()
        handle.flush_cache()
        try:
            async with asyncio.timeout(PATIENCE):
                await future
        except TimeoutError as error:
            raise Unavailable("errors.disk_slow", seconds=PATIENCE) from error
        return flush.here

    def cache_flushed(self) -> None:
        """A flush has ended."""
        self._answers += 1
        while self._flushes and self._flushes[0].target <= self._answers:
            flush = self._flushes.pop(0)
            if self._pieces is not None and not self.doubtful:
                self._pieces.settle(flush.here, flush.age)
            if not flush.future.done():
                flush.future.set_result(None)

    async def save(self, *, quiet: bool = False, whole: bool = False) -> None:
        """Write down what is here, if anything changed; `whole`: even if not.

        `quiet`: nothing comes any more and there is little time. Parts of pieces count too, and
        a power cut in the next seconds may cost what came last.

        `Unavailable` as `flush`; `OSError` when it cannot be written.
        """
        async with self._saving:
            self._due = time.monotonic() + EVERY
            came, self._came = self._came, set()
            try:
                await self._save(came, quiet=quiet, whole=whole)
            except BaseException:
                self._came |= came
                raise

    async def _save(self, came: set[int], *, quiet: bool, whole: bool) -> None:
        here = await self.flush()
        if self.doubtful or self._gone:
            return
        flags = 0 if whole else lt.torrent_handle.only_if_modified
        data = await self.data(None if quiet else here, flags)
        if not data or self.doubtful or self._gone:
            return
        self._due = time.monotonic() + max(EVERY, len(data) / SLOWEST)
        layout = None if self._pieces is None else self._pieces.layout
        came = set() if quiet else came
        changed = {one for piece in came for one in layout.files(piece)} if layout else set()
        files = sorted(changed, key=lambda one: one.number)
        await asyncio.to_thread(resume.write, self._path, data, self._place, files)

    async def data(self, settled: bytes | None = None, flags: int = 0) -> bytes:
        """Ask the engine for everything needed to go on, as `resume.packed` packs it.

        Nothing when `flags` ask for changes only and there are none.
        """
        if self._handle is None:
            raise Unavailable("errors.download_ended", name=self._path.stem)
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._saves.append((future, settled))
        self._handle.save_resume_data(_WITH_CONTENTS | flags)
        async with asyncio.timeout(PATIENCE):
            return await future

    def saved(self, params: lt.add_torrent_params | None) -> None:
        """The engine answers `data`; None: it has nothing to tell."""
        if not self._saves:
            return
        future, settled = self._saves.pop(0)
        if future.done():
            return
        future.set_result(b"" if params is None else resume.packed(params, settled, self.sums))
