"""The job engine: submit work that survives, and follow it; asleep while there is none."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.domain.errors import InvalidInput, NotFound, Unavailable
from app.domain.events import JobId, JobProgressed, JobState
from app.runtime.bus import EventBus
from app.runtime.jobs import clock
from app.runtime.jobs.host import DbosHost
from app.runtime.jobs.model import JobInfo, JobKind, Plain, Schedule, StepInfo
from app.runtime.jobs.power import Power
from app.runtime.jobs.runs import Runs
from app.runtime.jobs.store import JobStore
from app.runtime.jobs.timetable import Timetable
from app.runtime.supervisor import Supervisor

log = logging.getLogger(__name__)

WAIT_LOOK = 2.0
PRUNE_BATCH = 1000
_ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class JobEngine:
    """Durable jobs on one file (or one PostgreSQL database); lives on the service loop.

    `place` is the path of the job file, or a ``postgresql://`` address. With nothing to do for
    `sleep_after` seconds the engine costs nothing; submits, delays and schedules wake it.
    """

    def __init__(self, place: Path | str, bus: EventBus, *, sleep_after: float = 60.0) -> None:
        self._bus = bus
        self._kinds: dict[str, JobKind] = {}
        self._store = JobStore(place)
        self._scope = Supervisor("jobs")
        host = DbosHost(place)
        self._runs = Runs(bus, self._store, host, self._scope.spawn)
        self._timetable = Timetable(self._store)
        self._power = Power(
            host, self._store, self._kinds, self._runs, self._scope, self._ring, sleep_after
        )
        self._ringing = asyncio.Lock()
        self._started = False

    @property
    def awake(self) -> bool:
        """Whether the machinery runs (False: it costs nothing)."""
        return self._power.awake

    def register(self, kind: JobKind) -> None:
        """Make a kind known; before `start`."""
        if self._started:
            raise RuntimeError(f"Job kind {kind.name} came after the start")
        if kind.name in self._kinds:
            raise RuntimeError(f"Job kind {kind.name} is known already")
        self._kinds[kind.name] = kind

    async def start(self) -> None:
        """Open the job file; unfinished jobs go on in the background.

        Raises Unavailable ``errors.jobs_locked`` when another process has the file.
        """
        await self._power.open()
        self._started = True
        await self._timetable.load()
        self._power.ring_soon()

    async def stop(self) -> None:
        """End within ~2 s. Running jobs stop where they are and go on at the next start."""
        self._started = False
        self._runs.closing = True
        await self._scope.close()
        await self._power.close()
        self._runs.wake_all_waiters()

    async def submit(
        self,
        kind: str,
        *,
        key: str,
        args: dict[str, Any] | None = None,
        priority: int = 100,
        delay: float | None = None,
        title: str = "",
    ) -> JobId:
        """Put a job in its queue and return its id, which is the key.

        A key stands for one job for ever (until pruned): submitting it again changes nothing,
        also when the job has ended. `args` are JSON values. Lower `priority` (1..) goes first,
        `delay` is in seconds. Raises InvalidInput for an unknown kind.
        """
        self._kind(kind)
        if await self._store.job(key) is not None:
            return key
        async with self._power.held(kind) as host:
            await host.submit(kind, key, title, args or {}, priority=priority, delay=delay)
        state = JobState.DELAYED if delay else JobState.QUEUED
        self._bus.publish(JobProgressed(key, kind, state))
        return key

    async def cancel(self, job: JobId) -> None:
        """End a job and its sub-jobs: at once when it waits, within ~1 s when a step runs."""
        info = await self._info(job)
        if info.state in _ENDED:
            return
        async with self._power.held() as host:
            running = self._runs.cancel(job)
            await host.cancel(job)
        if not running:
            self._runs.publish_end(job, info.kind, JobState.CANCELLED)

    async def resume(self, job: JobId) -> None:
        """Let a cancelled or failed job go on; what was finished before it failed is kept."""
        info = await self._info(job)
        if info.state not in (JobState.CANCELLED, JobState.FAILED):
            return
        self._kind(info.kind)
        for child in await self._store.children(job):
            await self.resume(child)
        async with self._power.held() as host:
            step = await self._store.fatal_step(job)
            if step is not None:
                await host.rewind(job, info.kind, step)
            else:
                await host.resume(job, info.kind)
        self._bus.publish(JobProgressed(job, info.kind, JobState.QUEUED))

    async def rerun(self, job: JobId, from_step: int) -> JobId:
        """Start a new job with the results of the steps before `StepInfo.number` = from_step."""
        info = await self._info(job)
        self._kind(info.kind)
        if from_step < 1:
            raise InvalidInput("errors.no_such_step", step=from_step)
        async with self._power.held() as host:
            new = await host.fork(job, info.kind, from_step)
        self._bus.publish(JobProgressed(new, info.kind, JobState.QUEUED))
        return new

    async def wait(self, job: JobId) -> Plain:
        """The result of a job, when it has ended.

        Raises the AppError it failed with (``errors.job_cancelled`` when it was cancelled, also
        ``errors.job_timeout``, ``errors.job_poisoned``), or Unavailable when the engine stops.
        """
        while True:
            if not self._started:
                raise Unavailable("errors.jobs_stopped")
            ended = self._runs.ended(job)
            info = await self._info(job)
            if info.state is JobState.DONE:
                return await self._store.result(job)
            if info.state is JobState.CANCELLED:
                raise Unavailable("errors.job_cancelled", job=job)
            if info.state is JobState.FAILED:
                raise await self._store.failure(job)
            await asyncio.wait((ended,), timeout=WAIT_LOOK)

    async def list(
        self,
        kind: str | None = None,
        states: Iterable[JobState] | None = None,
        limit: int = 200,
    ) -> tuple[JobInfo, ...]:
        """The newest jobs first. Does not wake the engine."""
        found = await self._store.jobs(kind, states, limit)
        return tuple(self._runs.with_progress(info) for info in found)

    async def info(self, job: JobId) -> JobInfo:
        """One job. Raises NotFound. Does not wake the engine."""
        return self._runs.with_progress(await self._info(job))

    async def steps(self, job: JobId) -> tuple[StepInfo, ...]:
        """The finished steps of a job in order, then those under way (numbers still open: 0)."""
        await self._info(job)
        return (*await self._store.steps(job), *self._runs.steps_under_way(job))

    async def schedule(
        self,
        name: str,
        cron: str,
        kind: str,
        args: dict[str, Any] | None = None,
        timezone: str = "",
    ) -> None:
        """Submit such a job at each tick of the cron line; kept over restarts.

        Calling it again with the same line changes nothing. Ticks missed while the station was
        off are made up for by one job. `timezone` is an IANA name; empty: the machine's. The job's
        key is ``cron:<name>:<tick>``. Raises InvalidInput.
        """
        self._kind(kind)
        await self._timetable.put(name, cron, kind, args or {}, timezone)
        await self._ring()

    async def unschedule(self, name: str) -> None:
        """End a schedule; jobs it has submitted stay."""
        await self._timetable.drop(name)

    def schedules(self) -> frozenset[str]:
        """The names of all schedules."""
        return self._timetable.names()

    async def timetable(self) -> tuple[tuple[Schedule, float | None], ...]:
        """Every schedule by name, and when (since 1970) it ticks next."""
        return await self._timetable.all(time.time())

    async def prune(self, older_than: float) -> int:
        """Forget jobs that ended more than so many seconds ago; their keys are free again."""
        jobs = await self._store.ended_before(time.time() - older_than, PRUNE_BATCH)
        if jobs:
            async with self._power.held() as host:
                await host.delete(jobs)
            await self._store.forget_notes(jobs)
        return len(jobs)

    async def pause_kind(self, kind: str) -> None:
        """Start no more jobs of this kind, until `resume_kind`; running ones go on."""
        await self._power.set_paused(self._kind(kind), paused=True)

    async def resume_kind(self, kind: str) -> None:
        """Let jobs of this kind start again."""
        await self._power.set_paused(self._kind(kind), paused=False)
        await self._ring()

    def _kind(self, name: str) -> JobKind:
        kind = self._kinds.get(name)
        if kind is None:
            raise InvalidInput("errors.unknown_job_kind", kind=name)
        return kind

    async def _info(self, job: JobId) -> JobInfo:
        info = await self._store.job(job)
        if info is None:
            raise NotFound("errors.job_unknown", job=job)
        return info

    async def _ring(self) -> None:
        """Do what is due: ticks of schedules, delayed jobs; then set the next alarm."""
        async with self._ringing:
            for entry, tick in await self._timetable.due(time.time()):
                key = f"cron:{entry.name}:{clock.stamp(tick, entry.timezone)}"
                try:
                    await self.submit(entry.kind, key=key, args=entry.args)
                except InvalidInput as error:
                    log.error("Schedule %s: %s", entry.name, error)  # noqa: TRY400 - expected
                # Only now: killed in between, the same key is submitted again, to no effect.
                await self._timetable.served(entry, tick)
            await self._power.look_ahead(await self._timetable.next_tick(time.time()))
