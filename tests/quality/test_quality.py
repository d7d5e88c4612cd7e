"""Rules alone are as good as `docs/quality.md` says, and every set can be put to a model."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.api.thinking import TextModel, TextQuestion
from app.domain.intelligence import Policy
from app.infra.database.engine import Database
from app.services.intelligence.asking import Asker
from app.services.intelligence.store import AnswerStore
from tests.fakes.thinking import CountingPurse, ScriptedHere, ScriptedServices
from tests.quality.judging import judged, rules

DOCUMENT = Path(__file__).parents[2] / "docs" / "quality.md"


def told() -> dict[str, float]:
    """The scores of rules alone in the document: rows of ``| task | score | …``."""
    rows = re.findall(r"^\| ([^|]+?) \| (0\.\d\d|1\.00) \|", DOCUMENT.read_text(), re.MULTILINE)
    return {name: float(score) for name, score in rows}


def test_rules_alone_are_as_good_as_is_said() -> None:
    page, scores = told(), rules()
    assert {name: round(score, 2) for name, score in scores.items()} == {
        name: page.get(name) for name in scores
    }


@pytest.fixture
async def asker(tmp_path: Path) -> AsyncIterator[Asker]:
    here = ScriptedHere()
    here.model = TextModel("test", "Test", 32_000, 50, 0.0, 0.0)
    here.words = lambda question: least(question)
    database = Database(tmp_path / "station.db")
    await database.open()
    yield Asker(
        ScriptedServices(),
        here,
        CountingPurse(),
        AnswerStore(database),
        lambda _: Policy.HERE_FIRST,
    )
    await database.close()


def least(question: TextQuestion) -> object:
    """The smallest answer of the asked form: what a model that knows nothing may write."""
    assert question.schema is not None
    return _least(dict(question.schema))


def _least(schema: dict[str, object]) -> object:
    match schema:
        case {"enum": [first, *_]}:
            return first
        case {"type": "object", "properties": dict(parts)}:
            return {name: _least(part) for name, part in parts.items()}
        case {"type": "array", "items": dict(of)}:
            return [_least(of)] * int(str(schema.get("minItems", 0)))
        case {"type": "integer"}:
            return schema.get("minimum", 0)
        case _:
            return ""


async def test_a_model_that_knows_nothing_spoils_little(asker: Asker) -> None:
    """What it leaves open is left to rules: no task falls far below them."""
    alone, with_it = rules(), await judged(asker)
    assert with_it.keys() == alone.keys()
    for name in ("same title", "fakes and recordings", "recommendations", "wish in free words"):
        assert with_it[name] >= alone[name] - 0.01, name
