"""The list of screens: its rows, its four states, its keys, and every way that opens it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.casting import CastStage, Method
from app.domain.errors import Unavailable
from tests.fakes.casting import AUDIO, BEDROOM, KITCHEN, LIVING, RADIO
from tests.ui.cast_world import STEEL, World, cast_world, focus_is, item
from tests.ui.frame import focused, spin, until
from ui.casting import words
from ui.casting.picker import HERE
from ui.focus import focusable

Key = Qt.Key


@pytest.fixture
def world() -> Iterator[World]:
    with cast_world() as made:
        yield made


def asked(world: World) -> World:
    """The picker open for a film, with its offers."""
    world.details()
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible() and world.row(LIVING.id).line.does == "Plays directly")
    return world


def test_each_device_says_what_it_will_do_and_why(world: World) -> None:
    asked(world)
    assert world.picker._title.text() == "Play Tears of Steel on"
    living, kitchen = world.row(LIVING.id).line, world.row(KITCHEN.id).line
    assert (living.icon, living.name, living.kind) == ("tv", "Living-room TV", "Samsung · DLNA")
    assert (living.does, living.why) == ("Plays directly", "")
    assert (kitchen.icon, kitchen.kind) == ("cast", "Chromecast")
    assert (kitchen.does, kitchen.why) == ("Audio is converted", "It does not play AC3 sound.")
    assert world.row(KITCHEN.id).accessibleName() == (
        "Kitchen, Chromecast, Audio is converted, It does not play AC3 sound."
    )
    assert list(world.picker.rows)[-1] == HERE
    assert world.row(HERE).line.name == "This screen"


def test_a_reason_without_words_leaves_what_is_done(world: World) -> None:
    world.casting.plans[LIVING.id] = replace(AUDIO, reason="casting.why.never_heard_of")
    world.details()
    world.key(Key.Key_C)
    until(lambda: world.row(LIVING.id).line.does == "Audio is converted")
    assert world.row(LIVING.id).line.why == ""


def test_a_device_that_is_away_is_grey_and_can_be_forgotten(world: World) -> None:
    asked(world)
    row = world.row(BEDROOM.id)
    assert row.line.dim
    assert row.line.does.startswith("Off since ")
    row.click()
    assert "Once it is back" in world.picker._note.text()
    assert world.order("cast") is None
    row.setFocus()
    world.key(Key.Key_Delete)
    until(lambda: BEDROOM.id not in world.picker.rows)
    assert world.order("forget") == ("forget", BEDROOM.id)
    assert world.picker.isAncestorOf(focused())


def test_since_when_it_is_off_is_told_as_people_say_it() -> None:
    now = time.time()
    assert ":" in words.away(replace(BEDROOM, since=now - 60), now)
    day = words.away(replace(BEDROOM, since=now - 3 * 86_400), now)
    assert day.removeprefix("Off since ").isalpha()
    assert words.away(replace(BEDROOM, since=0.0), now) == "Off"


def test_rows_come_in_place_and_nothing_moves_under_the_focus(world: World) -> None:
    asked(world)
    row = world.row(HERE)
    row.setFocus()
    places = {one: made.mapTo(world.window, QPoint()) for one, made in world.picker.rows.items()}
    top = world.picker.panel.y()
    world.casting.arrive(RADIO)
    until(lambda: RADIO.id in world.picker.rows and bool(world.row(RADIO.id).line.does))
    world.casting.away(LIVING.id)
    until(lambda: world.row(LIVING.id).line.dim)
    spin()
    assert row.hasFocus()
    assert world.picker.panel.y() == top
    for one, place in places.items():
        assert world.row(one).mapTo(world.window, QPoint()) == place
    below = world.row(RADIO.id).mapTo(world.window, QPoint())
    assert below.y() > places[HERE].y()
    assert world.row(RADIO.id).line.icon == "music"


def test_enter_casts_and_the_player_becomes_the_remote(world: World) -> None:
    asked(world)
    assert world.row(LIVING.id).hasFocus()
    world.key(Key.Key_Return)
    until(lambda: world.window.rail.chip.told[1] == "Playing")
    assert world.order("cast") == ("cast", LIVING.id, item(STEEL), None)
    assert not world.picker.isVisible()
    assert world.player.handing.shown
    assert world.window.rail.chip.told == ("Living-room TV", "Playing", True)


def test_arrows_alone_reach_everything_and_stay_inside(world: World) -> None:
    asked(world)
    wanted = set(focusable(world.picker))
    assert len(wanted) == 7  # four rows, forget, close, look again
    start = focused()
    reached, ends = {start}, [start]
    while ends:
        origin = ends.pop()
        for key in (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right):
            origin.setFocus()
            world.key(key)
            found = focused()
            assert world.picker.isAncestorOf(found)
            if found not in reached:
                reached.add(found)
                ends.append(found)
    assert reached == wanted


@pytest.mark.parametrize("key", [Key.Key_Back, Key.Key_Escape])
def test_back_closes_it_and_gives_the_focus_back(world: World, key: Key) -> None:
    world.details()
    before = focused()
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible())
    world.key(key)
    assert not world.picker.isVisible()
    assert QApplication.focusWidget() is before


def test_empty_says_what_to_do(world: World) -> None:
    world.casting.known = []
    world.casting._tell_devices()
    until(lambda: world.desk.model.devices == ())
    world.details()
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible())
    assert list(world.picker.rows) == [HERE]
    assert "Switch it on" in world.picker._note.text()
    assert world.picker._note.isVisible()
    world.casting.arrive(LIVING)
    until(lambda: LIVING.id in world.picker.rows)
    assert not world.picker._note.isVisible()


def test_busy_says_so_in_each_row(world: World) -> None:
    world.casting.slow_offers = 0.4
    world.details()
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible())
    assert world.row(LIVING.id).line.does == "One moment…"
    assert world.picker.more.text() == "Looking for more…"
    until(lambda: world.casting.looks == 1)
    until(lambda: world.row(LIVING.id).line.does == "Plays directly")


def test_a_failure_keeps_the_rows_and_can_be_tried_again(world: World) -> None:
    world.casting.error = Unavailable("errors.server_offline", host="tv")
    world.details()
    world.key(Key.Key_C)
    until(lambda: world.picker._retry.isVisible())
    assert "tv does not answer" in world.picker._note.text()
    assert LIVING.id in world.picker.rows
    world.casting.error = None
    world.picker._retry.click()
    until(lambda: world.row(LIVING.id).line.does == "Plays directly")
    assert not world.picker._retry.isVisible()


def test_the_foot_tells_which_subtitles_the_tv_gets(world: World) -> None:
    asked(world)
    assert "off" in world.picker._about.text()
    world.key(Key.Key_Escape)
    playback = replace(world.settings.current.playback, subtitles_on=True, subtitle_language="en")
    world.settings.current = replace(world.settings.current, playback=playback)
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible())
    assert world.picker._about.text() == "Subtitles: English, on the TV"


# The ways that open it.


def test_the_chip_opens_it_from_every_page(world: World) -> None:
    chip = world.window.rail.chip
    assert chip.told == ("This screen", "", None)
    for page in ("home", "library", "settings"):
        world.window.open(page)
        spin()
        chip.chip.setFocus()
        world.key(Key.Key_Return)
        until(lambda: world.picker.isVisible())
        assert world.picker._title.text() == "Picture and sound go to"
        assert world.row(HERE).line.lit
        world.row(LIVING.id).click()
        assert "Nothing plays now" in world.picker._note.text()
        world.key(Key.Key_Escape)


def test_the_chip_shows_what_plays_and_moves_it(world: World) -> None:
    world.casting.begin(LIVING, item(STEEL), stage=CastStage.PLAYING, position=252.0)
    until(lambda: world.window.rail.chip.told[0] == "Living-room TV")
    world.window.rail.chip.chip.click()
    until(lambda: world.picker.isVisible())
    assert world.picker._title.text() == "Tears of Steel plays on"
    assert world.row(LIVING.id).line.lit
    assert world.row(LIVING.id).hasFocus()
    world.row(KITCHEN.id).click()
    until(lambda: world.order("cast") is not None)
    assert world.order("fetch") == ("fetch", LIVING.id)
    assert world.order("cast") == ("cast", KITCHEN.id, item(STEEL), 252.0)
    until(lambda: world.window.rail.chip.told[0] == "Kitchen")


def test_something_is_put_behind_what_plays(world: World) -> None:
    world.casting.begin(LIVING, item(11), stage=CastStage.PLAYING)
    world.details()
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible() and world.row(LIVING.id).line.queues)
    assert not world.row(KITCHEN.id).behind.isVisible()
    assert not world.row(HERE).behind.isVisible()
    row = world.row(LIVING.id)
    assert row.behind.accessibleName() == "Play it on Living-room TV after what plays now"
    until(row.hasFocus)
    world.key(Key.Key_Right)
    assert row.behind.hasFocus()
    world.key(Key.Key_Return)
    until(lambda: world.order("queue") == ("queue", LIVING.id, item(STEEL)))
    assert not world.picker.isVisible()
    until(lambda: "Tears of Steel waits for its turn on Living-room TV." in world.toasts())
    assert world.order("cast") is None
    assert world.desk.model.casting_on(LIVING.id).waiting == ("Tears of Steel",)  # type: ignore[union-attr]  # it plays


def test_what_cannot_be_put_behind_it_says_why(world: World) -> None:
    world.casting.begin(LIVING, item(11), stage=CastStage.PLAYING)
    world.details()
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible() and world.row(LIVING.id).line.queues)
    world.casting.error = Unavailable("errors.file_gone", name="Tears of Steel")
    world.row(LIVING.id).behind.click()
    until(lambda: "Tears of Steel" in world.toasts())
    assert "waits" not in world.toasts()


def test_what_is_open_here_is_handed_over_and_not_put_behind(world: World) -> None:
    world.casting.begin(LIVING, item(11), stage=CastStage.PLAYING)
    page = world.play()
    wanted = world.desk.local()
    assert wanted is not None
    assert page.model.active
    world.desk.ask(wanted)
    until(lambda: world.picker.isVisible() and world.row(LIVING.id).line.lit)
    assert not world.row(LIVING.id).behind.isVisible()


def test_it_can_be_halted_from_every_page(world: World) -> None:
    world.casting.begin(LIVING, stage=CastStage.PLAYING)
    until(lambda: world.window.rail.chip.halt.isVisible())
    halt = world.window.rail.chip.halt
    assert halt.accessibleName() == "Pause on Living-room TV"
    halt.setFocus()
    world.key(Key.Key_Return)
    until(lambda: world.window.rail.chip.told[1] == "Paused")
    assert halt.accessibleName() == "Go on with Living-room TV"
    world.key(Key.Key_MediaTogglePlayPause, on=world.window)
    until(lambda: world.order("resume") is not None)
    world.casting.advance(LIVING.id, CastStage.GONE)
    until(lambda: world.window.rail.chip.told[1] == "Not answering")
    assert world.window.rail.chip.chip.hasFocus()


def test_the_palette_knows_it(world: World) -> None:
    commands = world.window.equipment.commands
    titles = [one.title for one in commands.all()]
    assert "TVs and other screens" in titles
    assert "Stop the TV" not in titles
    world.casting.begin(LIVING, stage=CastStage.PLAYING)
    until(lambda: "Stop the TV" in [one.title for one in commands.all()])
    assert commands.run("cast.mute")
    until(lambda: world.order("mute") == ("mute", LIVING.id, True))


def test_every_page_hands_it_what_is_chosen(world: World) -> None:
    world.details()
    page = world.window.page()
    button = getattr(page, "elsewhere")  # noqa: B009 - of one page of several
    button.setFocus()
    assert button.accessibleName() == "Play on another screen"
    world.key(Key.Key_Return)
    until(lambda: world.picker.isVisible())
    world.key(Key.Key_Escape)
    world.window.open("library")
    until(lambda: focus_is(lambda one: getattr(one, "current_id", int)() > 0))
    world.key(Key.Key_C)
    until(lambda: world.picker.isVisible())
    assert world.picker.wanted is not None
    assert world.picker.wanted.title == "Film 011"


def test_c_in_a_text_field_is_a_letter(world: World) -> None:
    world.window.open("library")
    until(lambda: world.window.page() is not None)
    world.window.equipment.commands.run("search")
    until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    line = focused()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "cc")
    assert line.text() == "cc"
    assert not world.picker.isVisible()


def test_a_press_beside_it_lets_a_ticket_go(world: World) -> None:
    gone: list[bool] = []
    world.desk.ask_ticket(7, "A stream", lambda: gone.append(True))
    until(lambda: world.picker.isVisible())
    QTest.mouseClick(world.picker, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not world.picker.isVisible()
    assert gone == [True]
    world.desk.ask_ticket(8, "A stream", lambda: gone.append(True))
    until(lambda: world.picker.isVisible())
    world.row(LIVING.id).click()
    until(lambda: world.order("cast") is not None)
    assert gone == [True]


def test_this_screen_plays_here(world: World) -> None:
    asked(world)
    seen: list[dict[str, object]] = []
    page = world.window
    page.open = lambda name, **args: seen.append({"page": name, **args})  # type: ignore[method-assign]  # to see it
    world.row(HERE).click()
    assert seen == [{"page": "player", "item": STEEL, "file": None, "at": None}]


def test_screen_readers_hear_rows_and_chip(world: World) -> None:
    asked(world)
    QAccessible.setActive(True)
    for widget in (*world.picker.rows.values(), world.window.rail.chip.chip):
        told = QAccessible.queryAccessibleInterface(widget)
        assert told.text(QAccessible.Text.Name)
        assert told.role() is QAccessible.Role.Button
    assert world.window.rail.chip.chip.accessibleName() == "Screen: This screen"


def test_it_is_painted_in_every_state(world: World) -> None:
    asked(world)
    for row in world.picker.rows.values():
        image = row.grab().toImage()
        assert not image.isNull()
        QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    world.window.resize(1024, 600)
    spin()
    assert world.window.rail.narrow
    assert world.picker.panel.height() <= 600 - 24
    assert not world.window.rail.chip.grab().isNull()


def test_the_window_built_anew_keeps_chip_and_picker(world: World) -> None:
    world.casting.begin(LIVING, stage=CastStage.PAUSED)
    until(lambda: world.window.rail.chip.told[1] == "Paused")
    world.window.rebuild()
    spin()
    assert world.window.rail.chip.told == ("Living-room TV", "Paused", False)
    world.window.rail.chip.chip.click()
    until(lambda: world.picker.isVisible())


def test_forms_have_words() -> None:
    assert len({words.form(one) for one in (None, *Method)}) == 5
