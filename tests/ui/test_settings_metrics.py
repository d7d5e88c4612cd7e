"""The card of the figures for Prometheus in Settings: an address, and a token nobody is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.errors import AuthRequired
from tests.ui.cast_world import World, cast_world
from tests.ui.frame import focused, spin, until
from ui.pages.settings.metrics_card import SECRET_HINT, MetricsCard
from ui.pages.settings.page import SettingsPage
from ui.widgets.switch import Switch

Key = Qt.Key
ADDRESS = "http://192.168.1.20:8095/metrics"


class Door:
    """The door to the figures, as a test tells it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.failure: Exception | None = None
        self.ways = ADDRESS
        self.made = 0

    async def address(self) -> str:
        return self.ways if self._world.settings.current.monitoring.metrics else ""

    async def token(self) -> str:
        if self.failure is not None:
            raise self.failure
        return f"the-token-{self.made}"

    async def new_token(self) -> str:
        self.made += 1
        return await self.token()


@pytest.fixture
def world() -> Iterator[World]:
    with cast_world() as made:
        made.services.metrics = Door(made)
        yield made


def door(world: World) -> Door:
    found = world.services.metrics
    assert isinstance(found, Door)
    return found


def page(world: World) -> tuple[SettingsPage, MetricsCard]:
    world.window.open("settings", section="monitoring")
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    spin()
    card = shown.oversight.metrics
    assert card.isVisible()
    return shown, card


def switch(shown: SettingsPage) -> QWidget:
    found = shown.panels["monitoring"].option_rows["metrics"].findChild(Switch)
    assert found is not None
    return found


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_it_is_off_until_the_switch_above_is_on(world: World) -> None:
    shown, card = page(world)
    assert not card.copy.isEnabled()
    assert not card.renew.isEnabled()
    assert card.where.text.text() == "Switch the figures on first."
    switch(shown).setFocus()
    world.key(Key.Key_Return)
    until(lambda: card.where.text.text() == ADDRESS)
    assert card.copy.isEnabled()
    world.key(Key.Key_Return)
    until(lambda: not card.copy.isEnabled())
    assert card.where.text.text() == "Switch the figures on first."


def test_the_token_goes_to_the_clipboard_and_nowhere_else(world: World) -> None:
    shown, card = page(world)
    switch(shown).setFocus()
    world.key(Key.Key_Return)
    until(card.copy.isEnabled)
    card.copy.setFocus()
    world.key(Key.Key_Return)
    until(lambda: clipboard() == "the-token-0")
    until(lambda: "The token is in the clipboard." in world.toasts())
    held = QGuiApplication.clipboard().mimeData()
    assert held is not None
    assert held.data(SECRET_HINT).data() == b"secret"
    until(lambda: not card.copy.busy)
    world.key(Key.Key_Right)
    assert focused() is card.renew
    world.key(Key.Key_Return)
    until(lambda: clipboard() == "the-token-1")
    until(lambda: "The old one is good no more." in world.toasts())
    assert "the-token" not in words(world.window)


def test_a_station_in_no_network_says_so(world: World) -> None:
    door(world).ways = ""
    shown, card = page(world)
    switch(shown).setFocus()
    world.key(Key.Key_Return)
    until(lambda: card.where.text.text() == "The station is in no home network now.")
    door(world).ways = ADDRESS
    shown.opened(section="monitoring")  # the network is back, and the page is opened again
    until(lambda: card.where.text.text() == ADDRESS)


def test_a_locked_keyring_is_told_and_nothing_is_copied(world: World) -> None:
    shown, card = page(world)
    switch(shown).setFocus()
    world.key(Key.Key_Return)
    until(card.copy.isEnabled)
    QGuiApplication.clipboard().setText("mine")
    door(world).failure = AuthRequired("errors.secrets_locked")
    card.copy.setFocus()
    world.key(Key.Key_Return)
    until(lambda: "locked" in world.toasts())
    assert clipboard() == "mine"
    assert not card.copy.busy
    assert card.copy.isEnabled()


def test_the_search_of_settings_finds_it(world: World) -> None:
    shown, card = page(world)
    shown.show_section("look")
    shown.find_setting("token")
    assert card.token.isVisibleTo(shown)
    assert not card.where.isVisibleTo(shown)
    shown.find_setting("prometheus")
    assert card.token.isVisibleTo(shown)


def test_without_a_door_the_card_does_no_harm(world: World) -> None:
    del world.services.metrics
    shown, card = page(world)
    switch(shown).setFocus()
    world.key(Key.Key_Return)
    until(card.copy.isEnabled)
    card.copy.click()
    spin()
    assert not card.copy.busy
