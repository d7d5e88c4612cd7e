"""The server for this machine's own player."""

from __future__ import annotations

import asyncio

from aiohttp import web

from app.infra.loopback import LoopbackServer


async def says(_request: web.Request, rest: str) -> web.StreamResponse:
    return web.Response(text=rest)


async def test_two_that_are_offered_first_at_the_same_time_are_both_found() -> None:
    server = LoopbackServer()
    one, two = await asyncio.gather(server.offer(says, "one"), server.offer(says, "two"))
    ports = {address.split("/")[2].partition(":")[2] for address in (one, two)}
    assert len(ports) == 1
    assert "0" not in ports
    assert server.serving(one) is says
    server.withdraw(one)
    assert server.serving(one) is None
    await server.stop()
