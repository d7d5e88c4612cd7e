"""Finds what is alike: films like another one, and films like a few words somebody typed."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from rapidfuzz import fuzz

from app.domain.errors import AppError, ToolFailed
from app.domain.genres import also_called, unelided
from app.domain.intelligence import Made, MadeBy
from app.domain.meaning import Alike, Known, MeaningWishes
from app.domain.media import Card, ItemId, LibraryQuery, MediaKind
from app.domain.text import fold, without_article
from app.infra.database.engine import Database
from app.infra.embedding.client import Embedding, Near
from app.infra.embedding.place import NAME
from app.runtime.bus import EventBus
from app.runtime.supervisor import Supervisor
from app.services.meaning import likeness
from app.services.meaning.knowing import KnownOf
from app.services.meaning.learning import Learner
from app.services.meaning.store import GENRE, PERSON, Facts, MeaningStore
from app.services.meaning.texts import telling_words
from app.services.meaning.wish import read_wish

log = logging.getLogger(__name__)

KINDS: Final = (MediaKind.FILM, MediaKind.SERIES, MediaKind.VIDEO)
WIDER: Final = 2
"""So many times as many as are wanted of the nearest are looked at more closely."""
RULED: Final = 400
"""So many are looked at when there are only rules."""
HELD_FOR: Final = 5.0
"""Seconds for which the finder is not told again what there is, while that changes all the time."""
CALLED: Final = 82.0
"""How much a title must resemble what was typed to be meant, of 100."""
MOST_PHRASES: Final = 120
_YEAR_BEHIND: Final = re.compile(r"\s+\(?(?:18|19|20)\d\d\)?\s*$")

NAMED: Final = 5_000
"""So many items may be named one by one to choose among."""
Years = tuple[int, int]
Answer = Made[tuple[Alike, ...]]
Asking = Awaitable[list[Near] | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be found. `among` names all of it, unless that would be very much."""

    years: Years | None = None
    kinds: tuple[MediaKind, ...] = ()
    among: tuple[int, ...] | None = None

    @property
    def wider(self) -> int:
        """So many times as many of the nearest are looked at."""
        return WIDER * 5 if self.among is None and (self.years or self.kinds) else WIDER

    def allows(self, facts: Facts) -> bool:
        """Whether an item lies in it."""
        if self.kinds and facts.kind not in self.kinds:
            return False
        return self.years is None or self.years[0] <= (facts.year or 0) <= self.years[1]


EVERYTHING: Final = Scope()


class Titles(Protocol):
    """What this asks of the library."""

    async def listing(self, query: LibraryQuery) -> Sequence[int]:
        """Return the ids of what resembles a text, best first."""

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        """Return what is known of some items."""


class MeaningService:
    """Likeness in the library. Without the model everything works by words, genres and people."""

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        library: Titles,
        embedding: Embedding,
        known_of: KnownOf,
        wishes: Callable[[], MeaningWishes] = MeaningWishes,
    ) -> None:
        self._store = MeaningStore(database)
        self._library = library
        self._embedding = embedding
        self._learner = Learner(
            self._store, embedding, bus, known_of, wishes, self._vectors_changed
        )
        self._tasks = Supervisor("meaning")
        self._stale = True
        self._held = 0  # how many the finder was told of
        self._held_at = float("-inf")
        self._holding = asyncio.Lock()

    async def start(self) -> None:
        """Begin to learn the library in the background."""
        self._learner.follow()
        self._tasks.spawn(self._learner.run(), "learning")

    async def stop(self) -> None:
        """End the background work and the workers; what was learnt is kept."""
        self._learner.leave()
        await self._tasks.close()
        await self._embedding.close()

    async def progress(self) -> tuple[int, int]:
        """How many items can be found by their vector, and how many there are."""
        return await self._store.count(self._embedding.mark)

    async def known(self, items: Sequence[ItemId]) -> dict[ItemId, Known]:
        """What was learnt of films and series; of those nothing was learnt of, their title."""
        facts = await self._store.facts(list(items))
        return {
            ItemId(item): Known(
                title=told.title,
                year=told.year,
                genres=tuple(told.genres.values()),
                people=tuple(told.people.values()),
            )
            for item, told in facts.items()
        }

    async def series_of(self, item: ItemId) -> ItemId:
        """The series of an episode; the item itself when it is none."""
        return await self._store.series_of(item)

    async def like(self, item: ItemId, limit: int = 20) -> Answer:
        """What is like an item (of an episode: like its series), without the item itself.

        An item that is not known, or like which there is nothing, has an empty answer.
        """
        return await self._like(item, limit, EVERYTHING)

    async def search(self, text: str, limit: int = 60, kinds: Sequence[MediaKind] = ()) -> Answer:
        """What fits a few words: "films like Inception", "slow and sad, from the 70s".

        `kinds` narrows to these; none: to what the words say. Empty when nothing fits.
        """
        wish = read_wish(text)
        scope = await self._scope(wish.years, tuple(kinds) or wish.kinds)
        subject = await self._store.called(wish.subject or text)
        if subject is None and wish.subject:
            subject = await self._called(wish.subject)
        if subject is not None:
            return await self._like(subject, limit, scope)
        words = f"{wish.subject} {wish.words}".strip()
        if not fold(words):
            return Made(())
        named = await self._store.names_in(_phrases(words))
        near = await self._near(
            lambda: self._embedding.near_text(words, limit * scope.wider, scope.among)
        )
        if near is None:
            return await self._by_words(words, named, scope, limit)
        people = [word for kind, word in named if kind == PERSON]
        if people:
            near += await self._of_people(words, people, {each.item for each in near})
        facts = await self._facts([each.item for each in near], scope)
        pairs = [(each.item, each.score) for each in near]
        return self._made(likeness.by_wish(pairs, facts, named, limit))

    async def _like(self, item: ItemId, limit: int, scope: Scope) -> Answer:
        near = await self._near_item(item, limit, scope)
        if not near:
            item = await self._store.series_of(item)
            near = await self._near_item(item, limit, scope)
        if scope.among is not None and near == [] and await self._store.vectors([item]):
            return self._made([])  # there is nothing to choose from
        if not near:
            return await self._by_rules(item, limit, scope)
        pairs = [(each.item, each.score) for each in near]
        facts = await self._store.facts([item, *(one for one, _score in pairs)], texts=True)
        own = facts.pop(item, None)
        allowed = {one: each for one, each in facts.items() if scope.allows(each)}
        return self._made(likeness.by_vectors(own, pairs, allowed, limit))

    async def _near_item(self, item: ItemId, limit: int, scope: Scope) -> list[Near] | None:
        wide = limit * scope.wider + 1
        return await self._near(lambda: self._embedding.near_item(item, wide, scope.among))

    async def _facts(
        self, items: Sequence[int], scope: Scope, *, texts: bool = False
    ) -> dict[int, Facts]:
        found = await self._store.facts(items, texts)
        return {item: facts for item, facts in found.items() if scope.allows(facts)}

    async def _by_rules(self, item: ItemId, limit: int, scope: Scope) -> Answer:
        """Shared names and words; the rare ones count most."""
        own = (await self._store.facts([item], texts=True)).get(item)
        if own is None:
            return Made(())
        words = telling_words(own.text, likeness.WORDS_READ)
        fits = dict(await self._store.by_words(words, RULED))
        others = set(fits)
        for kind, names in ((PERSON, own.people), (GENRE, own.genres)):
            if names:
                others.update(await self._store.having(kind, list(names), RULED))
        facts = await self._facts(sorted(others), scope, texts=True)
        rarity = await self._store.rarity(item)
        return Made(tuple(likeness.by_rules(own, rarity, fits, facts, limit)))

    async def _by_words(
        self, words: str, named: Sequence[tuple[str, str]], scope: Scope, limit: int
    ) -> Answer:
        found = dict(await self._store.by_words(telling_words(words, likeness.WORDS_READ), RULED))
        for kind in (PERSON, GENRE):
            asked = [word for each, word in named if each == kind]
            if asked:
                for item in await self._store.having(kind, asked, RULED):
                    found.setdefault(item, 0.0)
        best = max(found.values(), default=0.0) or 1.0
        pairs = [(item, likeness.LEAST + 0.5 * score / best) for item, score in found.items()]
        facts = await self._facts(list(found), scope)
        return Made(tuple(likeness.by_wish(pairs, facts, named, limit)))

    async def _of_people(self, words: str, people: list[str], known: set[int]) -> list[Near]:
        """What is by people who were named, however far its story is from the words."""
        theirs = set(await self._store.having(PERSON, people, RULED)) - known
        found = await self._near(lambda: self._embedding.near_text(words, RULED, sorted(theirs)))
        return [Near(each.item, max(each.score, likeness.LEAST)) for each in found or ()]

    async def _scope(self, years: Years | None, kinds: Sequence[MediaKind]) -> Scope:
        """What to choose from. Years in which there is nothing are forgotten."""
        kinds = () if set(KINDS) <= set(kinds) else tuple(kinds)
        if years is None and not kinds:
            return Scope()
        found = await self._store.within(years, kinds, NAMED + 1)
        if not found and years is not None:
            return await self._scope(None, kinds)
        return Scope(years, kinds, tuple(found) if len(found) <= NAMED else None)

    async def _called(self, title: str) -> ItemId | None:
        """The item that is called so; a little misspelled is right."""
        wanted = without_article(fold(title))
        if not wanted:
            return None
        cards = await self._titled(title)
        bare = _YEAR_BEHIND.sub("", title)
        if bare != title:
            cards += await self._titled(bare)
        for card in cards:
            own = without_article(fold(card.title))
            dated = f"{own} {card.year}" if card.year else own
            if wanted in (own, dated):
                return card.id
        for card in cards:
            own = without_article(fold(card.title))
            if fuzz.ratio(wanted, own) >= CALLED or own.startswith(f"{wanted} "):
                return card.id
        return None

    async def _titled(self, text: str) -> list[Card]:
        try:
            ids = await self._library.listing(LibraryQuery(kinds=KINDS, text=text))
            return await self._library.cards(list(ids[:8]))
        except AppError as error:
            log.info("Titles could not be looked up: %s", error)
            return []

    async def _near(self, ask: Callable[[], Asking]) -> list[Near] | None:
        """Ask the finder; None when there is none, and rules are to do."""
        if not self._embedding.mark:
            return None
        try:
            await self._hold()
            found = await ask()
            if found is None:  # it rested, and a new one holds nothing
                await self._hold(anew=True)
                found = await ask()
        except ToolFailed as error:
            log.warning("Nothing can be found by meaning: %s", error)
            return None
        return found or ([] if self._held else None)

    async def _hold(self, *, anew: bool = False) -> None:
        """Tell the finder what can be found, if that changed."""
        async with self._holding:
            fresh = self._held > 0 and time.monotonic() - self._held_at < HELD_FOR
            if not anew and (not self._stale or fresh):
                return
            self._stale = False  # first: what changes from now on may be missed below
            try:
                pairs = await self._store.pairs(self._embedding.mark)
                await self._embedding.hold(pairs, self._store.vectors)
            except BaseException:  # also when we are cancelled
                self._stale = True
                raise
            self._held, self._held_at = len(pairs), time.monotonic()

    def _vectors_changed(self) -> None:
        self._stale = True

    def _made(self, found: list[Alike]) -> Answer:
        return Made(tuple(found), MadeBy.HERE, NAME)


def _phrases(text: str) -> list[str]:
    """Every one, two and three words that follow each other: any may be a name, or many of one."""
    found: list[str] = []
    for said in dict.fromkeys((fold(text), fold(unelided(text)))):
        found += _phrases_of(said.split())
    return list(dict.fromkeys(found))[:MOST_PHRASES]


def _phrases_of(words: list[str]) -> list[str]:
    found: list[str] = []
    for count in (3, 2, 1):
        for start in range(len(words) - count + 1):
            phrase = " ".join(words[start : start + count])
            found += [phrase, *also_called(phrase)]
            if phrase.endswith("ies"):
                found.append(f"{phrase[:-3]}y")
            elif phrase.endswith("s"):
                found.append(phrase[:-1])
    return found
