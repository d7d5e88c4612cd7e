"""The tables of the budget, and how sums of them are read."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ColumnElement,
    Float,
    Integer,
    RowMapping,
    Table,
    Text,
    case,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from app.domain.budget import Limit, Limits, PaidKind, Scope
from app.domain.spending import Entry, EntryState, PriceQuestion
from app.infra.database.metadata import metadata

entry = Table(
    "budget_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("kind", "service", "task", "what", "state")),
    Column("currency", Text, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("rate", "dollars", "amount", "held")),
    Column("at", Float, nullable=False),
    Column("day", Text, nullable=False),
    Column("expires", Float, nullable=False),
    extend_existing=True,
)

total = Table(
    "budget_total",
    metadata,
    *(
        Column(name, Text, primary_key=True)
        for name in ("day", "state", "service", "task", "kind", "currency")
    ),
    *(Column(name, Integer, nullable=False) for name in ("amount", "dollars", "excess", "calls")),
    extend_existing=True,
)
"""Entries added up by triggers of the database: only read here."""

question = Table(
    "budget_question",
    metadata,
    Column("id", Integer, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("kind", "service", "task", "what")),
    Column("at", Float, nullable=False),
    Column("answer", Integer),
    extend_existing=True,
)

alert = Table(
    "budget_alert",
    metadata,
    Column("bound", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("percent", Integer, primary_key=True),
    extend_existing=True,
)

COUNTED = (EntryState.RESERVED.value, EntryState.SPENT.value)


def under(limit: Limit) -> list[ColumnElement[bool]]:
    """What makes a sum fall under a limit, apart from its day."""
    if limit.scope is Scope.SERVICE:
        return [total.c.service == limit.subject]
    if limit.scope is Scope.TASK:
        return [total.c.task == limit.subject]
    return []


async def counted(
    connection: AsyncConnection, limit: Limit, limits: Limits, first: str
) -> tuple[int, int]:
    """What is spent and what is reserved under a limit from a day on, in the owner's currency.

    Days to come count too: a clock that was wrong, or is set back, frees no money. What was paid
    in another currency is counted by its dollars at today's rate.
    """
    own = total.c.currency == limits.currency
    sums = (
        select(
            total.c.state,
            func.coalesce(func.sum(case((own, total.c.amount), else_=0)), 0).label("own"),
            func.coalesce(func.sum(case((own, 0), else_=total.c.dollars)), 0).label("other"),
        )
        .where(total.c.state.in_(COUNTED), total.c.day >= first, *under(limit))
        .group_by(total.c.state)
    )
    found = {row.state: row.own + limits.own(row.other) for row in await connection.execute(sums)}
    return found.get(EntryState.SPENT.value, 0), found.get(EntryState.RESERVED.value, 0)


def entry_of(row: RowMapping) -> Entry:
    """A row as the window has it."""
    return Entry(
        id=row["id"],
        kind=PaidKind(row["kind"]),
        service=row["service"],
        task=row["task"],
        what=row["what"],
        state=EntryState(row["state"]),
        currency=row["currency"],
        amount=row["amount"],
        held=row["held"],
        dollars=row["dollars"],
        at=row["at"],
        day=row["day"],
    )


def question_of(row: RowMapping, limits: Limits) -> PriceQuestion:
    """A question as the window has it."""
    return PriceQuestion(
        id=row["id"],
        kind=PaidKind(row["kind"]),
        service=row["service"],
        task=row["task"],
        what=row["what"],
        at=row["at"],
        most=limits.unknown_most,
        currency=limits.currency,
    )
