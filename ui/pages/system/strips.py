"""The strips above a chart: what the station did, each with its name where there is room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.pages.system.bands import LANES, Band
from ui.pages.system.chart_model import Drawn
from ui.pages.system.plot import RIGHT
from ui.theme import Theme

HIGH, GAP = 20, 3
LEAST = 3  # pixels at 100 %: what is shorter can be seen all the same
FILL = 70  # of 255, behind the words


class Strips(QWidget):
    """`name` says a strip in words."""

    def __init__(self, theme: Theme, name: Callable[[Band], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self._font = theme.font(13, 500)
        self.bands: tuple[Band, ...] = ()
        self._stretch = (0.0, 1.0)
        self._lit: tuple[Band, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_drawn(self, drawn: Drawn) -> None:
        """Show what was done in a stretch of time; nothing done takes no room."""
        many = 1 + max((one.lane for one in self.bands), default=-1)
        self.bands, self._stretch = drawn.bands, (drawn.start, drawn.end)
        if 1 + max((one.lane for one in self.bands), default=-1) != many:
            self.updateGeometry()
        self.update()

    def light(self, lit: tuple[Band, ...]) -> None:
        """Show which of them lie at a moment."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def sizeHint(self) -> QSize:
        """As many lanes as are needed."""
        lanes = 1 + max((one.lane for one in self.bands), default=-1)
        return QSize(self._theme.px(200), self._theme.px(HIGH + GAP) * min(LANES, lanes))

    def place(self, one: Band) -> QRectF:
        """Where a strip is."""
        px, (start, end) = self._theme.px, self._stretch
        room = self.width() - px(RIGHT)
        left = (one.start - start) / (end - start) * room
        wide = max(px(LEAST), (one.end - one.start) / (end - start) * room)
        return QRectF(left, one.lane * px(HIGH + GAP), min(wide, room - left + 1), px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        metrics = QFontMetrics(self._font)
        for one in self.bands:
            box, lit = self.place(one), one in self._lit
            colour = QColor(theme.color(one.tone))
            wide = box.width() > px(28)
            colour.setAlpha(255 if lit and not wide else FILL * 2 if lit else FILL if wide else 190)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(box, min(px(5), box.width() / 2), px(5))
            if not wide:
                continue
            solid = QColor(theme.color(one.tone))
            painter.setBrush(solid)
            painter.drawRoundedRect(QRectF(box.left(), box.top(), px(3), box.height()), 1, 1)
            room = round(box.width()) - px(14)
            text = metrics.elidedText(self._name(one), Qt.TextElideMode.ElideRight, room)
            painter.setPen(theme.color("text" if lit else "dim"))
            inner = box.adjusted(px(9), 0, -px(5), 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
