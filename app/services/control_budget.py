"""What commands may ask of the budget: what was spent, and every call in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.errors import InvalidInput

if TYPE_CHECKING:
    from app.domain.spending import LimitState, PriceQuestion
    from app.services.budget.service import BudgetService


async def budget(service: BudgetService, args: Mapping[str, Any]) -> object:
    """What a month cost as plain values; with `export` (an absolute path) it is written there."""
    month, export = args.get("month") or "", args.get("export") or ""
    if not isinstance(month, str):
        raise InvalidInput("errors.bad_argument", name="month")
    if not isinstance(export, str) or "\0" in export:
        raise InvalidInput("errors.bad_argument", name="export")
    if export and not export.startswith("/"):
        raise InvalidInput("errors.path_not_absolute", path=export)
    spending = await service.spending(month)
    told = asdict(spending)
    told["limits"] = [_limit(state) for state in spending.limits]
    told["questions"] = [_question(one) for one in await service.questions()]
    told["path"] = await service.export(month, Path(export)) if export else ""
    return told


def _limit(state: LimitState) -> dict[str, object]:
    return {
        "scope": state.limit.scope.value,
        "subject": state.limit.subject,
        "span": state.limit.span.value,
        "amount": state.limit.amount,
        "spent": state.spent,
        "reserved": state.reserved,
        "left": state.left,
        "renews": state.renews,
    }


def _question(one: PriceQuestion) -> dict[str, object]:
    return {**asdict(one), "kind": one.kind.value}
