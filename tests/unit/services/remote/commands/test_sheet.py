"""A message that moves: what ends it, what it leaves, and that nobody shows over another."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from app.domain.errors import Unavailable
from app.domain.events import BudgetChanged
from app.domain.remote import Person
from app.runtime.bus import EventBus
from app.services.remote.commands.sheet import MOST_LIVE, Face, Sheet, Sheets, Tempo
from app.services.remote.talk import Button, Talk
from tests.fakes.remote import FakeTalk
from tests.unit.services.remote.commands.conftest import QUICK, going, until

NEVER = Tempo(beat=3600.0, pace=0.0, lasts=3600.0)


async def nothing(_talk: Talk) -> None:
    """Nobody presses it."""


AGAIN = Button("again", nothing)


async def test_it_moves_with_facts_of_the_bus_from_another_thread_and_ends() -> None:
    bus, talk, seen = EventBus(), FakeTalk(), 0
    sheet = await Sheets(NEVER).open(talk, Face("begin"))

    async def draw() -> Face:
        nonlocal seen
        seen += 1
        return Face(f"look {seen}", over=seen == 3)

    async with going(sheet.live(bus, (BudgetChanged,), draw, again=AGAIN)) as task:
        await until(lambda: talk.last.text == "look 1")
        await asyncio.to_thread(bus.publish, BudgetChanged())
        await until(lambda: talk.last.text == "look 2")
        await asyncio.to_thread(bus.publish, BudgetChanged())
        await task
    assert talk.last.texts == ["begin", "look 1", "look 2", "look 3"]
    assert talk.last.buttons == []  # it is over: there is nothing to go on with
    bus.publish(BudgetChanged())
    assert seen == 3


async def test_who_shows_something_else_ends_what_was_live() -> None:
    talk = FakeTalk()
    sheet = await Sheets(NEVER).open(talk, Face("begin"))

    async def draw() -> Face:
        return Face("live")

    async with going(sheet.live(EventBus(), (), draw, again=AGAIN)) as task:
        await until(lambda: talk.last.text == "live")
        await sheet.show(Face("other"))
        await task
    assert talk.last.text == "other"
    assert talk.last.buttons == []


async def test_a_look_that_ends_after_something_else_was_shown_shows_nothing() -> None:
    talk, may = FakeTalk(), asyncio.Event()
    sheet = await Sheets(QUICK).open(talk, Face("begin"))

    async def draw() -> Face:
        await may.wait()
        return Face("late")

    async with going(sheet.live(EventBus(), (), draw)) as task:
        await asyncio.sleep(0)
        await sheet.show(Face("other"))
        may.set()
        await task
    assert talk.last.texts == ["begin", "other"]


async def test_what_is_cancelled_can_be_gone_on_with() -> None:
    talk = FakeTalk()
    sheet = await Sheets(NEVER).open(talk, Face("begin"))

    async def draw() -> Face:
        return Face("live")

    async with going(sheet.live(EventBus(), (), draw, again=AGAIN)) as task:
        await until(lambda: talk.last.text == "live")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [one.text for one in talk.last.buttons] == ["again"]


async def test_it_ends_by_itself_after_a_while() -> None:
    talk, tempo = FakeTalk(), Tempo(beat=0.01, pace=0.0, lasts=0.05)
    sheet = await Sheets(tempo).open(talk, Face("begin"))
    looks = 0

    async def draw() -> Face:
        nonlocal looks
        looks += 1
        return Face(f"look {looks}")

    await sheet.live(EventBus(), (), draw, again=AGAIN)
    assert talk.last.text == f"look {looks}"
    assert talk.last.button("again")


async def test_what_a_look_raises_is_the_callers() -> None:
    talk = FakeTalk()
    sheet = await Sheets(QUICK).open(talk, Face("begin"))

    async def draw() -> Face:
        raise Unavailable("errors.server_offline", host="a.example")

    with pytest.raises(Unavailable):
        await sheet.live(EventBus(), (), draw, again=AGAIN)
    assert talk.last.texts == ["begin"]


async def test_only_the_newest_few_of_a_person_move() -> None:
    sheets, talk, bus = Sheets(NEVER), FakeTalk(), EventBus()

    async def draw() -> Face:
        return Face("live")

    async with contextlib.AsyncExitStack() as stack:
        made: list[Sheet] = []
        for _ in range(MOST_LIVE + 1):
            made.append(await sheets.open(talk, Face("begin")))
            await stack.enter_async_context(going(made[-1].live(bus, (), draw, again=AGAIN)))
            await until(lambda: talk.last.text == "live")
        await until(lambda: talk.said[0].buttons)
        assert [len(one.buttons) for one in talk.said] == [1, *[0] * MOST_LIVE]
        other = FakeTalk(Person(9, "Bob", 0.0))
        theirs = await sheets.open(other, Face("begin"))
        async with going(theirs.live(bus, (), draw, again=AGAIN)):
            await until(lambda: other.last.text == "live")
            assert not talk.said[1].buttons  # nobody else's message stops another's
