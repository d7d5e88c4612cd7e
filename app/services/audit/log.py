"""The audit log: everything that went out or was allowed, append-only, in a chain of hashes."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets as chance
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import RowMapping, select

from app.infra.database.engine import Database
from app.services.audit import chain, tables
from app.services.audit.chain import FORGOTTEN, Entry, Head, Row
from app.services.audit.exporting import Form, save
from app.services.audit.seal import Seal

log = logging.getLogger(__name__)

MOST_ENTRIES: Final = 1_000
DAY: Final = 86_400.0
_ROWS: Final = (
    "SELECT number, at, kind, about, salt, facts, sealed, previous, own"
    " FROM audit_entry ORDER BY number"
)
_INSERT: Final = "INSERT INTO audit_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ERASE: Final = "UPDATE audit_entry SET about = '', salt = NULL, facts = NULL WHERE number = ?"


class AuditLog:
    """Notes what happened. Entries are never changed or removed; what they tell can be erased.

    `start` before the first note. It belongs to the service loop.
    """

    def __init__(
        self,
        database: Database,
        seal: Seal,
        clock: Callable[[], float] = time.time,
        days: Callable[[], int] = lambda: 0,
    ) -> None:
        """`days`: how long entries tell what they tell; 0 for ever."""
        self._database = database
        self._seal = seal
        self._clock = clock
        self._days = days
        self._tidied = 0.0
        self._turn = asyncio.Lock()
        self._trusted: Head | None = None
        self._told = False

    async def start(self) -> None:
        """Get the key of the seal, and vouch for what was noted just before a kill.

        Before the first entry nobody is asked to unlock a keyring for it.
        """
        if await self._untouched():
            return
        async with self._turn:
            await self._vouch()
        await self._daily()

    async def note(self, kind: str, about: str, **facts: object) -> int:
        """Note that something happened, and return its number.

        `kind` is like ``post.sent``, `about` whom or what it concerns (an account, a person, a
        link): `forget` erases by it. Facts are what JSON knows; paths go in as text. Secrets and
        what somebody wrote do not belong here.
        """
        at, text = self._clock(), chain.written(facts)

        def work(raw: sqlite3.Connection) -> Head:
            return _add(raw, at, kind, about, text)

        made = await self._database.run_write(work)
        async with self._turn:
            await self._vouch()
        await self._daily()
        return made.number

    async def entries(
        self, after: int = 0, limit: int = 100, about: str | None = None
    ) -> tuple[Entry, ...]:
        """Return entries with a higher number than `after`, in order, `limit` at most."""
        t = tables.entry.c
        asked = select(tables.entry).where(t.number > after).order_by(t.number)
        if about is not None:
            asked = asked.where(t.about == about)
        asked = asked.limit(max(0, min(limit, MOST_ENTRIES)))
        async with self._database.read() as connection:
            return tuple(_entry(row) for row in (await connection.execute(asked)).mappings())

    async def last(self) -> int:
        """Return the number of the latest entry; 0: there is none."""
        return (await self._database.run_read(_last)).number

    async def check(self) -> int | None:
        """Return the first number that is not as it was written; None: the log is whole.

        It finds what was changed, removed, put in, exchanged, erased by anybody but `forget`, and
        an end that was cut off. While the keyring is locked it cannot tell the latter.
        """
        if await self._untouched():
            return None
        async with self._turn:
            opened = await self._seal.open()
            if opened and self._seal.fresh:
                await self._vouch()
            head = await self._seal.read() if opened else Head()
            return await self._database.run_read(lambda raw: _checked(raw, head))

    async def _untouched(self) -> bool:
        """Whether nothing was ever noted: no entry, and no seal that tells of any."""
        return not await self.last() and not await self._seal.begun()

    async def export(self, path: Path, form: Form = Form.CSV) -> Path:
        """Write everything into a file, or into a folder under a usual name; return where it is.

        Never over a file that is there. `Unavailable` when it cannot be written.
        """
        rows = await self._database.run_read(lambda raw: raw.execute(_ROWS).fetchall())
        return await asyncio.to_thread(save, path, form, rows)

    async def forget(self, about: str) -> int:
        """Erase what entries tell about someone or something; return how many there were.

        Also those whose facts name exactly this. That they were, and when, stays.
        """
        if not about:
            return 0
        quoted = json.dumps(about)

        def work(raw: sqlite3.Connection) -> int:
            found = raw.execute(
                "SELECT number FROM audit_entry WHERE facts IS NOT NULL AND kind <> ?"
                " AND (about = ? OR instr(facts, ?) > 0)",
                (FORGOTTEN, about, quoted),
            )
            return self._erase(raw, [number for (number,) in found], "asked")

        return await self._erased(work)

    async def tidy(self, days: int) -> int:
        """Erase what entries older than so many days tell; 0 days: they are kept for ever."""
        if days <= 0:
            return 0
        until = self._clock() - days * DAY

        def work(raw: sqlite3.Connection) -> int:
            found = raw.execute(
                "SELECT number FROM audit_entry WHERE facts IS NOT NULL AND kind <> ? AND at < ?",
                (FORGOTTEN, until),
            )
            return self._erase(raw, [number for (number,) in found], "age")

        return await self._erased(work)

    async def _daily(self) -> None:
        """Once a day, erase what is older than the owner wants it told."""
        now = self._clock()
        if abs(now - self._tidied) >= DAY:
            self._tidied = now
            await self.tidy(self._days())

    async def _erased(self, work: Callable[[sqlite3.Connection], int]) -> int:
        count = await self._database.run_write(work)
        async with self._turn:
            await self._vouch()
        return count

    def _erase(self, raw: sqlite3.Connection, numbers: list[int], why: str) -> int:
        """Blank entries and note which they were, in one transaction: one vouches for the other."""
        raw.execute("PRAGMA secure_delete = ON")  # the words go from the file, not only from sight
        raw.executemany(_ERASE, [(number,) for number in numbers])
        found = chain.spans(numbers)
        for place in range(0, len(found), chain.MOST_SPANS):
            part = found[place : place + chain.MOST_SPANS]
            told = chain.written({"numbers": part, "why": why})
            _add(raw, self._clock(), FORGOTTEN, "", told)
        return len(numbers)

    async def _vouch(self) -> None:
        """Take the head along to the last entry, unless the chain does not lead there from it."""
        if not await self._seal.open():
            return
        before = self._trusted
        if before is None:
            before = Head() if self._seal.fresh else await self._seal.read()
        if before is None:
            if await self._database.run_read(_last) == Head():
                before = Head()  # a new log: the key is older than its first entry
            else:
                self._complain("its seal is gone, or was written by somebody else")
                return
        start = before
        reached = await self._database.run_read(lambda raw: _reached(raw, start))
        if reached is None:
            self._complain(f"it is not what was sealed at entry {before.number}")
            return
        if reached != self._trusted:
            await self._seal.write(reached)
        self._trusted = reached

    def _complain(self, what: str) -> None:
        """Say it once: it is so at every note from now on."""
        if not self._told:
            self._told = True
            log.error("The audit log is broken: %s", what)


def _add(raw: sqlite3.Connection, at: float, kind: str, about: str, facts: str) -> Head:
    last = _last(raw)
    salt = chance.token_hex(16)
    sealed = chain.sealed_of(salt, about, facts)
    head = Head(last.number + 1, chain.own_of(last.number + 1, at, kind, sealed, last.own))
    row = (head.number, at, kind, about, salt, facts, sealed, last.own, head.own)
    raw.execute(_INSERT, row)
    return head


def _last(raw: sqlite3.Connection) -> Head:
    found = raw.execute("SELECT number, own FROM audit_entry ORDER BY number DESC LIMIT 1")
    return Head(*(found.fetchone() or ()))


def _reached(raw: sqlite3.Connection, start: Head) -> Head | None:
    """The last entry, when each from `start` on follows the one before it."""
    walk = chain.Walk(last=start)
    if start.number:
        asked = "SELECT own FROM audit_entry WHERE number = ?"
        if raw.execute(asked, (start.number,)).fetchone() != (start.own,):
            return None
    beyond = _ROWS.replace("ORDER BY", "WHERE number > ? ORDER BY")
    whole = all(walk.step(row) for row in raw.execute(beyond, (start.number,)))
    return walk.last if whole else None


def _checked(raw: sqlite3.Connection, head: Head | None) -> int | None:
    walk = chain.Walk()
    rows: Iterable[Row] = raw.execute(_ROWS)
    for row in rows:
        if not walk.step(row):
            break
        if head is not None and walk.last.number == head.number and walk.last != head:
            return head.number
    return walk.end(head)


def _entry(row: RowMapping | Mapping[str, Any]) -> Entry:
    facts = None if row["facts"] is None else json.loads(row["facts"])
    return Entry(row["number"], row["at"], row["kind"], row["about"], facts, row["own"])
