"""What `sokoul make` may ask: a video from start to end, told step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import InvalidInput, ToolFailed, Unavailable
from app.domain.project import Shape
from app.services.control_studio import brief_of, make
from tests.unit.services.studio.workshop import Workshop

TOPIC = "Why time runs slower in your kitchen"


async def ask(shop: Workshop, told: list[Any], **args: object) -> Any:
    async def progress(value: object) -> None:
        told.append(value)

    return await make(shop.studio, shop.bus, args, progress)


async def test_it_is_told_step_by_step_and_copied(shop: Workshop, tmp_path: Path) -> None:
    told: list[Any] = []
    out = tmp_path / "out.mp4"
    made = await ask(shop, told, topic=TOPIC, seconds=20, format="1:1", out=str(out))
    assert made["state"] == "done"
    assert made["video"] == str(out)
    assert out.read_bytes().startswith(b"made video")
    assert made["written_by"] == "rules"
    assert {one["step"] for one in told} >= {"script", "voice", "pictures", "montage", "details"}
    shares = [one["progress"] for one in told]
    assert shares[-1] == 1.0
    assert all(0.0 <= share <= 1.0 for share in shares)


async def test_a_failure_names_its_step_and_why(shop: Workshop) -> None:
    shop.hands.broken["render"] = Unavailable("errors.studio_disk", reason="full")
    with pytest.raises(ToolFailed) as failed:
        await ask(shop, [], topic=TOPIC, seconds=20)
    assert failed.value.key == "errors.studio_failed"
    assert failed.value.args_map["step"] == "montage"


@pytest.mark.parametrize(
    "args",
    [{"topic": 3}, {"topic": "x", "format": "2:1"}, {"topic": "x", "seconds": "long"}, {}],
)
async def test_nonsense_is_refused(shop: Workshop, args: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        await ask(shop, [], **args)
    assert await shop.studio.list() == []


async def test_a_place_that_is_no_path_is_refused_before_anything_is_made(shop: Workshop) -> None:
    with pytest.raises(InvalidInput):
        await ask(shop, [], topic=TOPIC, out="somewhere/else.mp4")
    assert await shop.studio.list() == []


def test_a_brief_is_what_was_typed() -> None:
    brief = brief_of({"topic": TOPIC, "language": "fr", "format": "16:9", "seconds": 90})
    assert (brief.shape, brief.language, brief.seconds) == (Shape.WIDE, "fr", 90)
