"""A station with the remote on: its real plugin and database, and the Bot API on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import time
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

from app.domain.errors import AppError
from app.domain.events import NoticeRaised, RemoteChanged
from app.domain.remote import Person, RemoteState
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.phrases import Phrases
from app.services.plugins.service import PluginService
from app.services.remote.pace import Limits
from app.services.remote.service import RemoteService
from app.services.remote.store import RemoteStore
from app.services.remote.talk import Button, Command, Talk
from app.services.settings.service import SettingsService
from tests.fakes.plugins import ROOT, NoBrowser
from tests.plugins.telegram_bot.bot_api import ANNA, TOKEN, BotApi

PLUGIN = "telegram_bot"
QUICK = Limits(apart=0.01, burst=50, edits=1000, span=1.0)


class Search:
    """A command that keeps what was asked, and answers with it."""

    name = "search"

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def run(self, talk: Talk, words: str) -> None:
        self.asked.append(words)
        await talk.say(f"found {words}")


class Slow:
    """A command that goes on until it is ended or `go` is set."""

    name = "slow"

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.began = 0
        self.ended = 0

    async def run(self, talk: Talk, words: str) -> None:
        self.began += 1
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.ended += 1
            raise
        await talk.say("slow is done")


class Menu:
    """A command with buttons; what was pressed is kept."""

    name = "menu"

    def __init__(self) -> None:
        self.pressed: list[str] = []
        self.hold = asyncio.Event()
        self.hold.set()

    async def run(self, talk: Talk, words: str) -> None:
        async def play(talk: Talk) -> None:
            self.pressed.append(f"play by {talk.person.id}")
            await self.hold.wait()
            if talk.message is not None:
                await talk.message.edit("it plays", [[Button("Stop", stop)]])

        async def stop(talk: Talk) -> None:
            self.pressed.append("stop")

        await talk.say("which?", [[Button("Play", play), Button("Web", url="https://example.org")]])


class Failing:
    """A command that fails as told."""

    name = "fail"

    def __init__(self) -> None:
        self.error: Exception = AppError("errors.x")

    async def run(self, talk: Talk, words: str) -> None:
        raise self.error


class House:
    """The station's parts around the remote; `again` is a start after an end."""

    def __init__(self, paths: Paths, built_in: Path, api: BotApi, limits: Limits = QUICK) -> None:
        self.paths, self.built_in, self.api, self.limits = paths, built_in, api, limits
        self.clock: Callable[[], float] = time.time
        self.search, self.slow, self.menu = Search(), Slow(), Menu()
        self.failing = Failing()
        self.language = "en"
        self.states: list[RemoteState] = []
        self.notices: list[NoticeRaised] = []
        self.more: dict[str, Command] = {}
        self.before: dict[int, int] = {}

    async def start(self, *, paired: bool = False) -> None:
        """Start; `paired`: as if a phone had been paired before."""
        bus = self.bus = EventBus()
        bus.on(RemoteChanged, lambda fact: self.states.append(fact.state))
        bus.on(NoticeRaised, self.notices.append)
        self.settings = SettingsService(self.paths.settings, bus)
        self.settings.load()
        self.secrets = Secrets(self.paths.vault, self.paths.vault_key, {})
        self.secrets._keyring_works, self.secrets._probed_at = False, time.monotonic()
        self.plugins = PluginService(
            self.paths, bus, self.settings, self.secrets, NoBrowser(), self.built_in
        )
        await self.plugins.start()
        self.database = Database(self.paths.database)
        await self.database.open()
        if paired:
            await self.switch_on()
            await self.plugins.set_option(PLUGIN, "people", str(ANNA))
            person = Person(ANNA, f"Person {ANNA}", time.time())
            await RemoteStore(self.database).add(PLUGIN, person)
        self.remote = RemoteService(
            bus, self.settings, self.plugins, self.database, Phrases(lambda: self.language),
            self.commands(), lambda: self.clock(), self.limits,
        )  # fmt: skip
        await self.remote.start()

    def commands(self) -> Mapping[str, Command]:
        known: tuple[Command, ...] = (self.search, self.slow, self.menu, self.failing)
        return {**{one.name: one for one in known}, **self.more}

    async def stop(self) -> None:
        await self.remote.stop()
        await self.plugins.stop()
        await self.database.close()

    async def again(self) -> None:
        await self.stop()
        await self.start()

    async def switch_on(self, token: str = TOKEN) -> None:
        """The owner gives the token."""
        await self.settings.set_plugin(PLUGIN, enabled=True, options={"server": self.api.address})
        await self.plugins.set_option(PLUGIN, "token", token)

    async def let_in(self, person: int = ANNA) -> None:
        """Pair a phone, as people do it."""
        pairing = await self.remote.pair()
        self.api.write(f"/start {pairing.code}", person)
        before = len(self.api.said(person))
        await self.api.until(lambda: len(self.api.said(person)) >= before + 2)
        self.before[person] = before + 2
        await self.api.listened()

    def texts(self, chat: int = ANNA) -> list[str]:
        """What the bot said, without its welcome."""
        return [one.text for one in self.api.said(chat)][self.before.get(chat, 0) :]


@contextlib.asynccontextmanager
async def house_of(
    paths: Paths, built_in: Path, api: BotApi, limits: Limits = QUICK, *, paired: bool = False
) -> AsyncIterator[House]:
    """A station for the length of a test."""
    if not built_in.exists():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "plugins" / PLUGIN, built_in / PLUGIN, ignore=ignored)
    made = House(paths, built_in, api, limits)
    await made.start(paired=paired)
    try:
        yield made
    finally:
        await made.stop()
