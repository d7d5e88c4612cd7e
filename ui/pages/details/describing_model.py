"""What the details page knows of the words proposed for a video of the owner's own."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.media import Details, ItemId, MediaKind
from app.services.intelligence.videos import Told
from app.services.library.own_words import OwnWords
from ui.bridge import Bridge, Call


class DescribePort(Protocol):
    """What the page asks of intelligence."""

    def describe_item(self, item: ItemId) -> Coroutine[Any, Any, Told]:
        """Propose a title, a description, tags and a category."""


class KeepPort(Protocol):
    """What the page asks of the library."""

    def keep_words(self, item: ItemId, words: OwnWords) -> Coroutine[Any, Any, str]:
        """Call it so; the name of the file that says it from now on."""


def can_describe(details: Details) -> bool:
    """Whether it is a video of the owner's own, here, that nothing is said of yet."""
    here = any(not file.offline for file in details.files)
    return details.card.kind is MediaKind.VIDEO and here and not details.overview


class DescribingModel(QObject):
    """Asks when the owner wants it, and keeps what is proposed when he likes it."""

    changed = Signal()
    failed = Signal(object)
    kept = Signal(str)
    """The name of the file that has the words now."""

    def __init__(
        self,
        bridge: Bridge,
        port: DescribePort | None,
        library: KeepPort,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._port, self._library = bridge, port, library
        self._item: ItemId | None = None
        self._call: Call | None = None
        self.offered = False
        self.told: Told | None = None

    @property
    def busy(self) -> bool:
        """Whether it is being described, or kept."""
        return self._call is not None

    def show(self, details: Details) -> None:
        """Know that another item, or more of it, is shown now."""
        if details.card.id != self._item:
            self.cancel()
            self._item, self.told = details.card.id, None
        self.offered = self._port is not None and self.told is None and can_describe(details)
        self.changed.emit()

    def ask(self) -> None:
        """Let it be described."""
        if self._port is None or self._item is None or self.busy:
            return
        asked = self._item
        self._call = self._bridge.call(
            self._port.describe_item(asked),
            lambda told: self._on_told(asked, told),
            self._on_failed,
            self,
        )
        self.changed.emit()

    def cancel(self) -> None:
        """Nobody waits for it any more."""
        call, self._call = self._call, None
        if call is not None:
            call.cancel()
            self.changed.emit()

    def keep(self) -> None:
        """Use what is proposed as its title and description."""
        if self.told is None or self._item is None or self.busy:
            return
        words = self.told.made.value
        own = OwnWords(words.title, words.description, words.tags, words.category)
        self._call = self._bridge.call(
            self._library.keep_words(self._item, own), self._on_kept, self._on_failed, self
        )
        self.changed.emit()

    def text(self) -> str:
        """What is proposed as text to copy: title, description, tags."""
        if self.told is None:
            return ""
        words = self.told.made.value
        tags = ", ".join(words.tags)
        return "\n\n".join(part for part in (words.title, words.description, tags) if part)

    def _on_told(self, item: ItemId, told: Told) -> None:
        self._call = None
        if item == self._item:
            self.told, self.offered = told, False
            self.changed.emit()

    def _on_kept(self, name: str) -> None:
        self._call = self.told = None
        self.offered = False
        self.changed.emit()
        self.kept.emit(name)

    def _on_failed(self, error: BaseException) -> None:
        self._call = None
        self.changed.emit()
        self.failed.emit(error)
