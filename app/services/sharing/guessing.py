"""Slows down who tries addresses that do not exist. Pure; `clock` counts seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

FREE: Final = 8.0
"""So many wrong addresses cost nothing: letters get lost when somebody types."""
EACH: Final = 10.0
"""Seconds after which one more is free."""
MOST: Final = 1024
"""So many askers are remembered; who was not seen for longest is forgotten first."""


class Guessing:
    """Counts wrong addresses by who asks. A whole network of IPv6 is one asker."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}  # what is left, and since when

    def wait(self, asker: str) -> int:
        """Seconds this one must wait before it is listened to again; 0: it need not."""
        left = self._left_of(_of(asker))
        return 0 if left >= 1 else max(1, round((1 - left) * EACH))

    def wrong(self, asker: str) -> None:
        """It asked for something that does not exist."""
        name = _of(asker)
        left = self._left_of(name)
        self._left.pop(name, None)
        while len(self._left) >= MOST:
            del self._left[next(iter(self._left))]
        self._left[name] = (max(0.0, left - 1), self._clock())

    @property
    def remembered(self) -> int:
        """How many askers are held in memory."""
        return len(self._left)

    def _left_of(self, name: str) -> float:
        left, since = self._left.get(name, (FREE, self._clock()))
        return min(FREE, left + (self._clock() - since) / EACH)


def _of(asker: str) -> str:
    """The asker; of an IPv6 address the first half, for one home has all of the second."""
    parts = asker.split(":")
    return asker if len(parts) < 3 else ":".join(parts[:4])
