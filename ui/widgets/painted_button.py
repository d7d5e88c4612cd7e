"""A button that paints itself: Enter and OK press it, the pointer over it brightens it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.theme import Theme

PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class PaintedButton(QAbstractButton):
    """What such buttons have alike; `radius` is how round its corners are, for the focus ring."""

    def __init__(self, theme: Theme, radius: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("radius", theme.px(radius))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and OK press it."""
        if event.key() in PRESS:
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Brighten."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Dim."""
        self.update()
