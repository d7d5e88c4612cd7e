"""The poster wall: a virtual grid that stays quick with a hundred thousand films."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.domain.media import Card, PosterKey
from ui import words
from ui.theme import Theme
from ui.widgets.card_painter import CardPainter
from ui.widgets.cards import CardBook
from ui.widgets.posters import PosterCache
from ui.widgets.virtual_view import VirtualView

WIDTH = 200  # of a poster as drawn, at 100 %; it varies a little to fill the line
GAP = 32
LINE_GAP = 26
STEP = 20  # widths are multiples of it, so that a resize does not draw every card anew
GROWTH = 0.03


class PosterGrid(VirtualView[Card]):
    """Posters in lines that use the whole width; see `VirtualView` for what it offers."""

    def __init__(
        self,
        theme: Theme,
        book: CardBook,
        posters: PosterCache,
        picture: Callable[[PosterKey], Path],
        parent: QWidget | None = None,
    ) -> None:
        self._shape_key = (-1, -1)
        self._shape_now = (1, 2, STEP)
        super().__init__(theme, book, parent)
        self._painter = CardPainter(theme, posters, picture, self)
        posters.ready.connect(self._on_poster_ready)
        self.setAccessibleName(self.tr("Posters"))

    def describe(self, card: Card) -> str:
        """Its words and its state."""
        return words.spoken(card)

    def columns(self) -> int:
        """As many as fit at about the drawn width."""
        return self._shape()[1]

    def pitch(self) -> int:
        """A poster and the gap below it."""
        return self._width() * 3 // 2 + self._theme.px(LINE_GAP)

    def cell(self, row: int) -> QRect:
        """The poster, without what it grows."""
        across, width = self.columns(), self._width()
        column = row % across
        spare = self._shape()[0] - across * width
        left = self.side() + column * width + spare * column // (across - 1)
        return QRect(left, self.line_top(row), width, width * 3 // 2)

    def paint_cell(self, painter: QPainter, row: int, rect: QRect, card: Card | None) -> None:
        """Paint a poster; the one with the focus grows and wears the ring."""
        lift = self.lift_of(row)
        ratio = self.devicePixelRatioF()
        if lift <= 0:
            self._painter.poster(painter, rect, card, ratio)
            return
        painter.save()
        centre = QRectF(rect).center()
        painter.translate(centre)
        painter.scale(1 + GROWTH * lift, 1 + GROWTH * lift)
        painter.translate(-centre)
        self._painter.poster(painter, rect, card, ratio, named=True)
        if self.is_hovered(row):
            self._outline(painter, rect)
        if self.ring_shown() and row == self._row:
            self._painter.ring(painter, rect, lift)
        painter.restore()

    def _outline(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(QPen(self._theme.color("faint"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._theme.px(14)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _width(self) -> int:
        return self._shape()[2]

    def _shape(self) -> tuple[int, int, int]:
        """The room between the margins, the columns, and the width of a poster."""
        key = (self.width(), self.side())
        if key != self._shape_key:
            room = max(1, key[0] - 2 * key[1])  # the scroll bar lies in the margin
            gap = self._theme.px(GAP)
            across = max(2, (room + gap) // (self._theme.px(WIDTH) + gap))
            most = (room - (across - 1) * gap) // across
            self._shape_key = key
            self._shape_now = (room, across, max(STEP, most // STEP * STEP))
        return self._shape_now

    def _on_poster_ready(self, key: str) -> None:
        for row in self.visible_rows(0, self.viewport().height()):
            card = self._book.card(self._ids[row])
            if card is not None and card.poster == key:
                self._refresh(row)
