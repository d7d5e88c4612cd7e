"""Round boxes and bars drawn once and kept: painting them anew for each row would be slow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from ui.theme import Theme

MOST_KEPT = 400


class DrawnShapes:
    """Draws on any painter; colours are tokens of the theme, measures are pixels of the screen."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def box(self, painter: QPainter, rect: QRect, fill: str, edge: str, radius: int) -> None:
        """A round box; without an `edge` it has none, an accent one is twice as thick."""

        def draw(drawing: QPainter, box: QRectF) -> None:
            wide = 1 if edge == "line" else 2
            pen = QPen(self._theme.color(edge), wide) if edge else QPen(Qt.PenStyle.NoPen)
            drawing.setPen(pen)
            drawing.setBrush(self._theme.color(fill))
            inset = wide / 2 if edge else 0
            drawing.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)

        self._put(painter, rect, ("box", fill, edge, radius), draw)

    def bar(self, painter: QPainter, rect: QRect, fraction: float, tone: str) -> None:
        """How far something is, 0 to 1."""
        self._groove(painter, rect, "surface3")
        if fraction > 0:
            width = max(rect.height(), round(rect.width() * min(1.0, fraction)))
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(tone))
            half = rect.height() / 2
            done = QRectF(rect.left(), rect.top(), width, rect.height())
            painter.drawRoundedRect(done, half, half)
            painter.restore()

    def dot(self, painter: QPainter, rect: QRect, tone: str) -> None:
        """A small disc."""
        self._groove(painter, rect, tone)

    def icon(self, painter: QPainter, name: str, state: str, place: QPoint, size: int = 20) -> None:
        """An icon of the set with its upper left corner at `place`."""
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(place, self._theme.pixmap(name, state, size, ratio))

    def _groove(self, painter: QPainter, rect: QRect, tone: str) -> None:
        def draw(drawing: QPainter, box: QRectF) -> None:
            drawing.setPen(Qt.PenStyle.NoPen)
            drawing.setBrush(self._theme.color(tone))
            drawing.drawRoundedRect(box, box.height() / 2, box.height() / 2)

        self._put(painter, rect, ("round", tone), draw)

    def _put(
        self,
        painter: QPainter,
        rect: QRect,
        key: tuple[object, ...],
        draw: Callable[[QPainter, QRectF], None],
    ) -> None:
        ratio = painter.device().devicePixelRatio()
        whole = (rect.width(), rect.height(), ratio, *key)
        pixmap = self._kept.get(whole)
        if pixmap is None:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            pixmap = QPixmap(rect.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            drawing = QPainter(pixmap)
            drawing.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(drawing, QRectF(0, 0, rect.width(), rect.height()))
            drawing.end()
            self._kept[whole] = pixmap
        painter.drawPixmap(rect.topLeft(), pixmap)
