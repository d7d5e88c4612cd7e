"""What the details page knows of what a film is about, read out of its subtitles on request."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.intelligence import Made
from app.domain.media import Details, ItemId, MediaKind, TrackKind
from app.services.intelligence.tasks.summaries import Summary
from ui.bridge import Bridge, Call


class SummaryPort(Protocol):
    """What the page asks of intelligence."""

    def summary(self, item: ItemId) -> Coroutine[Any, Any, Made[Summary]]:
        """Say what it is about, without its end."""


def can_tell(details: Details) -> bool:
    """Whether nothing tells what it is about yet, and it has subtitles that may.

    The owner's own videos are described instead.
    """
    if details.overview or details.episodes or details.card.kind is MediaKind.VIDEO:
        return False
    return any(
        not file.offline
        and (file.subtitles or any(track.kind is TrackKind.SUBTITLE for track in file.tracks))
        for file in details.files
    )


class AboutModel(QObject):
    """Asks once for each item, when the owner wants to know. The port may be missing."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, port: SummaryPort | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._port = bridge, port
        self._item: ItemId | None = None
        self._call: Call | None = None
        self.offered = False
        self.made: Made[Summary] | None = None

    @property
    def busy(self) -> bool:
        """Whether the answer is on its way."""
        return self._call is not None

    def show(self, details: Details) -> None:
        """Know that another item, or more of it, is shown now."""
        if details.card.id != self._item:
            self.cancel()
            self._item, self.made = details.card.id, None
        self.offered = self._port is not None and self.made is None and can_tell(details)
        self.changed.emit()

    def ask(self) -> None:
        """Let it be told."""
        if self._port is None or self._item is None or self.busy:
            return
        asked = self._item
        self._call = self._bridge.call(
            self._port.summary(asked),
            lambda made: self._on_told(asked, made),
            self._on_failed,
            self,
        )
        self.changed.emit()

    def cancel(self) -> None:
        """Nobody wants to know any more."""
        call, self._call = self._call, None
        if call is not None:
            call.cancel()
            self.changed.emit()

    def _on_told(self, item: ItemId, made: Made[Summary]) -> None:
        self._call = None
        if item == self._item:
            self.made, self.offered = made, False
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._call = None
        self.changed.emit()
        self.failed.emit(error)
