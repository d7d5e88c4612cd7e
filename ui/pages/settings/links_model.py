"""What the Settings page knows of access links: how many may be opened, whether they are held."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.access import Link, LinkState
from app.domain.events import LinksChanged
from ui.bridge import Bridge

GIVEN = (LinkState.OPEN, LinkState.LATER, LinkState.HELD)
"""What may still be opened, now or later."""


class LinksPort(Protocol):
    """What the page asks of links."""

    @property
    def held(self) -> bool:
        """Whether all are closed because the clock was set back; on the service loop alone."""

    def links(self) -> Coroutine[Any, Any, tuple[Link, ...]]:
        """Every link."""

    def new_keys(self) -> Coroutine[Any, Any, None]:
        """End every link that was given out."""

    def trust_clock(self) -> Coroutine[Any, Any, None]:
        """Say that the clock is right as it is now."""


class LinksModel(QObject):
    """Keeps the card of links true. The port may be missing."""

    changed = Signal()
    failed = Signal(object)
    ended = Signal()
    """All were taken back."""
    refused = Signal(object)
    """Why they were not."""
    trusted = Signal()
    """The clock counts as right."""

    def __init__(
        self, bridge: Bridge, sharing: LinksPort | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._sharing = bridge, sharing
        self.given: int | None = None
        """How many links may still be opened; None while nobody knows."""
        self.held = self.trusting = self.ending = False
        self._looked = False
        bridge.on(LinksChanged, lambda _event: self._renew(), self)

    @property
    def there(self) -> bool:
        """Whether this station shares at all."""
        return self._sharing is not None

    def load(self) -> None:
        """Look anew."""
        if self._sharing is not None:
            self._looked = True
            self._bridge.call(_look(self._sharing), self._on_looked, self.failed.emit, self)

    def end_all(self) -> None:
        """Take every link back, for good."""
        if self._sharing is not None and not self.ending:
            self.ending = True
            self._bridge.call(self._sharing.new_keys(), self._on_ended, self._on_refused, self)

    def trust_clock(self) -> None:
        """Say that the clock is right as it is now: links open again."""
        if self._sharing is not None and not self.trusting:
            self.trusting = True
            self.changed.emit()
            coro = self._sharing.trust_clock()
            self._bridge.call(coro, self._on_trusted, self._on_trust_failed, self)

    def _on_looked(self, found: tuple[int, bool]) -> None:
        if found != (self.given, self.held):
            self.given, self.held = found
            self.changed.emit()

    def _on_ended(self, _none: None) -> None:
        self.ending = False
        self.ended.emit()
        self.load()

    def _on_refused(self, error: BaseException) -> None:
        self.ending = False
        self.refused.emit(error)

    def _on_trusted(self, _none: None) -> None:
        self.trusting = self.held = False
        self.changed.emit()
        self.trusted.emit()
        self.load()

    def _on_trust_failed(self, error: BaseException) -> None:
        self.trusting = False
        self.changed.emit()
        self.failed.emit(error)

    def _renew(self) -> None:
        if self._looked:
            self.load()


async def _look(sharing: LinksPort) -> tuple[int, bool]:
    """How many may be opened, and whether they are held; read where they are kept."""
    known = await sharing.links()
    return sum(one.state in GIVEN and not one.gone for one in known), sharing.held
