"""A real file that comes to light piece by piece, as fast as it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import selectors
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from app.domain.errors import Unavailable
from app.infra.growing import Span

MIB = 1024 * 1024
T = TypeVar("T")


class Revealed:
    """What several readers see: one file, some pieces of which are here.

    `rate` is in bytes a second; None: a piece is here as soon as it is asked for. Pieces come
    in the order reads that wait, wishes, then from the beginning.
    """

    def __init__(self, path: Path, piece: int = MIB, rate: float | None = None) -> None:
        self.content = path.read_bytes()
        self.place = path
        self.piece = piece
        self.rate = rate
        self.count = -(-len(self.content) // piece)
        self.here = bytearray(self.count)
        self.order: list[int] = []
        """Pieces as they came."""
        self.reads: list[Span] = []
        """What was read, in order."""
        self.only_wishes = False
        """Fetch nothing that nobody asked for."""
        self.payload = 0.0
        """Bytes that came over the link, finished pieces or not."""
        self.readers: list[GrowingReader] = []
        self.ended = False
        self._stirred = asyncio.Event()
        self._changed = asyncio.Event()

    def open(self) -> GrowingReader:
        return GrowingReader(self)

    def reveal(self, *spans: Span) -> None:
        """These bytes are here at once."""
        for span in spans:
            for number in self._pieces(span):
                self._arrive(number)

    def end(self) -> None:
        """The download was removed."""
        self.ended = True
        self._wake()

    @property
    def complete(self) -> bool:
        return all(self.here)

    @property
    def wanted(self) -> list[Span]:
        """All wishes of all readers."""
        return [span for reader in self.readers for span in reader.wishes]

    def ready(self, start: int) -> int:
        if start >= len(self.content):
            return 0
        missing = self.here.find(0, start // self.piece)
        end = len(self.content) if missing < 0 else missing * self.piece
        return max(0, end - start)

    async def wait(self) -> None:
        if self.ended:
            raise Unavailable("errors.download_stopped", name="film")
        self._stirred.set()
        if self.rate is None:
            await asyncio.sleep(0)
            self._reveal_waiting()
            return
        await self._changed.wait()

    def stir(self) -> None:
        """Somebody wants something else."""
        self._stirred.set()
        if self.rate is None and not self.ended:
            self._reveal_waiting()

    @contextlib.asynccontextmanager
    async def loading(self) -> AsyncIterator[None]:
        """Load at `rate` for the length of the block."""
        task = asyncio.create_task(self._load())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _load(self) -> None:
        while not self.complete:
            number = self._next()
            if number is None:
                self._stirred.clear()
                await self._stirred.wait()
                continue
            await self._fetch(number)
            self._arrive(number)
            for _ in range(9):  # who waited for it may say what it wants next
                await asyncio.sleep(0)

    async def _fetch(self, number: int) -> None:
        length = min(self.piece, len(self.content) - number * self.piece)
        seconds = length / (self.rate or 1.0)
        steps = max(1, int(seconds * 4))
        for _ in range(steps):  # the counter of the link runs on while a piece comes
            await asyncio.sleep(seconds / steps)
            self.payload += length / steps

    def _next(self) -> int | None:
        urgent = [span for reader in self.readers for span in reader.waits]
        for span in (*urgent, *self.wanted):
            for number in self._pieces(span):
                if not self.here[number]:
                    return number
        missing = self.here.find(0)
        return None if self.only_wishes or missing < 0 else missing

    def _reveal_waiting(self) -> None:
        for span in [*(one for reader in self.readers for one in reader.waits), *self.wanted]:
            self.reveal(span)

    def _pieces(self, span: Span) -> Iterable[int]:
        first = max(0, span.start) // self.piece
        return range(first, min(self.count, -(-span.end // self.piece)))

    def _arrive(self, number: int) -> None:
        if not self.here[number]:
            self.here[number] = 1
            self.order.append(number)
            self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


class GrowingReader:
    """One reader of it."""

    def __init__(self, shown: Revealed) -> None:
        self._shown = shown
        self.waits: list[Span] = []
        self.wishes: list[Span] = []
        self.aimed: list[list[Span]] = []
        """All that was ever aimed at."""
        self.closed = False
        shown.readers.append(self)

    @property
    def name(self) -> str:
        return self._shown.place.name

    @property
    def size(self) -> int:
        return len(self._shown.content)

    @property
    def path(self) -> Path | None:
        return self._shown.place if self._shown.complete else None

    def ready(self, start: int) -> int:
        return self._shown.ready(start)

    async def read(self, start: int, most: int) -> bytes:
        wanted = Span(start, start + 1)
        if start >= self.size:
            return b""
        while not self.ready(start):
            self.waits.append(wanted)
            try:
                if self.closed:
                    raise Unavailable("errors.download_stopped", name="film")
                await self._shown.wait()
            finally:
                self.waits.remove(wanted)
        if self.closed or self._shown.ended:
            raise Unavailable("errors.download_stopped", name="film")
        length = min(most, self.ready(start))
        self._shown.reads.append(Span(start, start + length))
        return self._shown.content[start : start + length]

    def aim(self, wishes: Sequence[Span]) -> None:
        self.wishes = list(wishes)
        self.aimed.append(self.wishes)
        self._shown.stir()

    def close(self) -> None:
        self.closed = True
        self.wishes = []
        if self in self._shown.readers:
            self._shown.readers.remove(self)
        self._shown._wake()


class _Hurried(selectors.DefaultSelector):
    """Waits for no moment that is to come: the clock is put forward instead."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0 if timeout is not None else None)
        if not found and timeout:
            self.passed += timeout
        return found


class _HurriedLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._hurried = _Hurried()
        super().__init__(self._hurried)

    def time(self) -> float:
        return self._hurried.passed


def hurried(work: Coroutine[Any, Any, T]) -> T:
    """Run on a loop of its own whose hours pass in a moment. Nothing real may be waited for."""
    with asyncio.Runner(loop_factory=_HurriedLoop) as runner:
        return runner.run(work)
