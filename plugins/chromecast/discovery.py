"""Finds Chromecasts on the chosen addresses, and looks whether they are really there."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import time
from dataclasses import dataclass
from functools import partial
from logging import Logger
from typing import TYPE_CHECKING

from app.api import CastDevice, Changes
from plugins.chromecast.parsers import Announced, device_of, read_announced

if TYPE_CHECKING:
    from zeroconf import ServiceStateChange, Zeroconf
    from zeroconf.asyncio import AsyncServiceBrowser, AsyncZeroconf

SERVICE = "_googlecast._tcp.local."
PACE, AWAY_PACE = 20.0, 3.0
"""Seconds between two looks at a device that is there, and at one that was."""
TICK = 1.0
CONNECTS_WITHIN = 2.0
TELLS_WITHIN_MS = 2500
CHECKS = 2
MOST_SERVICES = 200
MOST_AT_ONE_ADDRESS = 16
MOST_LOOKED_AT = 24


@dataclass(slots=True)
class _Service:
    """One announced service, whether or not there is a device behind it."""

    said: Announced
    way: str
    here: bool = False
    looked: float = 0.0


class Discovery:
    """The Chromecasts there are now. Everything runs on one loop."""

    def __init__(self, changes: Changes, log: Logger, pace: float = PACE) -> None:
        self._changes = changes
        self._log = log
        self._pace = pace
        self._ways: tuple[str, ...] = ()
        self._turn = asyncio.Lock()
        self._zeroconf: AsyncZeroconf | None = None
        self._browser: AsyncServiceBrowser | None = None
        self._tick: asyncio.Task[None] | None = None
        self._services: dict[str, _Service] = {}  # by the name of the service
        self._looking: dict[str, asyncio.Task[None]] = {}
        self._failed = False

    @property
    def devices(self) -> tuple[CastDevice, ...]:
        """Those that are there; of two with one name for ever, the first."""
        there: dict[str, CastDevice] = {}
        for one in self._services.values():
            if one.here:
                there.setdefault(one.said.id, device_of(one.said, one.way))
        return tuple(there.values())

    def get(self, device: str) -> CastDevice | None:
        """Return one that is there."""
        return next((one for one in self.devices if one.id == device), None)

    async def use(self, ways: tuple[str, ...]) -> None:
        """Look on these addresses of this machine, and on no other."""
        async with self._turn:
            wanted = tuple(dict.fromkeys(ways))
            if wanted != self._ways:
                await self._stop()
                if wanted:
                    await self._begin(wanted)

    async def close(self) -> None:
        """Stop looking and forget everything."""
        await self.use(())

    def doubt(self, device: str) -> None:
        """Somebody lost a device: look whether it is still there."""
        for name, one in self._services.items():
            if one.said.id == device and one.here:
                self._look(name)

    async def _begin(self, ways: tuple[str, ...]) -> None:
        from zeroconf import IPVersion
        from zeroconf.asyncio import AsyncServiceBrowser, AsyncZeroconf

        try:
            self._zeroconf = AsyncZeroconf(interfaces=list(ways), ip_version=IPVersion.V4Only)
        except OSError as error:
            if not self._failed:
                self._log.warning("No Chromecasts can be looked for on %s: %s", ways, error)
            self._failed = True
            return
        self._failed = False
        self._ways = ways
        self._browser = AsyncServiceBrowser(
            self._zeroconf.zeroconf, SERVICE, handlers=[self._changed]
        )
        self._tick = asyncio.get_running_loop().create_task(self._look_again_and_again())

    async def _stop(self) -> None:
        tick, self._tick = self._tick, None
        tasks = [*self._looking.values(), *([tick] if tick is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._browser is not None:
            await self._browser.async_cancel()
        if self._zeroconf is not None:
            await self._zeroconf.async_close()
        self._browser = self._zeroconf = None
        self._ways = ()
        if self.devices:
            self._changes.rise()
        self._services.clear()

    def _changed(
        self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange
    ) -> None:
        from zeroconf import ServiceStateChange

        if state_change is ServiceStateChange.Removed:
            gone = self._services.pop(name, None)
            if gone is not None and gone.here:
                self._log.info("%s said good-bye", gone.said.name)
                self._changes.rise()
        else:
            self._look(name)

    def _look(self, name: str) -> None:
        if name not in self._looking and len(self._looking) < MOST_SERVICES:
            task = asyncio.get_running_loop().create_task(self._look_at(name))
            self._looking[name] = task
            task.add_done_callback(partial(self._looked, name))

    def _looked(self, name: str, _done: asyncio.Task[None]) -> None:
        self._looking.pop(name, None)

    async def _look_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            now = time.monotonic()
            for name, one in tuple(self._services.items()):
                if now - one.looked > (self._pace if one.here else AWAY_PACE):
                    one.looked = now
                    self._look(name)

    async def _look_at(self, name: str) -> None:
        said = await self._ask(name)
        if said is None:
            return
        way = _way_to(said.address, self._ways)
        if way is None:
            self._log.info("A Chromecast at %s is not used: it is not in this home", said.address)
            return
        known = self._services.get(name)
        if known is None and not self._may_be(said):
            return
        here = await answers(device_of(said, way))
        for _ in range(CHECKS - 1):
            if not here and known is not None and known.here:
                here = await answers(device_of(said, way))
        self._take(name, _Service(said, way, here, time.monotonic()))

    async def _ask(self, name: str) -> Announced | None:
        from zeroconf import IPVersion
        from zeroconf.asyncio import AsyncServiceInfo

        if self._zeroconf is None:
            return None
        info = AsyncServiceInfo(SERVICE, name)
        await info.async_request(self._zeroconf.zeroconf, TELLS_WITHIN_MS)
        addresses = info.parsed_addresses(IPVersion.V4Only)
        return read_announced(info.properties, addresses, info.port)

    def _may_be(self, said: Announced) -> bool:
        there = [one.said.address for one in self._services.values()]
        few_here = there.count(said.address) < MOST_AT_ONE_ADDRESS
        return few_here and len(there) < MOST_SERVICES

    def _take(self, name: str, found: _Service) -> None:
        before = self.devices
        # Nobody takes the name of a device that is there and answers.
        known = self._services.get(name)
        moved = known is not None and known.here and known.said.address != found.said.address
        if moved and not found.here:
            return
        self._services[name] = found
        after = self.devices
        if before != after:
            self._changes.rise()
            verb = "Found" if found.here else "Lost"
            self._log.info("%s %s at %s", verb, found.said.name, found.said.address)


def _way_to(address: str, ways: tuple[str, ...]) -> str | None:
    """The address of this machine from which packets go there, when it is a chosen one."""
    if ipaddress.ip_address(address).is_loopback and address not in ways:
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((address, 9))  # sends nothing
            own = str(asking.getsockname()[0])
        except OSError:
            return None
    return own if own in ways else None


async def answers(device: CastDevice) -> bool:
    """Whether somebody listens where a device says it does."""
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(CONNECTS_WITHIN):
            _reader, writer = await asyncio.open_connection(
                device.address, int(device.traits["port"]), local_addr=(device.way, 0)
            )
        writer.transport.abort()
        return True
    return False
