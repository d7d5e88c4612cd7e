"""What is due goes out: in its time, in its limits, after the owner's yes, and after a restart."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.domain.errors import Refused
from app.domain.post import AccountId, BundleId, Channel, ChannelId, Manner, Post, PostId, Words
from app.domain.post import PostState as S
from app.infra.paths import Paths
from app.services.publishing import pace
from app.services.publishing.store import Slot
from tests.fakes.platforms import Fault
from tests.fakes.posting import TOKEN, Board, HandClock, Newsroom, newsroom

Room = tuple[Newsroom, Board]
NOON = datetime.fromisoformat("2026-03-10T12:00").timestamp()


async def _accounts(station: Newsroom, count: int) -> list[AccountId]:
    return [await station.add("blackboard", key=TOKEN, finish=False) for _ in range(count)]


async def _all_done(station: Newsroom, *posts: Post) -> list[Post]:
    return [await station.until(one.id, S.DONE) for one in posts]


async def test_it_goes_out_at_its_time_and_not_before(still: Room) -> None:
    station, board = still
    board.wait = 0.0
    clock = station.clock
    [account] = await _accounts(station, 1)
    later = await station.plan(account, at=clock.now() + 3600)
    sooner = await station.plan(account, at=clock.now() + 1800)
    await clock.settled(1799)
    assert board.seen == []
    clock.move(2)
    await station.until(sooner.id, S.DONE)
    assert (await station.service.post(later.id)).state is S.PLANNED
    clock.move(1800)
    await station.until(later.id, S.DONE)
    assert [one["key"] for one in board.posts] == [sooner.id, later.id]


async def test_a_clock_that_is_set_forward_and_back(still: Room) -> None:
    station, board = still
    clock = station.clock
    [account] = await _accounts(station, 1)
    board.trouble.append(Fault(where="PUT", status=500))
    post = await station.plan(account, at=clock.now() + 7 * 86_400)
    clock.move(30 * 86_400)  # a dead battery was replaced: it is due at once
    await station.until(post.id, S.PLANNED, where=lambda one: one.tries == 1)
    clock.move(-30 * 86_400)  # set right: the next try is not a month away
    await station.until(post.id, S.DONE)
    assert len(board.posts) == 1


async def test_what_was_missed_goes_out_at_the_start_oldest_first(
    paths: Paths, tmp_path: Path
) -> None:
    clock = HandClock()
    async with newsroom(paths, tmp_path, clock) as (station, board):
        board.wait = 0.0
        [account] = await _accounts(station, 1)
        await station.service.channels.put(Channel(ChannelId(""), "Mine", (account,)))
        posts = [await station.plan(account, at=clock.now() + after) for after in (300, 100, 200)]
        await station.stop()
        clock.time += 86_400
        await station.start()
        await _all_done(station, *posts)
        assert [one["key"] for one in board.posts] == [posts[1].id, posts[2].id, posts[0].id]


async def test_a_restart_in_the_middle_goes_on_where_it_was(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    reached = asyncio.Event()

    async def watch(moment: str, number: int) -> None:
        if moment == "done" and board.seen[number - 1].method == "PUT":
            reached.set()

    board.watch = watch
    post = await station.plan(account)
    await reached.wait()
    await station.again()
    await station.until(post.id, S.DONE)
    assert len(board.posts) == 1
    assert len(board.uploads) == 1, "it began anew"


async def test_one_post_of_an_account_at_once_and_accounts_beside_each_other(room: Room) -> None:
    station, board = room
    first, second = await _accounts(station, 2)
    await station.service.pause(paused=True)
    posts = [await station.plan(first), await station.plan(first), await station.plan(second)]
    await station.service.pause(paused=False)
    await _all_done(station, *posts)
    sending: set[str] = set()
    for told in [one for one in station.told if one.account == first]:
        if told.state is S.SENDING:
            sending.add(told.id)
        else:
            sending.discard(told.id)
        assert len(sending) < 2, "two of one account were sent at once"
    assert len(board.posts) == 3


async def test_so_many_an_hour_in_all(still: Room) -> None:
    station, board = still
    board.wait = 0.0
    await station.settings.set("publishing", "per_hour", 3)
    accounts = await _accounts(station, 5)
    posts = [await station.plan(one) for one in accounts]
    await _all_done(station, *posts[:3])
    assert [(await station.service.post(one.id)).state for one in posts[3:]] == [S.PLANNED] * 2
    await station.clock.settled(3599)
    assert len(board.posts) == 3
    station.clock.move(2)
    await _all_done(station, *posts)
    assert len(board.posts) == 5


async def test_more_an_hour_are_allowed_and_they_go_on(still: Room) -> None:
    station, board = still
    board.wait = 0.0
    await station.settings.set("publishing", "per_hour", 1)
    posts = [await station.plan(one) for one in await _accounts(station, 3)]
    await station.until(posts[0].id, S.DONE)
    await station.settings.set("publishing", "per_hour", 10)
    await _all_done(station, *posts)


async def test_so_many_a_day_for_a_channel(paths: Paths, tmp_path: Path) -> None:
    clock = HandClock(NOON)
    async with newsroom(paths, tmp_path, clock) as (station, board):
        board.wait = 0.0
        accounts = await _accounts(station, 3)
        brand = Channel(ChannelId(""), "Brand", tuple(accounts[:2]), per_day=1)
        made = await station.service.channels.put(brand)
        posts = [await station.plan(one) for one in accounts]
        assert [one.channel for one in posts] == [made.id, made.id, ""]
        await _all_done(station, posts[0], posts[2])
        await clock.settled(11 * 3600)
        assert (await station.service.post(posts[1].id)).state is S.PLANNED
        clock.move(3601)
        await _all_done(station, posts[1])


async def test_paused_it_waits(room: Room) -> None:
    station, board = room
    first, second = await _accounts(station, 2)
    brand = await station.service.channels.put(Channel(ChannelId(""), "Brand", (second,)))
    await station.service.pause(paused=True)
    assert await station.service.paused()
    await station.service.pause(account=first, paused=True)
    await station.service.pause(channel=brand.id, paused=True)
    one, other = await station.plan(first), await station.plan(second)
    await station.service.pause(paused=False)
    assert not await station.service.paused()
    assert board.seen == []
    await station.service.pause(account=first, paused=False)
    await station.until(one.id, S.DONE)
    assert (await station.service.post(other.id)).state is S.PLANNED
    await station.again()  # pauses outlive the station
    assert (await station.service.post(other.id)).state is S.PLANNED
    await station.service.pause(channel=brand.id, paused=False)
    await station.until(other.id, S.DONE)


async def test_paused_in_the_middle_it_stops_before_anybody_sees_it(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    board.works, board.wait = 10_000, 0.01
    post = await station.plan(account)
    await station.until(post.id, S.WORKING)
    await station.service.pause(paused=True)
    await station.until(post.id, S.PLANNED)
    board.works = 0
    assert board.posts == []
    await station.service.pause(paused=False)
    await station.until(post.id, S.DONE)
    assert len(board.uploads) == 1


async def test_nothing_goes_out_before_the_owner_said_yes(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    await station.settings.set("publishing", "approve_all", True)
    post = await station.plan(account)
    assert (await station.service.post(post.id)).state is S.ASKING
    await station.again()
    assert (await station.service.post(post.id)).state is S.ASKING
    assert board.seen == []
    await station.service.approve(post.id)
    await station.until(post.id, S.DONE)
    with pytest.raises(Refused):
        await station.service.approve(post.id)


async def test_a_channel_that_asks(room: Room) -> None:
    station, _board = room
    first, second = await _accounts(station, 2)
    await station.service.channels.put(Channel(ChannelId(""), "Brand", (first,), approve=True))
    asking, free = await station.plan(first), await station.plan(second)
    await station.until(free.id, S.DONE)
    assert (await station.service.post(asking.id)).state is S.ASKING


async def test_cancelled_while_it_is_sent(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    board.works, board.wait = 10_000, 0.01
    post = await station.plan(account)
    await station.until(post.id, S.WORKING)
    await station.service.cancel(post.id)
    other = await station.plan(account)
    await station.until(other.id, S.WORKING)
    board.works = 0
    await station.until(other.id, S.DONE)
    assert [one["key"] for one in board.posts] == [other.id]
    assert (await station.service.post(post.id)).state is S.CANCELLED
    await station.service.restore(post.id)
    await station.until(post.id, S.DONE)
    assert [one["key"] for one in board.posts] == [other.id, post.id]


async def test_cancelled_when_it_is_out_already(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    late: list[BaseException] = []

    async def watch(moment: str, number: int) -> None:
        if moment == "asked" and board.seen[number - 1].path.endswith("/publish"):
            with pytest.raises(Refused) as refused:
                await station.service.cancel(post.id)
            late.append(refused.value)

    board.watch = watch
    post = await station.plan(account)
    await station.until(post.id, S.DONE)
    assert [str(one) for one in late] == ["errors.post_too_late"]


async def test_the_platform_keeps_the_time_itself(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    there = Manner(choices={"publish_there": "yes"})
    post = await station.plan(account, at=4e9, manner=there)
    await station.until(post.id, S.DONE)
    assert [one["at"] for one in board.posts] == [4e9]


# The limits by themselves.


def _slots(*times: float, account: str = "a", channel: str = "") -> list[Slot]:
    return [Slot(one, account, "youtube", channel) for one in times]


def _post(account: str = "a") -> Post:
    return Post(PostId("1"), BundleId("1"), AccountId(account), "youtube", Words("x"))


def test_an_hour_slides() -> None:
    limits = pace.Limits(per_hour=2)
    slots = _slots(NOON - 3700, NOON - 3000, NOON - 10)
    assert pace.free_at(_post(), slots[:2], None, limits, NOON) == NOON
    assert pace.free_at(_post(), slots, None, limits, NOON) == NOON + 600


def test_a_platform_counts_the_last_24_hours_of_an_account() -> None:
    limits = pace.Limits(100, {"youtube": 1})
    slots = _slots(NOON - 80_000)
    assert pace.free_at(_post(), slots, None, limits, NOON) == NOON + 6_400
    assert pace.free_at(_post("b"), slots, None, limits, NOON) == NOON


def test_a_channel_counts_its_day() -> None:
    brand = Channel(ChannelId("c"), "Brand", per_day=1)
    midnight, tomorrow = pace.day_of(NOON)
    assert (midnight, tomorrow) == (NOON - 43_200, NOON + 43_200)
    limits = pace.Limits(100)
    yesterday = _slots(midnight - 60, account="b", channel="c")
    today = _slots(midnight + 60, account="b", channel="c")
    assert pace.free_at(_post(), yesterday, brand, limits, NOON) == NOON
    assert pace.free_at(_post(), today, brand, limits, NOON) == tomorrow
    assert pace.free_at(_post(), today, replace(brand, per_day=0), limits, NOON) == NOON


def test_limits_of_platforms_are_data() -> None:
    assert all(isinstance(most, int) and most > 0 for most in pace.platform_limits().values())
