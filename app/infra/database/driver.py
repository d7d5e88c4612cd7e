"""The one SQLite driver: the library bundled with `sqlcipher3`, in place of the system's.

Debian 12's SQLite 3.40.1 can corrupt a WAL database (the WAL-reset bug, fixed in 3.51.3).
`install()` must run before aiosqlite, SQLAlchemy or DBOS are imported; see
`docs/decisions/0010-sqlite-driver.md`.
"""

from __future__ import annotations

import sys

SAFE_VERSION = (3, 51, 3)
"""The first SQLite release without the WAL-reset bug."""


def install() -> None:
    """Make `import sqlite3` give the bundled SQLite everywhere in this process."""
    import sqlcipher3.dbapi2 as bundled

    if sys.modules.get("sqlite3") is bundled:
        return
    bundled.dbapi2 = bundled  # SQLAlchemy imports it by this name
    sys.modules["sqlite3"] = bundled
    sys.modules["sqlite3.dbapi2"] = bundled


def version() -> tuple[int, ...]:
    """The version of the SQLite in use."""
    import sqlite3

    return tuple(int(part) for part in sqlite3.sqlite_version.split("."))
