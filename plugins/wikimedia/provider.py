"""Finds freely licensed videos and pictures of Wikimedia Commons, and whom to name for them."""

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
from plugins.wikimedia.client import Client
from plugins.wikimedia.parsers import parse_hits, parse_streams, valid_title
from plugins.wikimedia.pictures import parse_offers, parse_picture, read_reference

SOURCE = SearchSource("commons", "Wikimedia Commons", (Work.FILM, Work.VIDEO))


class Wikimedia:
    """Implements `Searches`, `ResolvesStream` and `FindsPictures`."""

    def __init__(self, client: Client, address: str) -> None:
        self._client = client
        self._address = address
        self._host = urlsplit(address).hostname or ""

    async def sources(self) -> Sequence[SearchSource]:
        """Return the wiki."""
        return (SOURCE,)

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return what the wiki finds, with one request; each hit plays as it is."""
        if not search_words(question.text):
            return ()
        return parse_hits(await self._client.search(question), self._address, question)

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return every size a file plays in, with one request."""
        if not valid_title(reference):
            raise InvalidInput("errors.bad_argument", name=reference[:60])
        document = await self._client.file(reference)
        return parse_streams(document, self._address, self._host)

    async def find_pictures(self, question: PictureQuestion) -> Sequence[PictureOffer]:
        """Return free pictures that are large enough, with one request."""
        if not search_words(question.words):
            return ()
        return parse_offers(await self._client.pictures(question), self._address, question)

    async def fetch_picture(self, reference: str) -> MadeMedia:
        """Return a picture in the width it was offered for, with two requests."""
        read = read_reference(reference)
        if read is None:
            raise InvalidInput("errors.bad_argument", name=reference[:60])
        width, title = read
        document = await self._client.picture(title, width)
        found = parse_picture(document, self._address, self._host)
        content, ending = await self._client.load(found.url)
        return MadeMedia(content, ending, price=0.0, credit=found.credit)


async def setup(context: ProviderContext) -> Wikimedia:
    """Build the provider."""
    address = service_address(context.settings["address"])
    return Wikimedia(Client(context.http, address), address)
