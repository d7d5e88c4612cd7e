"""The past of the machine in a file of its own: bounded, safe over kills, begun anew when damaged.

What is not over, an hour of ten seconds or a day of five minutes, lies in rows of all figures;
what is over in one value for each figure, so that a chart over a year reads few pages. How much is
kept is counted, not told by the clock: one that is wrong for a while takes nothing away.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from app.domain.monitoring import Doing
from app.services.monitoring import history_tables as tables
from app.services.monitoring.history_tables import DAY, TIERS, YEAR, Tier
from app.services.monitoring.recent import Row

if TYPE_CHECKING:
    from app.services.monitoring.columns import Floats

log = logging.getLogger(__name__)
T = TypeVar("T")

MOST_SERIES: Final = 2_000
_SHOWN: Final = 5_000


class HistoryStore:
    """Everything in it blocks; it may be used by several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._series: dict[str, int] = {}
        self._closed = False

    def open(self) -> None:
        """Open the file, or begin a new one; in memory alone where no file can be."""
        with self._lock:
            if not self._closed:  # the station may end before it has begun
                self._open()

    def close(self) -> None:
        """Let it go, for good."""
        with self._lock:
            self._closed = True
            self._let_go()

    def write(self, rows: Sequence[Row], doings: Iterable[tuple[int, Doing, float]]) -> None:
        """Keep rows, and doings by their numbers with when they were last seen going on.

        `OSError` when the disk does not take them: they may be given again.
        """
        importlib.import_module("numpy")  # here and now: the first chart does not wait for it

        def work(connection: sqlite3.Connection) -> None:
            self._put_rows(connection, rows)
            connection.executemany(
                "INSERT OR REPLACE INTO doing VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (number, one.kind, one.label, one.start, seen, json.dumps(one.args))
                    for number, one, seen in doings
                ],
            )
            for tier in TIERS:
                last = next((row.at for row in reversed(rows) if row.span == tier.span), None)
                if last is not None:
                    tables.put_away(connection, tier, last // tier.chunk)

        self._change(work, None)

    def column(self, tier: Tier, name: str, start: float, end: float) -> tuple[Floats, ...]:
        """Times (beginnings of spans), means and mosts of a figure, in order; nan: a gap."""
        import numpy as np

        def work(connection: sqlite3.Connection) -> tuple[Floats, ...]:
            found = connection.execute("SELECT id FROM series WHERE name = ?", (name,)).fetchone()
            if found is None:
                return empty
            return tables.column(connection, tier, found[0], (start, end))

        nothing = np.empty(0)
        empty = nothing, nothing, nothing
        return self._ask(work, empty)

    def names(self) -> tuple[str, ...]:
        """Every figure there is anything of."""
        asked = "SELECT name FROM series ORDER BY name"
        return self._ask(lambda one: tuple(name for (name,) in one.execute(asked)), ())

    def unfinished(self) -> list[Row]:
        """Rows of ten seconds that are in no row of five minutes yet, in order."""

        def work(connection: sqlite3.Connection) -> list[Row]:
            (last,) = connection.execute(
                "SELECT max(at) FROM fresh WHERE span = ?", (YEAR.span,)
            ).fetchone()
            rows = connection.execute(
                "SELECT at, data FROM fresh WHERE span = ? AND at >= ? ORDER BY at",
                (DAY.span, 0 if last is None else last + YEAR.span),
            )
            known = dict(connection.execute("SELECT id, name FROM series"))
            return [Row(DAY.span, at, tables.values(data, known)) for at, data in rows]

        return self._ask(work, [])

    def doings(self, start: float, end: float) -> list[tuple[int, Doing]]:
        """What was going on at some time between the two, with numbers; the latest first."""
        asked = (
            "SELECT id, kind, label, start, end, args FROM doing"
            " WHERE end >= ? AND start <= ? ORDER BY start DESC LIMIT ?"
        )

        def work(connection: sqlite3.Connection) -> list[tuple[int, Doing]]:
            rows = connection.execute(asked, (start, end, _SHOWN)).fetchall()
            return [(row[0], one) for row in rows if (one := tables.doing(row)) is not None]

        return self._ask(work, [])

    def last_doing(self) -> int:
        """The greatest number of a doing; 0: there is none."""
        asked = "SELECT coalesce(max(id), 0) FROM doing"
        return self._ask(lambda one: int(one.execute(asked).fetchone()[0]), 0)

    def _ask(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        with self._lock:
            if self._connection is None:
                return otherwise
            try:
                return work(self._connection)
            except sqlite3.OperationalError:
                log.exception("The machine's history cannot be read")
            except sqlite3.DatabaseError as error:
                self._anew(error)
            return otherwise

    def _change(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        with self._lock:
            if self._connection is None:
                raise OSError("it is not open")
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                result = work(self._connection)
                self._connection.execute("COMMIT")
            except BaseException as error:
                self._series = {}
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.OperationalError):
                    raise OSError(str(error)) from error
                if not isinstance(error, sqlite3.DatabaseError):
                    raise
                self._anew(error)
                return otherwise
            return result

    def _open(self) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = tables.opened(self._path)
        except (sqlite3.Error, OSError, tables.Newer) as error:
            self._anew(error)

    def _anew(self, error: Exception) -> None:
        """Put the file aside and begin another."""
        log.warning("The machine's history is put aside and begun anew: %s", error)
        self._let_go()
        aside = self._path.with_name(f"{self._path.name}.aside")
        try:
            for ending in ("-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
            if self._path.exists():
                self._path.replace(aside)
            self._connection = tables.opened(self._path)
        except (sqlite3.Error, OSError) as worse:
            log.warning("The machine's history is kept in memory alone: %s", worse)
            self._connection = tables.opened(None)

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        self._series = {}
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def _put_rows(self, connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
        new = {name for row in rows for name in row.values} - self._series.keys()
        if new:
            told = dict(connection.execute("SELECT name, id FROM series"))
            if len(told) + len(new) > MOST_SERIES:  # figures nobody has told for a year
                connection.execute(
                    "DELETE FROM series WHERE id NOT IN (SELECT DISTINCT series FROM chunk)"
                )
                told = dict(connection.execute("SELECT name, id FROM series"))
            room = MOST_SERIES - len(told)
            for name in sorted(new - told.keys())[: max(room, 0)]:
                cursor = connection.execute("INSERT INTO series (name) VALUES (?)", (name,))
                told[name] = cursor.lastrowid or 0
            self._series = told
        known = self._series
        connection.executemany(
            "INSERT OR REPLACE INTO fresh VALUES (?, ?, ?)",
            [
                (
                    row.span, row.at,
                    b"".join([
                        tables.PACK(known[name], mean, most)
                        for name, (mean, most, _) in row.values.items() if name in known
                    ]),
                )
                for row in rows
            ],
        )  # fmt: skip
