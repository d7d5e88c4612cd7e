"""The Library page offscreen: its states, its keys, its filters, its undo."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.events import LibraryChanged, ScanPhase, ScanProgressed
from app.domain.media import FolderId, ItemId, MediaKind
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary, film
from ui.pages.library.page import LibraryPage, create


def _shown(qtbot: QtBot, stage: Stage, **args: object) -> LibraryPage:
    page = create(stage.context)
    assert isinstance(page, LibraryPage)
    qtbot.addWidget(page)
    page.resize(1600, 950)
    page.show()
    page.opened(**args)
    return page


def _full(qtbot: QtBot, stage: Stage) -> LibraryPage:
    page = _shown(qtbot, stage)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.grid)
    qtbot.waitUntil(lambda: bool(page._model.folders))
    page.focus_first()
    return page


def test_busy_then_full(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(n) for n in range(1, 30)])) as stage:
        page = _shown(qtbot, stage)
        assert page.stack.currentWidget() is page.skeleton
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.grid)
        assert len(page.grid.ids()) == 29
        assert page.filters.isVisible()


def test_empty_says_what_to_do_and_offers_what_was_found(qtbot: QtBot) -> None:
    library = FakeLibrary()
    library.found = [(b"/media/disk2", "/media/disk2", 16 * 10**11)]
    with open_stage(library) as stage:
        page = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
        assert not page.filters.isVisible()
        qtbot.waitUntil(page.empty.has_second)
        focused = page.focusWidget()
        page.empty.focus_first()
        focused = page.focusWidget()
        assert focused is not None
        buttons = [b for b in page.empty.findChildren(QWidget) if b.property("variant")]
        QTest.keyClick(buttons[-1], Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: library.added == [b"/media/disk2"])


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
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.grid)


def test_a_later_failure_keeps_the_wall(qtbot: QtBot) -> None:
    library = FakeLibrary([film(1)])
    with open_stage(library) as stage:
        page = _full(qtbot, stage)
        library.error = Unavailable("errors.database_busy")
        page._model.show_unwatched(True)
        qtbot.waitUntil(lambda: bool(stage.seen.told))
        assert page.stack.currentWidget() is page.grid


def test_arrows_and_enter(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(n) for n in range(1, 30)])) as stage:
        page = _full(qtbot, stage)
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
        QTest.keyClick(page.grid, Qt.Key.Key_Return)
        assert stage.seen.opened == [("details", {"item": ItemId(3)})]


def test_nothing_found_shows_the_way_out(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(1)])) as stage:
        page = _full(qtbot, stage)
        page.header.field.setText("zzz")
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.nothing)
        page._clear_filters()
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.grid)
        assert page.header.field.text() == ""


def test_the_scan_is_shown_and_cancelled(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(1)])) as stage:
        page = _full(qtbot, stage)
        stage.bus.publish(ScanProgressed(FolderId(1), "/films", ScanPhase.PROBING, 3, 10))
        qtbot.waitUntil(page.scan.isVisible)
        page.scan.cancel.click()
        qtbot.waitUntil(lambda: stage.library.cancelled == [FolderId(1)])
        stage.bus.publish(ScanProgressed(FolderId(1), "/films", ScanPhase.CANCELLED, 3, 10))
        qtbot.waitUntil(lambda: not page.scan.isVisible())


def test_new_films_appear_and_the_focus_stays(qtbot: QtBot) -> None:
    library = FakeLibrary([film(5), film(6)])
    with open_stage(library) as stage:
        page = _full(qtbot, stage)
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
        assert page.grid.current_id() == 6
        library.all = {ItemId(4): film(4), **library.all}
        stage.bus.publish(LibraryChanged((ItemId(4),)))
        qtbot.waitUntil(lambda: len(page.grid.ids()) == 3)
        assert page.grid.current_id() == 6
        assert page.grid.hasFocus()


def test_list_and_grid_keep_the_place(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(n) for n in range(1, 30)])) as stage:
        page = _full(qtbot, stage)
        QTest.keyClick(page.grid, Qt.Key.Key_Right)
        page.header.view_chosen.emit("list")
        assert page.stack.currentWidget() is page.list
        assert page.list.current_id() == 2
        QTest.keyClick(page.list, Qt.Key.Key_Down)
        page.header.view_chosen.emit("grid")
        assert page.grid.current_id() == 3


def test_series_and_videos_have_their_own_words(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(1)])) as stage:
        page = _full(qtbot, stage)
        page.filters.kinds_chosen.emit((MediaKind.SERIES,))
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.nothing)
        assert stage.library.asked[-1].kinds == (MediaKind.SERIES,)


def test_marking_can_be_undone(qtbot: QtBot) -> None:
    with open_stage(FakeLibrary([film(1)])) as stage:
        page = _full(qtbot, stage)
        page._model.mark_watched(film(1), True)
        qtbot.waitUntil(lambda: bool(stage.seen.actions))
        undo = stage.seen.actions[-1]
        assert undo is not None
        undo()
        qtbot.waitUntil(lambda: stage.playback.marked[-1] == (ItemId(1), False))
