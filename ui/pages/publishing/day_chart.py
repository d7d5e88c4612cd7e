"""Views day by day as columns; a day nobody knows of is shown as a gap, never as nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, QEvent, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.results import DayTotal
from ui import publishing_words as said
from ui import words
from ui.theme import Theme

HEADROOM = 1.08
STEPS = (1, 2, 5)


class DayChart(QWidget):
    """Shows days, oldest first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.days: tuple[DayTotal, ...] = ()
        self._pointed: int | None = None
        self._font = theme.font(13, 500)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Views day by day"))

    def set_days(self, days: Sequence[DayTotal]) -> None:
        """Show these."""
        self.days = tuple(days)
        known = [one.views for one in self.days if one.views is not None]
        text = self.tr("{0} views in all, at most {1} in a day")
        self.setAccessibleDescription(
            text.format(words.count(sum(known)), words.count(max(known))) if known else ""
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(self._theme.px(600), self._theme.px(190))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the day under the pointer."""
        area = self._area()
        share = (event.position().x() - area.left()) / max(1.0, area.width())
        place = int(share * len(self.days))
        self._pointed = place if 0 <= place < len(self.days) else None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell it no more."""
        self._pointed = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the floor, the columns and what is under the pointer."""
        theme, area = self._theme, self._area()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        highest = max((one.views or 0 for one in self.days), default=0)
        top = max(1.0, highest * HEADROOM)
        self._grid(painter, area, top, highest)
        step = area.width() / max(1, len(self.days))
        wide = max(2.0, min(step * 0.62, theme.px(26)))
        for place, one in enumerate(self.days):
            centre = area.left() + (place + 0.5) * step
            if one.views is None:
                painter.setPen(QPen(theme.color("faint"), 1, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(centre, area.bottom() - theme.px(14)),
                                 QPointF(centre, area.bottom()))  # fmt: skip
                continue
            high = max(theme.px(2), one.views / top * area.height())
            box = QRectF(centre - wide / 2, area.bottom() - high, wide, high)
            painter.setPen(Qt.PenStyle.NoPen)
            lit = place == self._pointed
            painter.setBrush(theme.color("accent_hover" if lit else "accent"))
            painter.drawRoundedRect(box, theme.px(3), theme.px(3))
        self._labels(painter, area, step)
        if self._pointed is not None:
            self._reading(painter, area, step, self.days[self._pointed])

    def _area(self) -> QRectF:
        px = self._theme.px
        return QRectF(self.rect()).adjusted(0, px(6), -px(52), -px(26))

    def _grid(self, painter: QPainter, area: QRectF, top: float, highest: int) -> None:
        line = self._theme.color("line")
        painter.setPen(QPen(line, 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        level = _round_below(highest)
        if level <= 0:
            return
        high = area.bottom() - level / top * area.height()
        painter.setPen(QPen(line, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), high), QPointF(area.right(), high))
        painter.setPen(self._theme.color("dim"))
        box = QRectF(area.right(), high - 10, self.width() - area.right(), 20)
        painter.drawText(
            box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words.count(level)
        )

    def _labels(self, painter: QPainter, area: QRectF, step: float) -> None:
        painter.setPen(self._theme.color("dim"))
        each = max(1, round(self._theme.px(96) / max(1.0, step)))
        for place in range(0, len(self.days), each):
            text = QLocale().toString(_date(self.days[place]), "d MMM")
            box = QRectF(area.left() + place * step, area.bottom() + 4, self._theme.px(90), 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)

    def _reading(self, painter: QPainter, area: QRectF, step: float, one: DayTotal) -> None:
        px, theme = self._theme.px, self._theme
        day = QLocale().toString(_date(one), "d MMM")
        views = self.tr("nobody looked") if one.views is None else words.count(one.views)
        parts = [f"{day}: {views}"]
        most = sorted(one.platforms.items(), key=lambda pair: -pair[1])[:3]
        parts += [f"{said.platform(name)} {words.count(many)}" for name, many in most]
        text = words.SEPARATOR.join(parts)
        wide = QFontMetrics(self._font).horizontalAdvance(text) + px(20)
        left = area.left() + ((self._pointed or 0) + 0.5) * step
        left = max(area.left(), min(left - wide / 2, area.right() - wide))
        box = QRectF(left, area.top(), wide, px(28))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface3"))
        painter.drawRoundedRect(box, px(8), px(8))
        painter.setPen(theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _date(one: DayTotal) -> QDate:
    return QDate.fromString(one.day, Qt.DateFormat.ISODate)


def _round_below(value: int) -> int:
    """The largest of 1, 2, 5, 10, 20… that is not above nine tenths of a value."""
    most, best, power = value * 0.95, 0, 1
    while power <= most:
        best = max([best, *(step * power for step in STEPS if step * power <= most)])
        power *= 10
    return best
