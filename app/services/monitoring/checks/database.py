"""Looks at the database: how quickly it answers, its size, and rarely whether it is whole."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from app.domain.health import Health, HealthState
from app.infra.database.engine import Database

PART: Final = "database"
SLOW: Final = 1.0
"""Seconds of one small read beyond which something is wrong."""
FIRST: Final = 3600.0
"""Seconds after the start at which it is read through for the first time."""
EACH: Final = 86_400.0
LONGEST: Final = 8.0
"""Seconds reading it through may take when somebody waits for it."""
LOOSE_SHARE: Final = 0.4
LOOSE_BYTES: Final = 100_000_000
_STEPS: Final = 500


class DatabaseCheck:
    """Remembers what reading the whole file last showed. Lives on the service loop."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._due = clock() + FIRST
        self._problem = ""

    async def look(self) -> Health:
        """Read a little; once a day all of it."""
        if self._clock() >= self._due:
            await self._read_through()
        return await self._look()

    async def thorough(self) -> Health:
        """Read all of it, as far as that can be done in a few seconds."""
        await self._read_through()
        return await self._look()

    async def _look(self) -> Health:
        try:
            took, pages, free, bytes_each = await self._database.run_read(_read)
        except DBAPIError as error:
            self._problem = str(error.orig)[:200]
            return self._damaged()
        if self._problem:
            return self._damaged()
        size = await asyncio.to_thread(_size, self._database.path)
        args = {"ms": took * 1000, "size": size, "free": free * bytes_each}
        if took > SLOW:
            told, mend = "health.database.slow", "health.database.slow.mend"
            return Health(PART, HealthState.WARN, told, args, mend, page="system")
        loose = free > pages * LOOSE_SHARE and free * bytes_each > LOOSE_BYTES
        told = "health.database.loose" if loose else "health.database.good"
        return Health(PART, HealthState.GOOD, told, args)

    async def _read_through(self) -> None:
        verdict = await asyncio.to_thread(read_through, self._database.path, LONGEST)
        self._due = self._clock() + EACH
        if verdict is not None:
            self._problem = verdict

    def _damaged(self) -> Health:
        args = {"problem": self._problem}
        told, mend = "health.database.damaged", "health.database.damaged.mend"
        return Health(PART, HealthState.BAD, told, args, mend, page="system")


def read_through(path: Path, seconds: float) -> str | None:
    """Blocking. What is wrong with a file: nothing is ""; None when the time was too short."""
    end = time.monotonic() + seconds
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=seconds)) as connection:
            connection.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS)
            verdict = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:
        return None if time.monotonic() > end else str(error)[:200]
    except sqlite3.DatabaseError as error:
        return str(error)[:200]
    return "" if verdict == "ok" else verdict[:200]


def _read(connection: sqlite3.Connection) -> tuple[float, int, int, int]:
    """Seconds of a small read as its thread sees it; pages, free ones, and bytes of each."""
    began = time.perf_counter()
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    took = time.perf_counter() - began
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return took, pages, free, size


def _size(path: Path) -> int:
    """Blocking. Bytes of the file and of its log."""
    size = 0
    for one in (path, path.with_name(path.name + "-wal")):
        with contextlib.suppress(OSError):
            size += one.stat().st_size
    return size
