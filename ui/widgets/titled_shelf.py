"""A shelf under its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.media import Card, PosterKey
from ui.theme import Theme
from ui.widgets.label import Label
from ui.widgets.posters import PosterCache
from ui.widgets.shelf import Form, Shelf


class TitledShelf(QWidget):
    """A shelf under its name; hidden while it has no card."""

    activated = Signal(object)
    context_requested = Signal(object, QPoint)

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        picture: Callable[[PosterKey], Path],
        title: str,
        form: Form,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._label = Label(title, "section")
        column.addWidget(self._label)
        self.shelf = Shelf(theme, form, posters, picture, self)
        self.shelf.setAccessibleName(title)
        column.addWidget(self.shelf)
        self.shelf.item_activated.connect(self._on_activated)
        self.shelf.context_requested.connect(self._on_context_requested)
        self.hide()

    def focused(self) -> Card | None:
        """The card that has the focus."""
        return self._card(self.shelf.current_id()) if self.shelf.hasFocus() else None

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show these."""
        self.shelf.set_cards(cards)
        self.setVisible(bool(cards))

    def set_title(self, title: str) -> None:
        """Call it otherwise."""
        self._label.setText(title)
        self.shelf.setAccessibleName(title)

    def set_margin(self, margin: int) -> None:
        """Keep this free at both sides, in pixels."""
        self._label.setContentsMargins(margin, 0, margin, 0)
        self.shelf.set_side(margin)

    def _on_activated(self, item: int) -> None:
        card = self._card(item)
        if card is not None:
            self.activated.emit(card)

    def _on_context_requested(self, item: int, place: QPoint) -> None:
        card = self._card(item)
        if card is not None:
            self.context_requested.emit(card, place)

    def _card(self, item: int) -> Card | None:
        return next((card for card in self.shelf.cards() if card.id == item), None)
