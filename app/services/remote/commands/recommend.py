"""`/recommend [WISH]`: what to watch of what is here, and why just that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.media import Card, ItemId, LibraryQuery, MediaKind
from app.services.phrases import Phrases
from app.services.remote.commands.items import Items, Section
from app.services.remote.commands.sheet import Face, Sheets
from app.services.remote.commands.telling import short
from app.services.remote.talk import Talk

if TYPE_CHECKING:
    from app.services.intelligence.service import IntelligenceService
    from app.services.library.service import LibraryService
    from app.services.meaning.service import MeaningService

MOST: Final = 6
MOST_WORDS: Final = 200


class RecommendCommand:
    """Implements `Command`."""

    name = "recommend"

    def __init__(
        self,
        library: LibraryService,
        intelligence: IntelligenceService,
        meaning: MeaningService,
        items: Items,
        sheets: Sheets,
    ) -> None:
        self._library, self._intelligence, self._meaning = library, intelligence, meaning
        self._items, self._sheets = items, sheets

    async def run(self, talk: Talk, words: str) -> None:
        """Suggest some; a model may take its time over it."""
        phrases = talk.phrases
        sheet = await self._sheets.open(talk, Face(phrases.say("remote.recommend.thinking")))
        wish = words.strip()[:MOST_WORDS]
        head, reasons = await (self._wished(phrases, wish) if wish else self._usual(phrases))
        cards = [one for one in await self._library.cards(list(reasons)) if not one.offline]
        if not cards and not wish:
            head, cards = phrases.say("remote.recommend.new"), await self._unseen()
        if not cards:
            key = "nothing_fits" if wish else "nothing"
            await sheet.show(Face(phrases.say(f"remote.recommend.{key}", wish=short(wish))))
            return

        async def back(_talk: Talk) -> None:
            await sheet.show(face)

        sections = [Section("", cards[:MOST], reasons)]
        face = self._items.listed(phrases, sheet, head, sections, back)
        await sheet.show(face)

    async def _wished(self, phrases: Phrases, wish: str) -> tuple[str, dict[ItemId, str]]:
        """What fits a few words, by its meaning."""
        answer = await self._meaning.search(wish, MOST)
        reasons = {
            one.item: phrases.say("remote.recommend.shared", shared=_names(one.shared))
            if one.shared
            else ""
            for one in answer.value
        }
        return phrases.say("remote.recommend.for", wish=short(wish)), reasons

    async def _usual(self, phrases: Phrases) -> tuple[str, dict[ItemId, str]]:
        """What fits what was watched lately."""
        made = await self._intelligence.recommend(MOST)
        reasons = {}
        for one in made.value:
            args = {"title": short(one.because_title), "shared": _names(one.shared)}
            key = "remote.recommend.because_shared" if one.shared else "remote.recommend.because"
            reasons[one.item] = phrases.say(key, args)
        return phrases.say("remote.recommend.head"), reasons

    async def _unseen(self) -> list[Card]:
        """The newest that nobody watched, while nothing is known of a taste."""
        query = LibraryQuery(kinds=(MediaKind.FILM, MediaKind.SERIES), unwatched=True)
        ids = await self._library.listing(query)
        return [one for one in await self._library.cards(ids[: 2 * MOST]) if not one.offline]


def _names(shared: tuple[str, ...]) -> str:
    return ", ".join(short(one, 40) for one in shared[:3])
