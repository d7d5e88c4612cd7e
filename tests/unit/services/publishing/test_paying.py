"""Posts that cost money are paid for before they go out, and others are not asked about."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest

from app.api.capabilities import Capability
from app.api.publishing import PostStep, PostWanted, Stage
from app.domain.budget import PaidCall, PaidKind
from app.domain.errors import Refused
from app.domain.options import Value
from app.services.plugins.model import PluginInfo
from app.services.publishing.paying import PaidPlugins

WANTED = PostWanted("0" * 32, "Kitchen clocks")


class Accounts:
    """Two accounts: one whose posts cost something, and one whose do not."""

    def __init__(self, price: str = "0.01") -> None:
        self.price = price
        self.called: list[tuple[str, str]] = []

    async def list(self) -> tuple[PluginInfo, ...]:
        return ()

    async def options(self, plugin: str) -> Mapping[str, Value]:
        return {"price": self.price} if plugin == "x_com2" else {"folder": "/srv"}

    async def call(self, plugin: str, capability: Capability, method: str, *args: object) -> object:
        self.called.append((plugin, method))
        return PostStep(Stage.DONE, "")


class Bill:
    def settle(self, price: int | None) -> None:
        raise AssertionError("the estimate is the price")


class Purse:
    def __init__(self) -> None:
        self.calls: list[PaidCall] = []
        self.error: Refused | None = None

    @asynccontextmanager
    async def paying(self, call: PaidCall) -> AsyncIterator[Bill]:
        if self.error is not None:
            raise self.error
        self.calls.append(call)
        yield Bill()


async def go(accounts: Accounts, purse: Purse, plugin: str, method: str) -> object:
    plugins = PaidPlugins(accounts, purse)
    return await plugins.call(plugin, Capability.PUBLISHES, method, WANTED, "")


async def test_only_what_makes_a_post_exist_is_paid_for() -> None:
    accounts, purse = Accounts(), Purse()
    for method in ("advance", "find", "commit"):
        await go(accounts, purse, "x_com2", method)
    await go(accounts, purse, "local_folder", "commit")
    assert purse.calls == [
        PaidCall(PaidKind.POST, "x_com2", "publishing", 10_000, "Kitchen clocks")
    ]
    assert len(accounts.called) == 4


@pytest.mark.parametrize("price", ["", "much"])
async def test_a_price_nobody_knows_is_asked_about(price: str) -> None:
    accounts, purse = Accounts(price), Purse()
    await go(accounts, purse, "x_com2", "commit")
    assert [one.estimate for one in purse.calls] == [None]


async def test_what_the_budget_refuses_does_not_go_out() -> None:
    accounts, purse = Accounts(), Purse()
    purse.error = Refused("errors.budget_spent")
    with pytest.raises(Refused):
        await go(accounts, purse, "x_com2", "commit")
    assert accounts.called == []
