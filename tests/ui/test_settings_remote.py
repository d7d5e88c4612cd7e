"""The cards of the remote in Settings: a token, a code in large letters, people, a walk by keys."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.domain.errors import AppError, AuthRequired
from app.domain.events import RemoteChanged, SettingsChanged
from app.domain.options import Option, OptionKind
from app.domain.remote import Pairing, Person, RemoteState
from app.infra import qr
from app.runtime.bus import EventBus
from app.services.plugins.model import PluginInfo
from tests.ui.cast_world import World, cast_world
from tests.ui.frame import focused, spin, until
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.remote_card import RemoteCards

Key = Qt.Key
PLUGIN = PluginInfo(
    id="telegram_bot", name="Telegram remote", version="1.0", capabilities=("chats", "notifies"),
    options=(Option("token", OptionKind.SECRET, "", label="token", help="token.help"),),
    strings={"en": {"token": "Token of the bot", "token.help": "From @BotFather"}},
)  # fmt: skip
ADDRESS = "https://t.me/lights_bot?start=ABC346"
ANNA, BEN = Person(4711, "Anna", 1_790_000_000.0), Person(4712, "Ben", 1_790_100_000.0)


class Desk:
    """The remote, as a test tells it."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus
        self.now = RemoteState(plugin="telegram_bot")
        self.failure: AppError | None = None
        self.orders: list[object] = []

    def tell(self, state: RemoteState) -> None:
        self.now = state
        self._bus.publish(RemoteChanged(state))

    def state(self) -> RemoteState:
        return self.now

    async def pair(self) -> Pairing:
        if self.failure is not None:
            raise self.failure
        pairing = Pairing("ABC346", time.time() + 299, ADDRESS)
        self.tell(replace(self.now, bot="@lights_bot", pairing=pairing))
        return pairing

    async def unpair_code(self) -> None:
        self.orders.append("hide")
        self.tell(replace(self.now, pairing=None))

    async def picture(self) -> bytes:
        return qr.svg(ADDRESS)

    async def remove(self, person: int) -> None:
        self.orders.append(person)
        left = tuple(one for one in self.now.people if one.id != person)
        self.tell(replace(self.now, people=left))


@pytest.fixture
def world() -> Iterator[World]:
    with cast_world() as made:
        made.services.remote = Desk(made.bus)
        plugins = made.services.plugins
        plugins.all[PLUGIN.id] = PLUGIN
        plugins.values[PLUGIN.id] = {"token": False}
        yield made


def desk(world: World) -> Desk:
    found = world.services.remote
    assert isinstance(found, Desk)
    return found


def cards(world: World) -> RemoteCards:
    world.window.open("settings", section="remote")
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    found = shown.oversight.remote
    until(lambda: found.bot.token is not None)
    spin()
    return found


def ready(world: World) -> RemoteCards:
    """The bot is on and has its token."""
    plugins = world.services.plugins
    plugins.all[PLUGIN.id] = replace(PLUGIN, enabled=True)
    plugins.values[PLUGIN.id]["token"] = True
    found = cards(world)
    until(found.bot.pair.isVisible)
    return found


def test_without_a_token_three_steps_are_told(world: World) -> None:
    found = cards(world).bot
    assert found.guide.isVisible()
    text = found.guide.text.text()
    assert [line[:2] for line in text.split("\n")] == ["1.", "2.", "3."]
    assert "@BotFather" in text
    assert not found.pair.isVisible()
    assert not found.panel.isVisible()
    assert found.token is not None
    line = found.token.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.setText("4242:a-token")
    world.key(Key.Key_Return)
    until(found.pair.isVisible)  # the service was switched on with it
    assert world.services.plugins.values[PLUGIN.id]["token"] is True
    assert not found.guide.isVisible()
    assert line.text() == ""  # a secret is never shown again


def test_a_code_is_shown_large_with_its_picture(world: World) -> None:
    found = ready(world).bot
    assert "no phone is paired" in found.bot.text.text()
    found.pair.setFocus()
    world.key(Key.Key_Return)
    until(lambda: found.panel.isVisible() and found.panel.qr.drawn)
    assert found.panel.code.text() == "ABC 346"
    assert found.panel.code.property("role") == "display"
    assert "@lights_bot" in found.panel.how.text()
    assert found.panel.left.text().startswith("Good for 4:5")
    assert focused() is found.pair
    assert found.pair.text() == "Hide the code"
    world.key(Key.Key_Return)
    until(lambda: desk(world).orders == ["hide"])
    until(lambda: not found.panel.isVisible())
    assert found.panel.code.text() == ""
    assert found.pair.text() == "Pair a phone"


def test_a_phone_that_comes_in_takes_the_code_away(world: World) -> None:
    found = ready(world)
    found.bot.pair.click()
    until(found.bot.panel.isVisible)
    desk(world).tell(RemoteState("telegram_bot", "@lights_bot", listening=True, people=(ANNA, BEN)))
    until(lambda: not found.bot.panel.isVisible())
    assert "@lights_bot" in found.bot.bot.text.text()
    assert found.bot.tag.isVisible()
    assert [row.title.text() for row in found.people.rows()] == ["Anna", "Ben"]
    assert "2026" in found.people.rows()[0].text.text()


def test_somebody_is_removed_and_the_focus_stays(world: World) -> None:
    desk(world).now = RemoteState("telegram_bot", "@lights_bot", True, (ANNA, BEN))
    found = ready(world)
    until(lambda: len(found.people.controls) == 2)
    remove = found.people.controls["4711", "remove"]
    assert remove.accessibleName() == "Remove Anna"
    remove.setFocus()
    world.key(Key.Key_Return)
    until(lambda: desk(world).orders == [4711])
    until(lambda: len(found.people.controls) == 1)
    assert found.people.isAncestorOf(focused())
    world.key(Key.Key_Return)
    until(lambda: [row.title.text() for row in found.people.rows()] == ["No phones"])


def test_problems_are_told(world: World) -> None:
    found = ready(world)
    desk(world).tell(RemoteState(
        "telegram_bot", "@lights_bot", people=(ANNA,), problem="errors.chat_other_listener",
        problem_args=(("name", "Telegram"), ("retry_after", 120.0)),
    ))  # fmt: skip
    until(lambda: "Another program listens" in found.bot.bot.text.text())
    assert not found.bot.tag.isVisible()
    desk(world).failure = AuthRequired("errors.post_bot_token", name="Telegram")
    found.bot.pair.click()
    until(lambda: not found.model.pairing)
    until(lambda: "does not know this token" in world.toasts())
    assert not found.bot.panel.isVisible()


def test_a_search_finds_what_is_there_and_nothing_hidden_comes_back(world: World) -> None:
    found = ready(world)
    page = world.window.page()
    assert isinstance(page, SettingsPage)
    page.field.setText("token")
    until(lambda: found.bot.token is not None and found.bot.token.isVisible())
    assert not found.bot.guide.isVisible()
    assert not found.bot.pairing.isVisible()
    page.field.clear()
    until(found.bot.pairing.isVisible)
    assert not found.bot.guide.isVisible()
    assert not found.bot.panel.isVisible()


def test_a_station_without_a_remote_has_its_options_alone() -> None:
    with cast_world() as made:
        made.window.open("settings", section="remote")
        shown = made.window.page()
        assert isinstance(shown, SettingsPage)
        assert not shown.oversight.remote.bot.isVisible()


def test_other_sections_ask_no_keyring(world: World) -> None:
    asked: list[str] = []
    plugins = world.services.plugins
    usual = plugins.options

    async def options(plugin: str) -> object:
        asked.append(plugin)
        return await usual(plugin)

    plugins.options = options
    world.window.open("settings", section="library")
    spin(0.2)
    world.bus.publish(SettingsChanged("plugins"))
    spin(0.2)
    assert PLUGIN.id not in asked
    cards(world)
    assert PLUGIN.id in asked
