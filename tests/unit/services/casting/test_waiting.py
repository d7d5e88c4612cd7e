"""What waits for a screen: kept over restarts, taken in its order, and nothing in it harms."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from app.api.casting import CastState
from app.domain.casting import Castable
from app.domain.errors import InvalidInput
from app.infra.database.engine import Database
from app.services.casting.waiting import MOST
from tests.unit.services.casting.conftest import NEXT, SERIAL, THIRD, TV, Room, Shelf

TWO, THREE = Castable(path=NEXT), Castable(path=THIRD)


@asynccontextmanager
async def after_a_restart(room: Room, database: Database) -> AsyncIterator[Room]:
    """The same screen, which plays on, and a new service."""
    await room.service.stop()
    again = Room(database, room.screen, Shelf(), room.secrets)
    await again.begin()
    await again.until(lambda: again.castings)
    yield again
    await again.service.leave(TV)
    await again.service.stop()


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
        await again.until(lambda: again.casting.title == "e2")
        await again.until(lambda: len(again.casting.waiting) == 2)
        again.screen.at(1.0)
        await again.service.until_playing(TV)
        async with after_a_restart(again, database) as third:
            assert (third.casting.title, third.casting.waiting) == ("e2", ("three \ufffd", "e2"))
            await third.service.next(TV)
            assert (third.casting.title, third.casting.waiting) == ("three \ufffd", ("e2",))


async def test_a_kill_after_its_turn_came_does_not_play_it_twice(
    room: Room, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new film was written down, that it waits no more was not."""
    await room.plays()
    await room.service.queue(TV, TWO)

    async def killed(*_told: object) -> None:
        return None

    monkeypatch.setattr(room.store, "wait", killed)
    await room.service.next(TV)
    async with after_a_restart(room, database) as again:
        assert (again.casting.title, again.casting.waiting) == ("e2", ())


async def test_what_is_gone_is_left_out(room: Room) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    await room.service.queue(TV, THREE)
    room.shelf.gone.add(TWO.path)
    await room.service.next(TV)
    assert (room.casting.title, room.casting.waiting) == ("three \ufffd", ())


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


@pytest.mark.parametrize(
    "damage",
    [
        "nothing", 7, None, {"a": 1}, [1, None, {}, {"path": "zz"}], [{"item": 1, "title": "x"}],
        [{"item": None, "file": None, "ticket": None, "path": 5, "title": "x"}],
    ],
)  # fmt: skip
async def test_a_damaged_line_holds_up_nothing(
    room: Room, database: Database, damage: object
) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    async with database.write() as connection:
        (row,) = (await connection.execute(text("SELECT what FROM cast_running"))).scalars()
        what = json.loads(row)
        good = what["waiting"]
        what["waiting"] = damage + good if isinstance(damage, list) else damage
        await connection.execute(
            text("UPDATE cast_running SET what = :what"), {"what": json.dumps(what)}
        )
    async with after_a_restart(room, database) as again:
        assert again.casting.title == "one"
        assert again.casting.waiting == (("e2",) if isinstance(damage, list) else ())


async def test_so_many_wait_and_no_more(room: Room, database: Database) -> None:
    await room.plays()
    for _ in range(MOST):
        await room.service.queue(TV, TWO)
    with pytest.raises(InvalidInput, match="cast_queue_full"):
        await room.service.queue(TV, TWO)
    async with after_a_restart(room, database) as again:
        assert len(again.casting.waiting) == MOST
