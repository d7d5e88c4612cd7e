"""Asks something that may hang, beside the loop: in a thread that is given up after a while.

The loop's usual threads are few and are waited for at the end: one that looks at a share which
went away would keep the station from ending. These are not waited for.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from typing import TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")


class Aside:
    """One thread for each name at a time; lives on one loop."""

    def __init__(self) -> None:
        self._threads: dict[str, threading.Thread] = {}

    async def ask(self, name: str, call: Callable[[], T], limit: float) -> T | None:
        """What `call` returns; None when that takes longer than `limit` seconds, or fails.

        While one hangs, the next of its name is not begun: None at once.
        """
        running = self._threads.get(name)
        if running is not None and running.is_alive():
            return None
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T | None] = loop.create_future()
        # A daemon: the end of the station does not wait for it.
        thread = threading.Thread(
            target=_run, args=(name, call, loop, answer), name=f"aside: {name}", daemon=True
        )
        self._threads[name] = thread
        thread.start()
        try:
            async with asyncio.timeout(limit):
                return await answer
        except TimeoutError:
            log.warning("Looking at %s takes longer than %s s: going on without", name, limit)
            return None


def _run(
    name: str,
    call: Callable[[], T],
    loop: asyncio.AbstractEventLoop,
    answer: asyncio.Future[T | None],
) -> None:
    told: T | None = None
    try:
        told = call()
    except Exception:  # noqa: BLE001 - the border of a thread: the look fails, the watching goes on
        log.exception("Looking at %s failed", name)
    with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
        loop.call_soon_threadsafe(_set, answer, told)


def _set(answer: asyncio.Future[T | None], told: T | None) -> None:
    if not answer.done():
        answer.set_result(told)
