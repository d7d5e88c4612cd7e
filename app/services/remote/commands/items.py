"""An item of the library in a message: what is known of it, and where it can play."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.casting import Castable
from app.domain.media import Card, Details, ItemId, MediaKind
from app.domain.sizes import clock
from app.services.phrases import Phrases
from app.services.playback.item_ways import ItemWays
from app.services.remote.commands import telling
from app.services.remote.commands.screens import Screens, Showable
from app.services.remote.commands.sheet import Face, Sheet
from app.services.remote.commands.telling import joined, lines, numbered, rows, short
from app.services.remote.talk import Button, Talk

if TYPE_CHECKING:
    from app.services.library.service import LibraryService
    from app.services.playback.service import PlaybackService

Back = Callable[[Talk], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Section:
    """Some items below a heading; `reasons` are by their ids."""

    heading: str
    cards: Sequence[Card]
    reasons: dict[ItemId, str]


def section(heading: str, cards: Sequence[Card]) -> Section:
    """Items without reasons."""
    return Section(heading, cards, {})


class Items:
    """Shows items of the library in sheets."""

    def __init__(
        self, library: LibraryService, playback: PlaybackService, screens: Screens
    ) -> None:
        self._library, self._playback, self._screens = library, playback, screens

    def listed(
        self,
        phrases: Phrases,
        sheet: Sheet,
        head: str,
        sections: Sequence[Section],
        back: Back,
        first: int = 0,
    ) -> Face:
        """A message of sections, numbered through; each number shows its item.

        `back` shows this list again.
        """
        parts, buttons, at = [head], [], first
        for one in sections:
            if not one.cards:
                continue
            parts += ["\n", one.heading]
            for card in one.cards:
                at += 1
                about = one.reasons.get(card.id) or telling.facts(phrases, card)
                parts.append(numbered(at, telling.titled(card), about))
                buttons.append(self._number(sheet, at, card.id, back))
        return Face(lines(*parts), rows(buttons, 5))

    async def show(self, talk: Talk, sheet: Sheet, item: ItemId, back: Back | None = None) -> None:
        """Show everything about an item; `NotFound` when it is gone."""
        phrases, details = talk.phrases, await self._library.details(item)

        async def here() -> None:
            await self.show(talk, sheet, item, back)

        what = self.showable(details.card)
        buttons = await self._screens.buttons(phrases, sheet, what, here)
        buttons.append([self._mark(phrases, sheet, details.card, back)])
        if back is not None:
            buttons[-1].append(Button(phrases.say("remote.back"), back))
        await sheet.show(Face(_about(phrases, details), buttons))

    def showable(self, card: Card) -> Showable:
        """An item as something to play; of a series the episode that is due."""

        async def cast() -> Castable:
            return Castable(item=card.id)

        async def here() -> int:
            return int(self._playback.register(ItemWays(self._playback, card.id)))

        return Showable(telling.titled(card), cast, here)

    def _number(self, sheet: Sheet, at: int, item: ItemId, back: Back) -> Button:
        async def press(talk: Talk) -> None:
            await self.show(talk, sheet, item, back)

        return Button(str(at), press)

    def _mark(self, phrases: Phrases, sheet: Sheet, card: Card, back: Back | None) -> Button:
        async def press(talk: Talk) -> None:
            await self._playback.mark_watched(card.id, not card.watched)
            await self.show(talk, sheet, card.id, back)

        key = "unwatch" if card.watched else "watch"
        return Button(phrases.say(f"remote.library.{key}"), press)


def _about(phrases: Phrases, details: Details) -> str:
    card = details.card
    genres = ", ".join(short(one, 30) for one in details.genres[:4])
    rating = phrases.say("remote.library.rating", rating=details.rating) if details.rating else ""
    by = ", ".join(short(one, 40) for one in details.directors[:2])
    place = phrases.say("remote.library.at", clock=clock(card.position)) if card.position else ""
    subtitle = ""
    if card.kind is MediaKind.EPISODE:
        subtitle = short(card.title)
    return lines(
        telling.titled(card, 120),
        subtitle,
        joined((telling.facts(phrases, card), place)),
        joined((genres, by, rating)),
        "\n" if details.overview else "",
        short(details.overview or "", telling.LONG),
    )
