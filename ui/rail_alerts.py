"""Keeps the figure beside System in the rail true: what is wrong now, visited or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from app.domain.alerts import Alert
from app.domain.events import AlertChanged, StationReady
from ui.bridge import Bridge, Call


class AlertsPort(Protocol):
    """What is asked of the alert service."""

    def active(self) -> tuple[Alert, ...]:
        """What is not over yet."""


class OpenAlerts(QObject):
    """Tells `show` how many alerts are active, each time that may have changed."""

    def __init__(
        self, bridge: Bridge, alerts: AlertsPort, show: Callable[[int], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge, self._alerts, self._show = bridge, alerts, show
        self._asking: Call | None = None
        bridge.on(AlertChanged, self._on_changed, self)
        bridge.on(StationReady, self._on_changed, self)
        self._ask()

    def _ask(self) -> None:
        async def count() -> int:
            return len(self._alerts.active())

        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._bridge.call(count(), self._show, lambda _error: None, self)

    def _on_changed(self, _event: AlertChanged | StationReady) -> None:
        self._ask()
