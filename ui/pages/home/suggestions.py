"""What Home knows of what somebody may like next, and because of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import LibraryChanged, PositionChanged
from app.domain.intelligence import Made
from app.domain.media import Card
from app.services.intelligence.tasks.recommending import Recommendation
from ui.bridge import Bridge

LEAST = 4
"""So many for one reason make a shelf of their own name."""
SETTLE_MS = 3_000


class MindPort(Protocol):
    """What Home asks of intelligence."""

    def recommend(self, most: int = 12) -> Coroutine[Any, Any, Made[tuple[Recommendation, ...]]]:
        """What to watch next, and because of what."""


class CardsPort(Protocol):
    """What Home asks of the library for it."""

    def cards(self, ids: Sequence[int]) -> Coroutine[Any, Any, list[Card]]:
        """The cards of these items."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """The cards of the shelf; `because` is the title of what was watched, empty for several."""

    cards: tuple[Card, ...] = ()
    because: str = ""


class Suggestions(QObject):
    """Loads them when Home is seen, and again when something was watched. The mind may be missing.

    A failure is no news here: the shelf is a gift, and stays as it was.
    """

    changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        mind: MindPort | None,
        library: CardsPort,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._mind, self._library = bridge, mind, library
        self.now = Suggested()
        self.shown = True
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)
        bridge.on(LibraryChanged, self._refresh, self)
        bridge.on(PositionChanged, self._refresh, self)

    def load(self) -> None:
        """Ask anew; what is shown stays until the answer is here."""
        if self._mind is not None:
            self._bridge.call(self._load(self._mind), self._on_loaded, lambda _error: None, self)

    async def _load(self, mind: MindPort) -> Suggested:
        found = (await mind.recommend()).value
        told = Counter(one.because_title for one in found)
        title, count = told.most_common(1)[0] if told else ("", 0)
        if count >= LEAST:
            found = tuple(one for one in found if one.because_title == title)
        else:
            title = ""
        cards = await self._library.cards([one.item for one in found])
        return Suggested(tuple(card for card in cards if not card.offline), title)

    def _on_loaded(self, now: Suggested) -> None:
        if now != self.now:
            self.now = now
            self.changed.emit()

    def _refresh(self, _event: object) -> None:
        if self.shown:
            self._settle.start()
