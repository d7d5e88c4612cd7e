"""The remote on a phone: lets people in, listens to them, and does what they ask for."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final, Protocol

from app.domain.errors import AppError, Refused, Unavailable
from app.domain.events import (
    NoticeLevel,
    NoticeRaised,
    PluginStateChanged,
    RemoteChanged,
    SettingsChanged,
)
from app.domain.options import Value
from app.domain.remote import Pairing, Person, RemoteState
from app.domain.settings import Settings
from app.infra import qr
from app.infra.database.engine import Database
from app.runtime.bus import EventBus, Subscription
from app.runtime.supervisor import Supervisor
from app.services.phrases import Phrases
from app.services.remote.desk import Desk, Means
from app.services.remote.line import Line, PluginsPort
from app.services.remote.listening import Listener
from app.services.remote.pace import Limits
from app.services.remote.pairing import Codes
from app.services.remote.store import RemoteStore
from app.services.remote.talk import Command

log = logging.getLogger(__name__)

MOST_PEOPLE: Final = 20
PEOPLE: Final = "people"
"""The option of a chat plugin that says who gets notices."""
SECTIONS: Final = ("plugins", "remote", "look")
"""The settings that matter here; the last has the language."""
AGAIN: Final = 30.0
"""Seconds after which the loop begins anew when it met a bug."""


class SettingsPort(Protocol):
    """What the remote asks of the settings."""

    @property
    def current(self) -> Settings:
        """They, as they are now."""


class OptionsPort(PluginsPort, Protocol):
    """What the remote asks of the plugins."""

    def options(self, plugin: str) -> Coroutine[Any, Any, Mapping[str, Value]]:
        """The values of a plugin's options."""

    def set_option(self, plugin: str, name: str, value: object) -> Coroutine[Any, Any, None]:
        """Change one."""


class RemoteService:
    """Lives on the service loop. `commands` are what people may ask for, by their names."""

    def __init__(
        self,
        bus: EventBus,
        settings: SettingsPort,
        plugins: OptionsPort,
        database: Database,
        phrases: Phrases,
        commands: Mapping[str, Command],
        clock: Callable[[], float] = time.time,
        limits: Limits = Limits(),  # noqa: B008 - frozen
    ) -> None:
        self._bus, self._settings, self._plugins = bus, settings, plugins
        self._phrases, self._clock = phrases, clock
        self._tasks = Supervisor("remote", self._on_failure)
        self._line = Line(plugins, self._tasks)
        self._store = RemoteStore(database)
        self._codes = Codes(clock)
        means = Means(self._line, phrases, commands, self._tasks, limits, clock)
        self._desk = Desk(means, self._codes, self._let_in)
        self._listener = Listener(
            self._line, self._store, self._desk, self._wanted, self._tell, clock
        )
        self._listener.offer = self._offer_menu
        self._spoken = ""  # the language of the menu on phones
        self._known = ""  # the plugin whose people are known
        self._turn = asyncio.Lock()
        self._subscriptions: list[Subscription] = []
        self._told: RemoteState | None = None
        self._ends: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen, if anybody may speak; does not wait for the network."""
        loop = asyncio.get_running_loop()

        def here(handle: Callable[[], None]) -> Callable[[object], None]:
            def stir(fact: object) -> None:
                if not isinstance(fact, SettingsChanged) or fact.section in SECTIONS:
                    with contextlib.suppress(RuntimeError):  # the loop has just been closed
                        loop.call_soon_threadsafe(handle)

            return stir

        self._subscriptions = [
            self._bus.on(SettingsChanged, here(self._on_changed)),
            self._bus.on(PluginStateChanged, here(self._on_changed)),
        ]
        await self._look()
        self._spawn(self._listener.run(), "listen")

    async def stop(self) -> None:
        """Hear nothing more, and end what is being done."""
        for subscription in self._subscriptions:
            subscription.close()
        await self._tasks.close()

    def state(self) -> RemoteState:
        """How it is now."""
        problem = self._listener.problem
        return RemoteState(
            plugin=self._line.plugin,
            bot=self._listener.bot,
            listening=self._listener.listening,
            people=self._desk.people,
            pairing=self._codes.shown,
            problem="" if problem is None else problem.key,
            problem_args=() if problem is None else tuple(problem.args_map.items()),
        )

    async def pair(self) -> Pairing:
        """Show a code that lets one phone in, for a few minutes.

        `Unavailable` when no chat service is on, `AuthRequired` when the bot's token is missing or
        wrong, `Refused` when the remote is off or there are many people already.
        """
        if not self._line.plugin:
            raise Unavailable("errors.remote_off")
        if not self._settings.current.remote.enabled:
            raise Refused("errors.remote_not_wanted")
        if len(self._desk.people) >= MOST_PEOPLE:
            raise Refused("errors.remote_full", most=MOST_PEOPLE)
        await self._look()
        bot = await self._listener.met()
        pairing = self._codes.show(bot.address)
        if self._ends is not None:
            self._ends.cancel()
        self._ends = self._spawn(self._end_in_time(), "code")
        self._listener.stir()
        self._tell()
        return pairing

    async def picture(self) -> bytes:
        """The code's address as a picture to scan, SVG; empty when none is shown."""
        shown = self._codes.shown
        if shown is None or not shown.address:
            return b""
        return await asyncio.to_thread(qr.svg, shown.address)

    async def unpair_code(self) -> None:
        """Show the code no more: it lets nobody in."""
        self._codes.end()
        self._listener.stir()
        self._tell()

    async def remove(self, person: int) -> None:
        """Obey somebody no more, and tell him nothing more."""
        plugin = self._line.plugin or self._known
        self._desk.let_out(person)
        await self._store.remove(plugin, person)
        self._listener.stir()
        self._tell()
        await self._write_people()

    def _wanted(self) -> bool:
        if not self._line.plugin or not self._settings.current.remote.enabled:
            return False
        return bool(self._desk.people) or self._codes.shown is not None

    async def _let_in(self, person: Person) -> bool:
        """Obey somebody who sent the code. The listener waits for this: it is quick."""
        try:
            await self._store.add(self._known, person)
        except AppError as error:
            log.warning("Somebody could not be let in: %s", error)
            return False
        self._desk.let_in(person)
        self._tell()
        told: dict[str, object] = {"name": person.name}
        self._bus.publish(NoticeRaised(NoticeLevel.GOOD, "notices.remote_paired", told))
        self._spawn(self._welcome(person), "welcome")
        return True

    async def _welcome(self, person: Person) -> None:
        await self._write_people()
        self._desk.greet(person)

    async def _write_people(self) -> None:
        """Let the plugin know who gets notices; it is set up anew for it, while nobody speaks."""
        plugin = self._line.plugin
        try:
            if not plugin or PEOPLE not in (options := await self._plugins.options(plugin)):
                return
            people = ", ".join(str(one.id) for one in self._desk.people)
            if options[PEOPLE] == people:
                return
            async with self._turn, self._line.hush():
                await self._plugins.set_option(plugin, PEOPLE, people)
        except AppError as error:
            log.warning("Who gets notices could not be written down: %s", error)

    async def _look(self) -> None:
        """Know the people of the plugin that is on now."""
        plugin = self._line.plugin
        if plugin == self._known:
            return
        try:
            people = await self._store.people(plugin) if plugin else []
        except AppError as error:
            log.warning("Who may command cannot be read: %s", error)
            return
        self._known = plugin
        self._codes.end()
        for person in self._desk.people:
            self._desk.let_out(person.id)
        for person in people:
            self._desk.let_in(person)
        self._tell()

    def _on_changed(self) -> None:
        self._spawn(self._look_again(), "look")

    async def _look_again(self) -> None:
        await self._look()
        if self._listener.listening and self._spoken != self._phrases.language:
            self._offer_menu()
        self._listener.stir(anew=True)
        self._tell()

    def _offer_menu(self) -> None:
        self._spawn(self._offer(), "menu")

    async def _offer(self) -> None:
        self._spoken = self._phrases.language
        try:
            await self._line.offer(self._desk.menu(), "")
        except AppError as error:
            log.warning("The menu on phones could not be set: %s", error)

    async def _end_in_time(self) -> None:
        left = self._codes.left
        while left > 0:
            await asyncio.sleep(left)
            left = self._codes.left
        self._listener.stir()
        self._tell()

    def _tell(self) -> None:
        state = self.state()
        if state != self._told:
            self._told = state
            self._bus.publish(RemoteChanged(state))

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None] | None:
        return self._tasks.spawn(work, name)

    def _on_failure(self, name: str, _error: BaseException) -> None:
        """A bug in the loop must not make the remote deaf until the next start."""
        if name.endswith(": listen"):
            self._spawn(self._listen_again(), "listen")

    async def _listen_again(self) -> None:
        await asyncio.sleep(AGAIN)
        await self._listener.run()
