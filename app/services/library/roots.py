"""Finds out whether a watched folder is really there: an unmounted disk looks like an empty one."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

MISSING = "missing"
EMPTY = "empty"
SILENT = "silent"
VANISHED = "vanished"
PATIENCE = 5.0
"""Seconds a disk has to answer before its folder counts as away."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a folder told: the device, or why it is away."""

    device: int | None = None
    reason: str | None = None
    watch: tuple[int, int] | None = None  # device and inode, to notice another disk


async def look(path: bytes, held_files: bool, patience: float = PATIENCE) -> Look:
    """Look at the folder. One that held files and is empty now is away, not emptied."""

    def work() -> Look:
        try:
            info = os.stat(path)
            with os.scandir(path) as entries:
                empty = next(entries, None) is None
        except OSError:
            return Look(reason=MISSING)
        if empty and held_files:
            return Look(reason=EMPTY)
        return Look(info.st_dev, None, (info.st_dev, info.st_ino))

    try:
        return await in_own_thread(work, patience)
    except TimeoutError:
        return Look(reason=SILENT)


async def in_own_thread(work: Callable[[], T], patience: float) -> T:
    """Run `work` in a thread that may hang for ever on a dead disk without holding anything up.

    Raises `TimeoutError` after `patience` seconds.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def hand(result: T | None, error: BaseException | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(result)  # type: ignore[arg-type]  # None only together with an error, or when T is None

    def run() -> None:
        result: T | None = None
        error: BaseException | None = None
        try:
            result = work()
        except Exception as exc:  # noqa: BLE001 - handed to whoever waits
            error = exc
        if not loop.is_closed():
            loop.call_soon_threadsafe(hand, result, error)

    threading.Thread(target=run, name="disk", daemon=True).start()
    async with asyncio.timeout(patience):
        return await answer
