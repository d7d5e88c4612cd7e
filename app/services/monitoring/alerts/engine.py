"""When an event begins and when it is over: limits with hysteresis over measured values. Pure.

Times are those of a clock that only goes forward; what the clock on the wall does changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.domain.alerts import AlertRule

REST: Final = 1_800.0
"""Seconds from one beginning to the next of the same: what flaps for longer is told that often."""
JUST_PAST: Final = 0.01
"""Seconds after a value that grows by itself has reached its limit: then it is surely past it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured value. It counts from `at` until the next; `rate` is how it grows each second.

    `gone`: its subject is not there, or not in use, any more; nobody is told that it is well.
    """

    rule: str
    subject: str
    value: float
    at: float
    rate: float = 0.0
    args: Mapping[str, object] = field(default_factory=dict)
    gone: bool = False

    def value_at(self, now: float) -> float:
        """The value at a time after it was read."""
        return self.value + self.rate * max(0.0, now - self.at)


@dataclass(frozen=True, slots=True)
class Watched:
    """What is remembered of one subject of a rule.

    `turned` is since when the value is on the other side: over the limit while nothing goes on,
    well again while something does. Nothing begins before `again`.
    """

    active: bool = False
    turned: float | None = None
    again: float = float("-inf")


class Turn(StrEnum):
    """What became of an event."""

    BEGAN = "began"
    ENDED = "ended"


def step(
    rule: AlertRule, watched: Watched, value: float, now: float
) -> tuple[Watched, Turn | None]:
    """Take a value; what is remembered then, and whether an event began or ended by it."""
    other_side = value <= rule.clear if watched.active else value > rule.limit
    if not other_side:
        return Watched(watched.active, None, watched.again), None
    turned = now if watched.turned is None else watched.turned
    patience = rule.settle if watched.active else rule.seconds
    ripe = now >= turned + patience  # put as in `due`: both round alike
    if watched.active and ripe:
        return Watched(False, None, watched.again), Turn.ENDED
    if not watched.active and ripe and now >= watched.again:
        return Watched(True, None, now + REST), Turn.BEGAN
    return Watched(watched.active, turned, watched.again), None


def due(rule: AlertRule, watched: Watched, reading: Reading, now: float) -> float | None:
    """When it has to be looked at again although nothing new was read; None: never."""
    if watched.turned is not None:
        if watched.active:
            return watched.turned + rule.settle
        return max(watched.turned + rule.seconds, watched.again)
    if watched.active or reading.rate <= 0:
        return None
    missing = rule.limit - reading.value_at(now)
    return now + max(0.0, missing / reading.rate) + JUST_PAST
