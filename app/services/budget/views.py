"""Reads what was spent: by service, kind, task and day, and call by call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import RowMapping, select

from app.domain.budget import Limits
from app.domain.spending import Entry, EntryState, HistoryPage, PriceQuestion, Share, Spending
from app.infra.database.engine import Database
from app.services.budget.periods import Moment, days_of
from app.services.budget.store import states
from app.services.budget.tables import COUNTED, entry, entry_of, question, question_of, total

MOST: Final = 500
"""Calls in one page of the history."""


async def spending(database: Database, period: str, limits: Limits, moment: Moment) -> Spending:
    """What a month or a day cost, and how the limits stand now."""
    name, first, after = days_of(period, moment.day)
    rows = select(total).where(
        total.c.state.in_(COUNTED), total.c.day >= first, total.c.day < after, total.c.calls > 0
    )
    async with database.read() as connection:
        found = (await connection.execute(rows)).mappings().all()
        bounds = await states(connection, limits, moment)
    counted = [(row, _amount(row, limits)) for row in found]
    days = _shares(counted, "day")
    return Spending(
        period=name,
        currency=limits.currency,
        spent=sum(one.spent for one in days),
        reserved=sum(one.reserved for one in days),
        excess=sum(
            row["excess"]
            for row in found
            if row["state"] == EntryState.SPENT.value and row["currency"] == limits.currency
        ),
        calls=sum(one.calls for one in days),
        services=_by_size(_shares(counted, "service")),
        kinds=_by_size(_shares(counted, "kind")),
        tasks=_by_size(_shares(counted, "task")),
        days=tuple(sorted(days, key=lambda one: one.name)),
        limits=bounds,
        today=moment.today,
        problem=limits.problem,
    )


async def history(
    database: Database, period: str, before: int | None, most: int, moment: Moment
) -> HistoryPage:
    """Calls of a month or a day that cost something or are on their way, newest first."""
    _name, first, after = days_of(period, moment.day)
    most = max(1, min(most, MOST))
    chosen = (
        select(entry)
        .where(entry.c.state.in_(COUNTED), entry.c.day >= first, entry.c.day < after)
        .where((entry.c.amount > 0) | (entry.c.state == EntryState.RESERVED.value))
        .order_by(entry.c.id.desc())
        .limit(most + 1)
    )
    if before is not None:
        chosen = chosen.where(entry.c.id < before)
    async with database.read() as connection:
        rows = (await connection.execute(chosen)).mappings().all()
    entries = tuple(entry_of(row) for row in rows[:most])
    return HistoryPage(entries, entries[-1].id if len(rows) > most else None)


async def every(database: Database, period: str, moment: Moment) -> list[Entry]:
    """All of them, oldest first."""
    found: list[Entry] = []
    page = await history(database, period, None, MOST, moment)
    found += page.entries
    while page.following is not None:
        page = await history(database, period, page.following, MOST, moment)
        found += page.entries
    return found[::-1]


async def questions(database: Database, limits: Limits) -> tuple[PriceQuestion, ...]:
    """What the owner has not answered yet, oldest first."""
    chosen = select(question).where(question.c.answer.is_(None)).order_by(question.c.id)
    async with database.read() as connection:
        rows = (await connection.execute(chosen)).mappings().all()
    return tuple(question_of(row, limits) for row in rows)


def _amount(row: RowMapping, limits: Limits) -> int:
    if row["currency"] == limits.currency:
        return int(row["amount"])
    return limits.own(row["dollars"])


def _shares(rows: Iterable[tuple[Mapping[Any, Any], int]], name: str) -> list[Share]:
    found: dict[str, Share] = {}
    for row, amount in rows:
        share = found.get(row[name], Share(row[name]))
        spent = row["state"] == EntryState.SPENT.value
        found[row[name]] = replace(
            share,
            spent=share.spent + (amount if spent else 0),
            reserved=share.reserved + (0 if spent else amount),
            calls=share.calls + row["calls"],
        )
    return list(found.values())


def _by_size(shares: list[Share]) -> tuple[Share, ...]:
    return tuple(sorted(shares, key=lambda one: (-one.spent - one.reserved, one.name)))
