"""Projects in the database: what is wanted, what was written, how each step stands."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.budget import PaidKind
from app.domain.errors import NotFound
from app.domain.project import (
    Brief,
    Details,
    ProjectId,
    ProjectState,
    Script,
    Step,
    StepState,
)
from app.domain.studio import LogLine, StepView
from app.domain.timeline import Timeline
from app.infra.database.engine import Database
from app.services.studio import tables as t

MOST_LINES: Final = 500
"""So many lines of a project's log are kept."""


@dataclass(frozen=True, slots=True)
class Record:
    """A project as it is kept."""

    id: ProjectId
    title: str
    state: ProjectState
    brief: Brief
    script: Script | None = None
    details: Details | None = None
    takes: Mapping[str, int] = field(default_factory=dict)
    written_by: str = ""
    run: int = 0
    job: str = ""
    archived: bool = False
    created: float = 0.0
    updated: float = 0.0

    def take(self, step: Step, scene: str = "") -> int:
        """How often a part was asked for anew: alone, or with all of its step."""
        return self.takes.get(f"{step.value}:", 0) + (
            self.takes.get(f"{step.value}:{scene}", 0) if scene else 0
        )


class ProjectStore:
    """Reads and writes them. `NotFound` (``errors.project_gone``) for one that is not there."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    async def add(self, record: Record, steps: Sequence[StepView]) -> None:
        """Keep a new project with its steps."""
        now = self._clock()
        record = replace(record, created=now, updated=now)
        rows = [{"project": record.id, **t.step_values(view)} for view in steps]
        async with self._database.write() as connection:
            await connection.execute(insert(t.project).values(_values(record)))
            await connection.execute(insert(t.step), rows)

    async def get(self, project: ProjectId) -> Record:
        """One project."""
        async with self._database.read() as connection:
            asked = select(t.project).where(t.project.c.id == project)
            row = (await connection.execute(asked)).mappings().first()
        if row is None:
            raise NotFound("errors.project_gone", id=project)
        return _record(row)

    async def all(self, *, archived: bool = False) -> Sequence[Record]:
        """All that are in the list, or all that were put away; the latest first."""
        asked = (
            select(t.project)
            .where(t.project.c.archived == int(archived))
            .order_by(t.project.c.updated.desc(), t.project.c.id)
        )
        async with self._database.read() as connection:
            return [_record(row) for row in (await connection.execute(asked)).mappings()]

    async def change(self, project: ProjectId, **changes: object) -> None:
        """Change columns of a project: a `Record`'s fields by their names."""
        values = {name: _plain(value) for name, value in changes.items()}
        values["updated"] = self._clock()
        async with self._database.write() as connection:
            done = await connection.execute(
                update(t.project).where(t.project.c.id == project).values(values)
            )
        if not done.rowcount:
            raise NotFound("errors.project_gone", id=project)

    async def remove(self, project: ProjectId) -> None:
        """Forget a project; assets stay in the library."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.project).where(t.project.c.id == project))

    async def steps(self, project: ProjectId) -> tuple[StepView, ...]:
        """Its steps, in order."""
        async with self._database.read() as connection:
            asked = select(t.step).where(t.step.c.project == project)
            found = {row["step"]: row for row in (await connection.execute(asked)).mappings()}
        return tuple(t.step_of(found[step]) for step in Step if step.value in found)

    async def put_step(self, project: ProjectId, view: StepView) -> None:
        """Keep how a step stands; nothing when the project has gone meanwhile."""
        values = t.step_values(view)
        async with self._database.write() as connection:
            there = select(t.project.c.id).where(t.project.c.id == project)
            if (await connection.execute(there)).first() is None:
                return
            changed = {name: value for name, value in values.items() if name != "step"}
            await connection.execute(
                upsert(t.step)
                .values(project=project, **values)
                .on_conflict_do_update(["project", "step"], set_=changed)
            )

    async def reset_steps(self, project: ProjectId, steps: Sequence[Step]) -> None:
        """Let these wait anew; those that are skipped stay so."""
        async with self._database.write() as connection:
            await connection.execute(
                update(t.step)
                .where(
                    t.step.c.project == project,
                    t.step.c.step.in_([step.value for step in steps]),
                    t.step.c.state != StepState.SKIPPED.value,
                )
                .values(state=StepState.WAITING.value, done=0, message="", args="{}")
            )

    async def log(self, project: ProjectId, line: LogLine) -> None:
        """Add a line to a project's log; the oldest go."""
        values = {
            "project": project, "at": line.at or self._clock(), "step": line.step.value,
            "scene": line.scene, "message": line.key, "args": json.dumps(dict(line.args)),
            "price": line.price, "seconds": line.seconds,
        }  # fmt: skip
        async with self._database.write() as connection:
            there = select(t.project.c.id).where(t.project.c.id == project)
            if (await connection.execute(there)).first() is None:
                return
            await connection.execute(insert(t.line).values(values))
            oldest = (
                select(t.line.c.id)
                .where(t.line.c.project == project)
                .order_by(t.line.c.id.desc())
                .offset(MOST_LINES)
                .limit(1)
                .scalar_subquery()
            )
            await connection.execute(
                delete(t.line).where(t.line.c.project == project, t.line.c.id <= oldest)
            )

    async def lines(self, project: ProjectId, most: int = 100) -> Sequence[LogLine]:
        """The newest lines of a project's log, newest first."""
        asked = (
            select(t.line)
            .where(t.line.c.project == project)
            .order_by(t.line.c.id.desc())
            .limit(most)
        )
        async with self._database.read() as connection:
            return [t.line_of(row) for row in (await connection.execute(asked)).mappings()]

    async def keep_timeline(self, project: ProjectId, timeline: Timeline) -> None:
        """Keep what its video was cut by."""
        values = {"data": t.written(timeline), "at": self._clock()}
        async with self._database.write() as connection:
            there = select(t.project.c.id).where(t.project.c.id == project)
            if (await connection.execute(there)).first() is not None:
                await connection.execute(
                    upsert(t.timeline)
                    .values(project=project, **values)
                    .on_conflict_do_update(["project"], set_=values)
                )

    async def timeline(self, project: ProjectId) -> Timeline | None:
        """What its video was cut by; None while there is none."""
        asked = select(t.timeline.c.data).where(t.timeline.c.project == project)
        async with self._database.read() as connection:
            found = (await connection.execute(asked)).scalar_one_or_none()
        return None if found is None else t.timeline_of(found)

    async def spent(self, project: ProjectId, kind: PaidKind | None = None) -> int:
        """What a project has cost, or what of it was this kind, in millionths of a US dollar.

        As it stands with the work itself: a line of the log could be lost by a kill.
        """
        asked = select(func.coalesce(func.sum(t.work.c.price), 0)).where(
            func.json_extract(t.work.c.more, "$.project") == project
        )
        if kind is not None:
            asked = asked.where(func.json_extract(t.work.c.more, "$.kind") == kind.value)
        async with self._database.read() as connection:
            return int((await connection.execute(asked)).scalar_one())


def _plain(value: object) -> object:
    if isinstance(value, (Brief, Script, Details)):
        return t.written(value)
    if isinstance(value, ProjectState):
        return value.value
    if isinstance(value, Mapping):
        return json.dumps(dict(value))
    return int(value) if isinstance(value, bool) else value


def _values(record: Record) -> dict[str, Any]:
    names = Record.__dataclass_fields__
    return {name: _plain(getattr(record, name)) for name in names}


def _record(row: Any) -> Record:  # noqa: ANN401 - a row of whichever result
    return Record(
        ProjectId(row["id"]), row["title"], ProjectState(row["state"]), t.brief_of(row["brief"]),
        t.script_of(row["script"]), t.details_of(row["details"]), json.loads(row["takes"]),
        row["written_by"], row["run"], row["job"], bool(row["archived"]), row["created"],
        row["updated"],
    )  # fmt: skip
