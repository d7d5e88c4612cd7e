"""Finds the renderers on the chosen addresses, and notices when they go."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import time
from collections import Counter, OrderedDict
from dataclasses import dataclass, replace
from functools import partial
from logging import Logger
from typing import TYPE_CHECKING

from app.api import AppError, CastDevice, Changes
from plugins.dlna.parsers import (
    RENDERER,
    Description,
    Said,
    only_sound,
    read_description,
    read_said,
    read_sinks,
)
from plugins.dlna.sockets import Ears

if TYPE_CHECKING:
    from plugins.dlna.client import Client

FIRST_SEARCHES = (0.0, 0.4, 1.2, 3.0)
"""Seconds after the start: packets get lost, and televisions wake up slowly."""
PACE = 20.0
SILENT_ROUNDS = 2.5
MOST_DEVICES = 100
MOST_AT_ONE_ADDRESS = 16
MOST_LOOKED_AT = 24
MOST_LOOKED_AT_ONE_ADDRESS = 4
MOST_WAITING = 200
REFUSED_FOR = 60.0
MOST_REFUSED = 500
SINKS_WITHIN = 1.0
CHECKS = 2


@dataclass(slots=True)
class Found:
    """A renderer that is there."""

    device: CastDevice
    location: str
    heard: float
    max_age: float


class Discovery:
    """The renderers there are now. Everything runs on one loop."""

    def __init__(self, changes: Changes, log: Logger, pace: float = PACE) -> None:
        self._changes = changes
        self._log = log
        self._pace = pace
        self._found: dict[str, Found] = {}
        self._ways: dict[str, tuple[Ears, asyncio.Task[None]]] = {}
        self._looking: dict[str, asyncio.Task[None]] = {}  # by the address of the description
        self._waiting: OrderedDict[str, tuple[Said, str]] = OrderedDict()
        self._refused: OrderedDict[str, float] = OrderedDict()
        self._away: set[str] = set()  # addresses of this machine that could not be opened
        self._checking: dict[str, asyncio.Task[None]] = {}

    @property
    def devices(self) -> tuple[CastDevice, ...]:
        """Those found, the first one first."""
        return tuple(one.device for one in self._found.values())

    def get(self, device: str) -> Found | None:
        """Return one that is there."""
        return self._found.get(device)

    async def use(self, ways: tuple[str, ...]) -> None:
        """Look on these addresses of this machine, and on no other."""
        wanted = dict.fromkeys(ways)
        for way in [one for one in self._ways if one not in wanted]:
            await self._leave(way)
        for way in wanted:
            if way not in self._ways:
                await self._enter(way)

    async def close(self) -> None:
        """Stop looking and forget everything."""
        await self.use(())
        tasks = [*self._looking.values(), *self._checking.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def doubt(self, device: str) -> None:
        """Somebody got no answer from a device: look whether it is still there."""
        if device in self._found and device not in self._checking:
            task = asyncio.get_running_loop().create_task(self._check(device))
            self._checking[device] = task
            task.add_done_callback(lambda _done: self._checking.pop(device, None))

    async def _enter(self, way: str) -> None:
        ears = Ears(way, lambda data, source: self._hear(data, source, way))
        try:
            await ears.open()
        except OSError as error:
            ears.close()
            if way not in self._away:
                self._away.add(way)
                self._log.warning("No renderers can be looked for on %s: %s", way, error)
            return
        self._away.discard(way)
        task = asyncio.get_running_loop().create_task(self._search(ears, way))
        self._ways[way] = ears, task

    async def _leave(self, way: str) -> None:
        ears, task = self._ways.pop(way)
        ears.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        for key in [key for key, one in self._found.items() if one.device.way == way]:
            self._lose(key)

    async def _search(self, ears: Ears, way: str) -> None:
        begin = time.monotonic()
        for seconds in FIRST_SEARCHES:
            await asyncio.sleep(max(0.0, begin + seconds - time.monotonic()))
            ears.search(f"{RENDERER}1")
        while True:
            await asyncio.sleep(self._pace)
            ears.search(f"{RENDERER}1")
            self._doubt_the_silent(way)

    def _doubt_the_silent(self, way: str) -> None:
        now = time.monotonic()
        for key, one in tuple(self._found.items()):
            silent = now - one.heard
            if one.device.way == way and silent > min(self._pace * SILENT_ROUNDS, one.max_age):
                self.doubt(key)

    def _hear(self, data: bytes, source: str, way: str) -> None:
        said = read_said(data, source)
        if said is None or not _believable(source, way):
            return
        known = self._found.get(said.udn)
        if said.leaves:
            if known is not None and known.device.address == source:
                self._lose(said.udn)
            return
        if known is not None and known.location == said.location:
            known.heard, known.max_age = time.monotonic(), said.max_age
            return
        self._wonder(said, way)

    def _wonder(self, said: Said, way: str) -> None:
        """Look at a description soon: a few at a time, the newest first."""
        if said.location in self._looking or self._is_refused(said.location):
            return
        self._waiting[said.location] = said, way
        self._waiting.move_to_end(said.location)
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popitem(last=False)
        self._look_at_more()

    def _look_at_more(self) -> None:
        busy = Counter(_host(one) for one in self._looking)
        for location in reversed(tuple(self._waiting)):
            if len(self._looking) >= MOST_LOOKED_AT:
                return
            host = _host(location)
            if busy[host] >= MOST_LOOKED_AT_ONE_ADDRESS:
                continue
            said, way = self._waiting.pop(location)
            busy[host] += 1
            task = asyncio.get_running_loop().create_task(self._look_at(said, way))
            self._looking[location] = task
            task.add_done_callback(partial(self._looked_at, location))

    def _looked_at(self, location: str, _done: asyncio.Task[None]) -> None:
        self._looking.pop(location, None)
        if self._ways:
            self._look_at_more()

    async def _look_at(self, said: Said, way: str) -> None:
        from plugins.dlna.client import Client

        address = _host(said.location)
        client = Client(way, address)
        try:
            page = await client.get(said.location)
            described = read_description(page, said.location, said.udn)
            device = _device(described, said, way)
            if not await self._may_be(device, said.location):
                return
            asking = asyncio.ensure_future(_sinks(client, described))
            try:
                await asyncio.wait({asking}, timeout=SINKS_WITHIN)
                if not asking.done():
                    self._keep(device, said)
                device = _with_sinks(device, await asking)
                self._keep(device, said)
            finally:
                asking.cancel()
        except AppError as error:
            self._refuse(said.location, error)
        finally:
            await client.close()

    async def _may_be(self, device: CastDevice, location: str) -> bool:
        """Whether a device may be shown: nobody takes the name of one that is there and answers."""
        known = self._found.get(device.id)
        if known is not None and known.location != location:
            await self._check(device.id)
            known = self._found.get(device.id)
        if known is not None:
            return known.location == location
        return self._has_room(device)

    def _has_room(self, device: CastDevice) -> bool:
        there = [one.device.address for one in self._found.values()]
        return len(there) < MOST_DEVICES and there.count(device.address) < MOST_AT_ONE_ADDRESS

    def _keep(self, device: CastDevice, said: Said) -> None:
        known = self._found.get(device.id)
        if device.way not in self._ways or (known is not None and known.location != said.location):
            return
        if known is None and not self._has_room(device):  # others came while it was asked
            return
        self._found[device.id] = Found(device, said.location, time.monotonic(), said.max_age)
        if known is None or known.device != device:
            self._changes.rise()
        if known is None:
            self._log.info("Found %s at %s", device.name, device.address)

    def _lose(self, key: str) -> None:
        gone = self._found.pop(key, None)
        if gone is not None:
            self._changes.rise()
            self._log.info("%s at %s is gone", gone.device.name, gone.device.address)

    async def _check(self, key: str) -> None:
        """Ask for the description of a device again, and lose it when it has none any more."""
        from plugins.dlna.client import Client

        one = self._found.get(key)
        if one is None:
            return
        client = Client(one.device.way, one.device.address)
        try:
            for _ in range(CHECKS):
                with contextlib.suppress(AppError):
                    page = await client.get(one.location)
                    if read_description(page, one.location, key).udn == key:
                        one.heard = time.monotonic()
                        return
        finally:
            await client.close()
        if self._found.get(key) is one:
            self._lose(key)

    def _refuse(self, location: str, error: AppError) -> None:
        self._log.info("The device at %s is not used: %s", location[:200], error)
        self._refused[location] = time.monotonic() + REFUSED_FOR
        while len(self._refused) > MOST_REFUSED:
            self._refused.popitem(last=False)

    def _is_refused(self, location: str) -> bool:
        return self._refused.get(location, 0.0) > time.monotonic()


def _believable(source: str, way: str) -> bool:
    """Whether a packet may really come from there: this machine itself only by its loopback."""
    try:
        address = ipaddress.ip_address(source)
    except ValueError:
        return False
    if address.is_multicast or address.is_unspecified:
        return False
    return not address.is_loopback or ipaddress.ip_address(way).is_loopback


def _host(location: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(location).hostname or ""


def _device(described: Description, said: Said, way: str) -> CastDevice:
    traits = dict(described.traits)
    if said.server:
        traits["server"] = said.server
    return CastDevice(
        id=described.udn,
        name=described.name,
        address=_host(said.location),
        way=way,
        maker=described.traits.get("manufacturer", ""),
        model=described.traits.get("modelName", ""),
        traits=traits,
        can_set_volume="RenderingControl" in described.controls,
    )


def _with_sinks(device: CastDevice, sinks: tuple[str, ...]) -> CastDevice:
    return replace(device, sinks=sinks, sound_only=only_sound(sinks))


async def _sinks(client: Client, described: Description) -> tuple[str, ...]:
    kind, url = described.controls.get("ConnectionManager", ("", ""))
    if not url:
        return ()
    try:
        answer = await client.call(url, kind, "GetProtocolInfo")
    except AppError:
        return ()  # it does not say what it plays; the safest form is for it
    return read_sinks(answer.get("Sink", ""))
