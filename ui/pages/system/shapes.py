"""The quiet shapes of the overview, until the first second of the machine is there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.scroll_body import BAR, RING

TILE, CORES, CHART, LOG, GAP = 124, 222, 300, 240, 18


class Shapes(QWidget):
    """Tiles, cores and chart, health beside them, and the log."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them."""
        px = self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface1"))
        left, gap = px(RING), px(GAP)
        room = self.width() - left - px(RING + BAR)
        tile = (room - 3 * gap) / 4
        boxes = [QRectF(left + place * (tile + gap), left, tile, px(TILE)) for place in range(4)]
        top, wide = left + px(TILE) + gap, (room - gap) * 10 / 17
        boxes.append(QRectF(left, top, wide, px(CORES)))
        boxes.append(QRectF(left, top + px(CORES) + gap, wide, px(CHART)))
        side = left + wide + gap
        boxes.append(QRectF(side, top, room - wide - gap, px(CORES + CHART) + gap))
        boxes.append(QRectF(left, top + px(CORES + CHART) + 2 * gap, room, px(LOG)))
        for box in boxes:
            painter.drawRoundedRect(box, px(16), px(16))
