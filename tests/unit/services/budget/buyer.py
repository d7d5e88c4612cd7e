"""Buys things in a process of its own, as fast as it can, so that it can be killed at it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from app.infra.database import driver

driver.install()

from app.domain.budget import MICROS, Limit, Limits, PaidCall, PaidKind, Span  # noqa: E402 - the driver comes first
from app.domain.errors import Refused  # noqa: E402 - the driver comes first
from app.infra.database.engine import Database  # noqa: E402 - the driver comes first
from app.runtime.bus import EventBus  # noqa: E402 - the driver comes first
from app.services.budget.service import BudgetService  # noqa: E402 - the driver comes first

CENT = MICROS // 100


def limits(most: int) -> Limits:
    """So many calls of a cent each are allowed in a month."""
    return Limits((Limit(Span.MONTH, most * CENT), Limit(Span.DAY, most * CENT)))


async def buy(path: Path, tasks: int, most: int, how: str) -> None:
    """Try to buy for a cent in each of so many tasks; say a word for each, and wait at the end."""
    database = Database(path)
    await database.open()
    budget = BudgetService(database, EventBus(), lambda: limits(most))
    call = PaidCall(PaidKind.TEXT, "shop", "write", CENT)

    async def one(number: int) -> None:
        try:
            reservation = await budget.reserve(call)
        except Refused as error:
            _say(error.key)
            return
        if how == "keep":
            _say("reserved")
        elif number % 3 == 2:
            await budget.give_back(reservation)
            _say("back")
        else:
            await budget.settle(reservation, CENT)
            _say("spent")

    if how == "churn":
        while True:
            await asyncio.gather(*(one(number) for number in range(tasks)))
    await asyncio.gather(*(one(number) for number in range(tasks)))
    await budget.close()
    await database.close()
    _say("done")


def _say(word: str) -> None:
    """At once, so that what was said is what was done."""
    os.write(sys.stdout.fileno(), f"{word}\n".encode())


def main(path: str, tasks: str, most: str, how: str) -> None:
    """Begin, in a process of its own."""
    asyncio.run(buy(Path(path), int(tasks), int(most), how))
