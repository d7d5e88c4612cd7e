"""The Studio's way out: a finished video goes to accounts once, and its step says how that went."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from app.domain.errors import Refused
from app.domain.post import Channel, ChannelId, PostState
from app.domain.project import Details, ProjectId
from app.outlet import Outlet
from app.services.publishing.tidying import Tidying
from app.services.studio.ports import Finished
from tests.fakes.platforms import Fault, video_file
from tests.fakes.posting import TOKEN, Board, Newsroom

Room = tuple[Newsroom, Board]
KEY = "5" * 32


def finished(station: Newsroom, *accounts: str) -> Finished:
    video = Path(video_file(station.paths.cache).path.decode())
    details = Details("A lighthouse", "In fog.", ("sea",), ())
    return Finished(KEY, ProjectId("p1"), video, None, details, "en", accounts)


def outlet_of(station: Newsroom) -> Outlet:
    outlet = Outlet(station.bus, time.time)
    outlet.open(station.service, None)  # type: ignore[arg-type]  # nothing is tested against each other
    return outlet


async def test_a_video_goes_out_once_however_often_it_is_handed_over(room: Room) -> None:
    station, board = room
    accounts = [await station.add("blackboard", key=TOKEN) for _ in range(2)]
    seen: list[float] = []
    went = await outlet_of(station).publish(finished(station, *accounts), seen.append)
    assert (went.posts, went.out, went.message) == (2, 2, "studio.posts_out")
    assert all(0 <= one <= 1 for one in seen)
    again = await outlet_of(station).publish(finished(station, *accounts), seen.append)
    assert again == went
    assert len(board.posts) == 2
    assert {one.project for one in await station.service.posts(0, time.time() + 60)} == {"p1"}


async def test_a_killed_hand_over_goes_on(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    await station.service.pause(paused=True)
    going = asyncio.create_task(
        outlet_of(station).publish(finished(station, account), lambda _share: None)
    )
    while not await station.service.queue():  # noqa: ASYNC110 - the table tells nobody
        await asyncio.sleep(0.01)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    await station.again()
    await station.service.pause(paused=False)
    went = await outlet_of(station).publish(finished(station, account), lambda _share: None)
    assert (went.out, len(board.posts)) == (1, 1)


async def test_what_waits_for_the_owner_is_said_and_does_not_hold_the_step(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    await station.service.channels.put(Channel(ChannelId(""), "Mine", (account,), approve=True))
    went = await outlet_of(station).publish(finished(station, account), lambda _share: None)
    assert (went.posts, went.out, went.message) == (1, 0, "studio.posts_wait")
    [post] = await station.service.queue()
    assert post.state is PostState.ASKING
    assert board.posts == []


async def test_a_refusal_everywhere_fails_the_step_with_its_reason(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    board.trouble.append(Fault(status=422, body={}))
    with pytest.raises(Refused):
        await outlet_of(station).publish(finished(station, account), lambda _share: None)
    assert board.posts == []


async def test_only_files_of_posts_are_kept(room: Room) -> None:
    station, _board = room
    account = await station.add("blackboard", key=TOKEN)
    post = await station.plan(account, at=time.time() + 3_600)
    kept: list[set[bytes]] = []

    class Variants:
        async def tidy(self, used: object) -> int:
            kept.append(set(used))  # type: ignore[call-overload]  # a collection of paths
            return 3

    class Jobs:
        def register(self, kind: object) -> None:
            """Nothing runs by itself here."""

    tidying = Tidying(Jobs(), station.service, Variants())  # type: ignore[arg-type]  # as above
    assert await tidying.tidy() == 3
    assert kept == [{post.attached.video}]
