"""What pages see of the library: lists of ids, cards, details, figures."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
from array import array
from collections.abc import Sequence
from typing import Any

from app.domain.errors import NotFound
from app.domain.media import (
    Card,
    Chapter,
    Details,
    FileId,
    ItemId,
    LibraryQuery,
    LibrarySummary,
    MediaFile,
    MediaKind,
    PosterKey,
    Sort,
    Track,
    TrackKind,
)
from app.domain.text import display
from app.infra.database.engine import Database
from app.services.library import items
from app.services.library.walk import SUBTITLES

_ORDERS = {
    Sort.ADDED: ("item.added_at {0}, item.id {0}", True),
    Sort.TITLE: ("item.sort_title {0}, item.id {0}", False),
    Sort.YEAR: ("item.year {0}, item.sort_title, item.id", True),
    Sort.DURATION: ("item.duration {0}, item.id {0}", True),
    Sort.WATCHED: ("coalesce(p.updated_at, 0) {0}, item.id {0}", True),
}
_CARD = """SELECT item.id, item.kind, item.title, item.year, item.season, item.episode,
    s.title, item.duration, CASE WHEN item.kind = 'series' THEN
        (SELECT count(*) FROM item e WHERE e.series_id = item.id AND e.hidden = 0) ELSE 0 END,
    coalesce(item.poster, s.poster), coalesce(item.backdrop, s.backdrop),
    coalesce(p.position, 0), CASE WHEN item.kind = 'series' THEN NOT EXISTS
        (SELECT 1 FROM item e LEFT JOIN position w ON w.item_id = e.id
         WHERE e.series_id = item.id AND e.hidden = 0 AND coalesce(w.watched, 0) = 0)
        ELSE coalesce(p.watched, 0) END,
    item.offline, item.note, item.resolution
    FROM item LEFT JOIN item s ON s.id = item.series_id
    LEFT JOIN position p ON p.item_id = item.id """
_UNWATCHED = """CASE WHEN item.kind = 'series' THEN EXISTS
    (SELECT 1 FROM item e LEFT JOIN position w ON w.item_id = e.id
     WHERE e.series_id = item.id AND e.hidden = 0 AND coalesce(w.watched, 0) = 0)
    ELSE coalesce(p.watched, 0) = 0 END"""
_NEWEST = """SELECT id, added_at FROM item WHERE kind = ? AND hidden = 0
    ORDER BY added_at DESC LIMIT ?"""
_FILE = """SELECT f.id, d.path, f.path, f.size, f.note,
    d.away_since IS NOT NULL OR f.missing_since IS NOT NULL OR d.removed_at IS NOT NULL,
    f.duration, f.container, f.bit_rate, f.hdr, f.media, f.resolution, f.edition
    FROM file f JOIN folder d ON d.id = f.folder_id WHERE f.item_id = ?
    ORDER BY 6, CAST(f.resolution AS INTEGER) DESC, f.size DESC, f.id"""


class Catalogue:
    """Reads for the pages; each is one short look into the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listing(self, query: LibraryQuery, among: Sequence[int] | None) -> array[int]:
        """Ids in the query's order; if `among` is given, only those of it, in its order."""
        if among is not None:
            return await self._database.run_read(lambda raw: _among(raw, query, among))
        where, values, joins = _conditions(query)
        order, falling = _ORDERS[query.sort]
        if query.descending is not None:
            falling = query.descending
        if query.sort is Sort.WATCHED:
            joins = True
        sql = f"SELECT item.id FROM item {_join(joins)} WHERE {where} ORDER BY " + order.format(
            "DESC" if falling else "ASC"
        )  # noqa: S608 - constants and question marks
        return await self._database.run_read(lambda raw: _ids(raw.execute(sql, values)))

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        """The cards of these items, in that order; those that are gone are left out."""

        def work(raw: sqlite3.Connection) -> list[Card]:
            found: dict[int, Card] = {}
            for chunk in items.chunks(list(ids)):
                marks = ",".join("?" * len(chunk))
                for row in raw.execute(f"{_CARD} WHERE item.id IN ({marks})", chunk):
                    found[row[0]] = _card(row)
            return [found[one] for one in ids if one in found]

        return await self._database.run_read(work)

    async def recent(self, limit: int) -> list[Card]:
        """The newest films, videos and series."""

        def work(raw: sqlite3.Connection) -> list[int]:
            rows = raw.execute(
                f"SELECT id FROM (SELECT id, added_at FROM ({_NEWEST})"  # noqa: S608 - constants
                f" UNION ALL SELECT id, added_at FROM ({_NEWEST})"
                " UNION ALL SELECT series_id, max(added_at) FROM (SELECT series_id, added_at"
                " FROM item WHERE kind = 'episode' AND hidden = 0 ORDER BY added_at DESC LIMIT 500)"
                " GROUP BY series_id) ORDER BY added_at DESC, id DESC LIMIT ?",
                ("film", limit, "video", limit, limit),
            )
            return [row[0] for row in rows]

        return await self.cards(await self._database.run_read(work))

    async def details(self, item: ItemId) -> Details:
        """Everything about an item. Raises `NotFound`."""

        def work(raw: sqlite3.Connection) -> tuple[list[Any], ...]:
            own = raw.execute(
                f"{_CARD} WHERE item.id = ?",
                (item,),
            ).fetchall()
            episodes = raw.execute(
                f"{_CARD} WHERE item.series_id = ? AND item.hidden = 0"
                " ORDER BY item.season, item.episode, item.sort_title, item.id",
                (item,),
            ).fetchall()
            more = raw.execute(
                "SELECT item.added_at, item.overview, item.series_id, p.file_id FROM item"
                " LEFT JOIN position p ON p.item_id = item.id WHERE item.id = ?",
                (item,),
            ).fetchall()
            return own, episodes, raw.execute(_FILE, (item,)).fetchall(), more

        own, episodes, files, more = await self._database.run_read(work)
        if not own:
            raise NotFound("errors.item_gone", item=int(item))
        added, overview, series, last = more[0]
        return Details(
            card=_card(own[0]),
            files=tuple(_file(row) for row in files),
            episodes=tuple(_card(row) for row in episodes),
            added_at=added,
            overview=overview,
            series_id=ItemId(series) if series is not None else None,
            last_file=FileId(last) if last is not None else None,
        )

    async def item_at(self, path: bytes) -> ItemId | None:
        """The item a file belongs to, unless it is missing."""

        def work(raw: sqlite3.Connection) -> int | None:
            for folder, place in raw.execute("SELECT id, path FROM folder").fetchall():
                below = path.removeprefix(bytes(place).rstrip(b"/") + b"/")
                found = raw.execute(
                    "SELECT item_id FROM file WHERE folder_id = ? AND path = ?"
                    " AND missing_since IS NULL",
                    (folder, below),
                ).fetchone()
                if below != path and found is not None:
                    return int(found[0])
            return None

        found = await self._database.run_read(work)
        return None if found is None else ItemId(found)

    async def summary(self) -> LibrarySummary:
        """Counts, decades and resolutions; the space of the first folder's disk is not here."""

        def work(raw: sqlite3.Connection) -> LibrarySummary:
            rows = raw.execute("SELECT kind, count(*) FROM item WHERE hidden = 0 GROUP BY kind")
            counts = dict(rows.fetchall())
            decades = raw.execute(
                "SELECT DISTINCT year / 10 * 10 FROM item WHERE hidden = 0 AND year IS NOT NULL"
                " AND kind <> 'episode' ORDER BY 1 DESC"
            ).fetchall()
            sizes = raw.execute(
                "SELECT DISTINCT resolution FROM item WHERE hidden = 0 AND resolution IS NOT NULL"
                " ORDER BY CAST(resolution AS INTEGER) DESC"
            ).fetchall()
            folders = raw.execute("SELECT count(*) FROM folder WHERE removed_at IS NULL")
            return LibrarySummary(
                films=counts.get("film", 0),
                series=counts.get("series", 0),
                videos=counts.get("video", 0),
                folders=folders.fetchone()[0],
                decades=tuple(row[0] for row in decades),
                resolutions=tuple(row[0] for row in sizes),
            )

        return await self._database.run_read(work)


def space(path: bytes) -> tuple[int, int] | None:
    """Free and total bytes of the disk a folder lies on."""
    try:
        usage = shutil.disk_usage(path)
    except OSError:
        return None
    return usage.free, usage.total


def subtitles_beside(path: bytes) -> tuple[bytes, ...]:
    """The subtitle files that belong to a video by their names, in its folder or in `Subs`."""
    folder, name = os.path.split(path)
    stem = os.path.splitext(name)[0].lower()
    found = []
    for place, own in ((folder, False), (os.path.join(folder, b"Subs"), True)):
        try:
            names = sorted(os.listdir(place))
        except OSError:
            continue
        for other in names:
            base, ending = os.path.splitext(other.lower())
            if ending in SUBTITLES and (own or base == stem or base.startswith(stem + b".")):
                found.append(os.path.join(place, other))
    return tuple(found[:50])


def _conditions(query: LibraryQuery) -> tuple[str, list[Any], bool]:
    kinds = [kind.value for kind in query.kinds] or [kind.value for kind in MediaKind]
    where = [f"item.kind IN ({','.join('?' * len(kinds))})", "item.hidden = 0"]
    values: list[Any] = list(kinds)
    if query.decade is not None:
        where.append("item.year BETWEEN ? AND ?")
        values += [query.decade, query.decade + 9]
    if query.resolution:
        where.append(
            "(item.resolution = ? OR EXISTS (SELECT 1 FROM file f WHERE f.item_id = item.id AND"
            " f.resolution = ?) OR EXISTS (SELECT 1 FROM item e WHERE e.series_id = item.id AND"
            " e.resolution = ?))"
        )
        values += [query.resolution] * 3
    if query.unwatched:
        where.append(_UNWATCHED)
    return " AND ".join(where), values, query.unwatched


def _join(joins: bool) -> str:
    return "LEFT JOIN position p ON p.item_id = item.id" if joins else ""


def _ids(rows: Any) -> array[int]:  # noqa: ANN401 - the driver's cursor
    return array("q", itertools.chain.from_iterable(rows))


def _among(raw: sqlite3.Connection, query: LibraryQuery, among: Sequence[int]) -> array[int]:
    where, values, joins = _conditions(query)
    kept: set[int] = set()
    for chunk in items.chunks(list(among)):
        marks = ",".join("?" * len(chunk))
        sql = f"SELECT item.id FROM item {_join(joins)} WHERE {where} AND item.id IN ({marks})"  # noqa: S608 - constants and question marks
        kept.update(row[0] for row in raw.execute(sql, [*values, *chunk]))
    return array("q", (one for one in among if one in kept))


def _card(row: Sequence[Any]) -> Card:
    return Card(
        id=ItemId(row[0]),
        kind=MediaKind(row[1]),
        title=row[2],
        year=row[3],
        season=row[4],
        episode=row[5],
        series=row[6],
        duration=row[7],
        episodes=row[8],
        poster=PosterKey(row[9]) if row[9] else None,
        backdrop=PosterKey(row[10]) if row[10] else None,
        position=row[11],
        watched=bool(row[12]),
        offline=bool(row[13]),
        note=row[14],
        resolution=row[15],
    )


def _file(row: Sequence[Any]) -> MediaFile:
    path = row[1] + b"/" + row[2]
    media = json.loads(row[10]) if row[10] else {}
    return MediaFile(
        id=FileId(row[0]),
        path=path,
        display=display(path),
        size=row[3],
        note=row[4],
        offline=bool(row[5]),
        duration=row[6],
        container=row[7],
        bit_rate=row[8],
        hdr=row[9],
        tracks=tuple(_track(told) for told in media.get("tracks", ())),
        chapters=tuple(Chapter(each["start"], each["title"]) for each in media.get("chapters", ())),
        resolution=row[11],
        edition=row[12],
    )


def _track(told: dict[str, Any]) -> Track:
    return Track(**{**told, "kind": TrackKind(told["kind"])})
