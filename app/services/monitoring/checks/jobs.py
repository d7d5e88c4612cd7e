"""Looks at the job engine: what runs and waits, what stands still, and what failed lately."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from app.domain.events import JobId, JobState
from app.domain.health import Health, HealthState
from app.runtime.jobs import JobEngine
from app.runtime.jobs.model import JobInfo

PART: Final = "jobs"
DAY: Final = 86_400.0
STUCK: Final = 3600.0
"""Seconds without any news of a running job after which it is told to stand still."""
FAILING: Final = 3
"""So many failed jobs in a day are more than an accident."""
MOST: Final = 500
_WAITING: Final = (JobState.QUEUED, JobState.DELAYED)


class JobsCheck:
    """Remembers since when nothing was heard of each running job. Lives on the service loop."""

    def __init__(self, jobs: JobEngine, clock: Callable[[], float] = time.time) -> None:
        self._jobs = jobs
        self._clock = clock
        self._heard: dict[JobId, tuple[object, float]] = {}

    async def look(self) -> Health:
        """Ask the job file; the engine is not woken."""
        now = self._clock()
        running = await self._jobs.list(states=(JobState.RUNNING,), limit=MOST)
        waiting = await self._jobs.list(states=_WAITING, limit=MOST)
        failed = await self._jobs.list(states=(JobState.FAILED,), limit=MOST)
        lately = [one for one in failed if now - one.updated < DAY]
        stuck = self._stuck(running, now)
        args: dict[str, object] = {"running": len(running), "waiting": len(waiting)}
        if stuck:
            job, since = stuck[0]
            args |= {"title": job.title or job.kind, "minutes": round((now - since) / 60)}
            told, mend = "health.jobs.stuck", "health.jobs.stuck.mend"
            return Health(PART, HealthState.WARN, told, args, mend, page="system")
        if lately:
            args["count"] = len(lately)
            many = len(lately) >= FAILING
            state = HealthState.WARN if many else HealthState.GOOD
            mend = "health.jobs.failed.mend" if many else ""
            return Health(PART, state, "health.jobs.failed", args, mend, page="system")
        told = "health.jobs.good" if running or waiting else "health.jobs.idle"
        return Health(PART, HealthState.GOOD, told, args)

    def _stuck(self, running: tuple[JobInfo, ...], now: float) -> list[tuple[JobInfo, float]]:
        """Jobs nothing was heard of for long, and since when."""
        heard: dict[JobId, tuple[object, float]] = {}
        for job in running:
            news = (job.updated, job.progress, job.message, str(job.message_args))
            before = self._heard.get(job.id)
            known = before is not None and before[0] == news
            heard[job.id] = (news, before[1] if known and before is not None else now)
        self._heard = heard
        return [(job, heard[job.id][1]) for job in running if now - heard[job.id][1] > STUCK]
