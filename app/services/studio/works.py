"""Remembers each piece of work by everything it depends on, so that none is done or paid twice."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from app.infra.database.engine import Database
from app.services.studio import tables as t


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work: ordered (`remote`), or done (`asset`). `more` holds what belongs to it."""

    mark: str
    plugin: str = ""
    remote: str = ""
    asset: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    price: int = 0


def mark_of(kind: str, *parts: object) -> str:
    """What a piece of work is known by."""
    told = json.dumps([kind, *parts], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


class WorkBook:
    """Reads and writes them."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database, self._clock = database, clock

    async def find(self, mark: str) -> Work | None:
        """What is known of a piece of work."""
        async with self._database.read() as connection:
            asked = select(t.work).where(t.work.c.mark == mark)
            row = (await connection.execute(asked)).mappings().first()
        if row is None:
            return None
        return Work(
            row["mark"], row["plugin"], row["remote"], row["asset"], json.loads(row["more"]),
            row["price"],
        )  # fmt: skip

    async def keep(self, work: Work) -> None:
        """Keep how it stands."""
        values = {
            "mark": work.mark, "plugin": work.plugin, "remote": work.remote, "asset": work.asset,
            "more": json.dumps(dict(work.more)), "price": work.price, "at": self._clock(),
        }  # fmt: skip
        async with self._database.write() as connection:
            await connection.execute(
                insert(t.work).values(values).on_conflict_do_update(["mark"], set_=values)
            )

    async def forget(self, mark: str) -> None:
        """Let it be done anew."""
        async with self._database.write() as connection:
            await connection.execute(delete(t.work).where(t.work.c.mark == mark))
