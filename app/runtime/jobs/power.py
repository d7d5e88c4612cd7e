"""When the engine is awake: it launches for work and sleeps when there is none."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from app.domain.errors import Unavailable
from app.runtime.jobs.host import DbosHost
from app.runtime.jobs.lock import FileLock
from app.runtime.jobs.model import JobKind
from app.runtime.jobs.runs import Runs
from app.runtime.jobs.store import JobStore
from app.runtime.supervisor import Supervisor

log = logging.getLogger(__name__)

LONGEST_ALARM = 120.0
"""Seconds; the loop's clock stands still while the machine sleeps, so look at the real one."""
WATCH = 5.0
RETRY = 60.0
"""Seconds until the next try after a launch that failed."""
LEAVE_TIME = 0.8
"""Seconds that running jobs get to end when the engine stops."""


class Power:
    """Owns DBOS' life and the lock of the job file."""

    def __init__(
        self,
        host: DbosHost,
        store: JobStore,
        kinds: Mapping[str, JobKind],
        runs: Runs,
        scope: Supervisor,
        ring: Callable[[], Awaitable[None]],
        sleep_after: float,
    ) -> None:
        self._store = store
        self._kinds = kinds
        self._runs = runs
        self._scope = scope
        self._ring = ring
        self._sleep_after = sleep_after
        self._host = host
        path = host.path
        self._file_lock = FileLock(path.with_name(path.name + ".lock")) if path else None
        self._switch = asyncio.Lock()
        self._alarm: asyncio.TimerHandle | None = None
        self._paused: frozenset[str] = frozenset()
        self._opened = False
        self._next_tick: float | None = None

    @property
    def awake(self) -> bool:
        """Whether DBOS runs."""
        return self._host.launched

    async def open(self) -> None:
        """Take the lock and open the job file."""
        if self._file_lock is not None:
            await asyncio.to_thread(self._file_lock.take)
        try:
            await self._store.open()
            self._paused = await self._store.paused()
        except BaseException:
            await self._store.close()
            self._drop_lock()
            raise
        self._opened = True

    async def close(self) -> None:
        """End DBOS, close the file, drop the lock."""
        self._opened = False
        self._set_alarm(None)
        async with self._switch:
            await self._shut()
            await self._store.close()
            self._drop_lock()

    @asynccontextmanager
    async def held(self, kind: str = "") -> AsyncIterator[DbosHost]:
        """DBOS awake for the time of the block, best with the queue of that kind."""
        async with self._switch:
            await self._launch(kind)
            yield self._host

    def ring_soon(self) -> None:
        """Look in the background at what is due."""
        self._alarm = None

        async def ring() -> None:
            try:
                await self._ring()
            except Unavailable as error:
                log.error("The job engine does not wake: %s", error)  # noqa: TRY400 - expected
                self._set_alarm(time.time() + RETRY)

        self._scope.spawn(ring(), "alarm")

    async def look_ahead(self, next_tick: float | None) -> None:
        """Wake for work that is there, and set the alarm for what comes."""
        self._next_tick = next_tick
        outlook = await self._store.outlook(self._kinds)
        due = outlook.next_delay
        soon = due is not None and due - time.time() < 1.0
        if (outlook.active or soon) and not self.awake:
            async with self._switch:
                await self._launch()
        # While awake DBOS itself looks after delayed jobs.
        moments = (next_tick, None if self.awake else due)
        self._set_alarm(min((moment for moment in moments if moment is not None), default=None))

    async def set_paused(self, kind: JobKind, *, paused: bool) -> None:
        """Hold a kind back or let it go."""
        await self._store.set_paused(kind.name, paused)
        self._paused = await self._store.paused()
        async with self._switch:
            if self.awake:
                await self._host.set_paused(self._paused)

    async def _launch(self, kind: str = "") -> None:
        if self.awake:
            return
        if not self._opened:
            raise Unavailable("errors.jobs_stopped")
        started = time.monotonic()
        self._runs.settling = False
        try:
            busy = {kind, *await self._store.busy_kinds()}
            await self._host.launch(self._kinds.values(), self._runs.run, busy, self._paused)
        except BaseException as error:
            await self._shut()
            if isinstance(error, OSError) or type(error).__module__.startswith("sqlalchemy"):
                raise Unavailable("errors.jobs_unavailable", detail=str(error)) from error
            raise
        log.info("The job engine woke in %.2f s", time.monotonic() - started)
        self._scope.spawn(self._watch(), "watch")

    async def _shut(self) -> None:
        self._runs.settling = True
        await self._runs.leave(LEAVE_TIME)
        await self._host.destroy()
        # A job that began while DBOS was ending: it is recorded as running and goes on later.
        await self._runs.leave(0.1)
        # To be stopped in good order says nothing against a job.
        await self._store.forgive()

    async def _watch(self) -> None:
        quiet_since = time.monotonic()
        told = frozenset(await self._store.poisoned())
        while True:
            await asyncio.sleep(min(WATCH, self._sleep_after / 3))
            poisoned = frozenset(await self._store.poisoned())
            for job in poisoned - told:
                await self._runs.publish_poisoned(job)
            told = poisoned
            if await self._busy():
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since >= self._sleep_after and await self._sleep():
                return

    async def _busy(self) -> bool:
        outlook = await self._store.outlook(self._kinds)
        due = outlook.next_delay
        soon = due is not None and due - time.time() <= self._sleep_after
        return bool(outlook.active or soon or self._runs.any)

    async def _sleep(self) -> bool:
        async with self._switch:
            if await self._busy():
                return False
            await self._shut()
        log.info("The job engine sleeps")
        await self.look_ahead(self._next_tick)
        return True

    def _set_alarm(self, moment: float | None) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if moment is None or (not self._opened):
            return
        delay = min(max(moment - time.time(), 0.05), LONGEST_ALARM)
        self._alarm = asyncio.get_running_loop().call_later(delay, self.ring_soon)

    def _drop_lock(self) -> None:
        if self._file_lock is not None:
            self._file_lock.drop()
