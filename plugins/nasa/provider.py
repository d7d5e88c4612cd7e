"""Finds videos of NASA's library, and tells in which sizes they play."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from app.api import (
    Hit,
    InvalidInput,
    ProviderContext,
    SearchQuestion,
    SearchSource,
    Stream,
    Work,
    search_words,
    service_address,
)
from plugins.nasa.client import Client
from plugins.nasa.parsers import parse_hits, parse_streams, valid_id

SOURCE = SearchSource("library", "NASA", (Work.VIDEO,))


class Nasa:
    """Implements `Searches` and `ResolvesStream`."""

    def __init__(self, client: Client, host: str) -> None:
        self._client = client
        self._host = host

    async def sources(self) -> Sequence[SearchSource]:
        """Return the library."""
        return (SOURCE,)

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return what the library finds, with one request."""
        if not search_words(question.text):
            return ()
        return parse_hits(await self._client.search(question), self._host, question)

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return every size a video is kept in, with one request."""
        if not valid_id(reference):
            raise InvalidInput("errors.bad_argument", name=reference[:60])
        return parse_streams(await self._client.asset(reference), self._host)


async def setup(context: ProviderContext) -> Nasa:
    """Build the provider."""
    address = service_address(context.settings["address"])
    return Nasa(Client(context.http, address), urlsplit(address).hostname or "")
