"""Finds channels in a list the owner names, says what is on, and where their streams are."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from app.api import (
    Hit,
    HitKind,
    InvalidInput,
    NotFound,
    ProviderContext,
    SearchQuestion,
    SearchSource,
    Stream,
    Unavailable,
    Work,
    web_address,
)
from plugins.live_tv.client import Client
from plugins.live_tv.guide import Guide, told
from plugins.live_tv.index import Index
from plugins.live_tv.keeper import Keeper

TRY_SECONDS = 6.0
"""How long a new list is waited for before it is believed to be large; `setup` has ten."""
SEARCH_SECONDS = 7.0
"""How long `setup` and the search it is for wait together for the very first list: it has eight."""
LEAST_SECONDS = 1.0
"""How long each later search waits for it, as long as it has not come."""
LIST_ENDINGS = (".m3u8", ".m3u")
HEIGHT = re.compile(r"\((\d{3,4})[pi]\)")


class LiveTv:
    """Implements `Searches` and `ResolvesStream`."""

    def __init__(self, keeper: Keeper, host: str, began: float) -> None:
        self._keeper = keeper
        self._host = host
        self._began = began

    async def sources(self) -> Sequence[SearchSource]:
        """Return the one list, called after its host."""
        return (SearchSource("list", self._host, (Work.CHANNEL,)),)

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return the channels of this name, with what is on them when that is known."""
        index = await self._index()
        self._keeper.freshen_guide()
        return await asyncio.to_thread(_found, index, self._keeper.guide, question)

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return the stream of a channel; `NotFound` when it has left the list."""
        channel = (await self._index()).get(reference)
        if channel is None:
            raise NotFound("errors.server_has_not", host=self._host)
        path = urlsplit(channel.address).path.lower()
        return (
            Stream(
                url=channel.address,
                kind=HitKind.PLAYLIST if path.endswith(LIST_ENDINGS) else HitKind.FILE,
                title=channel.name,
                headers=dict(channel.headers),
                height=_height(channel.name),
                live=True,
                protected=channel.protected,
            ),
        )

    async def close(self) -> None:
        """Stop what runs in the background."""
        await self._keeper.close()

    async def _index(self) -> Index:
        left = SEARCH_SECONDS - (time.monotonic() - self._began)
        index = await self._keeper.index(max(left, LEAST_SECONDS))
        if index is None:
            raise Unavailable("errors.list_loading", host=self._host)
        return index


def _found(index: Index, guide: Guide, question: SearchQuestion) -> list[Hit]:
    language = next(iter(question.languages), "en")
    places = index.find(question.text, question.limit)
    return [_hit(index, guide, place, language) for place in places]


def _hit(index: Index, guide: Guide, place: int, language: str) -> Hit:
    channel = index.channels[place]
    return Hit(
        title=channel.name,
        kind=HitKind.ITEM,
        reference=index.reference(place),
        work=Work.CHANNEL,
        height=_height(channel.name),
        description=told(*guide.on(channel, time.time()), language) or channel.group,
        poster=web_address(channel.logo),
    )


def _height(name: str) -> int | None:
    """The height of the picture, where the list tells it beside the name."""
    found = HEIGHT.search(name)
    return int(found[1]) if found else None


async def setup(context: ProviderContext) -> LiveTv:
    """Try the list: raises when it cannot be had. One that only takes long goes on coming.

    A list that was kept is not waited for either: it is read while `setup` returns.
    """
    address = web_address(context.settings["address"])
    guide = str(context.settings["guide"]).strip()
    if not address or (guide and not web_address(guide)):
        raise InvalidInput("errors.not_a_web_address")
    client = Client(context.http, context.cache, address)
    hide_blocked = bool(context.settings["hide_geo_blocked"])
    keeper = Keeper(client, context.log, guide=guide, hide_blocked=hide_blocked)
    began = time.monotonic()
    try:
        await keeper.index(0.0 if await client.has_list() else TRY_SECONDS)
    except BaseException:
        await keeper.close()
        raise
    return LiveTv(keeper, client.host, began)
