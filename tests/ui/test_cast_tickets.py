"""Downloads and search results go to another screen by the ticket that also plays them here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.fakes.downloads import drawn
from tests.fakes.pages import Stage
from tests.fakes.searching import found
from tests.ui.test_downloads_page import shown as downloads_shown
from tests.ui.test_search_page import shown as search_shown
from ui.casting.wanted import Wanted
from ui.pages.downloads.deeds import can_play


class Desk:
    """Keeps what it was asked, and how to let it go."""

    def __init__(self, stage: Stage) -> None:
        self.asked: list[tuple[int, str]] = []
        self.items: list[Wanted] = []
        self.dropped: Callable[[], object] | None = None
        self.closed: list[int] = []
        object.__setattr__(stage.context, "cast", self)
        playback: Any = stage.context.services.playback
        playback.close_ticket = self._close

    def ask_ticket(self, ticket: int, title: str, dropped: Callable[[], object]) -> None:
        self.asked.append((int(ticket), title))
        self.dropped = dropped

    def ask(self, wanted: Wanted) -> None:
        self.items.append(wanted)

    async def _close(self, ticket: int) -> None:
        self.closed.append(ticket)


def menu_texts() -> list[str]:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    texts = [action.text() for action in popup.actions()]
    popup.close()
    return texts


def test_a_download_is_cast_by_its_ticket(qtbot: QtBot) -> None:
    with downloads_shown(qtbot, drawn()) as scene:
        page, desk = scene.page, Desk(scene.stage)
        assert not page.cast()
        page.table.setFocus()
        rows = [page._model.row(number) for number in page.table.ids()]
        number = next(
            number
            for number, row in zip(page.table.ids(), rows, strict=True)
            if row is not None and can_play(row)
        )
        page.table.set_current_id(number)
        assert page.cast()
        qtbot.waitUntil(lambda: len(desk.asked) == 1)
        assert desk.asked[0][0] == 77
        assert scene.stage.seen.opened == []
        assert desk.dropped is not None
        desk.dropped()
        qtbot.waitUntil(lambda: desk.closed == [77])
        QTest.keyClick(page.table, Qt.Key.Key_Menu)
        assert "Play on another screen" in menu_texts()


def test_a_result_is_cast_by_its_ticket(qtbot: QtBot) -> None:
    with search_shown(qtbot) as scene:
        desk = Desk(scene.stage)
        scene.search(found(1))
        assert not scene.page.cast()
        scene.page.results.focus_first()
        assert scene.page.cast()
        qtbot.waitUntil(lambda: len(desk.asked) == 1)
        assert scene.service.played == [(1, 0)]
        assert scene.stage.seen.opened == []
        QTest.keyClick(scene.page.results.list, Qt.Key.Key_Menu)
        assert "Play on another screen" in menu_texts()
