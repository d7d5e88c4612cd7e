"""Figures of the last minutes or the last hour: added to at no cost, and bounded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

Clock = Callable[[], float]

SLOTS: Final = 30
"""Parts a window moves on by: it is so much too long at the most."""
MOST_KEPT: Final = 1_000


class Shares:
    """How many there were within the last `seconds`, and how many of them were good."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._width = seconds / SLOTS
        self._clock = clock
        self._slots = [[0, 0] for _ in range(SLOTS)]
        self._at = int(clock() / self._width)
        self._good = self._all = 0

    def add(self, *, good: bool) -> None:
        """There was one more."""
        self._move_on()
        slot = self._slots[self._at % SLOTS]
        slot[0] += 1
        slot[1] += good
        self._all += 1
        self._good += good

    def tally(self) -> tuple[int, int]:
        """How many there were, and how many were good."""
        self._move_on()
        return self._all, self._good

    def share(self) -> float | None:
        """The part that was good, 0..1; None when there was none."""
        every, good = self.tally()
        return good / every if every else None

    def _move_on(self) -> None:
        now = int(self._clock() / self._width)
        for step in range(min(now - self._at, SLOTS)):
            slot = self._slots[(self._at + 1 + step) % SLOTS]
            self._all -= slot[0]
            self._good -= slot[1]
            slot[0] = slot[1] = 0
        self._at = max(now, self._at)


class Lately:
    """How long things took within the last `seconds`; of more than `most` the latest."""

    def __init__(self, seconds: float, clock: Clock, most: int = MOST_KEPT) -> None:
        self._seconds = seconds
        self._clock = clock
        self._kept: deque[tuple[float, float]] = deque(maxlen=most)
        self._sorted: list[float] | None = None

    def add(self, took: float) -> None:
        """One more took so many seconds."""
        self._kept.append((self._clock(), took))
        self._sorted = None

    def percentiles(self, wanted: Sequence[float]) -> tuple[float, ...]:
        """For each of these parts (0.5: the half) the time so many took at most.

        Empty when there was none.
        """
        oldest = self._clock() - self._seconds
        while self._kept and self._kept[0][0] < oldest:
            self._kept.popleft()
            self._sorted = None
        if self._sorted is None:
            self._sorted = sorted(took for _at, took in self._kept)
        count = len(self._sorted)
        if not count:
            return ()
        return tuple(self._sorted[min(count - 1, int(part * count))] for part in wanted)
