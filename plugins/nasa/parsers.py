"""Reads what the library finds, and what it keeps of a video."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from app.api import (
    Fields,
    Hit,
    HitKind,
    NotFound,
    SearchQuestion,
    Stream,
    StreamSubtitle,
    Unavailable,
    Work,
    inside,
    moment,
    objects,
    text,
    web_address,
    year,
)

LICENCE = "Public domain (NASA)"
PAGES = "https://images.nasa.gov/details/"
LONGEST_TITLE = 500
LONGEST_ID = 250
QUALITIES = ("orig", "large", "medium", "", "small", "mobile", "preview")
"""How the library marks the sizes it made, from high to low; one may have no mark."""
CONTAINERS = {"mp4": "mp4", "m4v": "mp4", "mov": "mov", "webm": "webm"}
_VIDEO = re.compile(r"(?:~(\w{1,12}))?\.(mp4|m4v|mov|webm)$", re.I)
_SUBTITLE = re.compile(r"\.(srt|vtt)$", re.I)


def valid_id(identifier: object) -> bool:
    """Whether it can be an id of the library: these have spaces and signs in them."""
    return (
        isinstance(identifier, str)
        and 0 < len(identifier) <= LONGEST_ID
        and identifier.isprintable()
        and identifier == identifier.strip()
        and identifier not in (".", "..")
        and "/" not in identifier
    )


def parse_hits(document: Fields, host: str, question: SearchQuestion) -> list[Hit]:
    """Return what was found, what is of the wanted year first; `Unavailable` if it is no answer."""
    found = inside(document, "collection", "items")
    if not isinstance(found, list):
        raise Unavailable("errors.bad_answer", host=host)
    hits = [hit for one in objects(found) if (hit := parse_hit(one)) is not None]
    if question.year is not None:
        hits.sort(key=lambda hit: hit.year != question.year)
    return hits[: question.limit]


def parse_hit(found: Fields) -> Hit | None:
    """Return one hit, or None when it is no video, has no title, or an id that cannot be one."""
    about = next(objects(found.get("data")), None)
    if about is None or text(about.get("media_type") or "video", 20) != "video":
        return None
    identifier, title = about.get("nasa_id"), text(about.get("title"), LONGEST_TITLE)
    if not isinstance(identifier, str) or not valid_id(identifier) or not title:
        return None
    told = about.get("description") or about.get("description_508")
    return Hit(
        title=title,
        kind=HitKind.ITEM,
        reference=identifier,
        published=moment(about.get("date_created")),
        work=Work.VIDEO,
        year=year(about.get("date_created")),
        description=text(told),
        creator=text(about.get("center"), 60),
        licence=LICENCE,
        poster=_poster(found),
        page=PAGES + quote(identifier, safe=""),
    )


def parse_streams(document: Fields, host: str) -> list[Stream]:
    """Return every size a video is kept in, best first; `NotFound` when there is none."""
    listed = inside(document, "collection", "items")
    if not isinstance(listed, list):
        raise Unavailable("errors.bad_answer", host=host)
    kept = [address for one in objects(listed) if (address := asset_address(one.get("href")))]
    subtitles = _subtitles(kept)
    videos = [(address, match) for address in kept if (match := _VIDEO.search(address))]
    streams = [
        Stream(
            url=address,
            title=(match[1] or "").lower(),
            container=CONTAINERS[match[2].lower()],
            subtitles=subtitles,
        )
        for address, match in videos
        if (match[1] or "").lower() in QUALITIES
    ]
    if not streams:
        raise NotFound("errors.server_has_not", host=host)
    return sorted(streams, key=_rank)


def asset_address(value: object) -> str:
    """Return an address of the library: told as http and with all signs as they are, it is quoted.

    A ``?`` or ``#`` in it belongs to a name. On this machine it stays http.
    """
    if not isinstance(value, str):
        return ""
    address = web_address(value.replace("?", "%3F").replace("#", "%23"))
    local = (urlsplit(address).hostname or "") in ("127.0.0.1", "localhost", "::1")
    return address if local else re.sub(r"^http://", "https://", address)


def _rank(stream: Stream) -> tuple[bool, int]:
    """Files most players manage come before those of editors, then from high to low."""
    return stream.container == "mov", QUALITIES.index(stream.title)


def _subtitles(kept: list[str]) -> tuple[StreamSubtitle, ...]:
    """One subtitle of each name; the library keeps the same words as .srt and as .vtt."""
    found: dict[str, str] = {}
    for address in sorted(kept, key=lambda address: address.lower().endswith(".vtt")):
        if _SUBTITLE.search(address):
            found.setdefault(_SUBTITLE.sub("", address), address)
    return tuple(StreamSubtitle(address) for address in found.values())


def _poster(found: Fields) -> str:
    links = sorted(objects(found.get("links")), key=lambda link: link.get("rel") != "preview")
    for link in links:
        address = asset_address(link.get("href"))
        if address and text(link.get("render") or "image", 20) == "image":
            return address
    return ""
