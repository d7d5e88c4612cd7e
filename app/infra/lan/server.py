"""The station's one web server for the home: only for its networks, only what the table holds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.domain.errors import Unavailable
from app.infra.lan import interfaces
from app.infra.lan.interfaces import Interface
from app.infra.lan.offers import PREFIX, Offers, token_of
from app.infra.lan.routes import Outside, Route

if TYPE_CHECKING:
    from aiohttp import web

    from app.infra.lan.door import Door
    from app.infra.loopback import Serve


class LanServer:
    """Answers the home. Lives on the service loop.

    Nothing listens before `start`, and never on an address that was not given.
    """

    def __init__(
        self,
        look: Callable[[], tuple[Interface, ...]] = interfaces.present,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look = look
        self._offers = Offers(clock)
        self._added: list[Route] = [
            Route("GET", PREFIX + "{token}/{name:.*}", self._give, shared=True)
        ]
        self._door: Door | None = None
        self._wanted = 0
        self._outside: Callable[[], Outside] = Outside
        self._turn = asyncio.Lock()

    @property
    def port(self) -> int:
        """The port it listens on, which may be another than was wished for; 0: it does not."""
        return 0 if self._door is None else self._door.port

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses it listens on."""
        return () if self._door is None else self._door.addresses

    def add(self, routes: Sequence[Route]) -> None:
        """Answer these too, from now on."""
        self._added.extend(routes)
        if self._door is not None:
            self._door.add(routes)

    def let_in(self, outside: Callable[[], Outside]) -> None:
        """Ask this, at each request, by which name and which proxy the world may come in."""
        self._outside = outside

    def routes(self) -> tuple[Route, ...]:
        """Everything that is answered."""
        return tuple(self._added)

    async def start(self, addresses: Sequence[str], port: int) -> int:
        """Listen on each of these addresses; returns the port.

        When it is taken, the next that is free on all of them is used. Raises `Unavailable` when
        none is.
        """
        from app.infra.lan.door import Door  # 0.3 s for aiohttp: only where it is really used

        self._wanted = port
        self._door = Door(self._added, lambda: self._outside())
        try:
            await self.change(addresses)
        except BaseException:
            await self.stop()
            raise
        return self.port

    async def change(self, addresses: Sequence[str]) -> None:
        """Listen on these addresses instead. Who came by one that stays is not disturbed.

        An address this machine does not have, or on which the port is taken, is left out:
        `addresses` says which are used.
        """
        door = self._door
        if door is None:
            return
        ways = {one.address: one for one in await asyncio.to_thread(self._look)}
        async with self._turn:
            if self._door is door:
                await door.listen([ways[one] for one in addresses if one in ways], self._wanted)

    async def stop(self) -> None:
        """Close every connection; what was offered is offered no more."""
        self._offers.end_all()
        door, self._door = self._door, None
        if door is not None:
            async with self._turn:
                await door.close()

    def address_of(self, way: str) -> str:
        """Where it is found by one of this machine's addresses: ``http://192.168.1.2:8200``."""
        if way not in self.addresses:
            raise Unavailable("errors.lan_not_there", address=way)
        return f"http://{way}:{self.port}"

    def offer(
        self, serve: Serve, name: str, *, way: str, device: str, seconds: float, again: str = ""
    ) -> str:
        """Offer something to the device at one address; returns where it is fetched.

        It ends so many `seconds` after it was last used. `again` is an address of before a
        restart, which is to be good again; it is the same as long as `way` and port are.
        """
        base = self.address_of(way)
        return base + self._offers.put(serve, name, device, seconds, token_of(again))

    def withdraw(self, url: str) -> None:
        """Offer it no more, and hang up on who fetches it; an unknown address does no harm."""
        self._offers.end(token_of(url))

    async def _give(self, request: web.Request) -> web.StreamResponse:
        from aiohttp import web

        offer = self._offers.find(request.match_info["token"], request.remote or "")
        if offer is None:
            return web.Response(status=404)
        with self._offers.fetched(offer):
            return await offer.serve(request, request.match_info["name"])
