"""Amounts as people write them, rounding, and the limits in the settings."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.budget import (
    MICROS,
    Limit,
    Limits,
    Scope,
    Span,
    Unknown,
    amount_text,
    limits_of,
    money,
    parse_amount,
    written,
)
from app.domain.errors import InvalidInput


@dataclass(frozen=True)
class Choices:
    """The section of the settings."""

    currency: str = "EUR"
    dollar_rate: str = "0,92"
    month: str = "10"
    day: str = ""
    more: str = ""
    unknown: str = "ask"
    unknown_most: str = "0.50"


@pytest.mark.parametrize(
    ("text", "amount"),
    [("", None), ("  ", None), ("0", 0), ("12", 12 * MICROS), ("12.5", 12_500_000),
     ("12,50", 12_500_000), (".5", 500_000), ("1 000", 1000 * MICROS), ("0.000001", 1)],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, amount: int | None) -> None:
    assert parse_amount(text) == amount


@pytest.mark.parametrize(
    "text", ["-1", "x", "1e9", "nan", "inf", "1.2.3", "1,000.50", "0.0000001", "1" * 10, "٣", "."]
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"errors\.budget_amount"):
        parse_amount(text)


@given(st.integers(0, 10**15 - 1))
def test_what_is_written_is_read_again(amount: int) -> None:
    assert parse_amount(amount_text(amount)) == amount


@given(st.integers(0, 10**12), st.integers(MICROS // 1000, MICROS * 10**6))
def test_rounding_never_loses_and_adds_less_than_a_millionth(dollars: int, rate: int) -> None:
    own = Limits(rate=rate).own(dollars)
    assert 0 <= own * MICROS - dollars * rate < MICROS


def test_money_is_told_in_cents_and_less_than_a_cent_exactly() -> None:
    assert money(12_500_000, "EUR") == "12.50 EUR"
    assert money(12_500_001, "EUR") == "12.51 EUR"
    assert money(12_509_999, "EUR", down=True) == "12.50 EUR"
    assert money(4_000, "EUR") == "0.004 EUR"
    assert money(0, "EUR") == "0.00 EUR"


def test_the_limits_of_the_settings() -> None:
    more = (
        Limit(Span.DAY, 2_500_000, Scope.SERVICE, "openai"),
        Limit(Span.MONTH, MICROS, Scope.TASK, "write"),
    )
    found = limits_of(Choices(more=written((Limit(Span.DAY, 1), *more)), day="3"))
    assert found == Limits(
        (Limit(Span.MONTH, 10 * MICROS), Limit(Span.DAY, 3 * MICROS), *more),
        "EUR", 920_000, Unknown.ASK, 500_000,
    )  # fmt: skip
    assert limits_of(replace(Choices(), currency="USD", dollar_rate="")).rate == MICROS
    assert limits_of(replace(Choices(), month="")).limits == ()
    assert written(()) == ""


@pytest.mark.parametrize(
    ("choices", "key"),
    [
        (Choices(dollar_rate=""), "errors.budget_rate"),
        (Choices(dollar_rate="0"), "errors.budget_rate"),
        (Choices(dollar_rate="much"), "errors.budget_rate"),
        (Choices(month="ten"), "errors.budget_unreadable"),
        (Choices(day="-1"), "errors.budget_unreadable"),
        (Choices(more="{"), "errors.budget_unreadable"),
        (Choices(more="[" * 4096), "errors.budget_unreadable"),
        (Choices(more="7"), "errors.budget_unreadable"),
        (Choices(more='[["service","x","week","1"]]'), "errors.budget_unreadable"),
        (Choices(more='[["total","","day","1"]]'), "errors.budget_unreadable"),
        (Choices(more='[["service","x","day",""]]'), "errors.budget_unreadable"),
        (Choices(more='[["service","x","day",5]]'), "errors.budget_unreadable"),
        (Choices(unknown="maybe"), "errors.budget_unreadable"),
    ],
)
def test_what_cannot_be_read_forbids(choices: Choices, key: str) -> None:
    assert limits_of(choices).problem == key
