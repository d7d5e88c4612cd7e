"""The card of links in Settings: all taken back after a question, the clock trusted, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.access import LinkState
from app.domain.errors import AuthRequired
from app.domain.events import LinksChanged
from tests.fakes.publishing import FakeLinks, link
from tests.ui.cast_world import World, cast_world
from tests.ui.frame import focused, spin, until
from ui.pages.settings.links_card import EndPanel, LinksCards
from ui.pages.settings.page import SettingsPage

Key = Qt.Key


@pytest.fixture
def world() -> Iterator[World]:
    with cast_world() as made:
        known = [link(1), link(2, state=LinkState.LATER), link(3, state=LinkState.ENDED)]
        made.services.sharing = FakeLinks(known)
        made.services.sharing.bus = made.bus
        yield made


def sharing(world: World) -> FakeLinks:
    found = world.services.sharing
    assert isinstance(found, FakeLinks)
    return found


def page(world: World, section: str = "links") -> SettingsPage:
    world.window.open("settings", section=section)
    shown = world.window.page()
    assert isinstance(shown, SettingsPage)
    return shown


def cards(world: World) -> LinksCards:
    found = page(world).oversight.links
    until(lambda: found.model.given is not None)
    spin()
    return found


def asked(world: World) -> EndPanel | None:
    """The question, while it is open."""
    found = [one for one in world.window.findChildren(EndPanel) if one.isVisible()]
    return found[-1] if found else None


def question(world: World, found: LinksCards) -> EndPanel:
    """Ask it, with the keys."""
    found.card.controls["keys", "end"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: asked(world) is not None)
    panel = asked(world)
    assert panel is not None
    return panel


def words(panel: EndPanel) -> str:
    return " ".join(one.text() for one in panel.panel.findChildren(QLabel))


def test_the_question_says_what_happens_and_begins_with_what_changes_nothing(
    world: World,
) -> None:
    found = cards(world)
    row = found.card.rows()[0]
    assert row.title.text() == "Links in wrong hands"
    assert "2 links are given out now." in row.text.text().replace("link(s)", "links")
    panel = question(world, found)
    said = words(panel)
    for part in ("end at once", "is cut off", "never open again", "cannot be undone", "figures"):
        assert part in said, part
    assert focused() is panel.keep
    world.key(Key.Key_Return)
    until(lambda: asked(world) is None)
    assert sharing(world).wishes("new_keys") == []
    assert focused() is found.card.controls["keys", "end"]


def test_all_links_are_taken_back_with_the_keys_alone(world: World) -> None:
    found = cards(world)
    panel = question(world, found)
    world.key(Key.Key_Left)
    assert focused() is panel.end
    world.key(Key.Key_Return)
    until(lambda: sharing(world).wishes("new_keys") == [()])
    until(lambda: asked(world) is None)
    until(lambda: found.model.given == 0)
    assert "All links are taken back" in world.toasts()
    assert "given out now" not in found.card.rows()[0].text.text()
    assert found.card.isAncestorOf(focused())
    assert "No link is given out now." in words(question(world, found))


def test_keys_that_are_locked_are_told_where_one_asked(world: World) -> None:
    found = cards(world)
    panel = question(world, found)
    sharing(world).error = AuthRequired("errors.link_keys")
    panel.end.click()
    until(panel.told.isVisible)
    assert "cannot be read" in panel.told.text()
    assert (panel.isVisible(), panel.end.busy) == (True, False)
    panel.end.click()
    panel.dismiss()
    until(lambda: "cannot be read" in world.toasts())
    assert "All links are taken back" not in world.toasts()


def test_esc_leaves_everything_as_it_is(world: World) -> None:
    found = cards(world)
    question(world, found)
    world.key(Key.Key_Escape)
    until(lambda: asked(world) is None)
    assert sharing(world).wishes("new_keys") == []
    assert isinstance(world.window.page(), SettingsPage)


def test_the_clock_is_spoken_of_only_while_links_are_held(world: World) -> None:
    found = cards(world)
    assert ("clock", "right") not in found.card.controls
    sharing(world).held = True
    for known in list(sharing(world).all.values()):
        sharing(world).all[known.id] = replace(known, state=LinkState.HELD)
    world.bus.publish(LinksChanged())
    until(lambda: ("clock", "right") in found.card.controls)
    held = found.card.rows()[0]
    assert held.title.text() == "Links are closed"
    assert "The clock of this device was set back" in held.text.text()
    found.card.controls["clock", "right"].setFocus()
    world.key(Key.Key_Return)
    until(lambda: sharing(world).wishes("trust_clock") == [()])
    until(lambda: ("clock", "right") not in found.card.controls)
    assert "Links are open again" in world.toasts()
    assert found.card.isAncestorOf(focused()), "the focus is not lost with its button"


def test_trust_that_fails_says_so_and_can_be_tried_again(world: World) -> None:
    sharing(world).held = True
    found = cards(world)
    until(lambda: ("clock", "right") in found.card.controls)
    sharing(world).error = AuthRequired("errors.link_keys")
    found.card.right_pressed.emit()
    until(lambda: "cannot be read" in world.toasts())
    assert (found.model.trusting, found.model.held) == (False, True)


def test_a_search_finds_it_by_what_one_calls_it(world: World) -> None:
    found = cards(world)
    shown = page(world, "library")
    for text in ("new keys", "revoke", "wrong hands"):
        shown.field.setText(text)
        until(found.card.isVisible)
        shown.field.clear()
        until(lambda: not found.card.isVisible())


def test_other_sections_ask_nothing(world: World) -> None:
    page(world, "library")
    world.bus.publish(LinksChanged())
    spin(0.1)
    assert sharing(world).wishes("links") == []


def test_a_station_that_does_not_share_has_its_options_alone() -> None:
    with cast_world() as made:
        shown = page(made)
        assert not shown.oversight.links.card.isVisible()
        assert not shown.panels["links"].isHidden()
