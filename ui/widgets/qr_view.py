"""A picture to scan with a phone."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme

SIDE = 168


class QrView(QWidget):
    """A picture to scan, black on white with a quiet edge."""

    def __init__(self, theme: Theme, side: int = SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._side = theme, theme.px(side)
        self._svg = b""
        self.setFixedSize(QSize(self._side, self._side))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("QR code of the link"))

    @property
    def drawn(self) -> bool:
        """Whether there is something to scan."""
        return bool(self._svg)

    def show_svg(self, svg: bytes) -> None:
        """Show a picture."""
        if svg != self._svg:
            self._svg = svg
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        white = Qt.GlobalColor.white
        painter.setBrush(white if self._svg else self._theme.color("surface3"))
        radius = self._theme.px(14)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        if self._svg:
            from PySide6.QtSvg import QSvgRenderer

            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            edge = self._theme.px(10)
            room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
            QSvgRenderer(QByteArray(self._svg)).render(painter, room)
