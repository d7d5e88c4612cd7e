"""What hangs is given up, and keeps nothing else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from app.infra.machine.aside import Aside


async def test_an_answer() -> None:
    assert await Aside().ask("x", lambda: 7, 10.0) == 7


async def test_what_hangs_is_given_up_and_not_begun_again() -> None:
    aside, gate, begun = Aside(), threading.Event(), threading.Semaphore(0)

    def hang() -> int:
        begun.release()
        gate.wait()
        return 1

    assert await aside.ask("disk", hang, 0.05) is None
    assert begun.acquire(timeout=10)
    assert await aside.ask("disk", hang, 0.05) is None
    assert not begun.acquire(blocking=False)  # the first still hangs
    assert await aside.ask("other", lambda: 2, 10.0) == 2
    gate.set()
    over = next(one for one in threading.enumerate() if one.name == "aside: disk")
    await asyncio.to_thread(over.join)
    assert await aside.ask("disk", lambda: 3, 10.0) == 3


async def test_what_fails_says_nothing_but_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> int:
        raise ZeroDivisionError

    assert await Aside().ask("x", fail, 10.0) is None
    assert "Looking at x failed" in caplog.text


async def test_one_who_is_cancelled_leaves_no_trace() -> None:
    gate = threading.Event()
    asking = asyncio.create_task(Aside().ask("x", gate.wait, 10.0))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    gate.set()


class Answers(list[object]):
    """What was handed on, and a way to wait until a thread has nothing more to do."""

    def look(self, answer: object, gate: threading.Event | None = None) -> Callable[[], object]:
        def look() -> object:
            if gate is not None:
                gate.wait()
            return answer

        return look

    async def over(self, aside: Aside, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self) < count:
                await asyncio.sleep(0.01)
                aside.collect()


async def test_who_looks_in_again_anyway_is_woken_by_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    woken: list[object] = []
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "call_soon_threadsafe", lambda *told, **_more: woken.append(told))
    aside, answers = Aside(), Answers()
    aside.begin("x", answers.look(7), 10.0, answers.append)
    assert answers == []
    await answers.over(aside, 1)
    assert answers == [7]
    assert woken == []
    aside.begin("x", answers.look(8), 10.0, answers.append)
    await answers.over(aside, 2)
    assert answers == [7, 8]


async def test_what_hangs_is_given_up_once_and_tells_nothing_later(
    caplog: pytest.LogCaptureFixture,
) -> None:
    aside, answers, gate = Aside(), Answers(), threading.Event()
    aside.begin("disk", answers.look("late", gate), 0.0, answers.append)
    aside.collect()
    aside.collect()
    assert answers == [None]
    assert caplog.text.count("Looking at disk takes too long") == 1
    aside.begin("disk", answers.look("second"), 0.0, answers.append)  # the first still hangs
    aside.begin("other", answers.look("other"), 10.0, answers.append)
    await answers.over(aside, 2)
    assert answers == [None, "other"]
    gate.set()
    async with asyncio.timeout(10):
        while "third" not in answers:
            aside.begin("disk", answers.look("third"), 10.0, answers.append)
            await asyncio.sleep(0.01)
            aside.collect()
    assert answers == [None, "other", "third"]


async def test_a_look_that_fails_hands_on_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> int:
        raise ZeroDivisionError

    aside, answers = Aside(), Answers()
    aside.begin("x", fail, 10.0, answers.append)
    await answers.over(aside, 1)
    assert answers == [None]
    assert "Looking at x failed" in caplog.text
