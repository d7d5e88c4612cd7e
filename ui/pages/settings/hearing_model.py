"""What the Settings page knows of what hears on this machine."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.events import HearingChanged
from app.domain.intelligence import HearingState
from ui.bridge import Bridge


class HearingPort(Protocol):
    """What the page asks of the desk of what hears."""

    def state(self) -> Coroutine[Any, Any, HearingState]:
        """Look anew."""

    def choose(self, path: str) -> Coroutine[Any, Any, None]:
        """Use a file."""

    def try_out(self) -> None:
        """Try the chosen file; on the service loop alone."""

    def cancel(self) -> Coroutine[Any, Any, None]:
        """Stop trying."""


class HearingModel(QObject):
    """Keeps the card of what hears true. The port may be missing."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, port: HearingPort | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._port = bridge, port
        self.state: HearingState | None = None
        bridge.on(HearingChanged, lambda event: self._on_state(event.state), self)

    @property
    def there(self) -> bool:
        """Whether there is anything to show."""
        return self._port is not None

    def load(self) -> None:
        """Look at the folder of models anew."""
        if self._port is not None:
            self._bridge.call(self._port.state(), self._on_state, self.failed.emit, self)

    def choose(self, path: str) -> None:
        """Hear with a file from now on."""
        if self._port is not None:
            self._bridge.call(self._port.choose(path), None, self.failed.emit, self)

    def try_out(self) -> None:
        """Try the chosen file in the background."""
        if self._port is not None:
            self._bridge.call(_begun(self._port.try_out), None, self.failed.emit, self)

    def cancel(self) -> None:
        """Stop trying."""
        if self._port is not None:
            self._bridge.call(self._port.cancel(), None, self.failed.emit, self)

    def _on_state(self, state: HearingState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()


async def _begun(begin: Callable[[], None]) -> None:
    """Begin it where it lives."""
    begin()
