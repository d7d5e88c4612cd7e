"""The bridge: answers and events arrive on the window's thread, or not at all."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio
from PySide6.QtCore import QObject

from app.domain.errors import NotFound
from app.runtime.bus import EventBus
from app.runtime.loop import ServiceLoop
from ui.bridge import Bridge


@dataclass(frozen=True)
class Happened:
    number: int


@dataclass
class Desk:
    loop: ServiceLoop
    bus: EventBus
    bridge: Bridge


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    loop, bus = ServiceLoop(), EventBus()
    loop.start()
    bridge = Bridge(loop, bus)
    yield Desk(loop, bus, bridge)
    bridge.close()
    loop.stop()


async def work(value: int, delay: float = 0.0) -> int:
    await asyncio.sleep(delay)
    return value


async def fail() -> None:
    raise NotFound("errors.item_gone", item=1)


async def soon(check: Callable[[], object], seconds: float = 3.0) -> None:
    async with asyncio.timeout(seconds):
        while not check():  # noqa: ASYNC110 - what is waited for is no event
            await asyncio.sleep(0.005)


async def test_the_answer_comes_on_the_windows_thread(desk: Desk) -> None:
    seen: list[tuple[int, threading.Thread]] = []
    desk.bridge.call(work(7), lambda value: seen.append((value, threading.current_thread())))
    await soon(lambda: seen)
    assert seen == [(7, threading.main_thread())]


async def test_a_failure_goes_to_failed(desk: Desk) -> None:
    seen: list[BaseException] = []
    desk.bridge.call(fail(), failed=seen.append)
    await soon(lambda: seen)
    assert isinstance(seen[0], NotFound)


async def test_an_expected_failure_nobody_takes_is_told(desk: Desk) -> None:
    seen: list[object] = []
    desk.bridge.errored.connect(seen.append)
    desk.bridge.call(fail())
    await soon(lambda: seen)
    assert isinstance(seen[0], NotFound)


async def test_a_bug_nobody_takes_is_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    async def bug() -> None:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        desk.bridge.call(bug())
        await soon(lambda: caplog.records)
    assert "ZeroDivisionError" in caplog.text


async def test_a_cancelled_call_says_nothing_more_and_its_work_stops(desk: Desk) -> None:
    seen: list[object] = []
    stopped: list[bool] = []

    async def long() -> None:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            stopped.append(True)
            raise

    call = desk.bridge.call(long(), seen.append, seen.append)
    await asyncio.sleep(0.05)
    call.cancel()
    call.cancel()
    await soon(lambda: stopped)
    await asyncio.sleep(0.05)
    assert not seen


async def test_an_answer_for_an_owner_that_went_is_dropped(desk: Desk) -> None:
    seen: list[int] = []
    parent = QObject()
    owner = QObject(parent)
    desk.bridge.call(work(1, 0.1), seen.append, owner=owner)
    del parent
    gc.collect()
    others: list[int] = []
    desk.bridge.call(work(2, 0.15), others.append)
    await soon(lambda: others)
    assert not seen


async def test_events_reach_the_windows_thread_in_order(desk: Desk) -> None:
    owner = QObject()
    seen: list[int] = []
    threads: set[threading.Thread] = set()

    def take(event: Happened) -> None:
        seen.append(event.number)
        threads.add(threading.current_thread())

    desk.bridge.on(Happened, take, owner)

    def publish() -> None:
        for number in range(200):
            desk.bus.publish(Happened(number))

    publisher = threading.Thread(target=publish)
    publisher.start()
    publisher.join()
    await soon(lambda: len(seen) == 200)
    assert seen == list(range(200))
    assert threads == {threading.main_thread()}


async def test_nothing_is_delivered_after_closing(desk: Desk) -> None:
    owner = QObject()
    seen: list[Happened] = []
    subscription = desk.bridge.on(Happened, seen.append, owner)
    desk.bus.publish(Happened(1))  # on its way while the subscription ends
    subscription.close()
    await asyncio.sleep(0.05)
    desk.bus.publish(Happened(2))
    await asyncio.sleep(0.05)
    assert not seen


async def test_a_subscription_ends_with_its_owner(desk: Desk) -> None:
    class Owner(QObject):
        def __init__(self, parent: QObject) -> None:
            super().__init__(parent)
            desk.bridge.on(Happened, self.take, self)

        def take(self, event: Happened) -> None:
            seen.append(event)

    seen: list[Happened] = []
    parent = QObject()
    Owner(parent)
    desk.bus.publish(Happened(1))
    await soon(lambda: len(seen) == 1)
    del parent
    gc.collect()
    desk.bus.publish(Happened(2))
    await asyncio.sleep(0.05)
    assert len(seen) == 1


async def test_a_call_after_the_end_is_dropped(desk: Desk) -> None:
    desk.bridge.close()
    seen: list[int] = []
    call = desk.bridge.call(work(1), seen.append)
    await asyncio.sleep(0.05)
    assert not seen
    assert not call.wanted


async def test_a_callback_that_raises_does_not_stop_the_others(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_value: int) -> None:
        raise RuntimeError("a bug")

    seen: list[int] = []
    desk.bridge.call(work(1), broken)
    desk.bridge.call(work(2, 0.05), seen.append)
    await soon(lambda: seen)
    assert "A callback of the window failed" in caplog.text
