"""The week in hours: pressing one makes it slow, a rest, or full speed again."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.timetable import Pace, painted, read
from ui.theme import Theme
from ui.widgets.label import Label

DAYS, HOURS = 7, 24
NEXT = {Pace.FULL: Pace.SLOW, Pace.SLOW: Pace.REST, Pace.REST: Pace.FULL}
STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select, Qt.Key.Key_Space)
COLORS = {Pace.FULL: "good", Pace.SLOW: "accent", Pace.REST: "surface3"}


class WeekGrid(QWidget):
    """Seven rows of twenty-four hours."""

    changed = Signal(str)
    hovered = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._at = (0, 0)
        self._painting: Pace | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(24) * (DAYS + 1))
        self.setAccessibleName(self.tr("Timetable"))

    @property
    def text(self) -> str:
        """The timetable shown."""
        return self._text

    @property
    def cursor_at(self) -> tuple[int, int]:
        """The day (0 is Monday) and hour the arrows are at."""
        return self._at

    def set_text(self, text: str) -> None:
        """Show a timetable."""
        if text != self._text:
            self._text = text
            self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for a finger on each hour."""
        return QSize(self._theme.px(620), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move inside, and out of it at its edges."""
        key = Qt.Key(event.key())
        if key in PRESS:
            self._press(self._at)
        elif key in STEPS:
            day, hour = self._at[0] + STEPS[key][0], self._at[1] + STEPS[key][1]
            if not (0 <= day < DAYS and 0 <= hour < HOURS):
                event.ignore()
                return
            self._at = (day, hour)
            self._tell()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Change the hour under the pointer; moving on changes others alike."""
        found = self._hour_at(event.position().toPoint())
        if found is not None:
            self._at = found
            self._painting = self._press(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on painting, and say which hour it is."""
        found = self._hour_at(event.position().toPoint())
        if found is None:
            return
        if self._painting is not None and found != self._at:
            self._at = found
            self._set(found, self._painting)
        self.hovered.emit(*found)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """It is painted."""
        self._painting = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the arrows are."""
        super().focusInEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names of days, the hours, and where the arrows are."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, paces = self._theme, read(self._text)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("dim"))
        for day in range(DAYS):
            name = QLocale().dayName(day + 1, QLocale.FormatType.ShortFormat)
            painter.drawText(self._name_of(day), Qt.AlignmentFlag.AlignVCenter, name)
        for hour in range(0, HOURS, 6):
            cell = self._cell(DAYS, hour)
            painter.drawText(cell.topLeft() + QPoint(0, theme.px(15)), f"{hour}:00")
        painter.setPen(Qt.PenStyle.NoPen)
        for day in range(DAYS):
            for hour in range(HOURS):
                color = theme.color(COLORS[paces[day * HOURS + hour]])
                color.setAlphaF(1.0 if paces[day * HOURS + hour] is not Pace.FULL else 0.35)
                painter.setBrush(color)
                painter.drawRoundedRect(self._cell(day, hour), theme.px(3), theme.px(3))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("text"), theme.px(2)))
            painter.drawRoundedRect(self._cell(*self._at), theme.px(3), theme.px(3))

    def _press(self, at: tuple[int, int]) -> Pace:
        pace = NEXT[read(self._text)[at[0] * HOURS + at[1]]]
        self._set(at, pace)
        return pace

    def _set(self, at: tuple[int, int], pace: Pace) -> None:
        self._text = painted(self._text, *at, pace)
        self._tell()
        self.changed.emit(self._text)

    def _tell(self) -> None:
        self.hovered.emit(*self._at)
        self.update()

    def _cell(self, day: int, hour: int) -> QRect:
        names, gap, row = self._theme.px(44), self._theme.px(2), self._theme.px(24)
        width = (self.width() - names) / HOURS
        left = names + round(hour * width)
        right = names + round((hour + 1) * width) - gap
        return QRect(left, day * row, max(2, right - left), row - gap)

    def _name_of(self, day: int) -> QRect:
        row = self._theme.px(24)
        return QRect(0, day * row, self._theme.px(40), row)

    def _hour_at(self, place: QPoint) -> tuple[int, int] | None:
        names, row = self._theme.px(44), self._theme.px(24)
        day, along = place.y() // row, place.x() - names
        hour = along * HOURS // max(1, self.width() - names)
        return (day, hour) if 0 <= day < DAYS and 0 <= hour < HOURS and along >= 0 else None


class Timetable(QWidget):
    """The grid with its words: what it is, and what the hour is now."""

    changed = Signal(str)

    def __init__(
        self, theme: Theme, label: str, help_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words = f"{label} {help_text}"
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(Label(label, "body"))
        self._told = Label(help_text, "caption")
        self._help = help_text
        column.addWidget(self._told)
        self.grid = WeekGrid(theme, self)
        self.grid.changed.connect(self.changed)
        self.grid.hovered.connect(self._tell)
        column.addWidget(self.grid)

    def set_value(self, text: object) -> None:
        """Show a timetable."""
        self.grid.set_text(str(text))

    def matches(self, text: str) -> bool:
        """Whether a search means it."""
        return text.casefold() in self.words.casefold()

    def _tell(self, day: int, hour: int) -> None:
        names = {
            Pace.FULL: self.tr("full speed"),
            Pace.SLOW: self.tr("slow"),
            Pace.REST: self.tr("rest"),
        }
        pace = read(self.grid.text)[day * HOURS + hour]
        name = QLocale().dayName(day + 1, QLocale.FormatType.LongFormat)
        self._told.setText(f"{self._help} · {name} {hour}:00 – {hour + 1}:00: {names[pace]}")
        self.grid.setAccessibleDescription(self._told.text())
