"""Who is asked first, and what it may cost; pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.thinking import TextModel
from app.domain.intelligence import Policy, Task
from app.services.intelligence.routing import (
    LOCAL as HERE,
)
from app.services.intelligence.routing import (
    Place,
    in_order,
    named_for,
    policy_of,
    price_of,
    tokens_of,
)
from tests.unit.services.intelligence.conftest import CHEAP, LOCAL, NO_PRICE, STRONG

PLACES = [
    Place("odd", NO_PRICE),
    Place("grand", STRONG),
    Place(HERE, LOCAL),
    Place("mini", CHEAP),
]


@pytest.mark.parametrize(
    ("policy", "order"),
    [
        (Policy.HERE_FIRST, [HERE, "mini", "grand", "odd"]),
        (Policy.BEST, ["grand", "odd", "mini", HERE]),
        (Policy.CHEAPEST, [HERE, "mini", "grand", "odd"]),
        (Policy.ONLY_HERE, [HERE]),
        (Policy.RULES, []),
    ],
)
def test_the_order_is_the_owners(policy: Policy, order: list[str]) -> None:
    assert [place.plugin for place in in_order(policy, PLACES, "x", 100)] == order


@pytest.mark.parametrize(
    ("policy", "after"),
    [
        (Policy.HERE_FIRST, [HERE, "mini", "odd"]),
        (Policy.BEST, ["odd", "mini", HERE]),
        (Policy.ONLY_HERE, [HERE]),
        (Policy.RULES, []),
    ],
)
def test_a_named_service_comes_before_all(policy: Policy, after: list[str]) -> None:
    order = in_order(policy, PLACES, "x", 100, "grand")
    assert [place.plugin for place in order] == ["grand", *after]
    away = in_order(policy, PLACES, "x", 100, "gone")
    assert away == in_order(policy, PLACES, "x", 100)


def test_a_service_is_named_for_one_task() -> None:
    routes = '{"write": "service:grand", "fake": "rules"}'
    assert named_for(Task.WRITE, routes) == "grand"
    assert policy_of(Task.WRITE, "only_here", routes) is Policy.ONLY_HERE
    assert named_for(Task.FAKE, routes) == ""
    assert policy_of(Task.FAKE, "only_here", routes) is Policy.RULES


def test_a_question_that_does_not_fit_goes_elsewhere() -> None:
    long = "word " * 8_000
    assert [place.plugin for place in in_order(Policy.HERE_FIRST, PLACES, long, 1_000)] == ["grand"]


def test_prices_are_in_millionths_and_rounded_up() -> None:
    assert price_of(STRONG, 1_000, 100) == 3_000 + 1_500
    assert price_of(CHEAP, 1, 1) == 1
    assert price_of(LOCAL, 10**6, 10**6) == 0
    assert price_of(NO_PRICE, 1, 1) is None


@given(st.text(max_size=400))
def test_the_estimate_is_an_upper_bound_for_words_of_people(text: str) -> None:
    assert tokens_of(text) >= len(text.split())


@pytest.mark.parametrize(
    ("routes", "policy"),
    [
        ("", Policy.HERE_FIRST),
        ('{"summary": "best"}', Policy.BEST),
        ('{"wish": "best"}', Policy.HERE_FIRST),
        ('{"summary": "nonsense"}', Policy.HERE_FIRST),
        ("[1, 2", Policy.HERE_FIRST),
        ("[]", Policy.HERE_FIRST),
    ],
)
def test_each_task_may_go_its_own_way(routes: str, policy: Policy) -> None:
    assert policy_of(Task.SUMMARY, "here_first", routes) is policy


def test_a_model_is_known_by_its_service_too() -> None:
    model = TextModel("m", "M")
    assert Place("a", model).mark != Place("b", model).mark
