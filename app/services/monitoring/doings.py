"""What the station was doing, and when: heard from the bus, laid over the charts of the machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.monitoring import Doing, DoingKind

MERGED: Final = 30.0
"""The same again within so many seconds is one doing."""
MOST_OPEN: Final = 300
MOST_WAITING: Final = 2_000
LONGEST: Final = 200
"""Letters of a label."""


def boot_time() -> float:
    """Seconds since the machine was started, slept ones too; setting the clock moves it not."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(slots=True)
class Span:
    """Something that goes on, or did. Times by `boot_time`."""

    kind: DoingKind
    label: str
    args: tuple[tuple[str, str], ...]
    began: float
    seen: float
    quiet: float | None  # it is over when nothing is heard for so long; None: when it is said
    open: bool = True
    number: int = 0  # 0: not written yet


class Doings:
    """Spans by what they are about; lives on the service loop."""

    def __init__(
        self, clock: Callable[[], float] = time.time, ticks: Callable[[], float] = boot_time
    ) -> None:
        self._clock, self._ticks = clock, ticks
        self._open: dict[Hashable, Span] = {}
        self._over: list[Span] = []  # not written yet
        self._lately: dict[tuple[DoingKind, str], Span] = {}
        self._last = 0

    def goes_on(
        self,
        key: Hashable,
        kind: DoingKind,
        label: str,
        args: Mapping[str, object] | None = None,
        *,
        quiet: float | None = None,
        ago: float = 0.0,
    ) -> Span | None:
        """It goes on, since `ago` seconds when it is new. Another label under `key` begins anew."""
        now, label = self._ticks(), " ".join(label.split())[:LONGEST]
        told = tuple((name, str(value)[:LONGEST]) for name, value in (args or {}).items())
        span = self._open.get(key)
        if span is not None and self._silent(span, now):
            self._end(key, span.seen)
            span = None
        if span is not None and label and span.label and span.label != label:
            self._end(key, now)
            span = None
        if span is None:
            if len(self._open) >= MOST_OPEN:
                return None
            span = self._again(kind, label, now) or Span(kind, label, told, now - ago, now, quiet)
            self._open[key] = span
        span.seen, span.args = now, told or span.args
        span.label = span.label or label
        return span

    def is_over(self, key: Hashable) -> None:
        """It is over, if it went on."""
        self._end(key, self._ticks())

    def was(
        self, kind: DoingKind, label: str, seconds: float, args: Mapping[str, object] | None = None
    ) -> None:
        """It took so many seconds and is over now."""
        key = ("was", kind, label)
        self.goes_on(key, kind, label, args, ago=max(seconds, 0.0))
        self.is_over(key)

    def keys(self, kind: DoingKind) -> tuple[Hashable, ...]:
        """What goes on of a kind."""
        return tuple(key for key, span in self._open.items() if span.kind is kind)

    def between(self, start: float, end: float) -> dict[int, Doing]:
        """What is not written yet, or goes on, and overlaps; new ones have numbers below 0."""
        self._settle()
        found = {}
        for place, span in enumerate([*self._over, *self._open.values()], 1):
            one, seen = self._told(span)
            if one.start <= end and (span.open or seen >= start):
                found[span.number or -place] = one
        return found

    def to_write(self, last: int) -> dict[int, tuple[Doing, float]]:
        """What is to be written, by number; `last` is the greatest there is in the file.

        With each comes when it was last seen: its end, unless more is heard.
        """
        self._settle()
        self._last = max(self._last, last)
        told = {}
        for span in (*self._over, *self._open.values()):
            if not span.number:
                self._last += 1
                span.number = self._last
            told[span.number] = self._told(span)
        return told

    def written(self, numbers: Iterable[int]) -> None:
        """These were written: what is over of them is let go."""
        done = set(numbers)
        self._over = [span for span in self._over if span.number not in done]

    def end_all(self) -> None:
        """The station ends."""
        for key in list(self._open):
            self.is_over(key)

    def _again(self, kind: DoingKind, label: str, now: float) -> Span | None:
        span = self._lately.pop((kind, label), None) if label else None
        if span is None or now - span.seen > MERGED:
            return None
        span.open = True
        self._over = [one for one in self._over if one is not span]
        return span

    def _end(self, key: Hashable, at: float) -> None:
        span = self._open.pop(key, None)
        if span is None:
            return
        span.open = False
        span.seen = at
        self._over.append(span)
        del self._over[:-MOST_WAITING]
        self._lately[span.kind, span.label] = span

    def _settle(self) -> None:
        now = self._ticks()
        for key, span in list(self._open.items()):
            if self._silent(span, now):
                self._end(key, span.seen)
        self._lately = {
            what: span for what, span in self._lately.items() if now - span.seen <= MERGED
        }

    def _silent(self, span: Span, now: float) -> bool:
        return span.quiet is not None and now - span.seen > span.quiet

    def _told(self, span: Span) -> tuple[Doing, float]:
        """As the clock on the wall has it now: one that was wrong at the beginning is forgiven."""
        shift = self._clock() - self._ticks()
        going_on = span.open and span.quiet is None
        seen = shift + (self._ticks() if going_on else span.seen)
        end = None if span.open else seen
        return Doing(span.kind, span.label, span.began + shift, end, span.args), seen
