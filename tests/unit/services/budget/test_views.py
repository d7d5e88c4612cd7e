"""What was spent on what, page by page, and as CSV no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from app.domain.budget import Limit, Limits, PaidCall, PaidKind, Scope, Span, Unknown
from app.domain.errors import InvalidInput, Refused, Unavailable
from app.domain.spending import Entry, EntryState
from app.services.budget.export import harmless
from app.services.budget.service import BudgetService
from tests.unit.services.budget.money import CENT, World, call


async def _some(world: World) -> None:
    """Three calls of two days, one on its way, one that cost nothing, one given back."""
    buy = (
        ("2026-11-02 10:00", PaidCall(PaidKind.TEXT, "alpha", "write", 30 * CENT, "=cmd()")),
        ("2026-11-02 11:00", PaidCall(PaidKind.VOICE, "beta", "speak", 50 * CENT, "é, \"so\"")),
        ("2026-11-05 12:00", PaidCall(PaidKind.TEXT, "alpha", "judge", 10 * CENT)),
    )  # fmt: skip
    for when, one in buy:
        world.at(when)
        await world.budget.settle(await world.budget.reserve(one))
    await world.budget.settle(await world.budget.reserve(call(0)))
    await world.budget.give_back(await world.budget.reserve(call(9 * CENT)))
    await world.budget.reserve(call(7 * CENT, service="beta", task="speak"))


async def test_a_month_by_service_kind_task_and_day(world: World) -> None:
    world.limits = Limits((Limit(Span.MONTH, 200 * CENT), Limit(Span.DAY, 90 * CENT)))
    await _some(world)
    told = await world.budget.spending("2026-11")
    assert (told.spent, told.reserved, told.calls) == (90 * CENT, 7 * CENT, 4)
    found = {one.name: (one.spent // CENT, one.reserved // CENT, one.calls)
             for one in (*told.services, *told.tasks, *told.days)}  # fmt: skip
    assert found == {
        "alpha": (40, 0, 2), "beta": (50, 7, 2),
        "write": (30, 0, 1), "speak": (50, 7, 2), "judge": (10, 0, 1),
        "2026-11-02": (80, 0, 2), "2026-11-05": (10, 7, 2),
    }  # fmt: skip
    assert [one.name for one in told.services] == ["beta", "alpha"]
    assert [one.name for one in told.kinds] == ["voice", "text"]
    assert [(one.spent, one.reserved, one.renews) for one in told.limits] == [
        (90 * CENT, 7 * CENT, "2026-12-01"),
        (10 * CENT, 7 * CENT, "2026-11-06"),
    ]
    day = await world.budget.spending("2026-11-05")
    assert (day.period, day.spent, day.reserved) == ("2026-11-05", 10 * CENT, 7 * CENT)
    assert (await world.budget.spending("2026-10")).spent == 0
    with pytest.raises(InvalidInput):
        await world.budget.spending("soon")


async def test_the_history_comes_in_pages_newest_first(world: World) -> None:
    await _some(world)
    seen: list[Entry] = []
    page = await world.budget.history(most=3)
    seen += page.entries
    assert page.following is not None
    page = await world.budget.history(before=page.following, most=3)
    seen += page.entries
    assert page.following is None
    assert [(one.service, one.task, one.state) for one in seen] == [
        ("beta", "speak", EntryState.RESERVED),
        ("alpha", "judge", EntryState.SPENT),
        ("beta", "speak", EntryState.SPENT),
        ("alpha", "write", EntryState.SPENT),
    ]


async def test_the_export_is_whole_and_holds_no_formula(world: World) -> None:
    await _some(world)
    rows = list(csv.DictReader(io.StringIO(await world.budget.export())))
    assert [row["amount"] for row in rows] == ["0.30", "0.50", "0.10", "0.00"]
    assert [row["held"] for row in rows] == ["0.30", "0.50", "0.10", "0.07"]
    assert rows[0]["what"] == "'=cmd()"
    assert rows[1]["what"] == 'é, "so"'
    assert rows[0]["time"] == "2026-11-02 10:00:00+00:00"


async def test_the_export_of_many_calls_has_them_all(world: World) -> None:
    async with world.database.write() as connection:
        await connection.exec_driver_sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1234) "
            "INSERT INTO budget_entry (kind, service, task, what, state, currency, rate, dollars,"
            " amount, held, at, day, expires) SELECT 'text', 'shop', 'write', i, 'spent', 'USD',"
            " 1000000, i, i, i, 1795694400.0, '2026-11-26', 0.0 FROM n"
        )
    rows = list(csv.DictReader(io.StringIO(await world.budget.export())))
    assert [int(row["what"]) for row in rows] == list(range(1, 1235))


async def test_a_file_is_never_written_over(world: World, tmp_path: Path) -> None:
    await _some(world)
    first = Path(await world.budget.export("2026-11", tmp_path))
    second = Path(await world.budget.export("2026-11", tmp_path))
    assert (first.name, second.name) == (
        "sokoul-budget-2026-11.csv", "sokoul-budget-2026-11 (2).csv",
    )  # fmt: skip
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"\xef\xbb\xbftime,day,")
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match=r"errors\.budget_export"):
        await world.budget.export("", tmp_path / "file" / "below")


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "|calc", "%x"]
)
def test_no_cell_is_a_formula(words: str) -> None:
    assert harmless(words).startswith("'")


@pytest.mark.parametrize("words", ["gpt-4o", "A film", "", "l'été", "1-2"])
def test_plain_words_stay_as_they_are(words: str) -> None:
    assert harmless(words) == words


async def test_services_are_called_by_their_names_and_counted_by_their_ids(world: World) -> None:
    names = {"alpha": "Alpha & Sons", "shop": "The Shop"}
    of_shop = Limit(Span.MONTH, 5 * CENT, Scope.SERVICE, "shop")
    world.limits = Limits((of_shop,), unknown=Unknown.ASK, unknown_most=CENT)
    budget = BudgetService(
        world.database, world.bus, lambda: world.limits, lambda: world.now, world.zone,
        called=lambda one: names.get(one, one),
    )  # fmt: skip
    for service in ("alpha", "gone"):
        async with budget.paying(call(CENT, service=service)):
            pass
    told = await budget.spending()
    assert [one.name for one in told.services] == ["alpha", "gone"]
    assert told.names == names  # that of the limit too; of one that is gone only its id is known
    with pytest.raises(Refused) as refused:
        await budget.reserve(call(9 * CENT))
    assert refused.value.args_map["subject"] == "The Shop"
    with pytest.raises(Refused) as refused:
        await budget.reserve(call(None, service="alpha"))
    assert refused.value.args_map["service"] == "Alpha & Sons"
    (asked,) = await budget.questions()
    assert (asked.service, asked.called) == ("alpha", "Alpha & Sons")
    assert ",alpha," in await budget.export()  # a file for programs has the ids
