"""Waits until a plugin that casts says what a test waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from app.api import CastDevice, CastDevices, CastState, CastStatus

SECONDS = 20.0
PATIENCE = 2.0


async def devices_until(
    plugin: Any, ways: tuple[str, ...], right: Callable[[CastDevices], bool]
) -> CastDevices:
    """The devices, as soon as they are as wanted."""
    told = CastDevices(0, ())
    async with asyncio.timeout(SECONDS):
        while told.version == 0 or not right(told):
            answer = await plugin.devices(ways, told.version, PATIENCE)
            assert isinstance(answer, CastDevices)
            told = answer
    return told


async def found(plugin: Any, way: str, name: str) -> CastDevice:
    """A device, as soon as it is found."""
    told = await devices_until(
        plugin, (way,), lambda told: any(one.name == name for one in told.devices)
    )
    return next(one for one in told.devices if one.name == name)


async def status_until(
    plugin: Any, device: str, right: Callable[[CastStatus], bool], what: str = ""
) -> CastStatus:
    """How a device stands, as soon as it stands as wanted."""
    seen = 0
    shown: list[CastStatus] = []
    try:
        async with asyncio.timeout(SECONDS):
            while not shown or not right(shown[-1]):
                told = await plugin.status(device, seen, 0.3)
                assert isinstance(told, CastStatus)
                seen = told.version
                shown.append(told)
    except TimeoutError:
        raise AssertionError(what, shown[-3:]) from None
    return shown[-1]


async def state_of(plugin: Any, device: str, *states: CastState) -> CastStatus:
    """How a device stands, as soon as it is in one of these states."""
    named = ", ".join(states)
    return await status_until(plugin, device, lambda told: told.state in states, named)
