"""The figures a chart can show: their series, their lines, and how far their scale goes. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.monitoring import Snapshot, Track

MOST_LINES = 3
GAP = 2.5
"""Two values further apart than so many spans have nothing between them."""
TONES = ("info", "accent", "warn")
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Figure(StrEnum):
    """What a chart shows."""

    SEARCHES = "searches"
    PROCESSOR = "processor"
    MEMORY = "memory"
    TEMPERATURE = "temperature"
    WAIT = "wait"
    NETWORK = "network"
    GRAPHICS = "graphics"


class Span(StrEnum):
    """Which stretch of time a chart shows."""

    NOW = "now"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    YEAR = "year"


SECONDS = {Span.NOW: 300.0, Span.HOUR: 3600.0, Span.DAY: 86_400.0,
           Span.WEEK: 604_800.0, Span.YEAR: 31_536_000.0}  # fmt: skip
RENEW = {Span.HOUR: 10.0, Span.DAY: 60.0, Span.WEEK: 300.0, Span.YEAR: 900.0}
"""After how many seconds a stretch that ends now is asked for again."""
LEAST_TOP = {Figure.SEARCHES: 1.0, Figure.WAIT: 20.0, Figure.NETWORK: 1_000_000.0}
"""The scale of these goes with what is shown, but not below."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: its series are added together. `name` is "" for the only one."""

    name: str
    series: tuple[str, ...]
    tone: str


@dataclass(frozen=True, slots=True)
class Values:
    """A line with its values, oldest first; `mosts` is empty where only one was taken."""

    line: Line
    times: tuple[float, ...]
    means: tuple[float, ...]
    mosts: tuple[float, ...]
    span: float


def lines(figure: Figure, names: Iterable[str]) -> tuple[Line, ...]:
    """The lines of a figure, of the series that are kept; empty when there are none."""
    kept = sorted(names)
    if figure is Figure.PROCESSOR:
        return _plain(kept, ("cpu", "", "accent"))
    if figure is Figure.MEMORY:
        return _plain(kept, ("memory", "", "info"))
    if figure is Figure.TEMPERATURE:
        return _plain(kept, ("temperature", "", "warn"))
    if figure is Figure.SEARCHES:
        return _plain(kept, ("search.p95", "p95", "faint"), ("search.p50", "p50", "info"))
    if figure is Figure.NETWORK:
        flows = (("received", "↓", "calm"), ("sent", "↑", "accent"))
        found = [
            Line(name, tuple(one for one in kept if _is(one, "net.", f".{way}")), tone)
            for way, name, tone in flows
        ]
        return tuple(line for line in found if line.series)
    start, tail = ("disk.", ".wait") if figure is Figure.WAIT else (("gpu.", "npu."), "")
    found_names = [one for one in kept if _is(one, start, tail)][:MOST_LINES]
    return tuple(
        Line(one.removesuffix(tail).partition(".")[2], (one,), tone)
        for one, tone in zip(found_names, TONES, strict=False)
    )


def offered(names: Sequence[str]) -> tuple[Figure, ...]:
    """The figures something is kept of."""
    return tuple(figure for figure in Figure if lines(figure, names))


def value(snapshot: Snapshot, series: str) -> float | None:
    """What a second says of a series; None when it says nothing."""
    plain = {"cpu": snapshot.cpu, "memory": float(snapshot.memory_used)}
    if series in plain:
        return plain[series]
    if series == "temperature":
        return snapshot.temperature
    kind, _, rest = series.partition(".")
    name, _, what = rest.rpartition(".")
    if kind == "disk":
        found = next((disk for disk in snapshot.disks if disk.name == name), None)
        return float(getattr(found, what)) if found is not None else None
    if kind == "net":
        link = next((link for link in snapshot.links if link.name == name), None)
        return float(getattr(link, what)) if link is not None else None
    if kind in ("gpu", "npu"):
        return next((one.load for one in snapshot.accelerators if one.name == rest), None)
    return dict(snapshot.figures).get(series)


def together(line: Line, tracks: Sequence[Track], end: float) -> Values:
    """The sum of the tracks of a line, by their times.

    The last span reaches beyond `end`, and may have its middle there: it is put at the end.
    """
    if len(tracks) == 1:
        (one,) = tracks
        times = tuple(min(at, end) for at in one.times)
        return Values(line, times, one.means, one.mosts, one.span)
    means: dict[float, float] = {}
    mosts: dict[float, float] = {}
    for one in tracks:
        for at, mean, most in zip(one.times, one.means, one.mosts or one.means, strict=True):
            means[at] = means.get(at, 0.0) + mean
            mosts[at] = mosts.get(at, 0.0) + most
    order = sorted(means)
    span = max((one.span for one in tracks), default=1.0)
    return Values(line, tuple(min(at, end) for at in order), tuple(means[at] for at in order),
                  tuple(mosts[at] for at in order), span)  # fmt: skip


def scale(figure: Figure, shown: Sequence[Values], memory: float) -> tuple[float, float]:
    """The floor and the top of a chart's scale, in the unit of its values."""
    if figure in (Figure.PROCESSOR, Figure.GRAPHICS):
        return 0.0, 1.0
    if figure is Figure.MEMORY:
        return 0.0, max(1.0, memory)
    if figure is Figure.TEMPERATURE:
        return 20.0, 100.0
    highest = max(
        (each for one in shown for each in (one.mosts or one.means) if math.isfinite(each)),
        default=0.0,
    )
    return 0.0, _round_above(max(LEAST_TOP[figure], highest))


def _plain(kept: Sequence[str], *wanted: tuple[str, str, str]) -> tuple[Line, ...]:
    return tuple(Line(name, (series,), tone) for series, name, tone in wanted if series in kept)


def _is(name: str, start: str | tuple[str, ...], tail: str) -> bool:
    return name.startswith(start) and name.endswith(tail)


def _round_above(amount: float) -> float:
    """The least round figure, such as 2, 5 or 25, that is not below an amount."""
    power: float = 10.0 ** math.floor(math.log10(amount))
    return next(step * power for step in STEPS if step * power >= amount * 0.999)
