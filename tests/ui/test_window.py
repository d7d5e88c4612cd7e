"""The window: pages built late, the way back, its place kept, palette, messages, shortcuts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QThreadPool
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.events import NoticeLevel
from tests.ui.frame import (
    ENTRIES,
    DummyPage,
    dummy_pages,
    focused,
    give_pages,
    press,
    spin,
    theme,
    until,
)
from ui import window_state
from ui.commands import Command
from ui.window import MainWindow, WindowChoices, fills


@pytest.fixture
def pages() -> Iterator[dict[str, DummyPage]]:
    with dummy_pages() as built:
        yield built


@pytest.fixture
def window(pages: dict[str, DummyPage], tmp_path: Path) -> Iterator[MainWindow]:
    opened = MainWindow(theme(), state=tmp_path / "window.json", entries=ENTRIES)
    opened.resize(1400, 800)
    opened.show()
    opened.activateWindow()
    spin()
    give_pages(opened)
    yield opened
    opened.can_hide = lambda: False
    opened.close()
    opened.deleteLater()
    spin()


def test_a_skeleton_stands_before_the_services_are_there() -> None:
    opened = MainWindow(theme(), entries=ENTRIES)
    painted: list[bool] = []
    opened.first_painted.connect(lambda: painted.append(True))
    opened.show()
    until(lambda: bool(painted))
    assert opened.page() is None
    assert opened.stack.current() == "home"
    opened.close()
    opened.deleteLater()


def test_pages_are_built_at_their_first_visit_only(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    assert set(pages) == {"home"}
    window.open("library")
    first = pages["library"]
    window.open("home")
    window.open("library")
    assert pages["library"] is first
    assert "settings" not in pages
    assert first.lefts == 1
    assert len(first.visits) == 2


def test_the_way_back(window: MainWindow, pages: dict[str, DummyPage]) -> None:
    window.open("library")
    pages["library"].buttons[4].setFocus()
    window.open("details", item=5)
    assert pages["details"].visits == [{"item": 5}]
    assert window.rail.button("library").isChecked()  # type: ignore[union-attr]  # it is there
    press(Qt.Key.Key_Escape)
    assert window.stack.current() == "library"
    assert QApplication.focusWidget() is pages["library"].buttons[4]
    press(Qt.Key.Key_Backspace)
    assert window.stack.current() == "home"
    press(Qt.Key.Key_Escape)
    assert window.rail.isAncestorOf(focused())


def test_going_back_opens_with_the_same_arguments(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    window.open("details", item=1)
    window.open("details", item=2)
    window.back()
    assert pages["details"].visits[-1] == {"item": 1}


def test_mouse_and_alt_left_go_back(window: MainWindow) -> None:
    window.open("library")
    window.open("details", item=1)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.stack.current() == "library"
    back = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        QPointF(5, 5),
        QPointF(window.mapToGlobal(QPoint(5, 5))),
        Qt.MouseButton.BackButton,
        Qt.MouseButton.BackButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, back)
    assert window.stack.current() == "home"


def test_shortcuts_open_pages(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.stack.current() == "library"
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.stack.current() == "settings"


def test_a_broken_page_says_so_and_the_others_go_on(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    pages["broken"] = pages["home"]
    window.open("details")
    assert window.page() is None
    assert window.stack.current() == "details"
    window.open("library")
    assert window.page() is pages["library"]
    del pages["broken"]


def test_the_rail_shows_icons_alone_when_there_is_little_room(window: MainWindow) -> None:
    seen = []
    for width in (1400, 1100, 1400):
        window.resize(width, 700)
        spin()
        seen.append(window.rail.narrow)
    assert seen == [False, True, False]


def test_a_badge_reaches_the_rail(window: MainWindow, pages: dict[str, DummyPage]) -> None:
    window.open("library")
    pages["library"].badge_changed.emit(3)
    button = window.rail.button("library")
    assert button is not None
    assert button.count == 3


def test_an_immersive_page_hides_the_rail(window: MainWindow, pages: dict[str, DummyPage]) -> None:
    pages["home"].immersive = True
    assert not window.rail.isVisible()
    window.open("library")
    assert window.rail.isVisible()
    window.back()
    assert not window.rail.isVisible()


def test_the_place_and_the_page_are_kept(pages: dict[str, DummyPage], tmp_path: Path) -> None:
    place = tmp_path / "state" / "window.json"
    first = MainWindow(theme(), state=place, entries=ENTRIES)
    first.show()
    first.setGeometry(40, 30, 1234, 700)
    give_pages(first)
    first.open("library")
    first.close()
    QThreadPool.globalInstance().waitForDone()
    assert json.loads(place.read_text())["page"] == "library"
    second = MainWindow(theme(), WindowChoices("last"), place, ENTRIES)
    second.show()
    spin()
    assert (second.width(), second.height()) == (1234, 700)
    assert second.stack.current() == "library"
    second.close()
    for opened in (first, second):
        opened.deleteLater()
    spin()


def test_a_first_window_fills_a_small_screen() -> None:
    sizes = ((1920, 1080), (1280, 720), (1440, 830), (800, 600))
    assert [fills(QSize(*size)) for size in sizes] == [False, True, True, False]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"x": "left"}', '{"width": true}'])
def test_a_damaged_state_is_a_fresh_one(tmp_path: Path, content: str) -> None:
    path = tmp_path / "window.json"
    path.write_text(content)
    assert window_state.load(path) == window_state.WindowState()


def test_the_palette_finds_runs_and_gives_the_focus_back(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    ran: list[bool] = []
    command = Command("x", "Scan every folder", "refresh-cw", lambda: ran.append(True))
    remove = window.equipment.commands.add(command)
    pages["home"].buttons[5].setFocus()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    QTest.keyClicks(focused(), "scev")
    press(Qt.Key.Key_Return)
    assert ran == [True]
    assert QApplication.focusWidget() is pages["home"].buttons[5]
    remove()
    assert not window.equipment.commands.run("x")


def test_the_palette_closes_by_esc_and_traps_the_focus(window: MainWindow) -> None:
    window.equipment.open_palette("libr")
    overlay = window.equipment.overlay()
    assert overlay is not None
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Up):
        press(key)
        assert overlay.isAncestorOf(focused())
    press(Qt.Key.Key_Escape)
    assert window.equipment.overlay() is None
    window.equipment.open_palette("libr")
    press(Qt.Key.Key_Return)
    assert window.stack.current() == "library"


def test_undo_by_keyboard(window: MainWindow) -> None:
    undone: list[str] = []
    window.toasts.show("One", action="Undo", on_action=lambda: undone.append("one"))
    window.toasts.show("Two", level=NoticeLevel.GOOD)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["one"]
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["one"]
    assert [toast.text for toast in window.equipment.toasts().toasts()] == ["Two"]


def test_a_message_is_reached_by_arrows_and_goes_by_itself(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    undone: list[bool] = []
    window.toasts.show("Gone", action="Undo", on_action=lambda: undone.append(True), seconds=0.5)
    spin()
    pages["home"].buttons[8].setFocus()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    toast = window.equipment.toasts().toasts()[0]
    assert toast.button is not None
    assert toast.button.hasFocus()
    spin(0.8)
    assert window.equipment.toasts().toasts(), "the time stands still while it has the focus"
    press(Qt.Key.Key_Space)
    assert undone == [True]
    window.toasts.show("Short", seconds=0.5)
    until(lambda: not window.equipment.toasts().toasts())


def test_the_same_message_is_not_shown_twice(window: MainWindow) -> None:
    for _ in range(3):
        window.toasts.show("The same")
    assert len(window.equipment.toasts().toasts()) == 1


def test_closing_goes_to_the_tray_only_when_wanted_and_possible(window: MainWindow) -> None:
    ended: list[str] = []
    window.closed.connect(lambda: ended.append("closed"))
    window.hidden_to_tray.connect(lambda: ended.append("hidden"))
    window.choices = WindowChoices(keep_in_tray=True)
    window.can_hide = lambda: True
    window.close()
    assert ended == ["hidden"]
    assert not window.isVisible()
    window.raise_window("library")
    assert window.isVisible()
    assert window.stack.current() == "library"
    window.can_hide = lambda: False
    window.close()
    assert ended == ["hidden", "closed"]


def test_another_scale_builds_everything_anew(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    window.open("library")
    window.open("details", item=9)
    before = pages["details"]
    window.rail.set_count("library", 4)
    window.theme.set_scale(150)
    window.rebuild()
    spin()
    assert window.stack.current() == "details"
    assert pages["details"] is not before
    assert pages["details"].visits == [{"item": 9}]
    button = window.rail.button("library")
    assert button is not None
    assert button.count == 4
    assert button.height() == 72
    window.back()
    assert window.stack.current() == "library"


def test_full_screen_ends_by_back(window: MainWindow) -> None:
    window.toggle_full_screen()
    spin()
    assert window.isFullScreen()
    window.open("library")
    window.back()
    assert not window.isFullScreen()
    assert window.stack.current() == "library"
