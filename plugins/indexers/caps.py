"""Reads what an indexer says it can do, and which categories hold which works."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.api import Unavailable, Work, plain_text
from plugins.indexers.model import Caps
from plugins.indexers.values import number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_CATEGORIES = 1000
MOST_RESULTS = 500
_USUAL = {
    "search": "q",
    "tv-search": "q,season,ep",
    "movie-search": "q",
    "audio-search": "q",
    "music-search": "q",
    "book-search": "q",
}
"""What a function takes where its parameters are not listed."""


def local_name(tag: object) -> str:
    """The name of an element or an attribute without its namespace, in lower case."""
    return str(tag).rpartition("}")[2].lower()


def attribute(element: Element, name: str) -> str:
    """The value of an attribute, in whichever case its name is written."""
    return next((told for key, told in element.items() if local_name(key) == name), "")


def parse_caps(root: Element, host: str = "") -> Caps:
    """Read a ``t=caps`` document; `Unavailable` when it is another one."""
    if local_name(root.tag) != "caps":
        raise Unavailable("errors.bad_answer", host=host)
    functions: dict[str, frozenset[str]] = {}
    categories: list[int] = []
    most, title = 100, ""
    for element in root.iter():
        name = local_name(element.tag)
        if name in _USUAL:
            if attribute(element, "available").strip().lower() in ("yes", "true", "1"):
                functions[name] = _parameters(attribute(element, "supportedparams"), name)
        elif name in ("category", "subcat") and len(categories) < MOST_CATEGORIES:
            found = number(attribute(element, "id"), 10**9)
            categories += [] if found is None else [found]
        elif name == "limits":
            told = number(attribute(element, "max")) or number(attribute(element, "default"))
            most = min(told or most, MOST_RESULTS)
        elif name == "server":
            title = plain_text(attribute(element, "title"), 60)
    return Caps(functions, frozenset(categories), most, title)


def caps_to_json(caps: Caps) -> bytes:
    """Return what is remembered of them."""
    functions = {name: sorted(listed) for name, listed in caps.functions.items()}
    held = [functions, sorted(caps.categories), caps.most, caps.title]
    return json.dumps(held).encode()


def caps_from_json(content: bytes) -> Caps | None:
    """Return remembered ones; None when they cannot be read."""
    try:
        functions, categories, most, title = json.loads(content)
        return Caps(
            {str(name): frozenset(map(str, listed)) for name, listed in functions.items()},
            frozenset(int(one) for one in categories),
            int(most),
            str(title),
        )
    except (ValueError, TypeError, AttributeError):
        return None


def wanted_categories(work: Work | None, listed: frozenset[int]) -> tuple[int, ...]:
    """Return the categories to ask for: only listed ones; none asks for everything."""
    if work is Work.FILM:
        return _group(2000, listed)
    if work in (Work.SERIES, Work.EPISODE):
        return _group(5000, listed)
    if work is Work.AUDIOBOOK:
        return tuple(one for one in (3030, 7000) if one in listed)
    return ()


def works_of(categories: Iterable[int]) -> tuple[Work, ...]:
    """Return the works an indexer holds by its categories; empty when they do not tell."""
    held = set(categories)
    found: list[Work] = []
    if any(2000 <= one < 3000 for one in held):
        found.append(Work.FILM)
    if any(5000 <= one < 6000 for one in held):
        found += [Work.SERIES, Work.EPISODE]
    if held & {3030, 7000}:
        found.append(Work.AUDIOBOOK)
    return tuple(found)


def work_of(categories: Iterable[int], *, episode: bool) -> Work | None:
    """Return what a found thing is by its categories; None when they do not tell."""
    for one in categories:
        if 2000 <= one < 3000:
            return Work.FILM
        if 5000 <= one < 6000:
            return Work.EPISODE if episode else Work.SERIES
        if one == 3030:
            return Work.AUDIOBOOK
    return None


def _parameters(told: str, function: str) -> frozenset[str]:
    listed = told.strip() or _USUAL[function]
    return frozenset(re.findall(r"[a-z0-9_]{1,30}", listed[:600].lower()))


def _group(first: int, listed: frozenset[int]) -> tuple[int, ...]:
    if first in listed:
        return (first,)
    return tuple(sorted(one for one in listed if first < one < first + 1000))[:40]
