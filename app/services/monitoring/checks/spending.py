"""Looks at the budget: what is spent, and whether anything is left."""

from __future__ import annotations

from typing import Final

from app.domain.budget import money
from app.domain.health import Health, HealthState
from app.services.budget.service import BudgetService

PART: Final = "budget"
NEARLY: Final = 0.8
"""The share of a limit from which it is told."""


class BudgetCheck:
    """The limits. Lives on the service loop."""

    def __init__(self, budget: BudgetService) -> None:
        self._budget = budget

    async def look(self) -> Health:
        """What this month cost, and the limit there is least left of."""
        spending = await self._budget.spending()
        if spending.problem:
            told, mend = "health.budget.unreadable", "health.budget.unreadable.mend"
            return Health(PART, HealthState.BAD, told, {}, mend, page="settings")
        args: dict[str, object] = {"spent": money(spending.spent, spending.currency)}
        share, left = min(
            (
                (one.left / one.limit.amount, one.left)
                for one in spending.limits
                if one.limit.amount
            ),
            default=(1.0, 0),
        )
        args["left"] = money(left, spending.currency, down=True)
        if spending.limits and share <= 1 - NEARLY:
            told = "spent" if not left else "nearly"
            mend = f"health.budget.{told}.mend"
            return Health(
                PART, HealthState.WARN, f"health.budget.{told}", args, mend, page="budget"
            )
        return Health(PART, HealthState.GOOD, "health.budget.good", args)
