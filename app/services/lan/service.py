"""The station in the home: on which of its networks it is found, now and as they change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Final

from app.domain.errors import AppError
from app.domain.events import NoticeLevel, NoticeRaised, SettingsChanged
from app.domain.networks import Network, NetworkKind
from app.infra.lan.interfaces import Interface, Kind, present, watch
from app.infra.lan.server import LanServer
from app.runtime.bus import EventBus, Subscription
from app.runtime.supervisor import Supervisor

log = logging.getLogger(__name__)

LATER: Final = 0.5
"""Seconds after the start at which the home is first looked at: the window comes before it."""
Follow = Callable[[tuple[Interface, ...]], Awaitable[None]]
Look = Callable[[], tuple[Interface, ...]]
Names = Callable[[], Sequence[str]]
Watch = Callable[[Names, asyncio.Event], AsyncIterator[tuple[Interface, ...]]]


class LanService:
    """Keeps the server for the home on the right networks, and tells who stands on it.

    `names` are the interfaces the owner chose, none: what looks like a home. Lives on the
    service loop.
    """

    def __init__(
        self,
        bus: EventBus,
        server: LanServer,
        names: Names,
        port: Callable[[], int],
        watching: Watch = watch,
        look: Look = present,
    ) -> None:
        self._bus = bus
        self._server = server
        self._names = names
        self._port = port
        self._watching = watching
        self._look = look
        self._followers: list[Follow] = []
        self._tasks = Supervisor("home network")
        self._interfaces: tuple[Interface, ...] = ()
        self._ear: Subscription | None = None
        self._bell = asyncio.Event()

    @property
    def interfaces(self) -> tuple[Interface, ...]:
        """The networks it is in now."""
        return self._interfaces

    @property
    def port(self) -> int:
        """The port it listens on; 0: it does not."""
        return self._server.port

    async def networks(self) -> tuple[Network, ...]:
        """Every network this machine could be found in now, by name; those of a home first."""
        addresses: dict[str, list[Interface]] = {}
        for one in await asyncio.to_thread(self._look):
            if one.up and one.kind is not Kind.LOOPBACK:
                addresses.setdefault(one.name, []).append(one)
        found = [
            Network(name, tuple(one.address for one in ways), _kind(ways))
            for name, ways in addresses.items()
        ]
        return tuple(sorted(found, key=lambda one: (one.kind is not NetworkKind.HOME, one.name)))

    def follow(self, follow: Follow) -> None:
        """Call this with the networks there are, now and whenever they are others."""
        self._followers.append(follow)

    async def start(self) -> None:
        """Begin to look; nothing listens yet when this returns."""
        loop = asyncio.get_running_loop()

        def changed(_event: SettingsChanged) -> None:
            loop.call_soon_threadsafe(self._bell.set)

        self._ear = self._bus.on(SettingsChanged, changed)
        self._tasks.spawn(self._run(), "watch")

    async def stop(self) -> None:
        """Be found no more."""
        if self._ear is not None:
            self._ear.close()
        await self._tasks.close()
        await self._server.stop()

    async def _run(self) -> None:
        await asyncio.sleep(LATER)
        async for found in self._watching(self._names, self._bell):
            addresses = tuple(one.address for one in found)
            try:
                if self._server.port:
                    await self._server.change(addresses)
                elif addresses:
                    await self._server.start(addresses, self._port())
            except AppError as error:
                log.warning("The home cannot be served: %s", error)
                args = dict(error.args_map)
                self._bus.publish(NoticeRaised(NoticeLevel.WARN, error.key, args))
                continue
            used = self._server.addresses
            self._interfaces = tuple(one for one in found if one.address in used)
            for follow in self._followers:
                try:
                    await follow(self._interfaces)
                except AppError as error:
                    log.warning("Something does not follow the home's networks: %s", error)


def _kind(ways: Sequence[Interface]) -> NetworkKind:
    kind = ways[0].kind
    if kind is Kind.TUNNEL:
        return NetworkKind.TUNNEL
    if kind is Kind.CONTAINERS:
        return NetworkKind.CONTAINERS
    home = any(one.private or one.link_local for one in ways)
    return NetworkKind.HOME if home else NetworkKind.OPEN
