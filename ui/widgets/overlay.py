"""Something over the whole window that keeps the focus until it is closed, and gives it back."""

from __future__ import annotations

import weakref

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from ui.theme import Theme

BACK = (Qt.Key.Key_Escape, Qt.Key.Key_Back)


class Overlay(QWidget):
    """A panel over a dimmed window. Put widgets into `panel`; `open()` and `dismiss()` it.

    While it is open, arrows and Tab stay inside; Esc, Back or a press beside the panel dismiss
    it. It covers `window`, of which it is a child, and hides itself; it is not destroyed.
    """

    closed = Signal()

    def __init__(
        self, theme: Theme, window: QWidget, width: int, height: int = 0, top: float = 0.5
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._wanted = (theme.px(width), theme.px(height))
        self._top = top
        self._before: weakref.ref[QWidget] | None = None
        self.panel = QFrame(self)
        self.panel.setProperty("surface", "panel")
        self.column = QVBoxLayout(self.panel)
        self.column.setContentsMargins(theme.px(20), theme.px(20), theme.px(20), theme.px(20))
        self.column.setSpacing(theme.px(12))
        self.hide()
        window.installEventFilter(self)

    def open(self) -> None:
        """Show it and take the focus."""
        if not self.isVisible():
            focused = QApplication.focusWidget()
            self._before = weakref.ref(focused) if focused is not None else None
        self._fit()
        self.show()
        self.raise_()
        self.focus_first()

    def focus_first(self) -> None:
        """Give the focus to what one most likely wants in here."""
        for widget in self.panel.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Hide it and give the focus back to what had it."""
        if not self.isVisible():
            return
        before = self._before() if self._before is not None else None
        self._before = None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.closed.emit()

    def go_back(self) -> bool:
        """Close an inner step first, when there is one; else False and Back dismisses."""
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the panel."""
        inside = [
            widget
            for widget in self.panel.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisibleTo(self)
            and widget.isEnabled()
        ]
        if not inside:
            return True
        focused = QApplication.focusWidget()
        place = inside.index(focused) if focused in inside else -1
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        inside[(place + step) % len(inside)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Back go one step back; nothing else leaves to the page below."""
        if event.key() in BACK and not self.go_back():
            self.dismiss()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the panel dismisses."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what is below."""
        QPainter(self).fillRect(self.rect(), self._theme.color("scrim"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def set_height(self, height: int) -> None:
        """Be so high, in pixels of the screen, where the window has the room."""
        self._wanted = (self._wanted[0], height)

    def refit(self) -> None:
        """Call when the panel's content wants another height."""
        self._fit()

    def _fit(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        edge = self._theme.px(24)
        width = min(self._wanted[0], self.width() - 2 * edge)
        self.panel.setFixedWidth(width)
        wanted = self._wanted[1] or self.panel.sizeHint().height()
        height = min(wanted, self.height() - 2 * edge)
        top = max(edge, round((self.height() - height) * self._top))
        self.panel.setFixedHeight(height)
        self.panel.move((self.width() - width) // 2, top)
