"""Which items still want pictures, and which they got."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.media import FolderId, ItemId, MediaKind
from app.infra.database.engine import Database


@dataclass(frozen=True, slots=True)
class Pending:
    """An item without pictures, with the first of its files."""

    item: ItemId
    kind: MediaKind
    path: bytes  # relative to the watched folder
    size: int
    mtime_ns: int
    readable: bool
    cover: bool
    alone: bool  # no other item lies in its folder


_FIRST = """SELECT i.id, i.kind, f.path, f.size, f.mtime_ns, f.probed = 1, f.media
    FROM item i JOIN file f ON f.item_id = i.id
    WHERE i.pictured = 0 AND f.folder_id = ? AND f.probed > 0 AND f.missing_since IS NULL
    GROUP BY i.id ORDER BY f.path LIMIT ?"""
_SERIES = """SELECT s.id, s.kind, f.path, f.size, f.mtime_ns, f.probed = 1, NULL
    FROM item s JOIN item e ON e.series_id = s.id JOIN file f ON f.item_id = e.id
    WHERE s.pictured = 0 AND s.kind = 'series' AND f.folder_id = ? AND f.missing_since IS NULL
    GROUP BY s.id LIMIT ?"""


class PictureStore:
    """Reads and writes the picture keys of items."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pending(self, folder: FolderId, limit: int) -> list[Pending]:
        """Items of a folder that want pictures; series come after their episodes."""

        def work(raw: sqlite3.Connection) -> list[Pending]:
            rows = raw.execute(_FIRST, (folder, limit)).fetchall()
            rows = rows or raw.execute(_SERIES, (folder, limit)).fetchall()
            return [
                Pending(
                    ItemId(row[0]), MediaKind(row[1]), row[2], row[3], row[4], bool(row[5]),
                    bool(row[6] and json.loads(row[6]).get("cover")),
                    _alone(raw, folder, row[2]),
                )
                for row in rows
            ]  # fmt: skip

        return await self._database.run_read(work)

    async def count(self, folder: FolderId) -> int:
        """How many items of a folder want pictures."""

        def work(raw: sqlite3.Connection) -> int:
            everything = 1_000_000_000
            told = 0
            for sql in (_FIRST, _SERIES):
                counted = f"SELECT count(*) FROM ({sql})"  # noqa: S608 - constants
                told += int(raw.execute(counted, (folder, everything)).fetchone()[0])
            return told

        return await self._database.run_read(work)

    async def put(self, made: Sequence[tuple[int, str | None, str | None]]) -> None:
        """Store the keys of items; what was found before stays where nothing new was found."""

        def work(raw: sqlite3.Connection) -> None:
            raw.executemany(
                "UPDATE item SET poster = ?, backdrop = ?, pictured = 1 WHERE id = ?",
                [(poster, backdrop, item) for item, poster, backdrop in made],
            )

        await self._database.run_write(work)

    async def of_first_episode(self, series: ItemId) -> tuple[str | None, str | None]:
        """The pictures of a series' first episode that has some."""

        def work(raw: sqlite3.Connection) -> tuple[str | None, str | None]:
            row = raw.execute(
                "SELECT poster, backdrop FROM item WHERE series_id = ? AND poster IS NOT NULL"
                " ORDER BY season = 0, season, episode LIMIT 1",
                (series,),
            ).fetchone()
            return (row[0], row[1]) if row else (None, None)

        return await self._database.run_read(work)

    async def forget_all(self) -> None:
        """The cache is empty: all pictures are to be made again."""

        def work(raw: sqlite3.Connection) -> None:
            raw.execute("UPDATE item SET pictured = 0 WHERE pictured = 1")

        await self._database.run_write(work)


def _alone(raw: sqlite3.Connection, folder: int, path: bytes) -> bool:
    """Whether all videos of the file's own folder belong to one item."""
    place = path.rpartition(b"/")[0]
    if not place:
        return False
    rows = raw.execute(
        "SELECT DISTINCT item_id FROM file WHERE folder_id = ? AND path >= ? AND path < ? LIMIT 2",
        (folder, place + b"/", place + b"0"),
    ).fetchall()
    return len(rows) == 1
