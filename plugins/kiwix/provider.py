"""Finds facts on a topic in the ZIM files of the owner: an encyclopedia without a network."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from app.api import Fact, InvalidInput, ProviderContext
from plugins.kiwix.client import Client

_CODE = re.compile(r"[a-z]{2,3}")


class Kiwix:
    """Implements `KnowsFacts`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def facts(self, topic: str, language: str) -> Sequence[Fact]:
        """Return what the owner's files have on a topic; those in other languages are not asked."""
        code = language.strip().lower().partition("-")[0]
        if not _CODE.fullmatch(code):
            raise InvalidInput("errors.bad_argument", name=language[:20])
        return await asyncio.to_thread(self._client.facts, topic, code)


async def setup(context: ProviderContext) -> Kiwix:
    """Build the provider; `InvalidInput` when there is no ZIM file where the owner says."""
    client = Client(str(context.settings["folder"]), context.log)
    await asyncio.to_thread(client.check)
    return Kiwix(client)
