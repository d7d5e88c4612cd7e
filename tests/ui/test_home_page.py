"""The Home page offscreen: its states, its keys, where its buttons lead."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.events import PositionChanged
from app.domain.media import ItemId, MediaKind
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary, FakePlayback, episode, film
from ui.pages.home.page import HomePage, create


def _shown(qtbot: QtBot, stage: Stage) -> HomePage:
    page = create(stage.context)
    assert isinstance(page, HomePage)
    qtbot.addWidget(page)
    page.resize(1600, 950)
    page.show()
    page.opened()
    return page


def test_busy_then_full(qtbot: QtBot) -> None:
    watching = film(2, position=600.0)
    library = FakeLibrary([film(1), watching, film(3, kind=MediaKind.SERIES, title="Post")])
    with open_stage(library, FakePlayback([watching], [episode(3)])) as stage:
        page = _shown(qtbot, stage)
        assert page.stack.currentWidget() is page.skeleton
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        assert page.hero.play.text().startswith("Resume")
        assert page.hero.play.hasFocus()
        assert page.watching.isVisible()
        assert page.next_up.isVisible()
        assert page.recent.isVisible()


def test_empty_says_what_to_do(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary()) as stage:
        page = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
        qtbot.waitUntil(lambda: page.focusWidget() is not None)
        focused = page.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: stage.seen.opened == [("library", {"add": True})])


def test_failed_can_be_tried_again(qtbot: QtBot) -> None:
    library = FakeLibrary([film(1)])
    library.error = Unavailable("errors.database_busy")
    with open_stage(library) as stage:
        page = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.broken)
        library.error = None
        focused = page.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)


def test_enter_plays_and_details_open(qtbot: QtBot) -> None:
    watching = film(2, position=600.0)
    with open_stage(FakeLibrary([film(1), watching]), FakePlayback([watching])) as stage:
        page = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        QTest.keyClick(page.hero.play, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: stage.seen.opened == [("player", {"item": 2})])
        QTest.keyClick(page.watching.shelf, Qt.Key.Key_Return)
        assert stage.seen.opened[-1] == ("player", {"item": 2})
        QTest.keyClick(page.recent.shelf, Qt.Key.Key_Right)
        QTest.keyClick(page.recent.shelf, Qt.Key.Key_Return)
        assert stage.seen.opened[-1] == ("details", {"item": 2})


def test_what_is_away_is_not_played(qtbot: QtBot) -> None:
    away = film(4, position=60.0, offline=True)
    with open_stage(FakeLibrary([away]), FakePlayback([away])) as stage:
        page = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        assert not page.hero.play.isEnabled()
        QTest.keyClick(page.watching.shelf, Qt.Key.Key_Return)
        assert stage.seen.opened == [("details", {"item": 4})]


def test_taking_off_can_be_undone(qtbot: QtBot) -> None:
    watching = film(2, position=600.0)
    with open_stage(FakeLibrary([film(1), watching]), FakePlayback([watching])) as stage:
        page = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        page._model.forget(watching)
        qtbot.waitUntil(lambda: not page.watching.isVisible())
        assert stage.playback.forgotten == [ItemId(2)]
        undo = stage.seen.actions[-1]
        assert undo is not None
        undo()
        qtbot.waitUntil(lambda: page.watching.isVisible())


def test_focus_survives_a_refresh(qtbot: QtBot) -> None:
    watching = [film(2, position=600.0), film(3, position=300.0)]
    with open_stage(FakeLibrary([film(1), *watching]), FakePlayback(watching)) as stage:
        page = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        page.watching.shelf.setFocus()
        QTest.keyClick(page.watching.shelf, Qt.Key.Key_Right)
        stage.playback.watching.reverse()
        with qtbot.waitSignal(page._model.state_changed):
            stage.bus.publish(PositionChanged(ItemId(3), 300.0, False))
        assert page.watching.shelf.current_id() == 3
        assert page.watching.shelf.hasFocus()


def test_a_later_failure_keeps_the_shelves(qtbot: QtBot) -> None:
    library = FakeLibrary([film(1)])
    with open_stage(library) as stage:
        page = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        library.error = Unavailable("errors.database_busy")
        page.opened()
        qtbot.waitUntil(lambda: bool(stage.seen.told))
        assert page.stack.currentWidget() is page.body
