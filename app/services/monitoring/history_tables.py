"""The tables of the machine's history, and what is done with their rows on a connection."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.domain.monitoring import Doing, DoingKind
from app.services.monitoring.columns import RECORD, packed, unpacked

if TYPE_CHECKING:  # see there
    import numpy as np
    import numpy.typing as npt

    from app.services.monitoring.columns import Floats

    Numbers = npt.NDArray[np.int64]

VERSION: Final = 1
MOST_DOINGS: Final = 100_000
PACK: Final = struct.Struct("<Iff").pack
_RECORD: Final = struct.Struct("<Iff")
_TABLES: Final = (
    "CREATE TABLE series (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE NOT NULL)",
    "CREATE TABLE fresh (span INTEGER, at INTEGER, data BLOB NOT NULL, PRIMARY KEY (span, at))"
    " WITHOUT ROWID",
    "CREATE TABLE chunk (span INTEGER, series INTEGER, start INTEGER, data BLOB NOT NULL,"
    " PRIMARY KEY (span, series, start)) WITHOUT ROWID",
    "CREATE INDEX chunk_start ON chunk (span, start)",
    "CREATE TABLE doing (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL,"
    " start REAL NOT NULL, end REAL NOT NULL, args TEXT NOT NULL)",
    "CREATE INDEX doing_end ON doing (end)",
)
_OLDEST: Final = (
    "(SELECT start FROM (SELECT DISTINCT start FROM chunk WHERE span = ?"
    " ORDER BY start DESC LIMIT 1 OFFSET ?))"
)
"""Where the last of so many hours or days begins; null while there are fewer."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Values of so many seconds, put away by so many seconds, and how many of those are kept."""

    span: int
    chunk: int
    keep: int


DAY: Final = Tier(10, 3600, 25)
YEAR: Final = Tier(300, 86_400, 367)
TIERS: Final = (DAY, YEAR)


class Newer(Exception):
    """Another release wrote the file."""


def opened(path: Path | None) -> sqlite3.Connection:
    """Open the file, made where there is none; None: in memory.

    `sqlite3.Error` when it is damaged or cannot be opened, `Newer` when another release wrote it.
    """
    connection = sqlite3.connect(
        ":memory:" if path is None else path, isolation_level=None, check_same_thread=False,
        timeout=10.0,
    )  # fmt: skip
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    # Before the first table: a value of a day fits into such a page four times and more.
    connection.execute("PRAGMA page_size = 16384")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise Newer(f"it has version {version}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA journal_size_limit = 4194304")
    connection.execute("PRAGMA wal_autocheckpoint = 128")
    (well,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if well != "ok":
        raise sqlite3.DatabaseError(well)
    if version == 0:
        connection.execute("BEGIN IMMEDIATE")
        for statement in _TABLES:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    for table in ("series", "fresh", "chunk", "doing"):
        connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()  # noqa: S608 - our own


def put_away(connection: sqlite3.Connection, tier: Tier, current: int) -> None:
    """Every hour, or day, but the current one: from rows into values of each figure."""
    done = set()
    for edge in ("min", "max"):
        while True:
            (at,) = connection.execute(
                f"SELECT {edge}(at) FROM fresh WHERE span = ?",
                (tier.span,),  # noqa: S608 - one of two words
            ).fetchone()
            if at is None or at // tier.chunk == current:
                break
            _pack_chunk(connection, tier, at // tier.chunk * tier.chunk)
            done.add(at // tier.chunk)
    if not done:
        return
    oldest = (tier.span, tier.keep - 1)
    connection.execute(
        f"DELETE FROM chunk WHERE span = ? AND start < {_OLDEST}",  # noqa: S608 - a constant
        (tier.span, *oldest),
    )
    if tier is YEAR:
        connection.execute(f"DELETE FROM doing WHERE end < {_OLDEST}", oldest)  # noqa: S608 - a constant
        connection.execute(
            "DELETE FROM doing WHERE id <= (SELECT max(id) FROM doing) - ?", (MOST_DOINGS,)
        )


def _pack_chunk(connection: sqlite3.Connection, tier: Tier, start: int) -> None:
    import numpy as np

    between = (tier.span, start, start + tier.chunk)
    rows = connection.execute(
        "SELECT at, data FROM fresh WHERE span = ? AND at >= ? AND at < ?", between
    ).fetchall()
    slots, records = _records(rows)
    places = (slots - start) // tier.span
    for series in np.unique(records["series"]).tolist():
        mine = records["series"] == series
        key = (tier.span, series, start)
        found = connection.execute(
            "SELECT data FROM chunk WHERE span = ? AND series = ? AND start = ?", key
        ).fetchone()
        count = tier.chunk // tier.span
        before = unpacked([found[0]] if found else [], count)[:2]
        both = [one[0].copy() if len(one) else np.full(count, np.nan) for one in before]
        for column, name in zip(both, ("mean", "most"), strict=True):
            column[places[mine]] = records[name][mine]
        connection.execute(
            "INSERT OR REPLACE INTO chunk VALUES (?, ?, ?, ?)", (*key, packed(*both))
        )
    connection.execute("DELETE FROM fresh WHERE span = ? AND at >= ? AND at < ?", between)


def column(
    connection: sqlite3.Connection, tier: Tier, series: int, between: tuple[float, float]
) -> tuple[Floats, Floats, Floats]:
    """Beginnings of spans, means and mosts of a figure, in order; nan: a gap."""
    import numpy as np

    start, end = between
    every = np.arange(0, tier.chunk, tier.span, dtype=np.float64)
    chunks = connection.execute(
        "SELECT start, data FROM chunk WHERE span = ? AND series = ? AND start > ? AND start <= ?"
        " ORDER BY start",
        (tier.span, series, start - tier.chunk, end),
    ).fetchall()
    means, mosts, sound = unpacked([data for _, data in chunks], len(every))
    begun = np.array([at for at, _ in chunks], dtype=np.float64)[np.array(sound, dtype=bool)]
    times = begun.reshape(-1, 1) + every
    rows = connection.execute(
        "SELECT at, data FROM fresh WHERE span = ? AND at > ? AND at <= ? ORDER BY at",
        (tier.span, start - tier.span, end),
    ).fetchall()
    ats, records = _records(rows)
    mine = records["series"] == series
    times = np.concatenate((times.reshape(-1), ats[mine]))
    means = np.concatenate((means.reshape(-1), records["mean"][mine]))
    mosts = np.concatenate((mosts.reshape(-1), records["most"][mine]))
    inside = (times > start - tier.span) & (times <= end)
    return times[inside], means[inside], mosts[inside]


def values(data: bytes, known: Mapping[int, str]) -> dict[str, tuple[float, float, int]]:
    """What a row of ten seconds says, by name."""
    whole = len(data) // _RECORD.size * _RECORD.size
    return {
        known[series]: (mean, most, DAY.span)
        for series, mean, most in _RECORD.iter_unpack(data[:whole])
        if series in known
    }


def doing(row: Sequence[Any]) -> Doing | None:
    """A doing as its row (number, kind, label, start, end, args) tells it."""
    try:
        args = tuple((str(name), str(value)) for name, value in json.loads(row[5]))
        return Doing(DoingKind(row[1]), row[2], row[3], row[4], args)
    except (ValueError, TypeError):
        return None


def _records(rows: Sequence[tuple[int, bytes]]) -> tuple[Numbers, Any]:
    """The values of many rows one after the other, each with its time."""
    import numpy as np

    kind = np.dtype(list(RECORD))
    sound = [(at, data) for at, data in rows if len(data) % kind.itemsize == 0]
    counts = [len(data) // kind.itemsize for _, data in sound]
    ats = np.repeat(np.array([at for at, _ in sound], dtype=np.int64), counts)
    return ats, np.frombuffer(b"".join([data for _, data in sound]), kind)
