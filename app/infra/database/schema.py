"""Brings `station.db` to the schema of this version, and survives being killed while at it."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import Refused
from app.infra.database import copying

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schema:
    """A folder of revisions, and their names in order, newest last.

    The names are kept here so that a usual start need not load Alembic.
    """

    folder: Path
    revisions: tuple[str, ...]

    @property
    def head(self) -> str:
        """The newest revision."""
        return self.revisions[-1]


STATION = Schema(
    Path(__file__).parent / "migrations",
    tuple(f"{number:04}" for number in range(1, 17)),
)


def stored_revision(path: Path) -> str | None:
    """The revision of an existing file; None for a file that does not exist or has no tables."""
    if not path.exists():
        return None
    with contextlib.closing(sqlite3.connect(path, timeout=10)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise Refused("errors.database_foreign", path=str(path))
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def migrate(path: Path, schema: Schema = STATION) -> Path | None:
    """Migrate the file up to the newest revision, creating it when there is none.

    An existing file is first copied beside itself; the copy's path is returned. Raises `Refused`
    when the file was written by a newer station, and leaves it untouched then.
    """
    stored = stored_revision(path)
    if stored == schema.head:
        return None
    if stored is not None and stored not in schema.revisions:
        raise Refused("errors.database_newer", path=str(path), revision=stored)
    copy = _keep_copy(path, stored) if stored is not None else None
    _upgrade(path, schema)
    return copy


def _keep_copy(path: Path, revision: str) -> Path:
    copy = path.with_name(f"{path.name}.before-{revision}")
    part = path.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    copying.copy(path, part)
    part.rename(copy)
    return copy


def _upgrade(path: Path, schema: Schema) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import NullPool

    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000"):
            connection.execute(f"PRAGMA {pragma}").close()
        # Rebuilding a table drops the old one; what it must not break is checked before the end.
        connection.execute("PRAGMA foreign_keys = OFF").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]  # SQLAlchemy types the argument of no listener

    config = Config()
    config.set_main_option("script_location", str(schema.folder).replace("%", "%%"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, schema.head)
    engine.dispose()
    log.info("The database is at revision %s", schema.head)
