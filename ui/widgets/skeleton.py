"""The quiet shapes of a page that is still on its way."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme

Shape = Literal["grid", "rows", "home", "results", "shelf"]


class Skeleton(QWidget):
    """Grey shapes where a wall of posters, rows, or shelves will be. It never takes the focus."""

    def __init__(self, theme: Theme, shape: Shape = "grid", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._shape = theme, shape

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shapes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface1"))
        {
            "grid": self._grid,
            "rows": self._rows,
            "home": self._home,
            "results": self._results,
            "shelf": self._shelf,
        }[self._shape](painter)

    def _box(self, painter: QPainter, x: float, y: float, w: float, h: float, r: float) -> None:
        painter.drawRoundedRect(QRectF(x, y, w, h), r, r)

    def _heading(self, painter: QPainter, margin: int) -> None:
        px = self._theme.px
        self._box(painter, margin, px(38), px(180), px(30), px(10))
        self._box(painter, margin, px(78), px(300), px(16), px(8))

    def _grid(self, painter: QPainter) -> None:
        px, margin = self._theme.px, self._theme.margin(self.width())
        self._heading(painter, margin)
        for place in range(4):
            self._box(painter, margin + place * px(104), px(120), px(92), px(34), px(17))
        room = self.width() - 2 * margin
        across = max(1, (room + px(24)) // px(224))
        gap = (room - across * px(200)) / max(1, across - 1)
        top = px(176)
        while top < self.height():
            for column in range(across):
                left = margin + column * (px(200) + gap)
                self._box(painter, left, top, px(200), px(300), px(14))
            top += px(326)

    def _results(self, painter: QPainter) -> None:
        px, top = self._theme.px, self._theme.px(6)
        while top < self.height():
            self._box(painter, 0, top, self.width(), px(80), px(16))
            top += px(90)

    def _rows(self, painter: QPainter) -> None:
        px, margin = self._theme.px, self._theme.margin(self.width())
        self._heading(painter, margin)
        top = px(128)
        while top < self.height():
            self._box(painter, margin, top, self.width() - 2 * margin, px(64), px(14))
            top += px(76)

    def _shelf(self, painter: QPainter) -> None:
        px, left = self._theme.px, self._theme.margin(self.window().width())
        while left < self.width():
            self._box(painter, left, px(16), px(176), px(264), px(14))
            left += px(194)

    def _home(self, painter: QPainter) -> None:
        px, margin = self._theme.px, self._theme.margin(self.width())
        room = self.width() - 2 * margin
        self._box(painter, margin, px(36), room, px(420), px(24))
        top = px(490)
        for height, width, gap in ((178, 318, 18), (300, 200, 16)):
            self._box(painter, margin, top, px(190), px(22), px(8))
            left = margin
            while left < self.width() and top < self.height():
                self._box(painter, left, top + px(38), px(width), px(height), px(14))
                left += px(width + gap)
            top += px(height + 110)


class Blank(QWidget):
    """Nothing at all, in the colour of the window."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill it."""
        QPainter(self).fillRect(self.rect(), self._theme.color("background"))
