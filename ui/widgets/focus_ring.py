"""The focus ring: an overlay that follows whatever the keyboard is on."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from ui.theme import Theme

KEYS = frozenset(
    {
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Back,
        Qt.Key.Key_Menu,
    }
)
FOLLOWED = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.LayoutRequest,
    }
)
RADIUS = 12  # of a control that does not say its own by the property "radius"


class FocusRing(QWidget):
    """Draws 3 px of accent 4 px outside of the focused control, once a key was used.

    A widget with the property ``ownRing`` paints its ring itself; ``radius`` gives the pixels
    of its round corners.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._keyboard = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @property
    def target(self) -> QWidget | None:
        """What the ring is drawn round now, or None."""
        return self._target if self.isVisible() else None

    @property
    def keyboard(self) -> bool:
        """Whether the keyboard was used last."""
        return self._keyboard

    def set_keyboard(self, used: bool) -> None:
        """Show the ring from now on, or hide it because the mouse is used."""
        if used != self._keyboard:
            self._keyboard = used
            self._place()

    def watch_window(self) -> None:
        """Listen to keys and presses of the shown window, before its widgets get them."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focused widget and those it lies in."""
        kind = event.type()
        if kind in FOLLOWED:
            self._place()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in KEYS:
                self.set_keyboard(True)
        elif kind == QEvent.Type.MouseButtonPress:
            self.set_keyboard(False)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring."""
        if self._target is None or not shiboken6.isValid(self._target):
            return
        px = self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("accent"), px(3)))
        half = px(3) / 2
        own = self._target.property("radius")
        radius = (px(RADIUS) if own is None else int(own)) + px(4) + half
        whole = self._ring_rect(self._target).translated(-self.pos())
        painter.drawRoundedRect(QRectF(whole).adjusted(half, half, -half, -half), radius, radius)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if not shiboken6.isValid(self):
            return
        for known in self._watched:
            if shiboken6.isValid(known):
                known.removeEventFilter(self)
        self._watched.clear()
        inside = new is not None and new.window() is self._window
        self._target = new if inside else None
        widget: QWidget | None = self._target
        while widget is not None and widget is not self._window:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def _ring_rect(self, target: QWidget) -> QRect:
        place = target.mapTo(self._window, QPoint(0, 0))
        out = self._theme.px(4) + self._theme.px(3)
        return QRect(place, target.size()).adjusted(-out, -out, out, out)

    def _place(self) -> None:
        target = self._target
        if (
            not self._keyboard
            or target is None
            or not shiboken6.isValid(target)
            or not target.isVisible()
            or target.property("ownRing")
        ):
            self.hide()
            return
        rect = self._ring_rect(target).intersected(self._clip(target))
        if rect.isEmpty():
            self.hide()
            return
        self.setGeometry(rect)
        self.show()
        self.raise_()
        self.update()

    def _clip(self, target: QWidget) -> QRect:
        """What scroll areas leave visible, with room for the ring itself."""
        clip = self._window.rect()
        room = self._theme.px(8)
        widget: QWidget | None = target.parentWidget()
        while widget is not None and widget is not self._window:
            outer = widget.parentWidget()
            if isinstance(outer, QAbstractScrollArea) and outer.viewport() is widget:
                place = widget.mapTo(self._window, QPoint(0, 0))
                shown = QRect(place, widget.size()).adjusted(-room, -room, room, room)
                clip = clip.intersected(shown)
            widget = outer
        return clip
