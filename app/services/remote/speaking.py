"""Says things in the chat of one person: in order, at the pace the service takes, never twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.api.chatting import ChatButton, Outgoing
from app.domain.errors import AppError, NotFound, Unavailable
from app.domain.remote import Person
from app.runtime.supervisor import Supervisor
from app.services.phrases import Phrases
from app.services.remote.line import Line
from app.services.remote.pace import Limits, Pace
from app.services.remote.presses import Presses
from app.services.remote.talk import Button, Rows, Said

log = logging.getLogger(__name__)

LONGEST_PAUSE: Final = 90.0
"""Seconds a service may ask for before what was to be said is given up."""
TRIES: Final = 6
"""Times an edit is tried while the service is away."""
MOST_KNOWN: Final = 200
"""So many messages of a chat are remembered."""

Keys = list[tuple[str, str]]
"""What stands on each button that is pressed, and its key; in order."""


class Sent:
    """A message that is there; implements `Said`."""

    def __init__(self, chat: Chat, number: str, text: str, rows: Rows, keys: Keys) -> None:
        self._chat = chat
        self.number = number
        self.shown = (text, labels(rows))
        self.keys = keys
        self.wanted: tuple[str, Rows] | None = None
        self.tries = 0
        self.gone = False

    async def edit(self, text: str, buttons: Rows = ()) -> None:
        """Give it other words and buttons, soon."""
        self._chat.change(self, text, buttons)


class Chat:
    """One person's chat. Lives on the service loop."""

    def __init__(
        self, line: Line, presses: Presses, person: int, tasks: Supervisor, limits: Limits
    ) -> None:
        self._line, self._presses, self._tasks = line, presses, tasks
        self._person, self._name = person, str(person)
        self._pace = Pace(limits)
        self._turn = asyncio.Lock()
        self._waiting: dict[str, Sent] = {}
        self._known: dict[str, Sent] = {}
        self._worker: asyncio.Task[None] | None = None

    async def say(self, text: str, rows: Rows = (), file: Path | None = None) -> Sent:
        """Send a message; one after the other."""
        async with self._turn:
            await self._pace.message()
            buttons, keys = self._made(rows, {})
            told = Outgoing(text, buttons, "" if file is None else str(file))
            try:
                number = await self._patiently(told)
            except BaseException:
                self._presses.forget([key for _label, key in keys])
                raise
        self._presses.bind([key for _label, key in keys], number)
        sent = Sent(self, number, text, rows, keys)
        self._remember(sent)
        return sent

    def sent(self, number: str) -> Said:
        """The message of a press."""
        found = self._known.get(number)
        if found is None:
            found = Sent(self, number, "", (), [])
            self._remember(found)
        return found

    def change(self, sent: Sent, text: str, rows: Rows) -> None:
        """Let a message say something else as soon as the pace allows; the newest counts."""
        if sent.gone:
            return
        sent.wanted, sent.tries = (text, rows), 0
        seen = dict(sent.keys)
        for button in flat(rows):
            if button.press is not None and button.text in seen:
                self._presses.renew(seen[button.text], button.press)  # it is there to be pressed
        self._waiting.setdefault(sent.number, sent)
        if self._worker is None or self._worker.done():
            self._worker = self._tasks.spawn(self._rewrite(), "edits")

    async def _rewrite(self) -> None:
        while self._waiting:
            sent = next(iter(self._waiting.values()))
            if not self._same(sent):
                await self._pace.edit()  # what is wanted meanwhile is newer, and goes instead
            del self._waiting[sent.number]
            if self._same(sent):
                continue
            try:
                await self._rewrite_one(sent)
            except AppError as error:
                await self._failed(sent, error)

    def _same(self, sent: Sent) -> bool:
        """Whether it says this already; its buttons do then what was told last."""
        if sent.wanted is None:
            return True
        text, rows = sent.wanted
        pressed = [one.press for one in flat(rows) if one.press is not None]
        if sent.shown != (text, labels(rows)) or len(pressed) != len(sent.keys):
            return False
        held = [
            self._presses.renew(key, press)
            for (_label, key), press in zip(sent.keys, pressed, strict=True)
        ]
        return all(held)

    async def _rewrite_one(self, sent: Sent) -> None:
        assert sent.wanted is not None
        (text, rows), sent.wanted = sent.wanted, None
        before = {key for _label, key in sent.keys}
        buttons, keys = self._made(rows, dict(sent.keys))
        self._presses.bind([key for _label, key in keys], sent.number)
        try:
            await self._line.rewrite(self._name, sent.number, Outgoing(text, buttons))
        except BaseException:
            self._presses.forget([key for _label, key in keys if key not in before])
            if sent.wanted is None:
                sent.wanted = (text, rows)
            raise
        self._presses.forget(before - {key for _label, key in keys})
        sent.shown, sent.keys = (text, labels(rows)), keys

    async def _failed(self, sent: Sent, error: AppError) -> None:
        sent.tries += 1
        pause = pause_of(error, 2.0**sent.tries)
        if isinstance(error, NotFound):
            sent.gone = True
            self._presses.forget([key for _label, key in sent.keys])
        elif isinstance(error, Unavailable) and pause <= LONGEST_PAUSE and sent.tries < TRIES:
            await asyncio.sleep(pause)
            self._waiting.setdefault(sent.number, sent)
        else:
            log.warning("A message on a phone could not be changed: %s", error)

    async def _patiently(self, message: Outgoing) -> str:
        """Say it; a pause the service asks for is kept: what was refused so is not there."""
        for _ in range(TRIES):
            try:
                return await self._line.say(self._name, message)
            except Unavailable as error:
                pause = pause_of(error, 0.0)
                if not 0 < pause <= LONGEST_PAUSE:
                    raise
                await asyncio.sleep(pause)
        raise Unavailable("errors.remote_busy")

    def _made(
        self, rows: Rows, before: dict[str, str]
    ) -> tuple[tuple[tuple[ChatButton, ...], ...], Keys]:
        """Buttons with their keys; one that looks as before keeps its own."""
        made: list[tuple[ChatButton, ...]] = []
        keys: Keys = []
        for row in rows:
            line: list[ChatButton] = []
            for button in row:
                if button.press is None:
                    line.append(ChatButton(button.text, url=button.url))
                    continue
                key = before.pop(button.text, "")
                if not key or not self._presses.renew(key, button.press):
                    key = self._presses.add(self._person, button.press)
                keys.append((button.text, key))
                line.append(ChatButton(button.text, press=key))
            made.append(tuple(line))
        return tuple(made), keys

    def _remember(self, sent: Sent) -> None:
        self._known[sent.number] = sent
        while len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]


class ChatTalk:
    """Implements `Talk` for one command or press."""

    def __init__(
        self, chat: Chat, person: Person, phrases: Phrases, message: Said | None = None
    ) -> None:
        self._chat = chat
        self.person, self.phrases, self.message = person, phrases, message

    async def say(self, text: str, buttons: Rows = (), file: Path | None = None) -> Said:
        """Send a message."""
        return await self._chat.say(text, buttons, file)


def labels(rows: Rows) -> tuple[tuple[str, ...], ...]:
    """How buttons look: what differs in this alone must be sent."""
    return tuple(tuple(f"{one.text}\n{one.url}" for one in row) for row in rows)


def flat(rows: Rows) -> Iterable[Button]:
    """The buttons, one after the other."""
    return (button for row in rows for button in row)


def pause_of(error: AppError, otherwise: float) -> float:
    """Seconds to wait before it is tried again."""
    told = error.args_map.get("retry_after")
    return float(told) if isinstance(told, int | float) and told > 0 else otherwise
