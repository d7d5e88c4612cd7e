"""Stores the files a scan found and the items they stand for; runs in the writer's thread."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.media import FolderId
from app.services.library import items
from app.services.library.naming import Seed
from app.services.library.walk import Found


@dataclass(frozen=True, slots=True)
class Fresh:
    """A file that is new or changed, with its item; `known` is the row it had under any name."""

    found: Found
    seed: Seed
    known: int | None = None


def put(
    raw: sqlite3.Connection, folder: FolderId, fresh: Sequence[Fresh], back: Sequence[int]
) -> list[int]:
    """Store new and changed files; `back` are files that were missing and are there again."""
    touched: list[int] = []
    now = time.time()
    for one in fresh:
        touched += _put_known(raw, folder, one) if one.known else [_put_new(raw, folder, one, now)]
    for chunk in items.chunks(list(back)):
        marks = ",".join("?" * len(chunk))
        raw.execute(f"UPDATE file SET missing_since = NULL WHERE id IN ({marks})", chunk)  # noqa: S608 - only question marks
        rows = raw.execute(f"SELECT item_id FROM file WHERE id IN ({marks})", chunk)  # noqa: S608 - only question marks
        touched += [row[0] for row in rows]
    items.refresh(raw, touched)
    return touched


def _put_new(raw: sqlite3.Connection, folder: FolderId, one: Fresh, now: float) -> int:
    found, seed = one.found, one.seed
    item = _item(raw, seed, now)
    raw.execute(
        "INSERT INTO file (folder_id, item_id, path, inode, size, mtime_ns, added_at, probed,"
        " note, resolution, edition) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            folder, item, found.path, found.inode, found.size, found.mtime_ns, now,
            2 if found.note else 0, found.note, seed.resolution, seed.edition,
        ),
    )  # fmt: skip
    raw.execute("UPDATE item SET pictured = 0 WHERE id = ?", (item,))
    return item


def _put_known(raw: sqlite3.Connection, folder: FolderId, one: Fresh) -> list[int]:
    """A file that changed, or that has a new name: it keeps its row, and its item if it can."""
    found, seed = one.found, one.seed
    old = raw.execute(
        "SELECT item_id, size, mtime_ns, path FROM file WHERE id = ?", (one.known,)
    ).fetchone()
    raw.execute(
        "DELETE FROM file WHERE folder_id = ? AND path = ? AND id <> ?",
        (folder, found.path, one.known),
    )
    changed = (old[1], old[2]) != (found.size, found.mtime_ns)
    item = old[0] if old[3] == found.path else _rename(raw, old[0], seed)
    raw.execute(
        "UPDATE file SET folder_id = ?, item_id = ?, path = ?, inode = ?, size = ?, mtime_ns = ?,"
        " missing_since = NULL, edition = ? WHERE id = ?",
        (
            folder, item, found.path, found.inode, found.size, found.mtime_ns, seed.edition,
            one.known,
        ),
    )  # fmt: skip
    if changed:
        raw.execute(
            "UPDATE file SET probed = ?, note = ?, duration = NULL, media = NULL WHERE id = ?",
            (2 if found.note else 0, found.note, one.known),
        )
    raw.execute("UPDATE item SET pictured = 0 WHERE id = ?", (item,))
    if item != old[0]:
        items.drop_empty(raw, [old[0]])
    return [old[0], item]


def _rename(raw: sqlite3.Connection, item: int, seed: Seed) -> int:
    """The item of a renamed file: the same one with a new title, or the one of that title."""
    there = raw.execute("SELECT id FROM item WHERE key = ?", (seed.key,)).fetchone()
    if there is not None and there[0] == item:
        return item
    files = raw.execute("SELECT count(*) FROM file WHERE item_id = ?", (item,)).fetchone()[0]
    if there is None and files == 1:
        series = _series(raw, seed, time.time())
        raw.execute(
            "UPDATE item SET kind = ?, key = ?, title = ?, sort_title = ?, folded = ?, year = ?,"
            " season = ?, episode = ?, series_id = ? WHERE id = ?",
            (
                seed.kind.value, seed.key, seed.title, seed.sort_title, seed.folded, seed.year,
                seed.season, seed.episode, series, item,
            ),
        )  # fmt: skip
        return item
    target = _item(raw, seed, time.time())
    raw.execute(
        "INSERT OR IGNORE INTO position (item_id, file_id, position, duration, watched, hidden,"
        " updated_at, plays) SELECT ?, file_id, position, duration, watched, hidden, updated_at,"
        " plays FROM position WHERE item_id = ?",
        (target, item),
    )
    return target


def _item(raw: sqlite3.Connection, seed: Seed, now: float) -> int:
    row = raw.execute("SELECT id FROM item WHERE key = ?", (seed.key,)).fetchone()
    if row is not None:
        return int(row[0])
    series = _series(raw, seed, now)
    made = raw.execute(
        "INSERT INTO item (kind, key, title, sort_title, folded, year, season, episode, series_id,"
        " resolution, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            seed.kind.value, seed.key, seed.title, seed.sort_title, seed.folded, seed.year,
            seed.season, seed.episode, series, seed.resolution, now,
        ),
    )  # fmt: skip
    return int(made.lastrowid or 0)


def _series(raw: sqlite3.Connection, seed: Seed, now: float) -> int | None:
    return None if seed.series is None else _item(raw, seed.series, now)
