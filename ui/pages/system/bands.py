"""What the station did, as strips of colour above a chart: near ones of a kind are one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.monitoring import Doing, DoingKind

LANES = 3
COLUMNS = 300
"""Doings of a kind nearer to each other than this part of a chart are one strip."""
TONES: dict[DoingKind, str] = {
    DoingKind.PLAYING: "info",
    DoingKind.CASTING: "info",
    DoingKind.CONVERTING: "accent",
    DoingKind.MAKING: "accent",
    DoingKind.DOWNLOADING: "calm",
    DoingKind.PUBLISHING: "good",
    DoingKind.THINKING: "warn",
    DoingKind.ALERT: "bad",
}
"""The others are grey; each strip has its name beside the colour."""


@dataclass(frozen=True, slots=True)
class Band:
    """One strip: `count` doings of a kind; `label` is that of the only one, else ""."""

    kind: DoingKind
    label: str
    start: float
    end: float
    count: int = 1
    lane: int = 0

    @property
    def tone(self) -> str:
        """The token of its colour."""
        return TONES.get(self.kind, "faint")


def bands(doings: Iterable[Doing], start: float, end: float) -> tuple[Band, ...]:
    """The strips of a stretch of time, in at most `LANES` lanes, at most some hundreds of them."""
    near = (end - start) / COLUMNS
    open_: dict[DoingKind, Band] = {}
    found: list[Band] = []
    for doing in sorted(doings, key=lambda one: one.start):
        begins, ends = max(start, doing.start), min(end, doing.end if doing.end else end)
        if ends < start or begins > end:
            continue
        last = open_.get(doing.kind)
        if last is not None and begins - last.end < near and _small(last, begins, ends, near):
            label = last.label if last.label == doing.label else ""
            count = last.count + (last.label != doing.label or not label)
            open_[doing.kind] = replace(last, label=label, end=max(last.end, ends), count=count)
            continue
        if last is not None:
            found.append(last)
        open_[doing.kind] = Band(doing.kind, doing.label, begins, ends)
    return _laned(sorted([*found, *open_.values()], key=lambda one: one.start), near)


def at(strips: Sequence[Band], moment: float, slack: float = 0.0) -> tuple[Band, ...]:
    """The strips that lie over a moment."""
    return tuple(one for one in strips if one.start - slack <= moment <= one.end + slack)


def _small(last: Band, begins: float, ends: float, near: float) -> bool:
    """Whether either is too short to be seen by itself; long ones stay apart, with their names."""
    return min(last.end - last.start, ends - begins) < 4 * near


def _laned(strips: Sequence[Band], near: float) -> tuple[Band, ...]:
    free = [float("-inf")] * LANES
    laid = []
    for one in strips:
        lane = next((place for place, until in enumerate(free) if until <= one.start), None)
        if lane is None:
            lane = free.index(min(free))
        free[lane] = max(free[lane], one.end + near)
        laid.append(replace(one, lane=lane))
    return tuple(laid)
