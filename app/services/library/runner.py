"""Runs scans: as durable jobs when somebody asked, directly when only a part changed."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from typing import Any

from app.domain.errors import AppError, NotFound
from app.domain.events import JobState, ScanPhase, ScanProgressed
from app.domain.media import FolderId
from app.runtime.jobs import JobContext, JobEngine, JobKind
from app.services.library import roots
from app.services.library.announce import Announcer
from app.services.library.pictures import PictureMaker
from app.services.library.presence import Presence
from app.services.library.scan import Outcome, Scanner
from app.services.library.store import LibraryStore

log = logging.getLogger(__name__)

KIND = "library.scan"
_ACTIVE = (JobState.QUEUED, JobState.DELAYED, JobState.RUNNING)


class ScanRunner:
    """One scan of a folder at a time; what it does is told through the announcer."""

    def __init__(
        self,
        store: LibraryStore,
        scanner: Scanner,
        maker: PictureMaker,
        presence: Presence,
        announcer: Announcer,
        jobs: JobEngine,
    ) -> None:
        self._store = store
        self._scanner = scanner
        self._maker = maker
        self._presence = presence
        self._announcer = announcer
        self._jobs = jobs
        self._turns: defaultdict[FolderId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._direct: dict[FolderId, asyncio.Task[Any]] = {}
        jobs.register(JobKind(KIND, self._job, concurrency=2, max_recoveries=50))

    async def submit(self, folder: FolderId, *, accept: bool) -> None:
        """Begin a scan that survives restarts, unless one is waiting or running."""
        if await self._active(folder):
            return
        _path, display, *_rest = await self._store.health(folder)
        self._announcer.progress(ScanProgressed(folder, display, ScanPhase.WAITING, 0, None))
        await self._jobs.submit(
            KIND,
            key=f"{_prefix(folder)}{time.time_ns()}",
            args={"folder": int(folder), "accept": accept},
            title=display,
        )

    async def cancel(self, folder: FolderId) -> None:
        """End the scans of a folder; what they found stays."""
        task = self._direct.get(folder)
        if task is not None:
            task.cancel()
        for job in await self._active(folder):
            await self._jobs.cancel(job)
        _path, display, *_rest = await self._store.health(folder)
        self._tell(folder, display, ScanPhase.CANCELLED)

    async def run(
        self,
        folder: FolderId,
        below: bytes = b"",
        *,
        deep: bool = True,
        accept: bool = False,
        settle: float = 0.0,
    ) -> bool:
        """Scan a folder, or a part, here and now. False when something was being written."""
        task = asyncio.create_task(self._now(folder, below, deep, accept, settle))
        self._direct[folder] = task
        try:
            return await task
        except asyncio.CancelledError:
            caller = asyncio.current_task()
            if caller is not None and caller.cancelling():
                raise
            return True  # only the scan was cancelled, not who asked for it
        finally:
            if self._direct.get(folder) is task:
                del self._direct[folder]

    async def _now(
        self, folder: FolderId, below: bytes, deep: bool, accept: bool, settle: float
    ) -> bool:
        try:
            outcome = await self.names(folder, below, deep, accept, settle)
            if outcome is None:
                return True
            await self.probing(folder)
            await self.pictures(folder)
            await self.done(folder, quiet=outcome.changed == 0)
        except NotFound as exc:
            log.info("A scan ended early: %s", exc)
            await self._end_quietly(folder)
            return True
        return not outcome.unsettled

    async def names(
        self, folder: FolderId, below: bytes, deep: bool, accept: bool, settle: float
    ) -> Outcome | None:
        """The first step; None when the folder is away."""
        async with self._turns[folder]:
            if (await self._presence.check(folder)).reason is not None:
                return None
            tell = await self._teller(folder)
            outcome = await self._scanner.names(folder, tell, below, deep, accept, settle)
            *_rest, reason, _held = await self._store.health(folder)
            if outcome.braked:
                self._presence.vanished(folder, outcome.vanished)
                await self._presence.set_away(folder, roots.VANISHED)
            elif reason == roots.VANISHED and not below:
                await self._presence.set_away(folder, None)
            return outcome

    async def probing(self, folder: FolderId) -> int:
        """The second step."""
        async with self._turns[folder]:
            return await self._scanner.probing(folder, await self._teller(folder))

    async def pictures(self, folder: FolderId) -> int:
        """The third step."""
        async with self._turns[folder]:
            path, *_rest = await self._store.health(folder)
            return await self._maker.run(folder, path, await self._teller(folder))

    async def done(self, folder: FolderId, *, quiet: bool = False) -> None:
        """Tell that a scan ended well; a quiet one only when its work was told of before."""
        _path, display, *_rest = await self._store.health(folder)
        self._announcer.flush()
        if not quiet or self._announcer.telling(folder):
            self._tell(folder, display, ScanPhase.DONE, notes=await self._store.notes(folder))

    async def _end_quietly(self, folder: FolderId) -> None:
        """What was told to be going on must not go on for ever."""
        if self._announcer.telling(folder):
            with contextlib.suppress(NotFound):
                _path, display, *_rest = await self._store.health(folder)
                self._tell(folder, display, ScanPhase.CANCELLED)

    async def _job(self, job: JobContext, folder: int, accept: bool) -> None:
        """The durable scan: three steps, each of which does only what is still missing."""
        which = FolderId(folder)

        async def names() -> bool:
            return await self.names(which, b"", True, accept, 0.0) is not None

        try:
            if not await job.step("names", names, retries=0, timeout=None):
                raise NotFound("errors.folder_away", folder=(await self._store.health(which))[1])
            await job.step("probing", self.probing, which, retries=0, timeout=None)
            await job.step("pictures", self.pictures, which, retries=0, timeout=None)
        except AppError:
            if not job.cancelled:
                self._tell(which, (await self._store.health(which))[1], ScanPhase.FAILED)
            raise
        await self.done(which)

    async def _active(self, folder: FolderId) -> list[str]:
        found = await self._jobs.list(KIND, _ACTIVE)
        return [info.id for info in found if info.id.startswith(_prefix(folder))]

    async def _teller(self, folder: FolderId) -> _Teller:
        _path, display, *_rest = await self._store.health(folder)
        return _Teller(self._announcer, folder, display)

    def _tell(self, folder: FolderId, display: str, phase: ScanPhase, notes: int = 0) -> None:
        self._announcer.progress(ScanProgressed(folder, display, phase, 0, None, notes))


class _Teller:
    """Publishes the progress of one scan."""

    def __init__(self, announcer: Announcer, folder: FolderId, display: str) -> None:
        self._announcer = announcer
        self._folder = folder
        self._display = display

    def __call__(self, phase: ScanPhase, done: int, total: int | None) -> None:
        event = ScanProgressed(self._folder, self._display, phase, done, total)
        self._announcer.progress(event)


def _prefix(folder: FolderId) -> str:
    return f"{KIND}/{folder}/"
