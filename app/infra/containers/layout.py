"""Where in a film's file which second lies."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from app.infra.growing import Span

MOST_KEYS: Final = 20_000
MOST_POINTS: Final = 2_500
HEAD: Final = 512 * 1024
"""A player looks at so many bytes of the film itself to learn how it is coded."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Seconds that rise, and beside each the place in the file, which never falls."""

    seconds: array[float]
    places: array[int]

    def floor(self, second: float) -> int:
        """Return the place of the last point at or before this second."""
        return self.places[max(0, bisect_right(self.seconds, second) - 1)]

    def line(self, second: float) -> float:
        """Return the place of this second on the line through the points."""
        after = bisect_right(self.seconds, second)
        if after == 0:
            return float(self.places[0])
        if after == len(self.seconds):
            return float(self.places[-1])
        begin, end = self.seconds[after - 1], self.seconds[after]
        share = (second - begin) / (end - begin)
        return self.places[after - 1] + share * (self.places[after] - self.places[after - 1])

    def second(self, place: float) -> float:
        """Return the last second that lies at or before this place."""
        after = bisect_right(self.places, place)
        if after == 0:
            return self.seconds[0]
        if after == len(self.places):
            return self.seconds[-1]
        begin, end = self.places[after - 1], self.places[after]
        share = (place - begin) / (end - begin)
        return self.seconds[after - 1] + share * (self.seconds[after] - self.seconds[after - 1])


def curve(points: Iterable[tuple[float, int]], most: int = MOST_POINTS) -> Curve:
    """Make a curve of points in any order; what cannot be right is left out, too many thinned."""
    seconds, places = array("d"), array("q")
    highest = 0
    kept = sorted(one for one in points if math.isfinite(one[0]) and one[0] >= 0 and one[1] >= 0)
    step = max(1, -(-len(kept) // most))
    for number, (second, place) in enumerate(kept):
        highest = max(highest, place)
        if number % step and number != len(kept) - 1:
            continue
        if seconds and second <= seconds[-1]:
            places[-1] = highest
            continue
        seconds.append(second)
        places.append(highest)
    return Curve(seconds, places)


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a film's file. Seconds count from the film's beginning, spans in bytes.

    `keys` says where a player jumps to, `needs` up to where the file must be here for a second
    to play; both reach over the whole film when its `duration` is known.
    """

    container: str
    size: int
    duration: float | None
    head: Span
    index: Span | None = None
    keys: Curve | None = None
    needs: Curve | None = None

    def at(self, second: float) -> int:
        """Return where a player begins to read to play from this second: a key frame before it."""
        if self.keys is not None:
            return min(self.keys.floor(second), self.size)
        return min(self.size, int(self._needs.line(max(0.0, second))))

    def needed(self, second: float) -> int:
        """Return how far the file must be here for this second to be played."""
        return min(self.size, math.ceil(self._needs.line(max(0.0, second))))

    def second(self, place: int) -> float:
        """Return how far the film plays when the file is here up to this place."""
        return self._needs.second(place)

    @property
    def byte_rate(self) -> float | None:
        """Bytes a second on the average."""
        return self.size / self.duration if self.duration else None

    def lasting(self, seconds: float) -> Layout:
        """Return the layout of a film whose length is known from elsewhere, if it says none."""
        if self.duration is not None or not math.isfinite(seconds) or seconds <= 0:
            return self
        return replace(self, duration=seconds, needs=straight(seconds, self.head.start, self.size))

    @property
    def _needs(self) -> Curve:
        if self.needs is not None:
            return self.needs
        return straight(self.duration or 1.0, 0, self.size)


def straight(duration: float, start: int, size: int) -> Curve:
    """Return the line of a film whose bytes come evenly, as far as anybody knows."""
    return Curve(array("d", (0.0, duration)), array("q", (min(start, size), size)))


def plain(size: int, container: str = "") -> Layout:
    """Return the layout of a file of which nothing is known."""
    return Layout(container, size, None, Span(0, min(size, HEAD)))


def laid_out(
    container: str,
    size: int,
    duration: float | None,
    head: Span,
    index: Span | None,
    keys: Iterable[tuple[float, int]],
    needs: Iterable[tuple[float, int]] | None = None,
) -> Layout:
    """Put together what a walker found; too little for a table gives a straight line."""
    begins = [one for one in keys if one[1] <= size]
    wants = begins if needs is None else [one for one in needs if one[1] <= size]
    if duration is None or not math.isfinite(duration) or duration <= 0:
        duration = None
    head = Span(0, min(size, head.end))
    if duration is None:
        return Layout(container, size, None, head, index, curve(begins) if begins else None)
    if len(begins) < 2 or len(wants) < 2:
        line = straight(duration, head.start, size)
        only = curve(begins) if begins else None
        return Layout(container, size, duration, head, index, only, line)
    # Times past the end would leave no room for the last point, which closes the curve.
    wants = [one for one in wants if one[0] < duration]
    last = max((place for _second, place in wants), default=0)
    ended = curve([*wants, (duration, max(last, film_end(size, index)))])
    return Layout(container, size, duration, head, index, curve(begins, MOST_KEYS), ended)


def film_end(size: int, index: Span | None) -> int:
    """Return where the film itself ends: before an index at the tail, or with the file."""
    return index.start if index is not None and index.end >= size else size
