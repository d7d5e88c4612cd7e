"""A message that shows one thing at a time, and moves while what it shows does."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.runtime.bus import EventBus
from app.runtime.stirring import stirred_by
from app.services.remote.talk import Button, Rows, Said, Talk

MOST_LIVE: Final = 3
"""So many messages of a person move at a time; a chat takes one change a second."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """How live messages move, in seconds.

    What changes without an event is looked at every `beat`, what has events not more often than
    every `pace`; a message that could move for ever does so for `lasts`.
    """

    beat: float = 3.0
    pace: float = 0.7
    lasts: float = 120.0


@dataclass(frozen=True, slots=True)
class Face:
    """What a message shows: its words and buttons. `over`: it will not change any more."""

    text: str
    rows: Rows = ()
    over: bool = False


Draw = Callable[[], Awaitable[Face]]


class Sheets:
    """The live messages of everybody: only the newest few of a person move, the others rest."""

    def __init__(self, tempo: Tempo) -> None:
        self.tempo = tempo
        self._live: dict[int, list[Sheet]] = {}

    async def open(self, talk: Talk, face: Face) -> Sheet:
        """Say it in a message of its own."""
        sheet = Sheet(await talk.say(face.text, face.rows), self, talk.person.id)
        sheet.face = face
        return sheet

    def began(self, sheet: Sheet) -> None:
        """It moves from now on; the oldest of its person stops when there are too many."""
        live = self._live.setdefault(sheet.person, [])
        if sheet in live:
            live.remove(sheet)
        live.append(sheet)
        while len(live) > MOST_LIVE:
            live.pop(0).rest()

    def ended(self, sheet: Sheet) -> None:
        """It moves no more."""
        live = self._live.get(sheet.person, [])
        if sheet in live:
            live.remove(sheet)
        if not live:
            self._live.pop(sheet.person, None)


class Sheet:
    """One message of a talk. Who shows something else in it ends what was live there."""

    def __init__(self, said: Said, sheets: Sheets, person: int) -> None:
        self._said, self._sheets, self.person = said, sheets, person
        self._resting = False
        self.face = Face("")
        """What it shows now."""
        self._turn = 0
        self._stirred: asyncio.Event | None = None

    async def show(self, face: Face) -> None:
        """Show this from now on."""
        self._begin()
        self._sheets.ended(self)
        await self._edit(face)

    async def live(
        self,
        bus: EventBus,
        kinds: Sequence[type[object]],
        draw: Draw,
        *,
        again: Button | None = None,
        lasts: float | None = None,
    ) -> None:
        """Show what `draw` makes, anew with every fact of these kinds and every beat.

        Returns when it is over, when something else is shown, or after `lasts` seconds (None: the
        tempo's). What ends before it is over, also by being cancelled, has the button `again`.
        """
        turn, last, clock = self._begin(), Face(""), asyncio.get_running_loop().time
        until = clock() + (self._sheets.tempo.lasts if lasts is None else lasts)
        self._sheets.began(self)
        try:
            with stirred_by(bus, *kinds) as stirred:
                self._stirred = stirred
                while turn == self._turn:
                    stirred.clear()
                    face = await draw()
                    if turn != self._turn:
                        return
                    last = face
                    await self._edit(face)
                    if face.over:
                        return
                    if self._resting or clock() >= until:
                        break
                    await self._pause(stirred)
            await self._settle(turn, last, again)
        except asyncio.CancelledError:
            await self._settle(turn, last, again)
            raise
        finally:
            if turn == self._turn:
                self._sheets.ended(self)

    def rest(self) -> None:
        """Let it stand still as it is; whoever presses `again` lets it move on."""
        self._resting = True
        if self._stirred is not None:
            self._stirred.set()

    def _begin(self) -> int:
        self._turn += 1
        self._resting = False
        if self._stirred is not None:
            self._stirred.set()
        return self._turn

    async def _settle(self, turn: int, last: Face, again: Button | None) -> None:
        """Leave what was live as it stands, with the way to go on."""
        if turn == self._turn and again is not None and last.text:
            await self._edit(Face(last.text, [*last.rows, [again]]))

    async def _edit(self, face: Face) -> None:
        self.face = face
        await self._said.edit(face.text, face.rows)

    async def _pause(self, stirred: asyncio.Event) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._sheets.tempo.beat):
                await stirred.wait()
        await asyncio.sleep(self._sheets.tempo.pace)
