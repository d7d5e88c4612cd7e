"""The line to the chat service: one plugin, which may be set up anew while nobody speaks."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine, Sequence
from typing import Any, Final, Protocol, cast

from app.api.capabilities import Capability
from app.api.chatting import ChatIdentity, Incoming, Outgoing
from app.domain.errors import AppError, Unavailable
from app.runtime.supervisor import Supervisor

PATIENCE: Final = 60.0
SLACK: Final = 20.0
HUSH: Final = 5.0
"""Seconds that are waited for what is being said before the plugin is changed all the same."""


class PluginsPort(Protocol):
    """What the line asks of the plugins."""

    def offering(self, capability: Capability) -> tuple[str, ...]:
        """Those that are on and can do it."""

    def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> Coroutine[Any, Any, object]:
        """Ask one."""


class Line:
    """Lives on the service loop. Every method raises `AppError`; `Unavailable` without a plugin."""

    def __init__(self, plugins: PluginsPort, tasks: Supervisor) -> None:
        self._plugins, self._tasks = plugins, tasks
        self._free = asyncio.Event()
        self._free.set()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._going = 0
        self._poll: asyncio.Task[object] | None = None

    @property
    def plugin(self) -> str:
        """The chat service that is on; nothing when there is none."""
        return next(iter(self._plugins.offering(Capability.CHATS)), "")

    async def identity(self) -> ChatIdentity:
        """Who the station is there."""
        return cast("ChatIdentity", await self._call("identity"))

    async def incoming(self, after: int, wait: float) -> Sequence[Incoming]:
        """What came after a number; nothing, at once, when it is interrupted."""
        await self._free.wait()
        poll = self._poll = self._tasks.spawn(self._polled(after, wait), "poll")
        if poll is None:
            return ()
        try:
            await asyncio.wait([poll])
        finally:
            self._poll = None
            if not poll.done():
                poll.cancel()
        told = () if poll.cancelled() else poll.result()
        if isinstance(told, AppError):
            raise told
        return cast("Sequence[Incoming]", told)

    async def say(self, chat: str, message: Outgoing) -> str:
        """Send a message; returns its number."""
        patience = None if message.file else PATIENCE
        return cast("str", await self._call("say", chat, message, patience=patience))

    async def rewrite(self, chat: str, sent: str, message: Outgoing) -> None:
        """Give a message other words and buttons."""
        await self._call("rewrite", chat, sent, message)

    async def answer(self, reply: str, text: str) -> None:
        """Say that a press was heard."""
        await self._call("answer", reply, text)

    async def offer(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        """Tell which commands there are."""
        await self._call("offer", tuple(commands), language)

    def interrupt(self) -> None:
        """Wait no longer for what comes: things have changed."""
        if self._poll is not None:
            self._poll.cancel()

    @contextlib.asynccontextmanager
    async def hush(self) -> AsyncIterator[None]:
        """Let nobody speak, so that the plugin can be set up anew; what is said ends first."""
        self._free.clear()
        try:
            self.interrupt()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HUSH):
                    await self._quiet.wait()
            yield
        finally:
            self._free.set()

    async def _call(self, method: str, *args: object, patience: float | None = PATIENCE) -> object:
        await self._free.wait()
        self._going += 1
        self._quiet.clear()
        try:
            return await self._ask(method, *args, patience=patience)
        finally:
            self._going -= 1
            if not self._going:
                self._quiet.set()

    async def _polled(self, after: int, wait: float) -> object:
        """What came, or the expected failure: nobody else is to be told of it."""
        try:
            return await self._ask("incoming", after, wait, patience=wait + SLACK)
        except AppError as error:
            return error

    async def _ask(self, method: str, *args: object, patience: float | None) -> object:
        plugin = self.plugin
        if not plugin:
            raise Unavailable("errors.remote_off")
        return await self._plugins.call(plugin, Capability.CHATS, method, *args, patience=patience)
