"""Setting aside, booking, giving back: what counts, for how long, and what is told of it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from app.domain.budget import MICROS, Limit, Limits, Scope, Span
from app.domain.errors import InvalidInput, NotFound, Refused, Unavailable
from app.domain.events import BudgetAlert, BudgetChanged, NoticeRaised
from app.services.budget.service import Bill
from tests.unit.services.budget.money import CENT, World, call, month


async def test_what_is_reserved_counts_and_what_is_settled_replaces_it(world: World) -> None:
    world.limits = month(10 * CENT)
    reservation = await world.budget.reserve(call(8 * CENT))
    assert await world.standing() == (0, 8 * CENT)
    with pytest.raises(Refused, match=r"errors\.budget_spent") as refused:
        await world.budget.reserve(call(3 * CENT))
    told = refused.value.args_map
    assert (told["which"], told["left"], told["price"], told["renews"]) == (
        "notes.budget_month", "0.02 USD", "0.03 USD", "2026-12-01",
    )  # fmt: skip
    await world.budget.settle(reservation, 5 * CENT)
    assert await world.standing() == (5 * CENT, 0)
    await world.budget.reserve(call(5 * CENT))
    assert await world.standing() == (5 * CENT, 5 * CENT)


async def test_given_back_is_free_again(world: World) -> None:
    world.limits = month(CENT)
    reservation = await world.budget.reserve(call())
    await world.budget.give_back(reservation)
    await world.budget.give_back(reservation)
    assert await world.standing() == (0, 0)
    await world.budget.reserve(call())
    assert len(world.of(BudgetChanged)) == 3


async def test_settling_twice_keeps_the_first_price(world: World) -> None:
    reservation = await world.budget.reserve(call())
    await world.budget.settle(reservation, 3)
    await world.budget.settle(reservation, 9 * CENT)
    await world.budget.settle(reservation)
    await world.budget.give_back(reservation)
    assert await world.standing() == (3, 0)


@pytest.mark.parametrize("price", [None, 2 * CENT])
async def test_booking_and_giving_back_at_once_end_alike_in_every_order(
    world: World, price: int | None
) -> None:
    made = [await world.budget.reserve(call()) for _ in range(20)]
    other = world.another()
    deeds = []
    for place, one in enumerate(made):
        both = [world.budget.settle(one, price), other.give_back(one)]
        deeds += both if place % 2 else both[::-1]
    await asyncio.gather(*deeds)
    await other.close()
    assert await world.standing() == (20 * (CENT if price is None else price), 0)


async def test_a_dearer_call_is_booked_truly_and_only_its_difference_is_too_much(
    world: World,
) -> None:
    world.limits = month(10 * CENT)
    dear = await world.budget.reserve(call(6 * CENT))
    other = await world.budget.reserve(call(4 * CENT))
    await world.budget.settle(dear, 9 * CENT)
    await world.budget.settle(other, 4 * CENT)
    told = await world.budget.spending()
    assert (told.spent, told.excess) == (13 * CENT, 3 * CENT)
    assert told.limits[0].left == 0
    with pytest.raises(Refused):
        await world.budget.reserve(call(1))
    await world.budget.reserve(call(0))  # what costs nothing is never forbidden


async def test_every_limit_a_call_falls_under_is_kept(world: World) -> None:
    world.limits = Limits((
        Limit(Span.MONTH, 100 * CENT),
        Limit(Span.DAY, 20 * CENT),
        Limit(Span.MONTH, 5 * CENT, Scope.SERVICE, "shop"),
        Limit(Span.DAY, 3 * CENT, Scope.TASK, "speak"),
    ))  # fmt: skip
    await world.budget.reserve(call(3 * CENT, task="speak"))
    with pytest.raises(Refused) as speak:
        await world.budget.reserve(call(1, service="other", task="speak"))
    assert (speak.value.args_map["which"], speak.value.args_map["subject"]) == (
        "notes.budget_day_of", "speak",
    )  # fmt: skip
    with pytest.raises(Refused) as shop:
        await world.budget.reserve(call(3 * CENT))
    assert shop.value.args_map["which"] == "notes.budget_month_of"
    await world.budget.reserve(call(17 * CENT, service="other"))
    with pytest.raises(Refused) as day:
        await world.budget.reserve(call(1, service="other"))
    assert day.value.args_map["which"] == "notes.budget_day"


async def test_a_reservation_expires_and_what_it_cost_is_booked_late(world: World) -> None:
    world.limits = month(CENT)
    reservation = await world.budget.reserve(call(), hold=60)
    world.now += 59
    with pytest.raises(Refused):
        await world.budget.reserve(call())
    world.now += 1
    second = await world.budget.reserve(call())
    await world.budget.settle(second)
    await world.budget.settle(reservation, CENT)  # it did cost, whatever was thought
    assert await world.standing() == (2 * CENT, 0)


async def test_what_expired_is_given_back_at_the_next_start(world: World) -> None:
    await world.budget.reserve(call())
    world.now += 3_600
    world.told.clear()
    again = world.another()
    await again.start()
    assert len(world.of(BudgetChanged)) == 1
    await again.close()
    assert await world.standing() == (0, 0)


async def test_paying_settles_keeps_or_gives_back(world: World) -> None:
    budget = world.budget
    async with budget.paying(call(5 * CENT)) as bill:
        bill.settle(2 * CENT)
    async with budget.paying(call(3 * CENT)):
        pass  # it says nothing: the estimate is the price
    assert await world.standing() == (5 * CENT, 0)
    with pytest.raises(ZeroDivisionError):
        async with budget.paying(call(7 * CENT)):
            raise ZeroDivisionError
    assert await world.standing() == (5 * CENT, 0)
    with pytest.raises(TimeoutError):
        async with budget.paying(call(7 * CENT)):
            raise TimeoutError
    assert await world.standing() == (12 * CENT, 0)
    with pytest.raises(ZeroDivisionError):
        async with budget.paying(call(7 * CENT)) as bill:
            _settle_and_fail(bill)
    assert await world.standing() == (13 * CENT, 0)


@pytest.mark.parametrize(("sent", "spent"), [(False, 0), (True, CENT)])
async def test_a_cancelled_call_costs_only_once_it_was_sent(
    world: World, sent: bool, spent: int
) -> None:
    inside = asyncio.Event()

    async def buy() -> None:
        async with world.budget.paying(call(), sent=False) as bill:
            if sent:
                bill.sent()
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(buy())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await world.standing() == (spent, 0)


@pytest.mark.parametrize("turns", range(8))
async def test_a_call_cancelled_while_money_is_set_aside_holds_none(
    world: World, turns: int
) -> None:
    task = asyncio.create_task(world.budget.reserve(call()))
    for _ in range(turns):
        await asyncio.sleep(0.0005)
    task.cancel()
    try:
        await world.budget.give_back(await task)
    except asyncio.CancelledError:
        await world.budget.close()
    assert await world.standing() == (0, 0)


async def test_a_call_in_paying_does_not_expire_under_it(world: World) -> None:
    world.limits = month(CENT)
    async with world.budget.paying(call(), hold=60):
        world.now += 3_600
        with pytest.raises(Refused):
            await world.budget.reserve(call())
    assert await world.standing() == (CENT, 0)


async def test_a_database_that_cannot_be_written_forbids_and_what_is_owed_is_booked_later(
    world: World,
) -> None:
    world.limits = month(10 * CENT)
    path, fault = world.database.path, "CREATE TRIGGER fault BEFORE {0} ON budget_entry BEGIN " \
        "SELECT raise(ABORT, 'disk I/O error'); END"  # fmt: skip

    def damage(*statements: str) -> None:
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    async with world.budget.paying(call(8 * CENT)) as bill:
        damage(fault.format("UPDATE"))
        bill.settle(9 * CENT)
    assert await world.standing() == (0, 8 * CENT)
    world.now += 7_200  # it does not expire: it is owed
    with pytest.raises(Unavailable, match=r"errors\.budget_not_kept"):
        await world.budget.reserve(call(CENT))
    damage("DROP TRIGGER fault", fault.format("INSERT"))
    with pytest.raises(Unavailable, match=r"errors\.budget_not_kept"):
        await world.budget.reserve(call(CENT))
    damage("DROP TRIGGER fault")
    await world.budget.reserve(call(CENT))
    assert await world.standing() == (9 * CENT, CENT)


async def test_what_is_owed_is_booked_at_the_end(world: World) -> None:
    fault = "CREATE TRIGGER fault BEFORE UPDATE ON budget_entry BEGIN SELECT raise(ABORT, 'x'); END"
    async with world.budget.paying(call(8 * CENT)) as bill:
        async with world.database.write() as connection:
            await connection.exec_driver_sql(fault)
        bill.settle(9 * CENT)
    async with world.database.write() as connection:
        await connection.exec_driver_sql("DROP TRIGGER fault")
    await world.budget.close()
    assert await world.standing() == (9 * CENT, 0)


async def test_alerts_come_once_for_each_limit_and_period(world: World) -> None:
    world.limits = Limits((Limit(Span.MONTH, 10 * CENT), Limit(Span.DAY, 40 * CENT)))
    percents = []
    for price in (4, 1, 1, 2, 2, 0):
        held = await world.budget.reserve(call(price * CENT))
        await world.budget.settle(held)
        percents.append([one.percent for one in _alerts(world)])
    assert percents == [[], [50], [50], [50, 80], [50, 80, 100], [50, 80, 100]]
    notices = [one for one in world.of(NoticeRaised) if isinstance(one, NoticeRaised)]
    assert [one.key for one in notices] == ["notices.budget_alert"] * 3
    assert notices[1].args["spent"] == "0.08 USD"
    world.at("2026-12-01 08:00")
    world.told.clear()
    async with world.another().paying(call(9 * CENT)):
        pass
    assert [one.percent for one in _alerts(world)] == [80]  # one message, not two


async def test_a_reservation_alone_alerts_nobody(world: World) -> None:
    world.limits = month(CENT)
    held = await world.budget.reserve(call())
    await world.budget.give_back(held)
    assert _alerts(world) == []


async def test_settings_that_cannot_be_read_forbid_spending(world: World) -> None:
    world.limits = Limits(problem="errors.budget_unreadable")
    with pytest.raises(Refused, match=r"errors\.budget_unreadable"):
        await world.budget.reserve(call(1))
    await world.budget.reserve(call(0))
    assert (await world.budget.spending()).problem == "errors.budget_unreadable"


async def test_foreign_prices_are_rounded_up_and_keep_the_rate_of_their_day(world: World) -> None:
    euro = 923_456  # millionths of a euro for one dollar
    world.limits = Limits((Limit(Span.MONTH, 10),), "EUR", euro)
    held = await world.budget.reserve(call(3))
    assert held.held == 3  # 2.77 are three
    await world.budget.settle(held, 1)
    assert await world.standing() == (1, 0)
    world.limits = Limits((Limit(Span.MONTH, 10),), "EUR", 5 * MICROS)
    assert await world.standing() == (1, 0)
    world.limits = Limits((Limit(Span.MONTH, 10),), "JPY", 150 * MICROS)
    assert await world.standing() == (150, 0)
    with pytest.raises(Refused):
        await world.budget.reserve(call(1))


async def test_strange_figures_are_refused(world: World) -> None:
    for estimate in (-1, 10**13):
        with pytest.raises(InvalidInput):
            await world.budget.reserve(call(estimate))
    held = await world.budget.reserve(call())
    with pytest.raises(InvalidInput):
        await world.budget.settle(held, -1)
    async with world.budget.paying(call()) as bill:
        with pytest.raises(InvalidInput):
            bill.settle(-5)
        bill.settle(0)
    with pytest.raises(NotFound):
        await world.budget.answer(9, True)


def _settle_and_fail(bill: Bill) -> None:
    bill.settle(CENT)
    raise ZeroDivisionError


def _alerts(world: World) -> list[BudgetAlert]:
    return [one for one in world.of(BudgetAlert) if isinstance(one, BudgetAlert)]
