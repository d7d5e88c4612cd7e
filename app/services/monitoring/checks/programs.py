"""Looks at the programs the station calls: the browser and its pool, and ffmpeg."""

from __future__ import annotations

import asyncio
import shutil
from typing import Final

from app.domain.errors import Unavailable
from app.domain.health import Health, HealthState
from app.infra.browser.pool import BrowserPool

BROWSER: Final = "browser_pool"
FFMPEG: Final = "ffmpeg"


class BrowserCheck:
    """The browser for sites that need one."""

    def __init__(self, pool: BrowserPool) -> None:
        self._pool = pool

    async def look(self) -> Health:
        """Whether there is one, and how much it has to do. Starts nothing."""
        try:
            await self._pool.program()
        except Unavailable:
            told, mend = "health.browser.missing", "health.browser.missing.mend"
            return Health(BROWSER, HealthState.WARN, told, {}, mend)
        running, waiting = self._pool.in_use
        args = {"busy": running, "size": self._pool.size, "waiting": waiting}
        told = "good" if self._pool.warm else "asleep"
        told = "waiting" if waiting else told
        return Health(BROWSER, HealthState.GOOD, f"health.browser.{told}", args)


async def ffmpeg() -> Health:
    """Whether what converts and what looks into films are here."""
    for program in ("ffmpeg", "ffprobe"):
        if await asyncio.to_thread(shutil.which, program) is None:
            told, mend = "health.ffmpeg.missing", "health.ffmpeg.missing.mend"
            return Health(FFMPEG, HealthState.BAD, told, {"program": program}, mend)
    return Health(FFMPEG, HealthState.GOOD, "health.ffmpeg.good")
