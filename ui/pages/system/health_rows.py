"""One part of the station in the health card: a dot, its name, and what it says."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.health import HealthState
from ui.theme import Theme
from ui.widgets.painted_button import PaintedButton

TONES = {
    HealthState.GOOD: "calm", HealthState.WARN: "warn", HealthState.BAD: "bad",
    HealthState.OFF: "faint",
}  # fmt: skip
HIGH, EDGE = 46, 2


class HealthRow(PaintedButton):
    """Filled dot: well; ring with a bar: broken; triangle: look at it; small ring: off."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, 10, parent)
        self._name, self._told, self._state = "", "", HealthState.OFF
        self.last = False
        self._fonts = (theme.font(15, 500), theme.font(14, 400))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> tuple[str, str]:
        """The name and what is said."""
        return self._name, self._told

    def show_part(self, name: str, told: str, state: HealthState, spoken: str) -> None:
        """Show a part; `spoken` is its state in a word."""
        if (name, told, state) != (self._name, self._told, self._state):
            self._name, self._told, self._state = name, told, state
            self.setAccessibleName(f"{name}, {spoken}: {told}" if told else f"{name}, {spoken}")
            self.setToolTip(told)
            self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(300), self._theme.px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("surface2"))
        edge = px(EDGE)
        self._mark(painter, QPointF(edge + px(5), self.height() / 2))
        name_font, told_font = self._fonts
        room = self.width() - 2 * edge - px(20)
        least = QFontMetrics(name_font).horizontalAdvance(self._name) + px(2)
        wide = min(least, round(room * 0.55) if self._told else room)
        inside = self.rect().adjusted(edge + px(20), 0, -edge, 0)
        self._write(painter, inside, (self._name, name_font, "text"), wide, right=False)
        tone = {HealthState.BAD: "bad", HealthState.WARN: "warn"}.get(self._state, "dim")
        rest = room - wide - px(16)
        self._write(painter, inside, (self._told, told_font, tone), rest, right=True)
        if not self.last:
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(edge, self.height() - 1, self.width() - edge, self.height() - 1)

    def _write(
        self,
        painter: QPainter,
        box: QRect,
        what: tuple[str, QFont, str],
        room: int,
        *,
        right: bool,
    ) -> None:
        text, font, tone = what
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _mark(self, painter: QPainter, centre: QPointF) -> None:
        """Another shape for each state: colour alone tells nobody enough."""
        px, colour = self._theme.px, self._theme.color(TONES[self._state])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if self._state is HealthState.GOOD:
            painter.drawEllipse(centre, px(4), px(4))
        elif self._state is HealthState.OFF:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, max(1, px(1.5))))
            painter.drawEllipse(centre, px(3.5), px(3.5))
        elif self._state is HealthState.WARN:
            painter.drawPolygon([
                centre + QPointF(0, -px(6)), centre + QPointF(px(6), px(5)),
                centre + QPointF(-px(6), px(5)),
            ])  # fmt: skip
        else:
            painter.drawEllipse(centre, px(6), px(6))
            painter.setPen(QPen(self._theme.color("surface1"), px(2)))
            reach = QPointF(px(3), 0)
            painter.drawLine(centre - reach, centre + reach)
