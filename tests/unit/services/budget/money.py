"""A budget on a real database, with a clock the test sets and everything it announced."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from app.domain.budget import MICROS, Limit, Limits, PaidCall, PaidKind, Span
from app.domain.events import BudgetAlert, BudgetChanged, NoticeRaised, PriceAsked
from app.infra.database.engine import Database
from app.runtime.bus import EventBus
from app.services.budget.service import BudgetService

CENT = MICROS // 100
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp()


@dataclass
class World:
    """The budget and what a test turns."""

    database: Database
    limits: Limits = field(default_factory=Limits)
    now: float = NOON
    zone: tzinfo | None = UTC
    told: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen, and build it."""
        self.bus = EventBus()
        for event in (BudgetChanged, BudgetAlert, PriceAsked, NoticeRaised):
            self.bus.on(event, self.told.append)
        self.budget = self.another()

    def another(self) -> BudgetService:
        """As after a restart, or in another process."""
        return BudgetService(
            self.database, self.bus, lambda: self.limits, lambda: self.now, self.zone
        )

    def at(self, when: str) -> None:
        """Set the clock, such as ``2026-12-01 00:30``, as the owner's clock shows it."""
        self.now = datetime.fromisoformat(when).replace(tzinfo=self.zone).timestamp()

    def of(self, kind: type[object]) -> list[object]:
        """What was announced of a kind."""
        return [one for one in self.told if type(one) is kind]

    async def standing(self) -> tuple[int, int]:
        """What is spent and reserved this month."""
        told = await self.budget.spending()
        return told.spent, told.reserved


def call(
    estimate: int | None = CENT, service: str = "shop", task: str = "write", what: str = "it"
) -> PaidCall:
    """Something to buy."""
    return PaidCall(PaidKind.TEXT, service, task, estimate, what)


def month(amount: int) -> Limits:
    """One limit of everything in a month."""
    return Limits((Limit(Span.MONTH, amount),))
