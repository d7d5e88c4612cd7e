"""The strip "More like this" offscreen: its states, its arrows, what it tells."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.meaning import MeaningProgressed
from app.domain.media import ItemId
from tests.fakes.alike import FakeMeaning
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary, film
from ui.focus import FocusNavigator
from ui.pages.details.alike import AlikeStrip
from ui.pages.details.page import DetailsPage, create
from ui.pages.details.sections import FileRow


def _films() -> FakeLibrary:
    return FakeLibrary([film(n) for n in range(1, 12)])


def _shown(qtbot: QtBot, stage: Stage, item: int = 1) -> tuple[DetailsPage, AlikeStrip]:
    page = create(stage.context)
    assert isinstance(page, DetailsPage)
    qtbot.addWidget(page)
    page.resize(1600, 950)
    page.show()
    page.opened(item=item)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
    return page, page.alike


def test_busy_then_full(qtbot: QtBot) -> None:
    meaning = FakeMeaning(2, 3, 4)
    meaning.holding = 1.5
    with open_stage(_films(), meaning=meaning) as stage:
        _page, strip = _shown(qtbot, stage)
        assert strip.stack.currentWidget() is strip.skeleton
        qtbot.waitUntil(lambda: strip.stack.currentWidget() is strip.shelf)
        assert [card.id for card in strip.shelf.cards()] == [2, 3, 4]
        assert meaning.asked == [1]
        assert strip.note.text() == ""


def test_arrows_move_in_it_and_enter_opens(qtbot: QtBot) -> None:
    meaning = FakeMeaning(2, 3, 4)
    meaning.shared = {3: ("Irena Halvorsen", "Drama")}
    with open_stage(_films(), meaning=meaning) as stage:
        page, strip = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: strip.stack.currentWidget() is strip.shelf)
        strip.shelf.setFocus(Qt.FocusReason.TabFocusReason)
        assert strip.shelf.takes_arrow(Qt.Key.Key_Right)
        QTest.keyClick(strip.shelf, Qt.Key.Key_Right)
        assert strip.note.text() == "Film 003 shares: Irena Halvorsen, Drama"
        QTest.keyClick(strip.shelf, Qt.Key.Key_Return)
        assert stage.seen.opened == [("details", {"item": ItemId(3)})]
        page.play.setFocus(Qt.FocusReason.TabFocusReason)
        assert strip.note.text() == ""


def test_what_rules_found_says_so_and_is_asked_anew_when_more_is_known(qtbot: QtBot) -> None:
    meaning = FakeMeaning(2, rules=True)
    with open_stage(_films(), meaning=meaning) as stage:
        _page, strip = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: strip.note.text() == "By words, genres and people")
        meaning.items, meaning.rules = (5, 6), False
        stage.bus.publish(MeaningProgressed(3, 11))
        stage.bus.publish(MeaningProgressed(11, 11, working=False))
        qtbot.waitUntil(lambda: [card.id for card in strip.shelf.cards()] == [5, 6])
        assert strip.note.text() == ""
        assert meaning.asked == [1, 1]
        stage.bus.publish(MeaningProgressed(11, 11, working=False))
        qtbot.wait(50)
        assert meaning.asked == [1, 1]


def test_nothing_alike_says_what_helps(qtbot: QtBot) -> None:
    with open_stage(_films(), meaning=FakeMeaning()) as stage:
        _page, strip = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: strip.message.isVisible())
        assert strip.message.text().startswith("Nothing in the library is like it yet.")
        assert not strip.again.isVisible()
        assert not strip.shelf.isVisible()


def test_a_failure_can_be_tried_again_and_blanks_nothing_else(qtbot: QtBot) -> None:
    meaning = FakeMeaning(2)
    meaning.error = Unavailable("errors.database_busy")
    with open_stage(_films(), meaning=meaning) as stage:
        page, strip = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: strip.again.isVisible())
        assert page.stack.currentWidget() is page.body
        assert strip.message.text().endswith("Nothing is lost.")
        meaning.error = None
        strip.again.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(strip.again, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: strip.stack.currentWidget() is strip.shelf)


def test_another_item_begins_at_the_top_with_its_own(qtbot: QtBot) -> None:
    meaning = FakeMeaning(2, 3)
    with open_stage(_films(), meaning=meaning) as stage:
        page, strip = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: strip.stack.currentWidget() is strip.shelf)
        page.resize(1200, 500)
        bar = page.body.verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() > 0)
        bar.setValue(bar.maximum())
        meaning.items = (1, 4)
        page.opened(item=3)
        qtbot.waitUntil(lambda: [card.id for card in strip.shelf.cards()] == [1, 4])
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body)
        assert bar.value() == 0


def test_a_later_failure_keeps_the_strip(qtbot: QtBot) -> None:
    meaning = FakeMeaning(2, 3)
    with open_stage(_films(), meaning=meaning) as stage:
        page, strip = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: strip.stack.currentWidget() is strip.shelf)
        meaning.error = Unavailable("errors.database_busy")
        page.opened(item=1)
        qtbot.waitUntil(lambda: len(meaning.asked) == 2)
        qtbot.wait(50)
        assert strip.stack.currentWidget() is strip.shelf


def test_the_arrows_reach_it_and_lead_back(qtbot: QtBot) -> None:
    with open_stage(_films(), meaning=FakeMeaning(2, 3, 4)) as stage:
        page, strip = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: strip.stack.currentWidget() is strip.shelf)
        navigator = FocusNavigator(page, lambda: [page], lambda _key: False, page)
        page.resize(1200, 700)
        qtbot.waitUntil(lambda: strip.y() > page.files.geometry().bottom())
        file = page.files.findChildren(FileRow)[0].play
        file.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClick(file, Qt.Key.Key_Down)
        assert strip.shelf.hasFocus()
        qtbot.waitUntil(lambda: page.body.verticalScrollBar().value() > 0)
        QTest.keyClick(strip.shelf, Qt.Key.Key_Right)
        assert strip.shelf.current_id() == 3
        QTest.keyClick(strip.shelf, Qt.Key.Key_Up)
        assert not strip.shelf.hasFocus()
        navigator.deleteLater()


def test_on_a_wide_page_it_stands_beside_the_files(qtbot: QtBot) -> None:
    with open_stage(_films(), meaning=FakeMeaning(2, 3, 4)) as stage:
        page, strip = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: strip.stack.currentWidget() is strip.shelf)
        qtbot.waitUntil(lambda: strip.x() > page.files.geometry().right())
        assert abs(strip.y() - page._files_title.y()) < 12
        navigator = FocusNavigator(page, lambda: [page], lambda _key: False, page)
        page.play.setFocus(Qt.FocusReason.OtherFocusReason)
        navigator.move(Qt.Key.Key_Down)
        file = page.files.findChildren(FileRow)[0].play
        assert file.hasFocus()
        navigator.move(Qt.Key.Key_Right)
        assert strip.shelf.hasFocus()
        QTest.keyClick(strip.shelf, Qt.Key.Key_Right)
        QTest.keyClick(strip.shelf, Qt.Key.Key_Left)
        assert strip.shelf.current_id() == 2
        assert not strip.shelf.takes_arrow(Qt.Key.Key_Left)  # at its first: on to the files
        navigator.move(Qt.Key.Key_Left)
        assert file.hasFocus()
        navigator.move(Qt.Key.Key_Right)
        navigator.move(Qt.Key.Key_Up)
        assert not strip.shelf.hasFocus()  # to the buttons above
        page.resize(1300, 900)
        qtbot.waitUntil(lambda: strip.y() > page.files.geometry().bottom())
        assert strip.x() == 0  # the whole width again
        navigator.deleteLater()
