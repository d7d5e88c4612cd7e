"""Stand-ins and small tools of the tests of the window's frame."""

from __future__ import annotations

import sys
import time
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QWidget

from app.domain.media import Card, ItemId, MediaKind
from ui.catalogue import Entry
from ui.page import Page, PageContext
from ui.theme import Theme
from ui.window import MainWindow

ROUNDS = 4


def theme() -> Theme:
    """A theme without motion, so that nothing has to be waited for."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    look = Theme(100, motion="off")
    look.apply(application)
    return look


def spin(seconds: float = 0.05) -> None:
    """Let Qt work for a while, in a test that is no coroutine.

    At least some rounds: on a busy machine one alone may outlast the time, and what it laid out
    is only known after the next.
    """
    end, rounds = time.monotonic() + seconds, 0
    while rounds < ROUNDS or time.monotonic() < end:
        rounds += 1
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        time.sleep(0.002)


def until(check: Callable[[], bool], seconds: float = 5.0) -> None:
    """Let Qt work until something is true."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not happen in time"
        spin(0.005)


def focused() -> QWidget:
    """What has the focus; nothing having it fails the test."""
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the focus"
    return found


def press(key: Qt.Key, times: int = 1) -> None:
    """Press a key where the focus is."""
    for _ in range(times):
        QTest.keyClick(focused(), key)
        QApplication.processEvents()


def card(number: int, **values: Any) -> Card:
    """A film of that id."""
    given = {"title": f"Film {number}", "year": 1950 + number % 70, "duration": 5400.0, **values}
    return Card(ItemId(number), MediaKind.FILM, **given)


def cards(ids: Sequence[int]) -> list[Card]:
    """Films of these ids."""
    return [card(number) for number in ids]


class DummyPage(Page):
    """A page of nine buttons in a square."""

    built = 0

    def __init__(self, name: str) -> None:
        super().__init__()
        type(self).built += 1
        self.name = name
        self.visits: list[dict[str, object]] = []
        self.lefts = 0
        self.buttons = [QPushButton(f"{name} {place}", self) for place in range(9)]
        grid = QGridLayout(self)
        for place, button in enumerate(self.buttons):
            grid.addWidget(button, place // 3, place % 3)

    def opened(self, **args: object) -> None:
        self.visits.append(args)

    def left(self) -> None:
        self.lefts += 1


ENTRIES = (
    Entry("home", "Home", "house", "tests_dummy_home"),
    Entry("library", "Library", "library", "tests_dummy_library"),
    Entry("details", "Details", "film", "tests_dummy_details", place="none", under="library"),
    Entry("settings", "Settings", "settings", "tests_dummy_settings", place="foot"),
)


@contextmanager
def dummy_pages() -> Iterator[dict[str, DummyPage]]:
    """Modules that create dummy pages; yields the pages built so far by name."""
    built: dict[str, DummyPage] = {}

    def module(name: str) -> types.ModuleType:
        made = types.ModuleType(f"tests_dummy_{name}")

        def create(_context: PageContext) -> Page:
            if name == "details" and built.get("broken") is not None:
                raise ValueError("this page is broken")
            built[name] = DummyPage(name)
            return built[name]

        made.create = create  # type: ignore[attr-defined]  # a module made by hand
        return made

    for entry in ENTRIES:
        sys.modules[entry.module] = module(entry.name)
    try:
        yield built
    finally:
        for entry in ENTRIES:
            del sys.modules[entry.module]


def give_pages(window: MainWindow) -> None:
    """Attach without any service: dummy pages ask for none."""
    window.stack.set_context(cast("PageContext", types.SimpleNamespace()))
    spin()


def all_inside(page: QWidget) -> set[QWidget]:
    """Every control of a page the keyboard must reach."""
    from ui.focus import focusable

    return set(focusable(page))
