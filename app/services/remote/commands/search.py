"""`/search TEXT`, and any text without a slash: asks every source, in a message that fills."""

from __future__ import annotations

import asyncio

from app.services.remote.commands.hunt import Hunt, Means
from app.services.remote.talk import Talk


class SearchCommand:
    """Implements `Command`."""

    name = "search"

    def __init__(self, means: Means) -> None:
        self._means = means

    async def run(self, talk: Talk, words: str) -> None:
        """Search, and go on showing what is found until everybody has answered."""
        if not words.strip():
            await talk.say(talk.phrases.say("remote.search.ask"))
            return
        hunt = await Hunt.begin(self._means, talk, words)
        try:
            await hunt.follow(talk)
        except asyncio.CancelledError:
            await hunt.leave()
            raise
