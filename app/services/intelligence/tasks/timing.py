"""When to publish, from the owner's own numbers."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.intelligence import Made, Task
from app.services.intelligence.asking import Asker
from app.services.intelligence.prompt import Prompt, data, listed, obj, whole

LEAST: Final = 5
"""Fewer posts than this say nothing."""
MOST: Final = 3
PRIOR: Final = 4.0
"""So many posts of the usual kind are thought beside each hour, so that one hit rules nothing."""
WIDE: Final = 1.5
"""Hours within which a post speaks for its neighbours too."""
USUAL: Final = ((3, 18), (5, 17), (6, 11))
"""Weekday and hour while nothing is known: Thursday and Saturday evening, Sunday morning."""
_SYSTEM: Final = (
    "A channel's posts: weekday (0 is Monday), hour, and how well each did beside the usual (1.0). "
    "Choose the {most} best weekdays and hours for the next posts. Trust a time that did well "
    "several times more than one that did once."
)


@dataclass(frozen=True, slots=True)
class Post:
    """Something published: when, by the owner's clock, and how often it was seen at first."""

    weekday: int  # 0 is Monday
    hour: int
    views: float


@dataclass(frozen=True, slots=True)
class Slot:
    """A time to publish. `lift` is what it does beside the usual (1.0), told by so many posts."""

    weekday: int
    hour: int
    lift: float = 1.0
    posts: int = 0


def by_rules(posts: Sequence[Post], most: int = MOST) -> tuple[Slot, ...]:
    """The best times, no two of them close; the usual ones while there are too few numbers."""
    if len(posts) < LEAST:
        return tuple(Slot(*slot) for slot in USUAL[:most])
    slots = sorted(_slots(posts), key=lambda slot: (-slot.lift, slot.weekday, slot.hour))
    found: list[Slot] = []
    for slot in slots:
        if all(_apart(slot, one) >= 6 for one in found):
            found.append(slot)
        if len(found) == most:
            break
    return tuple(found)


async def choose(asker: Asker, posts: Sequence[Post], most: int = MOST) -> Made[tuple[Slot, ...]]:
    """Choose, by a model when one answers and there are numbers to go by."""
    ruled = by_rules(posts, most)
    if len(posts) < LEAST:
        return Made(ruled)
    made = await asker.ask(prompt_of(posts, most))
    if made is None:
        return Made(ruled)
    known = {(slot.weekday, slot.hour): slot for slot in _slots(posts)}
    chosen = [known.get((one["weekday"], one["hour"])) for one in made.value["times"]]
    good = tuple(dict.fromkeys(slot for slot in chosen if slot is not None and slot.lift >= 1.0))
    return Made(good, made.source, made.by, made.kept) if good else Made(ruled)


def prompt_of(posts: Sequence[Post], most: int) -> Prompt:
    """The question."""
    usual = _usual(posts)
    told = [[one.weekday, one.hour, round(one.views / usual, 2)] for one in posts[-200:]]
    slot = obj(weekday=whole(0, 6), hour=whole(0, 23))
    return Prompt(
        Task.BEST_TIME, _SYSTEM.format(most=most), data(told), obj(times=listed(slot, most, 1)),
        most_tokens=120,
    )  # fmt: skip


def _slots(posts: Sequence[Post]) -> list[Slot]:
    """Every hour of the week that was tried, or lies next to one: lift shrunk to the usual."""
    usual = _usual(posts)
    lifts = [(one, math.log(max(one.views, 1.0) / usual)) for one in posts]
    found = []
    for weekday in range(7):
        for hour in range(24):
            here = Slot(weekday, hour)
            near = [
                (math.exp(-((_apart(here, Slot(one.weekday, one.hour)) / WIDE) ** 2)), lift)
                for one, lift in lifts
            ]
            weight = sum(part for part, _ in near)
            if weight < 0.5:
                continue
            mean = sum(part * lift for part, lift in near) / (weight + PRIOR)
            found.append(Slot(weekday, hour, round(math.exp(mean), 3), round(weight)))
    return found


def _usual(posts: Sequence[Post]) -> float:
    return max(statistics.median(one.views for one in posts), 1.0)


def _apart(one: Slot, other: Slot) -> float:
    """Hours between two times of the week, the shorter way round."""
    gap = abs((one.weekday - other.weekday) * 24 + one.hour - other.hour)
    return float(min(gap, 168 - gap))
