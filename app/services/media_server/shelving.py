"""Reads the catalogue for browsing: containers, pages of ids, and what is told of items."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.domain.media_server import Shelves
from app.domain.text import display
from app.services.media_server.criteria import Clause
from app.services.media_server.didl import Box, Thing
from app.services.media_server.tree import (
    CONTAINER,
    DATE,
    Folders,
    Node,
    Scope,
    genre_id,
    home_of,
    scope,
    season_id,
    visible,
)

_CHUNK: Final = 500
_FROM: Final = "FROM item"
_THING: Final = f"""SELECT item.id, item.kind, item.title, item.year, item.season, item.episode,
    s.title, {DATE}, item.overview, coalesce(item.poster, s.poster),
    coalesce(p.position, 0), coalesce(p.plays, 0),
    CASE WHEN item.kind = 'series' THEN (SELECT count(DISTINCT coalesce(e.season, -1)) FROM item e
        WHERE e.series_id = item.id AND e.hidden = 0 AND e.offline = 0) ELSE 0 END,
    (SELECT group_concat(g.genre, char(10)) FROM media_server_genre g
        WHERE g.item_id = coalesce(item.series_id, item.id) AND g.genre <> ''),
    item.duration
    FROM item LEFT JOIN item s ON s.id = item.series_id
    LEFT JOIN position p ON p.item_id = item.id WHERE item.id IN """  # noqa: S608 - a constant
_FILES: Final = """SELECT f.item_id, f.id, d.path, f.path, f.size, f.container, f.bit_rate, f.media,
    f.duration, f.folder_id FROM file f JOIN folder d ON d.id = f.folder_id
    WHERE f.missing_since IS NULL AND d.away_since IS NULL AND d.removed_at IS NULL
    AND f.item_id IN ({marks})
    ORDER BY f.note IS NOT NULL, CAST(f.resolution AS INTEGER) DESC, f.size DESC, f.id"""


@dataclass(frozen=True, slots=True)
class Row:
    """An item on a page, and where its own place is."""

    id: int
    kind: str
    home: str

    @property
    def name(self) -> str:
        """Its object id, where its own place is."""
        return f"{'series' if self.kind == 'series' else 'item'}-{self.id}"


def rows(
    raw: sqlite3.Connection,
    place: Scope,
    clause: Clause,
    folders: Folders,
    window: tuple[str, int, int],
) -> list[Row]:
    """A page of items: `window` is the order, the first and how many (-1: all)."""
    order, first, count = window
    sql = (
        f"SELECT item.id, item.kind, item.series_id, item.season {_FROM}"  # noqa: S608 - constants and question marks
        f" WHERE {place.sql} AND {visible(folders)} AND {clause.sql}"
        f" ORDER BY {order} LIMIT ? OFFSET ?"
    )
    found = raw.execute(sql, (*place.values, *clause.values, count, first))
    return [Row(row[0], row[1], home_of(row[1], row[2], row[3])) for row in found]


def total(raw: sqlite3.Connection, place: Scope, clause: Clause, folders: Folders) -> int:
    """How many items there are in a place."""
    sql = f"SELECT count(*) {_FROM} WHERE {place.sql} AND {visible(folders)} AND {clause.sql}"  # noqa: S608 - constants and question marks
    return int(raw.execute(sql, (*place.values, *clause.values)).fetchone()[0])


def one(raw: sqlite3.Connection, item: int, folders: Folders) -> Row | None:
    """An item by its number, if it may be seen."""
    place = Scope("item.id = ?", (item,), "item.id")
    found = rows(raw, place, Clause("1"), folders, ("item.id", 0, 1))
    return found[0] if found else None


def things(raw: sqlite3.Connection, items: Sequence[int], folders: Folders) -> list[Thing]:
    """All that is told of these, each with the best file a guest may have."""
    found: list[Thing] = []
    for start in range(0, len(items), _CHUNK):
        chunk = items[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        files: dict[int, Sequence[Any]] = {}
        for row in raw.execute(_FILES.format(marks=marks), chunk):
            if folders is None or row[9] in folders:
                files.setdefault(row[0], row)
        for row in raw.execute(f"{_THING}({marks})", chunk):
            found.append(_thing(row, files.get(row[0])))
    return found


def boxes(raw: sqlite3.Connection, node: Node, folders: Folders, shelves: Shelves) -> list[Box]:
    """The containers that stand in one, in their order."""
    if node.kind == "root":
        return [each for each in _lists(raw, folders, shelves) if each.children]
    if node.kind == "years":
        return [
            Box(f"year-{year}", "years", str(year), count)
            for year, count in raw.execute(
                f"SELECT year, count(*) {_FROM} WHERE kind IN ('film', 'video') AND year IS NOT"  # noqa: S608 - constants
                f" NULL AND {visible(folders)} GROUP BY year ORDER BY year DESC"
            )
        ]
    if node.kind == "genres":
        return [
            Box(genre_id(genre), "genres", genre, count, f"{CONTAINER}.genre.movieGenre")
            for genre, count in raw.execute(
                f"SELECT g.genre, count(*) FROM media_server_genre g JOIN item ON item.id ="  # noqa: S608 - constants
                f" g.item_id WHERE g.genre <> '' AND {visible(folders)} GROUP BY g.genre"
                " ORDER BY g.genre COLLATE NOCASE"
            )
        ]
    if node.kind == "folders":
        return _folders(raw, folders)
    return _seasons(raw, node.number, folders, shelves) if node.kind == "show" else []


def itself(
    raw: sqlite3.Connection, node: Node, folders: Folders, shelves: Shelves, name: str
) -> Box | None:
    """A container by its id; None when there is none, or nothing in it."""
    if node.kind == "root":
        return Box("0", "-1", name, len(boxes(raw, node, folders, shelves)), CONTAINER)
    parent = {"year": "years", "genre": "genres", "folder": "folders", "season": "show"}
    above = parent.get(node.kind, "root")
    outer = Node("", above, node.number)
    return next((each for each in boxes(raw, outer, folders, shelves) if each.id == node.id), None)


def _lists(raw: sqlite3.Connection, folders: Folders, shelves: Shelves) -> list[Box]:
    counts = dict(
        raw.execute(f"SELECT kind, count(*) {_FROM} WHERE {visible(folders)} GROUP BY kind")  # noqa: S608 - constants
    )
    films, videos = counts.get("film", 0), counts.get("video", 0)
    recent = scope(Node("recent", "recent"))
    newest = total(raw, recent, Clause("1"), folders) if recent is not None else 0
    several = _folders(raw, folders)
    inner = {
        kind: len(boxes(raw, Node("", kind), folders, shelves)) for kind in ("genres", "years")
    }
    return [
        Box("films", "0", shelves.films, films),
        Box("series", "0", shelves.series, counts.get("series", 0)),
        Box("videos", "0", shelves.videos, videos),
        Box("recent", "0", shelves.recent, newest),
        Box("genres", "0", shelves.genres, inner["genres"]),
        Box("years", "0", shelves.years, inner["years"]),
        Box("folders", "0", shelves.folders, len(several) if len(several) > 1 else 0),
    ]


def _folders(raw: sqlite3.Connection, folders: Folders) -> list[Box]:
    found = raw.execute(
        "SELECT d.id, d.path, (SELECT count(DISTINCT f.item_id) FROM file f JOIN item"  # noqa: S608 - constants
        " ON item.id = f.item_id WHERE f.folder_id = d.id AND f.missing_since IS NULL"
        f" AND {visible(None)}) FROM folder d WHERE d.removed_at IS NULL"
        " AND d.away_since IS NULL ORDER BY d.display"
    ).fetchall()
    return [
        Box(
            f"folder-{row[0]}",
            "folders",
            display(row[1].rstrip(b"/").rpartition(b"/")[2] or row[1]),
            row[2],
        )
        for row in found
        if (folders is None or row[0] in folders) and row[2]
    ]


def _seasons(raw: sqlite3.Connection, series: int, folders: Folders, shelves: Shelves) -> list[Box]:
    found = raw.execute(
        f"SELECT season, count(*) {_FROM} WHERE series_id = ? AND {visible(folders)}"  # noqa: S608 - constants
        " GROUP BY season ORDER BY season IS NULL, season = 0, season",
        (series,),
    )
    own = f"series-{series}"
    return [
        Box(season_id(series, season), own, _season(season, shelves), count)
        for season, count in found
    ]


def _season(season: int | None, shelves: Shelves) -> str:
    if season is None:
        return shelves.other_episodes
    return shelves.specials if season == 0 else shelves.season.replace("{number}", str(season))


def _thing(row: Sequence[Any], file: Sequence[Any] | None) -> Thing:
    told = Thing(*row)
    if file is None:
        return told
    return replace(
        told, duration=file[8] or told.duration, file=file[1],
        path=file[2].rstrip(b"/") + b"/" + file[3],
        size=file[4], container=file[5], bit_rate=file[6], media=file[7],
    )  # fmt: skip
