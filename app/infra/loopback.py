"""A web server for this machine's own player: opaque addresses, on loopback, for nobody else."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from aiohttp import web

    Serve = Callable[[web.Request, str], Awaitable[web.StreamResponse]]
    """Answers one request; the text is what follows the token in the address."""

log = logging.getLogger(__name__)

HOST: Final = "127.0.0.1"
MOST: Final = 200
"""So many things may be offered at once; the oldest goes first."""


class LoopbackServer:
    """Offers things under addresses nobody can guess. Started when the first is offered."""

    def __init__(self) -> None:
        self._runner: web.AppRunner | None = None
        self._starting = asyncio.Lock()
        self._port = 0
        self._offered: dict[str, Serve] = {}

    async def offer(self, serve: Serve, name: str) -> str:
        """Offer something; returns its address, which ends with `name`."""
        await self._start()
        token = secrets.token_urlsafe(18)
        self._offered[token] = serve
        while len(self._offered) > MOST:
            del self._offered[next(iter(self._offered))]
        return f"http://{HOST}:{self._port}/{token}/{quote(name, safe='.-_')}"

    def serving(self, address: str) -> Serve | None:
        """What answers under an address; None when it is offered no more."""
        parts = address.split("/")
        return self._offered.get(parts[3]) if len(parts) > 3 else None

    def withdraw(self, address: str) -> None:
        """Offer it no more; an address that is not known does no harm."""
        parts = address.split("/")
        if len(parts) > 3:
            self._offered.pop(parts[3], None)

    async def stop(self) -> None:
        """Close every connection."""
        self._offered.clear()
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _start(self) -> None:
        async with self._starting:  # two may offer something first
            if self._runner is not None:
                return
            from aiohttp import web  # 0.3 s: only when something really comes over the network

            application = web.Application(handler_args={"access_log": None})
            application.router.add_get("/{token}/{rest:.*}", self._answer)
            self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
            await self._runner.setup()
            site = web.TCPSite(self._runner, HOST, 0)
            await site.start()
            self._port = int(self._runner.addresses[0][1])

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        from aiohttp import web

        # A page in a browser here must not reach it by a name that leads to this machine.
        if request.headers.get("Host") != f"{HOST}:{self._port}" or "Origin" in request.headers:
            return web.Response(status=403)
        serve = self._offered.get(request.match_info["token"])
        if serve is None:
            return web.Response(status=404)
        return await serve(request, request.match_info["rest"])
