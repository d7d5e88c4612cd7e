"""What the strip "More like this" knows: the items like the one shown, and what they share."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.intelligence import Made
from app.domain.meaning import Alike, MeaningProgressed
from app.domain.media import Card, ItemId
from ui.bridge import Bridge, Call

MOST = 24


class MeaningPort(Protocol):
    """What the strip asks of the meaning of things."""

    def like(self, item: ItemId, limit: int = 20) -> Coroutine[Any, Any, Made[tuple[Alike, ...]]]:
        """Return what is like an item, the nearest first."""


class CardsPort(Protocol):
    """What it asks of the library."""

    def cards(self, ids: Sequence[int]) -> Coroutine[Any, Any, list[Card]]:
        """Return what to show of some items."""


class Stage(StrEnum):
    """How far the answer is."""

    BUSY = "busy"
    FULL = "full"
    EMPTY = "empty"
    FAILED = "failed"


class AlikeModel(QObject):
    """Asks for what is like an item, and again when the station learnt more."""

    changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        meaning: MeaningPort,
        library: CardsPort,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._meaning, self._library = bridge, meaning, library
        self._item: ItemId | None = None
        self._call: Call | None = None
        self.stage = Stage.BUSY
        self.cards: tuple[Card, ...] = ()
        self.by_rules = False
        self.error: BaseException | None = None
        self._shared: dict[ItemId, tuple[str, ...]] = {}
        bridge.on(MeaningProgressed, self._on_progressed, self)

    def load(self, item: ItemId) -> None:
        """Show what is like this item; what is shown of the same one stays meanwhile."""
        if item != self._item:
            self._item, self.cards, self._shared = item, (), {}
            self._show(Stage.BUSY)
        self.reload()

    def reload(self) -> None:
        """Ask anew."""
        if self._item is None:
            return
        if self._call is not None:
            self._call.cancel()
        if self.stage is Stage.FAILED:
            self._show(Stage.BUSY)
        self._call = self._bridge.call(
            self._ask(self._item), self._on_answered, self._on_failed, self
        )

    def shared(self, item: int) -> tuple[str, ...]:
        """What an item of the strip has in common with the one shown: people, genres, words."""
        return self._shared.get(ItemId(item), ())

    async def _ask(self, item: ItemId) -> tuple[Made[tuple[Alike, ...]], list[Card]]:
        made = await self._meaning.like(item, MOST)
        return made, await self._library.cards([each.item for each in made.value])

    def _on_answered(self, answer: tuple[Made[tuple[Alike, ...]], list[Card]]) -> None:
        self._call = None
        made, cards = answer
        self._shared = {each.item: each.shared for each in made.value}
        self.cards, self.by_rules = tuple(cards), made.by_rules
        self._show(Stage.FULL if cards else Stage.EMPTY)

    def _on_failed(self, error: BaseException) -> None:
        self._call, self.error = None, error
        if not self.cards:  # what is shown stays
            self._show(Stage.FAILED)

    def _on_progressed(self, event: MeaningProgressed) -> None:
        if not event.working and (self.by_rules or self.stage is not Stage.FULL):
            self.reload()

    def _show(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()
