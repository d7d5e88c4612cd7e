"""One poster, as large as the page wants it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.media import Card
from ui import words
from ui.widgets.card_painter import CardPainter


class Poster(QWidget):
    """A card standing by itself. With `named` its title and facts are always written on it."""

    def __init__(
        self, painter: CardPainter, size: QSize, named: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._painter, self._named = painter, named
        self._card: Card | None = None
        self.setFixedSize(size)
        painter.posters.ready.connect(self._on_poster_ready)

    def _on_poster_ready(self, _key: object) -> None:
        """A method of its own: Qt lets go of it with the poster, of a lambda it would not."""
        self.update()

    def show_card(self, card: Card) -> None:
        """Show the poster of this card."""
        if card != self._card:
            self._card = card
            self.setAccessibleName(words.spoken(card))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ratio = self.devicePixelRatioF()
        self._painter.poster(painter, QRect(self.rect()), self._card, ratio, self._named)
