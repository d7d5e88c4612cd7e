"""Finds podcasts in the public directory and reads their episodes from their own feeds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from app.api import (
    Hit,
    InvalidInput,
    ProviderContext,
    SearchQuestion,
    SearchSource,
    Stream,
    Work,
    service_address,
    web_address,
)
from plugins.podcasts.client import Client
from plugins.podcasts.directory import country_of, parse_rows
from plugins.podcasts.parsers import parse_feed


class Podcasts:
    """Implements `Searches` and `ResolvesStream`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def sources(self) -> Sequence[SearchSource]:
        """Return the one directory."""
        return (SearchSource("directory", "Podcasts", (Work.PODCAST,)),)

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return the podcasts the directory finds, as it orders them."""
        limit = max(0, question.limit)
        term = " ".join(question.text.split())[:300]
        if not term or not limit:
            return ()
        said = await self._client.search(term, country_of(question.languages), limit)
        return parse_rows(said, self._client.host, question.languages)[:limit]

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return the episodes of a podcast, the newest first."""
        address = web_address(reference)
        if not address:
            raise InvalidInput("errors.not_a_web_address")
        answer = await self._client.feed(address)
        return await asyncio.to_thread(parse_feed, answer.content, answer.url, answer.host)


async def setup(context: ProviderContext) -> Podcasts:
    """Build the provider; nothing is asked yet."""
    return Podcasts(Client(context.http, service_address(context.settings["address"])))
