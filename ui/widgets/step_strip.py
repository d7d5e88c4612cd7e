"""Steps side by side, each with a ring that says how it stands, its name and a caption."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent, QTransform
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.painted_button import PaintedButton

State = Literal["waiting", "running", "done", "failed", "paused", "skipped"]
LOOKS: dict[str, tuple[str, str]] = {
    "waiting": ("faint", ""),
    "running": ("accent", "loader"),
    "done": ("good", "check"),
    "failed": ("bad", "x"),
    "paused": ("warn", "pause"),
    "skipped": ("faint", "minus"),
}
TINT = 34  # of 255: how much of the ring's colour is in its disc
TURN_MS = 80
HIGH = 104
NAME_FONTS = ((14, 600), (13, 600), (13, 500))  # of a name, the first that fits
DASHES = 10


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as it is shown; `told` is what a screen reader says of its state."""

    id: str
    name: str
    state: State
    caption: str = ""
    told: str = ""


class StepMark(PaintedButton):
    """One step."""

    def __init__(self, theme: Theme, shown: StepShown, parent: QWidget) -> None:
        super().__init__(theme, 12, parent)
        self.shown = shown
        self._angle = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(shown)

    def show_step(self, shown: StepShown) -> None:
        """Show how it stands now."""
        self.shown = shown
        if shown.state != "running":
            self._angle = 0  # what ended in the middle of a turn stands upright
        self.setText(shown.name)
        self.setAccessibleName(shown.name)
        told = ", ".join(part for part in (shown.told, shown.caption) if part)
        self.setAccessibleDescription(told)
        self.setToolTip("")
        self.update()

    def turn(self) -> None:
        """Move the sign of a step under way."""
        if self.shown.state == "running":
            self._angle = (self._angle + 30) % 360
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the ring and two lines."""
        return QSize(self._theme.px(84), self._theme.px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ring, name and caption."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface2"))
            painter.drawRoundedRect(QRectF(self.rect()), px(12), px(12))
        self._ring(painter, QPointF(self.width() / 2, px(30)))
        begun = self.shown.state not in ("waiting", "skipped")
        for size, weight in NAME_FONTS:
            painter.setFont(theme.font(size, weight))
            if painter.fontMetrics().horizontalAdvance(self.shown.name) <= self.width():
                break
        painter.setPen(theme.color("text" if begun else "dim"))
        name = QRectF(0, px(56), self.width(), px(22))
        elided = painter.fontMetrics().elidedText(
            self.shown.name, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, elided)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("bad" if self.shown.state == "failed" else "dim"))
        caption = QRectF(0, px(77), self.width(), px(20))
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, self.shown.caption)

    def _ring(self, painter: QPainter, centre: QPointF) -> None:
        px, theme = self._theme.px, self._theme
        token, icon = LOOKS[self.shown.state]
        colour = QColor(theme.color(token))
        pen = QPen(colour, max(1.5, px(2)))
        painter.setPen(pen)
        fill = QColor(colour)
        fill.setAlpha(TINT)
        quiet = token == "faint"
        painter.setBrush(Qt.BrushStyle.NoBrush if quiet else fill)
        painter.drawEllipse(centre, px(19), px(19))
        if not icon:
            half = math.pi * px(8) / pen.widthF() / DASHES  # whole dashes, so that the ends meet
            pen.setDashPattern([half, half])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawEllipse(centre, px(8), px(8))
            return
        pixmap = theme.pixmap(icon, token, 20, self.devicePixelRatioF())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        move = QTransform().translate(centre.x(), centre.y()).rotate(self._angle)
        painter.setTransform(move, combine=True)
        painter.drawPixmap(QPointF(-px(20) / 2, -px(20) / 2), pixmap)
        painter.restore()


class StepStrip(QFrame):
    """All steps in one card; `pressed` tells the id of the one that was pressed.

    Steps that are there already stay and keep the focus.
    """

    pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("surface", "card")
        self.marks: dict[str, StepMark] = {}
        self._row = QHBoxLayout(self)
        edge = theme.px(12)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(theme.px(2))
        self._timer = QTimer(self, interval=TURN_MS)
        self._timer.timeout.connect(self._turn)

    def show_steps(self, steps: Sequence[StepShown]) -> None:
        """Show these, in this order."""
        wanted = [shown.id for shown in steps]
        if wanted != list(self.marks):
            self._rebuild(steps)
        for shown in steps:
            if self.marks[shown.id].shown != shown:
                self.marks[shown.id].show_step(shown)
        self._animate()

    def showEvent(self, event: QShowEvent) -> None:
        """Move only while seen."""
        self._animate()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        self._timer.stop()

    def _rebuild(self, steps: Sequence[StepShown]) -> None:
        known = dict(self.marks)
        while self._row.count():
            self._row.takeAt(0)
        self.marks = {}
        for shown in steps:
            mark = known.pop(shown.id, None)
            if mark is None:
                mark = StepMark(self._theme, shown, self)
                mark.clicked.connect(lambda _on=False, step=shown.id: self.pressed.emit(step))
            self.marks[shown.id] = mark
            self._row.addWidget(mark, 1)
        for gone in known.values():
            gone.hide()
            gone.deleteLater()

    def _animate(self) -> None:
        running = any(mark.shown.state == "running" for mark in self.marks.values())
        if running and self.isVisible() and self._theme.moves:
            self._timer.start()
        else:
            self._timer.stop()

    def _turn(self) -> None:
        for mark in self.marks.values():
            mark.turn()
