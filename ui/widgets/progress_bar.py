"""A thin bar: how far something is, or that it goes on when nobody knows how far."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme

FRAME_MS = 40


class ProgressBar(QWidget):
    """Shows a fraction of 0 to 1; None means that the end is not known."""

    def __init__(self, theme: Theme, tone: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._tone = theme, tone
        self._value: float | None = 0.0
        self._place = 0.0
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._move)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(6))

    @property
    def value(self) -> float | None:
        """The fraction shown."""
        return self._value

    def set_value(self, value: float | None) -> None:
        """Show a fraction of 0 to 1, or None for unknown."""
        value = None if value is None else max(0.0, min(1.0, value))
        if value != self._value:
            self._value = value
            told = "" if value is None else f"{round(value * 100)} %"
            self.setAccessibleDescription(told)
            self._animate()
            self.update()

    def set_tone(self, tone: str) -> None:
        """Use another colour token."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may."""
        return QSize(self._theme.px(200), self._theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groove and what is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(self._theme.color("surface3"))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setBrush(self._theme.color(self._tone))
        width = self.width()
        if self._value is None:
            left = (width + width * 0.3) * self._place - width * 0.3
            painter.setClipRect(self.rect())
            painter.drawRoundedRect(QRectF(left, 0, width * 0.3, self.height()), radius, radius)
        elif self._value > 0:
            done = max(self.height(), width * self._value)
            painter.drawRoundedRect(QRectF(0, 0, done, self.height()), radius, radius)

    def showEvent(self, event: QShowEvent) -> None:
        """Move only while seen."""
        self._animate()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        self._timer.stop()

    def _animate(self) -> None:
        if self._value is None and self.isVisible() and self._theme.moves:
            self._timer.start()
        else:
            self._timer.stop()
            self._place = 0.5

    def _move(self) -> None:
        self._place = (self._place + 0.02) % 1.0
        self.update()
