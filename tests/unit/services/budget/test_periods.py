"""Days and months of the owner's calendar: midnight, months, summer time, a clock set back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.budget import Limit, Limits, Span
from app.domain.errors import InvalidInput, Refused
from app.services.budget.periods import beginning, days_of, moment, renewal
from tests.unit.services.budget.money import CENT, World, call, month

PARIS = ZoneInfo("Europe/Paris")


async def test_a_month_begins_at_the_owners_midnight(world: World) -> None:
    world.zone, world.limits = PARIS, month(CENT)
    world.budget = world.another()
    world.at("2026-11-30 23:59")
    await world.budget.settle(await world.budget.reserve(call()))
    with pytest.raises(Refused) as refused:
        await world.budget.reserve(call())
    assert refused.value.args_map["renews"] == "2026-12-01"
    world.at("2026-12-01 00:00")  # still November in Greenwich
    await world.budget.reserve(call())
    assert (await world.budget.spending("2026-11")).spent == CENT
    assert await world.standing() == (0, CENT)


async def test_a_call_counts_for_the_day_it_was_made(world: World) -> None:
    world.at("2026-11-30 23:59")
    held = await world.budget.reserve(call())
    world.at("2026-12-01 00:05")
    await world.budget.settle(held)
    assert (await world.budget.spending("2026-11")).spent == CENT
    assert (await world.budget.spending()).spent == 0


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
async def test_a_day_of_23_or_25_hours_is_one_day(world: World, day: str) -> None:
    world.zone, world.limits = PARIS, Limits((Limit(Span.DAY, 2 * CENT),))
    world.budget = world.another()
    world.at(f"{day} 00:00")
    first = world.now
    await world.budget.settle(await world.budget.reserve(call()))
    world.at(f"{day} 23:59")
    await world.budget.settle(await world.budget.reserve(call()))
    assert world.now - first != 86_340
    with pytest.raises(Refused):
        await world.budget.reserve(call())
    world.now += 60
    await world.budget.reserve(call())


async def test_a_clock_set_back_frees_no_money(world: World) -> None:
    world.limits = month(2 * CENT)
    await world.budget.settle(await world.budget.reserve(call(2 * CENT)))
    for wrong in ("2026-11-01 00:00", "2026-10-31 12:00", "1970-01-01 00:10"):
        world.at(wrong)
        with pytest.raises(Refused):
            await world.budget.reserve(call())
    world.at("2026-12-01 00:00")
    await world.budget.reserve(call())


async def test_a_clock_set_back_holds_a_reservation_no_shorter(world: World) -> None:
    world.limits = month(CENT)
    await world.budget.reserve(call())
    world.now -= 1_800
    with pytest.raises(Refused):
        await world.budget.reserve(call())
    assert await world.standing() == (0, CENT)


def test_the_day_is_the_one_of_the_zone() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC).timestamp()
    assert moment(late, UTC).today == "2026-12-31"
    assert moment(late, PARIS).today == "2027-01-01"
    assert moment(late).today in ("2026-12-31", "2027-01-01")


@pytest.mark.parametrize(
    ("day", "month", "next_day"),
    [
        ("2026-12-31", "2027-01-01", "2027-01-01"),
        ("2028-02-28", "2028-03-01", "2028-02-29"),
        ("2027-01-31", "2027-02-01", "2027-02-01"),
    ],
)
def test_what_renews_when(day: str, month: str, next_day: str) -> None:
    found = date.fromisoformat(day)
    assert renewal(Span.MONTH, found) == month
    assert renewal(Span.DAY, found) == next_day
    assert beginning(Span.MONTH, found) == f"{day[:7]}-01"
    assert beginning(Span.DAY, found) == day


def test_periods_are_read_strictly() -> None:
    today = date(2026, 11, 26)
    assert days_of("", today) == ("2026-11", "2026-11-01", "2026-12-01")
    assert days_of("2026-02-28", today) == ("2026-02-28", "2026-02-28", "2026-03-01")
    for wrong in ("2026-13", "2026-1", "20261126", "2026-02-30", "x", "2026-11' OR 1", "9999-12"):
        with pytest.raises(InvalidInput):
            days_of(wrong, today)
