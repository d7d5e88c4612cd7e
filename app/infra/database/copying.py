"""Copies a database file in one state of it, and says whether a file is whole. May block."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Final

BUSY_SECONDS: Final = 10.0
WHOLE: Final = ""


def copy(source: Path, target: Path) -> None:
    """Write one state of `source` to `target`, whatever is written meanwhile, down to the disk.

    Raises `sqlite3.Error` or `OSError`; `target` must not exist.
    """
    with contextlib.closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as connection:
        name = os.fsencode(target).decode("utf-8", "surrogateescape")
        connection.execute("VACUUM INTO ?", (name,))
    with target.open("rb") as made:
        os.fsync(made.fileno())


def fault(path: Path, *, own: bool = False) -> str:
    """What is wrong with a file, looked through whole; `WHOLE`: nothing.

    `own`: it is ours now, and a log that a kill left beside it may be taken in. Any other file is
    changed in nothing.
    """
    uri = f"{path.absolute().as_uri()}?mode={'rw' if own else 'ro'}"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as connection:
            verdict = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error) or type(error).__name__
    return WHOLE if verdict == "ok" else verdict
