"""The details page offscreen: its states, what it plays, what it marks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.errors import NotFound, Unavailable
from app.domain.media import ItemId, MediaKind
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary, episode, film
from ui.pages.details.page import DetailsPage, create
from ui.pages.details.sections import EpisodeRow, FileRow


def _shown(qtbot: QtBot, stage: Stage, item: int) -> DetailsPage:
    page = create(stage.context)
    assert isinstance(page, DetailsPage)
    qtbot.addWidget(page)
    page.resize(1600, 950)
    page.show()
    page.opened(item=item)
    return page


def test_busy_then_full(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(1, position=252.0)])) as stage:
        page = _shown(qtbot, stage, 1)
        assert page.stack.currentWidget() is page.skeleton
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        assert page.play.text() == "Resume at 4:12"
        assert page.play.hasFocus()
        assert page.restart.isVisible()
        assert len(page.files.findChildren(FileRow)) == 1


def test_enter_plays(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(1, position=252.0)])) as stage:
        page = _shown(qtbot, stage, 1)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        QTest.keyClick(page.play, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: len(stage.seen.opened) == 1)
        assert stage.seen.opened[-1] == ("player", {"item": 1, "from_start": False})
        page.restart.click()
        assert stage.seen.opened[-1] == ("player", {"item": 1, "from_start": True})
        page.files.findChildren(FileRow)[0].play.click()
        assert stage.seen.opened[-1] == ("player", {"item": 1, "file": 1})


def test_a_series_shows_its_seasons(qtbot: QtBot) -> None:
    library = FakeLibrary([film(900, kind=MediaKind.SERIES, title="Northern Post", episodes=3)])
    library.episodes = (episode(1, watched=True), episode(2, position=60.0), episode(3))
    with open_stage(library) as stage:
        page = _shown(qtbot, stage, 900)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        rows = page.episodes.findChildren(EpisodeRow)
        assert len(rows) == 3
        assert page.play.text().startswith("Resume at 1:00")
        QTest.keyClick(rows[2], Qt.Key.Key_Return)
        assert stage.seen.opened == [("player", {"item": 903})]
        page.episodes.mark_pressed.emit(episode(3))
        qtbot.waitUntil(lambda: stage.playback.marked == [(ItemId(903), True)])


def test_what_is_away_says_so_and_is_not_played(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(1, offline=True)])) as stage:
        page = _shown(qtbot, stage, 1)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        assert not page.play.isEnabled()
        assert page.mark.hasFocus()


def test_marking_can_be_undone(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(1)])) as stage:
        page = _shown(qtbot, stage, 1)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        page.mark.click()
        qtbot.waitUntil(lambda: stage.playback.marked == [(ItemId(1), True)])
        qtbot.waitUntil(lambda: bool(stage.seen.actions))
        undo = stage.seen.actions[-1]
        assert undo is not None
        undo()
        qtbot.waitUntil(lambda: stage.playback.marked[-1] == (ItemId(1), False))


def test_failed_leads_back_to_the_library(qtbot: QtBot) -> None:
    library = FakeLibrary([film(1)])
    library.error = NotFound("errors.item_gone")
    with open_stage(library) as stage:
        page = _shown(qtbot, stage, 1)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.broken)
        focused = page.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: stage.seen.opened == [("library", {})])


def test_a_later_failure_keeps_the_page(qtbot: QtBot) -> None:
    library = FakeLibrary([film(1)])
    with open_stage(library) as stage:
        page = _shown(qtbot, stage, 1)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        library.error = Unavailable("errors.database_busy")
        page.opened(item=1)
        qtbot.waitUntil(lambda: bool(stage.seen.told))
        assert page.stack.currentWidget() is page.body
