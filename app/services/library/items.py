"""Keeps the figures of items in step with their files: note, duration, offline, hidden."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

CHUNK = 500

_HERE = """EXISTS (SELECT 1 FROM file f JOIN folder d ON d.id = f.folder_id
    WHERE f.item_id = item.id AND d.removed_at IS NULL
    AND d.away_since IS NULL AND f.missing_since IS NULL)"""
_LISTED = """EXISTS (SELECT 1 FROM file f JOIN folder d ON d.id = f.folder_id
    WHERE f.item_id = item.id AND d.removed_at IS NULL)"""
_FIGURES = f"""UPDATE item SET
    duration = (SELECT max(f.duration) FROM file f WHERE f.item_id = item.id),
    resolution = (SELECT f.resolution FROM file f WHERE f.item_id = item.id
        AND f.resolution IS NOT NULL ORDER BY CAST(f.resolution AS INTEGER) DESC LIMIT 1),
    note = (SELECT CASE WHEN count(*) = count(f.note) THEN min(f.note) END FROM file f
        WHERE f.item_id = item.id),
    offline = NOT {_HERE},
    hidden = NOT {_LISTED}
    WHERE kind <> 'series' AND id IN """  # noqa: S608 - no input in it
_SERIES = """UPDATE item SET
    offline = NOT EXISTS (SELECT 1 FROM item e WHERE e.series_id = item.id
        AND e.offline = 0 AND e.hidden = 0),
    hidden = NOT EXISTS (SELECT 1 FROM item e WHERE e.series_id = item.id AND e.hidden = 0)
    WHERE kind = 'series' AND id IN """
_EMPTY = """FROM item WHERE id IN ({marks}) AND kind <> 'series'
    AND NOT EXISTS (SELECT 1 FROM file f WHERE f.item_id = item.id)
    AND NOT EXISTS (SELECT 1 FROM position p WHERE p.item_id = item.id)"""


def refresh(raw: sqlite3.Connection, items: Iterable[int]) -> None:
    """Work the figures of these items, and of the series they belong to, out anew."""
    series: set[int] = set()
    for chunk in chunks(sorted(set(items))):
        marks = _marks(chunk)
        raw.execute(f"{_FIGURES}({marks})", chunk)
        rows = raw.execute(
            f"SELECT DISTINCT series_id FROM item WHERE series_id IS NOT NULL AND id IN ({marks})"  # noqa: S608 - only question marks
            f" UNION SELECT id FROM item WHERE kind = 'series' AND id IN ({marks})",
            [*chunk, *chunk],
        )
        series.update(row[0] for row in rows)
    for chunk in chunks(sorted(series)):
        raw.execute(f"{_SERIES}({_marks(chunk)})", chunk)


def with_series(raw: sqlite3.Connection, files: Iterable[int]) -> list[int]:
    """The items of these files, and the series they belong to."""
    found: set[int] = set()
    for chunk in chunks(sorted(files)):
        rows = raw.execute(
            "SELECT f.item_id, i.series_id FROM file f JOIN item i ON i.id = f.item_id"  # noqa: S608 - only question marks
            f" WHERE f.id IN ({_marks(chunk)})",
            chunk,
        )
        found.update(one for row in rows for one in row if one is not None)
    return sorted(found)


def refresh_folder(raw: sqlite3.Connection, folder: int) -> list[int]:
    """The same for every item with a file in that folder; returns them."""
    rows = raw.execute("SELECT DISTINCT item_id FROM file WHERE folder_id = ?", (folder,))
    found = [int(row[0]) for row in rows]
    refresh(raw, found)
    return found


def drop_empty(raw: sqlite3.Connection, items: Iterable[int]) -> None:
    """Delete those that have no file and were never watched; the watched are kept, hidden."""
    for chunk in chunks(sorted(set(items))):
        marks = _marks(chunk)
        series = raw.execute(
            f"SELECT DISTINCT series_id FROM item WHERE id IN ({marks}) AND series_id IS NOT NULL",  # noqa: S608 - only question marks
            chunk,
        ).fetchall()
        raw.execute(f"DELETE {_EMPTY.format(marks=marks)}", chunk)
        refresh(raw, [*chunk, *(row[0] for row in series)])
        for (one,) in series:
            raw.execute(
                "DELETE FROM item WHERE id = ? AND NOT EXISTS"
                " (SELECT 1 FROM item e WHERE e.series_id = item.id)",
                (one,),
            )


def chunks(values: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut into pieces that fit into one statement."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _marks(values: Sequence[int]) -> str:
    return ",".join("?" * len(values))
