"""Asks something that may hang, beside the loop: in a thread that is given up after a while.

The loop's usual threads are few and are waited for at the end: one that looks at a share which
went away would keep the station from ending. These are not waited for.
"""

from __future__ import annotations

import _thread
import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Look:
    """A look nobody waits for. `over` is set last, by its thread; `late` once it is given up."""

    call: Callable[[], Any]
    take: Callable[[Any], None]
    until: float
    told: Any = None
    over: bool = False
    late: bool = False


class Aside:
    """One thread for each name at a time; lives on one loop."""

    def __init__(self) -> None:
        self._threads: dict[str, threading.Thread] = {}
        self._looks: dict[str, _Look] = {}

    def begin(
        self, name: str, call: Callable[[], T], limit: float, take: Callable[[T | None], None]
    ) -> None:
        """Ask, and go on: a later `collect` hands to `take` what `call` returned.

        It wakes nobody, for one who looks in again and again anyway. None is handed on when the
        call fails or takes longer than `limit` seconds; what it tells after that counts no more.
        While one hangs, the next of its name is not begun.
        """
        if name in self._looks:
            return
        look = self._looks[name] = _Look(call, take, time.monotonic() + limit)
        # Not `Thread.start`: that waits until the thread has begun, which is one more wake-up.
        _thread.start_new_thread(_answer, (name, look))

    def collect(self) -> None:
        """Hand on what has been answered, and give up what takes too long."""
        now = time.monotonic()
        for name, look in list(self._looks.items()):
            if look.over:
                del self._looks[name]
                if not look.late:
                    look.take(look.told)
            elif now >= look.until and not look.late:
                look.late = True
                log.warning("Looking at %s takes too long: going on without", name)
                look.take(None)

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


def _answer(name: str, look: _Look) -> None:
    try:
        look.told = look.call()
    except Exception:  # noqa: BLE001 - the border of a thread: the look fails, the watching goes on
        log.exception("Looking at %s failed", name)
    look.over = True


def _set(answer: asyncio.Future[T | None], told: T | None) -> None:
    if not answer.done():
        answer.set_result(told)
