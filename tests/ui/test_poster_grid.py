"""The poster wall with many items: geometry, keys, refreshes, pictures, what it says aloud."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest

from app.domain.media import Card, PosterKey
from tests.ui.frame import card, cards, spin, theme, until
from ui.widgets import virtual_accessible
from ui.widgets.cards import CardBook
from ui.widgets.item_list import ItemList
from ui.widgets.poster_grid import PosterGrid
from ui.widgets.posters import PosterCache
from ui.widgets.virtual_view import VirtualView

MANY = 100_000


class Store:
    """Answers for cards at once and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.book = CardBook(self.want)

    def want(self, ids: Sequence[int]) -> None:
        self.asked.append(list(ids))
        self.book.put(cards(ids))


@pytest.fixture
def store() -> Store:
    theme()
    return Store()


@pytest.fixture
def grid(store: Store) -> Iterator[PosterGrid]:
    posters = PosterCache()
    made = PosterGrid(theme(), store.book, posters, lambda key: Path(key))
    made.resize(1592 + 96, 900)
    made.show()
    made.activateWindow()
    made.setFocus()
    made.set_ids(array("q", range(MANY)))
    spin()
    yield made
    posters.wait()
    made.close()
    made.deleteLater()
    spin()


def test_the_geometry_of_the_drawing(grid: PosterGrid) -> None:
    assert grid.columns() == 7
    assert grid.cell(0) == QRect(48, 16, 200, 300)
    assert grid.cell(6).right() + 1 == grid.width() - 48
    assert grid.cell(7).top() - grid.cell(0).bottom() - 1 == 26


@pytest.mark.parametrize(("width", "columns"), [(1024 - 76, 4), (1280 - 232, 4), (3840, 16)])
def test_columns_follow_the_width(grid: PosterGrid, width: int, columns: int) -> None:
    grid.set_margins(theme().margin(width + 76), 16, 32)
    grid.resize(width, 700)
    assert grid.columns() == columns
    cells = [grid.cell(row) for row in range(columns)]
    assert cells[-1].right() < width - 20
    assert all(150 < cell.width() < 240 for cell in cells)
    gaps = [right.left() - left.right() for left, right in zip(cells, cells[1:], strict=False)]
    assert min(gaps) >= 28


def test_only_what_is_seen_is_asked_for(grid: PosterGrid, store: Store) -> None:
    spin(0.2)
    asked = {item for ids in store.asked for item in ids}
    assert set(range(21)) <= asked
    assert len(asked) < 100


def test_arrows_pages_home_and_end(grid: PosterGrid) -> None:
    def go(key: Qt.Key) -> int:
        QTest.keyClick(grid, key)
        return grid.current_id()

    assert go(Qt.Key.Key_Right) == 1
    assert go(Qt.Key.Key_Down) == 8
    assert go(Qt.Key.Key_Left) == 7
    assert not grid.takes_arrow(Qt.Key.Key_Left)
    assert go(Qt.Key.Key_Up) == 0
    assert go(Qt.Key.Key_PageDown) == 14
    assert go(Qt.Key.Key_PageUp) == 0
    assert go(Qt.Key.Key_End) == MANY - 1
    assert grid.viewport().rect().contains(grid.cell(MANY - 1))
    assert not grid.takes_arrow(Qt.Key.Key_Down)
    assert go(Qt.Key.Key_Home) == 0
    assert grid.verticalScrollBar().value() == 0


def test_down_from_the_last_full_line_reaches_the_short_one(grid: PosterGrid) -> None:
    grid.set_ids(array("q", range(9)))
    grid.go_to(6)
    assert grid.takes_arrow(Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.current_id() == 8


def test_the_current_item_stays_in_its_place_through_a_refresh(grid: PosterGrid) -> None:
    grid.go_to(500, smooth=False)
    before = grid.cell(500).top()
    grid.set_ids(array("q", range(70, MANY)))
    assert grid.current_id() == 500
    assert grid.cell(430).top() == before
    told: list[int] = []
    grid.current_changed.connect(told.append)
    grid.set_ids(array("q", [number for number in range(70, 2000) if number != 500]))
    assert told == [501]
    grid.set_ids(array("q"))
    assert grid.current_id() == -1
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Return)


def test_enter_click_and_menu_tell_the_id(grid: PosterGrid) -> None:
    opened: list[int] = []
    asked: list[tuple[int, QPoint]] = []
    grid.item_activated.connect(opened.append)
    grid.context_requested.connect(lambda item, place: asked.append((item, place)))
    QTest.keyClick(grid, Qt.Key.Key_Return)
    place = grid.cell(3).center()
    QTest.mouseClick(
        grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    assert opened == [0, 3]
    gap = QPoint(grid.cell(0).right() + 8, grid.cell(0).top() + 5)
    QTest.mouseClick(
        grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, gap
    )
    assert opened == [0, 3]
    QTest.keyClick(grid, Qt.Key.Key_Menu)
    assert asked[0][0] == 3
    assert grid.item_rect().contains(grid.mapFromGlobal(asked[0][1]))


def test_cards_that_changed_are_asked_for_again(grid: PosterGrid, store: Store) -> None:
    store.asked.clear()
    store.book.outdate((2,))
    until(lambda: [2] in store.asked)
    store.book.outdate()
    until(lambda: any(0 in ids and 13 in ids for ids in store.asked))


def test_a_poster_is_read_and_painted(grid: PosterGrid, store: Store, tmp_path: Path) -> None:
    picture = QImage(300, 450, QImage.Format.Format_RGB32)
    picture.fill(QColor("#20C040"))
    path = tmp_path / "poster.jpg"
    assert picture.save(str(path))
    store.book.put([card(0, poster=PosterKey(str(path)))])

    def painted() -> bool:
        image = grid.viewport().grab().toImage()
        return image.pixelColor(grid.cell(0).center() - QPoint(0, 100)).green() > 150

    until(painted)


def test_what_the_wall_says_to_screen_readers(grid: PosterGrid, store: Store) -> None:
    virtual_accessible.install()
    QAccessible.setActive(True)
    store.book.put([card(1, title="Metropolis", year=1927, position=600.0)])
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.accessibleName() == "Posters"
    assert "Metropolis" in grid.accessibleDescription()
    assert "1927" in grid.accessibleDescription()
    wall = QAccessible.queryAccessibleInterface(grid)
    assert wall is not None
    assert wall.role() == QAccessible.Role.List
    item = wall.focusChild()
    assert item is not None
    assert "Metropolis" in item.text(QAccessible.Text.Name)
    assert item.role() == QAccessible.Role.ListItem
    assert item.state().focused
    assert wall.childCount() == len(list(grid.visible_rows(0, grid.viewport().height())))
    QAccessible.setActive(False)


def test_walls_come_and_go_while_a_screen_reader_listens(store: Store) -> None:
    virtual_accessible.install()
    QAccessible.setActive(True)
    for _ in range(30):
        made = PosterGrid(theme(), store.book, PosterCache(), lambda key: Path(key))
        made.resize(900, 700)
        made.show()
        made.setFocus()
        made.set_ids(array("q", range(300)))
        for _ in range(5):
            QTest.keyClick(made, Qt.Key.Key_Down)
            wall = QAccessible.queryAccessibleInterface(made)
            names = [wall.child(place).text(QAccessible.Text.Name) for place in range(3)]
            assert len(names) == 3
        made.close()
        made.deleteLater()
        spin(0.005)
    QAccessible.setActive(False)


def test_qt_is_never_left_with_an_item_that_is_gone(grid: PosterGrid) -> None:
    wall = virtual_accessible.WallInterface(grid)
    first = [wall._cell(row) for row in range(virtual_accessible.MOST_CELLS + 1)]
    numbers = list(wall._numbers)
    found = QAccessible.accessibleInterface(numbers[3])
    assert found is first[3]
    wall._cell(virtual_accessible.MOST_CELLS + 1)  # one too many: they are made anew
    del found, first
    assert len(wall._cells) == 1
    wall.forget()
    assert all(QAccessible.accessibleInterface(number) is None for number in numbers)


def test_the_list_shows_the_same_items_in_lines(store: Store) -> None:
    listed: VirtualView[Card] = ItemList(theme(), store.book, PosterCache(), lambda key: Path(key))
    listed.resize(1200, 700)
    listed.show()
    listed.set_ids(array("q", range(MANY)))
    spin(0.1)
    assert listed.columns() == 1
    assert listed.cell(1).top() - listed.cell(0).top() == 72
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    assert listed.current_id() == 1
    assert not listed.takes_arrow(Qt.Key.Key_Right)
    assert not listed.grab().isNull()
    listed.close()
    listed.deleteLater()


def test_pictures_stay_within_their_memory(tmp_path: Path) -> None:
    theme()
    posters = PosterCache(limit=1_000_000)
    ready: list[str] = []
    posters.ready.connect(ready.append)
    for number in range(12):
        picture = QImage(300, 450, QImage.Format.Format_RGB32)
        picture.fill(QColor(number * 20, 80, 90))
        picture.save(str(tmp_path / f"{number}.jpg"))
        posters.request(str(number), tmp_path / f"{number}.jpg", QSize(200, 300), 14)
    until(lambda: len(ready) == 12)
    assert 0 < posters.used <= 1_000_000
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8 no picture")
    assert posters.request("broken", broken) is None
    missing = tmp_path / "missing.jpg"
    assert posters.request("missing", missing) is None
    spin(0.2)
    assert len(ready) == 12
    posters.wait()
