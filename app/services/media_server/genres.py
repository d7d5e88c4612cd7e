"""Finds out which genres the items of the library have: a few at a time, in nobody's way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from app.domain.errors import AppError
from app.domain.media import ItemId
from app.domain.text import clean
from app.services.media_server.store import MediaServerStore

log = logging.getLogger(__name__)

GenresOf = Callable[[ItemId], Awaitable[Sequence[str]]]
"""The genres of one item, as whoever knows tells them. May raise an `AppError`."""
SOME: Final = 50
REST: Final = 0.02
"""Seconds between two items."""
MOST: Final = 8
_LONGEST: Final = 60


class Genres:
    """Asks for each item once, and again when it changed."""

    def __init__(
        self, store: MediaServerStore, ask: GenresOf | None, found: Callable[[Sequence[int]], None]
    ) -> None:
        self._store = store
        self._ask = ask
        self._found = found
        self._wanted = asyncio.Event()
        self._again: set[int] = set()

    def changed(self, items: Sequence[int]) -> None:
        """These are to be asked about anew."""
        self._again.update(items)
        self._wanted.set()

    async def run(self) -> None:
        """Ask, and wait for more to ask about, until cancelled."""
        if self._ask is None:
            return
        while True:
            self._wanted.clear()
            again, self._again = sorted(self._again), set()
            if again:
                await self._store.ask_again(again)
            while items := await self._store.unasked(SOME):
                told = [item for item in items if await self._learn(item, self._ask)]
                if told:
                    self._found(told)
            await self._wanted.wait()

    async def _learn(self, item: int, ask: GenresOf) -> bool:
        try:
            said = await ask(ItemId(item))
        except AppError as error:
            log.debug("The genres of item %s are not known: %s", item, error)
            said = ()
        genres = dict.fromkeys(clean(each.strip())[:_LONGEST] for each in said if each.strip())
        await self._store.put_genres(item, list(genres)[:MOST])
        await asyncio.sleep(REST)
        return bool(genres)
