"""Who would answer each task now, and who after: the same order in which they are asked."""

from __future__ import annotations

import pytest

from app.api.thinking import SpeechModel
from app.domain.errors import Unavailable
from app.domain.intelligence import Answerer, Chain, Policy, Task
from app.services.intelligence.chains import chains
from app.services.intelligence.hearing import Hearer
from app.services.intelligence.prompt import Prompt
from tests.unit.services.intelligence.conftest import CHEAP, LOCAL, STRONG, Mind

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
NAMES = {"mini": "Mini & Co", "grand": "Grand"}


@pytest.fixture
def full(mind: Mind) -> Mind:
    mind.here.model = LOCAL
    mind.services.add("mini", lambda _question: {"a": "mini"}, CHEAP)
    mind.services.add("grand", lambda _question: {"a": "grand"}, STRONG)
    mind.services.ears = {"grand": (SpeechModel("ear", "Ear", 0.006),)}
    mind.asker.called = lambda plugin: NAMES[plugin]
    return mind


async def told(mind: Mind) -> dict[Task, Chain]:
    return {one.task: one for one in await chains(mind.asker, Hearer(mind.asker))}


async def test_every_task_has_its_chain_with_names(full: Mind) -> None:
    found = await told(full)
    assert list(found) == list(Task)
    here, mini = Answerer("Qwen 3B"), Answerer("Mini", "Mini & Co")
    assert found[Task.SUMMARY].answerers == (here, mini, Answerer("Grand", "Grand"))
    assert found[Task.SUMMARY].services == (("grand", "Grand"), ("mini", "Mini & Co"))
    assert found[Task.HEAR].answerers == (Answerer("Ear", "Grand"),)
    assert found[Task.HEAR].services == (("grand", "Grand"),)


async def test_a_named_service_stands_first_and_is_asked_first(full: Mind) -> None:
    full.asker.named = lambda task: "grand" if task is Task.WRITE else ""
    found = await told(full)
    assert [one.model for one in found[Task.WRITE].answerers] == ["Grand", "Qwen 3B", "Mini"]
    assert found[Task.FAKE].answerers[0].model == "Qwen 3B"
    made = await full.asker.ask(Prompt(Task.WRITE, "", "x", SCHEMA))
    assert made is not None
    assert made.by == "Grand"


async def test_one_that_failed_rests(full: Mind) -> None:
    full.here.words = lambda _question: Unavailable("errors.model_crashed", name="Qwen")
    made = await full.asker.ask(Prompt(Task.WRITE, "", "x", SCHEMA))
    assert made is not None
    assert made.by == "Mini"
    assert (await told(full))[Task.WRITE].answerers[0] == Answerer("Qwen 3B", "", rests=True)
    full.asker.forget_models()
    assert not (await told(full))[Task.WRITE].answerers[0].rests


async def test_rules_only_ask_nobody(full: Mind) -> None:
    full.policy = Policy.RULES
    assert all(not chain.answerers for chain in (await told(full)).values())
