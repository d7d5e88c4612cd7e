"""A library of given films with the service of meaning over it: real SQLite, real model."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from app.domain.events import LibraryChanged
from app.domain.meaning import Known, MeaningProgressed, MeaningWishes
from app.domain.media import Card, ItemId, LibraryQuery, MediaKind
from app.infra.database.engine import Database
from app.infra.embedding.client import Embedding
from app.runtime.bus import EventBus
from app.services.library.catalogue import Catalogue
from app.services.library.naming import Seed
from app.services.library.search import Search
from app.services.library.seeds import Fresh, put
from app.services.library.walk import Found
from app.services.meaning.service import MeaningService


class NoModel(Embedding):
    """A machine on which the model was not installed."""

    @property
    def mark(self) -> str:
        return ""


class World:
    """A station's library and its meaning. Items are numbered as the films were given."""

    def __init__(self, place: Path, *, model: bool = True) -> None:
        self.database = Database(place / "station.db")
        self.bus = EventBus()
        self.films: dict[int, Known] = {}
        self.told: list[MeaningProgressed] = []
        self.asked: list[int] = []
        self.wishes = MeaningWishes()
        self.bus.on(MeaningProgressed, self.told.append)
        self._search, self._catalogue = Search(self.database), Catalogue(self.database)
        self.embedding = (Embedding if model else NoModel)(place / "cache")
        self.meaning = self.build()

    def build(self) -> MeaningService:
        """A service as a new start of the station would make it."""
        return MeaningService(
            self.database, self.bus, self, self.embedding, self.known_of, lambda: self.wishes
        )

    async def listing(self, query: LibraryQuery) -> Sequence[int]:
        found = await self._search.find(query.text, query.kinds)
        return await self._catalogue.listing(query, found)

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        return await self._catalogue.cards(ids)

    async def known_of(self, item: ItemId) -> Known:
        self.asked.append(item)
        return self.films[item]

    async def add(self, films: Sequence[Known], kind: MediaKind = MediaKind.FILM) -> None:
        """Put films into the library."""
        first = len(self.films)

        def work(raw: object) -> None:
            raw.execute(  # type: ignore[attr-defined]  # the bare connection
                "INSERT OR IGNORE INTO folder (id, path, display, added_at)"
                " VALUES (1, x'2f', '/', 0)"
            )
            fresh = [
                Fresh(
                    Found(b"%d.mkv" % number, number, 1, 1),
                    Seed(kind, f"{kind}:{number}", film.title, film.year),
                )
                for number, film in enumerate(films, start=first + 1)
            ]
            put(raw, 1, fresh, [])  # type: ignore[arg-type]  # a plain number for the folder
            # A series without episodes would hide itself.
            raw.execute("UPDATE item SET hidden = 0 WHERE kind = 'series'")  # type: ignore[attr-defined]  # the bare connection

        await self.database.run_write(work)
        self.films.update(enumerate(films, start=first + 1))
        self._search.changed()

    async def learnt(self, event: object = LibraryChanged(), patience: float = 50.0) -> None:  # noqa: B008 - frozen
        """Tell of this and wait until there is nothing more to learn."""
        seen = len(self.told)
        self.bus.publish(event)
        async with asyncio.timeout(patience):
            while not any(not each.working for each in self.told[seen:]):  # noqa: ASYNC110 - an event would have to be made for the test alone
                await asyncio.sleep(0.01)

    def titles(self, ids: Sequence[int]) -> list[str]:
        return [self.films[one].title for one in ids]

    def number(self, title: str) -> ItemId:
        return ItemId(next(one for one, film in self.films.items() if film.title == title))


@contextlib.asynccontextmanager
async def open_world(
    place: Path, films: Sequence[Known] = (), *, model: bool = True
) -> AsyncIterator[World]:
    """A library that has been learnt, if it has films."""
    world = World(place, model=model)
    await world.database.open()
    if films:
        await world.add(films)
    await world.meaning.start()
    try:
        if films:
            await world.learnt()
        yield world
    finally:
        await world.meaning.stop()
        await world.database.close()
