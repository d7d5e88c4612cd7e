"""Channels whose best hour is known, for it was put into the numbers: noise of people above it."""

from __future__ import annotations

import random

from app.services.intelligence.tasks.timing import Post, Slot, by_rules

CHANNELS: tuple[tuple[int, int, int, float, int], ...] = (
    # weekday, hour, posts, lift of that time, seed
    (3, 18, 60, 2.0, 1), (6, 10, 60, 2.0, 2), (0, 7, 60, 1.8, 3), (4, 20, 40, 2.5, 4),
    (1, 12, 80, 1.6, 5), (5, 15, 30, 3.0, 6), (2, 21, 120, 1.5, 7), (6, 19, 25, 3.0, 8),
    (0, 17, 50, 2.2, 9), (3, 8, 90, 1.7, 10), (4, 13, 70, 1.9, 11), (1, 22, 45, 2.4, 12),
)  # fmt: skip


def posts(channel: int) -> list[Post]:
    """What a channel published: a third of it near its best time."""
    weekday, hour, count, lift, seed = CHANNELS[channel]
    chance = random.Random(seed)
    found = []
    for number in range(count):
        if number % 3 == 0:
            at = weekday * 24 + hour + chance.choice((-1, 0, 0, 1))
            worth = lift
        else:
            at, worth = chance.randrange(168), 1.0
        views = 800 * worth * chance.lognormvariate(0.0, 0.5)
        found.append(Post(at // 24 % 7, at % 24, views))
    return found


def ruled() -> list[tuple[Slot, ...]]:
    """What the rules choose."""
    return [by_rules(posts(channel)) for channel in range(len(CHANNELS))]


def score(said: list[tuple[Slot, ...]]) -> float:
    """The part of the channels whose best time, give or take two hours, is the first choice."""
    return sum(
        _apart(told[0], channel) <= 2 for told, channel in zip(said, CHANNELS, strict=True)
    ) / len(CHANNELS)


def _apart(slot: Slot, channel: tuple[int, int, int, float, int]) -> int:
    gap = abs((slot.weekday - channel[0]) * 24 + slot.hour - channel[1])
    return min(gap, 168 - gap)
