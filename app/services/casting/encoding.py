"""Knows how this machine makes pictures; a press never waits until that has been found out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.errors import AppError
from app.infra.ffmpeg.encoders import UNTRIED, Encoders, find_encoders, recall_encoders
from app.runtime.supervisor import Supervisor

LATER: Final = 8.0
"""Seconds after the start at which it is tried, when the window stands."""
PAUSE: Final = 5.0
"""Seconds until it is looked again whether a film is being converted."""
log = logging.getLogger(__name__)


class Encoding:
    """The encoders of this machine. Lives on the service loop.

    `kept` is where the answer of an earlier start lies: it is used at once, and tried anew when
    ffmpeg or the chips are others.
    """

    def __init__(self, kept: Path, *, later: float = LATER, pause: float = PAUSE) -> None:
        self._kept = kept
        self._later, self._pause = later, pause
        self._known: Encoders | None = None
        self._tasks = Supervisor("encoders")

    async def start(self, busy: Callable[[], bool] = lambda: False) -> None:
        """Take what is kept, and find out in the background; not while `busy` says so."""
        self._known = await asyncio.to_thread(recall_encoders, self._kept)
        self._tasks.spawn(self._look(busy), "look")

    async def __call__(self) -> Encoders:
        """Return them, without waiting: the processor's until it is known what works."""
        return self._known or UNTRIED

    async def stop(self) -> None:
        """End a probe that still runs."""
        await self._tasks.close()

    async def _look(self, busy: Callable[[], bool]) -> None:
        await asyncio.sleep(self._later)
        while busy():  # noqa: ASYNC110 - conversions tell nobody when they end
            await asyncio.sleep(self._pause)
        try:
            self._known = await find_encoders(self._kept)
        except AppError as error:
            log.warning("Which encoders work could not be found out: %s", error)
