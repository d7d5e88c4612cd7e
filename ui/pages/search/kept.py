"""What the Search page knows of what the owner keeps: searches, the watchlist, the followed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.events import WishesChanged
from app.domain.search import SearchView, Subject
from app.domain.wishes import KeptSearch, KeptThings, Wish, WishKind
from ui.bridge import Bridge

T = TypeVar("T")


class KeeperPort(Protocol):
    """What the page asks of what is kept."""

    def everything(self) -> Coroutine[Any, Any, KeptThings]:
        """Return all of it."""

    def forget_recent(
        self, kept: KeptSearch | None = None
    ) -> Coroutine[Any, Any, list[KeptSearch]]:
        """Forget one recent search, or all."""

    def restore_recent(self, gone: Sequence[KeptSearch]) -> Coroutine[Any, Any, None]:
        """Take that back."""

    def save(self, typed: str) -> Coroutine[Any, Any, None]:
        """Keep a search."""

    def unsave(self, typed: str) -> Coroutine[Any, Any, None]:
        """Keep it no longer."""

    def add(
        self, kind: WishKind, typed: str, subject: Subject | None = None
    ) -> Coroutine[Any, Any, Wish]:
        """Put a title on a list."""

    def remove(self, wish: Wish) -> Coroutine[Any, Any, None]:
        """Take it off."""

    def restore(self, wish: Wish) -> Coroutine[Any, Any, None]:
        """Take that back."""


class KeptViewModel(QObject):
    """Keeps the lists true; everything that takes something away can be undone."""

    changed = Signal()
    failed = Signal(object)
    removed = Signal(object)
    """A wish was taken off its list: offer to undo it."""
    forgot = Signal(list)
    """Recent searches were forgotten: offer to undo it."""

    def __init__(self, bridge: Bridge, keeper: KeeperPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._keeper = keeper
        self.things = KeptThings()
        self.loaded = False
        bridge.on(WishesChanged, lambda _event: self.load(), self)

    def load(self) -> None:
        """Read what is kept."""
        self._ask(self._keeper.everything(), self._on_loaded)

    def wish(self, kind: WishKind, view: SearchView | None) -> Wish | None:
        """The wish of that kind for a search, or None."""
        things = self.things
        listed = things.watchlist if kind is WishKind.WATCH else things.followed
        mine = view.identity if view is not None else ""
        return next((wish for wish in listed if wish.identity == mine), None)

    def toggle(self, kind: WishKind, view: SearchView) -> None:
        """Put what a search looks for on a list, or take it off."""
        wish = self.wish(kind, view)
        if wish is not None:
            self.remove(wish)
        else:
            self._ask(self._keeper.add(kind, view.wanted.typed, view.subject))

    def remove(self, wish: Wish) -> None:
        """Take a title off its list."""
        self._ask(self._keeper.remove(wish), lambda _none: self.removed.emit(wish))

    def restore(self, wish: Wish) -> None:
        """Take that back."""
        self._ask(self._keeper.restore(wish))

    def saved(self, view: SearchView | None) -> bool:
        """Whether a search is a saved one."""
        mine = view.identity if view is not None else ""
        return any(kept.identity == mine for kept in self.things.saved)

    def toggle_saved(self, view: SearchView) -> None:
        """Save a search, or no longer."""
        typed = view.wanted.typed
        keep = self._keeper.unsave if self.saved(view) else self._keeper.save
        self._ask(keep(typed))

    def unsave(self, kept: KeptSearch) -> None:
        """Save it no longer."""
        self._ask(self._keeper.unsave(kept.typed))

    def forget(self, kept: KeptSearch | None = None) -> None:
        """Forget a recent search, or all."""
        self._ask(self._keeper.forget_recent(kept), self.forgot.emit)

    def remember(self, gone: Sequence[KeptSearch]) -> None:
        """Take that back."""
        self._ask(self._keeper.restore_recent(gone))

    def _ask(self, work: Coroutine[Any, Any, T], done: Callable[[T], None] | None = None) -> None:
        self._bridge.call(work, done, self.failed.emit, self)

    def _on_loaded(self, things: KeptThings) -> None:
        first, self.loaded = not self.loaded, True
        if first or things != self.things:
            self.things = things
            self.changed.emit()
