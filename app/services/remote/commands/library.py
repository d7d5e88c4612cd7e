"""`/library [TEXT]`: what is here, what was begun, what is new; or what has these words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.media import Card, LibraryQuery, MediaKind
from app.services.phrases import Phrases
from app.services.remote.commands import telling
from app.services.remote.commands.items import Items, Section, section
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import joined, short
from app.services.remote.talk import Button, Talk

if TYPE_CHECKING:
    from app.services.library.service import LibraryService
    from app.services.meaning.service import MeaningService
    from app.services.playback.service import PlaybackService

KINDS: Final = (MediaKind.FILM, MediaKind.SERIES, MediaKind.VIDEO)
SOME: Final = 4
NEW: Final = 6
PAGE: Final = 10
MOST_WORDS: Final = 200


class LibraryCommand:
    """Implements `Command`."""

    name = "library"

    def __init__(
        self,
        library: LibraryService,
        playback: PlaybackService,
        meaning: MeaningService,
        items: Items,
        sheets: Sheets,
    ) -> None:
        self._library, self._playback, self._meaning = library, playback, meaning
        self._items, self._sheets = items, sheets

    async def run(self, talk: Talk, words: str) -> None:
        """List it; nothing of it moves."""
        sheet = await self._sheets.open(talk, Face(talk.phrases.say("remote.looking")))
        if words.strip():
            await self._found(talk, sheet, words.strip()[:MOST_WORDS], 0)
        else:
            await self._overview(talk, sheet)

    async def _overview(self, talk: Talk, sheet: Sheet) -> None:
        phrases = talk.phrases
        begun = await self._playback.continue_watching(SOME)
        following = await self._playback.next_up(SOME)
        new = await self._library.recently_added(NEW)

        async def back(talk: Talk) -> None:
            await self._overview(talk, sheet)

        sections = [
            section(phrases.say("remote.library.begun"), begun),
            section(phrases.say("remote.library.next"), following),
            section(phrases.say("remote.library.new"), new),
        ]
        head = await self._head(phrases)
        await sheet.show(self._items.listed(phrases, sheet, head, sections, back))

    async def _head(self, phrases: Phrases) -> str:
        summary = await self._library.summary()
        if not summary.folders:
            return phrases.say("remote.library.no_folders")
        counts = (
            phrases.say(f"remote.library.{name}", count=count) if count else ""
            for name, count in (
                ("films", summary.films),
                ("series", summary.series),
                ("videos", summary.videos),
            )
        )
        free = ""
        if summary.free:
            free = phrases.say("remote.free", size=telling.size(phrases, summary.free))
        return joined((*counts, free)) or phrases.say("remote.library.empty")

    async def _found(self, talk: Talk, sheet: Sheet, words: str, first: int) -> None:
        phrases = talk.phrases
        ids = await self._library.listing(LibraryQuery(kinds=KINDS, text=words))
        cards = await self._library.cards(ids[first : first + PAGE])
        head = phrases.say("remote.library.found", words=short(words), count=len(ids))
        if not ids:
            cards = await self._alike(words)
            key = "remote.library.alike" if cards else "remote.library.nothing"
            head = phrases.say(key, words=short(words))

        async def back(talk: Talk) -> None:
            await self._found(talk, sheet, words, first)

        sections: list[Section] = [section("", cards)]
        face = self._items.listed(phrases, sheet, head, sections, back, first)
        turning = []
        if first:
            turning.append(self._turn(phrases, sheet, "less", words, max(0, first - PAGE)))
        if len(ids) > first + PAGE:
            turning.append(self._turn(phrases, sheet, "more", words, first + PAGE))
        await sheet.show(Face(face.text, [*face.rows, turning] if turning else face.rows))

    async def _alike(self, words: str) -> list[Card]:
        """What fits the words by its meaning, where nothing is called so."""
        answer = await self._meaning.search(words, PAGE)
        return await self._library.cards([one.item for one in answer.value])

    def _turn(self, phrases: Phrases, sheet: Sheet, key: str, words: str, first: int) -> Button:
        async def press(talk: Talk) -> None:
            await self._found(talk, sheet, words, first)

        return Button(phrases.say(f"remote.{key}"), press)
