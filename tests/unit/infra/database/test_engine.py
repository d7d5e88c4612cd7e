"""The database engine: pragmas, one writer, durable and readable at the same time."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from app.domain.errors import Refused
from app.infra.database.engine import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = Database(tmp_path / "station.db")
    await made.open()
    yield made
    await made.close()


def _pragmas(raw: sqlite3.Connection) -> dict[str, object]:
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "query_only")
    found = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    found["checkpoint"] = raw.execute("PRAGMA wal_autocheckpoint").fetchone()[0]
    return found


async def test_every_connection_has_its_pragmas(database: Database) -> None:
    writer = await database.run_write(_pragmas)
    reader = await database.run_read(_pragmas)
    assert writer == {
        "journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000, "foreign_keys": 1,
        "query_only": 0, "checkpoint": 1000,
    }  # fmt: skip
    assert reader == {**writer, "query_only": 1, "checkpoint": 0}


async def test_an_error_rolls_the_whole_write_back(database: Database) -> None:
    async def add_twice() -> None:
        async with database.write() as connection:
            await connection.exec_driver_sql("INSERT INTO position (item_id) VALUES (1)")
            await connection.exec_driver_sql("INSERT INTO position (item_id) VALUES (1)")

    with pytest.raises(IntegrityError):
        await add_twice()
    async with database.read() as connection:
        rows = await connection.exec_driver_sql("SELECT count(*) FROM position")
        assert rows.scalar_one() == 0


async def test_a_read_is_few_errands_to_its_thread(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.run_read(_pragmas)  # from here on the connection is there
    errands: list[object] = []
    real: Any = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, work: Any, *args: Any, **more: Any) -> Any:
        errands.append(work)
        return await real(self, work, *args, **more)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    inside = await database.run_read(lambda raw: raw.in_transaction)
    assert inside  # it sees one state
    assert len(errands) <= 5  # begin takes three, the work one, the end one


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(OperationalError):
        async with database.read() as connection:
            await connection.exec_driver_sql("INSERT INTO position (item_id) VALUES (1)")


async def test_a_reader_is_not_held_up_by_an_open_write(database: Database) -> None:
    async with database.write() as writer:
        await writer.exec_driver_sql("INSERT INTO position (item_id) VALUES (7)")
        async with asyncio.timeout(2):
            assert await database.run_read(_count) == 0
    assert await database.run_read(_count) == 1


def _count(raw: sqlite3.Connection) -> int:
    return int(raw.execute("SELECT count(*) FROM position").fetchone()[0])


async def test_writes_take_turns(database: Database) -> None:
    async def add(number: int) -> None:
        async with database.write() as connection:
            seen = await connection.exec_driver_sql("SELECT count(*) FROM position")
            await asyncio.sleep(0)
            await connection.exec_driver_sql(
                "INSERT INTO position (item_id, plays) VALUES (?, ?)", (number, seen.scalar_one())
            )

    await asyncio.gather(*(add(number) for number in range(20)))
    async with database.read() as connection:
        plays = await connection.exec_driver_sql("SELECT plays FROM position ORDER BY plays")
        assert [row[0] for row in plays] == list(range(20))


async def test_a_cancelled_write_leaves_the_writer_usable(database: Database) -> None:
    async def hang() -> None:
        async with database.write() as connection:
            await connection.exec_driver_sql("INSERT INTO position (item_id) VALUES (1)")
            await asyncio.sleep(60)

    task = asyncio.create_task(hang())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5), database.write() as connection:
        await connection.exec_driver_sql("INSERT INTO position (item_id) VALUES (2)")
    assert await database.run_read(_count) == 1


async def test_a_clean_close_leaves_one_file(tmp_path: Path) -> None:
    database = Database(tmp_path / "station.db")
    await database.open()
    assert (tmp_path / "station.db.open").exists()
    await database.close()
    assert [entry.name for entry in tmp_path.iterdir() if entry.name != "home"] == ["station.db"]
    assert (tmp_path / "station.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("offset", [0, 2 * 4096, 3 * 4096])
async def test_damage_is_told_after_an_unclean_end(tmp_path: Path, offset: int) -> None:
    path = tmp_path / "station.db"
    database = Database(path)
    await database.open()
    await database.close()
    (tmp_path / "station.db.open").touch()
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(b"\xa5" * 512)
    before = path.read_bytes()
    with pytest.raises(Refused, match="errors.database_damaged"):
        await Database(path).open()
    assert path.read_bytes() == before
