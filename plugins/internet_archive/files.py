"""Turns the files of an item into streams: what belongs together, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from app.api import (
    Fields,
    HitKind,
    NotFound,
    Refused,
    Stream,
    StreamSubtitle,
    Unavailable,
    inside,
    language_code,
    number,
    objects,
    seconds,
    text,
)
from plugins.internet_archive.parsers import languages

MOST_PARTS = 500
TALLEST = 10_000
CONTAINERS: Mapping[str, str] = {
    "mp4": "mp4", "m4v": "mp4", "mkv": "mkv", "webm": "webm", "mov": "mov", "avi": "avi",
    "mpeg": "mpeg", "mpg": "mpeg", "ts": "mpegts", "m2ts": "mpegts", "wmv": "wmv", "flv": "flv",
    "divx": "avi", "ogv": "ogv",
}  # fmt: skip
"""Best first, where two files are equally high."""
SUBTITLES = frozenset({"srt", "vtt"})
_MADE_OF = re.compile(r"(?:_512kb|_edit|\.ia|[ ._-](?:2160|1080|720|576|480|360|240)p)$", re.I)
_DVD_MENU = re.compile(r"(?:^|/)(?:VIDEO_TS|VTS_\d\d_0)$", re.I)
_DVD_PIECE = re.compile(r"(?:^|/)VTS_\d\d_[1-9]$", re.I)
_DIGITS = re.compile(r"(\d+)")
_TOKENS = re.compile(r"[\s._()\[\]-]+")


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    ending: str
    stem: str  # shared by everything made of one recording
    title: str
    original: bool
    size: int | None
    height: int | None
    length: float | None


def parse_streams(item: Fields, identifier: str, address: str, host: str) -> list[Stream]:
    """Return what an item plays, each recording's best file first, its torrent last.

    `NotFound` when it was withdrawn or plays nothing, `Refused` when it is lent to members only.
    """
    about, listed = item.get("metadata"), item.get("files")
    if is_set(item.get("is_dark")) or "error" in item:
        raise NotFound("errors.server_has_not", host=host)
    if not isinstance(about, dict) or not isinstance(listed, list):
        raise Unavailable("errors.bad_answer", host=host)
    if is_set(about.get("access-restricted-item")) or is_set(item.get("nodownload")):
        raise Refused("errors.source_refuses", host=host)
    place = f"{address}/download/{quote(identifier)}/"
    streams = _recordings(_open_files(listed), about, place)
    if not streams and any(is_set(one.get("private")) for one in objects(listed)):
        raise Refused("errors.source_refuses", host=host)
    if not streams:
        raise NotFound("errors.server_has_not", host=host)
    return streams + _torrents(item, listed, place)


def _recordings(files: list[_File], about: Fields, place: str) -> list[Stream]:
    groups: dict[str, list[_File]] = {}
    for file in files:
        if file.ending in CONTAINERS:
            groups.setdefault(file.stem, []).append(file)
    names = sorted(_without_pieces(groups), key=_natural)[:MOST_PARTS]
    spoken = languages(about.get("language"))
    subtitles = _subtitles(files, names, spoken, place)
    return [
        Stream(
            url=place + quote(file.name),
            title=_title(group, about) if len(names) > 1 else text(about.get("title"), 500),
            part=part if len(names) > 1 else 0,
            size=file.size,
            height=file.height,
            duration=file.length,
            container=CONTAINERS[file.ending],
            languages=spoken,
            subtitles=subtitles.get(name, ()),
        )
        for part, name in enumerate(names, 1)
        for group in [_best_first(groups[name])]
        for file in group
    ]


def _without_pieces(groups: Mapping[str, list[_File]]) -> list[str]:
    """What is left without the menus of a DVD, and without its pieces if the film is there too."""
    names = [name for name in groups if not _DVD_MENU.search(name)] or list(groups)
    whole = [name for name in names if not _DVD_PIECE.search(name)]
    longest = {name: max(file.length or 0 for file in groups[name]) for name in names}
    if whole and max(longest[name] for name in whole) >= max(longest.values()):
        return whole
    return names


def _open_files(listed: list[object]) -> list[_File]:
    """The files anybody may fetch, without those whose names lead out of the item."""
    known = {str(one.get("name")): one for one in objects(listed)}
    result = []
    for one in objects(listed):
        name = one.get("name")
        if not isinstance(name, str) or not plain_name(name) or is_set(one.get("private")):
            continue
        root = _root(one, known)
        result.append(
            _File(
                name=name,
                ending=name.rpartition(".")[2].lower(),
                stem=_MADE_OF.sub("", root.rpartition(".")[0]),
                title=text(one.get("title"), 500),
                original=text(one.get("source"), 20) == "original",
                size=number(one.get("size")) or None,
                height=number(one.get("height"), TALLEST) or None,
                length=seconds(one.get("length")),
            )
        )
    return result


def _root(file: Fields, known: Mapping[str, Fields]) -> str:
    """The name of the original a file was made of, over several steps; its own if it is one."""
    for _ in range(8):
        above = file.get("original")
        if file.get("source") == "original" or not isinstance(above, str) or above not in known:
            break
        file = known[above]
    return str(file.get("name"))


def _best_first(group: list[_File]) -> list[_File]:
    """Higher pictures first. An original whose height is not told is as high as its copies."""
    tallest = max(file.height or 0 for file in group)
    order = list(CONTAINERS)

    def rank(file: _File) -> tuple[int, int, int]:
        height = file.height or (tallest if file.original else 0)
        return -height, order.index(file.ending), -(file.size or 0)

    return sorted(group, key=rank)


def _title(group: Iterable[_File], about: Fields) -> str:
    """The title of one recording of several; an item's title on every file says nothing."""
    files = sorted(group, key=lambda file: not file.original)
    told = next((file.title for file in files if file.title), "")
    if told and told != text(about.get("title"), 500):
        return told
    return files[0].stem.rpartition("/")[2].replace("_", " ").strip()[:500]


def _subtitles(
    files: Iterable[_File], names: list[str], spoken: tuple[str, ...], place: str
) -> dict[str, tuple[StreamSubtitle, ...]]:
    """The subtitles of each recording; the only one of an item has all of them."""
    known = frozenset(names)
    found: dict[str, tuple[StreamSubtitle, ...]] = {}
    for file in files:
        if file.ending not in SUBTITLES:
            continue
        own = file.name.rpartition(".")[0]
        stem = _begins_with(own, known)
        rest = own[len(stem) :] if stem else own.rpartition("/")[2]
        codes = [code for word in _TOKENS.split(rest) if (code := language_code(word))]
        language = codes[-1] if codes else spoken[0] if len(spoken) == 1 else ""
        one = StreamSubtitle(place + quote(file.name), language, rest.strip(" ._-")[:100])
        stem = stem or (names[0] if len(names) == 1 else "")
        if stem:
            found[stem] = (*found.get(stem, ()), one)
    return found


def _begins_with(name: str, known: frozenset[str]) -> str:
    """The recording a file is named after: ``night`` of ``night.fr``, ``night_en.asr``."""
    while name and name not in known:
        name = name[: max(0, *(name.rfind(sign) for sign in "._- (["))]
    return name


def _torrents(item: Fields, listed: list[object], place: str) -> list[Stream]:
    names = [one.get("name") for one in objects(listed)]
    size = number(item.get("item_size")) or None
    title = text(inside(item, "metadata", "title"), 500)
    return [
        Stream(place + quote(name), HitKind.TORRENT, title, size=size)
        for name in names
        if isinstance(name, str) and name.endswith("_archive.torrent") and plain_name(name)
    ][:1]


def plain_name(name: str) -> bool:
    """Whether a name stays within its item and can be written in an address."""
    steps = name.split("/")
    told = 0 < len(name) <= 1000 and not {"", ".", ".."} & set(steps)
    return told and name.encode("utf-8", "ignore").decode() == name


def _natural(name: str) -> list[tuple[int, str]]:
    """The order in which people count: 2 comes before 10."""
    return [
        (int(part), "") if part.isdecimal() and len(part) < 19 else (0, part.casefold())
        for part in _DIGITS.split(name)
    ]


def is_set(value: object) -> bool:
    """Whether a flag is set, which is written as a truth or as a text."""
    return value is True or text(value, 10).lower() == "true"
