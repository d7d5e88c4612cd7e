"""Reads which indexers a manager has, and writes down what is remembered of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from app.api import Unavailable, Work
from plugins.indexers.caps import attribute, local_name, parse_caps, works_of
from plugins.indexers.model import Found, Indexer, Kind
from plugins.indexers.parsers import title_text
from plugins.indexers.values import moment, truth

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST = 500
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.-]{1,100}")


def is_prowlarr(status: object) -> bool:
    """Whether a status is that of Prowlarr: its relatives answer at the same address."""
    return isinstance(status, dict) and str(status.get("appName", "")).lower() == "prowlarr"


def parse_prowlarr(listed: object, resting: object, host: str) -> tuple[Indexer, ...]:
    """Return the indexers that are on and search, those that rest with their time."""
    entries = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else None
    if entries is None or (listed and not any("id" in one for one in entries)):
        raise Unavailable("errors.bad_answer", host=host)
    rests = _rests(resting)
    found: dict[str, Indexer] = {}
    for told in entries:
        if told.get("enable") is not True:
            continue
        name = str(told.get("id", ""))
        if told.get("supportsSearch") is False or not _IDENTIFIER.fullmatch(name):
            continue
        found[name] = Indexer(
            id=name,
            name=title_text(str(told.get("name") or name))[:80],
            works=works_of(_categories(told.get("capabilities"))),
            usenet=told.get("protocol") == "usenet",
            rests_until=rests.get(name),
        )
    return tuple(found.values())[:MOST]


def parse_jackett(root: Element, host: str) -> tuple[Indexer, ...]:
    """Return the configured indexers; `Unavailable` when it is another document."""
    if local_name(root.tag) != "indexers":
        raise Unavailable("errors.bad_answer", host=host)
    found: dict[str, Indexer] = {}
    for element in root:
        name = attribute(element, "id")
        on = truth(attribute(element, "configured") or "true")
        if on and _IDENTIFIER.fullmatch(name) and local_name(element.tag) == "indexer":
            caps = element.find("caps")
            found[name] = Indexer(
                id=name,
                name=title_text(element.findtext("title") or name)[:80],
                works=() if caps is None else works_of(parse_caps(caps, host).categories),
            )
    return tuple(found.values())[:MOST]


def found_to_json(found: Found) -> bytes:
    """Return what is remembered of a discovery."""
    indexers = [
        [one.id, one.name, [work.value for work in one.works], one.usenet, one.rests_until]
        for one in found.indexers
    ]
    return json.dumps([found.kind.value, indexers, found.feed, found.proved]).encode()


def found_from_json(content: bytes) -> Found | None:
    """Return a remembered discovery; None when it cannot be read."""
    try:
        kind, indexers, feed, proved = json.loads(content)
        return Found(
            Kind(kind),
            tuple(
                Indexer(str(name), str(told), tuple(map(Work, works)), bool(usenet), rests)
                for name, told, works, usenet, rests in indexers
                if rests is None or isinstance(rests, float)
            ),
            int(feed),
            float(proved),
        )
    except (ValueError, TypeError):
        return None


def _rests(resting: object) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for told in resting if isinstance(resting, list) else ():
        if isinstance(told, dict) and (until := moment(str(told.get("disabledTill") or ""))):
            found[str(told.get("indexerId", ""))] = until
    return found


def _categories(capabilities: Any) -> Iterator[int]:  # noqa: ANN401 - JSON of strangers
    """The numbers of all categories and those below them."""
    held = capabilities.get("categories") if isinstance(capabilities, dict) else None
    for told in held[:MOST] if isinstance(held, list) else ():
        if isinstance(told, dict):
            if isinstance(told.get("id"), int):
                yield told["id"]
            yield from _categories({"categories": told.get("subCategories")})
