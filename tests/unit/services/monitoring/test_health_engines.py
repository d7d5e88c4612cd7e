"""Checks of the database and the job engine: real files, a real engine, and damage."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import AppError
from app.domain.events import JobState
from app.domain.health import HealthState
from app.infra.database.engine import Database
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine, JobKind
from app.services.monitoring.checks.accounts import DAY
from app.services.monitoring.checks.database import DatabaseCheck, read_through
from app.services.monitoring.checks.jobs import STUCK, JobsCheck
from tests.fakes.health import words

GOOD, WARN, BAD = HealthState.GOOD, HealthState.WARN, HealthState.BAD


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = Database(tmp_path / "station.db")
    await made.open()
    yield made
    await made.close()


async def test_a_database_tells_its_speed_and_size(database: Database) -> None:
    found = await DatabaseCheck(database).look()
    assert found.state is GOOD
    size = found.args["size"]
    assert isinstance(size, int)
    assert size >= database.path.stat().st_size
    assert " ms · " in words(found)


async def damage(database: Database) -> None:
    """Overwrite the middle of the file, as a failing disk does."""

    def fill(connection: Any) -> None:
        connection.execute("CREATE TABLE much (a TEXT, b TEXT)")
        rows = ((f"{n:0200d}", f"{-n:0200d}") for n in range(4000))
        connection.executemany("INSERT INTO much VALUES (?, ?)", rows)
        connection.execute("CREATE INDEX much_a ON much (a)")

    await database.run_write(fill)
    async with database.write() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
    await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = database.path.stat().st_size
    with database.path.open("r+b") as file:
        file.seek(size // 2 - size // 2 % 4096)
        file.write(b"\xa5" * 4096 * 20)


async def test_a_damaged_database_is_found_by_who_asks_and_once_a_day(database: Database) -> None:
    now = 0.0
    check = DatabaseCheck(database, lambda: now)
    await damage(database)
    assert (await check.look()).state is GOOD  # a small read does not meet it
    asked = await DatabaseCheck(database, lambda: now).thorough()
    assert asked.state is BAD
    assert words(asked).startswith("Damaged")
    now = 90_000.0
    assert (await check.look()).told == "health.database.damaged"
    now += 60
    assert (await check.look()).state is BAD  # it stays so between two readings


async def test_reading_through_has_an_end(database: Database) -> None:
    assert await asyncio.to_thread(read_through, database.path, 20.0) == ""
    await damage(database)
    assert await asyncio.to_thread(read_through, database.path, -1.0) is None  # no verdict


# The job engine


async def test_jobs_that_run_wait_and_stand_still(tmp_path: Path) -> None:
    bus, began, free = EventBus(), asyncio.Event(), asyncio.Event()

    async def work(job: Any) -> None:
        began.set()
        await free.wait()

    async def fails(job: Any) -> None:
        raise AppError("errors.disk_away", folder="/x")

    engine = JobEngine(tmp_path / "jobs.db", bus)
    engine.register(JobKind("work", work, poll=0.05))
    engine.register(JobKind("fails", fails, poll=0.05))
    await engine.start()
    try:
        moment = time.time()
        check = JobsCheck(engine, lambda: moment)
        assert (await check.look()).told == "health.jobs.idle"
        assert not engine.awake  # to look wakes nobody
        await engine.submit("work", key="one", title="A film")
        await engine.submit("work", key="two")
        await began.wait()
        found = await check.look()
        assert (found.state, words(found)) == (GOOD, "1 running · 1 waiting")
        moment += STUCK + 60
        found = await check.look()
        assert found.state is WARN
        assert words(found) == "“A film” has stood still for 61 min"
        moment = time.time()
        free.set()
        for number in range(3):
            await engine.submit("fails", key=f"f{number}")
        for number in range(3):
            with pytest.raises(AppError):
                await engine.wait(f"f{number}")
        await engine.wait("two")
        found = await check.look()
        assert found.state is WARN
        assert words(found) == "0 running · 0 waiting · 3 failed today"
        moment += 2 * DAY
        assert (await check.look()).state is GOOD  # that was another day
        assert len(await engine.list(states=(JobState.FAILED,))) == 3
    finally:
        free.set()
        await engine.stop()
