"""A download in a message: how far it is, live, with what can be done about it."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from app.domain.downloads import ENDED, UNDER_WAY, Download, DownloadId, DownloadState
from app.domain.events import DownloadsChanged
from app.domain.settings_sections import Remote
from app.domain.text import display
from app.runtime.bus import EventBus
from app.services.phrases import Phrases
from app.services.remote.commands import telling
from app.services.remote.commands.sheet import Face, Sheet, Sheets
from app.services.remote.commands.telling import joined, lines, short
from app.services.remote.talk import Button, Talk

if TYPE_CHECKING:
    from app.services.downloads.service import DownloadsService

LONGEST: Final = 12 * 3600.0
"""Seconds for which the message of a download moves; then it is asked for again."""
_STILL: Final = frozenset({*ENDED, DownloadState.FAILED, DownloadState.PAUSED})
_FAILED: Final = frozenset({DownloadState.FAILED, DownloadState.HELD})


def brief(phrases: Phrases, row: Download) -> str:
    """A download in two lines: its name, and how far it is."""
    return f"{short(row.name)}\n    {how(phrases, row)}"


def how(phrases: Phrases, row: Download) -> str:
    """How far a download is, how fast, and what it waits for."""
    state = phrases.say(f"remote.download.{row.state.value}")
    if row.state in ENDED:
        return joined((state, telling.size(phrases, row.size)))
    left = row.left if row.state in UNDER_WAY else None
    reason = telling.why(phrases, row.reason, row.reason_args) if row.state in _FAILED else ""
    amount = ""
    if row.size:
        done, size = telling.size(phrases, row.done), telling.size(phrases, row.size)
        amount = phrases.say("remote.download.of", done=done, size=size) if done else size
    return joined(
        (
            telling.share(row.fraction) if row.size and row.done else "",
            state,
            amount,
            telling.speed(phrases, row.down),
            phrases.say("remote.left", time=telling.length(phrases, left)) if left else "",
            reason,
        )
    )


class Loads:
    """Follows downloads in sheets."""

    def __init__(
        self,
        downloads: DownloadsService,
        bus: EventBus,
        rights: Callable[[], Remote],
        sheets: Sheets,
    ) -> None:
        self._downloads, self._bus = downloads, bus
        self._rights, self._sheets = rights, sheets

    async def follow(self, talk: Talk, sheet: Sheet, number: DownloadId) -> None:
        """Show it live until it is here, has failed, or is paused."""
        phrases = talk.phrases

        async def draw() -> Face:
            row = await self.row(number)
            if row is None:
                return Face(phrases.say("remote.download.gone"), over=True)
            text = lines(short(row.name, 120), how(phrases, row), self._where(phrases, row))
            return Face(text, [self._buttons(phrases, sheet, row)], row.state in _STILL)

        async def again(talk: Talk) -> None:
            await self.follow(talk, sheet, number)

        refresh = Button(phrases.say("remote.refresh"), again)
        kinds = (DownloadsChanged,)
        await sheet.live(self._bus, kinds, draw, again=refresh, lasts=LONGEST)

    async def row(self, number: DownloadId) -> Download | None:
        """A download as it is now; None when it is gone."""
        found = await self._downloads.rows()
        return next((one for one in found if one.id == number), None)

    def _buttons(self, phrases: Phrases, sheet: Sheet, row: Download) -> list[Button]:
        downloads, number = self._downloads, row.id

        def button(key: str, act: Callable[[], Awaitable[None]]) -> Button:
            async def press(talk: Talk) -> None:
                await act()
                await self.follow(talk, sheet, number)

            return Button(phrases.say(f"remote.download.{key}"), press)

        found: list[Button] = []
        if row.state is DownloadState.PAUSED:
            found.append(button("go_on", lambda: downloads.go(number)))
        elif row.state in _FAILED:
            found.append(button("retry", lambda: downloads.retry(number)))
        elif row.state not in ENDED:
            found.append(button("pause", lambda: downloads.pause(number)))
        if row.state not in ENDED or self._rights().delete:

            async def ask(talk: Talk) -> None:
                await self._ask(talk, sheet, row)

            found.append(Button(phrases.say("remote.download.cancel"), ask))
        return found

    async def _ask(self, talk: Talk, sheet: Sheet, row: Download) -> None:
        """Ask before anything is taken off the list, or deleted."""
        phrases = talk.phrases

        async def keep(talk: Talk) -> None:
            await self.follow(talk, sheet, row.id)

        def remove(key: str, *, files: bool) -> Button:
            async def press(talk: Talk) -> None:
                await self._remove(talk, sheet, row, files=files)

            return Button(phrases.say(f"remote.download.{key}"), press)

        choices = [[remove("remove", files=False)]]
        if self._rights().delete:
            choices.append([remove("delete", files=True)])
        choices.append([Button(phrases.say("remote.download.keep"), keep)])
        asked = phrases.say("remote.download.remove_ask", name=short(row.name, 120))
        await sheet.show(Face(asked, choices))

    async def _remove(self, talk: Talk, sheet: Sheet, row: Download, *, files: bool) -> None:
        await self._downloads.remove(row.id, files=files)

        async def restore(talk: Talk) -> None:
            await self._downloads.restore(row.id)
            await self.follow(talk, sheet, row.id)

        key = "remote.download.deleted" if files else "remote.download.removed"
        said = talk.phrases.say(key, name=short(row.name, 120))
        undo = Button(talk.phrases.say("remote.undo"), restore)
        await sheet.show(Face(said, [[undo]]))

    def _where(self, phrases: Phrases, row: Download) -> str:
        if row.state in ENDED or not row.folder:
            return ""
        return phrases.say("remote.download.to", folder=folder_of(row.folder))


def folder_of(path: bytes | os.PathLike[str]) -> str:
    """A folder as a message names it: its last two parts, not the whole of the disk."""
    parts = display(os.fsencode(path)).rstrip("/").split("/")
    return short("/".join(parts[-2:]), 60)
