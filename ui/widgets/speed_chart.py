"""A chart of speed over time: what comes as a filled line, what goes out as a thin one."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.downloads import Sample
from ui.theme import Theme

LEAST = 1_000_000.0
"""The chart is never magnified so far that its top is less than this."""
HEADROOM = 1.06
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
RISE = 0.25
"""How far the top of the chart goes towards a lower one at each new picture."""


class SpeedChart(QWidget):
    """Shows samples of the last `seconds`; `words` writes a speed, `level` a round one."""

    def __init__(
        self,
        theme: Theme,
        words: Callable[[float], str],
        level: Callable[[float], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._level = theme, words, level
        self._samples: tuple[Sample, ...] = ()
        self._seconds = 300.0
        self._top = LEAST
        self._pointed: float | None = None
        self._font = theme.font(13, 500)
        self._metrics = QFontMetrics(self._font)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Speed over time"))

    def set_samples(self, samples: Sequence[Sample], seconds: float) -> None:
        """Show these, oldest first; the newest stands at the right edge."""
        self._samples = tuple(samples)
        anew, self._seconds = seconds != self._seconds, seconds
        highest = max((max(one.down, one.up) for one in self._samples), default=0.0)
        wanted = max(LEAST, highest * HEADROOM)
        if anew or wanted >= self._top:
            self._top = wanted
        else:
            self._top += (wanted - self._top) * RISE
        if self._samples:
            said = self.tr("At most {most} in this time, {now} now")
            now = self._words(self._samples[-1].down)
            self.setAccessibleDescription(said.format(most=self._words(highest), now=now))
        self.update()

    @property
    def samples(self) -> tuple[Sample, ...]:
        """What is shown."""
        return self._samples

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(self._theme.px(600), self._theme.px(86))

    def minimumSizeHint(self) -> QSize:
        """Still a line."""
        return QSize(self._theme.px(160), self._theme.px(36))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the speed at that time."""
        self._pointed = event.position().x()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell it no more."""
        self._pointed = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        speed = _round_below(self._top * 0.9)
        text = self._level(speed)
        gutter = self._metrics.horizontalAdvance(text) + self._theme.px(12)
        area = QRectF(self.rect()).adjusted(0, 2, -gutter, -1)
        self._grid(painter, area, speed, text)
        if len(self._samples) < 2:
            return
        down = [self._at(area, one.at, one.down) for one in self._samples]
        up = [self._at(area, one.at, one.up) for one in self._samples]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent_soft"))
        floor = area.bottom()
        ends = [QPointF(down[-1].x(), floor), QPointF(down[0].x(), floor)]
        painter.drawPolygon(QPolygonF(down + ends))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for points, tone, wide in ((up, "info", 1.5), (down, "accent", 2.0)):
            pen = QPen(self._theme.color(tone), self._theme.px(1) * wide)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(points))
        self._reading(painter, area)

    def _at(self, area: QRectF, moment: float, speed: float) -> QPointF:
        age = self._samples[-1].at - moment
        across = area.right() - age / self._seconds * area.width()
        height = min(1.0, speed / self._top) * (area.height() - 2)
        return QPointF(across, area.bottom() - height)

    def _grid(self, painter: QPainter, area: QRectF, speed: float, text: str) -> None:
        """The floor, and one line at a round speed with its figure."""
        line = self._theme.color("line")
        painter.setPen(QPen(line, 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        level = area.bottom() - speed / self._top * (area.height() - 2)
        pen = QPen(line, 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(area.left(), level), QPointF(area.right(), level))
        painter.setFont(self._font)
        painter.setPen(self._theme.color("dim"))
        high = self._metrics.height()
        top = max(0.0, level - high / 2)
        box = QRectF(area.right(), top, self.width() - area.right(), high)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _reading(self, painter: QPainter, area: QRectF) -> None:
        """The speeds where the pointer is."""
        if self._pointed is None:
            return
        last = self._samples[-1].at
        moment = last - (area.right() - self._pointed) / area.width() * self._seconds
        place = bisect_left([one.at for one in self._samples], moment)
        one = self._samples[min(place, len(self._samples) - 1)]
        point = self._at(area, one.at, one.down)
        px, theme = self._theme.px, self._theme
        painter.setPen(QPen(theme.color("dim"), 1))
        painter.drawLine(QPointF(point.x(), area.top()), QPointF(point.x(), area.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(point, px(4), px(4))
        text = f"\u2193 {self._words(one.down)}   \u2191 {self._words(one.up)}"
        width, high = self._metrics.horizontalAdvance(text) + px(20), px(28)
        left = point.x() + px(10)
        if left + width > area.right():
            left = point.x() - px(10) - width
        box = QRectF(left, area.top(), width, high)
        painter.setBrush(theme.color("surface3"))
        painter.drawRoundedRect(box, px(8), px(8))
        painter.setFont(self._font)
        painter.setPen(theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _round_below(value: float) -> float:
    """The largest round figure, such as 2, 5 or 25, that is not above a value."""
    power: float = 10.0 ** math.floor(math.log10(max(1.0, value)))
    return max(step * power for step in STEPS if step * power <= value or step == 1.0)
