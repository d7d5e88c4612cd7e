"""A station that is killed at any moment plays what waits for a screen once, and all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from app.api.casting import CastState
from app.domain.casting import OVER, Castable
from app.infra.database.engine import Database
from app.infra.secrets import ScopedSecrets
from tests.fakes.screen import Screen
from tests.unit.services.casting.conftest import NEXT, THIRD, TV, Room, Shelf

ALL = ["one", "e2", "three \ufffd"]


@dataclass
class Fate:
    """Lets so many steps happen, and then nothing more: as if the process were gone."""

    left: int | None = None

    def __post_init__(self) -> None:
        self.came = asyncio.Event()

    async def step(self) -> None:
        """Before and after everything that stays: on the disk, at the screen."""
        if self.left is None:
            return
        if self.left == 0:
            self.came.set()
            await asyncio.Event().wait()
        self.left -= 1


class Disk:
    """The real database, as far as the process lives."""

    def __init__(self, database: Database, fate: Fate) -> None:
        self._database, self._fate = database, fate
        self.read = database.read

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        await self._fate.step()
        async with self._database.write() as connection:
            yield connection
        await self._fate.step()


class Wire:
    """The screen, as far as the process lives to tell it something."""

    def __init__(self, screen: Screen, fate: Fate) -> None:
        self._screen, self._fate = screen, fate
        self.offering = screen.offering

    async def call(self, plugin: str, capability: Any, method: str, *args: Any, **more: Any) -> Any:
        acts = method in ("load", "order")
        if acts:
            await self._fate.step()
        told = await self._screen.call(plugin, capability, method, *args, **more)
        if acts:
            await self._fate.step()
        return told


async def ends(room: Room, screen: Screen) -> None:
    """The film comes to its end, and the next one begins."""
    screen.now(CastState.ENDED, position=100.0)
    await room.loaded("e2")
    screen.at(1.0)
    await room.service.until_playing(TV)


async def skips(room: Room, screen: Screen) -> None:
    """The owner wants the next one now."""
    await room.service.next(TV)
    screen.at(1.0)
    await room.service.until_playing(TV)


async def leaves(room: Room, _screen: Screen) -> None:
    """The owner wants no more of it."""
    await room.service.leave(TV)


Act = Callable[[Room, Screen], Awaitable[None]]


async def lives(database: Database, secrets: ScopedSecrets, act: Act, steps: int) -> Screen | None:
    """What a screen was told by a station that was killed after so many steps; None: it was not."""
    screen, fate = Screen(), Fate()
    disk, wire = cast("Database", Disk(database, fate)), cast("Screen", Wire(screen, fate))
    room = Room(disk, wire, Shelf(), secrets)
    room.screen = screen
    await room.begin()
    await room.plays()
    await room.service.queue(TV, Castable(path=NEXT))
    await room.service.queue(TV, Castable(path=THIRD))
    screen.at(95.0)
    await room.until(lambda: room.casting.position == 95.0)
    fate.left = steps
    acting = asyncio.ensure_future(act(room, screen))
    dying = asyncio.ensure_future(fate.came.wait())
    async with asyncio.timeout(5):
        await asyncio.wait((acting, dying), return_when=asyncio.FIRST_COMPLETED)
        survived = acting.done()
        for one in (acting, dying):
            one.cancel()
        await asyncio.gather(acting, dying, return_exceptions=True)
        for session in room.service._sessions.values():
            await session._tasks.close()
        await room.service._tasks.close()
        await room.service._book.stop()
    return None if survived else screen


async def settled(room: Room) -> None:
    """A start has found what there is to find."""
    async with asyncio.timeout(5):
        while await room.store.running() and not (room.castings and room.castings[-1]):  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.005)


async def went_on(room: Room, title: str) -> None:
    await room.until(lambda: room.casting.title != title or room.casting.stage in OVER)


async def found(room: Room) -> None:
    await room.until(lambda: room.castings and room.castings[-1])


async def watch_all(room: Room) -> None:
    """Sit before the screen until nothing comes any more."""
    while room.casting.stage not in OVER:
        title = room.casting.title
        await room.loaded(title)
        room.screen.at(95.0)
        await room.until(lambda: room.casting.position == 95.0)
        room.screen.now(CastState.ENDED, position=100.0)
        await went_on(room, title)


@pytest.mark.parametrize("act", [ends, skips])
async def test_a_kill_at_any_moment_loses_nothing_and_plays_nothing_twice(
    database: Database, secrets: ScopedSecrets, act: Act
) -> None:
    steps = 0
    while (screen := await lives(database, secrets, act, steps)) is not None:
        again = Room(database, screen, Shelf(), secrets)
        await again.begin()
        await found(again)
        await watch_all(again)
        assert [one.title for one in screen.loads] == ALL, f"killed after {steps} steps"
        await again.service.leave(TV)
        await again.service.stop()
        steps += 1
    assert steps > 5


async def test_a_kill_while_it_is_stopped_begins_nothing(
    database: Database, secrets: ScopedSecrets
) -> None:
    steps = 0
    while (screen := await lives(database, secrets, leaves, steps)) is not None:
        again = Room(database, screen, Shelf(), secrets)
        await again.begin()
        await settled(again)
        assert {one.title for all_ in again.castings for one in all_} <= {"one"}
        assert [one.title for one in screen.loads] == ALL[:1], f"killed after {steps} steps"
        await again.service.leave(TV)
        await again.service.stop()
        steps += 1
    assert steps > 2
