"""The tiles at the top of the page: a ring with its share, a name, and a few words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import system_words as said
from ui.theme import Theme
from ui.widgets.painted_button import PaintedButton
from ui.words import SEPARATOR

HIGH, STROKE = 124, 8
WIDE, SMALL = (80, 22, 20), (68, 16, 14)
"""The ring and the room at its left and right: where there is room, and where there is little."""
NARROW = 300
FULL = 5760  # sixteenths of a degree
LOUD, FULLEST = 0.9, 0.97
"""From here on the ring warns, whatever its own colour is."""


class RingTile(PaintedButton):
    """Paints itself whole, and only when what it shows is another; None: nothing is known yet."""

    def __init__(self, theme: Theme, name: str, tone: str, parent: QWidget) -> None:
        super().__init__(theme, 16, parent)
        self._name, self._tone = name, tone
        self.ratio: float | None = None
        self.words = ""
        self._loud = False
        self._fonts = (
            theme.font(18, 700),
            theme.font(16, 600),
            theme.font(14, 400),
            theme.font(15, 700),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_share(self, ratio: float | None, words: str, warns: bool = False) -> None:
        """Show a share of 0..1 with words below the name; `warns`: much of it is worth a word."""
        shown = None if ratio is None else round(max(0.0, min(1.0, ratio)), 2)
        loud = warns and (ratio or 0.0) >= LOUD
        if (shown, words, loud) == (self.ratio, self.words, self._loud):
            return
        self.ratio, self.words, self._loud = shown, words, loud
        told = f"{self._name}: {said.percent(shown)}, {words}" if shown is not None else self._name
        self.setAccessibleName(told)
        self.update()

    def sizeHint(self) -> QSize:
        """A quarter of the page as drawn."""
        return QSize(self._theme.px(250), self._theme.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        """The ring and some words."""
        return QSize(self._theme.px(200), self._theme.px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, the ring and the words."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("faint" if self.underMouse() else "line"), 1))
        painter.setBrush(theme.color("surface1"))
        painter.drawRoundedRect(box, px(16), px(16))
        sizes = SMALL if self.width() < px(NARROW) else WIDE
        side, edge, gap = (px(size) for size in sizes)
        wide = px(STROKE)
        ring = QRectF(edge, (self.height() - side) / 2, side, side)
        self._ring(painter, ring.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), wide)
        if self.ratio is not None:
            text, font = said.percent(self.ratio), self._fonts[0]
            if QFontMetrics(font).horizontalAdvance(text) > side - 2 * wide - px(6):
                font = self._fonts[3]
            painter.setFont(font)
            painter.setPen(theme.color("text"))
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, text)
        self._say(painter, round(ring.right()) + gap)

    def _ring(self, painter: QPainter, ring: QRectF, wide: int) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(self._theme.color("surface3"), wide)
        painter.setPen(pen)
        painter.drawEllipse(ring)
        if not self.ratio:
            return
        tone = self._tone
        if self._loud:
            tone = "bad" if self.ratio >= FULLEST else "warn"
        pen.setColor(self._theme.color(tone))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, FULL // 4, -round(FULL * self.ratio))

    def _say(self, painter: QPainter, left: int) -> None:
        """The name, and the words below it: in two lines where one is too long for them."""
        px = self._theme.px
        room, line = self.width() - left - px(8), px(22)
        metrics = QFontMetrics(self._fonts[2])
        below = [self.words]
        if metrics.horizontalAdvance(self.words) > room:
            below = self.words.split(SEPARATOR, 1)
        top = self.height() // 2 - line * (1 + len(below)) // 2
        lines = [(self._fonts[1], "text", self._name)]
        lines += [(self._fonts[2], "dim", text) for text in below]
        for place, (font, tone, text) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(self._theme.color(tone))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            spot = QRect(left, top + place * line, room, line)
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter, shown)
