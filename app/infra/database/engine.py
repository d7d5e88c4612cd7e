"""The station's database: one writer connection under a lock, a few readers apart."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from app.domain.errors import Refused
from app.infra.database import copying
from app.infra.database.schema import migrate

log = logging.getLogger(__name__)
T = TypeVar("T")

READERS = 2
BUSY_MS = 10_000
WAL_LIMIT = 32 * 1024 * 1024
"""The log file is cut back to this many bytes after a checkpoint."""


class Database:
    """`station.db` in WAL mode with full durability.

    `open()` migrates first. All writes go through `write()`, one after the other; reads run
    beside them. Failures of SQLite come as `sqlalchemy.exc.DBAPIError`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._marker = path.with_name(path.name + ".open")
        self._writer: AsyncEngine | None = None
        self._readers: AsyncEngine | None = None
        self._turn = asyncio.Lock()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    async def open(self) -> None:
        """Check the file if the last run did not end well, migrate it and connect.

        Raises `Refused` for a damaged file and for one written by a newer station.
        """
        await asyncio.to_thread(self._prepare)
        url = f"sqlite+aiosqlite:///{self._path}"
        self._writer = create_async_engine(
            url, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0
        )
        self._readers = create_async_engine(
            url, poolclass=AsyncAdaptedQueuePool, pool_size=READERS, max_overflow=READERS
        )
        _listen(self._writer, writes=True)
        _listen(self._readers, writes=False)

    async def close(self) -> None:
        """Let a running write end, empty the log into the file and disconnect."""
        writer, readers = self._writer, self._readers
        if writer is None or readers is None:
            return
        async with self._turn:
            self._writer = self._readers = None
            await readers.dispose()
            with contextlib.suppress(sqlite3.Error):
                async with writer.connect() as connection:
                    await _raw(connection, lambda raw: raw.execute("PRAGMA optimize").close())
            await writer.dispose()
        await asyncio.to_thread(self._marker.unlink, missing_ok=True)

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give the writer inside `BEGIN IMMEDIATE`; commits at the end, rolls back on an error."""
        async with self._turn, self._engine(self._writer).begin() as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a reader; it sees one state of the database until it is left. Leave it soon."""
        async with self._engine(self._readers).connect() as connection:
            yield connection

    async def run_read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` with the bare connection in a reader's thread: for answers of many rows."""
        async with self.read() as connection:
            return await _raw(connection, work)

    async def run_write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` with the bare connection in the writer's thread, in one transaction.

        For batches of many statements; `work` must neither commit nor roll back.
        """
        async with self.write() as connection:
            return await _raw(connection, work)

    @staticmethod
    def _engine(engine: AsyncEngine | None) -> AsyncEngine:
        if engine is None:
            raise RuntimeError("The database is not open")
        return engine

    def _prepare(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._marker.exists() and self._path.exists():
            check(self._path)
        migrate(self._path)
        self._marker.touch(mode=0o600)
        os.chmod(self._path, 0o600)  # noqa: PTH101 - the same call, and os is here already


def check(path: Path) -> None:
    """Look through the whole file; raises `Refused` when it is damaged."""
    problem = copying.fault(path, own=True)
    if problem:
        log.error("The database %s is damaged: %s", path, problem)
        raise Refused("errors.database_damaged", path=str(path), problem=problem)


def _listen(engine: AsyncEngine, *, writes: bool) -> None:
    """Set up each connection, and begin by ourselves: the driver's own way is not atomic."""
    pragmas = [
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        f"PRAGMA busy_timeout = {BUSY_MS}",
        "PRAGMA foreign_keys = ON",
        f"PRAGMA journal_size_limit = {WAL_LIMIT}",
        "PRAGMA cache_size = -4000",
        "PRAGMA temp_store = MEMORY",
        # Only the writer checkpoints: two at once is what broke databases before SQLite 3.51.3.
        f"PRAGMA wal_autocheckpoint = {1000 if writes else 0}",
    ]
    if not writes:
        pragmas.append("PRAGMA query_only = ON")

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's adapter
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy passes its own connection
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


async def _raw(connection: AsyncConnection, work: Callable[[sqlite3.Connection], T]) -> T:
    if not connection.in_transaction():
        await connection.begin()
    driver: Any = (await connection.get_raw_connection()).driver_connection
    # aiosqlite has no public way to run a function in its thread, and row by row is too slow.
    result: T = await driver._execute(work, driver._conn)
    return result
