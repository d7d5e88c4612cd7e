"""What a row of a search is fetched by: an address, or the content of a .torrent file."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.domain.errors import AppError, NotFound, Refused
from app.domain.score import Rules
from app.domain.search import HitKind, Judged, Offer, Result
from app.services.search.starting import (
    MOST_TRIED,
    Resolvers,
    choose,
    of_part,
    streams_of,
    typed_host,
)

log = logging.getLogger(__name__)

_KINDS: Final = frozenset((HitKind.TORRENT, HitKind.FILE, HitKind.PLAYLIST))


@dataclass(frozen=True, slots=True)
class Fetchable:
    """Something to fetch. `hosts` may lie in the home network; `headers` go with each request."""

    link: str
    name: str
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()


def can_fetch(offer: Offer) -> bool:
    """Whether it can be had as a download; what is in the library is here already."""
    return offer.item is None and (offer.kind in _KINDS or bool(offer.reference))


async def fetchable(plugins: Resolvers, rules: Rules, row: Result) -> Fetchable:
    """Ask the places of a row, the best first, until one says what to fetch.

    Raises what the last of them raised; `NotFound` when none of them can be fetched.
    """
    last: AppError = NotFound("errors.nothing_to_play")
    for place in [one for one in row.judged if can_fetch(one.offer)][:MOST_TRIED]:
        try:
            return await _asked(plugins, rules, place)
        except AppError as error:
            log.info("%s cannot be fetched: %s", place.offer.name, error)
            last = error
    raise last


async def _asked(plugins: Resolvers, rules: Rules, place: Judged) -> Fetchable:
    offer = place.offer
    _part, qualities = of_part(await streams_of(plugins, offer), 0)
    stream = choose(qualities, rules)
    if stream.protected:
        raise Refused("errors.stream_protected")
    hosts = plugins.own_hosts(offer.plugin)
    if not offer.reference:
        hosts = hosts | typed_host(offer)
    return Fetchable(stream.url, offer.name, stream.content, stream.headers, hosts)
