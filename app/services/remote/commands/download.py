"""`/download TEXT|LINK`: fetches a link at once, or the best of a search after a yes."""

from __future__ import annotations

import asyncio
import os
from typing import Final

from app.domain.downloads import ENDED, DownloadId
from app.domain.errors import AppError
from app.domain.events import DownloadsChanged
from app.domain.search import Result
from app.services.control_downloads import take_in
from app.services.phrases import Phrases
from app.services.remote.commands import found, loads, telling
from app.services.remote.commands.hunt import Hunt, Means
from app.services.remote.commands.sheet import Face, Sheet
from app.services.remote.commands.telling import joined, lines, rows, short
from app.services.remote.talk import Button, Talk

MOST: Final = 8
_LINKS: Final = ("magnet:", "http://", "https://")


def is_link(words: str) -> bool:
    """Whether somebody sent a link, not words to search."""
    return words.strip().lower().startswith(_LINKS)


class DownloadCommand:
    """Implements `Command`."""

    name = "download"

    def __init__(self, means: Means) -> None:
        self._means = means

    async def run(self, talk: Talk, words: str) -> None:
        """Fetch it; without words, list what loads."""
        if not words.strip():
            await self._list(talk)
        elif is_link(words):
            await self._link(talk, words.split()[0])
        else:
            await self._best(talk, words)

    async def _link(self, talk: Talk, link: str) -> None:
        face = Face(talk.phrases.say("remote.download.link"))
        sheet = await self._means.sheets.open(talk, face)
        try:
            number = await take_in(self._means.downloads, link)
        except AppError as error:
            why = telling.why(talk.phrases, error.key, error.args_map)
            await sheet.show(Face(talk.phrases.say("remote.download.no_link", why=why)))
            return
        await self._means.loads.follow(talk, sheet, number)

    async def _best(self, talk: Talk, words: str) -> None:
        hunt = await Hunt.begin(self._means, talk, words)
        try:
            view = await hunt.until_done(talk)
            takes = [row for row in found.sure(view) if found.can_take(row)]
            at_home = [row for row in found.sure(view) if row.best.offer.item is not None]
            if at_home:
                await hunt.show(talk, at_home[0].id)
            elif takes:
                await self._ask(talk, hunt, takes[0])
            else:
                await hunt.follow(talk)
        except asyncio.CancelledError:
            await hunt.leave()
            raise

    async def _ask(self, talk: Talk, hunt: Hunt, row: Result) -> None:
        phrases = talk.phrases

        async def others(talk: Talk) -> None:
            await hunt.follow(talk)

        async def no(talk: Talk) -> None:
            await hunt.sheet.show(Face(talk.phrases.say("remote.download.not_taken")))

        text = lines(
            phrases.say("remote.download.ask"), "\n", found.title(row.best),
            short(row.best.offer.name, 200), found.told(phrases, row), "\n",
            await self._where(phrases),
        )  # fmt: skip
        buttons = [
            [hunt.taking(phrases, row)],
            [
                Button(phrases.say("remote.download.others"), others),
                Button(phrases.say("remote.no"), no),
            ],
        ]
        await hunt.sheet.show(Face(text, buttons))

    async def _where(self, phrases: Phrases) -> str:
        folder = self._means.downloads.folder
        try:
            free = await self._means.downloads.free(os.fsencode(folder))
        except AppError:  # its disk is away: the download will say so, and wait for it
            free = 0
        to = phrases.say("remote.download.to", folder=loads.folder_of(folder))
        room = phrases.say("remote.free", size=telling.size(phrases, free)) if free else ""
        return joined((to, room))

    async def _list(self, talk: Talk) -> None:
        """Everything that loads or waits, live; then what has come."""
        phrases = talk.phrases
        face = Face(phrases.say("remote.download.head"))
        sheet = await self._means.sheets.open(talk, face)
        await self._show_list(talk, sheet)

    async def _show_list(self, talk: Talk, sheet: Sheet) -> None:
        phrases = talk.phrases

        async def draw() -> Face:
            every = await self._means.downloads.rows()
            ordered = sorted(every, key=lambda one: (one.state in ENDED, -(one.finished_at or 0)))
            shown = ordered[:MOST]
            if not shown:
                return Face(phrases.say("remote.download.none"), over=True)
            listed = [f"{at}. {loads.brief(phrases, one)}" for at, one in enumerate(shown, 1)]
            more = len(ordered) - len(shown)
            text = lines(
                phrases.say("remote.download.head"), "\n", *listed,
                phrases.say("remote.and_more", count=more) if more else "",
            )  # fmt: skip
            numbers = [self._number(sheet, at, one.id) for at, one in enumerate(shown, 1)]
            return Face(text, rows(numbers), all(one.state in ENDED for one in every))

        async def again(talk: Talk) -> None:
            await self._show_list(talk, sheet)

        refresh = Button(phrases.say("remote.refresh"), again)
        await sheet.live(self._means.bus, (DownloadsChanged,), draw, again=refresh)

    def _number(self, sheet: Sheet, at: int, number: DownloadId) -> Button:
        async def press(talk: Talk) -> None:
            await self._means.loads.follow(talk, sheet, number)

        return Button(str(at), press)
