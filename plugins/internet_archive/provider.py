"""Finds films, serials, recordings and pictures of the Internet Archive, and what they are."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from app.api import (
    Hit,
    InvalidInput,
    MadeMedia,
    PictureOffer,
    PictureQuestion,
    ProviderContext,
    SearchQuestion,
    SearchSource,
    Stream,
    Work,
    search_words,
    service_address,
)
from plugins.internet_archive.client import Client
from plugins.internet_archive.files import parse_streams
from plugins.internet_archive.parsers import IDENTIFIER, parse_hits
from plugins.internet_archive.pictures import parse_offers, parse_picture
from plugins.internet_archive.query import query_for

SOURCE = SearchSource(
    "archive", "Internet Archive", (Work.FILM, Work.SERIES, Work.EPISODE, Work.VIDEO)
)


class InternetArchive:
    """Implements `Searches`, `ResolvesStream` and `FindsPictures`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._host = urlsplit(client.address).hostname or ""

    async def sources(self) -> Sequence[SearchSource]:
        """Return the archive."""
        return (SOURCE,)

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return what the archive finds, with one request."""
        if not query_for(question):
            return ()
        document = await self._client.search(question)
        return parse_hits(document, self._client.address, self._host, question)

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return what an item plays, with one request."""
        if not IDENTIFIER.fullmatch(reference):
            raise InvalidInput("errors.bad_argument", name=reference[:60])
        item = await self._client.item(reference)
        return parse_streams(item, reference, self._client.address, self._host)

    async def find_pictures(self, question: PictureQuestion) -> Sequence[PictureOffer]:
        """Return pictures under free licences, with one request."""
        if not search_words(question.words):
            return ()
        document = await self._client.pictures(question)
        return parse_offers(document, self._client.address, self._host, question)

    async def fetch_picture(self, reference: str) -> MadeMedia:
        """Return the best file of an item, with two requests."""
        if not IDENTIFIER.fullmatch(reference):
            raise InvalidInput("errors.bad_argument", name=reference[:60])
        item = await self._client.item(reference)
        found = parse_picture(item, reference, self._client.address, self._host)
        content = await self._client.load(found.url, found.ending)
        return MadeMedia(content, found.ending, price=0.0, credit=found.credit)


async def setup(context: ProviderContext) -> InternetArchive:
    """Build the provider."""
    return InternetArchive(Client(context.http, service_address(context.settings["address"])))
