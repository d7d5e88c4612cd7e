"""One limit of speed for everything that loads over the web: a bucket of bytes all dip into."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

LEAST: Final = 4096
"""Smaller helpings than this are not worth a call to the system."""
HELPING: Final = 0.02
"""Seconds of speed one helping is worth, so that many small ones do not cost the processor."""
BURST: Final = 0.1
"""Seconds of speed the bucket holds at most."""
LOOK: Final = 0.2
"""Seconds after which one who waits looks whether he still wants it."""


class Throttle:
    """Shares `rate` bytes a second, 0 for no limit. Used from many threads at once."""

    def __init__(self, rate: int = 0) -> None:
        self._rate = rate
        self._held = 0.0
        self._filled = time.monotonic()
        self._changed = threading.Condition()

    @property
    def rate(self) -> int:
        """Bytes a second, 0: no limit."""
        return self._rate

    def set_rate(self, rate: int) -> None:
        """Change the limit at once, also for those who wait."""
        with self._changed:
            self._fill()
            self._rate = max(0, rate)
            self._held = min(self._held, self._most)
            self._changed.notify_all()

    def take(self, most: int, stopped: Callable[[], bool]) -> int:
        """Wait for a helping and return its size, `most` at the most; 0 once `stopped` says so.

        What is not used is given back with `give_back`.
        """
        while not stopped():
            with self._changed:
                if self._rate <= 0:
                    return most
                self._fill()
                enough = min(most, max(LEAST, self._rate * HELPING), self._most)
                if self._held >= enough:
                    given = int(min(most, self._held))
                    self._held -= given
                    return given
                self._changed.wait(min(LOOK, (enough - self._held) / self._rate + 0.001))
        return 0

    def give_back(self, count: int) -> None:
        """Put back what was taken and not used."""
        if count > 0 and self._rate > 0:
            with self._changed:
                self._held = min(self._held + count, self._most)

    @property
    def _most(self) -> float:
        return max(1.0, self._rate * BURST)

    def _fill(self) -> None:
        now = time.monotonic()
        self._held = min(self._most, self._held + (now - self._filled) * self._rate)
        self._filled = now
