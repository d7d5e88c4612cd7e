"""Remembers how fast it went: five minutes by the second, an hour and a day more coarsely."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

from app.domain.downloads import Sample

SPANS: Final = ((300.0, 1.0), (3600.0, 15.0), (86_400.0, 300.0))
"""Seconds that are kept, and seconds between two points."""


@dataclass(slots=True)
class _Line:
    """One resolution. What comes between two points is averaged."""

    step: float
    points: deque[Sample]
    at: float = 0.0
    down: float = 0.0
    up: float = 0.0
    count: int = 0

    def add(self, at: float, down: float, up: float) -> None:
        if self.count and at - self.at >= self.step:
            self.points.append(Sample(self.at, self.down / self.count, self.up / self.count))
            self.count, self.down, self.up = 0, 0.0, 0.0
        if not self.count:
            self.at = at
        self.down += down
        self.up += up
        self.count += 1


class Chart:
    """The speed of all downloads together."""

    def __init__(self) -> None:
        self._lines = {span: _Line(step, deque(maxlen=round(span / step))) for span, step in SPANS}

    def add(self, at: float, down: float, up: float) -> None:
        """Note the speed at a moment: unix seconds, bytes a second."""
        for line in self._lines.values():
            line.add(at, down, up)

    def samples(self, seconds: float, now: float) -> tuple[Sample, ...]:
        """The points of the last so many seconds, oldest first."""
        span = next((span for span, _step in SPANS if span >= seconds), SPANS[-1][0])
        return tuple(one for one in self._lines[span].points if one.at >= now - seconds)
