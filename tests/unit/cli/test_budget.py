"""`sokoul budget` over a real budget: for people, for programs, and into a file."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import budget as command
from app.cli import station, words_budget
from app.cli.words import WORDS
from app.domain.budget import MICROS, Limit, Limits, PaidCall, PaidKind, Scope, Span
from app.domain.errors import InvalidInput, Refused
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.budget.service import BudgetService
from app.services.control_budget import budget as answer

LIMITS = Limits((
    Limit(Span.MONTH, 10 * MICROS), Limit(Span.DAY, 2 * MICROS, Scope.TASK, "speak"),
))  # fmt: skip

NAMES = {"shop": "Shop & Sons", "clips": "Clip House"}


async def _world(paths: Paths, ask: dict[str, Any]) -> Any:
    database = Database(paths.database)
    await database.open()
    try:
        budget = BudgetService(
            database, EventBus(), lambda: LIMITS, called=lambda one: NAMES.get(one, one)
        )
        async with budget.paying(PaidCall(PaidKind.TEXT, "shop", "write", 15_000, "=1+1")):
            pass
        await budget.reserve(PaidCall(PaidKind.VOICE, "voices", "speak", 500_000))
        with pytest.raises(Refused):
            await budget.reserve(PaidCall(PaidKind.CLIP, "clips", "draw", None))
        return await answer(budget, ask)
    finally:
        await database.close()


@pytest.fixture
def run(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Run the command against a budget that has three calls; returns what it printed."""
    for name, words in words_budget.WORDS.items():
        monkeypatch.setitem(WORDS, name, words)

    def ask(name: str, **args: object) -> Any:
        assert name == "budget"
        return asyncio.run(_world(paths, args))

    monkeypatch.setattr(station, "ask", ask)

    def run(*words: str) -> str:
        parser = argparse.ArgumentParser()
        command.declare(parser.add_subparsers())
        options = parser.parse_args(["budget", *words])
        assert options.run(options) == 0
        return capsys.readouterr().out

    return run


def test_people_read_what_is_spent_left_and_asked(run: Callable[..., str]) -> None:
    lines = run().splitlines()
    assert "0.02 USD spent, 0.50 USD set aside" in lines[0]
    assert lines[1].startswith("Everything, each month: 9.48 USD of 10.00 USD left, until ")
    assert lines[2].startswith("speak, each day: 1.50 USD of 2.00 USD left")
    assert lines[3:5] == ["  voices: 0.00 USD + 0.50 USD (1)", "  Shop & Sons: 0.02 USD (1)"]
    assert lines[5].startswith("Clip House asks since ")


def test_programs_get_whole_millionths(run: Callable[..., str]) -> None:
    told = json.loads(run("--json"))
    assert (told["spent"], told["reserved"], told["currency"]) == (15_000, 500_000, "USD")
    assert told["limits"][0]["left"] == 10 * MICROS - 515_000
    assert [one["kind"] for one in told["questions"]] == ["clip"]


def test_a_month_is_written_into_a_file(run: Callable[..., str], tmp_path: Path) -> None:
    target = tmp_path / "calls.csv"
    assert str(target) in run("--export", str(target))
    assert "'=1+1" in target.read_text("utf-8-sig")


@pytest.mark.parametrize("text", ["2026-13", "2026", "soon", "2026-1"])
def test_a_month_is_read_strictly(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        command.month(text)
    assert command.month("2026-10") == "2026-10"


@pytest.mark.parametrize(
    "args", [{"month": 3}, {"export": "calls.csv"}, {"export": "/a\0b"}, {"month": "soon"}]
)
def test_bad_arguments_are_refused(paths: Paths, args: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        asyncio.run(_world(paths, args))
