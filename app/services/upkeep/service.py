"""The jobs that come back by themselves, the backups, and the space everything takes."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.domain.errors import NotFound, Unavailable
from app.domain.events import (
    JobId,
    JobProgressed,
    JobState,
    NoticeLevel,
    NoticeRaised,
    SettingsChanged,
    UpkeepChanged,
)
from app.domain.health import Health, HealthState
from app.domain.settings_sections import Upkeep as Wishes
from app.domain.upkeep import Backup, Night, Space
from app.infra.paths import Paths
from app.runtime.bus import EventBus, Subscription
from app.runtime.jobs import JobContext, JobEngine, JobKind, Schedule
from app.runtime.supervisor import Supervisor
from app.services.upkeep import backup as backups
from app.services.upkeep import restoring, space

log = logging.getLogger(__name__)

BACKUP: Final = "upkeep.backup"
TIDY: Final = "upkeep.tidy"
SCAN: Final = "upkeep.scan"
JOBS_KEPT: Final = 90 * 86_400.0
COPIES_KEPT: Final = 30 * 86_400.0
FRESH: Final = 3_600.0
"""Seconds a measure of the space is told again."""
LATE: Final = 2.5 * 86_400.0
"""A newest backup that is older is a matter of health."""
_ENDED: Final = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


class UpkeepService:
    """Lives on the service loop; made before the job engine starts.

    `parts` tells what takes space; `rescan` looks through the library, `pause` pauses publishing,
    `optimise` lets the database look after its indexes.
    """

    def __init__(
        self,
        paths: Paths,
        jobs: JobEngine,
        bus: EventBus,
        wishes: Callable[[], Wishes],
        parts: Callable[[], Awaitable[Sequence[space.Part]]],
        rescan: Callable[[], Awaitable[None]],
        pause: Callable[[], Awaitable[None]],
        optimise: Callable[[], Awaitable[None]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._paths, self._jobs, self._bus, self._wishes = paths, jobs, bus, wishes
        self._parts, self._rescan, self._pause, self._clock = parts, rescan, pause, clock
        self._optimise = optimise
        self._space = Space(0.0)
        self._measuring: asyncio.Task[Space] | None = None
        self._quit = threading.Event()
        self._tasks = Supervisor("upkeep")
        self._subscriptions: list[Subscription] = []
        self._kinds: frozenset[str] = frozenset()
        for kind, work in ((BACKUP, self._back_up), (TIDY, self._tidy), (SCAN, self._scan)):
            jobs.register(JobKind(kind, work, timeout=3_600.0))

    @property
    def folder(self) -> Path:
        """Where backups go."""
        named = self._wishes().backup_folder.strip()
        return Path(named).expanduser() if named else self._paths.data / "backups"

    async def start(self) -> None:
        """Have the nights done; after the job engine has started."""
        on = self._bus.on
        self._subscriptions += [
            on(SettingsChanged, self._on_settings),
            on(JobProgressed, self._on_job),
        ]
        await self._keep_timetable()
        name = await asyncio.to_thread(restoring.was_restored, self._paths.data)
        if name:
            await self._pause()
            args: dict[str, object] = {"name": name}
            self._bus.publish(NoticeRaised(NoticeLevel.WARN, "notices.restored", args))
            await asyncio.to_thread(restoring.forget_restored, self._paths.data)

    async def stop(self) -> None:
        """End; a measure under way is given up."""
        self._quit.set()
        while self._subscriptions:
            self._subscriptions.pop().close()
        await self._tasks.close()

    async def nights(self) -> tuple[Night, ...]:
        """Every job that comes back, by when it comes next."""
        timetable = await self._jobs.timetable()
        self._kinds = frozenset(one.kind for one, _at in timetable)
        found = [await self._night(one, at) for one, at in timetable]
        return tuple(sorted(found, key=lambda one: (one.following or 9e12, one.name)))

    async def run(self, name: str) -> JobId:
        """Do one of them now; the one that runs already when it does. Raises `NotFound`."""
        for one, _at in await self._jobs.timetable():
            if one.name == name:
                return await self._run_now(one)
        raise NotFound("errors.job_unknown", job=name)

    async def cancel(self, name: str) -> None:
        """End what runs of it."""
        for night in await self.nights():
            if night.name == name and night.state not in (None, *_ENDED):
                await self._jobs.cancel(night.job)

    async def backup(self) -> Backup:
        """Copy everything now; the oldest copies go when there are more than are kept.

        Raises `Unavailable` when it cannot be done.
        """
        paths = self._paths
        sources = backups.Sources((paths.database, paths.jobs), (paths.settings,))
        made = await asyncio.to_thread(backups.make, self.folder, sources, now=self._clock())
        await asyncio.to_thread(backups.let_go, self.folder, self._wishes().backups)
        self._bus.publish(UpkeepChanged())
        return made

    async def backups(self) -> tuple[Backup, ...]:
        """The backups there are, the newest first."""
        return await asyncio.to_thread(backups.all_of, self.folder)

    async def health(self) -> Health:
        """How the backups are, as a check: off, late, failing or well."""
        if not self._wishes().backups:
            return Health("backup", HealthState.OFF, "health.backup.off", page="settings")
        runs = [one for one in await self._jobs.list(BACKUP, limit=20) if one.state in _ENDED]
        found = await self.backups()
        if runs and runs[0].state is JobState.FAILED:
            reason = runs[0].error_args.get("reason", runs[0].error)
            return _ill("health.backup.failed", "health.backup.mend", {"reason": reason})
        if found and self._clock() - found[0].at > LATE:
            days = int((self._clock() - found[0].at) // 86_400)
            return _ill("health.backup.late", "health.backup.mend_late", {"days": days})
        told = "health.backup.good" if found else "health.backup.waits"
        args = {"count": len(found), "megabytes": round(found[0].bytes / 1e6)} if found else {}
        return Health("backup", HealthState.GOOD, told, args, page="system")

    async def space(self, *, fresh: bool = False) -> Space:
        """What takes space; measured anew when that is wished or the last is an hour old."""
        if self._measuring is None:
            if not fresh and self._clock() - self._space.at < FRESH:
                return self._space
            self._measuring = self._tasks.spawn(self._measure(), "space")
        if self._measuring is None:
            raise Unavailable("errors.jobs_stopped")
        return await asyncio.shield(self._measuring)

    def last_space(self) -> Space:
        """What was measured last; `measuring` says that it is being done."""
        return replace(self._space, measuring=self._measuring is not None)

    async def free(self, part: str) -> int:
        """Empty what can be made or fetched again; returns the bytes. `NotFound` for all else."""
        wanted = [one for one in await self._parts() if one.name == part and one.freeable]
        if not wanted:
            raise NotFound("errors.space_not_freeable", part=part)
        now = self._clock()
        freed = 0
        for one in wanted:
            freed += await asyncio.to_thread(space.empty, one, now)
        await self.space(fresh=True)
        return freed

    async def _measure(self) -> Space:
        self._bus.publish(UpkeepChanged())
        try:
            parts = await self._parts()
            uses = await asyncio.to_thread(space.measure, parts, self._quit.is_set)
            disks = await asyncio.to_thread(space.disks_of, uses)
            self._space = Space(self._clock(), uses, disks)
        finally:
            self._measuring = None
            self._bus.publish(UpkeepChanged())
        return self._space

    async def _night(self, one: Schedule, at: float | None) -> Night:
        jobs = await self._jobs.list(one.kind, limit=1)
        if not jobs:
            return Night(one.name, one.kind, one.cron, at)
        last = jobs[0]
        return Night(
            one.name, one.kind, one.cron, at, last.id, last.state, last.created,
            last.updated if last.state in _ENDED else 0.0, last.progress, last.message,
            last.message_args, last.error, last.error_args,
        )  # fmt: skip

    async def _run_now(self, one: Schedule) -> JobId:
        jobs = await self._jobs.list(one.kind, limit=1)
        if jobs and jobs[0].state not in _ENDED:
            return jobs[0].id
        key = f"now:{one.name}:{self._clock():.3f}"
        return await self._jobs.submit(one.kind, key=key, args=one.args)

    async def _keep_timetable(self) -> None:
        """Backups first, while nothing else of the night works on the database."""
        wishes = self._wishes()
        if wishes.backups:
            await self._jobs.schedule(BACKUP, f"5 {wishes.hour} * * *", BACKUP)
        elif BACKUP in self._jobs.schedules():
            await self._jobs.unschedule(BACKUP)
        await self._jobs.schedule(TIDY, f"35 {wishes.hour} * * *", TIDY)
        await self._jobs.schedule(SCAN, f"50 {wishes.hour} * * *", SCAN)
        self._kinds = frozenset(one.kind for one, _at in await self._jobs.timetable())
        self._bus.publish(UpkeepChanged())

    def _on_settings(self, event: SettingsChanged) -> None:
        if event.section == "upkeep":
            self._tasks.spawn(self._keep_timetable(), "timetable")

    def _on_job(self, event: JobProgressed) -> None:
        if event.kind in self._kinds:
            self._bus.publish(UpkeepChanged())

    async def _back_up(self, job: JobContext) -> str:
        name: str = await job.step("backup", self._backup_name, retries=1, timeout=1_800.0)
        return name

    async def _backup_name(self) -> str:
        return (await self.backup()).name

    async def _tidy(self, job: JobContext) -> int:
        forgotten: int = await job.step("jobs", self._forget_jobs)
        await job.step("indexes", self._optimise)
        await job.step("copies", self._drop_copies)
        return forgotten

    async def _forget_jobs(self) -> int:
        forgotten = 0
        while gone := await self._jobs.prune(JOBS_KEPT):
            forgotten += gone
        return forgotten

    async def _drop_copies(self) -> int:
        return await asyncio.to_thread(
            _drop_copies, self._paths.database, self._clock() - COPIES_KEPT
        )

    async def _scan(self, job: JobContext) -> None:
        await job.step("scan", self._rescan, retries=0)


def _ill(told: str, mend: str, args: dict[str, object]) -> Health:
    return Health("backup", HealthState.BAD, told, args, mend, page="settings")


def _drop_copies(database: Path, before: float) -> int:
    """Blocking. Copies that migrations left behind, once they are old; the newest one stays."""
    found = sorted(database.parent.glob(f"{database.name}.before-*"), key=os.path.getmtime)
    old = [one for one in found[:-1] if one.stat().st_mtime < before]
    for one in old:
        one.unlink(missing_ok=True)
    return len(old)
