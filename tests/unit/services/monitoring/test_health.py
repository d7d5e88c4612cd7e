"""Health: every part in its turn, all side by side, and nobody keeps the others waiting."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest

from app.domain.errors import NotFound, Unavailable
from app.domain.events import HealthChanged
from app.domain.health import Health, HealthState
from app.runtime.bus import EventBus
from app.services.monitoring.health import BEAT, GONE, SILENT, UNKNOWN, HealthService, due_again

GOOD, WARN, BAD, OFF = HealthState.GOOD, HealthState.WARN, HealthState.BAD, HealthState.OFF
PATIENCE = 0.3
NEVER = 10_000.0


class Ward:
    """A service, and what it told."""

    def __init__(self, first: float = NEVER) -> None:
        self.bus = EventBus()
        self.now = 1000.0
        self.health = HealthService(
            self.bus, patience=PATIENCE, first=first, clock=lambda: self.now
        )
        self.told: list[Health] = []
        self.bus.on(HealthChanged, lambda event: self.told.extend(event.checks))

    def parts(self) -> list[str]:
        return [one.part for one in self.told]


@pytest.fixture
async def ward() -> AsyncIterator[Ward]:
    made = Ward()
    yield made
    await made.health.stop()


def finds(*found: Health) -> Callable[[], Awaitable[Sequence[Health]]]:
    async def look() -> Sequence[Health]:
        return found

    return look


def good(part: str, **args: object) -> Health:
    return Health(part, GOOD, "health.fine", args)


async def test_checks_stand_in_the_order_they_were_added(ward: Ward) -> None:
    ward.health.add("zebra", finds(good("zebra")))
    ward.health.add("provider", finds(good("provider:b"), good("provider:a")))
    ward.health.add("ant", finds(good("ant")))
    assert ward.health.checks() == ()
    found = await ward.health.run()
    assert [one.part for one in found] == ["zebra", "provider:b", "provider:a", "ant"]
    assert ward.health.checks() == found


async def test_one_that_hangs_is_told_and_holds_up_nobody(
    ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    ended = asyncio.Event()

    async def hangs() -> Health:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    ward.health.add("hangs", hangs)
    ward.health.add("neighbour", finds(good("neighbour")))
    found = {one.part: one for one in await ward.health.run()}
    assert ward.parts() == ["neighbour", "hangs"]  # it was told before the other had hung
    assert (found["hangs"].state, found["hangs"].told) == (BAD, SILENT)
    assert found["neighbour"].state is GOOD
    assert ended.is_set()
    assert "hangs did not answer" in caplog.text


async def test_one_that_does_not_even_heed_its_end_is_not_begun_again(ward: Ward) -> None:
    begun = 0
    free = asyncio.Event()

    async def stubborn() -> Health:
        nonlocal begun
        begun += 1
        while not free.is_set():
            try:
                await free.wait()
            except asyncio.CancelledError:
                continue
        return good("stubborn")

    ward.health.add("stubborn", stubborn)
    for _ in range(3):
        (found,) = await ward.health.run()
        assert (found.state, found.told) == (BAD, SILENT)
    assert begun == 1
    free.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    (found,) = await ward.health.run()
    assert found.state is GOOD


@pytest.mark.parametrize("error", [ValueError("no such thing"), Unavailable("errors.disk_away")])
async def test_one_that_raises_is_a_finding(
    ward: Ward, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async def raises() -> Health:
        raise error

    ward.health.add("raises", raises)
    ward.health.add("neighbour", finds(good("neighbour")))
    with caplog.at_level(logging.WARNING):
        first = await ward.health.run()
        await ward.health.run()
    assert [one.state for one in first] == [WARN, GOOD]
    assert first[0].told == UNKNOWN
    assert type(error).__name__ in str(first[0].args["error"])
    assert len([one for one in caplog.records if one.levelno >= logging.WARNING]) == 1


async def test_what_changed_is_told_once_and_since_when_is_kept(ward: Ward) -> None:
    state = good("part", count=1)

    async def look() -> Health:
        return state

    ward.health.add("part", look)
    ward.health.add("other", finds(good("other")))
    await ward.health.run()
    await ward.health.run()
    assert ward.parts() == ["part", "other"]
    ward.now += 60
    state = good("part", count=2)
    await ward.health.run()
    assert ward.parts() == ["part", "other", "part"]
    assert (ward.told[-1].at, ward.told[-1].since) == (1060.0, 1000.0)  # as good as before
    ward.now += 60
    state = Health("part", BAD, "health.ill")
    found = await ward.health.run()
    assert (found[0].at, found[0].since) == (1120.0, 1120.0)
    ward.now += 60
    found = await ward.health.run()
    assert (found[0].at, found[0].since) == (1180.0, 1120.0)
    assert ward.parts() == ["part", "other", "part", "part"]


async def test_what_is_not_there_any_more_is_told_too(ward: Ward) -> None:
    found = [Health("disk:a", BAD, "health.full", name="/a"), good("disk:b")]

    async def look() -> Sequence[Health]:
        return found

    ward.health.add("disk", look)
    await ward.health.run()
    del found[0]
    ward.told.clear()
    await ward.health.run()
    assert [(one.part, one.state, one.told, one.name) for one in ward.told] == [
        ("disk:a", OFF, GONE, "/a")
    ]
    assert [one.part for one in ward.health.checks()] == ["disk:b"]


async def test_one_part_alone(ward: Ward) -> None:
    looked = []

    async def other() -> Health:
        looked.append("other")
        return good("other")

    ward.health.add("provider", finds(good("provider:a"), good("provider:b")))
    ward.health.add("other", other)
    assert [one.part for one in await ward.health.run("provider")] == ["provider:a", "provider:b"]
    assert [one.part for one in await ward.health.run("provider:b")] == ["provider:b"]
    assert looked == []
    for nothing in ("provide", "provider:c", "nothing"):
        with pytest.raises(NotFound):
            await ward.health.run(nothing)


async def test_who_asks_has_a_thorough_look_even_while_a_passing_one_goes_on() -> None:
    ward = Ward(first=0.0)
    begun, free, looks = asyncio.Event(), asyncio.Event(), list[str]()

    async def passing() -> Health:
        looks.append("passing")
        begun.set()
        await free.wait()
        return good("part", how="passing")

    async def thorough() -> Health:
        looks.append("thorough")
        return good("part", how="thorough")

    ward.health.add("part", passing, NEVER, thorough)
    await ward.health.start()
    await begun.wait()
    asking = asyncio.ensure_future(ward.health.run())
    await asyncio.sleep(0)
    free.set()
    (found,) = await asking
    assert looks == ["passing", "thorough"]
    assert found.args == {"how": "thorough"}
    await ward.health.stop()


async def test_two_who_ask_at_once_share_a_look(ward: Ward) -> None:
    looks = 0

    async def look() -> Health:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0)
        return good("part")

    ward.health.add("part", look)
    first, second = await asyncio.gather(ward.health.run(), ward.health.run())
    assert first == second
    assert looks == 1


async def test_each_is_looked_at_by_its_own_timer() -> None:
    ward = Ward(first=0.0)
    often, once = asyncio.Semaphore(0), asyncio.Semaphore(0)

    async def quick() -> Health:
        often.release()
        return good("quick")

    async def rare() -> Health:
        once.release()
        return good("rare")

    ward.health.add("quick", quick, 0.02)
    ward.health.add("rare", rare, NEVER)
    await ward.health.start()
    await once.acquire()
    for _ in range(4):
        await often.acquire()
    assert once.locked()
    await ward.health.stop()


@pytest.mark.parametrize("every", [20.0, 30.0, 60.0, 300.0, 3600.0])
def test_what_is_looked_at_seldom_is_due_together(every: float) -> None:
    for begun in (0.0, 3.2, 9.99, 10.0, 12.4, 123_456.7):
        due = due_again(begun, every)
        assert due % BEAT == 0
        assert begun + every - BEAT < due <= begun + every
    assert due_again(12.4, 30.0) == due_again(17.6, 30.0)


@pytest.mark.parametrize("every", [0.02, 5.0, 19.0])
def test_what_is_looked_at_often_has_its_own_time(every: float) -> None:
    assert due_again(12.4, every) == 12.4 + every


async def test_what_something_happened_to_is_looked_at_soon() -> None:
    ward = Ward(first=0.0)
    looked = asyncio.Semaphore(0)

    async def look() -> Health:
        looked.release()
        return good("part")

    ward.health.add("part", look, NEVER)
    await ward.health.start()
    await looked.acquire()
    await asyncio.to_thread(ward.health.soon, "part")
    await looked.acquire()
    ward.health.soon("nobody")
    await ward.health.stop()
    ward.health.soon("part")  # too late, and harmless


async def test_the_end_ends_a_look_that_goes_on() -> None:
    ward = Ward(first=0.0)
    begun, ended = asyncio.Event(), asyncio.Event()

    async def look() -> Health:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    ward.health.add("part", look)
    await ward.health.start()
    await begun.wait()
    await ward.health.stop()
    assert ended.is_set()
    assert ward.told == []
