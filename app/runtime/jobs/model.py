"""What the job engine tells and is told: kinds, jobs, steps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from app.domain.events import JobId, JobState

Plain: TypeAlias = Any
"""A JSON value: what the job file can keep."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of work. Its name is stored with each job, so it must not change between releases.

    `run` is ``async def run(job: JobContext, **args) -> JSON value``. Code between its steps must
    be deterministic: it runs again from the top after a restart, with finished steps answered
    from the record; time, chance, files and databases belong inside steps.
    """

    name: str
    run: Callable[..., Awaitable[Plain]]
    concurrency: int = 1
    limiter: tuple[int, float] | None = None
    """At most so many starts within any window of so many seconds."""
    timeout: float | None = None
    """Seconds a job may take from its first start, restarts included; then it has failed."""
    max_recoveries: int = 5
    """So many kills in a row without a finished step, then the job has failed."""
    poll: float = 0.5
    """Seconds between looks at the queue while the engine is awake."""


@dataclass(frozen=True, slots=True)
class JobInfo:
    """A job as it is now. Times are seconds since 1970."""

    id: JobId
    kind: str
    title: str
    state: JobState
    created: float
    updated: float
    progress: float | None = None  # 0..1, None while unknown
    message: str = ""  # key of what it is doing
    message_args: dict[str, object] = field(default_factory=dict)
    error: str = ""  # key of why it failed
    error_args: dict[str, object] = field(default_factory=dict)
    parent: JobId | None = None


@dataclass(frozen=True, slots=True)
class StepInfo:
    """A step of a job; `number` is what `JobEngine.rerun` wants."""

    number: int
    name: str
    state: JobState
    started: float | None
    ended: float | None
    error: str = ""
    error_args: dict[str, object] = field(default_factory=dict)
    child: JobId | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A job to submit at each tick of a cron line."""

    name: str
    cron: str
    kind: str
    args: dict[str, Any]
    timezone: str  # IANA name; empty: the machine's own
    last: float  # the last tick that was served


@dataclass(frozen=True, slots=True)
class Outlook:
    """What waits in the job file."""

    active: int  # jobs running or ready to run now
    next_delay: float | None  # when the first delayed job is due
