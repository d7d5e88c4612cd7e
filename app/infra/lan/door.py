"""The sockets of the server for the home: who may connect, how many, and for how long."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from app.domain.errors import Unavailable
from app.infra.lan.gate import Gate, Unexcited
from app.infra.lan.interfaces import Interface
from app.infra.lan.routes import Outside, Route
from app.infra.lan.table import Table

log = logging.getLogger(__name__)

MOST_FROM_ONE: Final = 48
MOST: Final = 256
"""Connections; beyond them the longest idle one goes, and without such a one nobody comes in."""
IDLE_SECONDS: Final = 15.0
"""So long a connection may take to ask for something, the first time and each further one."""
LINE, FIELD, FIELDS = 4096, 8192, 64
"""Most bytes of a request's first line, of a header, and most headers."""
TRIES: Final = 20
"""So many ports are tried from the wanted one on."""
BACKLOG: Final = 64
_KEEPALIVE: Final = (
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 30),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 10),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 4),
)
"""A device that was switched off is noticed. No TCP_USER_TIMEOUT: it would hang up on a paused
film, whose device takes nothing for hours."""


@dataclass(frozen=True, slots=True)
class _Guest:
    peer: str
    local: str
    handler: web.RequestHandler


class Door:
    """Listens, and hands those who may come in to the gate."""

    def __init__(self, routes: Sequence[Route], outside: Callable[[], Outside] = Outside) -> None:
        self._table = Table()
        self._table.add(routes)
        self._gate = Gate(self._table, outside)
        quiet = logging.getLogger(f"{__name__}.http")
        if not quiet.filters:
            quiet.addFilter(Unexcited())
        self._runner = web.AppRunner(
            self._gate.application(),
            access_log=None,
            logger=quiet,
            handler_cancellation=True,
            keepalive_timeout=IDLE_SECONDS,
            lingering_time=1.0,
            max_line_size=LINE,
            max_field_size=FIELD,
            max_headers=FIELDS,
            shutdown_timeout=0.5,
        )
        self._listening: dict[str, asyncio.Server] = {}
        self._near: dict[str, Interface] = {}
        self._guests: dict[asyncio.Transport, _Guest] = {}
        self.port = 0

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where it listens."""
        return tuple(self._listening)

    def add(self, routes: Sequence[Route]) -> None:
        """Answer these too."""
        self._table.add(routes)

    async def listen(self, ways: Sequence[Interface], port: int) -> None:
        """Listen on these addresses and no others; the port is kept while there is any.

        Raises `Unavailable` when no port is free.
        """
        if self._runner.server is None:
            await self._runner.setup()
        self._near = {one.address: one for one in ways}
        for address in [one for one in self._listening if one not in self._near]:
            self._leave(address)
        new = [address for address in self._near if address not in self._listening]
        if self._listening:
            for address in new:
                await self._open([address], [self.port])
        else:
            await self._open(new, range(port, min(port + TRIES, 65_536)) if port else [0])

    async def close(self) -> None:
        """Close everything."""
        for address in self.addresses:
            self._leave(address)
        await self._runner.cleanup()

    def come_in(self, transport: asyncio.Transport) -> None:
        """Somebody has connected: he is handed on, or hung up on without a word."""
        peer, local = (transport.get_extra_info(name)[0] for name in ("peername", "sockname"))
        near = self._near.get(local)
        if near is None or not near.reaches(peer) or not self._room(peer):
            log.debug("A connection from %s was refused", peer)
            transport.abort()
            return
        for option in _KEEPALIVE:
            transport.get_extra_info("socket").setsockopt(*option)
        assert self._runner.server is not None
        handler = self._runner.server()
        self._guests[transport] = _Guest(peer, local, handler)
        transport.set_protocol(handler)
        handler.connection_made(transport)

    def _room(self, peer: str) -> bool:
        """Whether one more may come from there; who does nothing makes room."""
        for transport in [one for one in self._guests if _closed(one)]:
            del self._guests[transport]
        from_there = [one for one, guest in self._guests.items() if guest.peer == peer]
        if len(from_there) >= MOST_FROM_ONE:
            return self._make_room(from_there)
        return len(self._guests) < MOST or self._make_room(list(self._guests))

    def _make_room(self, among: Sequence[asyncio.Transport]) -> bool:
        for transport in among:
            guest = self._guests[transport]
            if transport.is_closing() or guest.handler not in self._gate.doing:
                transport.abort()
                del self._guests[transport]
                return True
        return False

    def _leave(self, address: str) -> None:
        self._listening.pop(address).close()
        for transport, guest in self._guests.items():
            if guest.local != address:
                continue
            task = self._gate.doing.get(guest.handler)
            if task is not None:
                task.cancel()  # its connection is closed then: asyncio trips otherwise
            else:
                transport.abort()

    async def _open(self, addresses: Sequence[str], ports: Sequence[int]) -> None:
        """Listen on the first of the ports that is free on all of the addresses."""
        for port in ports:
            try:
                pipes = _bound(addresses, port)
            except OSError as error:
                log.info("Port %d cannot be had: %s", port, error)
                continue
            self.port = pipes[0].getsockname()[1] if pipes else port
            loop = asyncio.get_running_loop()
            for pipe in pipes:
                address = pipe.getsockname()[0]
                self._listening[address] = await loop.create_server(
                    lambda: _Doorkeeper(self), sock=pipe, backlog=BACKLOG
                )
            return
        if self._listening:
            log.warning("Port %d of %s is taken by another program", self.port, addresses[0])
            return
        raise Unavailable("errors.lan_no_port", port=ports[0])


class _Doorkeeper(asyncio.Protocol):
    """Meets who has connected, before HTTP begins."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._door.come_in(transport)


def _closed(transport: asyncio.Transport) -> bool:
    return bool(transport.get_extra_info("socket").fileno() < 0)


def _bound(addresses: Sequence[str], port: int) -> list[socket.socket]:
    """A socket for each address that is still ours; raises when the port is taken on one."""
    pipes: list[socket.socket] = []
    for address in addresses:
        pipe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            pipe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            pipe.bind((address, pipes[0].getsockname()[1] if pipes else port))
            pipe.listen(BACKLOG)
        except OSError as error:
            pipe.close()
            if error.errno == errno.EADDRNOTAVAIL:
                log.info("%s is no address of this machine any more", address)
                continue
            for one in pipes:
                one.close()
            raise
        pipes.append(pipe)
    return pipes
