"""Who thought, how long it took and whether it went well is told; so is what was kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.domain.errors import Refused, Unavailable
from app.domain.events import CacheAsked, ModelAnswered
from app.domain.intelligence import Policy, Task
from app.services.intelligence.hearing import Hearer
from tests.unit.services.intelligence.conftest import CHEAP, LOCAL, Mind
from tests.unit.services.intelligence.test_asking import GOOD, PROMPT
from tests.unit.services.intelligence.test_hearing import FREE, SOUND, Here

Told = list[CacheAsked | ModelAnswered]


@pytest.fixture
def told(mind: Mind) -> Told:
    heard: Told = []
    mind.asker.tell = heard.append
    return heard


def answers(told: Told) -> list[tuple[str, str, bool]]:
    return [(one.task, one.by, one.ok) for one in told if isinstance(one, ModelAnswered)]


async def test_one_that_answers_and_then_what_is_kept(mind: Mind, told: Told) -> None:
    mind.here.model, mind.here.words = LOCAL, lambda _question: GOOD
    await mind.asker.ask(PROMPT)
    assert told[0] == CacheAsked("answers", hit=False)
    assert answers(told) == [("summary", "here", True)]
    await mind.asker.ask(PROMPT)
    assert told[2:] == [CacheAsked("answers", hit=True)]
    await mind.asker.ask(replace(PROMPT, keep=False))
    assert len(told) == 4  # what is not kept is not looked for


async def test_one_that_fails_and_the_next(mind: Mind, told: Told) -> None:
    mind.here.model = LOCAL
    mind.here.words = lambda _question: Unavailable("errors.model_crashed")
    mind.services.add("mini", lambda _question: GOOD, CHEAP)
    await mind.asker.ask(PROMPT)
    assert answers(told) == [("summary", "here", False), ("summary", "mini", True)]


@pytest.mark.parametrize("policy", [Policy.RULES, Policy.HERE_FIRST])
async def test_rules_answer_where_nobody_does(mind: Mind, told: Told, policy: Policy) -> None:
    mind.policy = policy
    assert await mind.asker.ask(PROMPT) is None
    assert told == [ModelAnswered("summary", "rules", 0.0, ok=True)]


async def test_what_the_budget_does_not_allow_was_not_asked(mind: Mind, told: Told) -> None:
    mind.services.add("mini", lambda _question: GOOD, CHEAP)
    mind.purse.refusal = Refused("errors.budget_spent")
    await mind.asker.ask(PROMPT)
    assert answers(told) == [("summary", "rules", True)]


async def test_the_time_is_that_of_the_answer(mind: Mind, told: Told) -> None:
    async def slowly(_question: object) -> dict[str, object]:
        await asyncio.sleep(0.05)
        return dict(GOOD)

    mind.here.model, mind.here.words = LOCAL, slowly
    await mind.asker.ask(replace(PROMPT, task=Task.WRITE))
    (event,) = [one for one in told if isinstance(one, ModelAnswered)]
    assert event.task == "write"
    assert event.seconds >= 0.05


async def test_what_hears_is_told_too(mind: Mind, told: Told) -> None:
    ear = Here()
    await Hearer(mind.asker, ear).hear(SOUND)
    ear.broken = True
    mind.services.ears = {"own": (FREE,)}
    await Hearer(mind.asker, ear).hear(SOUND)
    assert answers(told) == [
        ("hear", "here", True), ("hear", "here", False), ("hear", "own", True),
    ]  # fmt: skip
