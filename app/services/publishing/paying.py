"""Sets money aside before a post goes out where posts cost money."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Final, Protocol

from app.api.capabilities import Capability
from app.api.publishing import PostWanted
from app.domain.budget import PaidCall, PaidKind, parse_amount
from app.domain.errors import InvalidInput
from app.domain.options import Value
from app.services.plugins.model import PluginInfo
from app.services.publishing.ports import Plugins

PRICE: Final = "price"
"""The option that says what one post costs, in US dollars; a platform without it is free."""
TASK: Final = "publishing"


class Bill(Protocol):
    """What a call that was let through costs."""

    def settle(self, price: int | None) -> None:
        """Say the real price in millionths of a dollar; None: the estimate was it."""


class Purse(Protocol):
    """The budget."""

    def paying(self, call: PaidCall) -> AbstractAsyncContextManager[Bill]:
        """Reserve what a call may cost; `Refused` when that is too much or nobody knows."""


class Asked(Plugins, Protocol):
    """The plugins, with what the owner set."""

    async def options(self, plugin: str) -> Mapping[str, Value]:
        """Return the options of one by their names."""


class PaidPlugins:
    """The plugins as publishing calls them: what makes a post exist is paid for first."""

    def __init__(self, plugins: Asked, purse: Purse) -> None:
        self._plugins, self._purse = plugins, purse

    async def list(self) -> tuple[PluginInfo, ...]:
        """Every plugin there is."""
        return await self._plugins.list()

    async def call(self, plugin: str, capability: Capability, method: str, *args: object) -> object:
        """Call one; `Refused` (``errors.budget_spent``, ``errors.price_unknown``) before it is."""
        if method != "commit":
            return await self._plugins.call(plugin, capability, method, *args)
        told = await self._plugins.options(plugin)
        if PRICE not in told:
            return await self._plugins.call(plugin, capability, method, *args)
        what = next((one.title for one in args if isinstance(one, PostWanted)), "")
        call = PaidCall(PaidKind.POST, plugin, TASK, _price(told[PRICE]), what[:80])
        async with self._purse.paying(call):
            return await self._plugins.call(plugin, capability, method, *args)


def _price(told: object) -> int | None:
    """Millionths of a US dollar; None when the owner said nothing, or nothing that is an amount."""
    try:
        return parse_amount(str(told))
    except InvalidInput:
        return None
