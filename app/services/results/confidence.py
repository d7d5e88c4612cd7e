"""How sure an A/B test is: from the lot that ordered its windows, and from nothing else. Pure.

In each block every variant is set once, at the same time of the day on days in a row, in an order
drawn by lot. If the variants were alike, the difference of two of them in a block would be as
likely this way round as the other, whatever decay, weekdays or bursts did to its size. So a bet on
one of them that is fair under that (d is the difference of the logarithms) gains in a block

    exp(l·d) / cosh(l·d)  =  2 / (1 + exp(-2·l·d))

and its capital grows beyond 1/a with probability a at most, however often anybody looks (Ville).
Several l are bet on at once. With k variants, k bets could win by luck: each must reach k/a.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.results import SURE, Counts

BETS: Final = (1.0, 2.0, 4.0, 8.0)
"""For differences of about a half down to a tenth, as noise goes in views of some hours."""
FARTHEST: Final = 0.6
"""A difference counts as this at most (four fifths more): one burst is not to undo all bets."""
_CERTAIN: Final = 1e15


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who leads, and how sure it is (0 to 1); None before there is a whole block."""

    leader: int | None = None
    sure: float = 0.0

    @property
    def decided(self) -> bool:
        """Whether the test may stop."""
        return self.leader is not None and self.sure >= SURE


def verdict(blocks: Sequence[Sequence[float]]) -> Verdict:
    """Judge whole blocks, in the order they were ended; each has one logarithm for a variant.

    The answer may be asked for after every block, and acted upon.
    """
    if not blocks:
        return Verdict()
    variants = len(blocks[0])
    best: list[tuple[float, float, int]] = []
    for one in range(variants):
        paths = [
            _capital([block[one] - block[other] for block in blocks])
            for other in range(variants)
            if other != one
        ]
        least = [min(moment) for moment in zip(*paths, strict=True)]
        best.append((max(least), least[-1], one))
    most, _now, leader = max(best)
    return Verdict(leader, max(0.0, 1.0 - variants / most) if most > 0 else 0.0)


def least_blocks(variants: int) -> int:
    """So many blocks it takes before anything can be sure: a bet at most doubles in each."""
    return math.ceil(math.log2(variants / (1.0 - SURE)))


def score(before: Counts, after: Counts, hours: float, *, clicks: bool) -> float | None:
    """The logarithm of how a window went: of its views in an hour, or clicks of those shown.

    None when it was not told. Half a view more keeps a window without any from being endless.
    """
    if clicks:
        shown, clicked = _more(before.shown, after.shown), _more(before.clicked, after.clicked)
        if not shown or clicked is None:
            return None
        return math.log((clicked + 0.5) / (shown + 1.0))
    views = _more(before.views, after.views)
    return None if views is None or hours <= 0 else math.log((views + 0.5) / hours)


def _more(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else max(after - before, 0)


def _capital(differences: Sequence[float]) -> list[float]:
    """What a bet of 1 on the first of two has become after each block."""
    logs = [0.0] * len(BETS)
    found = []
    for one in differences:
        for number, bet in enumerate(BETS):
            told = max(-FARTHEST, min(FARTHEST, one))
            logs[number] += math.log(2.0) - math.log1p(math.exp(-2.0 * bet * told))
        found.append(min(sum(math.exp(min(log, 60.0)) for log in logs) / len(logs), _CERTAIN))
    return found
