"""What is known of the asset library: what was searched for, and as much as was asked for."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.project import Asset, AssetKind
from app.domain.studio import AssetPage
from ui.bridge import Bridge, Call
from ui.pages.studio.ports import AssetPort

SETTLE_MS = 250
"""A search waits so long for the next letter."""


class AssetsModel(QObject):
    """Asks for files as they are searched; the answer of an older search is dropped."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, studio: AssetPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._studio = bridge, studio
        self._asking: Call | None = None
        self.words = ""
        self.kind: AssetKind | None = None
        self.assets: tuple[tuple[Asset, str], ...] | None = None
        """What was found, with the paths; None while nobody knows."""
        self.total = 0
        self.error: BaseException | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)

    @property
    def has_more(self) -> bool:
        """Whether there are more than those that are shown."""
        return self.assets is not None and len(self.assets) < self.total

    def search(self, words: str) -> None:
        """Show what has these words."""
        if words != self.words:
            self.words = words
            self._settle.start()

    def show_kind(self, kind: AssetKind | None) -> None:
        """Show one kind alone; None shows all."""
        if kind is not self.kind:
            self.kind = kind
            self.load()

    def load(self) -> None:
        """Ask anew, from the newest."""
        self._ask(0.0)

    def more(self) -> None:
        """Ask for what comes after."""
        if self.assets and self.has_more:
            self._ask(self.assets[-1][0].created)

    def _ask(self, before: float) -> None:
        if self._asking is not None:
            self._asking.cancel()
        coro = self._studio.assets(self.words, self.kind, before)
        self._asking = self._bridge.call(
            coro, lambda page: self._on_page(page, before), self._on_failed, self
        )

    def _on_page(self, page: AssetPage, before: float) -> None:
        self._asking, self.error = None, None
        kept = self.assets or () if before else ()
        known = {one.id for one, _path in kept}
        new = tuple(pair for pair in page.assets if pair[0].id not in known)
        self.assets = (*kept, *new)
        # A page that brings nothing new ends it, whatever the count says.
        self.total = max(page.total, len(self.assets)) if new or not before else len(self.assets)
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._asking, self.error = None, error
        self.failed.emit(error)
