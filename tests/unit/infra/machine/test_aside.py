"""What hangs is given up, and keeps nothing else."""

from __future__ import annotations

import asyncio
import threading

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
