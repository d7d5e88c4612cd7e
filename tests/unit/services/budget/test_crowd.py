"""Many buyers at once, in tasks and processes, some of them killed: never a cent too much."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.budget.service import BudgetService
from tests.fakes.children import nursery
from tests.unit.services.budget.buyer import CENT, limits
from tests.unit.services.budget.money import World, call, month

BUYER = "tests.unit.services.budget.buyer"


def _counted(path: Path) -> int:
    """What is spent and reserved, straight from the file."""
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        asked = "SELECT coalesce(sum(amount), 0) FROM budget_entry WHERE state IN (?, ?)"
        return int(connection.execute(asked, ("spent", "reserved")).fetchone()[0])


async def test_two_hundred_tasks_and_a_budget_for_fifty(world: World) -> None:
    world.limits = month(50 * CENT)

    async def buy() -> str:
        try:
            reservation = await world.budget.reserve(call())
        except Exception as error:  # noqa: BLE001 - its name is what is counted
            return str(getattr(error, "key", error))
        await world.budget.settle(reservation, CENT)
        return "bought"

    outcomes = Counter(await asyncio.gather(*(buy() for _ in range(200))))
    assert outcomes == {"bought": 50, "errors.budget_spent": 150}
    assert await world.standing() == (50 * CENT, 0)


async def test_two_hundred_calls_in_eight_processes_and_a_budget_for_fifty(paths: Paths) -> None:
    await _made(paths.database)
    async with nursery(BUYER) as born:
        buyers = [await born.child(paths.database, "25", "50", "keep") for _ in range(8)]
        said = Counter(word for words in [await each.rest() for each in buyers] for word in words)
    assert said == {"reserved": 50, "errors.budget_spent": 150, "done": 8}
    assert _counted(paths.database) == 50 * CENT


async def test_bought_and_given_back_in_processes_never_passes_the_limit(paths: Paths) -> None:
    await _made(paths.database)
    async with nursery(BUYER) as born:
        buyers = [await born.child(paths.database, "20", "50", "end") for _ in range(6)]
        said = Counter(word for words in [await each.rest() for each in buyers] for word in words)
    assert said["done"] == 6
    assert said["spent"] + said["back"] + said["errors.budget_spent"] == 120
    assert said["spent"] <= 50
    assert _counted(paths.database) == said["spent"] * CENT


async def test_kills_never_free_nor_lose_a_cent_and_expiry_gives_back(paths: Paths) -> None:
    await _made(paths.database)
    most, said, chance = 60, Counter[str](), random.Random(6)
    async with nursery(BUYER) as born:
        for _ in range(6):
            buyers = [await born.child(paths.database, "5", str(most), "churn") for _ in range(3)]
            for each in buyers:
                said[await each.line()] += 1  # it is at work
            await asyncio.sleep(chance.uniform(0.0, 0.15))
            assert _counted(paths.database) <= most * CENT
            for each in buyers:
                each.kill()
            for each in buyers:
                await each.ended()
                said.update(await each.rest())
            assert _counted(paths.database) <= most * CENT
    spent, reserved = await _standing(paths.database, time.time(), most)
    assert spent >= said["spent"] * CENT  # what was said to be booked is booked
    assert spent + reserved <= most * CENT
    # Those that were killed between their reservation and its end hold it until it expires.
    later, held = await _standing(paths.database, time.time() + 3_601, most)
    assert (later, held) == (spent, 0)


async def test_a_kill_with_everything_reserved_frees_it_an_hour_later(paths: Paths) -> None:
    await _made(paths.database)
    async with nursery(BUYER) as born:
        buyer = await born.child(paths.database, "30", "20", "keep")
        words = [await buyer.line() for _ in range(30)]
        buyer.kill()
        await buyer.ended()
    assert Counter(words) == {"reserved": 20, "errors.budget_spent": 10}
    now = time.time()
    assert await _standing(paths.database, now, 20) == (0, 20 * CENT)
    assert await _standing(paths.database, now + 3_500, 20) == (0, 20 * CENT)
    assert await _standing(paths.database, now + 3_601, 20) == (0, 0)


async def _made(path: Path) -> None:
    """The file with its tables, so that no process has to make them."""
    database = Database(path)
    await database.open()
    await database.close()


async def _standing(path: Path, now: float, most: int) -> tuple[int, int]:
    """What a station that starts at that time finds."""
    database = Database(path)
    await database.open()
    budget = BudgetService(database, EventBus(), lambda: limits(most), lambda: now)
    await budget.start()
    told = await budget.spending(time.strftime("%Y-%m", time.localtime(now - 4_000)))
    other = await budget.spending(time.strftime("%Y-%m", time.localtime(now)))
    await budget.close()
    await database.close()
    months = {told.period: told, other.period: other}.values()
    return sum(one.spent for one in months), sum(one.reserved for one in months)
