"""How far the running jobs are: at once on the bus, once a second in the job file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from app.domain.events import JobId, JobProgressed, JobState
from app.runtime.bus import EventBus
from app.runtime.jobs.store import JobStore

LIVE = 0.1
KEPT = 1.0
"""Seconds between two tellings of one job."""


@dataclass(slots=True)
class Progress:
    """The newest word of one job."""

    kind: str
    fraction: float | None = None
    message: str = ""
    args: dict[str, object] = field(default_factory=dict)
    told: bool = True
    kept: bool = True
    live_timer: asyncio.TimerHandle | None = None
    kept_timer: asyncio.TimerHandle | None = None


class ProgressBoard:
    """Tells the first word of a burst at once and the last one when the burst's time is over."""

    def __init__(
        self,
        bus: EventBus,
        store: JobStore,
        spawn: Callable[[Coroutine[Any, Any, Any], str], object],
    ) -> None:
        self._bus = bus
        self._store = store
        self._spawn = spawn
        self._jobs: dict[JobId, Progress] = {}

    def begin(self, job: JobId, kind: str) -> None:
        """The job runs."""
        self._jobs[job] = Progress(kind)
        self._bus.publish(JobProgressed(job, kind, JobState.RUNNING))

    def move(
        self, job: JobId, fraction: float | None, message: str, args: dict[str, object]
    ) -> None:
        """The job moved on; words of a job that does not run are dropped."""
        now = self._jobs.get(job)
        if now is None:
            return
        now.fraction = None if fraction is None else min(max(fraction, 0.0), 1.0)
        now.message, now.args, now.told, now.kept = message, args, False, False
        if now.live_timer is None:
            self._tell(job)
        if now.kept_timer is None:
            self._keep(job)

    def look(self, job: JobId) -> Progress | None:
        """The newest word of a running job."""
        return self._jobs.get(job)

    def end(self, job: JobId) -> None:
        """The job no longer runs; its last word is kept."""
        now = self._jobs.pop(job, None)
        if now is None:
            return
        for timer in (now.live_timer, now.kept_timer):
            if timer is not None:
                timer.cancel()
        if not now.kept:
            self._write(job, now)

    def _tell(self, job: JobId) -> None:
        now = self._jobs.get(job)
        if now is None:
            return
        now.live_timer = None
        if now.told:
            return
        now.told = True
        self._bus.publish(
            JobProgressed(job, now.kind, JobState.RUNNING, now.fraction, now.message, now.args)
        )
        now.live_timer = asyncio.get_running_loop().call_later(LIVE, self._tell, job)

    def _keep(self, job: JobId) -> None:
        now = self._jobs.get(job)
        if now is None:
            return
        now.kept_timer = None
        if now.kept:
            return
        self._write(job, now)
        now.kept_timer = asyncio.get_running_loop().call_later(KEPT, self._keep, job)

    def _write(self, job: JobId, now: Progress) -> None:
        now.kept = True
        args = json.dumps(now.args, default=str)
        self._spawn(self._store.note(job, now.fraction, now.message, args), f"progress of {job}")
