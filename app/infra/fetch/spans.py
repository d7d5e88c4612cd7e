"""Which stretches of a file are here: sorted, apart from each other, never empty."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from app.infra.growing import Span


class Spans:
    """A set of bytes, kept as the stretches it is made of."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in spans:
            self.add(span.start, span.end)

    def __iter__(self) -> Iterator[Span]:
        for start, end in zip(self._starts, self._ends, strict=True):
            yield Span(start, end)

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def total(self) -> int:
        """How many bytes are in it."""
        return sum(self._ends) - sum(self._starts)

    def add(self, start: int, end: int) -> None:
        """Put a stretch in; what touches becomes one."""
        if end <= start:
            return
        first = bisect_left(self._ends, start)
        last = bisect_right(self._starts, end)
        if first < last:
            start = min(start, self._starts[first])
            end = max(end, self._ends[last - 1])
        self._starts[first:last] = [start]
        self._ends[first:last] = [end]

    def reach(self, start: int) -> int:
        """Where what begins at `start` without a gap ends; `start` when that byte is missing."""
        place = bisect_right(self._starts, start) - 1
        return max(start, self._ends[place]) if place >= 0 else start

    def gaps(self, start: int, end: int) -> list[Span]:
        """What is missing between two places, in order."""
        found = []
        at = start
        place = bisect_right(self._ends, start)
        while at < end and place < len(self._starts) and self._starts[place] < end:
            if self._starts[place] > at:
                found.append(Span(at, self._starts[place]))
            at = self._ends[place]
            place += 1
        if at < end:
            found.append(Span(at, end))
        return found

    def copy(self) -> Spans:
        """The same bytes, changed by nobody else."""
        made = Spans()
        made._starts, made._ends = self._starts[:], self._ends[:]
        return made

    def clear(self) -> None:
        """Take everything out."""
        self._starts.clear()
        self._ends.clear()
