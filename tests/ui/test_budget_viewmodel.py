"""The Budget page's state without a widget."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from app.domain.budget import Span
from app.domain.errors import NotFound, Unavailable
from app.domain.events import BudgetChanged, SettingsChanged
from app.domain.spending import Spending
from app.runtime.bus import EventBus
from tests.fakes.budget import CENT, QUESTION, FakeBudget, FakeSettings, month, nothing
from tests.fakes.services import running_bridge
from ui import budget_words as said
from ui.bridge import Bridge
from ui.pages.budget.viewmodel import BudgetViewModel


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[tuple[Bridge, EventBus]]:
    with running_bridge() as pair:
        yield pair


def _loaded(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus], budget: FakeBudget, settings: FakeSettings
) -> BudgetViewModel:
    model = BudgetViewModel(bridge[0], budget, settings)
    with qtbot.waitSignal(model.changed):
        model.load()
    return model


def test_a_month_is_loaded(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    model = _loaded(qtbot, bridge, FakeBudget(month(), 40), FakeSettings())
    assert model.spending == month()
    assert (len(model.entries), model.has_more, model.is_now, model.is_empty) == (
        25, True, True, False,
    )  # fmt: skip
    with qtbot.waitSignal(model.changed):
        model.more()
    assert (len(model.entries), model.has_more) == (42, False)


def test_nothing_is_empty_but_a_question_or_a_problem_is_not(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    budget = FakeBudget(nothing())
    model = _loaded(qtbot, bridge, budget, FakeSettings())
    empty = [model.is_empty]
    budget.waiting = (QUESTION,)
    with qtbot.waitSignal(model.changed):
        model.load()
    empty.append(model.is_empty)
    budget.waiting, budget.told = (), nothing(problem="errors.budget_rate")
    with qtbot.waitSignal(model.changed):
        model.load()
    assert [*empty, model.is_empty] == [True, False, False]


def test_many_changes_are_asked_for_once(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    budget = FakeBudget(month(), 3)
    model = _loaded(qtbot, bridge, budget, FakeSettings())
    budget.asked.clear()
    budget.told = month(spent=5 * CENT)
    with qtbot.waitSignal(model.changed):
        for _ in range(50):
            bridge[1].publish(BudgetChanged())
    assert budget.asked == [""]
    assert model.spending is not None
    assert model.spending.spent == 5 * CENT


def test_new_limits_in_the_settings_are_seen(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    model = _loaded(qtbot, bridge, FakeBudget(month(), 3), FakeSettings())
    with qtbot.waitSignal(model.changed):
        bridge[1].publish(SettingsChanged("budget"))


def test_an_answer_for_a_month_left_behind_is_not_shown(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    budget = FakeBudget(month(), 3)
    model = _loaded(qtbot, bridge, budget, FakeSettings())
    shown: list[Spending | None] = []
    model.changed.connect(lambda: shown.append(model.spending))
    model.go(-1)
    model.go(-1)  # the month before is asked of what is shown: the same again
    model.month = ""
    model.load()
    qtbot.waitUntil(lambda: bool(shown))
    assert [one.period for one in shown if one is not None] == ["2026-11"]


def test_no_month_to_come_is_shown(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    model = _loaded(qtbot, bridge, FakeBudget(month(), 3), FakeSettings())
    model.go(1)
    assert model.month == ""
    model.go(-11)
    assert model.month == "2025-12"
    model.go(11)
    assert model.month == ""


def test_a_question_goes_at_once_and_comes_back_when_it_failed(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    budget = FakeBudget(month(), 3)
    budget.waiting = (QUESTION,)
    model = _loaded(qtbot, bridge, budget, FakeSettings())
    budget.error = NotFound("errors.budget_no_question")
    with qtbot.waitSignal(model.failed):
        model.answer(QUESTION, False)
        assert not model.questions
    budget.error = None
    with qtbot.waitSignal(model.changed):
        model.load()
    assert [one.id for one in model.questions] == [QUESTION.id]
    model.answer(QUESTION, False)
    qtbot.waitUntil(lambda: budget.answers == [(QUESTION.id, False)])


def test_limits_are_kept_as_the_settings_have_them(
    qtbot: QtBot, bridge: tuple[Bridge, EventBus]
) -> None:
    settings = FakeSettings()
    model = _loaded(qtbot, bridge, FakeBudget(month(), 3), settings)
    assert model.set_limit(Span.MONTH, "10")  # as it is
    assert model.set_limit(Span.DAY, "1,5")
    with qtbot.waitSignal(model.removed):
        assert model.set_limit(Span.MONTH, "")
    qtbot.waitUntil(lambda: settings.kept == [("budget", "day", "1.50"), ("budget", "month", "")])
    with qtbot.waitSignal(model.failed):
        assert not model.set_limit(Span.DAY, "-3")


def test_an_export_is_busy_until_it_ends(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    budget = FakeBudget(month(), 3)
    model = _loaded(qtbot, bridge, budget, FakeSettings())
    busy: list[bool] = []
    model.busy_changed.connect(busy.append)
    with qtbot.waitSignal(model.exported):
        model.export(b"/home/\xff")
    assert budget.exports == [("", Path("/home/\udcff"))]
    budget.error = Unavailable("errors.budget_export")
    with qtbot.waitSignal(model.failed):
        model.export(b"/home")
    assert busy == [True, False, True, False]


def test_the_first_failure_is_told(qtbot: QtBot, bridge: tuple[Bridge, EventBus]) -> None:
    budget = FakeBudget(month(), 3)
    budget.error = Unavailable("errors.budget_not_kept")
    model = BudgetViewModel(bridge[0], budget, FakeSettings())
    with qtbot.waitSignal(model.failed):
        model.wake()
    assert model.spending is None
    assert model.error is budget.error
    model.rest()


@pytest.mark.parametrize(
    ("locale", "whole", "part", "left"),
    [
        ("en_US", "\N{EURO SIGN}4.13", "\N{EURO SIGN}0.0045", "\N{EURO SIGN}4.12"),
        ("fr_FR", "4,13\xa0\N{EURO SIGN}", "0,0045\xa0\N{EURO SIGN}", "4,12\xa0\N{EURO SIGN}"),
    ],
)
def test_money_is_written_as_the_language_has_it(
    qtbot: QtBot, locale: str, whole: str, part: str, left: str
) -> None:
    QLocale.setDefault(QLocale(locale))
    assert said.money(4_120_001, "EUR") == whole
    assert said.money(4_500, "EUR") == part
    assert said.money(4_129_999, "EUR", down=True) == left


def test_a_single_call_is_told_to_a_hundredth_of_a_cent(qtbot: QtBot) -> None:
    QLocale.setDefault(QLocale.c())
    assert said.fine(78_138, "USD") == "$0.0782"
    assert said.fine(15_000, "USD") == "$0.015"
    assert said.fine(2_000_000, "USD") == "$2.00"
    assert said.fine(137, "USD") == "$0.000137"
