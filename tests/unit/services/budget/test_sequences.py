"""Whatever is done in whatever order: spent and reserved together never pass the limit."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.budget import Limit, Limits, Scope, Span
from app.domain.errors import Refused
from app.domain.spending import Reservation
from app.infra.database.engine import Database
from tests.unit.services.budget.money import World, call

LIMITS = Limits(
    (
        Limit(Span.MONTH, 100),
        Limit(Span.DAY, 60),
        Limit(Span.MONTH, 40, Scope.SERVICE, "shop"),
        Limit(Span.DAY, 30, Scope.TASK, "speak"),
    ),
    "EUR",
    923_456,
)
PLACE = st.integers(0, 30)
DEEDS = st.one_of(
    st.tuples(
        st.just("reserve"),
        st.integers(0, 50),
        st.sampled_from(["shop", "other"]),
        st.sampled_from(["write", "speak"]),
    ),
    st.tuples(st.just("settle"), PLACE, st.integers(0, 100)),
    st.tuples(st.just("estimate"), PLACE),
    st.tuples(st.just("back"), PLACE),
    st.tuples(st.just("wait"), st.integers(1, 40_000)),
    st.tuples(st.just("restart")),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(DEEDS, max_size=25))
def test_no_sequence_passes_a_limit(deeds: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_run(Path(folder) / "one.db", deeds))


async def _run(path: Path, deeds: list[tuple[object, ...]]) -> None:
    database = Database(path)
    await database.open()
    try:
        world, made = World(database, LIMITS), list[Reservation]()
        for deed in deeds:
            await _do(world, made, deed)
            told = await world.budget.spending()
            for state in told.limits:
                assert state.spent + state.reserved <= state.limit.amount, (deed, state)
            assert told.excess == 0
            whole = sum(one.spent + one.reserved for one in told.days)
            assert told.spent + told.reserved == whole
        await world.budget.close()
        assert await _sums(database, "budget_entry") == await _sums(database, "budget_total")
    finally:
        await database.close()


async def _sums(database: Database, table: str) -> list[tuple[object, ...]]:
    """The entries added up by hand, or as the database itself keeps them added up."""
    amounts = "sum(amount) AS amount, sum(dollars)"
    async with database.read() as connection:
        found = await connection.exec_driver_sql(
            f"SELECT day, state, service, task, kind, currency, {amounts} FROM {table} "
            "GROUP BY 1, 2, 3, 4, 5, 6 HAVING amount != 0 ORDER BY 1, 2, 3, 4, 5, 6"
        )
        return [tuple(row) for row in found]


async def _do(world: World, made: list[Reservation], deed: tuple[object, ...]) -> None:
    """One deed; what was set aside is an upper bound, and only what still stands is settled."""
    kind, *rest = deed
    if kind == "wait":
        world.now += int(str(rest[0]))
        made[:] = [one for one in made if one.expires > world.now]
    elif kind == "restart":
        await world.budget.close()
        world.budget = world.another()
        await world.budget.start()
    elif kind == "reserve":
        estimate, service, task = rest
        try:
            made.append(
                await world.budget.reserve(call(int(str(estimate)), str(service), str(task)))
            )
        except Refused:
            return
    elif made:
        one = made.pop(int(str(rest[0])) % len(made))
        assert one.call.estimate is not None
        if kind == "settle":
            await world.budget.settle(one, one.call.estimate * int(str(rest[1])) // 100)
        elif kind == "estimate":
            await world.budget.settle(one)
        else:
            await world.budget.give_back(one)
