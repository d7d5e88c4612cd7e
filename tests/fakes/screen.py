"""A screen of the home as its plugin sees it: takes or refuses, plays, is stopped there, goes."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from app.api.capabilities import Capability
from app.api.casting import (
    CastDevice,
    CastDevices,
    CastMedia,
    CastOrder,
    CastState,
    CastStatus,
)
from app.domain.errors import AppError, Unavailable, Unsupported

TV = CastDevice(
    id="tv", name="Living-room TV", address="10.9.0.2", way="10.9.0.1", maker="Acme", model="X1",
    sinks=("http-get:*:video/mp4:*", "http-get:*:video/mpeg:*", "http-get:*:audio/mpeg:*"),
)  # fmt: skip


class Screen:
    """Stands where the plugins do. What happens at the screen itself is done by a test."""

    def __init__(self, device: CastDevice = TV) -> None:
        self.device = device
        self.here = True
        self.refuses: set[str] = set()  # content types it does not take
        self.breaks: set[str] = set()  # content types it takes, and then does not play
        self.declines: set[str] = set()  # titles it takes in no form
        self.failures: list[AppError] = []  # what the next loads fail with
        self.loads: list[CastMedia] = []
        self.orders: list[tuple[CastOrder, float]] = []
        self.left = 0
        self.status = CastStatus(version=1, state=CastState.IDLE, volume=0.5, muted=False)
        self._round = 1
        self._stirred = asyncio.Event()

    # What the plugin answers.

    def offering(self, capability: Capability) -> tuple[str, ...]:
        return ("dlna",) if capability is Capability.CASTS_TO else ()

    async def call(
        self, plugin: str, capability: Capability, method: str, *args: object, **_: object
    ) -> Any:
        assert (plugin, capability) == ("dlna", Capability.CASTS_TO)
        return await getattr(self, f"_{method}")(*args)

    async def _devices(self, _ways: object, seen: int, patience: float) -> CastDevices:
        await self._later(lambda: self._round != seen, patience)
        return CastDevices(self._round, (self.device,) if self.here else ())

    async def _load(self, _device: str, media: CastMedia) -> None:
        self._require_here()
        if self.failures:
            raise self.failures.pop(0)
        self.loads.append(media)
        if media.content_type in self.refuses or media.title in self.declines:
            raise Unsupported("errors.cast_refused", name=self.device.name)
        state = CastState.FAILED if media.content_type in self.breaks else CastState.PLAYING
        self.now(state, url=media.url, position=media.start, reason="errors.cast_refused")

    async def _order(self, _device: str, order: CastOrder, value: float) -> None:
        self._require_here()
        self.orders.append((order, value))
        if order is CastOrder.PAUSE:
            self.now(CastState.PAUSED)
        elif order is CastOrder.PLAY:
            self.now(CastState.PLAYING)
        elif order is CastOrder.SEEK:
            self.now(self.status.state, position=value)
        elif order is CastOrder.STOP:
            self.now(CastState.STOPPED, url="")
        elif order is CastOrder.VOLUME:
            self.now(self.status.state, volume=value)

    async def _status(self, _device: str, seen: int, patience: float) -> CastStatus:
        await self._later(lambda: self.status.version != seen, patience)
        return self.status

    async def _leave(self, _device: str) -> None:
        self.left += 1

    # What happens there.

    def now(self, state: CastState, **values: Any) -> None:
        """It does something else now."""
        told = {
            name: getattr(self.status, name)
            for name in ("url", "position", "duration", "volume", "muted", "reason")
        }
        version = self.status.version + 1
        self.status = CastStatus(version=version, state=state, **{**told, **values})
        self._stir()

    def at(self, seconds: float) -> None:
        """It plays, and is at this second of its stream."""
        self.now(CastState.PLAYING, position=seconds)

    def goes(self) -> None:
        """Somebody pulls its plug."""
        self.here = False
        self._round += 1
        self.now(CastState.GONE)

    def comes(self) -> None:
        """It is back."""
        self.here = True
        self._round += 1
        self._stir()

    def _require_here(self) -> None:
        if not self.here:
            raise Unavailable("errors.cast_device_away", name=self.device.name)

    def _stir(self) -> None:
        stirred, self._stirred = self._stirred, asyncio.Event()
        stirred.set()

    async def _later(self, true: Any, patience: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while not true():
                    await self._stirred.wait()
