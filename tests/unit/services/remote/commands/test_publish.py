"""`/publish` over real publishing: nothing goes out, or is called off, without a clear yes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import Refused
from app.domain.post import Post, PostState, Words
from app.domain.settings_sections import Remote
from app.infra.paths import Paths
from app.services.publishing.accounts import AccountDesk
from app.services.remote.commands.publish import PublishCommand
from app.services.remote.commands.sheet import Sheets
from tests.fakes.posting import TOKEN, Board, HandClock, Newsroom, newsroom
from tests.fakes.remote import FakeTalk
from tests.unit.services.remote.commands.conftest import HOSTILE, QUICK, going, until


class Office:
    """A newsroom whose posts wait for a yes, and the command."""

    def __init__(self, room: Newsroom, board: Board, clock: HandClock) -> None:
        self.room, self.board, self.clock = room, board, clock
        self.remote = Remote()
        desk = AccountDesk(room.plugins, room.service.channels, room.bus)
        self.command = PublishCommand(
            room.service, desk, room.bus, lambda: self.remote, Sheets(QUICK), clock.now
        )

    async def asks(self, **more: Any) -> Post:
        account = await self.room.add("blackboard", key=TOKEN)
        post = await self.room.plan(account, **more)
        return await self.room.until(post.id, PostState.ASKING)

    async def state(self, post: Post) -> PostState:
        return (await self.room.service.post(post.id)).state

    async def shown(self, language: str = "en") -> FakeTalk:
        talk = FakeTalk(language=language)
        await self.command.run(talk, "")
        return talk


@pytest.fixture
async def office(paths: Paths, tmp_path: Path) -> AsyncIterator[Office]:
    clock = HandClock()
    async with newsroom(paths, tmp_path / "board", clock) as (room, board):
        await room.settings.set("publishing", "approve_all", True)
        yield Office(room, board, clock)


async def test_a_post_is_read_and_approved(office: Office) -> None:
    post = await office.asks()
    talk = await office.shown()
    assert "1 post waits for your yes" in talk.last.text
    assert "1. A lighthouse" in talk.last.text
    assert "Mine · as soon as you say yes" in talk.last.text
    await talk.press("1")
    assert "In fog." in talk.last.text
    assert "#sea" in talk.last.text
    assert await office.state(post) is PostState.ASKING
    async with going(talk.press("Approve")):
        await office.room.until(post.id, PostState.DONE)
        await until(lambda: "it is out" in talk.last.text)
    assert [one["key"] for one in office.board.posts] == [post.id]


async def test_a_post_is_declined_only_after_a_second_yes(office: Office) -> None:
    post = await office.asks()
    talk = await office.shown("fr")
    await talk.press("1")
    await talk.press("Refuser")
    assert await office.state(post) is PostState.ASKING
    await talk.press("Non")
    await talk.press("Refuser")
    await talk.press("Oui, refuser")
    assert await office.state(post) is PostState.CANCELLED
    await talk.press("Annuler")
    assert await office.state(post) is PostState.ASKING
    assert talk.last.button("Approuver")


async def test_a_post_gets_another_time(office: Office) -> None:
    post = await office.asks()
    talk = await office.shown()
    await talk.press("1")
    await talk.press("Later")
    names = [one.text for one in talk.last.buttons]
    assert names[0] == "As soon as it may"
    assert len(set(names)) == len(names) == 6
    chosen = names[2]
    await talk.press(chosen)
    moved = await office.room.service.post(post.id)
    assert moved.state is PostState.ASKING
    assert moved.at > office.clock.now()
    assert chosen in talk.last.text
    await talk.press("Back")
    assert chosen in talk.last.text


async def test_the_owner_may_keep_it_from_phones(office: Office) -> None:
    post = await office.asks()
    talk = await office.shown()
    await talk.press("1")
    office.remote = Remote(publish=False)
    with pytest.raises(Refused):
        await talk.press("Approve")  # the button is older than his word
    assert await office.state(post) is PostState.ASKING
    refused = await office.shown()
    assert "is off" in refused.last.text
    assert refused.last.buttons == []


async def test_its_video_can_be_looked_at(office: Office) -> None:
    post = await office.asks()
    talk = await office.shown()
    await talk.press("1")
    await talk.press("See it")
    assert talk.last.file == Path(post.attached.video.decode())
    Path(post.attached.video.decode()).unlink()
    await talk.press("See it", talk.said[0])
    assert "no file" in talk.last.text


async def test_hostile_words_are_plain(office: Office) -> None:
    words = Words(HOSTILE.replace("\ud800", "")[:200], "x\n" * 2000, ("<b>",) * 20)
    await office.asks(words=words)
    talk = await office.shown()
    await talk.press("1")
    assert len(talk.last.text) < 4000
    assert "\u202e" not in talk.last.text


async def test_nothing_waits(office: Office) -> None:
    assert "No post waits" in (await office.shown()).last.text
