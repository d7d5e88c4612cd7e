"""The capability of playing on other screens of the home, and its plain types.

Devices come, go and change by themselves. A plugin keeps each list and each status in a version
that rises with every change; who asks names the version it has `seen` and gets the next one as
soon as there is one, or the same again when its `patience` is over. Times are seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class CastDevice:
    """A screen or a loudspeaker as its maker describes it. `id` is its own and never changes."""

    id: str
    name: str
    address: str  # of the device, a literal IP
    way: str  # the address of this machine by which it was found: what it is sent comes from there
    maker: str = ""
    model: str = ""
    sinks: tuple[str, ...] = ()  # DLNA protocolInfo, as it says what it plays
    traits: Mapping[str, str] = field(default_factory=dict)  # what else rules may look at
    can_seek: bool = True
    can_set_volume: bool = True
    sound_only: bool = False


@dataclass(frozen=True, slots=True)
class CastDevices:
    """All devices there are now."""

    version: int
    devices: tuple[CastDevice, ...]


@dataclass(frozen=True, slots=True)
class CastSubtitle:
    """A subtitle the device may fetch."""

    url: str
    content_type: str  # "text/vtt", "application/x-subrip"
    language: str = ""  # ISO 639-1
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMedia:
    """Something to play: where the device fetches it, and everything it is told of it."""

    url: str
    content_type: str
    title: str
    caption: str = ""
    duration: float | None = None
    start: float = 0.0  # where it is to begin; a live transcode begins there by itself: 0
    size: int | None = None
    seekable: bool = True  # by bytes, or by segments
    live: bool = False
    sound_only: bool = False
    features: str = ""  # 4th field of DLNA protocolInfo
    picture: str = ""  # address of its poster
    subtitles: tuple[CastSubtitle, ...] = ()
    subtitle: int | None = None  # which of them is on


class CastState(StrEnum):
    """What a device does."""

    IDLE = "idle"  # nothing is loaded
    LOADING = "loading"
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"  # it came to the end by itself
    STOPPED = "stopped"  # somebody stopped it, here or there
    FAILED = "failed"  # it does not play this: `reason` says why
    GONE = "gone"  # it does not answer any more


@dataclass(frozen=True, slots=True, kw_only=True)
class CastStatus:
    """What a device does now. `url` is what it plays, whoever sent it there."""

    version: int
    state: CastState
    url: str = ""
    position: float = 0.0
    duration: float | None = None
    volume: float | None = None  # 0 to 1
    muted: bool | None = None
    subtitle: int | None = None
    reason: str = ""  # message key
    args: Mapping[str, object] = field(default_factory=dict)


class CastOrder(StrEnum):
    """What a device can be told while it plays."""

    PLAY = "play"
    PAUSE = "pause"
    SEEK = "seek"  # value: seconds
    STOP = "stop"
    VOLUME = "volume"  # value: 0 to 1
    MUTE = "mute"  # value: 0 or 1
    SUBTITLE = "subtitle"  # value: which of the media's, -1: none


class CastsTo(Protocol):
    """Finds devices of the home and lets them play an address."""

    async def devices(self, ways: tuple[str, ...], seen: int, patience: float) -> CastDevices:
        """Return the devices found by these addresses of this machine.

        The first call begins to look; it goes on until `ways` is empty. Answers at once while
        `seen` is not the version there is.
        """

    async def load(self, device: str, media: CastMedia) -> None:
        """Let a device play something, and return when it has taken it.

        Raises `NotFound` when the device is gone, `Unsupported` when it refuses this form of it,
        `Unavailable` when it does not answer.
        """

    async def order(self, device: str, order: CastOrder, value: float) -> None:
        """Tell a device something; raises as `load`."""

    async def status(self, device: str, seen: int, patience: float) -> CastStatus:
        """Return what a device does; connects to it first when that was not done yet."""

    async def leave(self, device: str) -> None:
        """Let go of a device without stopping it."""


class Changes:
    """A version that rises with every change, and those who wait for it; for one loop only."""

    def __init__(self) -> None:
        # Not from 1: who has seen one of before a restart must not take ours for it.
        self.version = time.time_ns() // 1000
        self._risen = asyncio.Event()

    def rise(self) -> None:
        """Something has changed."""
        self.version += 1
        self._risen.set()
        self._risen = asyncio.Event()

    async def later(self, seen: int, patience: float) -> None:
        """Return as soon as the version is not `seen`, or after `patience` seconds."""
        if self.version == seen and patience > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await self._risen.wait()
