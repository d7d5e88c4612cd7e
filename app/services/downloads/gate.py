"""Says when a film that is still loading may begin, so that it plays to its end without a stall.

Pure: what is here, how fast the rest comes and where in the file which second lies go in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from app.infra.containers.layout import Layout
from app.infra.growing import Span

AT_LEAST: Final = 8.0
"""Seconds of film that must be here before it begins, whatever the speed."""
BACK: Final = 1.0
"""A player that jumps goes back so many seconds: the sound must be there before the picture."""
TRUSTED: Final = 0.9
"""The part of the measured speed that is counted on."""
SHORT, LONG = 3.0, 15.0
"""Speed is the lower of the averages over so many seconds."""
FIRST_LOOK: Final = 1.0
"""Seconds a download must flow before its speed says anything; until `SHORT` it says less."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a film stands. Seconds of film: `loaded`, `stall_at`; of waiting: `ready_in`."""

    loaded: float
    ready: bool
    ready_in: float | None
    stall_at: float | None


class Missing:
    """The stretches of a file that are not here."""

    def __init__(self, holes: Iterable[Span]) -> None:
        kept = sorted((one for one in holes if one.end > one.start), key=lambda one: one.start)
        self._starts = [one.start for one in kept]
        self._ends = [one.end for one in kept]
        self._sums = list(accumulate((one.end - one.start for one in kept), initial=0))

    def before(self, place: int) -> int:
        """Return how many bytes are missing in front of this place."""
        number = bisect_right(self._starts, place)
        if not number:
            return 0
        return self._sums[number] - max(0, self._ends[number - 1] - place)

    def within(self, span: Span) -> int:
        """Return how many bytes of this span are missing."""
        return self.before(span.end) - self.before(span.start)

    def next(self, place: int) -> int | None:
        """Return the first missing byte from here on; None when there is none."""
        number = bisect_right(self._starts, place)
        if number and place < self._ends[number - 1]:
            return place
        return self._starts[number] if number < len(self._starts) else None

    def edges(self, start: int, end: int) -> list[int]:
        """Return where stretches begin and end between two places."""
        return [one for one in (*self._starts, *self._ends) if start < one < end]


def judge(
    layout: Layout, missing: Missing, position: float, speed: float | None, grain: int = 0
) -> Verdict:
    """Say whether a film may begin at second `position`.

    `speed` in bytes a second, None while it is unknown. `grain`: so many bytes become usable at
    once, when the last of them is here and checked (the piece of a torrent).
    """
    start = begins(layout, position)
    opened = _opens(layout, missing)
    rest = missing.within(Span(start, layout.size)) + _apart(layout, missing, start, start)
    if not rest and opened:
        return Verdict(max(0.0, (layout.duration or position) - position), True, 0.0, None)
    ahead = _ahead(layout, missing.next(start), position)
    if not speed or speed <= 0:
        return Verdict(ahead, False, None, None if layout.duration is None else position + ahead)
    if layout.duration is None:
        return Verdict(ahead, False, rest / speed, None)
    apart = _apart(layout, missing, start, layout.needed(layout.duration))
    link = _Link(speed * TRUSTED, apart, rest, grain)
    wait, stall = _walk(layout, missing, position, link)
    reserve = min(AT_LEAST, layout.duration - position)
    if opened and wait <= 0 and ahead >= reserve - 1e-6:
        return Verdict(ahead, True, 0.0, None)
    least = missing.within(Span(start, max(layout.needed(position + reserve), layout.head.end)))
    wait = max(wait, link.after(least, always=not opened) * TRUSTED, 0.0)
    return Verdict(ahead, False, min(wait, rest / speed), stall)


@dataclass(frozen=True, slots=True)
class _Link:
    """How what is missing comes."""

    speed: float
    apart: int  # bytes of head and index, which come first
    rest: int  # bytes that come altogether
    grain: int

    def after(self, missing: int, *, always: bool = False) -> float:
        """Seconds until the first `missing` bytes of the film are here, and checked."""
        if not missing and not always:
            return 0.0
        return min(missing + self.grain + self.apart, self.rest) / self.speed


def begins(layout: Layout, position: float) -> int:
    """Return where a player begins to read to play from second `position`."""
    return layout.at(max(0.0, position - BACK))


def _opens(layout: Layout, missing: Missing) -> bool:
    spans = [layout.head] if layout.index is None else [layout.head, layout.index]
    return not any(missing.within(one) for one in spans)


def _apart(layout: Layout, missing: Missing, start: int, end: int) -> int:
    """What is missing of head and index in front of `start`, and of the index behind `end`."""
    bytes_missing = missing.within(Span(0, min(layout.head.end, start)))
    if layout.index is not None:
        begin, close = max(layout.index.start, min(layout.head.end, start)), layout.index.end
        bytes_missing += missing.within(Span(begin, max(begin, min(close, start))))
        if end > start:
            bytes_missing += missing.within(Span(max(begin, end), max(begin, end, close)))
    return bytes_missing


def _ahead(layout: Layout, first: int | None, position: float) -> float:
    """Seconds of film without a gap from `position`."""
    if layout.duration is None:
        return 0.0  # nobody knows
    if first is None or first >= layout.needed(layout.duration):
        return max(0.0, layout.duration - position)
    return max(0.0, layout.second(first) - position)


def _walk(
    layout: Layout, missing: Missing, position: float, link: _Link
) -> tuple[float, float | None]:
    """Seconds to wait so that nothing comes too late, and where it stalls without waiting.

    What must be here by a second of film rises along a line between the points of the table and
    the edges of the holes, so it is enough to look at those.
    """
    start = begins(layout, position)
    gone = missing.before(start)
    wait, stall = 0.0, None
    for second in _stops(layout, missing, position):
        owed = missing.before(layout.needed(second) + 1) - gone  # a hole begins to matter at once
        late = link.after(owed) - (second - position)
        if late > 1e-6 and stall is None:
            stall = second
        wait = max(wait, late)
    return wait, stall


def _stops(layout: Layout, missing: Missing, position: float) -> list[float]:
    end = layout.duration
    if end is None:
        return [position]
    stops = [position, end]
    if layout.needs is not None:
        after = bisect_right(layout.needs.seconds, position)
        stops += layout.needs.seconds[after:]
    edges = missing.edges(begins(layout, position), layout.needed(end))
    stops += [layout.second(one) for one in edges]
    return sorted(one for one in stops if position <= one <= end)


@dataclass(slots=True)
class Speed:
    """The speed of a download, smoothed so that a burst promises nothing."""

    _seen: deque[tuple[float, float]] = field(default_factory=deque)
    _flows: float | None = None  # since when

    def note(self, now: float, received: float) -> None:
        """Tell how many bytes had come by `now` (seconds), as often as you like."""
        if self._seen and (received < self._seen[-1][1] or now < self._seen[-1][0]):
            self._seen.clear()  # begun anew
            self._flows = None
        if self._flows is None and self._seen and received > self._seen[-1][1]:
            self._flows = self._seen[-1][0]
        if self._flows is None:
            self._seen.clear()
        self._seen.append((now, received))
        while len(self._seen) > 2 and self._seen[1][0] <= now - LONG:
            self._seen.popleft()

    @property
    def value(self) -> float | None:
        """Bytes a second; None until something has flowed for a moment."""
        flowed = self._seen[-1][0] - self._flows if self._flows is not None else 0.0
        if flowed < FIRST_LOOK:
            return None
        return min(self._average(SHORT), self._average(LONG)) * min(1.0, flowed / SHORT)

    def _average(self, seconds: float) -> float:
        now, received = self._seen[-1]
        since = max(now - seconds, self._flows or 0.0)
        begin, before = self._seen[0]
        for time, bytes_then in self._seen:
            if time > since:
                break
            begin, before = time, bytes_then
        return (received - before) / (now - begin) if now > begin else 0.0
