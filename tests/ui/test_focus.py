"""The focus: arrows reach everything, it is seen, and it is never lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tests.ui.frame import (
    ENTRIES,
    DummyPage,
    all_inside,
    dummy_pages,
    focused,
    give_pages,
    press,
    spin,
    theme,
)
from ui.focus import nearest, takes_arrow
from ui.widgets.overlay import Overlay
from ui.window import MainWindow

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@pytest.fixture
def pages() -> Iterator[dict[str, DummyPage]]:
    with dummy_pages() as built:
        yield built


@pytest.fixture
def window(pages: dict[str, DummyPage]) -> Iterator[MainWindow]:
    opened = MainWindow(theme(), entries=ENTRIES)
    opened.resize(1400, 800)
    opened.show()
    opened.activateWindow()
    spin()
    give_pages(opened)
    yield opened
    opened.close()
    opened.deleteLater()
    spin()


def walk(window: MainWindow, wanted: set[QWidget]) -> set[QWidget]:
    """Everything arrows alone reach from where the focus is; the widest search there is."""
    start = QApplication.focusWidget()
    assert start is not None
    reached, open_ends = {start}, [start]
    while open_ends:
        origin = open_ends.pop()
        for key in ARROWS:
            for _ in range(6 if isinstance(origin, QLineEdit | QListWidget) else 1):
                if QApplication.focusWidget() is not origin:
                    origin.setFocus()
                press(key)
                found = QApplication.focusWidget()
                assert found is not None, f"the focus was lost by {key} on {origin}"
                if found not in reached:
                    reached.add(found)
                    open_ends.append(found)
    return reached & wanted


def test_arrows_move_in_their_direction(window: MainWindow, pages: dict[str, DummyPage]) -> None:
    buttons = pages["home"].buttons
    buttons[4].setFocus()
    for key, place in zip(ARROWS, (3, 4, 1, 4), strict=True):
        press(key)
        assert QApplication.focusWidget() is buttons[place]


def test_left_goes_to_the_rail_and_right_back_to_where_one_was(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    window.open("library")
    buttons = pages["library"].buttons
    buttons[6].setFocus()
    press(Qt.Key.Key_Left)
    assert QApplication.focusWidget() is window.rail.button("library")
    press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is window.rail.button("home")
    press(Qt.Key.Key_Right)
    assert QApplication.focusWidget() is buttons[6]


def test_enter_in_the_rail_opens_the_page_and_enters_it(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    pages["home"].buttons[0].setFocus()
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert window.stack.current() == "library"
    assert pages["library"].isAncestorOf(focused())


def test_every_kind_of_control_is_reached_and_left_by_arrows(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    page = pages["home"]
    for button in page.buttons[1:]:
        button.hide()
    form = QWidget(page)
    column = QVBoxLayout(form)
    line, combo, spins, slider = QLineEdit("abc"), QComboBox(), QSpinBox(), QSlider()
    slider.setOrientation(Qt.Orientation.Horizontal)
    combo.addItems(["one", "two"])
    listed, switch = QListWidget(), QCheckBox("A switch")
    listed.addItems(["a", "b", "c"])
    row = QHBoxLayout()
    row.addWidget(QPushButton("left"))
    row.addWidget(QPushButton("right"))
    for widget in (line, combo, spins, slider, listed, switch):
        column.addWidget(widget)
    column.addLayout(row)
    grid = page.layout()
    assert grid is not None
    grid.addWidget(form)
    form.show()
    spin()
    page.buttons[0].setFocus()
    wanted = all_inside(page)
    assert len(wanted) == 9
    assert walk(window, wanted) == wanted
    assert spins.value() == 0
    assert combo.currentIndex() == 0


def test_controls_inside_a_scroll_area_are_scrolled_into_view(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    page = pages["home"]
    for button in page.buttons:
        button.hide()
    area = QScrollArea(page)
    inner = QWidget()
    column = QVBoxLayout(inner)
    buttons = [QPushButton(f"Line {place}") for place in range(40)]
    for button in buttons:
        column.addWidget(button)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    grid = page.layout()
    assert grid is not None
    grid.addWidget(area)
    area.show()
    spin()
    buttons[0].setFocus()
    press(Qt.Key.Key_Down, 39)
    assert buttons[39].hasFocus()
    place = buttons[39].mapTo(area.viewport(), buttons[39].rect().center())
    assert area.viewport().rect().contains(place)


@pytest.mark.parametrize("how", ["hide", "setEnabled", "deleteLater"])
def test_a_control_that_goes_leaves_the_focus_to_its_neighbour(
    window: MainWindow, pages: dict[str, DummyPage], how: str
) -> None:
    buttons = pages["home"].buttons
    buttons[8].setFocus()
    spin()
    if how == "setEnabled":
        buttons[8].setEnabled(False)
    else:
        getattr(buttons[8], how)()
    spin()
    assert QApplication.focusWidget() in (buttons[5], buttons[7])


def test_an_overlay_keeps_the_focus_and_gives_it_back(
    window: MainWindow, pages: dict[str, DummyPage]
) -> None:
    origin = pages["home"].buttons[2]
    origin.setFocus()
    overlay = Overlay(window.theme, window, 400, 300)
    inside = [QPushButton("one"), QPushButton("two")]
    for button in inside:
        overlay.column.addWidget(button)
    overlay.open()
    spin()
    for key in (*ARROWS, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab):
        press(key)
        assert QApplication.focusWidget() in inside
    press(Qt.Key.Key_Back)
    assert not overlay.isVisible()
    assert origin.hasFocus()


def test_the_ring_shows_for_keys_only(window: MainWindow, pages: dict[str, DummyPage]) -> None:
    ring = window.equipment.ring
    buttons = pages["home"].buttons
    ring.set_keyboard(False)
    buttons[0].setFocus()
    spin()
    seen = [ring.target]
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Right)
    spin()
    seen.append(ring.target)
    assert seen == [None, buttons[1]]
    around = ring.geometry()
    assert around.contains(
        QRect(buttons[1].mapTo(window, buttons[1].rect().topLeft()), buttons[1].size())
    )
    picture = window.grab().toImage()
    edge = picture.pixelColor(around.left() + 1, around.center().y())
    assert edge.name() == window.theme.color("accent").name()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton)
    spin()
    assert ring.target is None


def test_the_nearest_prefers_what_is_in_the_same_row() -> None:
    theme()
    far, diagonal = QWidget(), QWidget()
    places = [(far, QRect(300, 0, 50, 50)), (diagonal, QRect(60, 60, 50, 50))]
    origin = QRect(0, 0, 50, 50)
    assert nearest(origin, Qt.Key.Key_Right, places) is far
    assert nearest(origin, Qt.Key.Key_Down, places) is diagonal
    assert nearest(origin, Qt.Key.Key_Left, places) is None


def test_text_keeps_the_arrows_it_needs() -> None:
    theme()
    line = QLineEdit("ab")
    line.setCursorPosition(1)
    assert takes_arrow(line, Qt.Key.Key_Left)
    assert takes_arrow(line, Qt.Key.Key_Right)
    assert not takes_arrow(line, Qt.Key.Key_Down)
    line.setCursorPosition(2)
    assert not takes_arrow(line, Qt.Key.Key_Right)
    text = QPlainTextEdit("one\ntwo")
    assert not takes_arrow(text, Qt.Key.Key_Up)
    assert takes_arrow(text, Qt.Key.Key_Down)
