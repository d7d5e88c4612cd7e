"""DBOS, started and ended inside the service loop; the only module that knows its calls.

Three of its habits are bent here: it is imported only when there is work, it may not put its own
threads under every `asyncio.to_thread` of the loop, and its logs go the way of ours.
"""

from __future__ import annotations

import asyncio
import contextvars
import importlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.errors import InvalidInput, Unavailable
from app.domain.events import JobId
from app.runtime.jobs import failures
from app.runtime.jobs.model import JobKind, Plain

if TYPE_CHECKING:
    from dbos import DBOS, WorkflowHandleAsync

log = logging.getLogger(__name__)
T = TypeVar("T")
Body = Callable[[JobKind, JobId, dict[str, Any]], Awaitable[Plain]]
Workflow = Callable[[str, dict[str, Any]], Coroutine[Any, Any, Plain]]

VERSION = "jobs-1"
"""Stays as it is between releases: DBOS leaves work of other versions alone for ever."""
EXECUTOR = "desktop"
NAME = "sokoul"
CHILD_POLL = 0.5
DELETE_BATCH = 200
_OWN_WORDS = (  # told by the engine itself, or no news
    "Exception encountered in asynchronous workflow",
    "Asyncio task cancelled for workflow or step",
    "was cancelled during execution",
    "outcome was not recorded",
)


class DbosHost:
    """DBOS on one job file, launched and destroyed as often as needed."""

    def __init__(self, place: Path | str) -> None:
        self.path = place if isinstance(place, Path) else None
        self._url = f"sqlite:///{place}" if isinstance(place, Path) else place
        self._workflows: dict[str, Workflow] = {}
        self._kinds: dict[str, JobKind] = {}
        self._queues: set[str] = set()
        self._paused: frozenset[str] = frozenset()
        self._launched = False

    @property
    def launched(self) -> bool:
        """Whether DBOS runs."""
        return self._launched

    async def launch(
        self, kinds: Iterable[JobKind], body: Body, busy: Iterable[str], paused: frozenset[str]
    ) -> None:
        """Start DBOS: unfinished jobs of the file go on. The first time costs an import (~1 s).

        `busy` are the kinds that have work: a queue costs processor time as long as it is open.
        """
        await asyncio.to_thread(importlib.import_module, "dbos")
        from dbos import DBOS, DBOSPortableJSONSerializer
        from dbos import _dbos as inner

        if getattr(inner, "_dbos_global_instance", None) is not None:
            raise RuntimeError("Another job engine is awake in this process")
        _quieten()
        _leave_the_loops_threads_alone(DBOS)
        self._kinds = {kind.name: kind for kind in kinds}
        self._paused = paused
        self._queues = set(busy) & set(self._kinds)
        await _to_its_end(asyncio.to_thread(self._prepare))
        DBOS(
            config={
                "name": NAME,
                "system_database_url": self._url,
                "application_version": VERSION,
                "executor_id": EXECUTOR,
                "serializer": DBOSPortableJSONSerializer(),
                "max_executor_threads": 16,
                "log_level": "WARNING",
                # Its listener asks no database while nobody waits; it only holds up the end.
                "notification_listener_polling_interval_sec": 0.2,
            }
        )
        self._launched = True  # from here on there is something to destroy
        for kind in self._kinds.values():
            self._workflows[kind.name] = self._workflow(DBOS, kind, body)
        DBOS.launch()  # must run inside the loop: DBOS adopts it for the jobs

    async def destroy(self) -> None:
        """End DBOS (~1 s); jobs that run must have been cancelled before."""
        if not self._launched:
            return
        from dbos import DBOS

        self._launched = False
        self._workflows.clear()
        await _to_its_end(asyncio.to_thread(DBOS.destroy, destroy_registry=True))

    async def set_paused(self, paused: frozenset[str]) -> None:
        """Hold these kinds back and no others; takes effect within a kind's `poll` time."""
        changed = self._paused ^ paused
        self._paused = paused
        for kind in changed & self._queues:
            await self._open_queue(kind, anew=True)

    async def submit(
        self,
        kind: str,
        job: JobId,
        title: str,
        args: dict[str, Any],
        *,
        priority: int,
        delay: float | None,
    ) -> None:
        """Submit a job; one that exists is left as it is."""
        await _apart(self._enqueue(kind, job, title, args, priority=priority, delay=delay))

    async def _enqueue(
        self,
        kind: str,
        job: JobId,
        title: str,
        args: dict[str, Any],
        *,
        priority: int,
        delay: float | None = None,
    ) -> WorkflowHandleAsync[Plain]:
        from dbos import DBOS, SetEnqueueOptions, SetWorkflowID, SetWorkflowTimeout
        from dbos import error as dbos_errors

        await self._open_queue(kind)
        try:
            with (
                SetWorkflowID(job),
                SetEnqueueOptions(priority=priority, delay_seconds=delay or None),
                SetWorkflowTimeout(self._kinds[kind].timeout),
            ):
                return await DBOS.enqueue_workflow_async(kind, self._workflows[kind], title, args)
        except dbos_errors.DBOSConflictingWorkflowError as error:
            raise InvalidInput("errors.job_key_taken", job=job) from error

    async def run_step(self, name: str, work: Callable[[], Awaitable[Plain]]) -> Plain:
        """Run or replay a step of the job this is called in."""
        from dbos import DBOS

        async def recorded() -> Plain:
            return await work()

        return await DBOS.run_step_async({"name": name, "preemptible": True}, recorded)

    async def run_child(self, kind: str, job: JobId, args: dict[str, Any], priority: int) -> Plain:
        """Submit a sub-job of the job this is called in, and wait for it."""
        from dbos import error as dbos_errors

        handle = await self._enqueue(kind, job, "", args, priority=priority)
        try:
            return await handle.get_result(polling_interval_sec=CHILD_POLL)
        except dbos_errors.DBOSAwaitedWorkflowCancelledError as error:
            raise Unavailable("errors.job_cancelled", job=job) from error
        except Exception as error:  # the record of its failure arrives in several wrappings
            raise failures.restore(str(error)) from error

    async def cancel(self, job: JobId) -> None:
        """Cancel a job and its sub-jobs."""
        from dbos import DBOS

        await _apart(DBOS.cancel_workflow_async(job, cancel_children=True))

    async def resume(self, job: JobId, kind: str) -> None:
        """Let a cancelled job go on at its first unfinished step."""
        from dbos import DBOS

        await self._open_queue(kind)
        await _apart(DBOS.resume_workflow_async(job, queue_name=kind))

    async def rewind(self, job: JobId, kind: str, step: int) -> None:
        """Let an ended job go on at that step."""
        from dbos import DBOS

        await self._open_queue(kind)
        await _apart(
            DBOS.rewind_workflow_async(
                job, start_step=step, application_version=VERSION, queue_name=kind
            )
        )

    async def fork(self, job: JobId, kind: str, step: int) -> JobId:
        """A new job with the finished steps before that one."""
        from dbos import DBOS

        await self._open_queue(kind)
        handle = await _apart(
            DBOS.fork_workflow_async(
                job,
                step,
                application_version=VERSION,
                queue_name=kind,
                timeout_seconds=self._kinds[kind].timeout,
            )
        )
        return str(handle.workflow_id)

    async def delete(self, jobs: tuple[JobId, ...]) -> None:
        """Remove ended jobs with all they recorded."""
        from dbos import DBOS

        for start in range(0, len(jobs), DELETE_BATCH):
            batch = list(jobs[start : start + DELETE_BATCH])
            await _apart(DBOS.delete_workflows_async(batch))

    async def _open_queue(self, kind: str, *, anew: bool = False) -> None:
        from dbos import DBOS

        if kind in self._queues and not anew:
            return
        await DBOS.register_queue_async(kind, **self._limits(kind), on_conflict="always_update")
        self._queues.add(kind)  # DBOS sees it within a second

    def _limits(self, kind: str) -> dict[str, Any]:
        asked = self._kinds[kind]
        return {
            "worker_concurrency": 0 if kind in self._paused else asked.concurrency,
            "limiter": asked.limiter and {"limit": asked.limiter[0], "period": asked.limiter[1]},
            "polling_interval_sec": asked.poll,
        }

    def _prepare(self) -> None:
        # Before the launch, for its threads take jobs at once, by the limits they find. In a
        # thread, for it is all blocking.
        from dbos import DBOS, DBOSClient

        DBOS.migrate(self._url)
        client = DBOSClient(system_database_url=self._url, application_name=NAME)
        try:
            for kind in self._queues:
                client.register_queue(kind, **self._limits(kind), on_conflict="always_update")
            if self.path is not None:  # other workers on a server may want other queues
                for queue in client.list_queues():
                    if queue.name not in self._queues:
                        client.delete_queue(queue.name)
        finally:
            client.destroy()

    def _workflow(self, dbos: type[DBOS], kind: JobKind, body: Body) -> Workflow:
        async def run(title: str, args: dict[str, Any]) -> Plain:
            return await body(kind, str(dbos.workflow_id), args)

        decorate = dbos.workflow(name=kind.name, max_recovery_attempts=kind.max_recoveries)
        return decorate(run)


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Await what a thread does; a caller that is cancelled leaves only when it is done."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        raise


async def _apart(work: Coroutine[Any, Any, T]) -> T:
    """Await the work outside of the job (if any) that the caller runs in.

    Else DBOS would record it as a step of that job.
    """
    return await asyncio.create_task(work, context=contextvars.Context())


def _leave_the_loops_threads_alone(dbos: type[DBOS]) -> None:
    # Each async call of DBOS would make its own pool the loop's default executor; its end would
    # then cancel what other services wait for, and every later `to_thread` would fail.
    async def nothing(_cls: type) -> None:
        return None

    setattr(dbos, "_configure_asyncio_thread_pool", classmethod(nothing))  # noqa: B010 - mypy


def _quieten() -> None:
    logger = logging.getLogger("dbos")
    if not any(isinstance(handler, logging.NullHandler) for handler in logger.handlers):
        # With a handler in place DBOS adds none of its own and leaves propagation on.
        logger.addHandler(logging.NullHandler())
        logger.addFilter(_is_news)
    logger.propagate = True
    logger.setLevel(logging.WARNING)


def _is_news(record: logging.LogRecord) -> bool:
    told = record.getMessage()
    return not any(words in told for words in _OWN_WORDS)
