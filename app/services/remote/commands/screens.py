"""Plays something on a screen of the home, chosen by a button, or in the station's window."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.casting import Castable, Device
from app.domain.errors import AppError
from app.domain.events import DevicesChanged, PlayRequested
from app.runtime.bus import EventBus
from app.runtime.stirring import stirred_by
from app.services.phrases import Phrases
from app.services.remote.commands.panel import Panel
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import BUTTON, rows, short
from app.services.remote.talk import Button, Talk

if TYPE_CHECKING:
    from app.services.casting.service import CastingService

MOST: Final = 8
"""Screens that are offered; more do not stand in a room."""
LOOK: Final = 2.5
"""Seconds in which the screens of a home answer when they are looked for."""


@dataclass(frozen=True, slots=True)
class Showable:
    """Something to play: its name, what a screen is given, what the window is (a ticket)."""

    title: str
    cast: Callable[[], Awaitable[Castable]]
    here: Callable[[], Awaitable[int]]


class Screens:
    """The screens of the home, and the window of the station when it has one."""

    def __init__(
        self, casting: CastingService, bus: EventBus, sheets: Sheets, *, window: bool = True
    ) -> None:
        self._casting, self._bus, self._sheets = casting, bus, sheets
        self._window = window
        self.panel = Panel(casting, bus, sheets)

    async def buttons(
        self, phrases: Phrases, sheet: Sheet, what: Showable, back: Callable[[], Awaitable[None]]
    ) -> list[list[Button]]:
        """A button for each screen that is here, for the window, and to look for more.

        `back` shows in the sheet again what these buttons stand below.
        """
        here = [one for one in await self._casting.devices() if one.here and not one.sound_only]
        found = [self._on(phrases, sheet, one, what) for one in here[:MOST]]
        if self._window:
            found.append(self._here(phrases, sheet, what))
        if not here:
            found.append(self._look(phrases, back))
        return rows(found, 2)

    async def play(self, talk: Talk, sheet: Sheet, device: Device, what: Showable) -> None:
        """Play it there, and become the remote control of that screen."""
        before, phrases = sheet.face, talk.phrases
        named = {"title": short(what.title), "device": short(device.name, 40)}
        await sheet.show(Face(phrases.say("remote.cast.starting", named)))
        try:
            await self._casting.cast(device.id, await what.cast())
        except (AppError, asyncio.CancelledError):
            await sheet.show(before)
            raise
        await self.panel.follow(talk, sheet, device.id)

    def _on(self, phrases: Phrases, sheet: Sheet, device: Device, what: Showable) -> Button:
        async def press(talk: Talk) -> None:
            await self.play(talk, sheet, device, what)

        name = short(device.name, BUTTON)
        return Button(phrases.say("remote.cast.on", device=name), press)

    def _here(self, phrases: Phrases, sheet: Sheet, what: Showable) -> Button:
        async def press(talk: Talk) -> None:
            self._bus.publish(PlayRequested(await what.here()))
            said = talk.phrases.say("remote.cast.here_now", title=short(what.title))
            await sheet.show(Face(said, sheet.face.rows))

        return Button(phrases.say("remote.cast.here"), press)

    def _look(self, phrases: Phrases, back: Callable[[], Awaitable[None]]) -> Button:
        async def press(_talk: Talk) -> None:
            await self.look()
            await back()

        return Button(phrases.say("remote.cast.look"), press)

    async def look(self) -> None:
        """Ask the home for screens, and give them a moment to answer."""
        with stirred_by(self._bus, DevicesChanged) as stirred:
            await self._casting.look()
            try:
                async with asyncio.timeout(min(LOOK, 2 * self._sheets.tempo.beat)):
                    await stirred.wait()
            except TimeoutError:
                return
