"""Tells the first time at once, and then not more often than somebody can follow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Pulse:
    """Calls `beat` for every `ask()`, but never twice within `seconds`. Lives on one loop."""

    def __init__(self, beat: Callable[[], None], seconds: float = 0.08) -> None:
        self._beat = beat
        self.seconds = seconds
        self._last = -seconds
        self._timer: asyncio.TimerHandle | None = None
        self._stopped = False

    def ask(self) -> None:
        """Tell now, or as soon as it may be told again."""
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._last + self.seconds - loop.time()
        if wait <= 0:
            self._tell()
        else:
            self._timer = loop.call_later(wait, self._tell)

    def now(self) -> None:
        """Tell at once, whatever was told a moment ago."""
        if self._timer is not None:
            self._timer.cancel()
        self._tell()

    def stop(self) -> None:
        """Tell nothing more."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tell(self) -> None:
        self._timer = None
        if self._stopped:
            return
        self._last = asyncio.get_running_loop().time()
        self._beat()
