"""What the Settings page knows of the other devices of the home: screens and guests."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.casting import Device, DeviceId, Method
from app.domain.events import DevicesChanged, NoticeRaised
from app.domain.media import FolderId
from app.domain.media_server import Guest, GuestId
from app.domain.networks import Network
from ui.bridge import Bridge

ASKS = "notices.device_asks"


class ScreensPort(Protocol):
    """What the page asks of casting."""

    def devices(self) -> Coroutine[Any, Any, tuple[Device, ...]]:
        """Every device."""

    def look(self) -> Coroutine[Any, Any, None]:
        """Look for more."""

    def set_form(self, device: DeviceId, form: Method | None) -> Coroutine[Any, Any, None]:
        """In which form it always gets films."""

    def forget(self, device: DeviceId) -> Coroutine[Any, Any, None]:
        """Forget it."""


class GuestsPort(Protocol):
    """What the page asks of the media server."""

    def guests(self) -> tuple[Guest, ...]:
        """Who looked in, those that wait for an answer first; on the service loop alone."""

    def allow(
        self, guest: GuestId, allowed: bool, folders: tuple[FolderId, ...] | None = None
    ) -> Coroutine[Any, Any, None]:
        """The owner's answer."""

    def forget(self, guest: GuestId) -> Coroutine[Any, Any, None]:
        """As if it had never been met."""


class NetworksPort(Protocol):
    """What the page asks of the station's place in the home."""

    def networks(self) -> Coroutine[Any, Any, tuple[Network, ...]]:
        """Every network there is."""


class HomeDevicesModel(QObject):
    """Keeps the cards of screens, guests and networks true. Any port may be missing."""

    screens_changed = Signal()
    screens_failed = Signal(object)
    guests_changed = Signal()
    guests_failed = Signal(object)
    networks_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        screens: ScreensPort | None,
        guests: GuestsPort | None,
        lan: NetworksPort | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._screens, self._guests = bridge, screens, guests
        self.screens: tuple[Device, ...] | None = None
        self.guests: tuple[Guest, ...] | None = None
        self._lan = lan
        self.networks: tuple[Network, ...] = ()
        bridge.on(DevicesChanged, self._on_devices_changed, self)
        bridge.on(NoticeRaised, self._on_notice_raised, self)

    def load(self) -> None:
        """Ask for both anew."""
        if self._screens is not None:
            self._bridge.call(self._screens.devices(), self._on_screens, self._on_no_screens, self)
        self.load_guests()

    def load_guests(self) -> None:
        """Ask who looked in."""
        if self._guests is not None:
            self._bridge.call(_listed(self._guests), self._on_guests, self.guests_failed.emit, self)

    def load_networks(self) -> None:
        """Ask which networks there are."""
        if self._lan is not None:
            self._bridge.call(self._lan.networks(), self._on_networks, self.failed.emit, self)

    def look(self) -> None:
        """Look for more screens."""
        if self._screens is not None:
            self._bridge.call(self._screens.look(), None, self.failed.emit, self)

    def set_form(self, device: DeviceId, form: Method | None) -> None:
        """Say in which form a screen always gets films."""
        if self._screens is not None:
            self._bridge.call(self._screens.set_form(device, form), None, self._refused, self)

    def forget_screen(self, device: DeviceId) -> None:
        """Forget a screen that is away."""
        if self._screens is not None:
            self._bridge.call(self._screens.forget(device), None, self._refused, self)

    def allow(self, guest: GuestId, allowed: bool) -> None:
        """Let a device look, or turn it away."""
        if self._guests is not None:
            coro = self._guests.allow(guest, allowed)
            self._bridge.call(coro, lambda _none: self.load_guests(), self._refused, self)

    def forget_guest(self, guest: GuestId) -> None:
        """Forget a device: it asks again the next time."""
        if self._guests is not None:
            coro = self._guests.forget(guest)
            self._bridge.call(coro, lambda _none: self.load_guests(), self._refused, self)

    def _refused(self, error: BaseException) -> None:
        """Show again what is in force."""
        self.screens = self.guests = None
        self.failed.emit(error)
        self.load()

    def _on_screens(self, devices: tuple[Device, ...]) -> None:
        if devices != self.screens:
            self.screens = devices
            self.screens_changed.emit()

    def _on_guests(self, guests: tuple[Guest, ...]) -> None:
        if guests != self.guests:
            self.guests = guests
            self.guests_changed.emit()

    def _on_networks(self, networks: tuple[Network, ...]) -> None:
        if networks != self.networks:
            self.networks = networks
            self.networks_changed.emit()

    def _on_no_screens(self, error: BaseException) -> None:
        self.screens = None
        self.screens_failed.emit(error)

    def _on_no_guests(self, error: BaseException) -> None:
        self.guests = None
        self.guests_failed.emit(error)

    def _on_devices_changed(self, event: DevicesChanged) -> None:
        self._on_screens(event.devices)

    def _on_notice_raised(self, event: NoticeRaised) -> None:
        if event.key == ASKS:
            self.load_guests()


async def _listed(guests: GuestsPort) -> tuple[Guest, ...]:
    """The guests, read where they are kept."""
    return guests.guests()
