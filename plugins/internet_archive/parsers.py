"""Reads what archive.org finds: each field may be a text, a number, a list, or gone."""

from __future__ import annotations

import re
from urllib.parse import quote

from app.api import (
    Fields,
    Hit,
    HitKind,
    SearchQuestion,
    Unavailable,
    Work,
    inside,
    language_code,
    moment,
    number,
    objects,
    seconds,
    text,
    texts,
    year,
)

IDENTIFIER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
LONGEST_TITLE = 500
FILMS = frozenset({"feature_films", "silent_films"})
_SEPARATORS = re.compile(r"[;,/&|]")
_LICENCE = re.compile(
    r"creativecommons\.org/(licenses|publicdomain)/([a-z+-]+)(?:/(\d\.\d))?", re.I
)


def parse_hits(document: Fields, address: str, host: str, question: SearchQuestion) -> list[Hit]:
    """Return what was found, what is of the wanted year first; `Unavailable` if it is no answer."""
    found = inside(document, "response", "docs")
    if not isinstance(found, list):
        raise Unavailable("errors.bad_answer", host=host)
    hits = [hit for one in objects(found) if (hit := parse_hit(one, address)) is not None]
    if question.year is not None:
        hits.sort(key=lambda hit: hit.year != question.year)
    return hits[: question.limit]


def parse_hit(found: Fields, address: str) -> Hit | None:
    """Return one hit, or None when it has no name or no title."""
    identifier, title = found.get("identifier"), text(found.get("title"), LONGEST_TITLE)
    if not isinstance(identifier, str) or not IDENTIFIER.fullmatch(identifier) or not title:
        return None
    return Hit(
        title=title,
        kind=HitKind.ITEM,
        reference=identifier,
        size=number(found.get("item_size")) or None,
        published=moment(text(found.get("publicdate"), 40)),
        work=Work.FILM if FILMS & set(texts(found.get("collection"))) else None,
        year=year(found.get("year")) or year(found.get("date")),
        duration=seconds(found.get("runtime")),
        languages=languages(found.get("language")),
        description=" ".join(texts(found.get("description")))[:4000],
        creator=", ".join(texts(found.get("creator"), 200)[:5])[:300],
        licence=licence(found.get("licenseurl")),
        poster=f"{address}/services/img/{quote(identifier)}",
        page=f"{address}/details/{quote(identifier)}",
    )


def languages(value: object) -> tuple[str, ...]:
    """Return the codes of the languages an item names, in any of many ways."""
    names = [name for one in texts(value, 200) for name in _SEPARATORS.split(one)]
    codes = (language_code(name) for name in names)
    return tuple(dict.fromkeys(code for code in codes if code))


def licence(value: object) -> str:
    """Return the short name of a licence by its address: "CC BY-SA 4.0"."""
    told = text(value, 200)
    found = _LICENCE.search(told)
    if found is None:
        return told
    kind, version = found[2].lower(), found[3] or ""
    if found[1].lower() == "publicdomain" or kind == "publicdomain":
        return f"CC0 {version}".strip() if kind == "zero" else "Public domain"
    return f"CC {kind.upper()} {version}".strip()
