"""Answers Browse and Search: what was read and written once is kept until something changes."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.media_server import Shelves
from app.runtime.threads import in_own_thread
from app.services.library.catalogue import subtitles_beside
from app.services.media_server import criteria, didl, shelving
from app.services.media_server.criteria import Clause
from app.services.media_server.didl import Thing, View
from app.services.media_server.reader import Reader
from app.services.media_server.shelving import Row
from app.services.media_server.soap import Call, Fault
from app.services.media_server.tree import Folders, Node, Scope, below, parse_id, scope

PATIENCE: Final = 1.5
"""Seconds for looking for subtitles beside all films of a page."""
MOST_KEPT: Final = 60_000
"""So many pieces are kept; at ten thousand items for some makers of screens, about 60 MB."""
MANY: Final = 2000
"""A page of more is put together in a thread: it takes longer than a millisecond."""
LONGEST: Final = 20_000
"""A listing of so many is read whole and kept until something changes; of a longer one, a page."""
MOST_ROWS: Final = 60_000
MOST_LISTINGS: Final = 200
_REPEATING: Final = frozenset(("recent", "genre", "year", "folder"))


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: through which view, and into which folders."""

    view: View
    folders: Folders


@dataclass(frozen=True, slots=True)
class Page:
    """What is answered: `result` is written as it stands in SOAP."""

    result: bytes
    returned: int
    total: int


@dataclass(frozen=True, slots=True)
class _Found:
    """Items of a place: all of them, or a page that begins at `first`."""

    rows: list[Row]
    total: int
    first: int = 0

    def cut(self, start: int, count: int) -> _Found:
        """The page that is asked for; `count` 0: to the end."""
        begin = start - self.first
        end = begin + count if count else None
        return _Found(self.rows[begin:end], self.total, start)


Shape = tuple[View, Folders]
Key = tuple[str, tuple[object, ...], Clause, str, Folders]


class Directory:
    """The tree as guests see it. Lives on the service loop."""

    def __init__(
        self,
        reader: Reader,
        shelves: Callable[[], Shelves],
        name: Callable[[], str],
    ) -> None:
        self._reader = reader
        self._shelves = shelves
        self._name = name
        self._kept: dict[Shape, dict[int, str]] = {}
        self._listings: OrderedDict[Key, _Found] = OrderedDict()
        self._turn = 0  # rises with every change: what was read before it is not kept

    def forget(self, items: Sequence[int] = ()) -> None:
        """These items changed, or, when none is named, any."""
        self._turn += 1
        self._listings.clear()
        if not items:
            self._kept.clear()
        for pieces in self._kept.values():
            for item in items:
                pieces.pop(item, None)

    async def browse(self, call: Call, eyes: Eyes) -> Page:
        """Answer Browse. Raises `Fault` 402, 701, 709."""
        flag, start, count = call.given["BrowseFlag"], *_window(call)
        if flag not in ("BrowseMetadata", "BrowseDirectChildren"):
            raise Fault(402)
        node = parse_id(call.given["ObjectID"])
        if node is None:
            raise Fault(701)
        if flag == "BrowseMetadata":
            if start:
                raise Fault(402)
            return await self._itself(node, eyes)
        place = scope(node)
        if place is None:
            wanted = criteria.order(call.given["SortCriteria"], "")
            return await self._boxes(node, eyes, (wanted, start, count))
        order = criteria.order(call.given["SortCriteria"], place.order)
        return await self._items(node, place, criteria.ALL, eyes, (order, start, count))

    async def search(self, call: Call, eyes: Eyes) -> Page:
        """Answer Search. Raises `Fault` 402, 708, 709, 710."""
        start, count = _window(call)
        node = parse_id(call.given["ContainerID"])
        place = None if node is None else below(node)
        if node is None or place is None:
            raise Fault(710)
        clause = criteria.search(call.given["SearchCriteria"])
        order = criteria.order(call.given["SortCriteria"], place.order)
        eyes = replace(eyes, view=replace(eyes.view, long=True))
        window = (order, start, count)
        return await self._items(replace(node, kind="found"), place, clause, eyes, window)

    async def _itself(self, node: Node, eyes: Eyes) -> Page:
        if node.kind not in ("item", "show"):
            shelves, name = self._shelves(), self._name()
            found = await self._reader.run(
                lambda raw: shelving.itself(raw, node, eyes.folders, shelves, name)
            )
            if found is None:
                raise Fault(701)
            return _page(didl.box(found, eyes.view), 1, 1)
        own = await self._reader.run(lambda raw: shelving.one(raw, node.number, eyes.folders))
        if own is None or (own.kind == "series") != (node.kind == "show"):
            raise Fault(701)
        inside = Scope("item.id = ?", (node.number,), "item.id")
        parent = parse_id(node.within) or Node("", "found")
        return await self._items(parent, inside, criteria.ALL, eyes, ("item.id", 0, 0))

    async def _boxes(self, node: Node, eyes: Eyes, window: tuple[str, int, int]) -> Page:
        if node.kind == "item":
            raise Fault(701)
        shelves = self._shelves()

        def work(raw: sqlite3.Connection) -> list[didl.Box]:
            found = shelving.boxes(raw, node, eyes.folders, shelves)
            if not found and node.kind == "show":
                raise Fault(701)
            return found

        found = await self._reader.run(work)
        order, start, count = window
        if order.startswith("item.sort_title"):
            falling = order.startswith("item.sort_title DESC")
            found = sorted(found, key=lambda each: each.title.casefold(), reverse=falling)
        chosen = found[start : start + count] if count else found[start:]
        return _page("".join(didl.box(each, eyes.view) for each in chosen), len(chosen), len(found))

    async def _items(
        self, node: Node, place: Scope, clause: Clause, eyes: Eyes, window: tuple[str, int, int]
    ) -> Page:
        repeats = node.kind in _REPEATING
        view = replace(eyes.view, long=True) if repeats else eyes.view
        pieces = self._pieces((view, eyes.folders))
        order, start, count = window
        key = (place.sql, place.values, clause, order, eyes.folders)
        turn = self._turn
        found = self._listed(key, start, count)
        if found is None:
            found = await self._read(key, place, clause, window)
            if turn == self._turn and place.order != "item.id":  # one item is no listing
                self._remember(key, found)
            found = found.cut(start, count)
        if not found.total and node.kind in ("season", "year", "genre", "folder"):
            raise Fault(701)
        told: Mapping[int, str] = pieces
        missing = [row.id for row in found.rows if row.id not in pieces]
        if missing:
            things = await self._reader.run(lambda raw: shelving.things(raw, missing, eyes.folders))
            told = {**pieces, **await self._written(things, view, pieces, turn)}
        if len(found.rows) < MANY:
            return _joined(node, found, told)
        return await asyncio.to_thread(_joined, node, found, told)

    async def _read(
        self, key: Key, place: Scope, clause: Clause, window: tuple[str, int, int]
    ) -> _Found:
        """A whole listing, when it is not too long, or else one page of it."""
        order, start, count = window
        folders = key[4]

        def work(raw: sqlite3.Connection) -> _Found:
            total = shelving.total(raw, place, clause, folders)
            if total <= LONGEST:
                rows = shelving.rows(raw, place, clause, folders, (order, 0, -1))
                return _Found(rows, len(rows))
            page = (order, start, count or -1)
            return _Found(shelving.rows(raw, place, clause, folders, page), total, start)

        return await self._reader.run(work)

    def _listed(self, key: Key, start: int, count: int) -> _Found | None:
        known = self._listings.get(key)
        if known is None:
            return None
        self._listings.move_to_end(key)
        return known.cut(start, count)

    def _remember(self, key: Key, found: _Found) -> None:
        if len(found.rows) != found.total:
            return
        self._listings[key] = found
        while sum(len(each.rows) for each in self._listings.values()) > MOST_ROWS:
            self._listings.popitem(last=False)
        while len(self._listings) > MOST_LISTINGS:
            self._listings.popitem(last=False)

    def _pieces(self, shape: Shape) -> dict[int, str]:
        if sum(len(each) for each in self._kept.values()) > MOST_KEPT:
            self._kept.clear()
        return self._kept.setdefault(shape, {})

    async def _written(
        self, things: Sequence[Thing], view: View, pieces: dict[int, str], turn: int
    ) -> dict[int, str]:
        """Write what is not kept yet, and keep it if nothing changed meanwhile."""
        beside = await _subtitles(things) if view.has("res") else {}

        def work() -> dict[int, str]:
            return {
                each.id: didl.tail(each, view, (beside or {}).get(each.id, ())) for each in things
            }

        fresh = await asyncio.to_thread(work)
        if turn == self._turn and beside is not None:
            pieces.update(fresh)
        return fresh


def _joined(node: Node, found: _Found, told: Mapping[int, str]) -> Page:
    parts = []
    repeats = node.kind in _REPEATING
    for row in found.rows:
        piece = told.get(row.id)
        if piece is None:
            continue  # it went while the page was read
        tag = "container" if row.kind == "series" else "item"
        if repeats:
            refers = row.name if tag == "item" else ""
            parts.append(didl.head(tag, f"{node.id}~{row.name}", node.id, refers))
        else:
            parts.append(didl.head(tag, row.name, row.home))
        parts.append(piece)
    return _page("".join(parts), len(parts) // 2, found.total)


async def _subtitles(things: Sequence[Thing]) -> dict[int, list[bytes]] | None:
    """The names of the subtitles beside each film; None when a disk does not answer in time."""

    def work() -> dict[int, list[bytes]]:
        return {
            each.id: [one.rpartition(b"/")[2] for one in subtitles_beside(each.path)]
            for each in things
            if each.path
        }

    try:
        return await in_own_thread(work, PATIENCE)
    except TimeoutError:
        return None


def _window(call: Call) -> tuple[int, int]:
    return call.number("StartingIndex"), call.number("RequestedCount")


def _page(inside: str, returned: int, total: int) -> Page:
    return Page(f"{didl.OPEN}{inside}{didl.CLOSE}".encode(), returned, total)
