"""The engine's own look into the job file: cheap questions that must not wake DBOS.

DBOS owns its tables; this module only reads them, save for the count of recoveries, which it
resets. The `station_*` tables are ours. SQL is kept to what SQLite and PostgreSQL share.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from app.domain.errors import AppError, NotFound
from app.domain.events import JobId, JobState
from app.runtime.jobs import failures
from app.runtime.jobs.connection import open_file
from app.runtime.jobs.model import JobInfo, Outlook, Plain, Schedule, StepInfo

T = TypeVar("T")
Row = Sequence[Any]

_OWN_TABLES = (
    "CREATE TABLE IF NOT EXISTS station_job (id TEXT PRIMARY KEY, fraction REAL,"
    " message TEXT NOT NULL, args TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS station_schedule (name TEXT PRIMARY KEY, cron TEXT NOT NULL,"
    " kind TEXT NOT NULL, args TEXT NOT NULL, timezone TEXT NOT NULL,"
    " last DOUBLE PRECISION NOT NULL)",
    "CREATE TABLE IF NOT EXISTS station_paused (kind TEXT PRIMARY KEY)",
)

_STATE = """CASE w.status
 WHEN 'ENQUEUED' THEN 'queued' WHEN 'DELAYED' THEN 'delayed' WHEN 'PENDING' THEN 'running'
 WHEN 'SUCCESS' THEN 'done'
 WHEN 'CANCELLED' THEN CASE WHEN w.workflow_deadline_epoch_ms <= w.completed_at + 999
   THEN 'failed' ELSE 'cancelled' END
 ELSE 'failed' END"""
# The engine stamps rows of SQLite with whole seconds, deadlines with milliseconds: hence + 999.

_JOB = f"""SELECT w.workflow_uuid, w.name, i.inputs, {_STATE} AS state, w.created_at, w.updated_at,
 p.fraction, p.message, p.args, w.status, COALESCE(o.error, w.error), w.parent_workflow_id
 FROM workflow_status w LEFT JOIN workflow_input i ON i.workflow_uuid = w.workflow_uuid
 LEFT JOIN workflow_output o ON o.workflow_uuid = w.workflow_uuid
 LEFT JOIN station_job p ON p.id = w.workflow_uuid"""  # noqa: S608 - no input in it


class JobStore:
    """One connection to the job file, used from threads one call at a time."""

    def __init__(self, place: Path | str) -> None:
        self._place = place
        self._lock = threading.Lock()
        self._connection: Any = None
        self._launched = False

    @property
    def embedded(self) -> bool:
        """Whether the jobs are in a file of our own, not on a server."""
        return isinstance(self._place, Path)

    async def open(self) -> None:
        """Open the job file, made when it does not exist."""
        await self._run(self._open)

    async def close(self) -> None:
        """Close the connection."""
        await self._run(self._close)

    async def outlook(self, kinds: Iterable[str]) -> Outlook:
        """What waits for these kinds; jobs of paused or unknown kinds do not count."""
        return await self._run(self._outlook, tuple(kinds))

    async def busy_kinds(self) -> frozenset[str]:
        """The kinds that have unfinished jobs."""
        rows = await self._ask(
            "SELECT DISTINCT name FROM workflow_status"
            " WHERE status IN ('ENQUEUED', 'PENDING', 'DELAYED')"
        )
        return frozenset(row[0] for row in rows)

    async def job(self, job: JobId) -> JobInfo | None:
        """One job."""
        rows = await self._ask(f"{_JOB} WHERE w.workflow_uuid = ?", (job,))
        return _job(rows[0]) if rows else None

    async def jobs(
        self, kind: str | None, states: Iterable[JobState] | None, limit: int
    ) -> tuple[JobInfo, ...]:
        """The newest jobs first."""
        where, values = ["1 = 1"], list[Any]()
        if kind is not None:
            where.append("w.name = ?")
            values.append(kind)
        if states is not None:
            wanted = [state.value for state in states]
            where.append(f"{_STATE} IN ({', '.join('?' * len(wanted)) or 'NULL'})")
            values.extend(wanted)
        rows = await self._ask(
            f"{_JOB} WHERE {' AND '.join(where)}"
            " ORDER BY w.created_at DESC, w.workflow_uuid DESC LIMIT ?",
            (*values, limit),
        )
        return tuple(_job(row) for row in rows)

    async def result(self, job: JobId) -> Plain:
        """What a finished job returned."""
        rows = await self._ask("SELECT output FROM workflow_output WHERE workflow_uuid = ?", (job,))
        return json.loads(rows[0][0]) if rows and rows[0][0] is not None else None

    async def steps(self, job: JobId) -> tuple[StepInfo, ...]:
        """The recorded steps, without the engine's own entries."""
        rows = await self._ask(
            "SELECT function_id, function_name, started_at_epoch_ms, completed_at_epoch_ms, error,"
            " child_workflow_id FROM operation_outputs WHERE workflow_uuid = ?"
            " AND function_name NOT LIKE ? ORDER BY function_id",
            (job, "DBOS.%"),
        )
        return tuple(_step(row) for row in rows)

    async def failure(self, job: JobId) -> AppError:
        """Why a job failed."""
        info = await self.job(job)
        if info is None:
            return NotFound("errors.job_unknown", job=job)
        rows = await self._ask(
            "SELECT COALESCE(o.error, w.error) FROM workflow_status w LEFT JOIN workflow_output o"
            " ON o.workflow_uuid = w.workflow_uuid WHERE w.workflow_uuid = ?",
            (job,),
        )
        if info.error == failures.timed_out().key:
            return failures.timed_out()
        if info.error == failures.poisoned().key:
            return failures.poisoned()
        return failures.restore_stored(rows[0][0] if rows else None)

    async def fatal_step(self, job: JobId) -> int | None:
        """The first recorded step that failed in a failed job, or the number after the last one.

        Of steps that ran side by side several may have failed: what is recorded of any of them
        would fail the job again. None when the job did not end with an error of its own
        (cancelled, given up).
        """
        failed = await self._ask(
            "SELECT 1 FROM workflow_status WHERE workflow_uuid = ? AND status = 'ERROR'", (job,)
        )
        if not failed:
            return None
        rows = await self._ask(
            "SELECT MIN(CASE WHEN error IS NOT NULL THEN function_id END), MAX(function_id)"
            " FROM operation_outputs WHERE workflow_uuid = ?",
            (job,),
        )
        failing, last = rows[0]
        if failing is not None:
            return int(failing)
        return 1 if last is None else int(last) + 1

    async def children(self, job: JobId) -> tuple[JobId, ...]:
        """The sub-jobs of a job."""
        rows = await self._ask(
            "SELECT workflow_uuid FROM workflow_status WHERE parent_workflow_id = ?", (job,)
        )
        return tuple(row[0] for row in rows)

    async def ended_before(self, moment: float, limit: int) -> tuple[JobId, ...]:
        """Jobs that ended before that moment."""
        rows = await self._ask(
            "SELECT workflow_uuid FROM workflow_status WHERE completed_at < ? AND status NOT IN"
            " ('ENQUEUED', 'DELAYED', 'PENDING') ORDER BY completed_at LIMIT ?",
            (int(moment * 1000), limit),
        )
        return tuple(row[0] for row in rows)

    async def poisoned(self) -> tuple[JobId, ...]:
        """Jobs given up because they ended the program too often."""
        rows = await self._ask(
            "SELECT workflow_uuid FROM workflow_status"
            " WHERE status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'"
        )
        return tuple(row[0] for row in rows)

    async def forgive(self, job: JobId | None = None) -> None:
        """Forget how often this job (None: every running job) was recovered."""
        which, values = ("", ()) if job is None else (" AND workflow_uuid = ?", (job,))
        await self._ask(
            f"UPDATE workflow_status SET recovery_attempts = 1 WHERE status = 'PENDING'{which}",
            values,
        )

    async def note(self, job: JobId, fraction: float | None, message: str, args: str) -> None:
        """Keep how far a job is; `args` is JSON."""
        await self._query(
            "INSERT INTO station_job (id, fraction, message, args) VALUES (?, ?, ?, ?) ON CONFLICT"
            " (id) DO UPDATE SET fraction = excluded.fraction, message = excluded.message,"
            " args = excluded.args",
            (job, fraction, message, args),
        )

    async def forget_notes(self, jobs: Sequence[JobId]) -> None:
        """Drop what `note` kept."""
        for job in jobs:
            await self._query("DELETE FROM station_job WHERE id = ?", (job,))

    async def paused(self) -> frozenset[str]:
        """The kinds that are held back."""
        return frozenset(row[0] for row in await self._query("SELECT kind FROM station_paused"))

    async def set_paused(self, kind: str, paused: bool) -> None:
        """Hold a kind back, or let it go on; survives restarts."""
        await self._query("DELETE FROM station_paused WHERE kind = ?", (kind,))
        if paused:
            await self._query("INSERT INTO station_paused (kind) VALUES (?)", (kind,))

    async def schedules(self) -> tuple[Schedule, ...]:
        """All schedules."""
        rows = await self._query(
            "SELECT name, cron, kind, args, timezone, last FROM station_schedule ORDER BY name"
        )
        return tuple(Schedule(r[0], r[1], r[2], json.loads(r[3]), r[4], r[5]) for r in rows)

    async def put_schedule(self, name: str, schedule: Schedule | None) -> None:
        """Write a schedule over the one of that name; None removes it, unknown names are fine."""
        if schedule is None:
            await self._query("DELETE FROM station_schedule WHERE name = ?", (name,))
            return
        await self._query(
            "INSERT INTO station_schedule (name, cron, kind, args, timezone, last)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET cron = excluded.cron,"
            " kind = excluded.kind, args = excluded.args, timezone = excluded.timezone,"
            " last = excluded.last",
            (
                schedule.name,
                schedule.cron,
                schedule.kind,
                json.dumps(schedule.args),
                schedule.timezone,
                schedule.last,
            ),
        )

    async def _run(self, work: Callable[..., T], *args: object) -> T:
        def locked() -> T:
            with self._lock:
                return work(*args)

        return await asyncio.to_thread(locked)

    async def _query(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        return await self._run(self._execute, sql, values)

    async def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        def when_there() -> list[Row]:
            return self._execute(sql, values) if self._is_launched() else []

        return await self._run(when_there)

    def _open(self) -> None:
        if isinstance(self._place, Path):
            # Autocommit: each statement here stands alone. WAL stays with the file, so DBOS has it
            # too; its own connections keep synchronous=FULL, nothing of ours is worth that.
            self._connection = open_file(self._place)
        else:
            import psycopg

            self._connection = psycopg.connect(
                self._place, autocommit=True, options="-c search_path=public,dbos"
            )
        for statement in _OWN_TABLES:
            self._execute(statement)

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _execute(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        if self._connection is None:
            return []  # closed while a late note was on its way
        cursor = self._connection.cursor()
        try:
            cursor.execute(sql if self.embedded else sql.replace("?", "%s"), tuple(values))
            return list(cursor.fetchall()) if cursor.description else []
        finally:
            cursor.close()

    def _is_launched(self) -> bool:
        """Whether DBOS has made its tables."""
        if not self._launched and self._connection is not None:
            found = self._execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'workflow_output'"
                if self.embedded
                else "SELECT 1 WHERE to_regclass('dbos.workflow_output') IS NOT NULL"
            )
            self._launched = bool(found)
        return self._launched

    def _outlook(self, kinds: tuple[str, ...]) -> Outlook:
        if not kinds or not self._is_launched():
            return Outlook(0, None)
        names = ", ".join("?" * len(kinds))
        active = self._execute(
            f"SELECT COUNT(*) FROM workflow_status WHERE name IN ({names}) AND"
            " (status = 'PENDING' OR (status = 'ENQUEUED' AND name NOT IN"
            " (SELECT kind FROM station_paused)))",
            kinds,
        )
        delayed = self._execute(
            f"SELECT MIN(delay_until_epoch_ms) FROM workflow_status WHERE name IN ({names})"
            " AND status = 'DELAYED'",
            kinds,
        )
        due = delayed[0][0]
        return Outlook(int(active[0][0]), None if due is None else due / 1000)


def _job(row: Row) -> JobInfo:
    (job, kind, inputs, state, created, updated, fraction, message, args, status, error, up) = row
    failure = None
    if status == "CANCELLED" and state == "failed":
        failure = failures.timed_out()
    elif status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
        failure = failures.poisoned()
    elif state == "failed":
        failure = failures.restore_stored(error)
    return JobInfo(
        id=job,
        kind=kind,
        title=str(json.loads(inputs)["positionalArgs"][0]) if inputs else "",
        state=JobState(state),
        created=created / 1000,
        updated=updated / 1000,
        progress=1.0 if state == "done" else fraction,
        message=message or "",
        message_args=json.loads(args) if args else {},
        error=failure.key if failure else "",
        error_args=failure.args_map if failure else {},
        parent=up,
    )


def _step(row: Row) -> StepInfo:
    number, name, started, ended, error, child = row
    failure = failures.restore_stored(error) if error else None
    return StepInfo(
        number=number,
        name=name,
        state=JobState.FAILED if failure else JobState.DONE,
        started=None if started is None else started / 1000,
        ended=None if ended is None else ended / 1000,
        error=failure.key if failure else "",
        error_args=failure.args_map if failure else {},
        child=child,
    )
