"""`/studio` over the real Studio with small hands: a yes first, then step by step to the file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.budget import Limit, Limits, Span
from app.domain.errors import Refused
from app.domain.project import Brief, ProjectState
from app.domain.studio import Makers
from app.infra.database.engine import Database
from app.services.remote.commands import projects
from app.services.remote.commands.sheet import Sheets
from app.services.remote.commands.studio import StudioCommand
from tests.fakes.remote import FakeTalk
from tests.unit.services.remote.commands.conftest import HOSTILE, QUICK, going, until
from tests.unit.services.studio.workshop import Diary, Workshop

TOPIC = "Why time runs slower in your kitchen"


@pytest.fixture
async def shop(database: Database, tmp_path: Path) -> AsyncIterator[Workshop]:
    made = Workshop(database, tmp_path / "studio", Diary())
    await made.jobs.start()
    yield made
    await made.jobs.stop()
    await made.budget.close()


def command(shop: Workshop) -> StudioCommand:
    return StudioCommand(shop.studio, shop.budget, shop.bus, Sheets(QUICK))


async def test_a_video_is_made_after_a_yes_and_sent(shop: Workshop) -> None:
    talk = FakeTalk()
    await command(shop).run(talk, TOPIC)
    assert "Shall I make this video?" in talk.last.text
    assert TOPIC in talk.last.text
    assert "about 60 s" not in talk.last.text
    assert "1 min · 9:16 · English" in talk.last.text
    assert "It costs nothing" in talk.last.text
    assert await shop.studio.list() == []
    await talk.press("30 s")
    assert "about 30 s" in talk.last.text
    await talk.press("16:9")
    assert "16:9" in talk.last.text
    await talk.press("Make it", talk.said[0])
    followed, sent = talk.said
    texts = "\n".join(followed.texts)
    assert "▶ Script" in texts or "✓ Script" in texts
    assert "done" in followed.text
    assert sent.file is not None
    assert sent.file.read_bytes().startswith(b"made video")
    (card,) = await shop.studio.list()
    brief = (await shop.studio.view(card.id)).brief
    assert (brief.topic, brief.seconds, brief.shape.value) == (TOPIC, 30, "16:9")


async def test_a_no_makes_nothing(shop: Workshop) -> None:
    talk = FakeTalk(language="fr")
    await command(shop).run(talk, TOPIC)
    assert "Elle ne coûte rien" in talk.last.text
    assert "français" in talk.last.text
    await talk.press("Non")
    assert "rien n’est créé" in talk.last.text
    assert await shop.studio.list() == []


async def test_it_is_paused_and_gone_on_with(shop: Workshop) -> None:
    shop.hands.pause = 0.05
    talk = FakeTalk()
    project = await shop.studio.create(Brief(topic=TOPIC, seconds=20), start=False)
    await command(shop).run(talk, "")
    assert f"1. {TOPIC}" in talk.last.text
    assert "not begun" in talk.last.text
    await talk.press("1")
    async with going(talk.press("Go on")):
        await until(lambda: "being made" in talk.last.text)
        await talk.press("Pause")
        assert (await shop.studio.view(project)).card.state is ProjectState.PAUSED
        assert "paused" in talk.last.text
        shop.hands.pause = 0.0
        await talk.press("Go on")
    assert talk.last.file is not None
    await talk.press("Back", talk.said[0])
    assert "done" in talk.said[0].text


async def test_a_step_that_fails_says_so(shop: Workshop) -> None:
    refused = {"task": "script", "service": "x"}
    shop.hands.broken["render"] = Refused("errors.budget_spent", **refused)
    talk = FakeTalk()
    await command(shop).run(talk, TOPIC)
    await talk.press("Make it")
    assert "✗ Montage" in talk.last.text
    assert "failed" in talk.last.text
    assert talk.last.file is None
    assert talk.last.button("Go on")


async def test_the_price_and_what_is_left_are_told_first(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def makers(_brief: Brief) -> Makers:
        return Makers((), (), 420_000)

    monkeypatch.setattr(shop.studio, "makers", makers)
    shop.limits = Limits((Limit(Span.MONTH, 10_000_000),), "EUR")
    talk = FakeTalk()
    await command(shop).run(talk, TOPIC)
    assert "It costs about 0.42 USD." in talk.last.text
    assert "10.00 EUR of 10.00 EUR left this month" in talk.last.text


async def test_a_file_that_is_too_large_or_gone(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await shop.made(Brief(topic=TOPIC, seconds=20))
    video = Path((await shop.studio.view(project)).video)
    talk = FakeTalk()
    await command(shop).run(talk, "")
    await talk.press("1")
    monkeypatch.setattr(projects, "LARGEST", 10)
    await talk.press("Send me the video")
    assert "too large to be sent" in talk.last.text
    assert talk.last.file != video
    video.unlink()
    await talk.press("Send me the video", talk.said[0])
    assert "not there any more" in talk.last.text


async def test_hostile_and_empty_topics(shop: Workshop) -> None:
    talk = FakeTalk()
    await command(shop).run(talk, HOSTILE)
    assert len(talk.last.text) < 1000
    await talk.press("Make it")
    assert await shop.studio.list() == []  # it is too long for a topic
    await command(shop).run(talk, "")
    assert "There is no video yet" in talk.last.text


async def test_many_projects_are_a_short_list(shop: Workshop) -> None:
    for number in range(10):
        await shop.studio.create(Brief(topic=f"{TOPIC} {number}"), start=False)
    talk = FakeTalk(language="fr")
    await command(shop).run(talk, "")
    assert "… et encore 2" in talk.last.text
    assert [one.text for one in talk.last.buttons] == [str(at) for at in range(1, 9)]
