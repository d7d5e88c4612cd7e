"""What the Home page knows: what was being watched, what comes next, what is new."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import LibraryChanged, PositionChanged
from app.domain.media import Card, Details, Folder, ItemId, MediaKind
from ui.bridge import Bridge, Call

SETTLE_MS = 400
"""Events come in bursts while a scan runs: one reload serves all of a burst."""


class LibraryPort(Protocol):
    """What Home asks of the library."""

    def recently_added(self, limit: int = 20) -> Coroutine[Any, Any, list[Card]]:
        """Return the newest items, newest first."""

    def details(self, item: ItemId) -> Coroutine[Any, Any, Details]:
        """Return everything known of an item."""

    def folders(self) -> Coroutine[Any, Any, tuple[Folder, ...]]:
        """Return the owner's folders."""


class PlaybackPort(Protocol):
    """What Home asks of the watching history."""

    def continue_watching(self, limit: int = 20) -> Coroutine[Any, Any, list[Card]]:
        """Return what was begun and not finished, latest first."""

    def next_up(self, limit: int = 20) -> Coroutine[Any, Any, list[Card]]:
        """Return the next episode of each series being followed."""

    def forget(self, item: ItemId) -> Coroutine[Any, Any, None]:
        """Take an item off the list of what was begun."""

    def restore(self, item: ItemId) -> Coroutine[Any, Any, None]:
        """Undo `forget`."""


Describe = Callable[[Details], Coroutine[Any, Any, Details]]
"""Adds what plugins know about an item; never raises."""


@dataclass(frozen=True, slots=True)
class HomeState:
    """Everything the page shows at one time."""

    hero: Details | None = None
    watching: tuple[Card, ...] = ()
    next_up: tuple[Card, ...] = ()
    recent: tuple[Card, ...] = ()
    has_folders: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show at all."""
        return not (self.watching or self.next_up or self.recent)


class HomeViewModel(QObject):
    """Loads the shelves, and again when the library or the history changes."""

    state_changed = Signal()
    busy_changed = Signal(bool)
    failed = Signal(object)
    forgotten = Signal(object)
    """A card was taken off Continue watching: offer to undo it."""

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
        self._call: Call | None = None
        self.state = HomeState()
        self.busy = False
        self.loaded = False
        self.shown = True
        """Whether somebody looks; the page says so, and reloads when it is shown again."""
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.reload)
        bridge.on(LibraryChanged, self._on_library_changed, self)
        bridge.on(PositionChanged, self._on_position_changed, self)

    def reload(self) -> None:
        """Ask for all shelves anew; what is shown stays until the answer is here."""
        if self._call is not None:
            self._call.cancel()
        self._set_busy(True)
        self._call = self._bridge.call(self._load(), self._on_loaded, self._on_failed, self)

    def forget(self, card: Card) -> None:
        """Take a card off Continue watching."""
        self._bridge.call(
            self._playback.forget(card.id), lambda _none: self._on_forgotten(card), owner=self
        )

    def restore(self, card: Card) -> None:
        """Put it back."""
        self._bridge.call(self._playback.restore(card.id), lambda _none: self.reload(), owner=self)

    async def _load(self) -> HomeState:
        watching = await self._playback.continue_watching(20)
        begun = {card.id for card in watching}
        next_up = [card for card in await self._playback.next_up(20) if card.id not in begun]
        recent = await self._library.recently_added(24)
        folders = await self._library.folders()
        chosen = choose_hero(watching, next_up, recent)
        hero = await self._library.details(chosen.id) if chosen is not None else None
        return HomeState(hero, tuple(watching), tuple(next_up), tuple(recent), bool(folders))

    def _on_loaded(self, state: HomeState) -> None:
        self._call = None
        self._set_busy(False)
        first, self.loaded = not self.loaded, True
        shown = self.state.hero
        hero = state.hero
        if hero is not None and shown is not None and shown.card.id == hero.card.id:
            state = replace(state, hero=replace(hero, overview=shown.overview))
        elif hero is not None:
            self._bridge.call(self._describe(hero), self._on_described, owner=self)
        if first or state != self.state:
            self.state = state
            self.state_changed.emit()

    def _on_described(self, hero: Details) -> None:
        """Words for the hero come after it is seen: a slow plugin must not keep Home waiting."""
        now = self.state.hero
        if now is not None and now.card.id == hero.card.id and hero.overview != now.overview:
            self.state = replace(self.state, hero=replace(now, overview=hero.overview))
            self.state_changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._call = None
        self._set_busy(False)
        self.failed.emit(error)

    def _on_forgotten(self, card: Card) -> None:
        self.forgotten.emit(card)
        self.reload()

    def _on_library_changed(self, _event: LibraryChanged) -> None:
        self._refresh()

    def _on_position_changed(self, _event: PositionChanged) -> None:
        self._refresh()

    def _refresh(self) -> None:
        """A film that plays moves on every few seconds: nobody reloads for a page not shown."""
        if self.shown:
            self._settle.start()

    def _set_busy(self, busy: bool) -> None:
        if busy != self.busy:
            self.busy = busy
            self.busy_changed.emit(busy)


def choose_hero(watching: list[Card], next_up: list[Card], recent: list[Card]) -> Card | None:
    """The one card for the top: what was being watched, what comes next, or the newest film."""
    here = [card for card in watching if not card.offline]
    if here:
        return here[0]
    following = [card for card in next_up if not card.offline]
    if following:
        return following[0]
    fresh = [card for card in recent if not card.offline and not card.watched]
    films = [card for card in fresh if card.kind is MediaKind.FILM]
    return next(iter(films or fresh or recent), None)
