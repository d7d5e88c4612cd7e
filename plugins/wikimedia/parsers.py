"""Reads what a wiki finds, and what it says about a file."""

from __future__ import annotations

import re

from app.api import (
    Fields,
    Hit,
    HitKind,
    NotFound,
    SearchQuestion,
    Stream,
    StreamSubtitle,
    inside,
    moment,
    number,
    objects,
    text,
    web_address,
    year,
)
from plugins.wikimedia.files import captions, copies, duration

LONGEST_TITLE = 500
_NAMESPACE = re.compile(r"^[^:/]{1,40}:")
_ENDING = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_TITLE = re.compile(r"File:[^\x00-\x1f\x7f#<>\[\]|{}\ud800-\udfff]{1,250}")


def valid_title(title: str) -> bool:
    """Whether this can be the title of a file; a bar would ask for several at once."""
    return _TITLE.fullmatch(title) is not None


def parse_hits(document: Fields, place: str, question: SearchQuestion) -> list[Hit]:
    """Return what was found in the order of the search, what is of the wanted year first.

    A wiki lists pages in no order and writes the place of each beside it. `place` is its address.
    """
    pages = list(objects(inside(document, "query", "pages")))
    pages.sort(key=lambda page: _place_of(page))
    hits = [hit for page in pages if (hit := parse_hit(page, place)) is not None]
    if question.year is not None:
        hits.sort(key=lambda hit: hit.year != question.year)
    return hits[: question.limit]


def parse_hit(page: Fields, place: str) -> Hit | None:
    """Return one hit; None for a page without a file that plays."""
    title, info = page.get("title"), next(objects(page.get("videoinfo")), None)
    if not isinstance(title, str) or info is None:
        return None
    name, ways = readable(title), copies(info, place)
    best = next((one for one in ways if one.container), None)
    if not name or best is None:
        return None
    about = info.get("extmetadata")
    return Hit(
        title=name,
        kind=HitKind.FILE,
        link=best.url,
        reference=title if valid_title(title) else "",
        size=best.size,
        published=moment(info.get("timestamp")),
        year=year(inside(about, "DateTimeOriginal", "value")),
        duration=duration(info),
        height=best.height,
        container=best.container,
        description=text(inside(about, "ImageDescription", "value")),
        creator=_words(about, "Artist") or _words(about, "Credit"),
        licence=_words(about, "LicenseShortName"),
        poster=web_address(info.get("thumburl"), place),
        page=web_address(info.get("descriptionurl"), place),
    )


def parse_streams(document: Fields, place: str, host: str) -> list[Stream]:
    """Return every way to play a file, best first; `NotFound` when it is gone or plays nothing."""
    page = next(objects(inside(document, "query", "pages")), {})
    info = next(objects(page.get("videoinfo")), None)
    ways = copies(info, place) if info is not None else []
    if info is None or not ways:
        raise NotFound("errors.server_has_not", host=host)
    subtitles = tuple(
        StreamSubtitle(one.url, one.language, one.name) for one in captions(info, place)
    )
    return [
        Stream(
            url=one.url,
            kind=HitKind.FILE if one.container else HitKind.PLAYLIST,
            title=readable(text(page.get("title"), LONGEST_TITLE)),
            size=one.size,
            height=one.height,
            duration=duration(info),
            container=one.container or None,
            subtitles=subtitles,
        )
        for one in ways
    ]


def readable(title: str) -> str:
    """Return the title of a file without its namespace, its ending and its underscores."""
    name = _ENDING.sub("", _NAMESPACE.sub("", title).replace("_", " "))
    return text(name, LONGEST_TITLE)


def _words(about: object, field: str) -> str:
    return text(inside(about, field, "value"), 300)


def _place_of(page: Fields) -> int:
    told = number(page.get("index"))
    return 10**9 if told is None else told
