"""The audit log the tests of this folder write into, and what lies under it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from app.domain.errors import AuthRequired
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.services.audit.log import AuditLog
from app.services.audit.seal import Seal


@dataclass(slots=True)
class Ring:
    """A keyring that can be locked."""

    held: dict[str, str] = field(default_factory=dict)
    locked: bool = False

    async def get(self, name: str) -> str | None:
        if self.locked:
            raise AuthRequired("errors.secrets_locked")
        return self.held.get(name)

    async def set(self, name: str, secret: str) -> None:
        if self.locked:
            raise AuthRequired("errors.secrets_locked")
        self.held[name] = secret


@dataclass(slots=True)
class House:
    """A log with its database, its seal and its keyring."""

    database: Database
    paths: Paths
    ring: Ring = field(default_factory=Ring)
    now: float = 1_795_000_000.25
    days: int = 0
    log: AuditLog = field(init=False)

    def __post_init__(self) -> None:
        self.again()

    def again(self) -> AuditLog:
        """The log of the next start."""
        seal = Seal(self.paths.database.with_name("audit.seal"), self.ring)
        self.log = AuditLog(self.database, seal, lambda: self.now, lambda: self.days)
        return self.log

    @contextlib.contextmanager
    def by_hand(self, *, guarded: bool = False) -> Iterator[sqlite3.Connection]:
        """The table, as somebody with the file in his hands has it: without its guards."""
        with contextlib.closing(sqlite3.connect(self.paths.database)) as raw:
            raw.execute("PRAGMA synchronous = OFF").close()
            if not guarded:
                for (name,) in raw.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                    " AND tbl_name = 'audit_entry'"
                ).fetchall():
                    raw.execute(f"DROP TRIGGER {name}")
            yield raw
            raw.commit()


@pytest.fixture
async def house(database: Database, paths: Paths) -> House:
    """A log that was started."""
    made = House(database, paths)
    await made.log.start()
    return made
