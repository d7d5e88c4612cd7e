"""The screens of the home: who is here, who went away, who was met before."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, Protocol

from app.api.capabilities import Capability
from app.api.casting import CastDevice, CastDevices
from app.domain import casting
from app.domain.casting import Device, DeviceId, Method
from app.domain.errors import AppError, InvalidInput, NotFound
from app.domain.events import DevicesChanged
from app.domain.text import clean
from app.runtime.bus import EventBus
from app.runtime.supervisor import Supervisor
from app.services.casting.store import CastStore, Met

log = logging.getLogger(__name__)

PATIENCE: Final = 25.0
"""Seconds one question for devices waits for news."""
GRACE: Final = 10.0
REST: Final = 5.0
"""Seconds until a plugin that failed is asked again."""
MOST: Final = 200
"""Devices that are kept; a flood of forged ones must not fill the list."""
LONGEST_NAME: Final = 80


class CastPlugins(Protocol):
    """What is asked of plugins."""

    def offering(self, capability: Capability) -> tuple[str, ...]:
        """The ids of plugins that are on and have a capability."""

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> Any:  # noqa: ANN401 - of the type the capability promises, which is checked there
        """Call a method of a capability."""


class DeviceBook:
    """All devices. Lives on the service loop; tells on the bus when they are others."""

    def __init__(
        self,
        plugins: CastPlugins,
        store: CastStore,
        bus: EventBus,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._plugins = plugins
        self._store = store
        self._bus = bus
        self._clock = clock
        self._met: dict[DeviceId, Met] = {}
        self._here: dict[DeviceId, CastDevice] = {}
        self._since: dict[DeviceId, float] = {}
        self._ways: tuple[str, ...] = ()
        self._tasks = Supervisor("devices")
        self._asking: dict[str, asyncio.Task[Any]] = {}

    async def start(self, ways: tuple[str, ...]) -> None:
        """Begin to look by these addresses of this machine."""
        self._met = {one.id: one for one in await self._store.devices()}
        await self.look(ways)

    async def stop(self) -> None:
        """Look no more."""
        await self._tasks.close()

    async def look(self, ways: tuple[str, ...]) -> None:
        """Ask anew, by these addresses."""
        self._ways = ways
        for task in self._asking.values():
            task.cancel()
        self._asking = {}
        for plugin in self._plugins.offering(Capability.CASTS_TO):
            if plugin not in set(casting.Protocol):
                continue  # of the owner's own making: it names no protocol we know
            asking = self._tasks.spawn(self._ask(plugin), plugin)
            if asking is not None:
                self._asking[plugin] = asking

    def all(self) -> tuple[Device, ...]:
        """Every device, those that are here first, by name."""
        devices = [self._device(met) for met in self._met.values()]
        return tuple(sorted(devices, key=lambda one: (not one.here, one.name.casefold(), one.id)))

    def get(self, device: DeviceId) -> Device:
        """One of them; `NotFound`."""
        met = self._met.get(device)
        if met is None:
            raise NotFound("errors.cast_no_device")
        return self._device(met)

    def here(self, device: DeviceId) -> CastDevice | None:
        """What its plugin said of a device that is here."""
        return self._here.get(device)

    async def set_form(self, device: DeviceId, form: Method | None) -> None:
        """Remember the owner's choice for a device."""
        met = self._met.get(device)
        if met is None:
            raise NotFound("errors.cast_no_device")
        await self._keep(replace(met, form=form))
        await self._store.unlearn(device)
        self._bus.publish(DevicesChanged(self.all()))

    async def forget(self, device: DeviceId) -> None:
        """Forget a device; one that is here cannot be."""
        if device in self._here:
            raise InvalidInput("errors.cast_device_here", device=self.get(device).name)
        self._met.pop(device, None)
        await self._store.forget(device)
        self._bus.publish(DevicesChanged(self.all()))

    async def _ask(self, plugin: str) -> None:
        seen = -1
        while True:
            try:
                answer: CastDevices = await self._plugins.call(
                    plugin, Capability.CASTS_TO, "devices", self._ways, seen, PATIENCE,
                    patience=PATIENCE + GRACE,
                )  # fmt: skip
            except AppError as error:
                log.info("The devices of %s cannot be asked for: %s", plugin, error)
                await self._take(casting.Protocol(plugin), ())
                await asyncio.sleep(REST)
                continue
            if answer.version == seen:
                continue
            seen = answer.version
            await self._take(casting.Protocol(plugin), answer.devices)

    async def _take(self, protocol: casting.Protocol, devices: tuple[CastDevice, ...]) -> None:
        """These are all that are here now by one protocol."""
        now = self._clock()
        before = {one for one, met in self._met.items() if met.protocol is protocol}
        came = {DeviceId(one.id): one for one in devices[:MOST]}
        for gone in [one for one in before if one in self._here and one not in came]:
            del self._here[gone]
            self._since[gone] = now
            with contextlib.suppress(KeyError):
                await self._keep(replace(self._met[gone], seen_at=now))
        for name, device in came.items():
            if name not in self._here:
                self._since[name] = now
            self._here[name] = device
            await self._meet(protocol, device, now)
        self._bus.publish(DevicesChanged(self.all()))

    async def _meet(self, protocol: casting.Protocol, device: CastDevice, now: float) -> None:
        known = self._met.get(DeviceId(device.id))
        if known is None and len(self._met) >= MOST:
            await self._drop_oldest()
        met = Met(
            DeviceId(device.id),
            protocol,
            clean(device.name)[:LONGEST_NAME] or device.address,
            clean(device.maker)[:LONGEST_NAME],
            clean(device.model)[:LONGEST_NAME],
            None if known is None else known.form,
            now,
        )
        if known is None or replace(known, seen_at=now) != met:
            await self._keep(met)
        self._met[met.id] = met

    async def _drop_oldest(self) -> None:
        away = [one for one in self._met.values() if one.id not in self._here]
        oldest = min(away or self._met.values(), key=lambda one: one.seen_at)
        del self._met[oldest.id]
        await self._store.forget(oldest.id)

    async def _keep(self, met: Met) -> None:
        self._met[met.id] = met
        await self._store.meet(met)

    def _device(self, met: Met) -> Device:
        here = self._here.get(met.id)
        return Device(
            id=met.id,
            protocol=met.protocol,
            name=met.name,
            maker=met.maker,
            model=met.model,
            here=here is not None,
            since=self._since.get(met.id, met.seen_at),
            sound_only=here is not None and here.sound_only,
            form=met.form,
        )
