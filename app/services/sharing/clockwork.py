"""Tells the time for links, and notices when the clock was set back: links are closed then."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final

from app.domain.events import LinksChanged, NoticeLevel, NoticeRaised
from app.runtime.bus import EventBus
from app.services.sharing.store import SharingStore

log = logging.getLogger(__name__)

SLACK: Final = 300.0
"""Seconds a clock may fall behind: it is set right a little now and then."""
KEEP_EACH: Final = 60.0
"""Seconds between two times the highest time seen is written down."""


class Clockwork:
    """The time, as far as it can be believed. Lives on the service loop."""

    def __init__(
        self, store: SharingStore, bus: EventBus, clock: Callable[[], float] = time.time
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._seen: float | None = None
        self._kept = 0.0
        self._told = False
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        """Read the highest time that was ever seen."""
        self._seen = self._kept = await self._store.highest_time()
        self.now()

    def now(self) -> float | None:
        """Unix time; None while the clock is behind a time it showed before, or not known yet."""
        if self._seen is None:
            return None
        now = self._clock()
        if now < self._seen - SLACK:
            self._tell(NoticeLevel.BAD, "notices.links_clock", told=True)
            return None
        self._seen = max(self._seen, now)
        if self._told:
            self._tell(NoticeLevel.GOOD, "notices.links_clock_right", told=False)
        return now

    @property
    def held(self) -> bool:
        """Whether links are closed because of it."""
        return self.now() is None

    async def keep(self, *, surely: bool = False) -> None:
        """Write down the highest time seen, when it went on enough."""
        async with self._turn:
            self.now()
            seen = self._seen
            if seen is None or not (
                seen - self._kept >= KEEP_EACH or (surely and seen > self._kept)
            ):
                return
            await self._store.keep_time(seen)
            self._kept = seen

    async def trust(self) -> None:
        """The owner says that the clock is right now: what it showed before counts no more."""
        async with self._turn:
            self._seen = self._kept = self._clock()
            await self._store.keep_time(self._seen)
        log.warning("The owner trusts the clock as it is now")
        self._told = False
        self._bus.publish(LinksChanged())

    def _tell(self, level: NoticeLevel, key: str, *, told: bool) -> None:
        if self._told == told:
            return
        self._told = told
        log.warning("Links: %s", key)
        self._bus.publish(NoticeRaised(level, key, desktop=True))
        self._bus.publish(LinksChanged())
