"""The player as the remote control of a TV, and the film handed over to it and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from app.domain.casting import CastStage, Method
from app.domain.errors import Unsupported
from tests.fakes.casting import FILM, KITCHEN, LIVING
from tests.ui.cast_world import STEEL, World, cast_world, item
from tests.ui.frame import focused, press, spin, until
from ui.casting.picker import HERE
from ui.focus import focusable
from ui.pages.player.remote import RemoteView
from ui.pages.player.rows import Row

Key = Qt.Key


@pytest.fixture
def world() -> Iterator[World]:
    with cast_world() as made:
        yield made


def remote(world: World, stage: CastStage = CastStage.PLAYING, **values: object) -> RemoteView:
    """The remote control of a film that plays on the living-room TV."""
    world.casting.begin(LIVING, item(STEEL), stage=stage, **values)
    until(lambda: world.desk.model.now is not None)
    world.window.open("player")
    view = world.player.handing.view
    assert view is not None
    until(lambda: view.isVisible() and world.desk.model.card is not None)
    return view


def test_it_shows_what_plays_where_and_how(world: World) -> None:
    view = remote(world, position=252.0, waiting=("Sintel",), has_next=True)
    assert view.title.text() == "Tears of Steel"
    assert view.where.text() == "On Living-room TV · plays directly"
    assert view.waiting.text() == "Then: Sintel"
    assert view.bar.time.text() == "4:12"
    assert view.bar.total.text() == "/ 12:14"
    assert view.bar.play.hasFocus()
    assert view.bar.play.accessibleName() == "Pause"
    assert not world.player.empty.isVisible()
    assert not view.state.isVisible()


def test_the_keys_of_the_player_are_for_the_tv(world: World) -> None:
    view = remote(world, position=300.0)
    world.key(Key.Key_Space)
    until(lambda: world.order("pause") is not None)
    until(lambda: view.bar.play.accessibleName() == "Play")
    for key, order in (
        (Key.Key_J, ("seek", LIVING.id, 290.0)),
        (Key.Key_L, ("seek", LIVING.id, 300.0)),
        (Key.Key_M, ("mute", LIVING.id, True)),
        (Key.Key_5, ("seek", LIVING.id, 367.0)),
        (Key.Key_V, ("subtitle", LIVING.id, 0)),
        (Key.Key_B, ("sound", LIVING.id, 1)),
    ):
        world.key(key)
        until(lambda name=order[0]: world.order(str(name)) is not None)  # type: ignore[misc]  # bound now
        until(lambda wanted=order: world.order(str(wanted[0])) == wanted)  # type: ignore[misc]  # bound now
        spin()


def test_lists_choose_subtitles_sound_and_volume(world: World) -> None:
    view = remote(world)
    view.bar.panels["subtitles"].click()
    rows = [row for row in view.panel.findChildren(Row) if row.isVisible()]
    assert [row.text() for row in rows] == ["Off", "English", "French"]
    assert rows[0].hasFocus()
    press(Key.Key_Down, 2)
    world.key(Key.Key_Return)
    until(lambda: world.order("subtitle") == ("subtitle", LIVING.id, 1))
    world.key(Key.Key_Back)
    assert view.bar.panels["subtitles"].hasFocus()
    view.bar.panels["volume"].click()
    slider = view.panel.findChild(QSlider)
    assert slider is not None
    assert slider.value() == 40
    slider.setValue(70)
    until(lambda: world.order("volume") == ("volume", LIVING.id, 0.7))


def test_every_button_is_reached_by_arrows(world: World) -> None:
    view = remote(world, waiting=("Sintel",), has_next=True)
    wanted = set(focusable(view))
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
    assert world.window.rail.chip.chip in reached
    assert world.window.rail.chip.halt in reached


def test_getting_ready_can_be_cancelled(world: World) -> None:
    view = remote(world, CastStage.PREPARING)
    assert view.state.text.text() == "Getting it ready for the TV…"
    assert not view.bar.isVisible()
    assert view.state.stop.hasFocus()
    world.casting.advance(LIVING.id, CastStage.LOADING)
    until(lambda: view.state.text.text() == "Living-room TV is loading it…")
    world.key(Key.Key_Return)
    until(lambda: world.order("leave") is not None)
    until(lambda: not view.isVisible())
    assert world.player.empty.isVisible()


def test_a_failure_says_why_and_what_to_press(world: World) -> None:
    view = remote(world, CastStage.FAILED, reason="errors.cast_did_not_play", position=60.0)
    assert view.state.text.text() == "Living-room TV does not play it"
    assert "did not play it" in view.state.more.text()
    assert view.state.again.hasFocus()
    view.state.forms.click()
    rows = [row for row in view.panel.findChildren(Row) if row.isVisible()]
    assert len(rows) == 5
    rows[-1].click()
    until(lambda: world.order("form") == ("form", LIVING.id, Method.FULL))
    until(lambda: world.order("cast") == ("cast", LIVING.id, item(STEEL), 60.0))
    until(lambda: view.bar.isVisible())
    assert view.isAncestorOf(focused())


def test_a_device_that_is_gone_is_waited_for(world: World) -> None:
    view = remote(world)
    world.casting.advance(LIVING.id, CastStage.GONE)
    until(lambda: view.state.isVisible())
    assert "when the TV is back" in view.state.more.text()
    assert view.state.here.hasFocus()
    world.casting.advance(LIVING.id, CastStage.PLAYING)
    until(lambda: view.bar.isVisible())
    assert view.bar.play.hasFocus()


def test_what_cannot_even_begin_is_told_there_and_can_be_tried_again(world: World) -> None:
    world.casting.refusal = Unsupported("errors.cast_no_form", device="Living-room TV")
    world.details()
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible())
    world.row(LIVING.id).click()
    view = world.player.handing.view
    assert view is not None
    until(lambda: view.state.text.text() == "Living-room TV does not play it")
    assert view.title.text() == "Tears of Steel"
    assert world.window.rail.chip.told[0] == "This screen"
    world.casting.refusal = None
    view.state.again.click()
    until(lambda: view.bar.isVisible())


def test_the_film_goes_over_at_its_second_and_ends_here_only_then(world: World) -> None:
    world.casting.smooth = False
    page = world.play()
    world.engine.seek(120.0)
    page.bottom.play.setFocus()
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible())
    world.row(LIVING.id).click()
    until(lambda: world.order("cast") is not None)
    order = world.order("cast")
    assert order is not None
    assert (order[1], order[3]) == (LIVING.id, 120.0)
    world.casting.advance(LIVING.id, CastStage.LOADING)
    spin()
    assert page.model.active
    assert not world.engine.paused
    assert not page.handing.shown
    world.casting.advance(LIVING.id, CastStage.PLAYING)
    until(lambda: page.handing.shown)
    until(lambda: not page.model.active)
    assert ("stop",) in world.engine.calls


@pytest.mark.parametrize("raised", [False, True])
def test_when_it_fails_the_film_goes_on_here(world: World, raised: bool) -> None:
    world.casting.smooth = False
    page = world.play()
    if raised:
        world.casting.refusal = Unsupported("errors.cast_did_not_play")
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible())
    world.row(KITCHEN.id).click()
    until(lambda: world.order("cast") is not None)
    if not raised:
        until(lambda: KITCHEN.id in world.casting.playing)
        world.casting.advance(KITCHEN.id, CastStage.FAILED, reason="errors.cast_did_not_play")
    until(lambda: "did not play it" in world.toasts())
    assert page.model.active
    assert not page.handing.shown
    assert world.window.rail.chip.told[0] == "This screen"


def test_play_here_takes_it_back_at_the_same_second(world: World) -> None:
    view = remote(world, position=301.0)
    page = world.player
    page._make = lambda: world.engine
    view.bar.here.click()
    until(lambda: page.model.active)
    loads = [call for call in world.engine.calls if call[0] == "load"]
    assert loads[-1][2] == 301.0
    assert not page.handing.shown
    assert world.order("fetch") == ("fetch", LIVING.id)


def test_this_screen_in_the_picker_takes_it_back_too(world: World) -> None:
    world.play().model.stop()
    world.casting.begin(LIVING, FILM, stage=CastStage.PLAYING, position=77.0)
    until(lambda: world.desk.model.going)
    world.window.rail.chip.chip.click()
    until(lambda: world.picker.isVisible())
    world.row(HERE).click()
    until(lambda: world.player.model.active)
    assert world.engine.position == 77.0


def test_a_ticket_that_goes_over_is_not_closed_here(world: World) -> None:
    page = world.play()
    page.model.stop(handed=True)
    spin()
    assert world.history.closed == []


def test_the_desktop_hears_of_the_tv(world: World) -> None:
    view = remote(world, position=10.0)
    outside = world.desk.outside
    assert outside is not None
    now = outside.now()
    assert (now.status, now.title, now.caption) == ("Playing", "Tears of Steel", "Living-room TV")
    assert outside.do("pause")
    until(lambda: outside.now().status == "Paused")
    outside.seek(50.0)
    until(lambda: world.order("seek") == ("seek", LIVING.id, 50.0))
    outside.set_volume(0.9)
    until(lambda: world.order("volume") == ("volume", LIVING.id, 0.9))
    assert outside.do("stop")
    until(lambda: outside.now().status == "Stopped")
    assert not outside.do("pause")
    until(lambda: not view.isVisible())


def test_it_fits_a_small_window(world: World) -> None:
    view = remote(world, waiting=("Sintel",), has_next=True)
    world.window.resize(1024, 600)
    spin()
    assert not view._poster.isVisible()
    for button in (view.bar.play, view.bar.here, view.bar.panels["volume"], view.back):
        place = button.mapTo(view, button.rect().bottomRight())
        assert view.rect().contains(place)
