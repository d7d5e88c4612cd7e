"""Qt objects end in the window's thread, whoever makes the garbage and whoever held them last."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer

from tests.fakes.services import running_bridge
from tests.ui.frame import until
from ui.collector import BUSY_MS, MANY, REST_MS, Collector


@pytest.fixture
def collector() -> Iterator[Collector]:
    gc.collect()
    gc.enable()
    made = Collector()
    yield made
    made.stop()
    assert gc.isenabled()
    gc.disable()


class Ring(QObject):
    """Holds itself, as widgets with callbacks do, and runs a timer."""

    def __init__(self, ends: list[str]) -> None:
        super().__init__()
        self.me = self
        self._timer = QTimer(self, interval=1)
        self._timer.start()
        weakref.finalize(self, lambda: ends.append(threading.current_thread().name))


def litter() -> None:
    """Far more rings of garbage than start a collection."""
    for _ in range(MANY):
        ring: list[object] = []
        ring.append(ring)


def elsewhere() -> None:
    worker = threading.Thread(target=litter, name="elsewhere")
    worker.start()
    worker.join()


def test_garbage_is_collected_in_the_windows_thread_only(collector: Collector) -> None:
    ends: list[str] = []
    Ring(ends)
    elsewhere()
    assert ends == []
    collector.look()
    assert ends == ["MainThread"]


def test_it_looks_more_often_while_there_is_much(collector: Collector) -> None:
    collector.look()
    timer = collector.findChild(QTimer)
    assert timer is not None
    assert timer.interval() == REST_MS
    elsewhere()
    collector.look()
    assert timer.interval() == BUSY_MS
    assert gc.get_count()[0] < MANY
    collector.look()
    assert timer.interval() == REST_MS


def test_little_garbage_waits(collector: Collector) -> None:
    collector.look()
    ends: list[str] = []
    Ring(ends)
    collector.look()
    assert ends == []


def test_an_answer_nobody_waits_for_does_not_end_its_owner_elsewhere() -> None:
    ends: list[str] = []

    class Owner(QObject):
        def take(self, _answer: None) -> None:
            """Never reached."""

    async def slow() -> None:
        await asyncio.sleep(0.05)

    with running_bridge() as (bridge, _bus):
        owner = Owner()
        weakref.finalize(owner, lambda: ends.append(threading.current_thread().name))
        call = bridge.call(slow(), owner.take, owner=owner)
        del owner
        call.cancel()
        until(lambda: bool(ends))
    assert ends == ["MainThread"]
