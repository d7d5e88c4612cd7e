"""A search in a message: it fills as sources answer, and each row can be looked at and taken."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.casting import Castable
from app.domain.downloads import DownloadId
from app.domain.errors import AppError
from app.domain.events import SearchChanged
from app.domain.search import HitKind, Result, ResultId, SearchId, SearchView, StartKind
from app.runtime.bus import EventBus
from app.services.control_downloads import take_in
from app.services.phrases import Phrases
from app.services.remote.commands import found
from app.services.remote.commands.loads import Loads
from app.services.remote.commands.screens import Screens, Showable
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import rows, short
from app.services.remote.talk import Button, Talk

if TYPE_CHECKING:
    from app.services.downloads.service import DownloadsService
    from app.services.search.service import SearchService

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Means:
    """What searching from a phone works with."""

    search: SearchService
    downloads: DownloadsService
    loads: Loads
    screens: Screens
    bus: EventBus
    sheets: Sheets


class Hunt:
    """One search in one sheet."""

    def __init__(self, means: Means, search: SearchId, sheet: Sheet) -> None:
        self._means, self._search, self.sheet = means, search, sheet
        self._first = 0
        self._resolution = ""

    @classmethod
    async def begin(cls, means: Means, talk: Talk, words: str) -> Hunt:
        """Ask everybody, in a message of its own."""
        view = await means.search.search(words)
        face = Face(found.whole(talk.phrases, view, 0))
        return cls(means, view.id, await means.sheets.open(talk, face))

    async def follow(self, talk: Talk) -> None:
        """Show what is found until everybody has answered."""

        async def draw() -> Face:
            view = await self._means.search.view(self._search)
            return Face(
                self._text(talk.phrases, view), self._rows(talk.phrases, view), view.complete
            )

        await self.sheet.live(self._means.bus, (SearchChanged,), draw)

    async def until_done(self, talk: Talk) -> SearchView:
        """Show how many have answered until the quick ones have; returns the search then."""

        async def draw() -> Face:
            view = await self._means.search.view(self._search)
            head = talk.phrases.say("remote.search.head", title=short(view.wanted.typed))
            told = found.answered(talk.phrases, view, len(found.shown(view)))
            return Face(f"{head}\n{told}", over=view.done)

        await self.sheet.live(self._means.bus, (SearchChanged,), draw)
        return await self._means.search.view(self._search)

    async def leave(self) -> None:
        """Ask nobody any more."""
        await self._means.search.close(self._search)

    async def show(self, talk: Talk, result: ResultId) -> None:
        """Show everything about a row, and what can be done with it."""
        row, phrases = self._means.search.row(self._search, result), talk.phrases

        async def back(talk: Talk) -> None:
            await self.follow(talk)

        async def here() -> None:
            await self.show(talk, result)

        buttons: list[list[Button]] = []
        if found.can_take(row):
            buttons.append([self.taking(phrases, row)])
        if row.best.start.kind is not StartKind.NEVER:
            what = self._showable(row)
            buttons += await self._means.screens.buttons(phrases, self.sheet, what, here)
        buttons.append([Button(phrases.say("remote.back"), back)])
        await self.sheet.show(Face(found.detail(phrases, row), buttons))

    def taking(self, phrases: Phrases, row: Result) -> Button:
        """The button that downloads a row."""

        async def press(talk: Talk) -> None:
            before = self.sheet.face
            name = found.title(row.best)
            await self.sheet.show(Face(talk.phrases.say("remote.download.begins", name=name)))
            try:
                number = await self._take(row)
            except (AppError, asyncio.CancelledError):
                await self.sheet.show(before)
                raise
            await self._means.loads.follow(talk, self.sheet, number)

        return Button(phrases.say("remote.download.take"), press)

    def _text(self, phrases: Phrases, view: SearchView) -> str:
        return found.whole(phrases, view, self._first, self._resolution)

    def _rows(self, phrases: Phrases, view: SearchView) -> list[list[Button]]:
        listed = found.shown(view, self._resolution)
        page = listed[self._first : self._first + found.PAGE]
        numbers = [self._number(self._first + at, row.id) for at, row in enumerate(page, 1)]
        turning: list[Button] = []
        if self._first:
            turning.append(self._turned(phrases, "less", max(0, self._first - found.PAGE)))
        if len(listed) > self._first + found.PAGE:
            turning.append(self._turned(phrases, "more", self._first + found.PAGE))
        narrow = [self._narrowed(one) for one in found.resolutions(view)]
        buttons = [*rows(numbers), turning, narrow]
        if view.done and not listed:
            buttons.append([self._again(phrases, view)])
        return [row for row in buttons if row]

    def _number(self, at: int, result: ResultId) -> Button:
        async def press(talk: Talk) -> None:
            await self.show(talk, result)

        return Button(str(at), press)

    def _turned(self, phrases: Phrases, key: str, first: int) -> Button:
        async def press(talk: Talk) -> None:
            self._first = first
            await self.follow(talk)

        return Button(phrases.say(f"remote.{key}"), press)

    def _narrowed(self, resolution: str) -> Button:
        chosen = resolution == self._resolution

        async def press(talk: Talk) -> None:
            self._first, self._resolution = 0, "" if chosen else resolution
            await self.follow(talk)

        return Button(f"✓ {resolution}" if chosen else resolution, press)

    def _again(self, phrases: Phrases, view: SearchView) -> Button:
        async def press(talk: Talk) -> None:
            self._search = (await self._means.search.search(view.wanted.typed, fresh=True)).id
            self._first, self._resolution = 0, ""
            await self.follow(talk)

        return Button(phrases.say("remote.search.again"), press)

    def _showable(self, row: Result) -> Showable:
        search, item = self._means.search, row.best.offer.item

        async def cast() -> Castable:
            if item is not None:
                return Castable(item=item)
            return Castable(ticket=int(await search.play(self._search, row.id)))

        async def here() -> int:
            return int(await search.play(self._search, row.id))

        return Showable(found.title(row.best), cast, here)

    async def _take(self, row: Result) -> DownloadId:
        """Add it to the downloads. `Refused` when its files are certainly not what they say."""
        from app.services.downloads.from_search import link_of  # with the engine: only when asked
        from app.services.search.starting import require_clean

        search = self._means.search
        if row.best.offer.kind is HitKind.TORRENT:
            try:
                inside = await search.contents(self._search, row.id)
            except AppError as error:  # nobody tells now; what is a program is never written
                log.info("What is in %s is not known yet: %s", row.best.offer.name, error)
            else:
                require_clean(inside.suspicion)
        told = await search.fetchable(self._search, row.id)
        link = await link_of(told.link, told.content, told.hosts, told.headers)
        return await take_in(self._means.downloads, link, name=told.name)
