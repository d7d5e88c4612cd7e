"""Messages on their way: order, patience, what a target asks for, and never twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.api.capabilities import NoticeKind
from app.domain.errors import AuthRequired, InvalidInput, Unavailable, Unsupported
from app.infra.database.engine import Database
from app.services.monitoring.alerts import store
from app.services.monitoring.alerts.sending import LONGEST_PAUSE, PAUSES, TOO_OLD, Sender
from app.services.monitoring.alerts.store import AlertStore, Told
from tests.fakes.alerts import NOON, FakeTargets, until
from tests.fakes.posting import HandClock


class Post:
    """A sender over a real database."""

    def __init__(self, database: Database, targets: FakeTargets) -> None:
        self.clock, self.targets = HandClock(NOON), targets
        self.store = AlertStore(database)
        self.sender = Sender(self.store, targets, self.clock)

    async def tell(self, *titles: str) -> None:
        for title in titles:
            told = Told(title, "", NoticeKind.WARN, self.clock.now())
            await self.store.tell(told, self.targets.on)
        await self.sender.added()


@pytest.fixture
async def post(database: Database) -> AsyncIterator[Post]:
    made = Post(database, FakeTargets("phone", "mail"))
    await made.sender.start()
    yield made
    await made.sender.stop()


async def test_order_is_kept_and_nobody_holds_up_another(post: Post) -> None:
    phone, mail = post.targets.taken["phone"], post.targets.taken["mail"]
    post.targets.failing["phone"] = Unavailable("errors.server_offline", host="x")
    post.targets.holding["mail"] = asyncio.Event()
    await post.tell("one", "two", "three")
    await until(lambda: post.sender.problem("phone")[0] == "errors.server_offline")
    assert post.targets.tries["phone"] == 1
    post.targets.holding.pop("mail").set()
    await until(lambda: len(mail) == 3)
    del post.targets.failing["phone"]
    post.clock.move(PAUSES[0])
    await until(lambda: len(phone) == 3)
    assert post.targets.titles("phone") == post.targets.titles("mail") == ["one", "two", "three"]
    await until(lambda: post.sender.waiting("phone") == 0)
    assert post.sender.problem("phone") == ("", {})


async def test_a_number_that_was_read_before_a_message_arrived_is_not_believed(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who put a message in counts while it is being sent: none waits afterwards."""
    usual, may = post.store.waiting, asyncio.Event()

    async def late() -> dict[str, int]:
        found = await usual()
        if asyncio.current_task() is mine:
            await may.wait()
        return found

    await post.tell("one")
    await until(lambda: len(post.targets.taken["phone"]) == 1)
    monkeypatch.setattr(post.store, "waiting", late)
    mine = asyncio.ensure_future(post.tell("two"))
    await asyncio.sleep(0.05)
    post.sender.look()
    async with asyncio.timeout(20):
        while (await usual()).get("phone"):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    assert not mine.done()
    may.set()
    await mine
    await until(lambda: post.sender.waiting("phone") == 0)


async def test_pauses_grow_and_it_is_tried_for_hours(post: Post) -> None:
    post.targets.failing["phone"] = Unavailable("errors.server_offline", host="x")
    await post.tell("one")
    for number, pause in enumerate((*PAUSES, PAUSES[-1], PAUSES[-1]), 1):
        await until(lambda number=number: post.targets.tries["phone"] == number)  # type: ignore[misc]  # bound now
        await _waits(post, number)
        post.clock.move(pause - 1)
        await asyncio.sleep(0.01)
        assert post.targets.tries["phone"] == number
        post.clock.move(1)
    del post.targets.failing["phone"]
    await until(lambda: post.targets.tries["phone"] == len(PAUSES) + 3)
    post.clock.move(PAUSES[-1])
    await until(lambda: len(post.targets.taken["phone"]) == 1)


async def _waits(post: Post, tries: int) -> None:
    """Until so many tries are written down."""
    async with asyncio.timeout(20):
        while True:
            message = await post.store.next("phone")
            if message is not None and message.tries == tries:
                return
            await asyncio.sleep(0.005)


async def test_a_target_that_asks_for_time_gets_it(post: Post) -> None:
    post.targets.failing["phone"] = Unavailable("errors.server_busy", host="x", retry_after=7_000)
    await post.tell("one", "two")
    await _waits(post, 1)
    del post.targets.failing["phone"]
    post.clock.move(6_999)
    await asyncio.sleep(0.02)
    assert post.targets.tries["phone"] == 1
    post.clock.move(1)
    await until(lambda: len(post.targets.taken["phone"]) == 2)


async def test_an_absurd_wish_for_time_is_bounded(post: Post) -> None:
    post.targets.failing["phone"] = Unavailable("errors.server_busy", host="x", retry_after=1e12)
    await post.tell("one")
    await _waits(post, 1)
    message = await post.store.next("phone")
    assert message is not None
    assert message.due == NOON + LONGEST_PAUSE


@pytest.mark.parametrize(
    "error",
    [
        Unsupported("errors.notices_no_address"),
        InvalidInput("errors.server_refused", host="x", status=413),
    ],
)
async def test_what_can_never_be_sent_makes_way(
    post: Post, error: Unsupported | InvalidInput
) -> None:
    post.targets.failing["phone"] = error
    await post.tell("one", "two")
    await until(lambda: post.targets.tries["phone"] == 2)
    await until(lambda: post.sender.waiting("phone") == 0)
    assert post.sender.problem("phone")[0] == error.key
    assert post.targets.taken["phone"] == []
    assert await post.store.next("phone") is None


async def test_after_a_sign_in_it_goes_on_at_once(post: Post) -> None:
    post.targets.failing["phone"] = AuthRequired("errors.server_wants_sign_in", host="x")
    await post.tell("one")
    await _waits(post, 1)
    del post.targets.failing["phone"]
    await post.sender.hurry()
    await until(lambda: len(post.targets.taken["phone"]) == 1)


async def test_what_is_too_old_is_dropped_and_the_new_comes(post: Post) -> None:
    post.targets.failing["phone"] = Unavailable("errors.server_offline", host="x")
    await post.tell("old")
    await _waits(post, 1)
    post.clock.move(TOO_OLD - 5)
    del post.targets.failing["phone"]
    post.targets.on.remove("phone")
    post.targets.on.append("phone")
    post.clock.move(10)
    await post.tell("new")
    await until(lambda: "new" in post.targets.titles("phone"))


async def test_a_target_that_is_off_waits_and_one_the_owner_forgets_loses_all(post: Post) -> None:
    post.targets.holding["phone"] = asyncio.Event()
    await post.tell("one", "two")
    await until(lambda: post.targets.tries["phone"] == 1)
    post.targets.on.remove("phone")
    post.targets.holding.pop("phone").set()
    await until(lambda: post.targets.titles("phone") == ["one"])
    await until(lambda: post.sender.waiting("phone") == 1)
    await asyncio.sleep(0.02)
    assert post.targets.titles("phone") == ["one"]
    post.targets.on.append("phone")
    await post.sender.hurry()
    await until(lambda: post.targets.titles("phone") == ["one", "two"])
    post.targets.failing["phone"] = Unavailable("errors.server_offline", host="x")
    await post.tell("three")
    await _waits(post, 1)
    await post.sender.forget("phone")
    assert await post.store.next("phone") is None
    assert post.sender.waiting("phone") == 0


async def test_what_arrived_is_not_sent_again_after_a_start(database: Database) -> None:
    targets = FakeTargets("phone")
    first = Post(database, targets)
    await first.sender.start()
    targets.holding["phone"] = asyncio.Event()
    await first.tell("one", "two")
    await until(lambda: targets.tries["phone"] == 1)
    stopping = asyncio.ensure_future(first.sender.stop())
    await asyncio.sleep(0)
    targets.holding["phone"].set()  # it arrives while the station ends
    await stopping
    targets.holding.clear()
    second = Post(database, targets)
    await second.sender.start()
    await until(lambda: len(targets.taken["phone"]) == 2)
    await second.sender.stop()
    assert targets.titles("phone") == ["one", "two"]
    third = Post(database, targets)
    await third.sender.start()
    assert third.sender.waiting("phone") == 0
    await third.sender.stop()


async def test_what_arrived_and_could_not_be_noted_is_not_sent_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    from sqlalchemy.exc import OperationalError

    sent, broken = AlertStore.sent, [True]

    async def sent_or_not(self: AlertStore, message: int) -> None:
        if broken[0]:
            broken[0] = False
            raise OperationalError("DELETE", {}, sqlite3.OperationalError("disk is full"))
        await sent(self, message)

    monkeypatch.setattr(AlertStore, "sent", sent_or_not)
    post.targets.on.remove("mail")
    await post.tell("one", "two")
    await until(lambda: not broken[0])
    post.clock.move(60)
    await until(lambda: len(post.targets.taken["phone"]) == 2)
    assert post.targets.titles("phone") == ["one", "two"]


async def test_queues_are_bounded(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_WAITING", 4)
    post.targets.on.clear()
    for number in range(9):
        told = Told(str(number), "", NoticeKind.WARN, NOON)
        await post.store.tell(told, ["phone"])
    message = await post.store.next("phone")
    assert message is not None
    assert message.told.title == "5"


async def test_a_test_is_sent_past_the_queue_and_tells_what_is_wrong(post: Post) -> None:
    told = Told("test", "", NoticeKind.INFO, NOON)
    await post.sender.send("phone", told)
    assert post.targets.titles("phone") == ["test"]
    post.targets.failing["phone"] = Unavailable("errors.server_offline", host="x")
    with pytest.raises(Unavailable):
        await post.sender.send("phone", told)


async def test_a_clock_that_was_wrong_keeps_nothing_back(post: Post) -> None:
    post.targets.failing["phone"] = Unavailable("errors.server_offline", host="x")
    post.clock.move(10 * 365 * 86_400)
    await post.tell("one")
    await _waits(post, 1)
    del post.targets.failing["phone"]
    post.clock.move(-10 * 365 * 86_400)
    await post.sender.added()
    await until(lambda: len(post.targets.taken["phone"]) == 1)
