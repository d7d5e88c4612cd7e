"""Everything about one download, kept fresh while somebody looks at it."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.downloads import DownloadDetails, DownloadId, Limits, Priority
from app.domain.errors import NotFound
from ui.bridge import Bridge, Call

BEAT_MS = 1000
ROOM_BEATS = 5
"""So many beats pass between two looks at the disk."""


class DetailsPort(Protocol):
    """What the details ask of the downloads."""

    def details(self, number: DownloadId) -> Coroutine[Any, Any, DownloadDetails]:
        """Return everything about one."""

    def choose(
        self, number: DownloadId, files: Mapping[int, Priority]
    ) -> Coroutine[Any, Any, None]:
        """Want some files more, less or not at all."""

    def limit(self, number: DownloadId, limits: Limits) -> Coroutine[Any, Any, None]:
        """Give one limits of its own."""

    def free(self, folder: bytes) -> Coroutine[Any, Any, int]:
        """Return the bytes free where a folder lies."""


class DetailsModel(QObject):
    """Watches one download between `watch` and `leave`."""

    changed = Signal()
    gone = Signal()
    """It is not in the list any more."""
    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, downloads: DetailsPort, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._downloads = bridge, downloads
        self._call: Call | None = None
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self.watched: DownloadId | None = None
        self.details: DownloadDetails | None = None
        self.free: int | None = None
        """Bytes free where it lies; None while nobody knows."""
        self._room_call: Call | None = None
        self._beats = 0

    def watch(self, download: DownloadId) -> None:
        """Keep the details of a download fresh."""
        self.leave()
        self.watched = download
        self._timer.start()
        self._ask()

    def leave(self) -> None:
        """Watch nothing any more."""
        self._timer.stop()
        if self._call is not None:
            self._call.cancel()
            self._call = None
        if self._room_call is not None:
            self._room_call.cancel()
            self._room_call = None
        self.watched = self.details = self.free = None
        self._beats = 0

    def choose(self, files: Mapping[int, Priority]) -> None:
        """Want files more, less or not at all."""
        if self.watched is not None:
            self._do(self._downloads.choose(self.watched, files))

    def limit(self, limits: Limits) -> None:
        """Change its own limits."""
        if self.watched is not None:
            self._do(self._downloads.limit(self.watched, limits))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        self._bridge.call(work, lambda _none: self._ask(), self._on_refused, self)

    def _on_beat(self) -> None:
        if self._call is None:  # one that is slow is waited for
            self._ask()

    def _on_refused(self, error: BaseException) -> None:
        self.failed.emit(error)
        self._ask()  # what is shown must be what is in force

    def _ask(self) -> None:
        if self.watched is None:
            return
        if self._call is not None:
            self._call.cancel()
        work = self._downloads.details(self.watched)
        self._call = self._bridge.call(work, self._on_details, self._on_failed, self)

    def _on_details(self, details: DownloadDetails) -> None:
        self._call = None
        moved = self.details is not None and details.download.folder != self.details.download.folder
        self.details = details
        if moved or self._beats % ROOM_BEATS == 0:
            self._ask_room(details.download.folder)
        self._beats += 1
        self.changed.emit()

    def _ask_room(self, folder: bytes) -> None:
        if self._room_call is None:  # a disk that is slow is waited for
            work = self._downloads.free(folder)
            self._room_call = self._bridge.call(work, self._on_room, self._on_no_room, self)

    def _on_room(self, free: int | None) -> None:
        self._room_call, self.free = None, free
        self.changed.emit()

    def _on_no_room(self, _error: BaseException) -> None:
        self._on_room(None)  # its disk is away, which its state tells

    def _on_failed(self, error: BaseException) -> None:
        self._call = None
        if isinstance(error, NotFound):
            self.leave()
            self.gone.emit()
        elif self.details is None:
            self.failed.emit(error)
