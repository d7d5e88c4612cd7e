"""How soon the next message or edit of a chat may go: chat services count them."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds between two, how many may come at once, and edits in a while."""

    apart: float = 1.0
    burst: int = 3
    edits: int = 20
    span: float = 60.0


class Pace:
    """The pace of one chat. Lives on the service loop."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._full = 0.0  # when everything said is forgotten
        self._last = -limits.apart
        self._edits: deque[float] = deque(maxlen=limits.edits)

    async def message(self) -> None:
        """Wait until a message may go; a few may go at once."""
        limits = self._limits
        now = time.monotonic()
        full = max(now, self._full)
        self._full = full + limits.apart
        await asyncio.sleep(max(0.0, full - now - (limits.burst - 1) * limits.apart))
        self._last = time.monotonic()

    async def edit(self) -> None:
        """Wait until an edit may go: a while after anything else in this chat."""
        pause = self._pause()
        while pause > 0:
            await asyncio.sleep(pause)
            pause = self._pause()
        now = time.monotonic()
        self._last = now
        self._edits.append(now)
        self._full = max(now, self._full) + self._limits.apart

    def _pause(self) -> float:
        limits, now = self._limits, time.monotonic()
        pause = self._last + limits.apart - now
        if len(self._edits) == limits.edits:
            pause = max(pause, self._edits[0] + limits.span - now)
        return pause
