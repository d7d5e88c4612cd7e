"""Opening the job file, and setting a damaged one aside."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

_PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "journal_size_limit=8388608",
)


def open_file(place: Path) -> Any:  # noqa: ANN401 - of whichever SQLite driver is installed
    """A connection that commits each statement; usable from every thread, one at a time."""
    # Late: the driver must be installed first. Two SQLite libraries on one file, this one and
    # DBOS', would undo each other's locks.
    import sqlite3

    try:
        return _connect(place)
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise  # busy, full, read-only: not the file's fault
        log.exception("The job file is damaged; it is put aside and a new one is begun")
        aside = f".damaged-{time.time_ns()}"
        for file in place.parent.glob(f"{place.name}*"):
            if file.name.removeprefix(place.name) in ("", "-wal", "-shm"):
                file.rename(file.with_name(file.name + aside))
        return _connect(place)


def _connect(place: Path) -> Any:  # noqa: ANN401 - of whichever SQLite driver is installed
    import sqlite3

    connection = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection
