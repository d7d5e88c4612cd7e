"""The Library page when words name no title: what is close in meaning stands on the wall."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.media import MediaKind
from app.runtime.bus import EventBus
from tests.fakes.alike import FakeMeaning
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary, FakePlayback, film, running_bridge
from ui.bridge import Bridge
from ui.pages.library.page import LibraryPage, create
from ui.pages.library.viewmodel import ByMeaning, LibraryViewModel


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[tuple[Bridge, EventBus]]:
    with running_bridge() as pair:
        yield pair


def _loaded(qtbot: QtBot, bridge: Bridge, meaning: FakeMeaning) -> LibraryViewModel:
    library = FakeLibrary([film(n, watched=n == 3) for n in range(1, 12)])
    model = LibraryViewModel(bridge, library, FakePlayback(), meaning)
    with qtbot.waitSignals([model.ids_changed, model.summary_changed]):
        model.reload()
    return model


def test_no_title_then_by_meaning(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    meaning = FakeMeaning(7, 3)
    model = _loaded(qtbot, bridge[0], meaning)
    with qtbot.waitSignal(model.meaning_changed):
        model.search("films like Inception")
    qtbot.waitUntil(lambda: list(model.ids) == [7, 3])
    found = model.by_meaning
    assert found == ByMeaning(0, by_rules=False)
    assert meaning.asked == [("films like Inception", (MediaKind.FILM,))]
    with qtbot.waitSignal(model.ids_changed):
        model.show_unwatched(True)
    assert list(model.ids) == [7]  # the filters hold for these, too
    with qtbot.waitSignal(model.ids_changed):
        model.clear_filters()
    assert model.by_meaning is None
    assert len(model.ids) == 11


def test_titles_come_first_and_once(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    model = _loaded(qtbot, bridge[0], FakeMeaning(2, 5, rules=True))
    model._library.all[2] = film(2, title="Alone on the moon")  # type: ignore[attr-defined]  # the fake
    model.search("alone on the")
    qtbot.waitUntil(lambda: list(model.ids) == [2, 5])
    assert model.by_meaning == ByMeaning(1, by_rules=True)


def test_a_title_that_is_found_is_enough(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    meaning = FakeMeaning(5)
    model = _loaded(qtbot, bridge[0], meaning)
    for text, found in (("film 004", [4]), ("film 0", list(range(1, 12)))):
        with qtbot.waitSignal(model.ids_changed):
            model.search(text)
        assert list(model.ids) == found
    with qtbot.waitSignal(model.ids_changed):
        model.search("zz")  # too short to mean anything
    assert list(model.ids) == []
    assert meaning.asked == []


def test_only_titles_holds_until_another_text(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    model = _loaded(qtbot, bridge[0], FakeMeaning(7))
    model.search("sad and slow")
    qtbot.waitUntil(lambda: list(model.ids) == [7])
    model.only_titles()
    qtbot.waitUntil(lambda: list(model.ids) == [])
    assert model.by_meaning is None
    model.search("sad and fast")
    qtbot.waitUntil(lambda: list(model.ids) == [7])


def test_a_failure_leaves_the_titles(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    meaning = FakeMeaning(7)
    meaning.error = Unavailable("errors.database_busy")
    model = _loaded(qtbot, bridge[0], meaning)
    told: list[object] = []
    model.failed.connect(told.append)
    with qtbot.waitSignal(model.ids_changed):
        model.search("sad and slow")
    assert list(model.ids) == []
    assert told == []


def _page(qtbot: QtBot, stage: Stage) -> LibraryPage:
    page = create(stage.context)
    assert isinstance(page, LibraryPage)
    qtbot.addWidget(page)
    page.resize(1600, 950)
    page.show()
    page.opened()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.grid)
    return page


def test_the_page_says_what_it_shows(qtbot: QtBot) -> None:
    library = FakeLibrary([film(n) for n in range(1, 12)])
    with open_stage(library, meaning=FakeMeaning(7, 3)) as stage:
        page = _page(qtbot, stage)
        assert not page.meaning.isVisible()
        page.header.field.setText("sad and slow")
        qtbot.waitUntil(page.meaning.isVisible)
        assert page.meaning.text == "No title matches. These come closest in meaning."
        assert list(page.grid.ids()) == [7, 3]
        page.meaning.titles.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(page.meaning.titles, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.nothing)
        assert not page.meaning.isVisible()
        assert page.focusWidget() is not None
        page._clear_filters()
        qtbot.waitUntil(lambda: len(page.grid.ids()) == 11)
        assert not page.meaning.isVisible()


def test_the_page_says_how_many_titles_come_first(qtbot: QtBot) -> None:
    library = FakeLibrary([film(n) for n in range(1, 12)])
    library.all[film(2).id] = film(2, title="Alone on the moon")
    with open_stage(library, meaning=FakeMeaning(7)) as stage:
        page = _page(qtbot, stage)
        page.header.field.setText("alone on the moon")
        qtbot.waitUntil(page.meaning.isVisible)
        assert page.meaning.text.startswith("1 title")
        assert list(page.grid.ids()) == [2, 7]
