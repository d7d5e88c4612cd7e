"""What the chart knows: a figure over a stretch of time, what the station did, and a moment."""

from __future__ import annotations

import math
import time
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.monitoring import Doing, Observation, Snapshot, Track
from ui.bridge import Bridge, Call
from ui.pages.system import figures
from ui.pages.system.bands import Band, at, bands
from ui.pages.system.figures import RENEW, SECONDS, Figure, Line, Span, Values
from ui.pages.system.ports import MonitoringPort, Say

POINTS = 600
REST_MS = 250
"""So long the moment stays before the service is asked what stood out then."""
MOST_REASONS = 3
DOINGS_EVERY = 15
"""Seconds after which a chart that goes along asks what the station does."""
ASIDE = ("cache.hits", "streams")
"""Series that stand beside the title, not in the chart."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a chart shows; times are unix seconds."""

    figure: Figure
    span: Span
    start: float
    end: float
    values: tuple[Values, ...]
    bands: tuple[Band, ...] = ()
    aside: tuple[tuple[str, float], ...] = ()

    times: tuple[float, ...] = ()
    """The moments a cursor may stand on: those something is known of."""


@dataclass(frozen=True, slots=True)
class _Answer:
    names: tuple[str, ...]
    figure: Figure
    tracks: Mapping[str, Track]
    doings: tuple[Doing, ...]
    end: float


class ChartModel(QObject):
    """`changed`: `drawn` is new. `cursor_changed`: the moment, or what is said of it, is new."""

    changed = Signal()
    cursor_changed = Signal()
    choice_changed = Signal()
    failed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        monitoring: MonitoringPort,
        say: Say,
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._monitoring, self._say, self.clock = bridge, monitoring, say, clock
        self.figure: Figure | None = None
        """The figure chosen; None: whatever there is first."""
        self.span = Span.NOW
        self.offered: tuple[Figure, ...] = ()
        self.drawn: Drawn | None = None
        self.error: BaseException | None = None
        self.cursor: float | None = None
        self.why: tuple[str, ...] = ()
        """What stood out at the moment of the cursor, in words."""
        self._awake = False
        self._since_doings = 0
        self._loading: Call | None = None
        self._asking: Call | None = None
        self._renew = QTimer(self, singleShot=True)
        self._renew.timeout.connect(self.load)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask_why)

    def wake(self) -> None:
        """Somebody looks."""
        self._awake = True
        self.load()

    def rest(self) -> None:
        """Nobody looks: ask for nothing."""
        self._awake = False
        self._renew.stop()
        self._rest.stop()
        for call in (self._loading, self._asking):
            if call is not None:
                call.cancel()
        self._loading = self._asking = None

    def choose(self, figure: Figure) -> None:
        """Show another figure."""
        if figure is not self.figure:
            self.figure = figure
            self.choice_changed.emit()
            self.load()

    def show_span(self, span: Span) -> None:
        """Show another stretch of time."""
        if span is not self.span:
            self.span = span
            self.clear_cursor()
            self.choice_changed.emit()
            self.load()

    def load(self) -> None:
        """Ask for everything that is shown."""
        if self._loading is not None:
            self._loading.cancel()
        self._renew.stop()
        self._since_doings = 0
        self._loading = self._bridge.call(
            self._ask(self.figure, self.span), self._on_answer, self._on_failed, self
        )

    def sampled(self, snapshot: Snapshot) -> None:
        """Another second; a chart that goes along takes it in."""
        drawn = self.drawn
        if drawn is None or self.span is not Span.NOW or drawn.span is not Span.NOW:
            return
        if drawn.end >= snapshot.at:
            return
        start = snapshot.at - SECONDS[Span.NOW]
        values = tuple(_grown(one, snapshot, start) for one in drawn.values)
        known = dict(snapshot.figures)
        aside = tuple((name, known[name]) for name in ASIDE if name in known)
        self.drawn = replace(
            drawn, start=start, end=snapshot.at, values=values, aside=aside or drawn.aside,
            times=_known(values),
        )  # fmt: skip
        self.changed.emit()
        self._since_doings += 1
        if self._since_doings >= DOINGS_EVERY:
            self.load()

    def point_at(self, moment: float) -> None:
        """Put the cursor on the value nearest to a moment."""
        times = self.drawn.times if self.drawn is not None else ()
        if not times:
            return
        place = bisect_left(times, moment)
        near = min(times[max(0, place - 1) : place + 1], key=lambda one: abs(one - moment))
        if near != self.cursor:
            self.cursor, self.why = near, ()
            self.cursor_changed.emit()
            self._rest.start()

    def step(self, values: int) -> bool:
        """Move the cursor by so many values; False when it stays."""
        times = self.drawn.times if self.drawn is not None else ()
        if not times:
            return False
        if self.cursor is None:
            self.point_at(times[-1])
            return True
        before = bisect_left(times, self.cursor)
        place = max(0, min(len(times) - 1, before + values))
        self.point_at(times[place])
        return place != before

    def clear_cursor(self) -> bool:
        """Take the cursor away; False when there is none."""
        self._rest.stop()
        if self.cursor is None:
            return False
        self.cursor, self.why = None, ()
        self.cursor_changed.emit()
        return True

    def values_at(self, moment: float) -> list[tuple[Line, float]]:
        """What the lines show at a moment."""
        found = []
        for one in self.drawn.values if self.drawn is not None else ():
            if one.times:
                place = min(len(one.times) - 1, bisect_left(one.times, moment))
                near = abs(one.times[place] - moment) <= max(one.span, 2.0)
                if near and math.isfinite(one.means[place]):
                    found.append((one.line, one.means[place]))
        return found

    def bands_at(self, moment: float) -> tuple[Band, ...]:
        """What the station did at a moment."""
        drawn = self.drawn
        return at(drawn.bands, moment, (drawn.end - drawn.start) / POINTS) if drawn else ()

    async def _ask(self, figure: Figure | None, span: Span) -> _Answer:
        monitoring = self._monitoring
        names = await monitoring.names()
        there = figures.offered(names)
        shown = figure if figure in there else self._first(there)
        wanted = [each for line in figures.lines(shown, names) for each in line.series]
        wanted += [one for one in ASIDE if one in names and shown is Figure.SEARCHES]
        now = monitoring.now
        end = now.at if now is not None and span is Span.NOW else self.clock()
        start = end - SECONDS[span]
        tracks = {one: await monitoring.track(one, start, end, POINTS) for one in wanted}
        return _Answer(names, shown, tracks, await monitoring.doings(start, end), end)

    def _first(self, there: Sequence[Figure]) -> Figure:
        """What is shown before something is chosen: the searches, when there were some."""
        now = self._monitoring.now
        searched = now is not None and figures.value(now, "search.p50") is not None
        if searched and Figure.SEARCHES in there:
            return Figure.SEARCHES
        return Figure.PROCESSOR

    def _on_answer(self, answer: _Answer) -> None:
        self._loading = self.error = None
        start = answer.end - SECONDS[self.span]
        values = tuple(
            figures.together(line, [answer.tracks[one] for one in line.series], answer.end)
            for line in figures.lines(answer.figure, answer.names)
        )
        aside = tuple(
            (one, newest)
            for one in ASIDE
            if one in answer.tracks and (newest := last(answer.tracks[one].means)) is not None
        )
        strips = bands(answer.doings, start, answer.end)
        self.drawn = Drawn(
            answer.figure, self.span, start, answer.end, values, strips, aside, _known(values)
        )
        offered = figures.offered(answer.names)
        if (offered, answer.figure) != (self.offered, self.figure):
            self.offered, self.figure = offered, answer.figure
            self.choice_changed.emit()
        self.changed.emit()
        if self._awake and self.span in RENEW:
            self._renew.start(round(RENEW[self.span] * 1000))

    def _on_failed(self, error: BaseException) -> None:
        self._loading, self.error = None, error
        self.failed.emit()

    def _ask_why(self) -> None:
        if self.cursor is None:
            return
        if self._asking is not None:
            self._asking.cancel()
        asked = self.cursor

        def told(found: Sequence[Observation]) -> None:
            self._asking = None
            if asked == self.cursor:
                self.why = tuple(self._say(one.key, one.args) for one in found[:MOST_REASONS])
                self.cursor_changed.emit()

        self._asking = self._bridge.call(
            self._monitoring.why(asked), told, self._on_why_failed, self
        )

    def _on_why_failed(self, _error: BaseException) -> None:
        """The values are said all the same."""
        self._asking = None


def last(values: Sequence[float]) -> float | None:
    """The newest value that is known."""
    return next((one for one in reversed(values) if math.isfinite(one)), None)


def _known(values: Sequence[Values]) -> tuple[float, ...]:
    """The times something is known of, by the line that knows most."""
    return max(
        (
            tuple(at for at, mean in zip(one.times, one.means, strict=True) if math.isfinite(mean))
            for one in values
        ),
        key=len,
        default=(),
    )


def _grown(values: Values, snapshot: Snapshot, start: float) -> Values:
    """A line with another second at its end, and without what is too old."""
    found = [figures.value(snapshot, one) for one in values.line.series]
    known = [one for one in found if one is not None]
    times, means = values.times, values.means
    if known:
        times, means = (*times, snapshot.at), (*means, sum(known))
    first = bisect_left(times, start)
    return replace(values, times=times[first:], means=means[first:], mosts=())
