"""The window as the only thing on its screen: always whole, its pointer gone while it rests."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindowStateChangeEvent
from PySide6.QtWidgets import QApplication, QWidget

REST_MS = 3_000
"""A pointer that is not moved for so long is in the way of the film."""
LOOK_MS = 2_000
_MOVES = frozenset({QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class Kiosk(QObject):
    """Keeps `window` full screen, whatever asks it not to be, and hides the pointer at rest."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._hidden = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._hide_pointer)
        window.installEventFilter(self)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._rest.start()
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._make_sure)

    def show(self) -> None:
        """Fill the screen."""
        self._window.showFullScreen()
        self._look.start()

    def _make_sure(self) -> None:
        """A window manager that comes up late may not have heard the wish: it is told again.

        Where there is none, as on a screen of X alone, nobody makes the window large but itself.
        """
        place = self._window.screen().geometry()
        if self._window.isVisible() and self._window.geometry() != place:
            self._window.setWindowState(Qt.WindowState.WindowNoState)
            self._window.showFullScreen()
            self._window.setGeometry(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the window's state and the pointer; nothing is taken from anybody."""
        if event.type() in _MOVES:
            self._show_pointer()
        elif (
            watched is self._window
            and isinstance(event, QWindowStateChangeEvent)
            and not self._window.isFullScreen()
        ):
            QTimer.singleShot(0, self._window, self._window.showFullScreen)
        return False

    def _hide_pointer(self) -> None:
        if not self._hidden:
            self._hidden = True
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

    def _show_pointer(self) -> None:
        self._rest.start()
        if self._hidden:
            self._hidden = False
            QGuiApplication.restoreOverrideCursor()
