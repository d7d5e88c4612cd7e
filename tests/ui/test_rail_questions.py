"""The figure beside Budget in the rail: open questions, though nobody visited the page."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from app.domain.errors import Unavailable
from app.domain.events import BudgetChanged, PriceAsked
from tests.fakes.budget import QUESTION, FakeBudget, nothing
from tests.fakes.services import FakeLibrary, running_bridge
from tests.ui.frame import spin, theme, until
from ui.window import MainWindow


async def _none() -> tuple[object, ...]:
    return ()


def test_questions_are_counted_from_the_start_and_kept_true() -> None:
    budget = FakeBudget(nothing())
    budget.waiting = (QUESTION, replace(QUESTION, id=4))
    services = SimpleNamespace(
        library=FakeLibrary([]), downloads=SimpleNamespace(rows=_none), budget=budget
    )
    with running_bridge() as (bridge, bus):
        window = MainWindow(theme())
        window.stack.set_context = lambda context: None  # type: ignore[method-assign]  # no pages
        window.attach(window.context(bridge, cast("Any", services)))

        def count() -> int:
            button = window.rail.button("budget")
            assert button is not None
            return button.count

        until(lambda: count() == 2)
        budget.waiting = ()
        bus.publish(BudgetChanged())
        until(lambda: count() == 0)
        budget.waiting = (QUESTION,)
        bus.publish(PriceAsked(QUESTION))
        until(lambda: count() == 1)
        budget.error = Unavailable("errors.budget_not_kept")
        bus.publish(BudgetChanged())
        spin(0.4)  # what is not known leaves the figure
        assert count() == 1
        budget.error = None
        bus.publish(BudgetChanged())
        budget.waiting = ()
        until(lambda: count() == 0)
        window.leave()
        window.deleteLater()
        spin()
