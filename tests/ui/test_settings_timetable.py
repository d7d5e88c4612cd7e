"""The week in hours, by mouse and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.timetable import Pace, read
from ui.pages.settings.timetable import Timetable, WeekGrid
from ui.theme import Theme


@pytest.fixture
def table(qtbot: QtBot) -> Timetable:
    made = Timetable(Theme(), "Timetable", "Press an hour")
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    return made


def at(grid: WeekGrid, day: int, hour: int) -> QPoint:
    return grid._cell(day, hour).center()


def test_a_press_goes_round_slow_rest_and_full(table: Timetable, qtbot: QtBot) -> None:
    told: list[str] = []
    table.changed.connect(told.append)
    for pace in (Pace.SLOW, Pace.REST, Pace.FULL):
        QTest.mouseClick(table.grid, Qt.MouseButton.LeftButton, pos=at(table.grid, 2, 13))
        assert read(table.grid.text)[2 * 24 + 13] is pace
    assert told[-1] == ""
    assert len(told) == 3


def test_moving_on_paints_the_same(table: Timetable) -> None:
    grid = table.grid
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=at(grid, 0, 9))
    for hour in range(10, 13):
        QTest.mouseMove(grid, at(grid, 0, hour))
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=at(grid, 0, 12))
    assert [read(grid.text)[hour] for hour in (8, 9, 10, 11, 12, 13)] == [
        Pace.FULL, *[Pace.SLOW] * 4, Pace.FULL,
    ]  # fmt: skip


def test_the_arrows_walk_inside_and_leave_at_the_edge(table: Timetable) -> None:
    grid = table.grid
    grid.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(grid, key)
    assert grid.cursor_at == (1, 1)
    assert read(grid.text)[25] is Pace.SLOW
    QTest.keyClick(grid, Qt.Key.Key_Up)
    QTest.keyClick(grid, Qt.Key.Key_Up)  # beyond its edge: somebody else's
    assert grid.cursor_at == (0, 1)


def test_it_says_which_hour_it_is(table: Timetable) -> None:
    table.set_value("1" * 168)
    table.grid.hovered.emit(6, 23)
    assert "23:00" in table.grid.accessibleDescription()
    assert "slow" in table.grid.accessibleDescription()
    assert table.matches("timetable")
    assert not table.matches("subtitles")


def test_it_can_be_drawn(table: Timetable) -> None:
    table.set_value("012" * 56)
    table.grid.setFocus()
    image = table.grid.grab().toImage()
    assert image.pixelColor(at(table.grid, 0, 0)) != image.pixelColor(at(table.grid, 0, 1))
