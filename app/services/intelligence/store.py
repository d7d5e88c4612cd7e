"""Keeps what models answered, so that the same question is not paid or waited for twice."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Float, Table, Text, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.intelligence import MadeBy, Task
from app.infra.database.engine import Database
from app.infra.database.metadata import metadata
from app.services.intelligence.prompt import Prompt

MOST: Final = 5_000
KEPT_FOR: Final = 30 * 86_400.0

model_answer = Table(
    "model_answer",
    metadata,
    Column("mark", Text, primary_key=True),
    Column("task", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Float, nullable=False),
    extend_existing=True,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer of before, still as JSON values; `by` names the model."""

    value: dict[str, Any]
    source: MadeBy
    by: str


def mark_of(prompt: Prompt, place: str) -> str:
    """What a question to one model is known by: everything its answer depends on."""
    told = [prompt.task, prompt.system, prompt.text, prompt.schema, prompt.most_tokens, place]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


class AnswerStore:
    """Reads and writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, mark: str, now: float) -> Kept | None:
        """Return what was answered, unless it is too old."""
        asked = select(model_answer).where(
            model_answer.c.mark == mark, model_answer.c.at > now - KEPT_FOR
        )
        async with self._database.read() as connection:
            row = (await connection.execute(asked)).mappings().first()
        if row is None:
            return None
        return Kept(json.loads(row["answer"]), MadeBy(row["source"]), row["by"])

    async def keep(self, mark: str, task: Task, kept: Kept, now: float) -> None:
        """Keep an answer; the oldest go when there are too many."""
        values = {
            "mark": mark, "task": task.value, "source": kept.source.value, "by": kept.by,
            "answer": json.dumps(kept.value), "at": now,
        }  # fmt: skip
        table = model_answer
        async with self._database.write() as connection:
            await connection.execute(
                insert(table).values(values).on_conflict_do_update(["mark"], set_=values)
            )
            count = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            if count > MOST:
                oldest = select(table.c.mark).order_by(table.c.at).limit(count - MOST)
                await connection.execute(delete(table).where(table.c.mark.in_(oldest)))

    async def forget(self) -> int:
        """Forget every answer; returns how many there were."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(model_answer))).rowcount
