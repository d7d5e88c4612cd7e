"""The table of positions: how far somebody watched, kept even when the files are gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Float, Integer, Row, Table, Text, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.media import FileId, ItemId
from app.infra.database.engine import Database
from app.infra.database.metadata import metadata

position = Table(
    "position",
    metadata,
    Column("item_id", Integer, primary_key=True),
    Column("file_id", Integer),
    Column("position", Float, nullable=False, default=0.0),
    Column("duration", Float, nullable=False, default=0.0),
    Column("watched", Integer, nullable=False, default=0),
    Column("hidden", Integer, nullable=False, default=0),
    Column("updated_at", Float, nullable=False, default=0.0),
    Column("plays", Integer, nullable=False, default=0),
    extend_existing=True,
)


stream_position = Table(
    "stream_position",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("position", Float, nullable=False),
    Column("duration", Float, nullable=False),
    Column("updated_at", Float, nullable=False),
    extend_existing=True,
)


@dataclass(frozen=True, slots=True)
class Position:
    """How far an item was watched. Times are seconds; `plays` counts complete viewings."""

    item: ItemId
    file: FileId | None = None
    position: float = 0.0
    duration: float = 0.0
    watched: bool = False
    hidden: bool = False  # taken out of "continue watching"
    updated_at: float = 0.0  # unix seconds
    plays: int = 0


class PositionStore:
    """Reads and writes positions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, item: ItemId) -> Position:
        """The stored position, or an empty one."""
        async with self._database.read() as connection:
            row = (
                await connection.execute(select(position).where(position.c.item_id == item))
            ).first()
        return Position(item) if row is None else _read(row)

    async def put(self, rows: Iterable[Position]) -> None:
        """Store these, replacing what was there, in one transaction."""
        values = [
            {
                "item_id": row.item,
                "file_id": row.file,
                "position": row.position,
                "duration": row.duration,
                "watched": int(row.watched),
                "hidden": int(row.hidden),
                "updated_at": row.updated_at,
                "plays": row.plays,
            }
            for row in rows
        ]
        if not values:
            return
        statement = insert(position)
        statement = statement.on_conflict_do_update(
            index_elements=["item_id"],
            set_={name: statement.excluded[name] for name in values[0] if name != "item_id"},
        )
        async with self._database.write() as connection:
            await connection.execute(statement, values)

    async def get_stream(self, stream: str) -> float:
        """How far a stream was watched, in seconds."""
        c = stream_position.c
        async with self._database.read() as connection:
            row = (await connection.execute(select(c.position).where(c.stream == stream))).first()
        return 0.0 if row is None else float(row.position)

    async def put_stream(self, stream: str, position: float, duration: float, at: float) -> None:
        """Store how far a stream was watched."""
        values = {"position": position, "duration": duration, "updated_at": at}
        statement = insert(stream_position).values(stream=stream, **values)
        statement = statement.on_conflict_do_update(index_elements=["stream"], set_=values)
        async with self._database.write() as connection:
            await connection.execute(statement)

    async def begun(self, limit: int) -> list[Position]:
        """Items somebody is in the middle of, latest first."""
        c = position.c
        return await self._list(select(position).where(c.position > 0, c.hidden == 0), limit)

    async def recent(self, limit: int) -> list[Position]:
        """All items somebody touched, latest first."""
        c = position.c
        return await self._list(select(position).where((c.position > 0) | (c.watched == 1)), limit)

    async def _list(self, statement: Any, limit: int) -> list[Position]:  # noqa: ANN401 - a Select
        ordered = statement.order_by(position.c.updated_at.desc()).limit(limit)
        async with self._database.read() as connection:
            return [_read(row) for row in await connection.execute(ordered)]


def _read(row: Row[Any]) -> Position:
    return Position(
        item=ItemId(row.item_id),
        file=None if row.file_id is None else FileId(row.file_id),
        position=row.position,
        duration=row.duration,
        watched=bool(row.watched),
        hidden=bool(row.hidden),
        updated_at=row.updated_at,
        plays=row.plays,
    )
