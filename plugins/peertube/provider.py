"""Finds videos of all PeerTube servers through a search index, and tells what they play."""

from __future__ import annotations

from collections.abc import Sequence

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
from plugins.peertube.client import Client
from plugins.peertube.names import read_name
from plugins.peertube.parsers import parse_hits
from plugins.peertube.streams import parse_streams, with_subtitles

SOURCE = SearchSource("index", "PeerTube", (Work.FILM, Work.VIDEO))


class PeerTube:
    """Implements `Searches` and `ResolvesStream`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def sources(self) -> Sequence[SearchSource]:
        """Return the index."""
        return (SOURCE,)

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return what the index finds, with one request; it takes no search without words."""
        if not search_words(question.text):
            return ()
        document = await self._client.search(question)
        return parse_hits(document, self._client.own, self._client.base, question)

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return what a video plays; its own server is asked, once for it, once for captions."""
        named = read_name(reference, self._client.own)
        if named is None:
            raise InvalidInput("errors.bad_argument", name=reference[:60])
        host, identifier = named
        place = self._client.base(host)
        streams = parse_streams(await self._client.video(host, identifier), place, host)
        return with_subtitles(streams, await self._client.captions(host, identifier), place)


async def setup(context: ProviderContext) -> PeerTube:
    """Build the provider."""
    return PeerTube(Client(context.http, service_address(context.settings["address"])))
