"""The bars over the picture: they come when somebody moves and fade when nobody does."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from ui.theme import Theme


class Veil(QWidget):
    """A bar with a shade behind it, dark at the window's edge; it can fade in and out."""

    def __init__(self, theme: Theme, *, top: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._top = theme, top
        self._fade: QPropertyAnimation | None = None
        self.shown = True
        """Whether it is there, or on its way."""
        self.setMouseTracking(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shade."""
        gradient = QLinearGradient(0, 0, 0, self.height())
        alphas = (235, 150, 0) if self._top else (0, 150, 235)
        steps = [tint(self._theme, "background", alpha) for alpha in alphas]
        for place, color in zip((0.0, 0.5, 1.0), steps, strict=True):
            gradient.setColorAt(place, color)
        QPainter(self).fillRect(self.rect(), gradient)

    def appear(self, shown: bool) -> None:
        """Come or go, within 150 ms when things may move."""
        if shown == self.shown:
            return
        self.shown = shown
        if shown:
            self.show()
        duration = self._theme.duration(150)
        if not duration or not self.isVisible():
            self.setVisible(shown)
            return
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", self)
        fade.setDuration(duration)
        fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        fade.setStartValue(0.0 if shown else 1.0)
        fade.setEndValue(1.0 if shown else 0.0)
        fade.finished.connect(self._rest)
        if self._fade is not None:
            self._fade.stop()
            self._fade.deleteLater()
        self._fade = fade
        fade.start()

    def _rest(self) -> None:
        # An effect left on would have every frame of the film drawn twice.
        self.setGraphicsEffect(None)  # type: ignore[arg-type]  # None removes it
        self.setVisible(self.shown)


def pointed_at(*widgets: QWidget) -> bool:
    """Whether the pointer rests on a control of one of these bars."""
    for widget in widgets:
        if not widget.isVisible() or not widget.underMouse():
            continue
        child = widget.childAt(widget.mapFromGlobal(widget.cursor().pos()))
        if child is not None and child.focusPolicy() != Qt.FocusPolicy.NoFocus:
            return True
    return False


def tint(theme: Theme, name: str, alpha: int) -> QColor:
    """A colour token, partly seen through (alpha 0-255)."""
    color = QColor(theme.color(name))
    color.setAlpha(alpha)
    return color
