"""Keeps what the media server must not forget: its guests, its own name, its counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.media import FolderId
from app.domain.media_server import Guest, GuestId
from app.infra.database.engine import Database

_COLUMNS = "id, address, mac, name, agent, allowed, folders, token, token_until, met_at, seen_at"


@dataclass(frozen=True, slots=True)
class Visit:
    """A guest, and the token its addresses carry; it is good until `until`, in unix seconds."""

    guest: Guest
    token: str = ""
    until: float = 0.0

    def told(self, **changes: Any) -> Visit:  # noqa: ANN401 - fields of the guest
        """The same with other facts of the guest."""
        return replace(self, guest=replace(self.guest, **changes))


class MediaServerStore:
    """Reads and writes the tables of the media server."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def visits(self) -> list[Visit]:
        """All guests that were met, the latest first."""

        def work(raw: sqlite3.Connection) -> list[Visit]:
            sql = f"SELECT {_COLUMNS} FROM media_server_guest ORDER BY met_at DESC"  # noqa: S608 - a constant
            return [_visit(row) for row in raw.execute(sql)]

        return await self._database.run_read(work)

    async def put(self, visit: Visit) -> None:
        """Store a guest."""
        marks = ", ".join("?" * 11)
        sql = f"INSERT OR REPLACE INTO media_server_guest ({_COLUMNS}) VALUES ({marks})"  # noqa: S608 - a constant
        await self._write(sql, _row(visit))

    async def forget(self, guest: GuestId) -> None:
        """Delete a guest."""
        await self._write("DELETE FROM media_server_guest WHERE id = ?", (guest,))

    async def fact(self, name: str) -> str:
        """What is kept under a name; empty when nothing is."""

        def work(raw: sqlite3.Connection) -> str:
            sql = "SELECT value FROM media_server_fact WHERE name = ?"
            row = raw.execute(sql, (name,)).fetchone()
            return str(row[0]) if row else ""

        return await self._database.run_read(work)

    async def set_fact(self, name: str, value: str) -> None:
        """Keep something under a name."""
        await self._write("INSERT OR REPLACE INTO media_server_fact VALUES (?, ?)", (name, value))

    async def unasked(self, limit: int) -> list[int]:
        """Films, videos and series whose genres nobody asked for yet."""

        def work(raw: sqlite3.Connection) -> list[int]:
            rows = raw.execute(
                "SELECT id FROM item WHERE kind <> 'episode' AND hidden = 0 AND offline = 0"
                " AND id NOT IN (SELECT item_id FROM media_server_genre WHERE genre = '')"
                " ORDER BY id LIMIT ?",
                (limit,),
            )
            return [int(row[0]) for row in rows]

        return await self._database.run_read(work)

    async def put_genres(self, item: int, genres: Sequence[str]) -> None:
        """Store the genres of an item, and that it was asked about."""

        def work(raw: sqlite3.Connection) -> None:
            raw.execute("DELETE FROM media_server_genre WHERE item_id = ?", (item,))
            raw.executemany(
                "INSERT OR IGNORE INTO media_server_genre VALUES (?, ?)",
                [(item, genre) for genre in ("", *genres)],
            )

        await self._database.run_write(work)

    async def ask_again(self, items: Sequence[int]) -> None:
        """What is known of the genres of these may be old."""

        def work(raw: sqlite3.Connection) -> None:
            raw.executemany(
                "DELETE FROM media_server_genre WHERE item_id = ? AND genre = ''",
                [(item,) for item in items],
            )

        await self._database.run_write(work)

    async def _write(self, sql: str, values: Sequence[object]) -> None:
        await self._database.run_write(lambda raw: raw.execute(sql, tuple(values)).close())


def _row(visit: Visit) -> tuple[object, ...]:
    guest = visit.guest
    return (
        guest.id, guest.address, guest.mac, guest.name, guest.agent,
        None if guest.allowed is None else int(guest.allowed),
        None if guest.folders is None else json.dumps([int(each) for each in guest.folders]),
        visit.token, visit.until, guest.met_at, guest.seen_at,
    )  # fmt: skip


def _visit(row: Sequence[Any]) -> Visit:
    guest = Guest(
        id=GuestId(row[0]), address=row[1], mac=row[2], name=row[3], agent=row[4],
        allowed=None if row[5] is None else bool(row[5]),
        folders=None if row[6] is None else tuple(FolderId(each) for each in json.loads(row[6])),
        met_at=row[9], seen_at=row[10],
    )  # fmt: skip
    return Visit(guest, row[7], row[8])
