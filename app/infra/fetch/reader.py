"""Reads a file that is still being loaded; what is asked for is loaded first."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from app.domain.errors import AppError, Unavailable
from app.infra.fetch.plan import Plan
from app.infra.growing import Span

ENDED: Final = "errors.download_ended"


class FileReader:
    """A `Growing` over one fetched file. Lives on the service loop."""

    def __init__(
        self,
        name: str,
        size: int,
        number: int,
        pool: ThreadPoolExecutor,
        gone: Callable[[FileReader], None],
    ) -> None:
        self._name = name
        self._size = size
        # Opened anew: a copy of the descriptor would keep the lock of whoever loads it.
        self._number = os.open(f"/proc/self/fd/{number}", os.O_RDONLY | os.O_CLOEXEC)
        self._pool = pool
        self._gone = gone
        self._plan: Plan | None = None
        self._wishes: tuple[Span, ...] = ()
        self._reading = 0
        self._waiting: set[asyncio.Future[None]] = set()
        self._failure: AppError | None = None

    @property
    def name(self) -> str:
        """The last part of its name."""
        return self._name

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self._size

    def follow(self, plan: Plan) -> None:
        """Read from this plan from now on."""
        self._plan = plan
        plan.aim(id(self), self._wishes)

    def ready(self, start: int) -> int:
        """Return how many bytes from `start` on are here and verified, without a gap."""
        return 0 if self._plan is None else self._plan.ready(start)

    async def read(self, start: int, most: int) -> bytes:
        """Return at least one byte from `start` on, at most `most`; nothing at the end."""
        if start >= self._size or most <= 0:
            return b""
        while True:
            if self._failure is not None:
                raise self._failure
            plan = self._plan
            ready = 0 if plan is None else plan.ready(start)
            if ready > 0:
                return await self._fetch(min(most, ready), start)
            if plan is None or plan.over:
                reason = None if plan is None else plan.reason
                raise reason or Unavailable(ENDED, name=self._name)
            await self._wait(plan, start)

    def aim(self, wishes: Sequence[Span]) -> None:
        """Say what is wanted next, the most urgent first; replaces earlier wishes."""
        self._wishes = tuple(wishes)
        if self._plan is not None:
            self._plan.aim(id(self), self._wishes)

    def close(self) -> None:
        """Want nothing any more; a `read` that waits raises `Unavailable`."""
        self.fail(Unavailable(ENDED, name=self._name))

    def fail(self, error: AppError) -> None:
        """End it, for a reason."""
        if self._failure is not None:
            return
        self._failure = error
        self._gone(self)
        if self._plan is not None:
            self._plan.aim(id(self), ())
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._let_go()

    async def _wait(self, plan: Plan, start: int) -> None:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()

        def settle() -> None:
            if not future.done():
                future.set_result(None)

        self._waiting.add(future)
        try:
            if plan.await_byte(id(future), start, lambda: _call(loop, settle)) and not plan.over:
                await future
        finally:
            plan.forget(id(future))
            self._waiting.discard(future)

    async def _fetch(self, count: int, start: int) -> bytes:
        self._reading += 1
        try:
            reading = asyncio.get_running_loop().run_in_executor(
                self._pool, os.pread, self._number, count, start
            )
            # Who is cancelled goes at once; the thread still has the descriptor.
            reading.add_done_callback(lambda _done: self._read_one())
        except BaseException:
            self._read_one()
            raise
        try:
            return await asyncio.shield(reading)
        except OSError as error:
            raise Unavailable(ENDED, name=self._name) from error

    def _read_one(self) -> None:
        self._reading -= 1
        self._let_go()

    def _let_go(self) -> None:
        if self._failure is not None and self._reading == 0 and self._number >= 0:
            os.close(self._number)
            self._number = -1


def _call(loop: asyncio.AbstractEventLoop, work: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(work)
