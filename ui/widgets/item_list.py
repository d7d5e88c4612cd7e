"""The library as a list: a thumb, the title and its figures in one line each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.domain.media import Card, PosterKey
from ui import words
from ui.theme import Theme
from ui.widgets.card_painter import CardPainter
from ui.widgets.cards import CardBook
from ui.widgets.posters import PosterCache
from ui.widgets.virtual_view import VirtualView

LINE = 72
THUMB = (40, 60)
COLUMNS = (("year", 90), ("length", 130), ("quality", 110), ("state", 190))
"""From the right edge inwards these have fixed widths; the title takes the rest."""
TWO_COLUMNS_BELOW = 760


class ItemList(VirtualView[Card]):
    """One line for each item; see `VirtualView` for what it offers."""

    def __init__(
        self,
        theme: Theme,
        book: CardBook,
        posters: PosterCache,
        picture: Callable[[PosterKey], Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, book, parent)
        self._painter = CardPainter(theme, posters, picture, self)
        self._title_font = theme.font(16, 600)
        self._font = theme.font(14, 500)
        posters.ready.connect(self._on_poster_ready)
        self.setAccessibleName(self.tr("Items"))

    def describe(self, card: Card) -> str:
        """Its words and its state."""
        return words.spoken(card)

    def pitch(self) -> int:
        """One line."""
        return self._theme.px(LINE)

    def cell(self, row: int) -> QRect:
        """The whole width between the margins."""
        inset = self._theme.px(2)
        width = self.width() - 2 * self.side()
        return QRect(self.side(), self.line_top(row) + inset, width, self.pitch() - 2 * inset)

    def paint_cell(self, painter: QPainter, row: int, rect: QRect, card: Card | None) -> None:
        """Paint one line."""
        px = self._theme.px
        box = QRectF(rect)
        if self.is_hovered(row) or (row == self._row and self.hasFocus()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("surface2"))
            painter.drawRoundedRect(box, px(14), px(14))
        else:
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawLine(rect.left(), rect.bottom() + 2, rect.right(), rect.bottom() + 2)
        if row == self._row and self.ring_shown():
            painter.setPen(QPen(self._theme.color("accent"), px(3)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = px(3) / 2
            painter.drawRoundedRect(box.adjusted(half, half, -half, -half), px(14), px(14))
        thumb = QRect(
            rect.left() + px(14), rect.center().y() - px(THUMB[1]) // 2 + 1, *map(px, THUMB)
        )
        if card is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("surface2"))
            painter.drawRoundedRect(QRectF(thumb), px(6), px(6))
            return
        painter.setOpacity(0.5 if card.offline else 1.0)
        self._painter.thumb(painter, thumb, card, self.devicePixelRatioF())
        self._texts(painter, rect, thumb.right() + px(18), card)
        painter.setOpacity(1.0)

    def _texts(self, painter: QPainter, rect: QRect, left: int, card: Card) -> None:
        px = self._theme.px
        right = rect.right() - px(16)
        painter.setFont(self._font)
        for name, width in reversed(COLUMNS):
            if rect.width() < px(TWO_COLUMNS_BELOW) and name in ("quality", "state"):
                continue
            text, tone = self._column(name, card)
            painter.setPen(self._theme.color(tone))
            place = QRect(right - px(width), rect.top(), px(width), rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            right -= px(width)
        painter.setFont(self._title_font)
        painter.setPen(self._theme.color("text"))
        room = QRect(left, rect.top(), right - left - px(16), rect.height())
        title = QFontMetrics(self._title_font).elidedText(
            words.headline(card), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)

    def _column(self, name: str, card: Card) -> tuple[str, str]:
        if name == "year":
            return (str(card.year) if card.year else "", "dim")
        if name == "length":
            if card.episodes:
                return words.episodes(card.episodes), "dim"
            return (words.duration(card.duration) if card.duration else "", "dim")
        if name == "quality":
            return card.resolution or "", "dim"
        if card.offline:
            return self.tr("Disk away"), "warn"
        if card.note:
            return self.tr("Needs a look"), "warn"
        if card.watched:
            return self.tr("Watched"), "good"
        return (words.time_left(card), "accent") if card.position > 0 else ("", "dim")

    def _on_poster_ready(self, key: str) -> None:
        for row in self.visible_rows(0, self.viewport().height()):
            card = self._book.card(self._ids[row])
            if card is not None and card.poster == key:
                self._refresh(row)
