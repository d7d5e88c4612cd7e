"""The jobs that run in this process: their bodies, progress and ends."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.domain.errors import AppError, ToolFailed
from app.domain.events import JobId, JobProgressed, JobState
from app.runtime.bus import EventBus
from app.runtime.jobs import failures
from app.runtime.jobs.context import JobContext
from app.runtime.jobs.host import DbosHost
from app.runtime.jobs.model import JobInfo, JobKind, Plain, StepInfo
from app.runtime.jobs.progress import ProgressBoard
from app.runtime.jobs.store import JobStore

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Run:
    context: JobContext
    task: asyncio.Task[Any]
    forgiven: bool = False


class Runs:
    """Runs bodies for DBOS and tells the bus about them."""

    def __init__(
        self,
        bus: EventBus,
        store: JobStore,
        host: DbosHost,
        spawn: Callable[[Coroutine[Any, Any, Any], str], object],
    ) -> None:
        self._bus = bus
        self._store = store
        self._host = host
        self._spawn = spawn
        self._board = ProgressBoard(bus, store, spawn)
        self._runs: dict[JobId, _Run] = {}
        self._waiters: dict[JobId, asyncio.Future[None]] = {}
        self.settling = False  # DBOS is being ended: bodies may not begin
        self.closing = False

    @property
    def any(self) -> bool:
        """Whether a job runs."""
        return bool(self._runs)

    async def run(self, kind: JobKind, job: JobId, args: dict[str, Any]) -> Plain:
        """Run the body of a job; DBOS records what it returns or raises."""
        task = asyncio.current_task()
        if self.settling or self.closing or task is None:
            raise asyncio.CancelledError  # recorded as running: goes on at the next launch
        context = JobContext(job, kind.name, self)
        run = _Run(context, task)
        self._runs[job] = run
        task.add_done_callback(partial(self._done, run))
        self._board.begin(job, kind.name)
        try:
            return json.loads(json.dumps(await kind.run(context, **args)))
        except AppError as error:
            if not context.cancelled:
                log.error("Job %s (%s) failed: %s", job, kind.name, error)  # noqa: TRY400 - expected
            raise failures.record(error) from error
        except asyncio.CancelledError as error:
            if task.cancelling():
                raise  # stopped in good order
            log.exception("Job %s (%s) was cancelled from within", job, kind.name)
            raise failures.record(ToolFailed("errors.job_failed", detail="cancelled")) from error
        except Exception as error:
            log.exception("Job %s (%s) failed", job, kind.name)
            detail = f"{type(error).__name__}: {error}"
            raise failures.record(ToolFailed("errors.job_failed", detail=detail)) from error

    async def leave(self, timeout: float) -> None:
        """Cancel all bodies and wait so many seconds; DBOS keeps them as running."""
        tasks = [run.task for run in self._runs.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=timeout)
            for task in late:
                log.warning("A job did not stop in %s s: %s", timeout, task.get_name())

    def cancel(self, job: JobId) -> bool:
        """Tell a job and its sub-jobs that they are cancelled; whether the job itself runs."""
        for name, run in self._runs.items():
            if name == job or name.startswith(f"{job}/"):
                run.context.cancel()
        return job in self._runs

    def with_progress(self, info: JobInfo) -> JobInfo:
        """The job with the newest word of its body."""
        now = self._board.look(info.id)
        if now is None or info.state is not JobState.RUNNING:
            return info
        return dataclasses.replace(
            info, progress=now.fraction, message=now.message, message_args=now.args
        )

    def steps_under_way(self, job: JobId) -> tuple[StepInfo, ...]:
        """The steps that a job is in."""
        run = self._runs.get(job)
        under_way = run.context.steps_under_way.items() if run else ()
        return tuple(StepInfo(0, name, JobState.RUNNING, begun, None) for name, begun in under_way)

    def ended(self, job: JobId) -> asyncio.Future[None]:
        """A future that is done when the job has ended here."""
        found = self._waiters.get(job)
        if found is None or found.done():
            found = self._waiters[job] = asyncio.get_running_loop().create_future()
        return found

    def wake_all_waiters(self) -> None:
        """Let everybody who waits look again."""
        for job in tuple(self._waiters):
            self._wake(job)

    def publish_end(
        self, job: JobId, kind: str, state: JobState, error: AppError | None = None
    ) -> None:
        """Tell the bus, and those who wait, that a job has ended."""
        message, args = (error.key, error.args_map) if error else ("", {})
        self._bus.publish(JobProgressed(job, kind, state, None, message, args))
        self._wake(job)

    async def publish_poisoned(self, job: JobId) -> None:
        """Tell that a job was given up because it ended the program too often."""
        info = await self._store.job(job)
        if info is not None:
            log.error("Job %s (%s) was given up: it ended the program too often", job, info.kind)
            self.publish_end(job, info.kind, JobState.FAILED, failures.poisoned())

    async def run_step(self, name: str, work: Callable[[], Awaitable[Plain]]) -> Plain:
        """See `Recorder`."""
        return await self._host.run_step(name, work)

    async def run_child(
        self, parent: JobId, kind: str, key: str, args: dict[str, Any], priority: int
    ) -> Plain:
        """See `Recorder`."""
        return await self._host.run_child(kind, key, args, priority)

    def step_finished(self, context: JobContext) -> None:
        """See `Recorder`: a job that gets on is not what ends the program."""
        run = self._runs.get(context.id)
        if run is not None and not run.forgiven:
            run.forgiven = True
            self._spawn(self._store.forgive(context.id), f"forgive {context.id}")

    def progressed(
        self, context: JobContext, fraction: float | None, message: str, args: dict[str, object]
    ) -> None:
        """See `Recorder`."""
        self._board.move(context.id, fraction, message, args)

    def _done(self, run: _Run, task: asyncio.Task[Any]) -> None:
        job = run.context.id
        if self._runs.get(job) is not run:
            return  # a run that was cancelled and resumed meanwhile has its successor
        del self._runs[job]
        self._board.end(job)
        if task.cancelled():
            return  # stopped in good order: goes on at the next launch
        state, error = _outcome(run.context, task.exception())
        self.publish_end(job, run.context.kind, state, error)

    def _wake(self, job: JobId) -> None:
        waiter = self._waiters.pop(job, None)
        if waiter is not None and not waiter.done():
            waiter.set_result(None)


def _outcome(context: JobContext, error: BaseException | None) -> tuple[JobState, AppError | None]:
    if context.cancelled:
        return JobState.CANCELLED, None
    if error is None:
        return JobState.DONE, None
    if type(error).__name__ == "DBOSAwaitedWorkflowCancelledError":
        return JobState.FAILED, failures.timed_out()  # by its deadline, for nobody cancelled it
    return JobState.FAILED, failures.restore(str(error))
