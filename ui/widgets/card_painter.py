"""Paints cards: posters with their words, coloured stand-ins, progress, ticks and marks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from app.domain.media import Card, PosterKey, is_still
from ui import words
from ui.theme import Theme
from ui.widgets.posters import PosterCache

STAND_INS = 64  # how many coloured cards are kept drawn
LINES = 3000  # how many broken titles are kept
FOOT = QColor(6, 7, 10)  # what covers a poster's own title
WORDS = 6000  # how many measured words are kept


class CardPainter(QObject):
    """Paints cards of one size; shared by the wall and the shelves."""

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        picture: Callable[[PosterKey], Path],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme, self.posters, self.picture = theme, posters, picture
        self._stand_ins: OrderedDict[tuple[int, int, int], QPixmap] = OrderedDict()
        self._shades: dict[tuple[int, int, int], QPixmap] = {}
        self._lines: OrderedDict[tuple[str, int], list[str]] = OrderedDict()
        self._title_font = theme.font(18, 600)
        self._facts_font = theme.font(13, 500)
        self._title_metrics = QFontMetrics(self._title_font)
        self._facts_metrics = QFontMetrics(self._facts_font)
        self._breaker = LineBreaker(self._title_font)
        self._marks: dict[str, QPixmap] = {}

    def poster(
        self,
        painter: QPainter,
        rect: QRect,
        card: Card | None,
        ratio: float,
        named: bool = False,
    ) -> None:
        """A 2:3 card: picture or colour, title and facts, and what is to be known of it.

        A poster has its title drawn on it already, so words are put over one only when `named`.
        """
        if card is None:
            self.skeleton(painter, rect)
            return
        size, radius = rect.size(), self.theme.px(14)
        picture = self._picture(card.poster, size, radius, ratio)
        painter.setOpacity(0.42 if card.offline else 1.0)
        painter.drawPixmap(rect, picture or self._stand_in(card, size, ratio))
        titled = picture is not None and not is_still(card.poster)
        if picture is not None and (named or not titled):
            foot = self._words_height(rect, card) if titled else 0
            painter.drawPixmap(rect.topLeft(), self._shade(size, ratio, foot))
        if named or not titled:
            self._words(painter, rect, card)
        painter.setOpacity(1.0)
        if card.progress > 0 and not card.watched:
            self.progress(painter, rect, card.progress)
        self._signs(painter, rect, card)

    def wide(self, painter: QPainter, rect: QRect, card: Card, ratio: float) -> None:
        """A 16:9 card with a play sign and how far it was watched."""
        size, radius = rect.size(), self.theme.px(14)
        key = card.backdrop or card.poster
        picture = self._picture(key, size, radius, ratio)
        painter.setOpacity(0.42 if card.offline else 1.0)
        painter.drawPixmap(rect, picture or self._stand_in(card, size, ratio))
        painter.setOpacity(1.0)
        px = self.theme.px
        sign = QRectF(rect.left() + px(14), rect.top() + px(14), px(44), px(44))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("shade"))
        painter.drawRoundedRect(sign, px(12), px(12))
        self._mark(painter, sign, "unplug" if card.offline else "play", "text", ratio)
        if card.progress > 0:
            self.progress(painter, rect, card.progress)

    def thumb(self, painter: QPainter, rect: QRect, card: Card, ratio: float) -> None:
        """A small picture without words."""
        radius = self.theme.px(6)
        picture = self._picture(card.poster, rect.size(), radius, ratio)
        painter.drawPixmap(rect, picture or self._stand_in(card, rect.size(), ratio, radius))

    def skeleton(self, painter: QPainter, rect: QRect) -> None:
        """A card that is on its way."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("surface2"))
        painter.drawRoundedRect(QRectF(rect), self.theme.px(14), self.theme.px(14))

    def progress(self, painter: QPainter, rect: QRect, part: float) -> None:
        """A bar along the bottom, following the round corners."""
        px = self.theme.px
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(rect), px(14), px(14))
        bar = QRectF(rect.left(), rect.bottom() + 1 - px(5), rect.width(), px(5))
        painter.save()
        painter.setClipRect(bar)
        painter.fillPath(shape, QColor(8, 9, 13, 150))
        painter.setClipRect(QRectF(bar.left(), bar.top(), bar.width() * part, bar.height()))
        painter.fillPath(shape, self.theme.color("accent"))
        painter.restore()

    def ring(self, painter: QPainter, rect: QRect, strength: float = 1.0) -> None:
        """The focus ring: 3 px, 4 px outside."""
        px = self.theme.px
        pen = QPen(self.theme.color("accent"), px(3))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setOpacity(strength)
        out = px(4) + px(3) / 2
        outer = QRectF(rect).adjusted(-out, -out, out, out)
        painter.drawRoundedRect(outer, px(14) + out, px(14) + out)
        painter.setOpacity(1.0)

    def _title_lines(self, text: str, width: int) -> list[str]:
        key = (text, width)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = self._breaker.lines(text, width, 3)
            if len(self._lines) > LINES:
                self._lines.popitem(last=False)
        return found

    def _picture(
        self, key: PosterKey | None, size: QSize, radius: int, ratio: float
    ) -> QPixmap | None:
        if key is None:
            return None
        return self.posters.request(key, self.picture(key), size, radius, ratio)

    def _stand_in(self, card: Card, size: QSize, ratio: float, radius: int = 0) -> QPixmap:
        upper, lower = self.theme.card_colors(card.series or card.title)
        # Opaque pictures are painted several times faster; thumbs lie on changing surfaces.
        backing = None if radius else self.theme.color("background")
        key = (size.width() * 10000 + size.height(), upper.rgb(), lower.rgb())
        pixmap = self._stand_ins.get(key)
        if pixmap is None:
            pixmap = self._stand_ins[key] = stand_in(
                upper, lower, size, radius or self.theme.px(14), ratio, backing
            )
            if len(self._stand_ins) > STAND_INS:
                self._stand_ins.popitem(last=False)
        else:
            self._stand_ins.move_to_end(key)
        return pixmap

    def _shade(self, size: QSize, ratio: float, foot: int = 0) -> QPixmap:
        """The dark foot that keeps words readable on any picture.

        With `foot` (pixels) so much of it is solid: it covers the title drawn on a poster.
        """
        key = (size.width(), size.height(), foot)
        if key not in self._shades:
            if len(self._shades) > 8:
                self._shades.clear()
            pixmap = _canvas(size, ratio)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            gradient = QLinearGradient(0, size.height() * (0.3 if foot else 0.45), 0, size.height())
            gradient.setColorAt(0, QColor(6, 7, 10, 0))
            if foot:
                gradient.setColorAt(max(0.1, 1 - foot / (size.height() * 0.7)), FOOT)
            gradient.setColorAt(1, FOOT if foot else QColor(6, 7, 10, 225))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(gradient)
            radius = self.theme.px(14)
            painter.drawRoundedRect(QRectF(0, 0, size.width(), size.height()), radius, radius)
            painter.end()
            self._shades[key] = pixmap
        return self._shades[key]

    def _words_height(self, rect: QRect, card: Card) -> int:
        """How high the words of a card are, with the air round them."""
        lines = len(self._title_lines(words.headline(card), rect.width() - self.theme.px(32)))
        facts = self._facts_metrics.height() if words.facts(card) else 0
        needed = lines * self._title_metrics.height() + facts + self.theme.px(34)
        return max(needed, rect.height() * 28 // 100)

    def _words(self, painter: QPainter, rect: QRect, card: Card) -> None:
        px = self.theme.px
        left, width = rect.left() + px(16), rect.width() - px(32)
        bottom = rect.bottom() - px(18)
        painter.setFont(self._facts_font)
        painter.setPen(self.theme.color("text"))
        facts = words.facts(card)
        if facts:
            painter.drawText(left, bottom - self._facts_metrics.descent(), facts)
            bottom -= self._facts_metrics.height() + px(2)
        painter.setFont(self._title_font)
        title = self._title_lines(words.headline(card), width)
        height = self._title_metrics.height()
        baseline = bottom - self._title_metrics.descent() - height * (len(title) - 1)
        for line in title:
            painter.drawText(left, baseline, line)
            baseline += height

    def _signs(self, painter: QPainter, rect: QRect, card: Card) -> None:
        """The tick of what was watched, the mark of a disk that is away, the note."""
        px = self.theme.px
        signs = []
        if card.watched:
            signs.append(("check", "good"))
        if card.offline:
            signs.append(("unplug", "text"))
        elif card.note:
            signs.append(("triangle-alert", "warn"))
        ratio = painter.device().devicePixelRatio()
        right = rect.right() - px(10)
        for name, state in signs:
            painter.drawPixmap(right - px(28), rect.top() + px(10), self._sign(name, state, ratio))
            right -= px(34)

    def _sign(self, name: str, state: str, ratio: float) -> QPixmap:
        """A mark in its circle, drawn once: circles are slow to paint."""
        key = f"sign {name}/{state}@{ratio}"
        found = self._marks.get(key)
        if found is None:
            side = self.theme.px(28)
            found = self._marks[key] = _canvas(QSize(side, side), ratio)
            drawing = QPainter(found)
            drawing.setRenderHint(QPainter.RenderHint.Antialiasing)
            drawing.setPen(Qt.PenStyle.NoPen)
            drawing.setBrush(self.theme.color("shade"))
            circle = QRectF(0, 0, side, side)
            drawing.drawEllipse(circle)
            self._mark(drawing, circle, name, state, ratio, 16)
            drawing.end()
        return found

    def _mark(
        self,
        painter: QPainter,
        box: QRectF,
        name: str,
        state: str,
        ratio: float,
        size: int = 20,
    ) -> None:
        key = f"{name}/{state}/{size}@{ratio}"
        pixmap = self._marks.get(key)
        if pixmap is None:
            pixmap = self._marks[key] = self.theme.pixmap(name, state, size, ratio)
        half = self.theme.px(size) / 2
        painter.drawPixmap(QPointF(box.center().x() - half, box.center().y() - half), pixmap)


class LineBreaker:
    """Breaks titles into lines; words are measured once, for they come again and again."""

    def __init__(self, font: QFont) -> None:
        self._metrics = QFontMetrics(font)
        self._space = self._metrics.horizontalAdvance(" ")
        self._widths: dict[str, int] = {}

    def lines(self, text: str, width: int, most: int) -> list[str]:
        """At most `most` lines of `width` pixels; the last one ends in … when it must."""
        lines: list[str] = []
        words_left = text.split()
        while words_left and len(lines) < most - 1:
            take = self._fitting(words_left, width)
            if take == 0:
                break
            lines.append(" ".join(words_left[:take]))
            words_left = words_left[take:]
        if words_left:
            rest = " ".join(words_left)
            if len(words_left) > 1 or self._width(rest) > width:
                rest = self._metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
            lines.append(rest)
        return lines

    def _fitting(self, words_left: list[str], width: int) -> int:
        """How many of the words fit into one line; 0 when the first alone is too long."""
        used = 0
        for place, word in enumerate(words_left):
            used += self._width(word) + (self._space if place else 0)
            if used > width:
                return place
        return len(words_left)

    def _width(self, word: str) -> int:
        found = self._widths.get(word)
        if found is None:
            if len(self._widths) > WORDS:
                self._widths.clear()
            found = self._widths[word] = self._metrics.horizontalAdvance(word)
        return found


def stand_in(
    upper: QColor,
    lower: QColor,
    size: QSize,
    radius: int,
    ratio: float,
    backing: QColor | None = None,
) -> QPixmap:
    """A coloured card for what has no picture; `backing` is the colour it will lie on."""
    pixmap = _canvas(size, ratio, backing)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    gradient = QLinearGradient(0, 0, size.width() * 0.55, size.height())
    gradient.setColorAt(0, upper)
    gradient.setColorAt(1, lower)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    painter.drawRoundedRect(QRectF(0, 0, size.width(), size.height()), radius, radius)
    painter.end()
    return pixmap


def _canvas(size: QSize, ratio: float, backing: QColor | None = None) -> QPixmap:
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(backing or Qt.GlobalColor.transparent)
    return pixmap
