"""Figures day by day as columns; a day nobody knows of is shown as a gap, never as nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate, QEvent, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import words
from ui.theme import Theme

HEADROOM = 1.08
STEPS = (1, 2, 5)
GUTTER, LABEL = 52, 96
SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


@dataclass(frozen=True, slots=True)
class Column:
    """A day (``2026-11-26``), its figure, and all that is said of it when it is looked at."""

    day: str
    value: int | None  # None: nobody knows
    said: str


class DayChart(QWidget):
    """Shows days, oldest first. Left and right, or the pointer, tell one of them."""

    def __init__(
        self, theme: Theme, name: str, high: int = 190, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._high = theme, high
        self.columns: tuple[Column, ...] = ()
        self._level: Callable[[int], str] = words.count
        self._about = ""
        self._pointed: int | None = None
        self._font = theme.font(13, 500)
        self.setMouseTracking(True)
        self.setProperty("radius", theme.px(8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_columns(
        self, columns: Sequence[Column], about: str, level: Callable[[int], str] = words.count
    ) -> None:
        """Show these; `about` says them as a sentence, `level` writes a figure at the edge."""
        self.columns = tuple(columns)
        self._about, self._level = about, level
        strong, none = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(strong if self.columns else none)
        if self._pointed is not None:
            self._pointed = min(self._pointed, len(self.columns) - 1) if self.columns else None
        self._tell()

    @property
    def reading(self) -> str:
        """What is told of the day that is pointed at; empty while none is."""
        if self._pointed is None:
            return ""
        one = self.columns[self._pointed]
        return f"{_short(one)}: {one.said}"

    def takes_arrow(self, key: int) -> bool:
        """Left and right go from day to day, and on at the ends."""
        return key in SIDEWAYS and bool(self.columns) and self._beside(key) is not None

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(self._theme.px(600), self._theme.px(self._high))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the day before or after."""
        if self.takes_arrow(event.key()):
            self._point(self._beside(event.key()))
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the latest day."""
        super().focusInEvent(event)
        if self._pointed is None and self.columns:
            self._point(len(self.columns) - 1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell it no more."""
        super().focusOutEvent(event)
        self._point(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the day under the pointer."""
        area = self._area()
        share = (event.position().x() - area.left()) / max(1.0, area.width())
        place = int(share * len(self.columns))
        self._point(place if 0 <= place < len(self.columns) else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell it no more."""
        self._point(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the floor, the columns and what is under the pointer."""
        theme, area = self._theme, self._area()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        highest = self._highest()
        top = max(1.0, highest * HEADROOM)
        self._grid(painter, area, top, highest)
        step = area.width() / max(1, len(self.columns))
        wide = max(2.0, min(step * 0.62, theme.px(26)))
        for place, one in enumerate(self.columns):
            centre = area.left() + (place + 0.5) * step
            if place == self._pointed:
                painter.setPen(QPen(theme.color("dim"), 1))
                painter.drawLine(QPointF(centre, area.top()), QPointF(centre, area.bottom()))
            if one.value is None:
                painter.setPen(QPen(theme.color("faint"), 1, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(centre, area.bottom() - theme.px(14)),
                                 QPointF(centre, area.bottom()))  # fmt: skip
                continue
            high = max(theme.px(2), one.value / top * area.height())
            box = QRectF(centre - wide / 2, area.bottom() - high, wide, high)
            painter.setPen(Qt.PenStyle.NoPen)
            lit = place == self._pointed
            painter.setBrush(theme.color("accent_hover" if lit else "accent"))
            painter.drawRoundedRect(box, theme.px(3), theme.px(3))
        self._labels(painter, area, step)
        self._reading(painter, area, step)

    def _beside(self, key: int) -> int | None:
        """The day before or after the one that is told; None at an end."""
        last = len(self.columns) - 1
        place = last if self._pointed is None else self._pointed
        place += -1 if key == Qt.Key.Key_Left else 1
        return place if 0 <= place <= last else None

    def _point(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.reading or self._about)
        self.update()

    def _highest(self) -> int:
        return max((one.value or 0 for one in self.columns), default=0)

    def _area(self) -> QRectF:
        px = self._theme.px
        edge = QFontMetrics(self._font).horizontalAdvance(
            self._level(_round_below(self._highest()))
        )
        return QRectF(self.rect()).adjusted(0, px(6), -max(px(GUTTER), edge + px(10)), -px(26))

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
            box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._level(level)
        )

    def _labels(self, painter: QPainter, area: QRectF, step: float) -> None:
        """Every day's date under its column where there is room, else that of some."""
        painter.setPen(self._theme.color("dim"))
        each = max(1, round(self._theme.px(LABEL) / max(1.0, step)))
        way = Qt.AlignmentFlag.AlignHCenter if each == 1 else Qt.AlignmentFlag.AlignLeft
        wide = max(step if each == 1 else 0, self._theme.px(LABEL - 6))
        for place in range(0, len(self.columns), each):
            left = area.left() + place * step - (max(0, wide - step) / 2 if each == 1 else 0)
            box = QRectF(left, area.bottom() + 4, wide, 20)
            painter.drawText(box, way, _short(self.columns[place]))

    def _reading(self, painter: QPainter, area: QRectF, step: float) -> None:
        px, theme, text = self._theme.px, self._theme, self.reading
        if not text:
            return
        wide = QFontMetrics(self._font).horizontalAdvance(text) + px(20)
        centre = area.left() + ((self._pointed or 0) + 0.5) * step
        left = max(area.left(), min(centre - wide / 2, self.width() - wide))
        box = QRectF(left, area.top(), wide, px(28))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface3"))
        painter.drawRoundedRect(box, px(8), px(8))
        painter.setPen(theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _short(one: Column) -> str:
    return QLocale().toString(QDate.fromString(one.day, Qt.DateFormat.ISODate), "d MMM")


def _round_below(value: int) -> int:
    """The largest of 1, 2, 5, 10, 20… that is not above nine tenths of a value."""
    most, best, power = value * 0.95, 0, 1
    while power <= most:
        best = max([best, *(step * power for step in STEPS if step * power <= most)])
        power *= 10
    return best
