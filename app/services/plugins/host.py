"""Runs one plugin on a thread and loop of its own, so that whatever it does stops only itself."""

from __future__ import annotations

import asyncio
import concurrent.futures
import ctypes
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterable
from pathlib import Path
from typing import Any, TypeVar

from app.api.capabilities import Capability, implements
from app.api.context import ProviderContext
from app.domain.errors import AppError
from app.runtime.loop import ServiceLoop
from app.services.plugins.loader import Found, forget, import_setup

log = logging.getLogger(__name__)
T = TypeVar("T")

SETUP_SECONDS = 10.0
CLOSE_SECONDS = 2.0
PING_SECONDS = 1.0


class PluginError(Exception):
    """A plugin broke its promise. `reason` is a message key, `detail` for the curious."""

    def __init__(self, reason: str, detail: str = "", *, fatal: bool = True) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail
        self.fatal = fatal


class PluginHost:
    """One loaded plugin. Its methods are awaited on the service loop; its code runs elsewhere."""

    def __init__(
        self,
        found: Found,
        closing: Callable[[], Awaitable[object]] | None = None,
        others: Collection[PluginHost] = (),
    ) -> None:
        self._found = found
        self._others = others  # some may run the same code, which must then stay
        self._closing = closing  # what belongs to the plugin's loop and ends after the provider
        self._loop: ServiceLoop | None = None
        self._provider: object | None = None

    @property
    def provider(self) -> object | None:
        """What the plugin's `setup` returned, once loaded."""
        return self._provider

    def uses(self, folder: Path) -> bool:
        """Whether the code of a folder runs here, or is just being started or ended."""
        return self._loop is not None and self._found.folder == folder

    async def load(self, context: ProviderContext, seconds: float = SETUP_SECONDS) -> None:
        """Import the plugin and set it up; `PluginError` when it cannot, `AppError` if told so.

        An `AppError` of the plugin's own `setup` (offline, sign in) is its right, no failure.
        """
        assert self._found.manifest is not None
        self._loop = ServiceLoop(f"plugin-{self._found.id}")
        self._loop.start()
        try:
            self._provider = await self.run(_set_up(self._found, context), seconds)
            _check_promises(self._provider, self._found.manifest.capabilities)
        except (PluginError, AppError):
            await self.close()
            raise

    async def call(self, method: str, args: tuple[object, ...], seconds: float) -> object:
        """Call a method of the provider; `PluginError` when it raises or takes too long."""
        function = getattr(self._provider, method)
        return await self.run(_apply(function, args), seconds)

    async def run(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        """Run a coroutine on the plugin's loop, `seconds` at most."""
        assert self._loop is not None
        future = self._loop.submit(_guarded(work))
        try:
            async with asyncio.timeout(seconds) as deadline:
                return await asyncio.wrap_future(future)
        except (AppError, PluginError):
            raise
        except asyncio.CancelledError as error:
            mine = asyncio.current_task()
            if mine is not None and mine.cancelling():
                raise
            raise self._failure(error) from error
        except TimeoutError as error:
            if not deadline.expired():  # the plugin's own TimeoutError, not our deadline
                raise self._failure(error) from error
            fatal = not await self._answers()
            raise PluginError("plugins.off.hung", f"{seconds:g} s", fatal=fatal) from error
        except Exception as error:  # the border: a plugin may raise anything
            raise self._failure(error) from error

    async def close(self) -> None:
        """Let the provider close, then end its thread; one that is stuck is thrown out."""
        provider, self._provider = self._provider, None
        if self._loop is None:
            return
        answers = await self._answers()
        for closing in (getattr(provider, "close", None), self._closing):
            if closing is not None and answers:
                await self._close_one(closing)
                answers = await self._answers()
        loop, self._loop = self._loop, None
        if answers:
            await asyncio.to_thread(loop.stop, CLOSE_SECONDS)
        else:
            _throw_out(loop)
        if not any(one.uses(self._found.folder) for one in self._others):
            forget(self._found)

    async def _close_one(self, closing: Callable[[], Awaitable[object]]) -> None:
        try:
            await self.run(_apply(closing, ()), CLOSE_SECONDS)
        except (PluginError, AppError) as error:
            log.warning("The plugin %s did not close well: %s", self._found.id, error)

    def _failure(self, error: BaseException) -> PluginError:
        detail = f"{type(error).__name__}: {error}"[:300]
        log.warning("The plugin %s failed: %s", self._found.id, detail, exc_info=error)
        return PluginError("plugins.off.raised", detail, fatal=False)

    async def _answers(self) -> bool:
        """Whether the plugin's loop still turns."""
        if self._loop is None or self._loop.ident is None:
            return False
        turned: concurrent.futures.Future[bool] = concurrent.futures.Future()
        self._loop.loop.call_soon_threadsafe(turned.set_result, True)
        done = asyncio.wrap_future(turned)
        finished, _ = await asyncio.wait([done], timeout=PING_SECONDS)
        return bool(finished)


def _check_promises(provider: object, capabilities: Iterable[Capability]) -> None:
    for capability in capabilities:
        if not implements(provider, capability):
            raise PluginError("plugins.off.missing_capability", capability.value)


async def _guarded(work: Coroutine[Any, Any, T]) -> T:
    """Keep a SystemExit of the plugin from ending the loop it runs on."""
    try:
        return await work
    except (SystemExit, KeyboardInterrupt) as error:
        raise PluginError("plugins.off.raised", type(error).__name__, fatal=False) from error


async def _set_up(found: Found, context: ProviderContext) -> object:
    setup = import_setup(found)
    if setup is None:
        raise PluginError("plugins.off.no_setup")
    return await setup(context)


async def _apply(function: Callable[..., Awaitable[object]], args: tuple[object, ...]) -> object:
    return await function(*args)


def _throw_out(loop: ServiceLoop) -> None:
    """End a stuck thread at its next line of Python.

    One that sleeps in C ends when it wakes; as a daemon it does not hold up the program's end.
    """
    ident = loop.ident
    if ident is not None:
        loop.loop.call_soon_threadsafe(loop.loop.stop)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(ident), ctypes.py_object(SystemExit)
        )
