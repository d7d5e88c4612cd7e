"""How well likeness is told on a set of our own: by rules alone, and by vectors."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.infra.embedding.place import find_model
from tests.fakes.meaning import World, open_world
from tests.quality.likeness_films import FILMS, NEIGHBOURS, WISHES

LOOKED_AT = 3


async def _neighbours(world: World) -> float:
    """The part of those named by a person that is among the first three."""
    parts = []
    for title, wanted in NEIGHBOURS.items():
        made = await world.meaning.like(world.number(title), LOOKED_AT)
        found = set(world.titles([each.item for each in made.value]))
        parts.append(len(found & set(wanted)) / min(LOOKED_AT, len(wanted)))
    return sum(parts) / len(parts)


async def _wishes(world: World) -> float:
    """The part of the wishes of which one that fits is among the first three."""
    right = 0
    for text, wanted in WISHES:
        made = await world.meaning.search(text, LOOKED_AT)
        found = world.titles([each.item for each in made.value])
        right += not set(found).isdisjoint(wanted)
    return right / len(WISHES)


@pytest.mark.parametrize(
    ("model", "likeness", "wishes"),
    [
        pytest.param(False, 0.45, 0.55, id="rules"),
        pytest.param(
            True, 0.62, 0.90, id="vectors",
            marks=pytest.mark.skipif(find_model() is None, reason="the model is not installed"),
        ),
    ],
)  # fmt: skip
async def test_likeness(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], model: bool, likeness: float, wishes: float
) -> None:
    async with open_world(tmp_path, FILMS, model=model) as world:
        found, answered = await _neighbours(world), await _wishes(world)
    with capsys.disabled():
        print(f"\nlikeness: neighbours {found:.2f}, wishes {answered:.2f}, model: {model}")  # noqa: T201 - the score is what this is run for
    assert found >= likeness
    assert answered >= wishes
