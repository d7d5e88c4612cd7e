"""The best times to post, from how the owner's own posts did; what is usual until there are some.

Each own post counts by its views of the first 7 days, so that old ones have no advantage, and on
a scale on which one success does not drown all others. A time with few posts is drawn towards
what all posts did; posts of the hours beside it count half.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.post import Advice

FEWEST: Final = 8
"""Own posts below which nothing can be said."""
MOST: Final = 5
PULL: Final = 3.0
"""So many average posts are counted in at each time."""
NEAR: Final = 0.5
USUAL: Final = (
    (3, 18, 1.0), (2, 18, 0.95), (1, 18, 0.9), (5, 11, 0.85), (6, 19, 0.8),
)  # fmt: skip
"""Weekday, hour and score of what is usual everywhere: after work, and on days off."""


def advise(history: Sequence[tuple[float, int]]) -> tuple[Advice, ...]:
    """Return the best times, best first; `history` is when posts went out, and their views.

    Scores are 0 to 1. `posts` of each is how many own posts were made about then; 0 everywhere
    when there are too few to tell.
    """
    if len(history) < FEWEST:
        return tuple(Advice(day, hour, score) for day, hour, score in USUAL)
    sums: dict[tuple[int, int], list[float]] = {}
    total = 0.0
    for at, views in history:
        local = datetime.fromtimestamp(at).astimezone()
        worth = math.log1p(max(0, views))
        total += worth
        for shift in (-1, 0, 1):
            weight = 1.0 if shift == 0 else NEAR
            place = _shifted(local.weekday(), local.hour, shift)
            held = sums.setdefault(place, [0.0, 0.0, 0.0])
            held[0] += weight * worth
            held[1] += weight
            held[2] += shift == 0
    mean = total / len(history)
    rated = [
        ((sums_ + PULL * mean) / (weights + PULL), place, int(posts))
        for place, (sums_, weights, posts) in sums.items()
        if posts
    ]
    rated.sort(key=lambda one: (-one[0], -one[2], one[1]))
    best = rated[0][0] or 1.0
    return tuple(
        Advice(day, hour, round(score / best, 3), posts)
        for score, (day, hour), posts in rated[:MOST]
    )


def _shifted(weekday: int, hour: int, shift: int) -> tuple[int, int]:
    moved = hour + shift
    return (weekday + moved // 24) % 7, moved % 24
