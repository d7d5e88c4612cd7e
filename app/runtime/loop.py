"""The service thread: one stock asyncio loop on which all services live."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")


class ServiceLoop:
    """Runs an asyncio loop in its own thread until stopped."""

    def __init__(self, name: str = "service") -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop, for `call_soon_threadsafe` from foreign threads."""
        return self._loop

    @property
    def ident(self) -> int | None:
        """The thread's number while it runs, for those who must throw it out."""
        return self._thread.ident if self._thread.is_alive() else None

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def submit(self, coro: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Run a coroutine on the service loop; safe from every thread."""
        return asyncio.run_coroutine_threadsafe(coro, self._loop)

    def stop(self, timeout: float = 3.0) -> None:
        """Cancel what still runs, end the loop and join the thread (seconds)."""
        if not self._thread.is_alive():
            return
        leaving = self.submit(self._cancel_all())
        try:
            leaving.result(timeout)
        except concurrent.futures.TimeoutError:
            log.warning("Tasks of the service loop did not end within %s s", timeout)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    async def _cancel_all(self) -> None:
        mine = asyncio.current_task()
        tasks = [task for task in asyncio.all_tasks() if task is not mine]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
