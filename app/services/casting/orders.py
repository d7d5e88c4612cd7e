"""What one tells a screen while it plays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

from app.api.casting import CastOrder
from app.domain.casting import DeviceId
from app.services.casting.session import Session


class Orders(ABC):
    """The half of the casting service that is a remote control."""

    @abstractmethod
    def running(self, device: DeviceId) -> Session:
        """What plays on a device; `NotFound` when nothing does."""

    async def resume(self, device: DeviceId) -> None:
        """Go on."""
        await self.running(device).order(CastOrder.PLAY)

    async def pause(self, device: DeviceId) -> None:
        """Halt."""
        await self.running(device).order(CastOrder.PAUSE)

    async def seek(self, device: DeviceId, seconds: float) -> None:
        """Go to a second of the film."""
        await self.running(device).seek(seconds)

    async def set_volume(self, device: DeviceId, volume: float) -> None:
        """0 to 1."""
        await self.running(device).order(CastOrder.VOLUME, min(1.0, max(0.0, volume)))

    async def mute(self, device: DeviceId, muted: bool) -> None:
        """Silence it, or not."""
        await self.running(device).order(CastOrder.MUTE, float(muted))

    async def next(self, device: DeviceId) -> None:
        """Go to what comes after; ends when nothing does."""
        await self.running(device).next()

    async def choose_sound(self, device: DeviceId, number: int) -> None:
        """Hear another sound track."""
        await self.running(device).choose(lambda wish: replace(wish, sound=number))

    async def choose_subtitle(self, device: DeviceId, number: int | None) -> None:
        """See other subtitles, by their place in `Casting.subtitles`; None: none."""
        await self.running(device).choose(lambda wish: replace(wish, subtitle=number))

    async def until_playing(self, device: DeviceId) -> None:
        """Return when the picture really moves there; raises why it does not."""
        await self.running(device).until_playing()
