"""The sections of the home's devices in Settings: screens, guests and what is shared."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt

from app.domain import settings as schema
from app.domain.casting import Method
from app.domain.errors import Unavailable
from app.domain.media import FolderId
from app.domain.media_server import Guest, GuestId
from app.domain.sharing import networks_of, sharing_of
from tests.fakes.casting import BEDROOM, GUESTS, KITCHEN, LIVING, NETWORKS
from tests.fakes.settings import FOLDERS
from tests.ui.cast_world import World, cast_world
from tests.ui.frame import focused, spin, until
from ui.focus import focusable
from ui.pages.settings.home_networks import NetworksCard
from ui.pages.settings.page import SettingsPage
from ui.settings_form import Row
from ui.widgets.chips import ChoiceChip
from ui.widgets.switch import Switch

Key = Qt.Key


@pytest.fixture
def world() -> Iterator[World]:
    with cast_world() as made:
        made.library.shelf = FOLDERS
        yield made


def page(world: World, section: str) -> SettingsPage:
    world.window.open("settings", section=section)
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    until(lambda: (LIVING.id, "form") in shown.home.screens.controls)
    until(lambda: bool(shown.home.guests.controls))
    spin()
    return shown


def texts(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row.title.text(), row.text.text()) for row in rows]


def test_screens_are_listed_and_get_their_form(world: World) -> None:
    shown = page(world, "casting")
    rows = texts(shown.home.screens.rows())
    assert rows[0] == ("Living-room TV", "Samsung · DLNA · Here")
    assert rows[2][1].startswith("LG · DLNA · Off since")
    chip = shown.home.screens.controls[KITCHEN.id, "form"]
    assert isinstance(chip, ChoiceChip)
    assert chip.text() == "Automatic"
    chip.chosen.emit(Method.AUDIO)
    until(lambda: world.order("form") == ("form", KITCHEN.id, Method.AUDIO))

    def told() -> bool:
        now = shown.home.screens.controls[KITCHEN.id, "form"]
        return isinstance(now, ChoiceChip) and now.text() == "Convert the sound"

    until(told)


def test_only_what_is_away_can_be_forgotten(world: World) -> None:
    shown = page(world, "casting")
    controls = shown.home.screens.controls
    assert [key for key in controls if key[1] == "forget"] == [(BEDROOM.id, "forget")]
    controls[BEDROOM.id, "forget"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: (BEDROOM.id, "form") not in shown.home.screens.controls)
    assert shown.home.screens.isAncestorOf(focused())
    shown.home.screens.controls["", "look"].setFocus()
    looks = world.casting.looks
    world.key(Key.Key_Return)
    until(lambda: world.casting.looks == looks + 1)


def test_a_guest_is_asked_about_answered_and_forgotten(world: World) -> None:
    shown = page(world, "media_server")
    samsung = GUESTS[0]
    assert texts(shown.home.guests.rows())[0] == (
        "Samsung", "Asks to look into the library · 192.168.1.31",
    )  # fmt: skip
    shown.home.guests.controls[samsung.id, "allow"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: world.guests.known[samsung.id].allowed is True)
    until(lambda: (samsung.id, "forget") in shown.home.guests.controls)
    # The rows may be filled once more: the focus is on the new one then.
    until(lambda: shown.home.guests.controls[samsung.id, "allow"].hasFocus())
    switch = shown.home.guests.controls[samsung.id, "allow"]
    assert isinstance(switch, Switch)
    world.key(Key.Key_Return)
    until(lambda: world.guests.known[samsung.id].allowed is False)
    until(lambda: "Turned away" in str(texts(shown.home.guests.rows())))
    forget = shown.home.guests.controls[samsung.id, "forget"]
    forget.setFocus()
    world.key(Key.Key_Return)
    until(lambda: samsung.id not in world.guests.known)


def test_a_new_guest_appears_by_itself(world: World) -> None:
    shown = page(world, "media_server")
    world.guests.ask(Guest(id=GuestId("ee"), name="Xbox", address="192.168.1.50"))
    until(lambda: ("ee", "allow") in shown.home.guests.controls)


def test_what_is_shared_is_chosen(world: World) -> None:
    shown = page(world, "media_server")
    every = shown.home.shared.controls["", "all"]
    every.setFocus()
    world.key(Key.Key_Return)
    until(lambda: len(shown.home.shared.controls) == 4)
    wanted = tuple(folder.id for folder in FOLDERS)
    assert sharing_of(world.settings.current.media_server).folders == wanted
    shown.home.shared.controls["1", "share"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: sharing_of(world.settings.current.media_server).folders == (2, 3))
    spin()
    assert shown.home.shared.controls["1", "share"].hasFocus()
    for one in ("2", "3"):
        shown.home.shared.controls[one, "share"].setFocus()
        world.key(Key.Key_Return)
        spin(0.1)
    until(lambda: sharing_of(world.settings.current.media_server).folders == ())
    shown.home.shared.controls["", "all"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: sharing_of(world.settings.current.media_server).folders is None)
    assert FolderId(1) == FOLDERS[0].id


def networks(world: World) -> str:
    return str(world.settings.current.casting.networks)


def _is_off(world: World, card: NetworksCard, name: str) -> bool:
    return name not in networks(world) and card.controls[name, "use"].hasFocus()


def test_networks_are_all_or_those_that_are_chosen(world: World) -> None:
    shown = page(world, "casting")
    card = shown.home.networks
    until(lambda: "eth0" in card.rows()[0].text.text())
    assert list(card.controls) == [("", "all")]
    card.controls["", "all"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: networks(world) == "eth0 wlan0")
    until(lambda: ("docker0", "use") in card.controls)
    spin()
    assert card.controls["", "all"].hasFocus()
    assert texts(card.rows())[1:] == [
        ("eth0", "Home network · 192.168.1.20"), ("wlan0", "Home network · 192.168.2.7"),
        ("docker0", "Containers of this machine · 172.17.0.1"),
    ]  # fmt: skip
    for name in ("eth0", "wlan0"):
        card.controls[name, "use"].setFocus()
        world.key(Key.Key_Return)
        until(partial(_is_off, world, card, name))
    assert networks_of(networks(world)) == ()  # none at all is not all
    card.controls["", "all"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: networks(world) == "")


def test_a_chosen_network_that_is_gone_stays_in_the_list(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.settings.home_devices.LOOK_MS", 20)
    chosen = schema.changed(world.settings.current, "casting", "networks", "eth0 wlan0")
    world.settings.current = chosen
    shown = page(world, "casting")
    card = shown.home.networks
    until(lambda: ("wlan0", "use") in card.controls and len(card.rows()) == 4)
    world.lan.known = NETWORKS[:1]
    until(lambda: ("wlan0", "Away") in texts(card.rows()))
    assert texts(card.rows())[1:] == [("eth0", "Home network · 192.168.1.20"), ("wlan0", "Away")]
    card.controls["wlan0", "use"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: networks(world) == "eth0")
    until(lambda: ("wlan0", "use") not in card.controls)
    assert card.isAncestorOf(focused())


def test_a_row_outlives_the_key_that_takes_it_out(world: World) -> None:
    """What is pressed may fill its own card anew before the press is over."""
    shown = page(world, "casting")
    card = shown.home.networks
    ended: list[str] = []
    early: list[str] = []

    def anew(_on: bool) -> None:
        pressed = card.controls["", "all"]
        pressed.destroyed.connect(lambda: ended.append("gone"))
        del pressed
        card.refill(card._fill)
        gc.collect()
        early.extend(ended)

    for _ in range(3):
        switch = card.controls["", "all"]
        assert isinstance(switch, Switch)
        switch.switched.disconnect()
        switch.switched.connect(anew)
        switch.setFocus()
        del switch
        world.key(Key.Key_Return)
        until(lambda: ended == ["gone"])
        ended.clear()
    assert early == []
    assert len(card.findChildren(Row)) == 1


def test_a_refused_answer_is_told_and_what_is_in_force_stays(world: World) -> None:
    shown = page(world, "media_server")
    world.guests.error = Unavailable("errors.guest_gone")
    kodi = GUESTS[1].id
    shown.home.guests.controls[kodi, "allow"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: "not in the list" in world.toasts())
    spin()
    switch = shown.home.guests.controls[kodi, "allow"]
    assert isinstance(switch, Switch)
    assert switch.isChecked()


def test_a_failure_says_so_in_its_card_alone(world: World) -> None:
    shown = page(world, "casting")
    world.casting.error = Unavailable("errors.server_offline", host="home")
    shown.home.load()
    until(lambda: ("", "again") in shown.home.screens.controls)
    assert shown.home.guests.rows()
    world.casting.error = None
    shown.home.screens.controls["", "again"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: (LIVING.id, "form") in shown.home.screens.controls)


@pytest.mark.parametrize("section", ["casting", "media_server"])
def test_arrows_reach_everything(world: World, section: str) -> None:
    shown = page(world, section)
    shown.focus_first()
    world.key(Key.Key_Right)
    wanted = set(focusable(shown.panels[section]))
    reached, ends = {focused()}, [focused()]
    while ends:
        origin = ends.pop()
        for key in (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right):
            origin.setFocus()
            world.key(key)
            found = focused()
            if found not in reached:
                reached.add(found)
                ends.append(found)
    assert wanted <= reached
    assert all(one.accessibleName() or getattr(one, "text", str)() for one in wanted)
