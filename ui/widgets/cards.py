"""Keeps the cards the window shows, and asks for those it does not have, a window at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from app.domain.media import Card

GATHER_MS = 15
"""Asks within this time go out as one."""
MOST_AT_ONCE = 400


class CardSource(Protocol):
    """Where a view finds the card of an item."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted with a tuple of ids whose cards are new; empty means all."""

    def card(self, item: int) -> Card | None:
        """Return the card, or None while it is on its way."""


class CardBook(QObject):
    """The newest cards by id, at most `limit` of them.

    `want(ids)` is called with the ids that are missing; answer it with `put()`.
    """

    changed = Signal(tuple)

    def __init__(
        self,
        want: Callable[[Sequence[int]], object],
        parent: QObject | None = None,
        limit: int = 3000,
    ) -> None:
        super().__init__(parent)
        self._want = want
        self._limit = limit
        self._cards: OrderedDict[int, Card] = OrderedDict()
        self._missing: OrderedDict[int, None] = OrderedDict()
        self._asked: set[int] = set()
        self._old: set[int] = set()
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._ask)

    def card(self, item: int) -> Card | None:
        """Return the card of an item; when there is none it is asked for."""
        card = self._cards.get(item)
        if card is None or item in self._old:
            self._miss(item)
        else:
            self._cards.move_to_end(item)
        return card

    def prefetch(self, items: Iterable[int]) -> None:
        """Ask for cards that will be needed soon."""
        for item in items:
            if item not in self._cards:
                self._miss(item)

    def put(self, cards: Sequence[Card]) -> None:
        """Take cards that arrived."""
        for card in cards:
            self._cards[card.id] = card
            self._cards.move_to_end(card.id)
            self._asked.discard(card.id)
            self._old.discard(card.id)
            self._missing.pop(card.id, None)
        while len(self._cards) > self._limit:
            gone, _ = self._cards.popitem(last=False)
            self._old.discard(gone)
        self.changed.emit(tuple(card.id for card in cards))

    def outdate(self, items: Sequence[int] = ()) -> None:
        """Say that cards changed (none named: all). Old ones are shown until new ones come."""
        touched = self._cards.keys() if not items else [i for i in items if i in self._cards]
        self._old.update(touched)
        self._asked.difference_update(items or list(self._asked))
        self.changed.emit(tuple(items))

    def _miss(self, item: int) -> None:
        if item in self._asked:
            return
        self._missing[item] = None
        self._missing.move_to_end(item)
        if not self._gather.isActive():
            self._gather.start()

    def _ask(self) -> None:
        """Ask for the latest misses only: what was scrolled past long ago is not needed."""
        wanted = list(self._missing)[-MOST_AT_ONCE:]
        self._missing.clear()
        if wanted:
            self._asked = set(wanted) if len(self._asked) > 4000 else self._asked | set(wanted)
            self._want(wanted)
