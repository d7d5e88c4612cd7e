"""What the window asks of the casting service."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any, Protocol

from app.domain.casting import Castable, Casting, Device, DeviceId, Method, Offer
from app.domain.media import Card


class CastPort(Protocol):
    """The screens of the home, and what plays on them."""

    def devices(self) -> Coroutine[Any, Any, tuple[Device, ...]]:
        """Every device, those that are here first."""

    def look(self) -> Coroutine[Any, Any, None]:
        """Ask the home anew."""

    def castings(self) -> Coroutine[Any, Any, tuple[Casting, ...]]:
        """What plays elsewhere."""

    def offers(self, what: Castable) -> Coroutine[Any, Any, tuple[Offer, ...]]:
        """What each device would be given of something."""

    def cast(
        self, device: DeviceId, what: Castable, *, start: float | None = None
    ) -> Coroutine[Any, Any, None]:
        """Play something there."""

    def queue(self, device: DeviceId, what: Castable) -> Coroutine[Any, Any, None]:
        """Play something there after what plays now."""

    def resume(self, device: DeviceId) -> Coroutine[Any, Any, None]:
        """Go on."""

    def pause(self, device: DeviceId) -> Coroutine[Any, Any, None]:
        """Halt."""

    def seek(self, device: DeviceId, seconds: float) -> Coroutine[Any, Any, None]:
        """Go to a second."""

    def set_volume(self, device: DeviceId, volume: float) -> Coroutine[Any, Any, None]:
        """0 to 1."""

    def mute(self, device: DeviceId, muted: bool) -> Coroutine[Any, Any, None]:
        """Silence it."""

    def next(self, device: DeviceId) -> Coroutine[Any, Any, None]:
        """What comes after."""

    def choose_sound(self, device: DeviceId, number: int) -> Coroutine[Any, Any, None]:
        """Another sound track."""

    def choose_subtitle(self, device: DeviceId, number: int | None) -> Coroutine[Any, Any, None]:
        """Other subtitles."""

    def leave(self, device: DeviceId) -> Coroutine[Any, Any, None]:
        """Stop it there."""

    def fetch(self, device: DeviceId) -> Coroutine[Any, Any, tuple[Castable, float]]:
        """Stop it there, to go on here."""

    def set_form(self, device: DeviceId, form: Method | None) -> Coroutine[Any, Any, None]:
        """In which form it always gets films."""

    def forget(self, device: DeviceId) -> Coroutine[Any, Any, None]:
        """Forget it."""


class CardsPort(Protocol):
    """What is asked of the library: the picture of what plays."""

    def cards(self, ids: Sequence[int]) -> Coroutine[Any, Any, list[Card]]:
        """Return the cards of these items."""
