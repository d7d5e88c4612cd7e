"""What the Library page knows: the filtered order of items, the scans that run, the folders."""

from __future__ import annotations

from array import array
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import (
    FolderStateChanged,
    LibraryChanged,
    PositionChanged,
    ScanPhase,
    ScanProgressed,
)
from app.domain.intelligence import Made
from app.domain.meaning import Alike
from app.domain.media import (
    Card,
    Folder,
    FolderId,
    ItemId,
    LibraryQuery,
    LibrarySummary,
    MediaKind,
    Sort,
)
from ui.bridge import Bridge, Call

SETTLE_MS = 300
TYPING_MS = 120
ENOUGH = 5
"""With so many titles found nobody is looking for what is only close in meaning."""
WORDS = 3
"""So many words are more than somebody who knows the title types."""
LETTERS = 3
CLOSE = 48
OVER = (ScanPhase.DONE, ScanPhase.CANCELLED, ScanPhase.FAILED)

Suggestion = tuple[bytes, str, int]
"""A folder that holds video: its path, its text, how many bytes."""


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """What stands on the wall is close in meaning, after so many whose titles fit."""

    titles: int
    by_rules: bool


class MeaningPort(Protocol):
    """What the page asks of the meaning of words."""

    def search(
        self, text: str, limit: int = 60, kinds: Sequence[MediaKind] = ()
    ) -> Coroutine[Any, Any, Made[tuple[Alike, ...]]]:
        """Return what fits some words, the nearest first."""


class LibraryPort(Protocol):
    """What the page asks of the library."""

    def listing(self, query: LibraryQuery) -> Coroutine[Any, Any, array[int]]:
        """Return the ids of the items in order."""

    def narrowed(self, query: LibraryQuery, ids: Sequence[int]) -> Coroutine[Any, Any, array[int]]:
        """Return those of these ids that the filters let through."""

    def cards(self, ids: Sequence[int]) -> Coroutine[Any, Any, list[Card]]:
        """Return what to show of some items."""

    def summary(self) -> Coroutine[Any, Any, LibrarySummary]:
        """Return the library's figures."""

    def folders(self) -> Coroutine[Any, Any, tuple[Folder, ...]]:
        """Return the owner's folders."""

    def suggestions(self) -> Coroutine[Any, Any, list[Suggestion]]:
        """Return folders of this machine that hold video."""

    def add_folder(self, path: bytes) -> Coroutine[Any, Any, Folder]:
        """Add a folder and scan it."""

    def cancel_scan(self, folder: FolderId) -> Coroutine[Any, Any, None]:
        """Stop the scan of a folder."""

    def rescan(self, folder: FolderId | None = None) -> Coroutine[Any, Any, None]:
        """Look for changes in one folder, or all."""


class PlaybackPort(Protocol):
    """What the page asks of the watching history."""

    def mark_watched(self, item: ItemId, watched: bool) -> Coroutine[Any, Any, None]:
        """Mark an item, or all episodes of a series."""


class LibraryViewModel(QObject):
    """Keeps the order of the wall true to the query, the library and the scans."""

    ids_changed = Signal()
    cards_arrived = Signal(list)
    """Cards asked for by `want()` are here."""
    cards_outdated = Signal(tuple)
    """Ids whose cards changed; empty: all of them."""
    summary_changed = Signal()
    scans_changed = Signal()
    suggestions_changed = Signal()
    folder_added = Signal(object)
    marked = Signal(object, bool)
    """A card was marked watched (True) or not watched: offer to undo it."""
    meaning_changed = Signal()
    """`by_meaning` is another."""
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        library: LibraryPort,
        playback: PlaybackPort,
        meaning: MeaningPort | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._meaning = meaning
        self._titles_only = ""  # the text for which the owner wanted titles alone
        self.by_meaning: ByMeaning | None = None
        self._library = library
        self._playback = playback
        self._listing: Call | None = None
        self.query = LibraryQuery()
        self.ids: array[int] = array("q")
        self.loaded = False
        self.summary = LibrarySummary()
        self.folders: tuple[Folder, ...] = ()
        self.suggestions: list[Suggestion] = []
        self.scans: dict[FolderId, ScanProgressed] = {}
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.reload)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._load_listing)
        bridge.on(LibraryChanged, self._on_library_changed, self)
        bridge.on(PositionChanged, self._on_position_changed, self)
        bridge.on(ScanProgressed, self._on_scan_progressed, self)
        bridge.on(FolderStateChanged, self._on_folder_state_changed, self)

    def reload(self) -> None:
        """Ask for the order, the figures and the folders anew."""
        self._load_listing()
        self._bridge.call(self._figures(), self._on_figures, owner=self)

    def search(self, text: str) -> None:
        """Narrow the wall to what resembles `text`, a moment after the last key."""
        if text != self.query.text:
            self.query = replace(self.query, text=text)
            self._typing.start()

    def show_kinds(self, kinds: tuple[MediaKind, ...]) -> None:
        """Show films, series or videos."""
        self._narrow(replace(self.query, kinds=kinds))

    def show_unwatched(self, only: bool) -> None:
        """Show only what was not watched yet."""
        self._narrow(replace(self.query, unwatched=only))

    def show_decade(self, decade: int | None) -> None:
        """Show one decade, such as 1990, or all."""
        self._narrow(replace(self.query, decade=decade))

    def show_resolution(self, resolution: str | None) -> None:
        """Show one resolution, such as ``1080p``, or all."""
        self._narrow(replace(self.query, resolution=resolution))

    def sort(self, order: Sort) -> None:
        """Order the wall."""
        self._narrow(replace(self.query, sort=order, descending=None))

    def only_titles(self) -> None:
        """Show what is called so and nothing else, until another text is typed."""
        self._titles_only = self.query.text
        self._load_listing()

    def clear_filters(self) -> None:
        """Show everything of the kind again."""
        self._narrow(LibraryQuery(kinds=self.query.kinds, sort=self.query.sort))

    @property
    def filtered(self) -> bool:
        """Whether something narrows the wall."""
        plain = LibraryQuery(kinds=self.query.kinds, sort=self.query.sort)
        return replace(self.query, descending=None) != plain

    def want(self, ids: Sequence[int]) -> None:
        """Ask for the cards of these ids; they come by `cards_arrived`."""
        self._bridge.call(self._library.cards(list(ids)), self.cards_arrived.emit, owner=self)

    def add_folder(self, path: bytes) -> None:
        """Add a folder; its items appear while it is scanned."""
        self._bridge.call(self._library.add_folder(path), self._on_folder_added, owner=self)

    def cancel_scans(self) -> None:
        """Stop every scan that runs; what was found is kept."""
        for folder in list(self.scans):
            self._bridge.call(self._library.cancel_scan(folder), owner=self)

    def rescan(self) -> None:
        """Look for changes in every folder."""
        self._bridge.call(self._library.rescan(None), owner=self)

    def mark_watched(self, card: Card, watched: bool) -> None:
        """Mark an item, or a whole series."""
        self._bridge.call(
            self._playback.mark_watched(card.id, watched),
            lambda _none: self.marked.emit(card, watched),
            owner=self,
        )

    def look_around(self) -> None:
        """Find folders of this machine that hold video, for the empty page."""
        self._bridge.call(self._library.suggestions(), self._on_suggestions, owner=self)

    async def _figures(self) -> tuple[LibrarySummary, tuple[Folder, ...]]:
        return await self._library.summary(), await self._library.folders()

    def _narrow(self, query: LibraryQuery) -> None:
        if query != self.query:
            self.query = query
            self._load_listing()

    def _load_listing(self) -> None:
        self._typing.stop()
        if self._listing is not None:
            self._listing.cancel()
        self._listing = self._bridge.call(
            self._library.listing(self.query), self._on_listing, self._on_failed, self
        )

    def _on_listing(self, ids: array[int]) -> None:
        self._listing = None
        if not self._wants_meaning(ids):
            self._show(ids, None)
            return
        if ids and self.by_meaning is None:  # what is called so is seen at once
            self._show(ids, None)
        assert self._meaning is not None
        self._listing = self._bridge.call(
            self._close_to(self._meaning, self.query, ids),
            lambda found: self._show(*found),
            lambda _error: self._on_no_meaning(ids),
            self,
        )

    def _wants_meaning(self, ids: array[int]) -> bool:
        text = self.query.text.strip()
        if self._meaning is None or len(text) < LETTERS or text == self._titles_only.strip():
            return False
        return not ids or (len(ids) < ENOUGH and len(text.split()) >= WORDS)

    async def _close_to(
        self, meaning: MeaningPort, query: LibraryQuery, ids: array[int]
    ) -> tuple[array[int], ByMeaning | None]:
        made = await meaning.search(query.text, CLOSE, query.kinds)
        known = set(ids)
        close = [each.item for each in made.value if each.item not in known]
        through = await self._library.narrowed(query, close)
        return ids + through, ByMeaning(len(ids), made.by_rules) if through else None

    def _on_no_meaning(self, ids: array[int]) -> None:
        """The titles are all there is to show: that is no failure of the page."""
        self._show(ids, None)

    def _show(self, ids: array[int], by_meaning: ByMeaning | None) -> None:
        self._listing = None
        if by_meaning != self.by_meaning:
            self.by_meaning = by_meaning
            self.meaning_changed.emit()
        first, self.loaded = not self.loaded, True
        if first or ids != self.ids:
            self.ids = ids
            self.ids_changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._listing = None
        self.failed.emit(error)

    def _on_figures(self, figures: tuple[LibrarySummary, tuple[Folder, ...]]) -> None:
        if figures != (self.summary, self.folders):
            self.summary, self.folders = figures
            self.summary_changed.emit()

    def _on_suggestions(self, found: list[Suggestion]) -> None:
        self.suggestions = found
        self.suggestions_changed.emit()

    def _on_folder_added(self, folder: Folder) -> None:
        self.folder_added.emit(folder)
        self.reload()

    def _on_library_changed(self, event: LibraryChanged) -> None:
        self.cards_outdated.emit(event.items)
        if event.structure:
            self._settle.start()

    def _on_position_changed(self, event: PositionChanged) -> None:
        self.cards_outdated.emit((event.item,))
        if self.query.unwatched or self.query.sort is Sort.WATCHED:
            self._settle.start()

    def _on_scan_progressed(self, event: ScanProgressed) -> None:
        if event.phase in OVER:
            self.scans.pop(event.folder, None)
            self._settle.start()
        else:
            self.scans[event.folder] = event
        self.scans_changed.emit()

    def _on_folder_state_changed(self, _event: FolderStateChanged) -> None:
        self.cards_outdated.emit(())
        self._settle.start()
