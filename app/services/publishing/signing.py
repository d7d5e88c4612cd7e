"""Has the owner sign in in a browser: opens the door he comes back through, and hears the end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.api.capabilities import Capability
from app.api.publishing import Doorway, SignInPage
from app.api.reading import web_address
from app.domain.errors import AppError, InvalidInput, Unavailable
from app.domain.post import AccountId
from app.infra.doorway import OPEN_SECONDS, BrowserDoor, Shown
from app.runtime.supervisor import Supervisor
from app.services.plugins.service import PluginService

Say = Callable[[str, Mapping[str, object]], str]
"""Puts a message key into words, for the page the browser ends on."""
_NOT_OURS: Final = "errors.sign_in_state"


@dataclass(slots=True)
class _Waiting:
    """A sign-in for which somebody is out in the browser."""

    doorway: Doorway
    door: BrowserDoor
    task: asyncio.Task[None] | None = None
    trouble: AppError | None = field(default=None)


class SignIns:
    """The sign-ins under way: one of an account, and one through a door with a fixed port.

    `ended` is told how each ended that was not cancelled: with what went wrong, or None.
    """

    def __init__(
        self,
        plugins: PluginService,
        ended: Callable[[AccountId, AppError | None], Awaitable[None]],
        say: Say | None = None,
        seconds: float = OPEN_SECONDS,
    ) -> None:
        self._plugins = plugins
        self._ended = ended
        self._say = say or _nothing
        self._seconds = seconds
        self._waiting: dict[AccountId, _Waiting] = {}
        self._turn = asyncio.Lock()
        self._scope = Supervisor("sign-ins")

    @property
    def waiting(self) -> frozenset[AccountId]:
        """The accounts somebody signs in to now."""
        return frozenset(self._waiting)

    async def begin(self, account: AccountId) -> str:
        """Return the page to open in a browser; whoever comes back is waited for meanwhile.

        `Unavailable` (``errors.sign_in_port``) when the door cannot be opened, and what the
        plugin raises: `AuthRequired` when the owner's app is not set up.
        """
        async with self._turn:
            told = await self._plugins.call(account, Capability.SIGNS_IN, "doorway")
            assert isinstance(told, Doorway)
            for other, one in list(self._waiting.items()):
                if other == account or (told.port and one.doorway.port == told.port):
                    await self.cancel(other)
            return await self._open(account, told)

    async def cancel(self, account: AccountId) -> bool:
        """Wait no longer, and return whether somebody was waited for; nobody is told."""
        waiting = self._waiting.pop(account, None)
        if waiting is None:
            return False
        if waiting.task is not None:
            waiting.task.cancel()
            await asyncio.gather(waiting.task, return_exceptions=True)
        await waiting.door.close()
        return True

    async def close(self) -> None:
        """Cancel all."""
        for account in list(self._waiting):
            await self.cancel(account)
        await self._scope.close()

    async def _open(self, account: AccountId, doorway: Doorway) -> str:
        async def take(answer: Mapping[str, str]) -> Shown:
            return await self._take(waiting, account, answer)

        door = BrowserDoor(doorway, take, self._seconds)
        waiting = _Waiting(doorway, door)
        redirect = await door.open()
        try:
            page = await self._page(account, redirect)
        except BaseException:
            await door.close()
            raise
        self._waiting[account] = waiting
        waiting.task = self._scope.spawn(self._await(account, waiting), account)
        return page

    async def _page(self, account: AccountId, redirect: str) -> str:
        page = await self._plugins.call(account, Capability.SIGNS_IN, "begin_sign_in", redirect)
        assert isinstance(page, SignInPage)
        if not web_address(page.url):
            raise Unavailable("errors.bad_answer", host=self._plugins.name_of(account))
        return page.url

    async def _take(
        self, waiting: _Waiting, account: AccountId, answer: Mapping[str, str]
    ) -> Shown:
        """Give the plugin what the browser brought; says what is to be shown there."""
        try:
            await self._plugins.call(account, Capability.SIGNS_IN, "finish_sign_in", dict(answer))
        except AppError as error:
            ours = error.key != _NOT_OURS
            waiting.trouble = error if ours else None
            return Shown(good=False, words=self._say(error.key, error.args_map), ours=ours)
        name = self._plugins.name_of(account)
        return Shown(good=True, words=self._say("notes.sign_in_done", {"name": name}))

    async def _await(self, account: AccountId, waiting: _Waiting) -> None:
        """Wait for the browser, close the door behind it, and tell how it ended."""
        came = await waiting.door.wait()
        await waiting.door.close()
        if self._waiting.get(account) is waiting:
            del self._waiting[account]
        late = InvalidInput("errors.sign_in_late", name=self._plugins.name_of(account))
        await self._ended(account, waiting.trouble if came else late)


def _nothing(_key: str, _args: Mapping[str, object]) -> str:
    return ""
