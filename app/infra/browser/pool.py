"""The station's browser: one Chromium without a window, kept warm, two pages at a time.

It is started by the first visit and ends some time after the last. Where it may connect to is
decided by a door of each visit (`app.infra.browser.door`); nothing a page does reaches a disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from app.api.browsing import PageSeen, PageVisit
from app.domain.errors import Unavailable
from app.infra.browser.memory import keep_small
from app.infra.browser.process import Chromium, find_program, start_chromium
from app.infra.browser.rules import read_blocked, web_address

log = logging.getLogger(__name__)


class BrowserPool:
    """Visits pages, at most `size` at once; the browser is closed after `idle` seconds unused.

    Its methods are called on one loop. Nothing is started, and nothing heavy imported, before the
    first visit.
    """

    def __init__(self, size: int = 2, idle: float = 120.0, executable: str | None = None) -> None:
        self._size = size
        self._idle = idle
        self._executable = executable
        self._seats = asyncio.Semaphore(size)
        self._running = 0
        self._waiting = 0
        self._closed = False
        self._starting: asyncio.Task[Chromium] | None = None
        self._cooling: asyncio.TimerHandle | None = None
        self._closings: set[asyncio.Task[None]] = set()
        self._blocked: frozenset[str] | None = None

    @property
    def size(self) -> int:
        """How many visits can run at once."""
        return self._size

    @property
    def in_use(self) -> tuple[int, int]:
        """How many visits run, and how many wait for their turn."""
        return self._running, self._waiting

    @property
    def warm(self) -> bool:
        """Whether a browser runs or is being started."""
        return self._starting is not None

    async def visit(self, wanted: PageVisit, own_hosts: frozenset[str] = frozenset()) -> PageSeen:
        """Visit a page when its turn comes, `wanted.seconds` at most from then on.

        `own_hosts` may lie in the home network, when the page itself does; no other address may:
        `Refused`. `Unavailable` when the page cannot be opened, or there is no browser.
        """
        host, port = web_address(wanted.url)
        async with self._seat():
            if self._blocked is None:
                self._blocked = await asyncio.to_thread(_prepare)
            from app.infra.browser.door import Door
            from app.infra.browser.visit import visit_page

            door = Door(host, own_hosts, self._blocked)
            await door.enter(port)
            chromium = await self._browser(host)
            await door.open()
            try:
                work = visit_page(chromium, door, wanted)
                return await _while_there(chromium, host, work)
            finally:
                await door.close()

    async def program(self) -> str:
        """Where the browser's program is; `Unavailable` when there is none. Starts nothing."""
        return await asyncio.to_thread(find_program, self._executable)

    async def close(self) -> None:
        """End the browser and every visit; later ones are refused."""
        self._closed = True
        self._let_go()
        while self._closings:
            await asyncio.gather(*self._closings)

    @contextlib.asynccontextmanager
    async def _seat(self) -> AsyncIterator[None]:
        self._waiting += 1
        try:
            await self._seats.acquire()
        finally:
            self._waiting -= 1
        self._running += 1
        self._stay()
        try:
            yield
        finally:
            self._running -= 1
            self._seats.release()
            if not self._running and not self._waiting and self._starting is not None:
                self._cooling = asyncio.get_running_loop().call_later(self._idle, self._let_go)

    def _stay(self) -> None:
        if self._cooling is not None:
            self._cooling.cancel()
            self._cooling = None

    async def _browser(self, host: str) -> Chromium:
        """The warm browser, or a new one when there is none, or the last one broke."""
        if self._closed:
            raise Unavailable("errors.page_not_opened", host=host)
        if self._starting is not None and _broken(self._starting):
            self._let_go()
        if self._starting is None:
            loop = asyncio.get_running_loop()
            self._starting = loop.create_task(start_chromium(self._executable))
        # Others may be waiting for the same start: one that gives up does not end it.
        return await asyncio.shield(self._starting)

    def _let_go(self) -> None:
        """Close the browser, in a task that `close` waits for."""
        self._stay()
        starting, self._starting = self._starting, None
        if starting is not None:
            task = asyncio.get_running_loop().create_task(_close(starting))
            self._closings.add(task)
            task.add_done_callback(self._closings.discard)


def _prepare() -> frozenset[str]:
    """Import what a visit needs, and read the list of blocked hosts. Blocking, for a thread."""
    importlib.import_module("app.infra.browser.visit")
    return read_blocked()


def _broken(starting: asyncio.Task[Chromium]) -> bool:
    if not starting.done():
        return False
    return (
        starting.cancelled() or starting.exception() is not None or starting.result().gone.is_set()
    )


async def _close(starting: asyncio.Task[Chromium]) -> None:
    """Close a browser, also one that is only just being started."""
    # Why it did not start was told to those who waited for it.
    with contextlib.suppress(Unavailable):
        await (await starting).close()


async def _while_there(
    chromium: Chromium, host: str, work: Coroutine[Any, Any, PageSeen]
) -> PageSeen:
    """Run a visit as long as its browser is there."""
    loop = asyncio.get_running_loop()
    visit, gone = loop.create_task(work), loop.create_task(chromium.gone.wait())
    memory = loop.create_task(keep_small(chromium.pid))
    try:
        await asyncio.wait({visit, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not visit.done():
            raise Unavailable("errors.page_not_opened", host=host)
        return visit.result()
    finally:
        for task in (visit, gone, memory):
            task.cancel()
        await asyncio.gather(visit, gone, memory, return_exceptions=True)
