"""Finds what was typed when it is itself an address; asks nobody about anything else."""

from __future__ import annotations

from collections.abc import Sequence

from app.api import (
    Hit,
    InvalidInput,
    ProviderContext,
    SearchQuestion,
    SearchSource,
    Stream,
)
from plugins.direct_link.addresses import Magnet, WebAddress, read_typed
from plugins.direct_link.client import Client
from plugins.direct_link.parsers import home_hit, magnet_hit, parse_download, web_hit

SOURCE = SearchSource("typed", "Direct links", addresses=True)


class DirectLinks:
    """Implements `Searches` and `ResolvesStream`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def sources(self) -> Sequence[SearchSource]:
        """Return the one place there is: what was typed."""
        return [SOURCE]

    async def search(self, source: str, question: SearchQuestion) -> Sequence[Hit]:
        """Return what the typed address leads to; nothing, at once, for anything else."""
        typed = read_typed(question.typed)
        if typed is None:
            return []
        if isinstance(typed, Magnet):
            return [magnet_hit(typed)]
        found = await self._found(typed)
        return [] if found is None else [found]

    async def resolve(self, reference: str) -> Sequence[Stream]:
        """Return the torrent behind an address."""
        address = read_typed(reference)
        if not isinstance(address, WebAddress):
            raise InvalidInput("errors.bad_argument", name="reference")
        return [parse_download(await self._client.fetch(address))]

    async def _found(self, address: WebAddress) -> Hit | None:
        if address.at_home:
            return home_hit(address)
        return web_hit(address, await self._client.look(address))


async def setup(context: ProviderContext) -> DirectLinks:
    """Build the provider; there is nothing to connect to."""
    return DirectLinks(Client(context.http))
