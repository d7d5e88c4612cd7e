"""What waits for a screen: kept over restarts, taken in its order, and nothing in it harms."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from app.api.casting import CastOrder, CastState
from app.domain.casting import Castable, CastStage
from app.domain.errors import AppError, InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.media import ItemId
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.services.casting import service
from app.services.casting.running import FRESH, MOST
from tests.unit.services.casting.conftest import FILM, NEXT, SERIAL, THIRD, TV, Room, Shelf

ONE, TWO, THREE = Castable(path=FILM), Castable(path=NEXT), Castable(path=THIRD)
SECRET = '{"link":"https://films.example/canary-93bc/film.mp4"}'


@asynccontextmanager
async def after_a_restart(room: Room, database: Database) -> AsyncIterator[Room]:
    """The same screen, which plays on, and a new service."""
    await room.service.stop()
    async with started(room, database) as again:
        await again.until(lambda: again.castings and again.castings[-1])
        yield again


@asynccontextmanager
async def started(room: Room, database: Database, later: float = 0.0) -> AsyncIterator[Room]:
    """A service that starts so many seconds after the one before has ended."""
    again = Room(database, room.screen, Shelf(), room.secrets)
    again.unix = room.unix + later
    await again.begin()
    try:
        yield again
    finally:
        await again.service.leave(TV)
        await again.service.stop()
    assert not again.shelf.open_now
    assert not again.window.ready


async def nothing_runs(room: Room) -> None:
    """A start looked at what played, and let it be."""
    async with asyncio.timeout(5):
        while await room.store.running():  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.005)


def loads(room: Room) -> list[str]:
    return [one.title for one in room.screen.loads]


async def test_it_is_kept_over_a_restart_and_taken_in_its_order(
    room: Room, database: Database
) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    await room.service.queue(TV, THREE)
    await room.service.queue(TV, TWO)
    async with after_a_restart(room, database) as again:
        assert (again.casting.title, again.casting.waiting) == ("one", ("e2", "three \ufffd", "e2"))
        again.screen.now(CastState.ENDED, position=100.0)
        await again.loaded("e2")
        again.screen.at(1.0)
        await again.service.until_playing(TV)
        async with after_a_restart(again, database) as third:
            assert (third.casting.title, third.casting.waiting) == ("e2", ("three \ufffd", "e2"))
            await third.service.next(TV)
            assert (third.casting.title, third.casting.waiting) == ("three \ufffd", ("e2",))


async def test_the_same_film_waits_while_it_plays(room: Room, database: Database) -> None:
    await room.plays()
    await room.service.queue(TV, ONE)
    await room.service.choose_sound(TV, 1)  # it is sent anew: that is not its next turn
    (running,) = await room.store.running()
    assert [one.what for one in running.waiting] == [ONE]
    room.screen.at(1.0)
    await room.service.until_playing(TV)
    async with after_a_restart(room, database) as again:
        assert (again.casting.title, again.casting.waiting) == ("one", ("one",))


GONE = [NotFound("errors.item_gone"), Unavailable("errors.file_gone", name="e2.mp4")]


@pytest.mark.parametrize("missed", GONE, ids=str)
async def test_what_is_gone_is_left_out(room: Room, database: Database, missed: AppError) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    await room.service.queue(TV, THREE)
    async with after_a_restart(room, database) as again:
        again.shelf.gone[TWO.path] = missed
        again.screen.now(CastState.ENDED, position=100.0)
        await again.loaded("three \ufffd")
        assert again.casting.waiting == ()


@pytest.mark.parametrize("missed", GONE, ids=str)
async def test_when_what_plays_is_gone_the_rest_follows(
    room: Room, database: Database, missed: AppError, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "FINDS", 3.0)
    monkeypatch.setattr(service, "LOOK", 0.05)
    await room.plays()
    await room.service.queue(TV, TWO)
    await room.service.stop()
    again = Room(database, room.screen, Shelf(), room.secrets)
    again.shelf.gone[FILM] = missed
    await again.begin()
    await again.loaded("e2")
    await again.service.leave(TV)
    await again.service.stop()


async def test_a_film_the_screen_does_not_take_is_left_out(room: Room) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    await room.service.queue(TV, THREE)
    await room.until(lambda: len(room.casting.waiting) == 2)
    told = len(room.castings)
    room.screen.declines = {"e2"}
    await room.service.next(TV)
    assert room.casting.title == "three \ufffd"
    stages = [one[0].stage for one in room.castings[told:]]
    assert CastStage.FAILED not in stages
    (running,) = await room.store.running()
    assert (running.what, running.waiting) == (THREE, ())


async def test_the_last_that_the_screen_does_not_take_says_why(room: Room) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    room.screen.declines = {"e2"}
    with pytest.raises(Unsupported):
        await room.service.next(TV)
    assert (room.casting.stage, room.casting.reason) == (CastStage.FAILED, "errors.cast_refused")


async def test_a_screen_that_does_not_answer_uses_nothing_up(room: Room) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    await room.service.queue(TV, THREE)
    room.screen.failures = [Unavailable("errors.cast_no_answer", device="TV")]
    with pytest.raises(Unavailable):
        await room.service.next(TV)
    assert room.casting.stage is CastStage.FAILED
    waiting = list(room.casting.waiting)
    assert waiting == ["e2", "three \ufffd"]
    await room.service.next(TV)
    assert [room.casting.title, *room.casting.waiting] == waiting
    (running,) = await room.store.running()
    assert [one.what for one in running.waiting] == [THREE]


async def test_the_owners_end_and_another_film_leave_nothing_behind(
    room: Room, database: Database
) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    await room.service.leave(TV)
    assert await room.store.running() == []
    await room.plays(SERIAL)
    async with after_a_restart(room, database) as again:
        assert again.casting.waiting == ()


async def test_who_stops_it_there_wants_nothing_more_either(room: Room) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    room.screen.now(CastState.STOPPED)
    await room.until(lambda: room.casting.stage is CastStage.ENDED)
    assert room.casting.waiting == ()
    await room.until(lambda: room.casting.stage is CastStage.ENDED)
    await room.plays(SERIAL)
    (running,) = await room.store.running()
    assert running.waiting == ()


async def test_what_ended_while_the_station_was_away_is_followed_by_the_next(
    room: Room, database: Database
) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    await room.service.queue(TV, THREE)
    room.screen.at(70.0)
    await room.until(lambda: room.casting.position == 70.0)
    await room.service.stop()
    room.screen.now(CastState.STOPPED, url="")  # it ended at second 100, as it says it
    async with started(room, database, later=45.0) as again:
        await again.loaded("e2")
        assert again.casting.waiting == ("three \ufffd",)


@pytest.mark.parametrize(
    ("later", "reason"),
    [(5.0, "it was stopped before its end"), (FRESH + 60.0, "nobody sits there any more")],
)
async def test_a_start_begins_nothing_that_nobody_expects(
    room: Room, database: Database, later: float, reason: str
) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    room.screen.at(70.0)
    await room.until(lambda: room.casting.position == 70.0)
    await room.service.stop()
    room.screen.now(CastState.STOPPED)
    async with started(room, database, later=later) as again:
        await nothing_runs(again)
        assert loads(room) == ["one"], reason
        assert CastOrder.STOP not in [order for order, _ in room.screen.orders]


async def test_somebody_elses_film_is_not_followed_by_ours(room: Room, database: Database) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    room.screen.at(95.0)
    await room.until(lambda: room.casting.position == 95.0)
    await room.service.stop()
    room.screen.now(CastState.PLAYING, url="http://10.9.0.77/other", position=3.0)
    async with started(room, database, later=10.0) as again:
        await nothing_runs(again)
        assert loads(room) == ["one"]


async def test_a_download_that_waits_is_found_by_its_stream(room: Room, database: Database) -> None:
    await room.plays(SERIAL)
    await room.service.queue(TV, Castable(ticket=7))
    async with after_a_restart(room, database) as again:
        assert again.casting.waiting == ("one",)
        await again.service.next(TV)
        assert (again.casting.title, again.casting.what) == ("one", Castable(ticket=1))


async def test_a_found_stream_that_waits_is_found_by_what_lies_with_the_passwords(
    room: Room, database: Database, paths: Paths
) -> None:
    await room.plays(SERIAL)
    room.shelf.secret = SECRET
    await room.service.queue(TV, Castable(ticket=7))
    await room.service.queue(TV, TWO)
    async with asyncio.timeout(5):
        while await room.secrets.get(TV) is None:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)
    await room.service.stop()
    kept = [one.read_bytes() for one in paths.data.rglob("*") if one.is_file()]
    assert kept
    assert not [one for one in kept if b"canary-93bc" in one]
    async with started(room, database) as again:
        await again.until(lambda: again.castings and again.castings[-1])
        await again.service.next(TV)
        assert again.shelf.again[-1] == SECRET
        assert (again.casting.title, again.casting.waiting) == ("one", ("e2",))
    assert await room.secrets.get(TV) is None


def entry(**values: Any) -> dict[str, Any]:
    return {"item": None, "file": None, "ticket": None, "path": "", "title": "x", **values}


BROKEN: list[Any] = [
    1, None, {}, [], "x", {"path": "zz"}, {"item": 1, "title": "x"},
    entry(), entry(path=5), entry(path="00"), entry(path=b"/a\0b".hex()),
    entry(item="1"), entry(item=0), entry(item=-1), entry(item=2**63), entry(item=True),
    entry(item=1, path="2f61"), entry(item=1, file={}), entry(item=1, file=10**400),
    entry(path="2f61", title=5), entry(path="2f61", title="\ud800"),
    entry(ticket=1, stream="\udfff"), entry(ticket=1, stream=None),
]  # fmt: skip


async def damage(database: Database, **columns: object) -> None:
    sets = ", ".join(f'"{name}" = :{name}' for name in columns)
    async with database.write() as connection:
        await connection.execute(text(f"UPDATE cast_running SET {sets}"), columns)  # noqa: S608,RUF100 - names of this test


async def waiting_is(room: Room, database: Database, waiting: object) -> None:
    """Let a station that has ended have left this behind."""
    async with database.read() as connection:
        (row,) = (await connection.execute(text("SELECT what FROM cast_running"))).scalars()
    what = {**json.loads(row), "waiting": waiting}
    await damage(database, what=json.dumps(what))


@pytest.mark.parametrize("told", ["nothing", 7, None, {"a": 1}, [], BROKEN])
async def test_damage_among_what_waits_holds_up_nothing(
    room: Room, database: Database, told: object
) -> None:
    await room.plays()
    await room.service.stop()
    left = [*told, entry(path=NEXT.hex(), title="e2")] if isinstance(told, list) else told
    await waiting_is(room, database, left)
    async with started(room, database) as again:
        await again.until(lambda: again.castings and again.castings[-1])
        assert again.casting.title == "one"
        assert again.casting.waiting == (("e2",) if isinstance(told, list) else ())


async def test_what_is_known_to_nobody_is_left_out_and_what_is_too_much_is_cut(
    room: Room, database: Database
) -> None:
    await room.plays()
    await room.service.stop()
    strange = [
        entry(item=4_000_000_000 + one, title="\u202e" + "x" * 5_000) for one in range(5_000)
    ]
    await waiting_is(room, database, [*strange[:50], entry(path=NEXT.hex(), title="e2"), *strange])
    async with started(room, database) as again:
        await again.until(lambda: again.castings and again.castings[-1])
        assert len(again.casting.waiting) == MOST
        assert max(len(title) for title in again.casting.waiting) <= 300
        again.screen.now(CastState.ENDED, position=100.0)
        await again.loaded("e2")


@pytest.mark.parametrize(
    "columns",
    [
        {"what": "{"}, {"what": "[]"}, {"what": "[" * 200_000}, {"what": '{"path": "2f"}'[:-2]},
        {"what": "{}"}, {"what": b"\xff\xfe"}, {"plan": "{}"}, {"plan": "null"},
        {"plan": '{"method": "none"}'}, {"plan": '{"method": "direct", "container": 5}'},
        {"offset": "far"}, {"offset": float("inf")}, {"protocol": "smoke"}, {"url": b"\x00"},
    ],
    ids=lambda columns: repr(columns)[:40],
)  # fmt: skip
async def test_a_damaged_row_stops_neither_the_start_nor_the_screen(
    room: Room, database: Database, columns: dict[str, object]
) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    (good,) = await room.store.running()
    await room.service.stop()
    await damage(database, **{"device": "other", **columns})
    await room.store.run(good)
    async with started(room, database) as again:
        await again.until(lambda: again.castings and again.castings[-1])
        assert (again.casting.title, again.casting.waiting) == ("one", ("e2",))
        assert [one.device for one in await again.store.running()] == [TV]
        await damage(database, **columns)  # and now while it plays
        await again.service.queue(TV, THREE)
        again.screen.now(CastState.ENDED, position=100.0)
        await again.loaded("e2")
        again.screen.at(1.0)
        await again.service.until_playing(TV)
        (running,) = await again.store.running()
        assert (running.device, running.what) == (TV, TWO)
        assert [one.what for one in running.waiting] == [THREE]
        await damage(database, **columns)
        await again.service.leave(TV)
        async with database.read() as connection:
            assert not list(await connection.execute(text("SELECT device FROM cast_running")))


async def test_so_many_wait_and_no_more(room: Room, database: Database) -> None:
    await room.plays()
    for _ in range(MOST):
        await room.service.queue(TV, TWO)
    with pytest.raises(InvalidInput, match="cast_queue_full"):
        await room.service.queue(TV, TWO)
    async with after_a_restart(room, database) as again:
        assert len(again.casting.waiting) == MOST


async def test_what_cannot_be_opened_waits_for_nothing(room: Room) -> None:
    await room.plays()
    with pytest.raises(AppError):
        await room.service.queue(TV, Castable(item=ItemId(12)))
    assert room.casting.waiting == ()
