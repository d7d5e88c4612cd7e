"""What the Settings page knows of who thinks: the model on this machine, and who is asked."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import ModelChanged, PluginStateChanged, SettingsChanged
from app.domain.intelligence import Chain, ModelState
from ui.bridge import Bridge, Call

SETTLE_MS = 150
"""Several changes in this time are one."""


class ModelPort(Protocol):
    """What the page asks of the desk of models."""

    def state(self) -> Coroutine[Any, Any, ModelState]:
        """Look anew."""

    def choose(self, path: str) -> Coroutine[Any, Any, None]:
        """Use a file."""

    def build(self) -> None:
        """Build the engine; on the service loop alone."""

    def try_out(self) -> None:
        """Try the chosen file; on the service loop alone."""

    def cancel(self) -> Coroutine[Any, Any, None]:
        """Stop building or trying."""


class ChainsPort(Protocol):
    """What the page asks of intelligence."""

    def chains(self) -> Coroutine[Any, Any, tuple[Chain, ...]]:
        """Who is asked for each task now."""


class ModelModel(QObject):
    """Keeps the cards of the local model and of single tasks true. The ports may be missing."""

    changed = Signal()
    failed = Signal(object)
    chains_changed = Signal()
    chains_failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        port: ModelPort | None,
        asked: ChainsPort | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._port, self._asked = bridge, port, asked
        self._asking: Call | None = None
        self._wanted = False
        self.state: ModelState | None = None
        self.chains: tuple[Chain, ...] | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load_chains)
        bridge.on(ModelChanged, lambda event: self._on_state(event.state), self)
        bridge.on(PluginStateChanged, lambda _event: self._look_again(), self)
        bridge.on(SettingsChanged, self._on_settings, self)

    def load(self) -> None:
        """Look at the folder of models anew."""
        if self._port is not None:
            self._bridge.call(self._port.state(), self._on_state, self.failed.emit, self)

    def load_chains(self) -> None:
        """Ask who would answer each task; from then on it is kept true."""
        if self._asked is None:
            return
        self._wanted = True
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._bridge.call(
            self._asked.chains(), self._on_chains, self._on_chains_failed, self
        )

    def choose(self, path: str) -> None:
        """Use a file from now on."""
        if self._port is not None:
            self._bridge.call(self._port.choose(path), None, self.failed.emit, self)

    def build(self) -> None:
        """Build the engine in the background."""
        if self._port is not None:
            self._bridge.call(_begun(self._port.build), None, self.failed.emit, self)

    def try_out(self) -> None:
        """Try the chosen file in the background."""
        if self._port is not None:
            self._bridge.call(_begun(self._port.try_out), None, self.failed.emit, self)

    def cancel(self) -> None:
        """Stop what goes on."""
        if self._port is not None:
            self._bridge.call(self._port.cancel(), None, self.failed.emit, self)

    def _on_state(self, state: ModelState) -> None:
        if state != self.state:
            before, self.state = self.state, state
            self.changed.emit()
            if before is not None and (before.chosen, before.engine) != (
                state.chosen,
                state.engine,
            ):
                self._look_again()

    def _on_settings(self, event: SettingsChanged) -> None:
        if event.section in ("intelligence", "plugins"):
            self._look_again()

    def _look_again(self) -> None:
        if self._wanted:
            self._settle.start()

    def _on_chains(self, chains: tuple[Chain, ...]) -> None:
        self._asking, self.chains = None, chains
        self.chains_changed.emit()

    def _on_chains_failed(self, error: BaseException) -> None:
        self._asking = None
        self.chains_failed.emit(error)


async def _begun(begin: Callable[[], None]) -> None:
    """Begin it where it lives."""
    begin()
