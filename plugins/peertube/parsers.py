"""Reads what an index found."""

from __future__ import annotations

from collections.abc import Callable

from app.api import (
    Fields,
    Hit,
    HitKind,
    SearchQuestion,
    Unavailable,
    inside,
    language_code,
    moment,
    objects,
    seconds,
    text,
    web_address,
    year,
)
from plugins.peertube.names import video_name

LONGEST_TITLE = 500


def parse_hits(
    document: Fields, own: str, base: Callable[[str], str], question: SearchQuestion
) -> list[Hit]:
    """Return what was found, what is of the wanted year first; `Unavailable` if it is no answer.

    `base` gives the address of a server by its host.
    """
    found = document.get("data")
    if not isinstance(found, list):
        raise Unavailable("errors.bad_answer", host=own)
    hits = [hit for one in objects(found) if (hit := parse_hit(one, own, base)) is not None]
    if question.year is not None:
        hits.sort(key=lambda hit: hit.year != question.year)
    return hits[: question.limit]


def parse_hit(found: Fields, own: str, base: Callable[[str], str]) -> Hit | None:
    """Return one hit; None for one that is not for everybody, or whose place cannot be right."""
    host = inside(found, "channel", "host") or inside(found, "account", "host")
    name = video_name(host, found.get("uuid") or found.get("shortUUID"), own)
    title = text(found.get("name"), LONGEST_TITLE)
    if not name or not title or found.get("nsfw") is True:
        return None
    server, _, identifier = name.partition("/")
    place = base(server)
    licence = text(inside(found, "licence", "label"), 200)
    spoken = language_code(inside(found, "language", "id"))
    return Hit(
        title=title,
        kind=HitKind.ITEM,
        reference=name,
        published=moment(found.get("publishedAt")),
        year=year(found.get("originallyPublishedAt")),
        duration=seconds(found.get("duration")),
        languages=(spoken,) if spoken else (),
        description=text(found.get("description") or found.get("truncatedDescription")),
        creator=_creator(found),
        licence="" if licence == "Unknown" else licence,
        poster=_poster(found, place),
        page=f"{place}/videos/watch/{identifier}",
    )


def _creator(found: Fields) -> str:
    names = (inside(found, "account", "displayName"), inside(found, "channel", "displayName"))
    return next((told for name in names if (told := text(name, 200))), "")


def _poster(found: Fields, place: str) -> str:
    """The largest picture that is told, as a whole address."""
    for name in ("previewUrl", "thumbnailUrl", "previewPath", "thumbnailPath"):
        if address := web_address(found.get(name), place):
            return address
    return ""
