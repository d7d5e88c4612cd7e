"""The accounts for the watch folder in Settings: chosen as chips, by keys; names still count."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.domain.errors import InvalidInput, Unavailable
from app.domain.events import PublishingChanged
from app.domain.post import AccountId, AccountView
from app.services.automation.service import wishes_of
from tests.fakes.publishing import FakeAccounts, account
from tests.ui.cast_world import World, cast_world
from tests.ui.frame import focused, spin, until
from ui.account_chip import AccountChip
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.watch_accounts import WatchAccountsRow
from ui.widgets.button import Button

Key = Qt.Key
ARROWS = (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down)


def kept(number: int, kind: str, name: str, **more: object) -> AccountView:
    """One of several accounts of a platform."""
    return account(kind, name, id=AccountId(f"{kind}_{number}"), **more)


KNOWN = (
    kept(1, "telegram", "Kitchen clocks"),
    kept(2, "telegram", "News"),
    kept(1, "youtube", "Kitchen Lab", signed_in=False),
)


@pytest.fixture
def world() -> Iterator[World]:
    with cast_world() as made:
        made.services.accounts = FakeAccounts(KNOWN)
        made.services.accounts.bus = made.bus
        yield made


def desk(world: World) -> FakeAccounts:
    found = world.services.accounts
    assert isinstance(found, FakeAccounts)
    return found


def put(world: World, text: str) -> None:
    """The setting as it was kept before."""
    asyncio.run(world.settings.set("publishing", "watch_accounts", text))


def value(world: World) -> str:
    return world.settings.current.publishing.watch_accounts


def row(world: World, section: str = "publishing") -> WatchAccountsRow:
    world.window.open("settings", section=section)
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    found = shown.oversight.accounts
    until(lambda: found._model.accounts is not None or found._model.error is not None)
    spin()
    return found


def chip(found: WatchAccountsRow, name: str) -> AccountChip:
    part = found.parts["account", name]
    assert isinstance(part, AccountChip)
    return part


def chosen(found: WatchAccountsRow) -> list[str]:
    return [
        name for kind, name in found.parts if kind == "account" and chip(found, name).isChecked()
    ]


def button(found: WatchAccountsRow) -> Button:
    part = found.parts["button", ""]
    assert isinstance(part, Button)
    return part


def test_names_that_were_typed_still_count_and_accounts_are_named(world: World) -> None:
    put(world, "News, youtube")
    found = row(world)
    assert [one.text() for one in found.parts.values() if isinstance(one, AccountChip)] == [
        "Telegram · Kitchen clocks", "Telegram · News", "YouTube · Kitchen Lab",
    ]  # fmt: skip
    assert chosen(found) == ["telegram_2", "youtube_1"]
    assert "Signed out" in chip(found, "youtube_1").accessibleDescription()
    assert not found.told.isVisible()
    assert value(world) == "News, youtube", "looking changes nothing"


def test_accounts_are_chosen_with_the_keys_alone(world: World) -> None:
    put(world, "telegram")
    found = row(world)
    chip(found, "telegram_1").setFocus()
    world.key(Key.Key_Return)
    until(lambda: value(world) == "telegram_2")
    spin()
    assert focused() is chip(found, "telegram_1"), "the focus stays"
    assert chosen(found) == ["telegram_2"]
    world.key(Key.Key_Right)
    world.key(Key.Key_Right)
    assert focused() is chip(found, "youtube_1")
    world.key(Key.Key_Space)
    until(lambda: value(world) == "telegram_2, youtube_1")
    assert chosen(found) == ["telegram_2", "youtube_1"]
    wishes = wishes_of(world.settings.current.publishing, "en")
    assert wishes.accounts == ("telegram_2", "youtube_1")
    reached = set()
    for key in (*ARROWS, *ARROWS):
        world.key(key)
        reached.add(focused())
    assert len(reached) > 1


def test_two_presses_in_one_breath_count_both(world: World) -> None:
    found = row(world)
    assert found.told.text() == "None is chosen: new videos wait until one is."
    chip(found, "telegram_1").click()
    chip(found, "telegram_2").click()
    until(lambda: value(world) == "telegram_1, telegram_2")
    spin()
    assert chosen(found) == ["telegram_1", "telegram_2"]
    assert not found.told.isVisible()


def test_what_is_gone_is_shown_taken_out_and_had_back(world: World) -> None:
    put(world, "telegram_1, Old page")
    found = row(world)
    gone = found.parts["gone", "Old page"]
    assert gone.accessibleName() == "Take Old page out: there is no such account"
    assert found.told.text().startswith("What is gone")
    gone.setFocus()
    world.key(Key.Key_Return)
    until(lambda: value(world) == "telegram_1")
    spin()
    assert ("gone", "Old page") not in found.parts
    assert focused() is button(found)
    assert "Old page was taken out" in world.toasts()
    undo = [one for one in world.window.findChildren(Button) if one.text() == "Undo"][-1]
    undo.click()
    until(lambda: value(world) == "telegram_1, Old page")
    until(lambda: ("gone", "Old page") in found.parts)


def test_an_account_that_goes_meanwhile_is_shown_as_gone(world: World) -> None:
    put(world, "telegram_2")
    found = row(world)
    assert chosen(found) == ["telegram_2"]
    del desk(world).all[AccountId("telegram_2")]
    world.bus.publish(PublishingChanged())
    until(lambda: ("gone", "telegram_2") in found.parts)
    assert chosen(found) == []


def test_without_an_account_it_says_so_and_leads_to_the_accounts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk(world).all.clear()
    found = row(world)
    assert found.told.text() == "No account yet: there is nowhere for a video to go."
    assert button(found).text() == "Add an account"
    opened: list[tuple[str, object]] = []
    monkeypatch.setattr(
        type(world.context.navigator), "open",
        lambda _self, page, **args: opened.append((page, args.get("view"))),
    )  # fmt: skip
    button(found).setFocus()
    world.key(Key.Key_Return)
    until(lambda: opened == [("publishing", "accounts")])


def test_accounts_that_cannot_be_read_are_asked_again(world: World) -> None:
    desk(world).error = Unavailable("errors.plugin_off", plugin="x")
    found = row(world)
    until(lambda: button(found).text() == "Try again")
    assert found.told.isVisible()
    desk(world).error = None
    button(found).click()
    until(lambda: ("account", "telegram_1") in found.parts)


def test_a_choice_that_is_refused_is_shown_as_it_was(world: World) -> None:
    found = row(world)
    world.settings.error = InvalidInput("errors.setting_too_long", most=10)
    chip(found, "telegram_1").click()
    until(lambda: chosen(found) == [])
    assert value(world) == ""


def test_nobody_asks_the_accounts_before_the_row_is_seen_and_a_search_finds_it(
    world: World,
) -> None:
    world.window.open("settings", section="library")
    spin()
    assert desk(world).wishes("accounts") == []
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    shown.find_setting("accounts watch folder")
    assert shown.oversight.accounts.isVisible()
    until(lambda: len(desk(world).wishes("accounts")) >= 1)
    shown.find_setting("connections")
    assert not shown.oversight.accounts.isVisible()


def test_a_new_name_of_an_account_is_shown(world: World) -> None:
    found = row(world)
    fresh = replace(KNOWN[1], name="Evening news")
    desk(world).all[fresh.id] = fresh
    world.bus.publish(PublishingChanged())
    until(lambda: chip(found, "telegram_2").text() == "Telegram · Evening news")
