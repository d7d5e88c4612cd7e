"""The Budget page offscreen: its states, its limits in place, its questions, its arrows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.budget import MICROS, Limit, Scope, Span
from app.domain.errors import Refused, Unavailable
from app.domain.events import BudgetChanged
from tests.fakes.budget import CENT, QUESTION, FakeBudget, FakeSettings, month, nothing
from tests.fakes.pages import Stage, open_stage
from tests.fakes.services import FakeLibrary
from ui.focus import FocusNavigator
from ui.pages.budget.page import BudgetPage, create
from ui.widgets.chips import Chip
from ui.widgets.folder_picker import FolderPicker


@pytest.fixture(autouse=True)
def english() -> None:
    """Money is written as in America; the usual tidying puts the locale back."""
    QLocale.setDefault(QLocale("en_US"))


@contextlib.contextmanager
def _stage(budget: FakeBudget, settings: FakeSettings | None = None) -> Iterator[Stage]:
    with open_stage(FakeLibrary(), budget=budget, settings=settings or FakeSettings()) as stage:
        yield stage


def _shown(qtbot: QtBot, stage: Stage, wide: int = 1600, high: int = 1200) -> BudgetPage:
    page = create(stage.context)
    assert isinstance(page, BudgetPage)
    qtbot.addWidget(page)
    page.resize(wide, high)
    page.show()
    page.opened()
    return page


def _full(qtbot: QtBot, stage: Stage, wide: int = 1600) -> BudgetPage:
    page = _shown(qtbot, stage, wide)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.area)
    return page


def test_busy_then_full(qtbot: QtBot) -> None:
    with _stage(FakeBudget(month(), 5)) as stage:
        page = _shown(qtbot, stage)
        assert page.stack.currentWidget() is page.busy
        assert page.month.text()  # there already, as the buttons beside it are
        assert not page.export.isEnabled()
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.area)
        assert page.total.figure.text() == "\N{EURO SIGN}4.12"
        assert "0.57 set aside" in page.total.aside.text()
        assert "5.31 of" in page.total.left.text()
        assert "0.04 above" in page.total.left.text()
        assert page.today.tag.isVisible()
        assert page.month.text() == "November 2026"
        assert page.shares.cells.grid.rowCount() == 3
        assert page.calls.cells.grid.rowCount() == 7
        assert not page.questions.isVisible()
        assert not page.problem.isVisible()


def test_empty_says_what_comes_and_opens_the_limits(qtbot: QtBot) -> None:
    with _stage(FakeBudget(nothing())) as stage:
        page = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
        page.focus_first()
        button = page.focusWidget()
        assert isinstance(button, QPushButton)
        QTest.keyClick(button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.area)
        field = page.limits.rows[Span.MONTH, Scope.TOTAL, ""].field
        assert page.focusWidget() is field
        assert field.text() == "10.00"


def test_the_focus_waits_for_what_comes(qtbot: QtBot) -> None:
    budget = FakeBudget(nothing())
    with _stage(budget) as stage:
        page = _shown(qtbot, stage)
        page.focus_first()
        assert page.focusWidget() is page.earlier
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
        button = page.focusWidget()
        assert isinstance(button, QPushButton)
        assert button.text() == "Set limits"


def test_failed_can_be_tried_again(qtbot: QtBot) -> None:
    budget = FakeBudget(month(), 3)
    budget.error = Unavailable("errors.budget_not_kept")
    with _stage(budget) as stage:
        page = _shown(qtbot, stage)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.broken)
        budget.error = None
        button = page.focusWidget()
        assert button is not None
        QTest.keyClick(button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.area)


def test_a_later_failure_keeps_the_figures(qtbot: QtBot) -> None:
    budget = FakeBudget(month(), 3)
    with _stage(budget) as stage:
        page = _full(qtbot, stage)
        budget.error = Unavailable("errors.budget_not_kept")
        stage.bus.publish(BudgetChanged())
        qtbot.waitUntil(lambda: bool(stage.seen.told))
        assert page.stack.currentWidget() is page.area


def test_a_question_is_answered_and_the_focus_stays_on_the_page(qtbot: QtBot) -> None:
    budget = FakeBudget(month(), 3)
    budget.waiting = (QUESTION,)
    badges: list[int] = []
    with _stage(budget) as stage:
        page = _shown(qtbot, stage)
        page.badge_changed.connect(badges.append)
        qtbot.waitUntil(page.questions.isVisible)
        page.focus_first()
        row = page.questions.rows[QUESTION.id]
        assert page.focusWidget() is row.yes
        assert "0.50" in " ".join(
            child.property("text") for child in row.findChildren(QWidget) if child.property("text")
        )
        QTest.keyClick(row.yes, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: budget.answers == [(QUESTION.id, True)])
        qtbot.waitUntil(lambda: not page.questions.isVisible())
        assert badges[0] == 1
        assert badges[-1] == 0


def test_limits_are_changed_in_place(qtbot: QtBot) -> None:
    settings = FakeSettings()
    with _stage(FakeBudget(month(), 3), settings) as stage:
        page = _full(qtbot, stage)
        rows = page.limits.rows
        row = rows[Span.MONTH, Scope.TOTAL, ""]
        row.field.setFocus()
        row.field.selectAll()
        QTest.keyClicks(row.field, "12,5")
        QTest.keyClick(row.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: settings.kept == [("budget", "month", "12.50")])
        rows[Span.MONTH, Scope.SERVICE, "openai"].remove.click()
        qtbot.waitUntil(lambda: settings.kept[-1] == ("budget", "more", ""))
        undo = stage.seen.actions[-1]
        assert undo is not None
        page._model.spending = nothing()
        undo()
        wanted = ("budget", "more", '[["service","openai","month","3.00"]]')
        qtbot.waitUntil(lambda: settings.kept[-1] == wanted)


def test_what_is_no_amount_is_said(qtbot: QtBot) -> None:
    settings = FakeSettings()
    with _stage(FakeBudget(month(), 3), settings) as stage:
        page = _full(qtbot, stage)
        field = page.limits.rows[Span.DAY, Scope.TOTAL, ""].field
        field.selectAll()
        QTest.keyClicks(field, "much")
        QTest.keyClick(field, Qt.Key.Key_Return)
        page.export.setFocus()
        assert len(stage.seen.told) == 1
        assert settings.kept == []


def test_a_limit_for_a_task_is_added(qtbot: QtBot) -> None:
    settings = FakeSettings()
    with _stage(FakeBudget(month(limits=()), 3), settings) as stage:
        page = _full(qtbot, stage)
        row = page.limits.add_row
        row.subject.set_value((Scope.TASK, "speak"))
        row.span.set_value(Span.DAY)
        row.field.setText("0.4")
        row.add.click()
        wanted = ("budget", "more", '[["task","speak","day","0.40"]]')
        qtbot.waitUntil(lambda: settings.kept == [wanted])
        assert row.field.text() == ""


def test_a_field_that_is_being_written_is_not_overwritten(qtbot: QtBot) -> None:
    budget = FakeBudget(month(), 3)
    with _stage(budget) as stage:
        page = _full(qtbot, stage)
        field = page.limits.rows[Span.MONTH, Scope.TOTAL, ""].field
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "2")
        budget.told = month(spent=500 * CENT)
        stage.bus.publish(BudgetChanged())
        qtbot.waitUntil(lambda: page.total.figure.text().endswith("5.00"))
        assert field.text() == "2"
        assert page.focusWidget() is field


def test_months_are_turned_and_back_comes_home(qtbot: QtBot) -> None:
    with _stage(FakeBudget(month(), 3)) as stage:
        page = _full(qtbot, stage)
        assert not page.later.isEnabled()
        page.earlier.click()
        qtbot.waitUntil(lambda: page.month.text() == "October 2026")
        assert page.stack.currentWidget() is page.area
        assert page.shares.nothing.isVisible()
        assert not page.today.isVisible()
        assert not page.export.isEnabled()
        assert page.where() == {"month": "2026-10"}
        assert page.later.isEnabled()
        assert page.go_back()
        qtbot.waitUntil(lambda: page.month.text() == "November 2026")
        assert not page.go_back()


def test_the_month_is_exported_into_a_folder(qtbot: QtBot) -> None:
    budget = FakeBudget(month(), 3)
    with _stage(budget) as stage:
        page = _full(qtbot, stage)
        page.export.click()
        picker = page.window().findChild(FolderPicker)
        assert picker is not None
        picker.chosen.emit(b"/home/owner")
        qtbot.waitUntil(lambda: bool(stage.seen.told))
        assert "/home/owner/sokoul-budget-2026-11.csv" in stage.seen.told[0]
        picker.close()


def test_limits_that_cannot_be_read_are_set_anew(qtbot: QtBot) -> None:
    settings = FakeSettings()
    told = nothing(problem="errors.budget_unreadable", limits=())
    with _stage(FakeBudget(told), settings) as stage:
        page = _full(qtbot, stage)
        assert page.problem.isVisible()
        assert not page.limits.isEnabled()
        page.anew.click()
        qtbot.waitUntil(lambda: ("budget", "month", "0") in settings.kept)
        assert ("budget", "more", "") in settings.kept


def test_a_missing_rate_leads_to_the_settings(qtbot: QtBot) -> None:
    with _stage(FakeBudget(nothing(problem="errors.budget_rate", limits=()))) as stage:
        page = _full(qtbot, stage)
        assert not page.anew.isVisible()
        page.problem.findChildren(QPushButton)[1].click()
        assert stage.seen.opened == [("settings", {"section": "budget"})]


def test_a_used_up_limit_says_so(qtbot: QtBot) -> None:
    with _stage(FakeBudget(month(spent=1_000 * CENT), 3)) as stage:
        page = _full(qtbot, stage)
        assert page.total.tag.isVisible()
        assert page.total.tag.text == "Used up"


def test_every_control_is_reached_by_the_arrows(qtbot: QtBot) -> None:
    budget = FakeBudget(month(), 40)
    budget.waiting = (QUESTION,)
    with _stage(budget) as stage:
        page = _full(qtbot, stage)
        page.activateWindow()
        arrows = FocusNavigator(page, lambda: [page], lambda _key: False, page)
        wanted = {one for one in arrows.candidates() if one.isEnabled()}
        reached, todo = set[QWidget](), list[QWidget]([page.export])
        while todo:
            widget = todo.pop()
            if widget in reached:
                continue
            reached.add(widget)
            for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                arrows.move(key)
                found = QApplication.focusWidget()
                if found is not None and found not in reached:
                    todo.append(found)
        assert wanted <= reached
        chips = page.shares.ways.findChildren(Chip)
        chips[2].setFocus()
        QTest.keyClick(chips[2], Qt.Key.Key_Return)
        assert page.shares.cells.grid.rowCount() == 4
        arrows.move(Qt.Key.Key_Left)
        assert QApplication.focusWidget() is chips[1]


def test_the_days_are_read_by_arrows(qtbot: QtBot) -> None:
    with _stage(FakeBudget(month(), 3)) as stage:
        page = _full(qtbot, stage)
        bars = page.days
        bars.setFocus()
        assert bars.reading == "26 November: \N{EURO SIGN}1.71, \N{EURO SIGN}0.57 set aside"
        QTest.keyClick(bars, Qt.Key.Key_Left)
        assert bars.reading == "25 November: \N{EURO SIGN}0.29"
        assert bars.accessibleDescription() == bars.reading
        bars.read(0)
        assert not bars.takes_arrow(Qt.Key.Key_Left)


def test_a_narrow_page_has_one_column(qtbot: QtBot) -> None:
    with _stage(FakeBudget(month(), 3)) as stage:
        page = _full(qtbot, stage, 700)
        assert page.today.y() > page.total.y()
        assert page.area.horizontalScrollBar().maximum() == 0
        page.resize(1600, 900)
        qtbot.waitUntil(lambda: page.today.y() == page.total.y())


def test_more_calls_are_shown(qtbot: QtBot) -> None:
    with _stage(FakeBudget(month(), 40)) as stage:
        page = _full(qtbot, stage)
        assert page.calls.cells.grid.count() == 25 * 6
        page.calls.more.click()
        qtbot.waitUntil(lambda: page.calls.cells.grid.count() == 42 * 6)
        assert not page.calls.more.isVisible()


def test_a_refused_change_of_a_limit_is_said_and_the_old_one_comes_back(qtbot: QtBot) -> None:
    settings = FakeSettings()
    settings.error = Refused("errors.budget_unreadable")
    with _stage(FakeBudget(month(), 3), settings) as stage:
        page = _full(qtbot, stage)
        field = page.limits.rows[Span.MONTH, Scope.TOTAL, ""].field
        field.selectAll()
        QTest.keyClicks(field, "77")
        QTest.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: len(stage.seen.told) == 1)
        qtbot.waitUntil(lambda: field.text() == "10.00")
        assert page._model.limit_of(Span.MONTH) == Limit(Span.MONTH, 10 * MICROS)
