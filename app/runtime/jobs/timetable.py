"""The schedules of the job file: which ticks are due, each missed stretch counting once."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time
from typing import Any

from app.domain.errors import AppError
from app.runtime.jobs import clock
from app.runtime.jobs.model import Schedule
from app.runtime.jobs.store import JobStore

log = logging.getLogger(__name__)


class Timetable:
    """Keeps schedules and says what is due."""

    def __init__(self, store: JobStore) -> None:
        self._store = store
        self._schedules: dict[str, Schedule] = {}

    async def load(self) -> None:
        """Read the schedules of the file."""
        self._schedules = {entry.name: entry for entry in await self._store.schedules()}

    async def put(
        self, name: str, cron: str, kind: str, args: dict[str, Any], timezone: str
    ) -> None:
        """Add or change a schedule. One whose times stay keeps what it has missed."""
        await asyncio.to_thread(clock.check, cron, timezone)
        old = self._schedules.get(name)
        same = old is not None and (old.cron, old.timezone) == (cron, timezone)
        last = old.last if old is not None and same else time.time()
        entry = Schedule(name, cron, kind, dict(args), timezone, last)
        if entry != old:
            await self._store.put_schedule(entry.name, entry)
            self._schedules[name] = entry

    async def drop(self, name: str) -> None:
        """Remove a schedule."""
        self._schedules.pop(name, None)
        await self._store.put_schedule(name, None)

    def names(self) -> frozenset[str]:
        """What is scheduled."""
        return frozenset(self._schedules)

    async def due(self, now: float) -> tuple[tuple[Schedule, float], ...]:
        """Schedules with a tick that was not served, and their latest tick."""
        return await asyncio.to_thread(self._due, tuple(self._schedules.values()), now)

    async def served(self, schedule: Schedule, tick: float) -> None:
        """Remember that this tick was submitted."""
        entry = dataclasses.replace(schedule, last=tick)
        if schedule.name in self._schedules:
            self._schedules[schedule.name] = entry
            await self._store.put_schedule(entry.name, entry)

    async def all(self, now: float) -> tuple[tuple[Schedule, float | None], ...]:
        """Every schedule by name, and when it ticks next; None for a line that cannot be read."""
        entries = sorted(self._schedules.values(), key=lambda entry: entry.name)
        return await asyncio.to_thread(
            lambda: tuple((entry, self._next((entry,), now)) for entry in entries)
        )

    async def next_tick(self, now: float) -> float | None:
        """When the next tick of any schedule comes."""
        return await asyncio.to_thread(self._next, tuple(self._schedules.values()), now)

    @staticmethod
    def _due(schedules: tuple[Schedule, ...], now: float) -> tuple[tuple[Schedule, float], ...]:
        found = []
        for entry in schedules:
            try:
                tick = clock.latest(entry.cron, entry.timezone, now)
            except (AppError, ValueError) as error:
                log.error("Schedule %s cannot be read: %s", entry.name, error)  # noqa: TRY400 - expected
                continue
            # A clock that was ahead for a while must not silence the schedule until it is
            # that late again.
            last = entry.last if entry.last <= now else tick - 1
            if tick > last:
                found.append((entry, tick))
        return tuple(found)

    @staticmethod
    def _next(schedules: tuple[Schedule, ...], now: float) -> float | None:
        ticks = []
        for entry in schedules:
            try:
                ticks.append(clock.following(entry.cron, entry.timezone, now))
            except (AppError, ValueError):
                continue  # told by `due`
        return min(ticks, default=None)
