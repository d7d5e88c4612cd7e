"""One post on its way: it goes out once, whatever happens, and says honestly how it stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from app.domain.errors import Refused
from app.domain.post import Post
from app.domain.post import PostState as S
from app.services.publishing.sending import BACK_OFF, FIND_WAITS, MOST_TRIES
from app.services.publishing.store import PostStore
from app.services.publishing.tables import IntentState
from app.services.publishing.telling import ASKING
from tests.fakes.platforms import Fault
from tests.fakes.posting import TOKEN, Board, HandClock, Newsroom

Room = tuple[Newsroom, Board]
PUBLISH = "POST /v1/uploads/.*/publish"


async def test_a_post_goes_out_once_with_all_that_belongs_to_it(room: Room) -> None:
    station, board = room
    board.works = 2
    account = await station.add("blackboard", key=TOKEN)
    post = await station.plan(account)
    done = await station.until(post.id, S.DONE)
    assert [one["key"] for one in board.posts] == [post.id]
    assert board.posts[0]["content"] == Path(post.attached.video.decode()).read_bytes()
    assert board.finished == ["p1"]
    assert (done.remote, done.url) == ("p1", "https://blackboard.example/p1")
    assert done.ended > 0
    states = [one.state for one in station.told if one.id == post.id]
    assert states[0] is S.DRAFT
    assert {S.PLANNED, S.SENDING, S.WORKING} <= set(states)
    assert [one.args["title"] for one in station.noticed("notices.post_out")] == ["A lighthouse"]
    fractions = [one.fraction for one in station.told if one.state is S.SENDING and one.fraction]
    assert fractions == sorted(fractions)


async def test_the_answer_to_the_commit_is_lost(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    board.trouble.append(Fault("late", PUBLISH))
    post = await station.plan(account)
    await station.until(post.id, S.DONE)
    assert len(board.posts) == 1
    assert len(board.asked("GET /v1/posts")) == 1
    assert len(board.asked(PUBLISH)) == 1


async def test_a_commit_that_never_arrived_is_made_again(still: Room) -> None:
    station, board = still
    account = await station.add("blackboard", key=TOKEN, finish=False)
    board.wait = 0.0
    board.trouble.append(Fault("cut", PUBLISH))
    post = await station.plan(account)
    waits = await station.until(post.id, S.PLANNED, where=lambda one: one.tries == 1)
    assert waits.reason == "errors.server_offline"
    assert board.posts == []
    _move(station, BACK_OFF[0])
    await station.until(post.id, S.DONE)
    assert len(board.posts) == 1
    assert len(board.asked("POST /v1/uploads$")) == 1, "what was sent was sent again"


async def test_a_platform_that_cannot_tell(still: Room) -> None:
    station, board = still
    account = await station.add("blackboard", key=TOKEN, finish=False, tells=False)
    board.trouble.append(Fault("late", PUBLISH))
    post = await station.plan(account)
    for number, wait in enumerate(FIND_WAITS, 1):
        await station.finds(post.id, number)
        found = await station.until(post.id, S.UNCONFIRMED)
        assert found.reason == ASKING
        _move(station, wait)
    found = await station.until(post.id, S.UNCONFIRMED, where=lambda one: one.reason != ASKING)
    assert found.reason == "errors.post_unconfirmed"
    assert len(station.noticed("notices.post_unconfirmed")) == 1
    assert len(board.posts) == 1
    with pytest.raises(Refused):
        await station.service.cancel(post.id)
    await station.service.answer(post.id, is_out=True, url=" https://blackboard.example/x ")
    done = await station.until(post.id, S.DONE)
    assert done.url == "https://blackboard.example/x"
    assert len(board.posts) == 1


async def test_the_owner_says_that_it_is_not_out(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN, finish=False, tells=False)
    board.trouble.append(Fault("cut", PUBLISH))
    post = await station.plan(account)
    await station.until(post.id, S.UNCONFIRMED)
    await station.service.answer(post.id, is_out=False)
    await station.until(post.id, S.DONE)
    assert len(board.posts) == 1


async def test_signed_out_it_waits_and_goes_on(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key="another")
    post = await station.plan(account)
    held = await station.until(post.id, S.HELD)
    assert held.reason == "errors.post_sign_in"
    assert len(station.noticed("notices.post_held")) == 1
    await station.plugins.set_option(account, "key", TOKEN)
    await station.until(post.id, S.DONE)
    assert len(board.posts) == 1


async def test_signed_out_at_the_commit(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    board.trouble.append(Fault(where=PUBLISH, status=401, body={}))
    post = await station.plan(account)
    await station.until(post.id, S.HELD)
    assert await PostStore(station.database).intent(post.id) is not None
    await station.plugins.set_option(account, "key", TOKEN)
    await station.until(post.id, S.DONE)
    assert len(board.posts) == 1


async def test_refused_it_has_failed_and_is_tried_again_when_it_is_asked_for(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    board.trouble.append(Fault(where=PUBLISH, status=422, body={}))
    post = await station.plan(account)
    failed = await station.until(post.id, S.FAILED)
    assert failed.reason == "errors.server_refused"
    assert failed.ended > 0
    assert (await PostStore(station.database).intent(post.id)).state is IntentState.ABSENT
    await station.service.again(post.id)
    await station.until(post.id, S.DONE)
    assert len(board.posts) == 1
    assert len(board.uploads) == 1


async def test_a_platform_that_stays_away_is_tried_so_often_and_then_it_failed(still: Room) -> None:
    station, board = still
    account = await station.add("blackboard", key=TOKEN, finish=False)
    board.trouble += [Fault(where="PUT", status=500) for _ in range(MOST_TRIES + 1)]
    post = await station.plan(account)
    for number, wait in enumerate(BACK_OFF, 1):
        await station.until(post.id, S.PLANNED, where=partial(_tried, number))
        _move(station, wait)
    failed = await station.until(post.id, S.FAILED)
    assert failed.reason == "errors.server_busy"
    assert board.trouble == []
    board.wait = 0.0
    await station.service.again(post.id)
    await station.until(post.id, S.DONE)
    assert len(board.uploads) == 1, "what was kept was thrown away"


async def test_a_platform_that_wants_to_be_left_alone(still: Room) -> None:
    station, board = still
    account = await station.add("blackboard", key=TOKEN, finish=False)
    board.trouble.append(Fault(where="PUT", status=429, headers={"Retry-After": "900"}))
    post = await station.plan(account)
    await station.until(post.id, S.PLANNED, where=lambda one: one.tries == 1)
    asked = len(board.seen)
    assert isinstance(station.clock, HandClock)
    await station.clock.settled(899)
    assert (await station.service.post(post.id)).tries == 1
    assert len(board.seen) == asked
    board.trouble.clear()


async def test_a_file_that_is_another_now_is_not_sent(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    await station.service.pause(paused=True)
    post = await station.plan(account)
    film = Path(post.attached.video.decode())
    content = film.read_bytes()
    film.write_bytes(content[:-1] + b"!")
    await station.service.pause(paused=False)
    held = await station.until(post.id, S.HELD)
    assert held.reason == "errors.post_file_changed"
    assert held.reason_args == {"name": film.name}
    assert board.seen == []
    await station.service.again(post.id)  # he has seen it
    await station.until(post.id, S.DONE)
    assert board.posts[0]["content"] == film.read_bytes()


async def test_a_disk_that_is_plugged_in_again(still: Room) -> None:
    station, board = still
    account = await station.add("blackboard", key=TOKEN, finish=False)
    board.wait = 0.0
    await station.service.pause(paused=True)
    post = await station.plan(account)
    film = Path(post.attached.video.decode())
    away = film.rename(film.with_name("away"))
    await station.service.pause(paused=False)
    assert (await station.until(post.id, S.HELD)).reason == "errors.post_file_gone"
    away.rename(film)
    _move(station, 300)
    await station.until(post.id, S.DONE)


async def test_a_platform_that_works_for_ever(still: Room) -> None:
    station, board = still
    account = await station.add("blackboard", key=TOKEN)
    board.works, board.wait = 1_000_000, 500.0
    post = await station.plan(account)
    for number in range(1, 5):
        await station.until(post.id, S.WORKING, where=partial(_looked, board, number))
        _move(station, 500)
    failed = await station.until(post.id, S.FAILED)
    assert failed.reason == "errors.post_processing_long"
    assert board.posts == []


async def test_an_upload_the_platform_has_forgotten_begins_anew(room: Room) -> None:
    station, board = room
    board.works = 2
    account = await station.add("blackboard", key=TOKEN)
    post = await station.plan(account)
    await station.until(post.id, S.WORKING)
    board.uploads.pop("u1", None)
    await station.until(post.id, S.DONE)
    assert len(board.posts) == 1


async def test_an_account_that_is_switched_off_and_on(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    await station.service.pause(paused=True)
    post = await station.plan(account)
    await station.plugins.disable(account)
    await station.service.pause(paused=False)
    assert (await station.until(post.id, S.HELD)).reason == "errors.plugin_off"
    await station.plugins.enable(account)
    await station.until(post.id, S.DONE)
    assert len(board.posts) == 1


async def test_an_account_that_is_removed_and_restored(room: Room) -> None:
    station, _board = room
    account = await station.add("blackboard", key=TOKEN)
    await station.service.pause(paused=True)
    post = await station.plan(account)
    await station.plugins.instances.remove(account)
    await station.service.pause(paused=False)
    assert (await station.until(post.id, S.HELD)).reason == "errors.plugin_unknown"
    await station.plugins.instances.restore(account)
    await station.until(post.id, S.DONE)


async def test_what_belongs_to_it_is_refused_once_it_is_out(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    board.trouble.append(Fault(where="POST /v1/posts/.*/finish", status=422, body={}))
    post = await station.plan(account)
    done = await station.until(post.id, S.DONE)
    assert done.reason == "errors.server_refused"
    assert len(board.posts) == 1


async def test_what_had_been_out_and_is_not_any_more(room: Room) -> None:
    station, board = room
    account = await station.add("blackboard", key=TOKEN)
    board.trouble.append(Fault(where="POST /v1/posts/.*/finish", status=422, body={}))
    board.watch = _take_down(board)
    post = await station.plan(account)
    failed = await station.until(post.id, S.FAILED)
    assert failed.reason == "errors.server_refused"
    board.watch = None
    another = await station.service.again(post.id)
    assert another.id != post.id
    await station.until(another.id, S.DONE)
    assert [one["key"] for one in board.posts] == [another.id]
    assert (await station.service.post(post.id)).state is S.FAILED


def _take_down(board: Board) -> Callable[[str, int], Awaitable[None]]:
    async def watch(moment: str, number: int) -> None:
        if moment == "asked" and board.seen[number - 1].path.endswith("/finish"):
            board.posts.clear()

    return watch


def _move(station: Newsroom, seconds: float) -> None:
    assert isinstance(station.clock, HandClock)
    station.clock.move(seconds)


def _tried(times: int, post: Post) -> bool:
    return post.tries == times


def _looked(board: Board, times: int, _post: Post) -> bool:
    return len(board.asked("GET /v1/uploads")) >= times
