"""Decides who is obeyed, runs what he asks for, and tells him in words when it does not work."""

from __future__ import annotations

import asyncio
import functools
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.api.chatting import Incoming
from app.domain.errors import (
    AppError,
    AuthRequired,
    InvalidInput,
    NotFound,
    Refused,
    ToolFailed,
    Unavailable,
    Unsupported,
)
from app.domain.remote import Person
from app.runtime.supervisor import Supervisor
from app.services.phrases import Phrases
from app.services.remote.line import Line
from app.services.remote.pace import Limits
from app.services.remote.pairing import Codes
from app.services.remote.presses import Presses
from app.services.remote.rules import Flood, is_his, is_new, is_own, order_of
from app.services.remote.speaking import Chat, ChatTalk
from app.services.remote.talk import Command, Talk

log = logging.getLogger(__name__)

TEXT: Final = "search"
"""The command that gets what is typed without a slash."""
OWN: Final = ("help", "cancel")
MOST_PRESSES: Final = 8
"""So many presses of one person go on beside each other."""
MOST_ANSWERS: Final = 32
"""So many presses are being answered at a time; further ones of strangers get nothing."""
_KINDS: Final[tuple[tuple[type[AppError], str], ...]] = (
    (AuthRequired, "auth"), (NotFound, "not_found"), (Unsupported, "unsupported"),
    (InvalidInput, "invalid"), (Refused, "refused"), (ToolFailed, "tool"),
    (Unavailable, "unavailable"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Means:
    """What the desk works with."""

    line: Line
    phrases: Phrases
    commands: Mapping[str, Command]
    tasks: Supervisor
    limits: Limits
    clock: Callable[[], float]


class Desk:
    """Lives on the service loop. `hear` never waits for what somebody asked for."""

    def __init__(
        self, means: Means, codes: Codes, welcome: Callable[[Person], Awaitable[bool]]
    ) -> None:
        self._means, self._codes, self._welcome = means, codes, welcome
        self._line, self._tasks = means.line, means.tasks
        self._started = means.clock()
        self._presses = Presses()
        self._flood = Flood()
        self._people: dict[int, Person] = {}
        self._chats: dict[int, Chat] = {}
        self._commands: dict[int, asyncio.Task[None]] = {}
        self._pressed: dict[int, set[asyncio.Task[None]]] = {}
        self._answering = 0

    def let_in(self, person: Person) -> None:
        """Obey somebody from now on."""
        self._people[person.id] = person

    def let_out(self, person: int) -> None:
        """Obey him no more, and end what he began."""
        self._people.pop(person, None)
        self._end(person)
        self._presses.forget_person(person)
        self._chats.pop(person, None)

    @property
    def people(self) -> tuple[Person, ...]:
        """Who is obeyed, in the order they came."""
        return tuple(self._people.values())

    def menu(self) -> list[tuple[str, str]]:
        """The commands with their words."""
        names = [*self._means.commands, *OWN]
        return [(name, self._words(name)) for name in names]

    def heeds(self, incoming: Incoming, fetched: float) -> bool:
        """Whether anything can come of it; what cannot needs no note on the disk."""
        if not is_own(incoming):
            return False
        self._started = min(self._started, fetched)  # the clock was set back meanwhile
        if incoming.sender in self._people:
            return bool(incoming.press) or is_new(incoming, fetched, self._started)
        new = not incoming.press and is_new(incoming, fetched, self._started)
        return new and self._codes.shown is not None

    async def hear(self, incoming: Incoming, fetched: float) -> None:
        """Take in what came: obey it, let somebody in, or let it lie. `fetched`: when it came."""
        person = self._people.get(incoming.sender)
        if not self.heeds(incoming, fetched):
            self._let_lie(incoming)
        elif person is None:
            await self._try_code(incoming)
        elif not self._flood.takes(person.id, time.monotonic()):
            self._slow_down(person, incoming)
        elif incoming.press:
            self._press(person, incoming)
        else:
            self._order(person, incoming.text)

    def greet(self, person: Person) -> None:
        """Tell somebody new that he is in, and what can be asked."""
        self._spawn_command(person, self._greeting(self._talk(person)))

    def _talk(self, person: Person, message: str = "") -> ChatTalk:
        chat = self._chats.get(person.id)
        if chat is None:
            chat = Chat(self._line, self._presses, person.id, self._tasks, self._means.limits)
            self._chats[person.id] = chat
        below = chat.sent(message) if message else None
        return ChatTalk(chat, person, self._means.phrases, below)

    async def _try_code(self, incoming: Incoming) -> None:
        if self._codes.tried(incoming.sender, incoming.text):
            name = incoming.name.strip() or str(incoming.sender)
            person = Person(incoming.sender, name[:64], self._means.clock())
            if await self._welcome(person):
                log.warning("Somebody new may command from a phone")

    def _let_lie(self, incoming: Incoming) -> None:
        """A press turns on the phone until it is answered, whoever pressed."""
        if incoming.sender in self._people and not incoming.press and is_own(incoming):
            log.info("Something from a phone came too late, or the clock here is wrong")
        if incoming.reply and self._answering < MOST_ANSWERS:
            known = incoming.sender in self._people and is_his(incoming)
            text = self._means.phrases.say("remote.over") if known else ""
            self._tasks.spawn(self._answer(incoming.reply, text), "answer")

    def _slow_down(self, person: Person, incoming: Incoming) -> None:
        text = self._means.phrases.say("remote.slow")
        if incoming.reply:
            self._tasks.spawn(self._answer(incoming.reply, text), "answer")
        elif self._flood.tells(person.id, time.monotonic()):
            self._tasks.spawn(self._say(self._talk(person), text), "slow")

    def _press(self, person: Person, incoming: Incoming) -> None:
        press = self._presses.find(incoming.press, person.id, incoming.message)
        going = self._pressed.setdefault(person.id, set())
        if press is None or len(going) >= MOST_PRESSES:
            key = "remote.over" if press is None else "remote.one_moment"
            answer = self._answer(incoming.reply, self._means.phrases.say(key))
            self._tasks.spawn(answer, "answer")
            return

        talk = self._talk(person, incoming.message)

        async def pressed() -> None:
            if await self._answer(incoming.reply):
                await press(talk)

        task = self._tasks.spawn(self._told(talk, pressed), "press")
        if task is not None:
            going.add(task)
            task.add_done_callback(going.discard)

    def _order(self, person: Person, text: str) -> None:
        name, words = order_of(text)
        talk = self._talk(person)
        if name == "cancel":
            key = "remote.cancelled" if self._end(person.id) else "remote.nothing_to_cancel"
            self._tasks.spawn(self._say(talk, self._means.phrases.say(key)), "cancel")
            return
        command = self._means.commands.get(name or TEXT)
        if command is None:
            self._spawn_command(person, self._help(talk, unknown=name not in ("", "start", "help")))
        else:
            run = functools.partial(command.run, talk, words)
            self._spawn_command(person, self._told(talk, run))

    def _spawn_command(self, person: Person, work: Coroutine[Any, Any, None]) -> None:
        before = self._commands.pop(person.id, None)
        if before is not None:
            before.cancel()
        task = self._tasks.spawn(work, "command")
        if task is not None:
            self._commands[person.id] = task

    def _end(self, person: int) -> bool:
        """End what he began; False when there is nothing."""
        command = self._commands.pop(person, None)
        tasks = [*self._pressed.get(person, ()), *([command] if command else [])]
        going = [task for task in tasks if not task.done()]
        for task in going:
            task.cancel()
        return bool(going)

    async def _told(self, talk: Talk, work: Callable[[], Awaitable[None]]) -> None:
        """Do it; what goes wrong is told in words."""
        try:
            await work()
        except AppError as error:
            log.info("Asked from a phone: %s", error)
            await self._say(talk, self.told(error))
        except Exception:
            await self._say(talk, self._means.phrases.say("remote.failed.bug"))
            raise  # the supervisor logs it

    def told(self, error: AppError) -> str:
        """An expected failure in words: its own, or those of its kind."""
        phrases = self._means.phrases
        if phrases.has(error.key):
            return phrases.say(error.key, error.args_map)
        kind = next((name for one, name in _KINDS if isinstance(error, one)), "unavailable")
        return phrases.say(f"remote.failed.{kind}")

    async def _greeting(self, talk: Talk) -> None:
        await self._say(talk, talk.phrases.say("remote.welcome", name=talk.person.name))
        await self._help(talk)

    async def _help(self, talk: Talk, *, unknown: bool = False) -> None:
        lines = [f"/{name} – {words}" if words else f"/{name}" for name, words in self.menu()]
        head = talk.phrases.say("remote.unknown" if unknown else "remote.help")
        await self._say(talk, "\n".join([head, "", *lines]))

    async def _say(self, talk: Talk, text: str) -> None:
        try:
            await talk.say(text)
        except AppError as error:
            log.warning("A phone could not be answered: %s", error)

    async def _answer(self, reply: str, text: str = "") -> bool:
        """Answer a press; False when it was so long ago that it is not meant any more."""
        self._answering += 1
        try:
            await self._line.answer(reply, text)
        except NotFound:
            return False
        except AppError as error:
            log.warning("A press could not be answered: %s", error)
        finally:
            self._answering -= 1
        return True

    def _words(self, name: str) -> str:
        key = f"remote.menu.{name}"
        return self._means.phrases.say(key) if self._means.phrases.has(key) else ""
