"""Waiting for a time of the clock on the wall."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from pathlib import Path

import pytest

from app.infra import wall_clock
from app.infra.wall_clock import WallClock


@pytest.mark.parametrize("kernel", [True, False])
async def test_it_wakes_at_the_time(kernel: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not kernel:
        monkeypatch.setattr(wall_clock, "_timer", lambda _until: None)
    clock, bell = WallClock(), asyncio.Event()
    until = time.time() + 0.2
    while clock.now() < until:
        await clock.wait(until, bell)
        bell.clear()
    assert time.time() >= until


@pytest.mark.parametrize("until", [None, 4e9])
async def test_the_bell_ends_it(until: float | None) -> None:
    clock, bell = WallClock(), asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, bell.set)
    async with asyncio.timeout(30):
        await clock.wait(until, bell)
    assert bell.is_set()


async def test_what_is_past_is_not_waited_for() -> None:
    clock, bell = WallClock(), asyncio.Event()
    await clock.wait(time.time() - 5, bell)
    assert not bell.is_set()


def timers() -> int:
    """How many of this process' descriptors are timers."""
    found = 0
    for one in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the one the folder is read by
            found += os.readlink(one) == "anon_inode:[timerfd]"
    return found


async def test_no_descriptor_is_left() -> None:
    before = timers()
    clock, bell = WallClock(), asyncio.Event()
    waiting = asyncio.ensure_future(clock.wait(time.time() + 3600, bell))
    await asyncio.sleep(0)
    assert timers() == before + 1
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert timers() == before
    waiting = asyncio.ensure_future(clock.wait(time.time() + 3600, bell))
    await asyncio.sleep(0)
    bell.set()
    await waiting
    assert timers() == before
