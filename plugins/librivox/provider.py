"""Finds audiobooks in the catalogue of LibriVox and says where their sections lie."""

from __future__ import annotations

from collections.abc import Sequence

from app.api import (
    Hit,
    NotFound,
    ProviderContext,
    SearchQuestion,
    SearchSource,
    Stream,
    Work,
    service_address,
)
from plugins.librivox.client import Client
from plugins.librivox.parsers import (
    last_name,
    parse_books,
    parse_sections,
    titles_to_try,
    written_by,
)


class LibriVox:
    """Implements `Searches` and `ResolvesStream`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def sources(self) -> Sequence[SearchSource]:
        """Return the one catalogue."""
        return (SearchSource("librivox", "LibriVox", (Work.AUDIOBOOK,)),)

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return the books whose title begins so, else those of an author of this name.

        The catalogue knows no other way: it holds titles without their article, and finds authors
        by their last name.
        """
        limit = max(0, question.limit)
        for title in titles_to_try(question.text):
            said = await self._client.by_title(title, limit)
            hits = parse_books(said, self._client.host)
            if hits:
                return hits[:limit]
        name = last_name(question.text)
        if not name:
            return ()
        said = await self._client.by_author(name, limit)
        hits = parse_books(said, self._client.host)
        return [hit for hit in hits if written_by(hit, question.text)][:limit]

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return the sections of a book in their order; `NotFound` when it is gone."""
        gone = NotFound("errors.server_has_not", host=self._client.host)
        if not (reference.isascii() and reference.isdigit() and len(reference) <= 10):
            raise gone
        said = await self._client.book(reference)
        if said is None:
            raise gone
        return parse_sections(said, reference, self._client.host)


async def setup(context: ProviderContext) -> LibriVox:
    """Build the provider; nothing is asked yet."""
    address = service_address(context.settings["address"])
    return LibriVox(Client(context.http, address))
