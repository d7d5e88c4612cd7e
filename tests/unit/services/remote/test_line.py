"""The line to the plugin is silent while the plugin is set up anew."""

from __future__ import annotations

import asyncio

import pytest

from app.api.capabilities import Capability
from app.api.chatting import Outgoing
from app.domain.errors import AuthRequired, Unavailable
from app.runtime.supervisor import Supervisor
from app.services.remote.line import Line


class Plugins:
    """A plugin whose answers wait until a test lets them go; `now` is what is being asked."""

    def __init__(self) -> None:
        self.on = True
        self.now: dict[str, asyncio.Future[object]] = {}
        self.ended: list[str] = []

    def offering(self, capability: Capability) -> tuple[str, ...]:
        assert capability is Capability.CHATS
        return ("chat",) if self.on else ()

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        answer = self.now[method] = asyncio.get_running_loop().create_future()
        try:
            return await answer
        finally:
            del self.now[method]
            self.ended.append(method)


async def turned() -> None:
    """Let everybody who can go on."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_nobody_speaks_while_the_plugin_is_changed() -> None:
    plugins, tasks = Plugins(), Supervisor("test")
    line = Line(plugins, tasks)
    poll = tasks.spawn(line.incoming(0, 25.0), "a poll")
    said = tasks.spawn(line.say("1", Outgoing("x")), "a message")
    await turned()
    assert set(plugins.now) == {"incoming", "say"}

    async def change() -> None:
        async with line.hush():
            plugins.ended.append("changed")
            await asyncio.sleep(0.05)
            assert plugins.now == {}

    changing = tasks.spawn(change(), "a change")
    await turned()
    assert poll is not None
    assert said is not None
    assert changing is not None
    assert await poll == ()  # interrupted, which is no failure
    assert plugins.ended == ["incoming"]  # what is being said ends first
    later = tasks.spawn(line.answer("7", ""), "a later answer")
    again = tasks.spawn(line.incoming(0, 25.0), "a later poll")
    await turned()
    assert set(plugins.now) == {"say"}
    plugins.now["say"].set_result("5")
    assert await said == "5"
    await changing
    await turned()
    assert plugins.ended == ["incoming", "say", "changed"]
    assert set(plugins.now) == {"answer", "incoming"}
    plugins.now["answer"].set_result(None)
    line.interrupt()
    assert later is not None
    assert again is not None
    await later
    assert await again == ()
    await tasks.close()


async def test_failures_of_the_plugin_come_through() -> None:
    plugins, tasks = Plugins(), Supervisor("test")
    line = Line(plugins, tasks)
    poll = asyncio.create_task(line.incoming(0, 25.0))
    await turned()
    plugins.now["incoming"].set_exception(AuthRequired("errors.x"))
    with pytest.raises(AuthRequired):
        await poll
    plugins.on = False
    with pytest.raises(Unavailable) as told:
        await line.identity()
    assert told.value.key == "errors.remote_off"
    await tasks.close()
    assert await line.incoming(0, 1.0) == ()
