"""The last hour of every figure, second by second, in memory; and sums on the way to the past."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

HOUR: Final = 3600
_NONE: Final = math.nan


class Recent:
    """A ring of seconds. What was not told in a second is nan there."""

    def __init__(self, size: int = HOUR) -> None:
        self._size = size
        self._times = array("d", [_NONE]) * size
        self._columns: dict[str, array[float]] = {}
        self._next = 0
        self._oldest: float | None = None

    def add(self, at: float, values: Mapping[str, float]) -> None:
        """Take a second."""
        place = self._next % self._size
        if self._next and place == 0:
            self._forget()
        self._times[place] = at
        columns = self._columns
        for name, column in columns.items():
            column[place] = values.get(name, _NONE)
        if len(columns) < len(values) or not columns.keys() >= values.keys():
            for name in values.keys() - columns.keys():
                columns[name] = array("f", [_NONE]) * self._size
                columns[name][place] = values[name]
        self._next += 1

    def covers(self, start: float) -> bool:
        """Whether it goes back to `start`."""
        if not self._next:
            return False
        first = self._next % self._size if self._next >= self._size else 0
        return self._times[first] <= start

    def column(self, name: str, start: float, end: float) -> list[tuple[float, float]]:
        """Times and values of a figure between two moments, in order."""
        column = self._columns.get(name)
        count = min(self._next, self._size)
        if column is None:
            return []
        told = [
            (self._times[place], column[place])
            for place in range(count)
            if start <= self._times[place] <= end
        ]
        told.sort(key=lambda one: one[0])  # the ring begins anywhere, and clocks are set
        return told

    def times(self, start: float, end: float) -> list[float]:
        """The moments at which the machine was looked at, in order."""
        count = min(self._next, self._size)
        return sorted(one for one in self._times[:count] if start <= one <= end)

    def names(self) -> frozenset[str]:
        """The figures it has anything of."""
        return frozenset(self._columns)

    def _forget(self) -> None:
        """Let go of figures nobody told for a whole round."""
        gone = [
            name
            for name, column in self._columns.items()
            if not any(one == one for one in column)  # noqa: PLR0124 - nan differs from itself
        ]
        for name in gone:
            del self._columns[name]


@dataclass(frozen=True, slots=True)
class Row:
    """All figures over one span: mean, most, and how many seconds told them."""

    span: int
    at: int  # its beginning
    values: dict[str, tuple[float, float, int]]


class Gathering:
    """Adds up until a span is over."""

    def __init__(self, span: int) -> None:
        self.span = span
        self._start: int | None = None
        self._sums: dict[str, list[float]] = {}

    def add(self, at: float, values: Mapping[str, float]) -> Row | None:
        """Take a second; returns the row of the span before when that is over."""
        done = self._turn(at)
        sums = self._sums
        for name, value in values.items():
            if not math.isfinite(value):
                continue
            kept = sums.get(name)
            if kept is None:
                sums[name] = [value, value, 1]
            else:
                kept[0] += value
                kept[2] += 1
                if value > kept[1]:
                    kept[1] = value
        return done

    def merge(self, row: Row) -> Row | None:
        """Take a row of a shorter span; returns as `add`."""
        done = self._turn(row.at)
        for name, (mean, most, count) in row.values.items():
            kept = self._sums.setdefault(name, [0.0, most, 0])
            kept[0] += mean * count
            kept[1] = max(kept[1], most)
            kept[2] += count
        return done

    def now(self) -> Row | None:
        """What there is of the span that is not over."""
        if self._start is None or not self._sums:
            return None
        values = {
            name: (total / count, most, int(count))
            for name, (total, most, count) in self._sums.items()
        }
        return Row(self.span, self._start, values)

    def _turn(self, at: float) -> Row | None:
        start = int(at // self.span) * self.span
        if start == self._start or (self._start is not None and start == self._start - self.span):
            return None  # a clock that is set back by a moment begins nothing anew
        done = self.now()
        self._start, self._sums = start, {}
        return done
