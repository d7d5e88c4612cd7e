"""The tree that screens walk through: its object ids, and which items stand where.

Films, videos and episodes have one place of their own. Where they are shown again, their id says
where, ``recent~item-7``, and names the first as its reference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.domain.media import FolderId

Folders = tuple[FolderId, ...] | None
"""The folders a guest may see; None for all."""

ITEM: Final = "object.item.videoItem"
CONTAINER: Final = "object.container"
CLASSES: Final = {
    "film": f"{ITEM}.movie",
    "video": ITEM,
    "episode": ITEM,
    "series": f"{CONTAINER}.album.videoAlbum",
}
"""The class of an item by its kind."""
DATE: Final = "coalesce(item.year || '-01-01', date(item.added_at, 'unixepoch'))"
SEASON_OF: Final = "item.series_id = ? AND item.season IS ?"
NEWEST: Final = 200
"""So many things are newly added."""
LISTS: Final = ("films", "series", "videos", "recent", "genres", "years", "folders")
"""The containers of the root, in order."""
_OF_A_KIND: Final = (
    "SELECT id, added_at FROM (SELECT id, added_at FROM item WHERE kind = '{0}' AND hidden = 0"
    f" ORDER BY added_at DESC, id DESC LIMIT {NEWEST})"
)
_RECENT: Final = (
    "SELECT id FROM ("
    + " UNION ALL ".join(_OF_A_KIND.format(kind) for kind in ("film", "video", "episode"))
    + f" ORDER BY added_at DESC, id DESC LIMIT {NEWEST})"
)
_REPEATS: Final = frozenset(("recent", "genre", "year", "folder"))
_ID: Final = re.compile(r"(item|series|year|folder)-(\d{1,18})\Z", re.ASCII)
_SEASON: Final = re.compile(r"season-(\d{1,18})-(\d{1,9}|x)\Z", re.ASCII)
_GENRE: Final = re.compile(r"genre-((?:[0-9a-f]{2}){1,400})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Node:
    """One place in the tree.

    `kind` is one of `LISTS`, "root", "item", "show" (a series), "season", "genre", "year" or
    "folder". `within` is the container in which it is shown again.
    """

    id: str
    kind: str
    number: int = 0
    part: int | None = None  # the season's number
    text: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which items stand in a container, and in which order."""

    sql: str
    values: tuple[object, ...]
    order: str


def parse_id(text: str) -> Node | None:
    """The place an object id names; None when it names nothing there could be."""
    within, mark, own = text.rpartition("~")
    node = _parse(own)
    if not mark:
        return node
    outer = _parse(within)
    if node is None or outer is None or outer.kind not in _REPEATS:
        return None
    if node.kind not in ("item", "show"):
        return None
    return Node(text, node.kind, node.number, within=within)


def genre_id(genre: str) -> str:
    """The id of the container of a genre."""
    return f"genre-{genre.encode().hex()}"


def season_id(series: int, season: int | None) -> str:
    """The id of a season; episodes whose season nobody knows have a container too."""
    return f"season-{series}-{'x' if season is None else season}"


def home_of(kind: str, series: int | None, season: int | None) -> str:
    """The container in which an item has its own place."""
    if kind == "episode" and series is not None:
        return season_id(series, season)
    return {"film": "films", "series": "series"}.get(kind, "videos")


def visible(folders: Folders, alias: str = "item") -> str:
    """The condition that a guest may see an item, and that its file is there.

    Folder ids are numbers of our own, so they are written out.
    """
    there = f"{alias}.hidden = 0 AND {alias}.offline = 0"
    if folders is None:
        return there
    among = ",".join(str(int(each)) for each in folders)
    own = (
        f"EXISTS (SELECT 1 FROM file vf WHERE vf.item_id = {alias}.id"  # noqa: S608 - numbers of our own
        f" AND vf.missing_since IS NULL AND vf.folder_id IN ({among}))"
    )
    of_series = (
        "EXISTS (SELECT 1 FROM item ve JOIN file vf ON vf.item_id = ve.id"  # noqa: S608 - numbers of our own
        f" WHERE ve.series_id = {alias}.id AND vf.missing_since IS NULL"
        f" AND vf.folder_id IN ({among}))"
    )
    return f"{there} AND CASE WHEN {alias}.kind = 'series' THEN {of_series} ELSE {own} END"


def scope(node: Node) -> Scope | None:
    """The items that stand in a container; None for one that holds other containers."""
    by_title = "item.sort_title, item.id"
    if node.kind in ("films", "series", "videos"):
        kind = {"films": "film", "series": "series", "videos": "video"}[node.kind]
        return Scope("item.kind = ?", (kind,), by_title)
    if node.kind == "season":
        order = "item.episode, item.sort_title, item.id"
        return Scope(f"item.kind = 'episode' AND {SEASON_OF}", (node.number, node.part), order)
    if node.kind == "recent":
        return Scope(f"item.id IN ({_RECENT})", (), "item.added_at DESC, item.id DESC")
    if node.kind == "year":
        return Scope("item.kind IN ('film', 'video') AND item.year = ?", (node.number,), by_title)
    if node.kind == "genre":
        sql = "item.id IN (SELECT item_id FROM media_server_genre WHERE genre = ?)"
        return Scope(f"item.kind <> 'episode' AND {sql}", (node.text,), by_title)
    if node.kind == "folder":
        sql = "SELECT item_id FROM file WHERE folder_id = ? AND missing_since IS NULL"
        return Scope(f"item.id IN ({sql})", (node.number,), by_title)
    return None


def below(node: Node) -> Scope | None:
    """All that is found under a container, however deep; None when it can hold nothing."""
    if node.kind == "show":
        return Scope("item.series_id = ?", (node.number,), "item.season, item.episode, item.id")
    if node.kind == "series":
        return Scope("item.kind IN ('series', 'episode')", (), "item.sort_title, item.id")
    if node.kind in ("root", "genres", "years", "folders"):
        wider = {
            "genres": "item.id IN (SELECT item_id FROM media_server_genre WHERE genre <> '')",
            "years": "item.kind IN ('film', 'video') AND item.year IS NOT NULL",
        }
        return Scope(wider.get(node.kind, "1"), (), "item.sort_title, item.id")
    return scope(node)


def _parse(text: str) -> Node | None:
    if text == "0":
        return Node(text, "root")
    if text in LISTS:
        return Node(text, text)
    found = _ID.match(text)
    if found is not None:
        kind = "show" if found[1] == "series" else found[1]
        return Node(text, kind, int(found[2]))
    found = _SEASON.match(text)
    if found is not None:
        part = None if found[2] == "x" else int(found[2])
        return Node(text, "season", int(found[1]), part)
    found = _GENRE.match(text)
    if found is not None:
        told = bytes.fromhex(found[1]).decode("utf-8", "replace")
        return Node(text, "genre", text=told)
    return None
