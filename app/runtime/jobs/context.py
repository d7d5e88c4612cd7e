"""What the body of a job sees: its steps, its progress, its sub-jobs."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from app.domain.errors import AppError, ToolFailed, Unavailable
from app.domain.events import JobId
from app.runtime.jobs import failures
from app.runtime.jobs.model import Plain

log = logging.getLogger(__name__)
T = TypeVar("T")

LONGEST_PAUSE = 3600.0
"""Seconds; the back-off grows no further."""


class Recorder(Protocol):
    """The engine as a job's context needs it."""

    async def run_step(self, name: str, work: Callable[[], Awaitable[Plain]]) -> Plain:
        """Run the work as a recorded step, or answer it from the record."""

    async def run_child(
        self, parent: JobId, kind: str, key: str, args: dict[str, Any], priority: int
    ) -> Plain:
        """Submit a sub-job and wait for it."""

    def step_finished(self, context: JobContext) -> None:
        """A step of this run was recorded."""

    def progressed(
        self, context: JobContext, fraction: float | None, message: str, args: dict[str, object]
    ) -> None:
        """The job moved on."""


class JobContext:
    """One run of a job. Only the job's own body uses it, on the service loop."""

    def __init__(self, job: JobId, kind: str, recorder: Recorder) -> None:
        self.id = job
        self.kind = kind
        self.steps_under_way: dict[str, float] = {}
        self._recorder = recorder
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked the job to end. The step under way is cancelled within ~1 s."""
        return self._cancelled

    def cancel(self) -> None:
        """Set `cancelled`; the engine's own part."""
        self._cancelled = True

    async def step(
        self,
        name: str,
        work: Callable[..., Awaitable[T]],
        *args: object,
        retries: int = 3,
        backoff: float = 2.0,
        interval: float = 1.0,
        timeout: float | None = 300.0,
    ) -> T:
        """Run `await work(*args)` once: its result is recorded and survives every restart.

        The result must be a JSON value (tuples come back as lists). A failed attempt is tried
        again `retries` times, after `interval` seconds, then `backoff` times longer each time,
        unless the error cannot pass (InvalidInput, NotFound, Refused, Unsupported, AuthRequired).
        Each attempt has `timeout` seconds. Raises the last AppError; bugs and foreign errors
        arrive as ToolFailed ``errors.step_failed``.
        """
        ran = False

        async def attempts() -> Plain:
            nonlocal ran
            ran = True
            self.steps_under_way[name] = time.time()
            try:
                return await _attempts(name, work, args, (retries, backoff, interval, timeout))
            except AppError as error:
                raise failures.record(error) from error
            finally:
                self.steps_under_way.pop(name, None)

        try:
            result: T = await self._recorder.run_step(name, attempts)
        except AppError:
            raise
        except Exception as error:  # the record of a failed step arrives in several wrappings
            raise failures.restore(str(error)) from error
        if ran:
            self._recorder.step_finished(self)
        return result

    async def child(self, kind: str, key: str, *, priority: int = 100, **args: object) -> Plain:
        """Submit a job of another kind and wait for its result.

        `key` names it within this job. Its failure is raised here as its AppError. Two kinds that
        wait for each other's jobs can block each other: children are of kinds without children.
        """
        return await self._recorder.run_child(self.id, kind, f"{self.id}/{key}", args, priority)

    def progress(self, fraction: float | None, message: str = "", **args: object) -> None:
        """Tell how far the job is (0..1, None while unknown), with a message key. Cheap."""
        self._recorder.progressed(self, fraction, message, args)


async def _attempts(
    name: str,
    work: Callable[..., Awaitable[Any]],
    args: tuple[Any, ...],
    policy: tuple[int, float, float, float | None],
) -> Plain:
    retries, backoff, interval, timeout = policy
    for attempt in range(retries + 1):
        try:
            return await _attempt(name, work, args, timeout)
        except AppError as error:
            if attempt == retries or failures.is_permanent(error):
                raise
            log.warning("Step %s failed (attempt %d): %s", name, attempt + 1, error)
        await asyncio.sleep(min(interval * backoff**attempt, LONGEST_PAUSE))
    raise AssertionError(f"Step {name} was given {retries} retries")


async def _attempt(
    name: str, work: Callable[..., Awaitable[Any]], args: tuple[Any, ...], timeout: float | None
) -> Plain:
    try:
        async with asyncio.timeout(timeout):
            result = await work(*args)
        # As it will be after a restart, so that a body cannot depend on what the record loses.
        return json.loads(json.dumps(result))
    except AppError:
        raise
    except TimeoutError as error:
        raise Unavailable("errors.step_timeout", step=name, seconds=timeout) from error
    except Exception as error:
        log.exception("Step %s failed", name)
        detail = f"{type(error).__name__}: {error}"
        raise ToolFailed("errors.step_failed", step=name, detail=detail) from error
