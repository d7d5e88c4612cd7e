"""Turns feeds (RSS 2.0, RSS 1.0, Atom) into episodes; pure, no input or output."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from app.api import (
    HitKind,
    Stream,
    Unavailable,
    language_code,
    moment,
    number,
    parse_xml,
    seconds,
    text,
    web_address,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_EPISODES = 500
MOST_READ = 20_000
"""Entries of a feed that are looked at."""
ROOTS = frozenset({"rss", "feed", "rdf"})
ENTRIES = frozenset({"item", "entry"})
PLAIN = frozenset(
    {"", "http://www.w3.org/2005/atom", "http://purl.org/rss/1.0/", "http://purl.org/net/rss1.1#"}
)
ENDINGS = frozenset(
    (
        *("aac", "flac", "m4a", "m4b", "mka", "mp3", "oga", "ogg", "opus", "wav", "weba"),
        *("m3u8", "m4v", "mkv", "mov", "mp4", "ogv", "webm"),
    )
)
LISTS = frozenset(
    (
        *("application/x-mpegurl", "application/vnd.apple.mpegurl"),
        *("audio/mpegurl", "audio/x-mpegurl"),
    )
)
XML = "{http://www.w3.org/XML/1998/namespace}"


def parse_feed(content: bytes, address: str, host: str) -> list[Stream]:
    """Return the episodes of a feed, the newest first; `Unavailable` when it is no feed.

    `address` is where the feed came from: relative addresses are taken from there.
    """
    root = parse_xml(content, host)
    if _name(root)[1] not in ROOTS:
        raise Unavailable("errors.bad_answer", host=host)
    base = urljoin(address, root.get(f"{XML}base", ""))
    entries = itertools.islice(_entries(root), MOST_READ)
    episodes = _newest(one for entry in entries if (one := _episode(entry, base)) is not None)
    spoken = _language(root)
    return [
        dataclasses.replace(one, part=part, languages=spoken)
        for part, one in enumerate(episodes[:MOST_EPISODES], 1)
    ]


def _name(element: Element) -> tuple[str, str]:
    """The namespace and the name of an element, in lower case."""
    space, _, name = str(element.tag).lower().rpartition("}")
    return space.removeprefix("{"), name


def _entries(root: Element) -> Iterator[Element]:
    return (one for one in root.iter() if _name(one)[1] in ENTRIES and _name(one)[0] in PLAIN)


def _fields(entry: Element) -> dict[str, list[Element]]:
    """The children of an entry by name: those of the feed itself, and ``itunes:`` ones."""
    found: dict[str, list[Element]] = {}
    for child in entry:
        space, name = _name(child)
        if space in PLAIN:
            found.setdefault(name, []).append(child)
        elif "itunes.com" in space:
            found.setdefault(f"itunes:{name}", []).append(child)
        elif name == "date":
            found.setdefault("date", []).append(child)
    return found


def _episode(entry: Element, base: str) -> Stream | None:
    """An entry as something to listen to or to watch; None when there is nothing in it."""
    fields = _fields(entry)
    enclosed = next(_enclosed(fields, base), None)
    if enclosed is None:
        return None
    length = number(enclosed.size)
    return Stream(
        url=enclosed.url,
        kind=HitKind.PLAYLIST if enclosed.is_list else HitKind.FILE,
        title=_words(fields, "title", "itunes:title"),
        size=length or None,
        duration=seconds(_words(fields, "itunes:duration")),
        container=enclosed.ending or None,
        published=_moment(_words(fields, "pubdate", "published", "date", "updated")),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Enclosed:
    url: str
    size: str
    ending: str
    is_list: bool


def _enclosed(fields: dict[str, list[Element]], base: str) -> Iterator[_Enclosed]:
    """What an entry encloses and a player plays; pictures, books and pages are left out."""
    links = [one for one in fields.get("link", []) if one.get("rel", "").lower() == "enclosure"]
    for element in (*fields.get("enclosure", []), *links):
        url = web_address(element.get("url") or element.get("href"), base)
        kind = element.get("type", "").partition(";")[0].strip().lower()
        ending = _ending(url)
        if url and (kind.startswith(("audio/", "video/")) or kind in LISTS or ending):
            is_list = kind in LISTS or ending == "m3u8"
            yield _Enclosed(url, element.get("length", ""), ending, is_list)


def _ending(url: str) -> str:
    """The ending of a media file's name, or nothing."""
    _, _, ending = urlsplit(url).path.rpartition(".")
    return ending.lower() if ending.lower() in ENDINGS else ""


def _words(fields: dict[str, list[Element]], *names: str) -> str:
    """The words of the first field of these names that has any."""
    for name in names:
        for element in fields.get(name, []):
            if found := text("".join(element.itertext()), 500):
                return found
    return ""


def _moment(told: str) -> float | None:
    """Unix seconds of a date as feeds write it: RFC 2822, or ISO 8601."""
    found = moment(told)
    if found is not None or not told:
        return found
    try:
        date = parsedate_to_datetime(told[:100])
        if date.tzinfo is None:
            date = date.replace(tzinfo=datetime.UTC)
        stamp = date.timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return stamp if stamp >= 0 else None


def _newest(episodes: Iterable[Stream]) -> list[Stream]:
    """The newest first; one without a date stays beside the one before it."""
    dated: list[tuple[float, Stream]] = []
    last = float("inf")
    for episode in episodes:
        last = last if episode.published is None else episode.published
        dated.append((last, episode))
    dated.sort(key=lambda pair: -pair[0])
    return [episode for _, episode in dated]


def _language(root: Element) -> tuple[str, ...]:
    """The language a feed says it is in."""
    told = root.get(f"{XML}lang", "")
    for part in root:
        for child in part:
            if _name(child) == ("", "language"):
                told = told or (child.text or "")
    found = language_code(told)
    return (found,) if found else ()
