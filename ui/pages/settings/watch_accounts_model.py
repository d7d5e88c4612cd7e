"""What the Settings page knows of the accounts new videos of the watch folder can go to."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import PluginStateChanged, PublishingChanged
from app.domain.post import AccountView
from app.domain.targets import Known
from ui.bridge import Bridge, Call

SETTLE_MS = 300


class AccountsPort(Protocol):
    """What the page asks of the accounts."""

    def accounts(self) -> Coroutine[Any, Any, tuple[AccountView, ...]]:
        """Return all, by platform and name."""


class WatchAccountsModel(QObject):
    """Keeps the accounts true once somebody looked at them. The port may be missing."""

    changed = Signal()

    def __init__(
        self, bridge: Bridge, desk: AccountsPort | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._desk = bridge, desk
        self.accounts: tuple[AccountView, ...] | None = None
        """None while they are not known."""
        self.error: BaseException | None = None
        self._loading: Call | None = None
        self._looked = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)
        bridge.on(PublishingChanged, self._on_changed, self)
        bridge.on(PluginStateChanged, self._on_changed, self)

    @property
    def there(self) -> bool:
        """Whether this station publishes at all."""
        return self._desk is not None

    @property
    def known(self) -> Known | None:
        """The accounts, with what else each is meant by; None while they are not known."""
        if self.accounts is None:
            return None
        return {one.id: one.meant_by for one in self.accounts}

    def load(self) -> None:
        """Look anew."""
        if self._desk is None:
            return
        self._looked = True
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self._bridge.call(
            self._desk.accounts(), self._on_found, self._on_failed, self
        )

    def _on_found(self, found: tuple[AccountView, ...]) -> None:
        if (found, None) != (self.accounts, self.error):
            self.accounts, self.error = found, None
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.error = error
        self.changed.emit()

    def _on_changed(self, _event: object) -> None:
        if self._looked and not self._settle.isActive():
            self._settle.start()
