"""Reads a file of a torrent that is still being loaded; what is asked for is loaded first."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from app.domain.errors import AppError, Unavailable
from app.infra.growing import Span
from app.infra.torrents.aim import Aim
from app.infra.torrents.layout import Entry
from app.infra.torrents.pieces import Pieces
from app.infra.torrents.reads import PieceLostError

ENDED: Final = "errors.download_ended"
MOST_AT_ONCE: Final = 4 * 1024 * 1024
AGAIN: Final = 0.2


class Source(Protocol):
    """The torrent a file belongs to."""

    async def piece(self, number: int) -> bytes:
        """A verified piece; `PieceLostError` when it cannot be read now."""

    def open_file(self, entry: Entry) -> int:
        """Blocking. The number of the open file; `OSError` when it is away."""

    def left(self, reader: TorrentReader) -> None:
        """A reader wants nothing any more."""


class TorrentReader:
    """A `Growing` over one file of a torrent. Lives on the service loop."""

    def __init__(self, source: Source, entry: Entry, pieces: Pieces, aim: Aim) -> None:
        self._source = source
        self._entry = entry
        self._pieces = pieces
        self._aim = aim
        self._wishes: tuple[range, ...] = ()
        self._waits: dict[int, int] = {}
        self._changed: set[asyncio.Future[None]] = set()
        self._failure: AppError | None = None
        self._file = -1
        self._opening = threading.Lock()
        self._reading = 0
        aim.join(self)

    @property
    def name(self) -> str:
        """The last part of its name."""
        return self._entry.path.rpartition("/")[2]

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self._entry.size

    def ready(self, start: int) -> int:
        """Return how many bytes from `start` on are here and verified, without a gap."""
        return self._pieces.ready(self._entry, start)

    async def read(self, start: int, most: int) -> bytes:
        """Return at least one byte from `start` on, at most `most`; nothing at the end."""
        if start >= self.size or most <= 0:
            return b""
        most = min(most, MOST_AT_ONCE)
        while True:
            if self._failure is not None:
                raise self._failure
            settled = self._pieces.on_disk(self._entry, start)
            if settled:
                data = await self._from_file(start, min(most, settled))
                if data:
                    return data
            number, offset = divmod(self._entry.offset + start, self._pieces.layout.piece)
            if not self._pieces.have[number]:
                await self._wait(number)
                continue
            try:
                piece = await self._source.piece(number)
            except PieceLostError:
                await asyncio.sleep(AGAIN)  # it failed on the disk, or is gone since
                continue
            return piece[offset : offset + min(most, self.size - start)]

    def aim(self, wishes: Sequence[Span]) -> None:
        """Say what is wanted next, the most urgent first; replaces earlier wishes."""
        self._wishes = tuple(self._range(span) for span in wishes if span.start < span.end)
        self._aim.update()

    def close(self) -> None:
        """Want nothing any more; a `read` that waits raises `Unavailable`."""
        self.end(Unavailable(ENDED, name=self.name))

    def end(self, error: AppError) -> None:
        """The download ends here, for this reader."""
        if self._failure is None:
            self._failure = error
            self._wishes = ()
            self._aim.leave(self)
            self._source.left(self)
            self._let_go()
        self.stir()

    def wanted(self) -> Iterable[range]:
        """Stretches of pieces: first what a read waits for."""
        yield from (range(piece, piece + 1) for piece in self._waits)
        yield from self._wishes

    def stir(self) -> None:
        """Something of the torrent changed: whoever waits looks again."""
        for future in self._changed:
            if not future.done():
                future.set_result(None)

    def came(self, piece: int) -> None:
        """A piece is here."""
        if piece in self._waits:
            self.stir()

    async def _wait(self, piece: int) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._changed.add(future)
        new = piece not in self._waits
        self._waits[piece] = self._waits.get(piece, 0) + 1
        if new:
            self._aim.update()
        try:
            await future
        finally:
            self._changed.discard(future)
            self._waits[piece] -= 1
            if not self._waits[piece]:
                del self._waits[piece]

    async def _from_file(self, start: int, most: int) -> bytes:
        """Read what lies in the file; nothing when it does not any more."""
        self._reading += 1
        try:
            return await asyncio.to_thread(self._pread, start, most)
        except OSError:
            return b""
        finally:
            self._reading -= 1
            self._let_go()

    def _pread(self, start: int, most: int) -> bytes:
        with self._opening:
            if self._file < 0:
                self._file = self._source.open_file(self._entry)
        return os.pread(self._file, most, start)

    def _let_go(self) -> None:
        if self._failure is not None and not self._reading and self._file >= 0:
            number, self._file = self._file, -1
            os.close(number)

    def _range(self, span: Span) -> range:
        piece = self._pieces.layout.piece
        first = self._entry.offset + max(0, span.start)
        last = self._entry.offset + min(self.size, span.end)
        return range(first // piece, -(-last // piece)) if first < last else range(0)
