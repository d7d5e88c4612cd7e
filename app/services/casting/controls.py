"""Speaks to one device through its plugin."""

from __future__ import annotations

from typing import Final

from app.api.capabilities import Capability
from app.api.casting import CastMedia, CastOrder, CastStatus
from app.domain.casting import DeviceId, Protocol
from app.services.casting.devices import CastPlugins

LOAD_SECONDS: Final = 25.0
"""A TV that wakes up takes its time."""
ORDER_SECONDS: Final = 10.0
PATIENCE: Final = 1.0
"""Seconds one question for the status waits for news; so often one hears where the film is."""
GRACE: Final = 10.0


class Controls:
    """One device. Every call raises `AppError` when it does not work."""

    def __init__(self, plugins: CastPlugins, protocol: Protocol, device: DeviceId) -> None:
        self._plugins = plugins
        self._protocol = protocol
        self._device = device

    async def load(self, media: CastMedia) -> None:
        """Let it play something; `Unsupported` when it refuses this form."""
        await self._call("load", media, seconds=LOAD_SECONDS)

    async def order(self, order: CastOrder, value: float = 0.0) -> None:
        """Tell it something."""
        await self._call("order", order, value, seconds=ORDER_SECONDS)

    async def status(self, seen: int) -> CastStatus:
        """What it does, as soon as that differs from what was seen."""
        told = await self._call("status", seen, PATIENCE, seconds=PATIENCE + GRACE)
        assert isinstance(told, CastStatus)
        return told

    async def leave(self) -> None:
        """Let go of it without stopping it."""
        await self._call("leave", seconds=ORDER_SECONDS)

    async def _call(self, method: str, *args: object, seconds: float) -> object:
        told: object = await self._plugins.call(
            self._protocol.value, Capability.CASTS_TO, method, self._device, *args,
            patience=seconds,
        )  # fmt: skip
        return told
