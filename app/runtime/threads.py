"""Threads for what may hang for ever, such as a look at a disk that has gone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


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
