"""What every plugin that casts does alike: keeps its devices, watches one, says how it stands.

A plugin derives its provider from `CastProvider` and what speaks to one device from `CastPlayer`;
how its devices are found and what they are told in is its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from logging import Logger
from typing import Protocol

from app.api.casting import (
    CastDevice,
    CastDevices,
    CastMedia,
    CastOrder,
    CastState,
    CastStatus,
    Changes,
)
from app.domain.errors import AppError, NotFound

LONGEST_PATIENCE = 50.0
SWARM = 0.02
"""Seconds a wake-up rests: devices call in swarms."""


class CastPlayback(Protocol):
    """How playing stands, judged from what a device says."""

    state: CastState
    url: str
    duration: float | None
    subtitle: int | None
    reason: str
    args: Mapping[str, object]
    jumped: int  # how often it went elsewhere than time does

    def position(self, now: float) -> float:
        """How far it is at a moment (seconds of `time.monotonic`)."""


class CastPlayer(ABC):
    """One device that is played on or watched, from its making to `close`; for one loop only."""

    def __init__(self, device: CastDevice, playback: CastPlayback, log: Logger) -> None:
        self._device = device
        self._log = log
        self._changes = Changes()
        self._turn = asyncio.Lock()
        self._wake = asyncio.Event()
        self._gone = False
        self._volume: float | None = None
        self._muted: bool | None = None
        self._playing = playback
        self._task: asyncio.Task[None] | None = None
        self._shown: tuple[object, ...] = ()

    @abstractmethod
    async def load(self, media: CastMedia) -> None:
        """Let it play something; returns when it has taken it."""

    @abstractmethod
    async def order(self, order: CastOrder, value: float) -> None:
        """Tell it something."""

    async def status(self, seen: int, patience: float) -> CastStatus:
        """Return what it does; waits while `seen` is what there is."""
        if self._task is None:
            async with self._turn:
                await self._connect_and_watch()
        await self._changes.later(seen, min(patience, LONGEST_PATIENCE))
        return self._stands()

    async def close(self) -> None:
        """Watch it no more; what plays there goes on."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._disconnect()

    # What a plugin gives.

    @abstractmethod
    async def _connect(self) -> None:
        """Connect when that is not done yet; raises when it does not answer."""

    @abstractmethod
    async def _disconnect(self) -> None:
        """Let go of it."""

    @abstractmethod
    async def _look(self) -> None:
        """See how it stands; called again and again, with `_pause` between."""

    @abstractmethod
    async def _missed(self, error: AppError) -> None:
        """A look failed."""

    @abstractmethod
    def _pause(self) -> float:
        """Seconds until the next look, when nothing wakes it."""

    # What it is given.

    async def _connect_and_watch(self) -> None:
        await self._connect()
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._watch())

    def _note(self) -> None:
        """Rise the version when what is shown changed; that time passes is no change."""
        shown = (replace(self._stands(), version=0, position=0.0), self._playing.jumped)
        if shown != self._shown:
            self._shown = shown
            self._changes.rise()

    def _stands(self) -> CastStatus:
        playing = self._playing
        state = CastState.GONE if self._gone else playing.state
        failed = state is CastState.FAILED
        return CastStatus(
            version=self._changes.version,
            state=state,
            url=playing.url,
            position=playing.position(time.monotonic()),
            duration=playing.duration,
            volume=self._volume,
            muted=self._muted,
            subtitle=playing.subtitle,
            reason=playing.reason if failed else "",
            args={"device": self._device.name, **playing.args} if failed else {},
        )

    async def _watch(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self._look()
            except AppError as error:
                await self._missed(error)
            self._note()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pause()):
                    await self._wake.wait()
                await asyncio.sleep(SWARM)


class FindsCastDevices(Protocol):
    """Knows the devices of a kind that there are now."""

    @property
    def devices(self) -> tuple[CastDevice, ...]:
        """All of them."""

    async def use(self, ways: tuple[str, ...]) -> None:
        """Look by these addresses of this machine, and by no other."""

    async def close(self) -> None:
        """Look no more."""


class CastProvider(ABC):
    """Implements `CastsTo`: one `CastPlayer` for each device that is played on or watched."""

    def __init__(self, discovery: FindsCastDevices, changes: Changes) -> None:
        self._looking = discovery
        self._changes = changes
        self._players: dict[str, CastPlayer] = {}

    @abstractmethod
    def _player(self, device: str) -> CastPlayer | None:
        """Make what speaks to a device; None when there is no such device now."""

    async def devices(self, ways: tuple[str, ...], seen: int, patience: float) -> CastDevices:
        """Return the devices found by these addresses; waits while `seen` is what there is."""
        await self._looking.use(ways)
        await self._changes.later(seen, min(patience, LONGEST_PATIENCE))
        return CastDevices(self._changes.version, self._looking.devices)

    async def load(self, device: str, media: CastMedia) -> None:
        """Let a device play something, and return when it has taken it."""
        await self._kept(device).load(media)

    async def order(self, device: str, order: CastOrder, value: float) -> None:
        """Tell a device something."""
        await self._kept(device).order(order, value)

    async def status(self, device: str, seen: int, patience: float) -> CastStatus:
        """Return what a device does."""
        return await self._kept(device).status(seen, patience)

    async def leave(self, device: str) -> None:
        """Let go of a device without stopping it."""
        player = self._players.pop(device, None)
        if player is not None:
            await player.close()

    async def close(self) -> None:
        """Let go of everything; no thread and no connection stays."""
        leaving = [self.leave(device) for device in tuple(self._players)]
        await asyncio.gather(*leaving, self._looking.close())

    def _kept(self, device: str) -> CastPlayer:
        player = self._players.get(device)
        if player is None:
            player = self._player(device)
            if player is None:
                raise NotFound("errors.cast_device_gone", device=device)
            self._players[device] = player
        return player
