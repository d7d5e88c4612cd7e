"""Describes films and series from the .nfo files that media centres leave beside them."""

from __future__ import annotations

from app.api import MediaDescription, MediaQuestion, ProviderContext
from plugins.nfo.client import Client
from plugins.nfo.parsers import parse_nfo


class NfoFiles:
    """Implements `DescribesMedia`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def describe(self, question: MediaQuestion) -> MediaDescription | None:
        """Return what the nearest file says; None without one, `InvalidInput` if it is broken."""
        if question.path is None:
            return None
        for content in self._client.read(question.path, question.kind):
            found = parse_nfo(content)
            if found is not None:
                return found
        return None


async def setup(context: ProviderContext) -> NfoFiles:
    """Build the provider; there is nothing to connect to."""
    return NfoFiles(Client(folder_files=bool(context.settings["folder_files"])))
