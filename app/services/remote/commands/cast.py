"""`/cast [TITLE] [on SCREEN]`: what plays where, with its remote control; or plays a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.domain.casting import OVER, Casting, Device
from app.domain.media import Card
from app.services.control_casting import MOST_CHOICES, match, meant
from app.services.phrases import Phrases
from app.services.remote.commands import panel, telling
from app.services.remote.commands.items import Items, section
from app.services.remote.commands.screens import Screens
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import BUTTON, lines, numbered, rows, short
from app.services.remote.talk import Button, Talk

if TYPE_CHECKING:
    from app.services.casting.service import CastingService
    from app.services.library.service import LibraryService

MOST_WORDS: Final = 200
_ON: Final = re.compile(r"(?:^|\s)(?:on|to|sur|vers)\s+(?=\S)", re.IGNORECASE)


class CastCommand:
    """Implements `Command`."""

    name = "cast"

    def __init__(
        self,
        casting: CastingService,
        library: LibraryService,
        items: Items,
        screens: Screens,
        sheets: Sheets,
    ) -> None:
        self._casting, self._library = casting, library
        self._items, self._screens, self._sheets = items, screens, sheets

    async def run(self, talk: Talk, words: str) -> None:
        """Show what plays, or play something."""
        sheet = await self._sheets.open(talk, Face(talk.phrases.say("remote.looking")))
        title, device = await self._read(" ".join(words.split())[:MOST_WORDS])
        if title:
            await self._title(talk, sheet, title, device)
        elif device is not None:
            await self._screens.panel.follow(talk, sheet, device.id)
        else:
            await self._overview(talk, sheet)

    async def _read(self, words: str) -> tuple[str, Device | None]:
        """A title and a screen; words behind an "on" that name no screen belong to the title."""
        devices = await self._casting.devices()
        for found in reversed(list(_ON.finditer(words))):
            device = match(devices, words[found.end() :])
            if device is not None:
                return words[: found.start()].strip(), device
        device = next((one for one in devices if one.name.casefold() == words.casefold()), None)
        return ("" if device is not None else words), device

    async def _title(self, talk: Talk, sheet: Sheet, title: str, device: Device | None) -> None:
        cards = await meant(self._library, title)
        if not cards:
            said = talk.phrases.say("remote.cast.unknown", title=short(title))
            await sheet.show(Face(said))
        elif len(cards) > 1:
            await self._choose(talk, sheet, cards[:MOST_CHOICES], device)
        elif device is not None:
            await self._screens.play(talk, sheet, device, self._items.showable(cards[0]))
        else:
            await self._items.show(talk, sheet, cards[0].id)

    async def _choose(
        self, talk: Talk, sheet: Sheet, cards: list[Card], device: Device | None
    ) -> None:
        """Ask which of several that are called so is meant."""
        phrases = talk.phrases
        head = phrases.say("remote.cast.which")

        async def back(talk: Talk) -> None:
            await self._choose(talk, sheet, cards, device)

        if device is None:
            face = self._items.listed(phrases, sheet, head, [section("", cards)], back)
            await sheet.show(face)
            return
        listed = [
            numbered(at, telling.titled(card), telling.facts(phrases, card))
            for at, card in enumerate(cards, 1)
        ]
        buttons = [self._on(sheet, at, card, device) for at, card in enumerate(cards, 1)]
        await sheet.show(Face(lines(head, "\n", *listed), rows(buttons, 5)))

    def _on(self, sheet: Sheet, at: int, card: Card, device: Device) -> Button:
        async def press(talk: Talk) -> None:
            await self._screens.play(talk, sheet, device, self._items.showable(card))

        return Button(str(at), press)

    async def _overview(self, talk: Talk, sheet: Sheet) -> None:
        """What plays on screens; the one alone with its remote control at once."""
        phrases = talk.phrases
        playing = [one for one in await self._casting.castings() if one.stage not in OVER]
        if len(playing) == 1:
            await self._screens.panel.follow(talk, sheet, playing[0].device.id)
            return
        if playing:
            parts = [panel.told(phrases, one) for one in playing]
            buttons = [self._panel(phrases, sheet, one) for one in playing]
            text = "\n\n".join((phrases.say("remote.cast.several"), *parts))
            await sheet.show(Face(text, rows(buttons, 2)))
            return
        await sheet.show(await self._quiet(phrases, sheet))

    def _panel(self, phrases: Phrases, sheet: Sheet, one: Casting) -> Button:
        async def back(talk: Talk) -> None:
            await self._overview(talk, sheet)

        async def press(talk: Talk) -> None:
            more = [[Button(talk.phrases.say("remote.back"), back)]]
            await self._screens.panel.follow(talk, sheet, one.device.id, more)

        return Button(phrases.say("remote.cast.on", device=short(one.device.name, BUTTON)), press)

    async def _quiet(self, phrases: Phrases, sheet: Sheet) -> Face:
        here = [one for one in await self._casting.devices() if one.here]

        async def look(talk: Talk) -> None:
            await self._screens.look()
            await self._overview(talk, sheet)

        names = "\n".join(f"• {short(one.name, 40)}" for one in here)
        text = lines(
            phrases.say("remote.cast.nothing"),
            "\n",
            phrases.say("remote.cast.screens") if here else phrases.say("remote.cast.no_screens"),
            names,
        )
        return Face(text, [[Button(phrases.say("remote.cast.look"), look)]])
