"""Reads what a wiki finds: articles worth telling of, their prose, and whom to credit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.api import Credit, Fact, Fields, inside, number, objects, text, web_address
from app.api.prose import prose, told_of

LONGEST_TITLE = 300
LONGEST_BEGINNING = 2_500
LONGEST_ARTICLE = 6_000
USUAL_LICENCE = "CC BY-SA 4.0"
_LICENCE = re.compile(
    r"^https?://creativecommons\.org/(?:licenses/([a-z-]{2,12})/(\d\.\d)|(publicdomain/zero))"
)


@dataclass(frozen=True, slots=True)
class Found:
    """An article of a search. `named` and `told`: words of the topic in its title, and in all."""

    page: int
    fact: Fact
    named: int
    told: int


def parse_found(document: Fields, place: str, words: Sequence[str]) -> list[Found]:
    """Return the articles that tell of the topic, best first.

    Those come first that are named like it, then as the wiki puts them. Left out is what only
    lists meanings of a name, has no prose, or has too few of the words where it begins; one alone
    that has few is better than none.
    """
    pages = list(objects(inside(document, "query", "pages")))
    pages.sort(key=lambda page: _place_of(page))
    makers = _makers(document)
    found = [one for page in pages if (one := _found(page, place, words, makers)) is not None]
    found.sort(key=lambda one: -one.named)
    enough = 2 if len(words) > 2 else 1
    return [one for one in found if one.told >= enough] or found[:1]


def parse_article(document: Fields) -> str:
    """Return the first prose of an article, from its beginning into its sections."""
    page = next(objects(inside(document, "query", "pages")), {})
    extract = page.get("extract")
    return prose(extract, LONGEST_ARTICLE) if isinstance(extract, str) else ""


def _found(page: Fields, place: str, words: Sequence[str], makers: tuple[str, str]) -> Found | None:
    title, extract = text(page.get("title"), LONGEST_TITLE), page.get("extract")
    identity = number(page.get("pageid"))
    properties = page.get("pageprops")
    if not title or not identity or not isinstance(extract, str):
        return None
    if isinstance(properties, dict) and "disambiguation" in properties:
        return None
    told = prose(extract, LONGEST_BEGINNING)
    shared = told_of(words, f"{title} {told}")
    if not told or not shared:
        return None
    address = web_address(page.get("canonicalurl"), place) or web_address(
        page.get("fullurl"), place
    )
    credit = Credit(title, makers[0], makers[1], address)
    return Found(identity, Fact(title, told, credit), told_of(words, title), shared)


def _makers(document: Fields) -> tuple[str, str]:
    """Who wrote the wiki, and under which licence it says it may be used."""
    name = text(inside(document, "query", "general", "sitename"), 100) or "Wikipedia"
    rights = inside(document, "query", "rightsinfo")
    known = _LICENCE.match(text(inside(rights, "url"), 300))
    if known is not None:
        short = "CC0" if known[3] else f"CC {known[1].upper()} {known[2]}"
        return f"{name} contributors", short
    usual = USUAL_LICENCE if name.lower().startswith("wikip") else ""
    return f"{name} contributors", text(inside(rights, "text"), 100) or usual


def _place_of(page: Fields) -> int:
    told = number(page.get("index"))
    return 10**9 if told is None else told
