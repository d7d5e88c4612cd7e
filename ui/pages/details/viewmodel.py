"""What the details page knows of one item, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.events import LibraryChanged, PositionChanged
from app.domain.media import Card, Details, ItemId, MediaKind
from ui.bridge import Bridge, Call


class LibraryPort(Protocol):
    """What the page asks of the library."""

    def details(self, item: ItemId) -> Coroutine[Any, Any, Details]:
        """Return everything known of an item."""


class PlaybackPort(Protocol):
    """What the page asks of the watching history."""

    def mark_watched(self, item: ItemId, watched: bool) -> Coroutine[Any, Any, None]:
        """Mark an item, or all episodes of a series."""


Describe = Callable[[Details], Coroutine[Any, Any, Details]]
"""Adds what plugins know about the item; never raises."""


class DetailsViewModel(QObject):
    """Loads one item and keeps it true while it is shown."""

    details_changed = Signal()
    failed = Signal(object)
    marked = Signal(object, bool)
    """A card was marked watched (True) or not watched: offer to undo it."""

    def __init__(
        self,
        bridge: Bridge,
        library: LibraryPort,
        playback: PlaybackPort,
        describe: Describe,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._describe = describe
        self._library = library
        self._playback = playback
        self._item: ItemId | None = None
        self._call: Call | None = None
        self._known: Details | None = None
        self.details: Details | None = None
        bridge.on(LibraryChanged, self._on_library_changed, self)
        bridge.on(PositionChanged, self._on_position_changed, self)

    @property
    def item(self) -> ItemId | None:
        """The item shown, or asked for."""
        return self._item

    def load(self, item: ItemId) -> None:
        """Show this item; another one's answer still on its way is dropped."""
        if item != self._item:
            self.details = self._known = None
        self._item = item
        self.reload()

    def reload(self) -> None:
        """Ask for the item anew."""
        if self._item is None:
            return
        if self._call is not None:
            self._call.cancel()
        self._call = self._bridge.call(
            self._library.details(self._item), self._on_loaded, self._on_failed, self
        )

    def mark_watched(self, card: Card, watched: bool) -> None:
        """Mark an item or an episode."""
        self._bridge.call(
            self._playback.mark_watched(card.id, watched),
            lambda _none: self.marked.emit(card, watched),
            owner=self,
        )

    @property
    def play_target(self) -> Card | None:
        """What the main button plays: the item, or the episode of a series that is due."""
        if self.details is None:
            return None
        if self.details.card.kind is not MediaKind.SERIES:
            return self.details.card
        return due_episode(self.details.episodes)

    def _on_loaded(self, details: Details) -> None:
        """Show what the library knows at once; what plugins know comes a moment later."""
        known, told = self._known, self.details
        self._known = details
        if known is not None and told is not None and known.card.id == details.card.id:
            details = replace(
                details,
                overview=told.overview,
                genres=told.genres,
                rating=told.rating,
                directors=told.directors,
            )
        self._show(details)
        self._call = self._bridge.call(self._describe(self._known), self._show, owner=self)

    def _show(self, details: Details) -> None:
        self._call = None
        if details != self.details:
            self.details = details
            self.details_changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._call = None
        self.failed.emit(error)

    def _on_library_changed(self, event: LibraryChanged) -> None:
        if self._item is not None and (not event.items or self._concerns(event.items)):
            self.reload()

    def _on_position_changed(self, event: PositionChanged) -> None:
        if self._concerns((event.item,)):
            self.reload()

    def _concerns(self, items: tuple[ItemId, ...]) -> bool:
        if self.details is None:
            return self._item in items
        shown = {self._item, *(episode.id for episode in self.details.episodes)}
        return not shown.isdisjoint(items)


def due_episode(episodes: tuple[Card, ...]) -> Card | None:
    """The episode to play: one begun, else the first unwatched one, else the first."""
    begun = [one for one in episodes if one.position > 0 and not one.watched]
    if begun:
        return begun[-1]
    regular = [one for one in episodes if one.season != 0] or list(episodes)
    return next((one for one in regular if not one.watched), next(iter(regular), None))
