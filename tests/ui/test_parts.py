"""The smaller parts: folder chooser, shelf, chips, buttons, fuzzy finding."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.frame import card, press, spin, theme, until
from ui.fuzzy import match
from ui.widgets.button import Button
from ui.widgets.chips import ChipRow, ChoiceChip
from ui.widgets.folder_listing import display, list_folders, places
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.posters import PosterCache
from ui.widgets.shelf import Shelf


@pytest.fixture
def window() -> Iterator[QWidget]:
    look = theme()
    made = QWidget()
    made.setPalette(look.palette())
    made.resize(1200, 800)
    made.show()
    made.activateWindow()
    spin()
    yield made
    made.close()
    made.deleteLater()
    spin()


@pytest.fixture
def films(tmp_path: Path) -> bytes:
    root = os.fsencode(tmp_path / "films")
    for name in (b"Alpha", b"beta \xff\xfe", b"gamma\nline", b".hidden"):
        os.makedirs(os.path.join(root, name))
    os.symlink(root, os.path.join(root, b"Alpha", b"loop"))
    Path(os.fsdecode(root), "film.mkv").touch()
    return root


def test_folders_of_any_name_are_listed(films: bytes) -> None:
    listing = list_folders(films)
    assert [place.path[len(films) + 1 :] for place in listing.folders] == [
        b"Alpha",
        b"beta \xff\xfe",
        b"gamma\nline",
    ]
    assert display(b"beta \xff") == "beta \ufffd"
    assert "\n" not in display(b"a\nb")
    assert list_folders(films + b"/none").error
    assert places()[0].kind == "home"
    assert places()[-1].path == b"/"


def test_a_folder_is_chosen_by_keys_alone(window: QWidget, films: bytes) -> None:
    picker = FolderPicker(theme(), window, films)
    chosen: list[object] = []
    picker.chosen.connect(chosen.append)
    picker.open()
    until(lambda: picker.folders.count() == 3)
    assert picker.folders.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    until(lambda: picker.path == films + b"/beta \xff\xfe" and picker.choose.hasFocus())
    press(Qt.Key.Key_Return)
    until(lambda: bool(chosen))
    assert chosen == [films + b"/beta \xff\xfe"]


def test_up_returns_to_the_folder_one_came_from(window: QWidget, films: bytes) -> None:
    picker = FolderPicker(theme(), window, films + b"/gamma\nline")
    picker.open()
    until(picker.choose.isEnabled)
    picker.go_up()
    until(lambda: picker.folders.count() == 3)
    assert picker.folders.currentRow() == 2
    picker.go(b"/no/such/folder")
    until(lambda: "cannot be read" in picker.state.text())
    assert not picker.choose.isEnabled()
    picker.dismiss()


def test_a_shelf_moves_and_keeps_its_card(window: QWidget) -> None:
    shelf = Shelf(theme(), "wide", PosterCache(window), lambda key: Path(key), window)
    shelf.resize(1000, shelf.sizeHint().height())
    shelf.show()
    shelf.set_cards([card(number, position=600.0) for number in range(12)])
    opened: list[int] = []
    shelf.item_activated.connect(opened.append)
    shelf.setFocus()
    assert not shelf.takes_arrow(Qt.Key.Key_Left)
    press(Qt.Key.Key_Right, 8)
    assert shelf.current_id() == 8
    assert shelf.item_rect().left() >= 0
    assert shelf.item_rect().right() <= shelf.width()
    press(Qt.Key.Key_Return)
    assert opened == [8]
    shelf.set_cards([card(number) for number in range(5, 12)])
    assert shelf.current_id() == 8
    press(Qt.Key.Key_End)
    assert not shelf.takes_arrow(Qt.Key.Key_Right)
    assert not shelf.takes_arrow(Qt.Key.Key_Down)
    assert not shelf.grab().isNull()


def test_chips_choose(window: QWidget) -> None:
    row = ChipRow(theme(), [("Films", 1), ("Series", 2)], window)
    row.show()
    seen: list[object] = []
    row.chosen.connect(seen.append)
    row.set_value(2)
    assert (row.value, seen) == (2, [])
    chip = ChoiceChip(theme(), "Decade", [("Any", None), ("1990s", 1990)], parent=window)
    assert chip.text() == "Decade"
    assert not chip.isChecked()
    chip.set_value(1990)
    assert (chip.text(), chip.isChecked()) == ("1990s", True)
    chip.set_choices([("Any", None)])
    assert chip.value is None
    assert not chip.isEnabled()


def test_a_busy_button_is_not_pressed_twice(window: QWidget) -> None:
    button = Button(theme(), "Scan", "main", "refresh-cw", parent=window)
    button.show()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    button.set_busy(True)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    button.setFocus()
    press(Qt.Key.Key_Return)
    spin(0.2)
    assert pressed == [True]
    button.set_busy(False)
    press(Qt.Key.Key_Return)
    until(lambda: len(pressed) == 2)


def test_fuzzy_finding() -> None:
    assert match("reg", "Réglages") is not None
    assert match("xyz", "Settings") is None
    assert match("", "anything") == 0.0
    words = (match("fs", "Full screen"), match("fs", "Safety folders"))
    assert words[0] is not None
    assert words[1] is None or words[0] > words[1]
