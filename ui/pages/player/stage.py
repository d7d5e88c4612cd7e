"""The black ground on which the film is shown; it hears the mouse and, with focus, the arrows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget


class Stage(QWidget):
    """Holds the video. One click is `clicked`, two are `double_clicked` alone."""

    moved = Signal()
    clicked = Signal()
    double_clicked = Signal()
    wheeled = Signal(int)  # +1 up, -1 down

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._video: QWidget | None = None
        self._pointer = QCursor.pos()
        self.listens = False
        """Whether arrows are for the film now; else they move the focus."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setProperty("ownRing", True)
        self._single = QTimer(self, singleShot=True)
        self._single.setInterval(QApplication.doubleClickInterval())
        self._single.timeout.connect(self.clicked)

    def takes_arrow(self, _key: Qt.Key) -> bool:
        """While a film plays, arrows seek and change the volume."""
        return self.listens

    @property
    def video(self) -> QWidget | None:
        """The picture, while it is here."""
        return self._video

    def put(self, video: QWidget) -> None:
        """Show the picture here."""
        self._video = video
        video.setParent(self)
        video.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        video.setGeometry(self.rect())
        video.lower()
        video.show()

    def take(self) -> QWidget | None:
        """Give the picture away."""
        video, self._video = self._video, None
        self.update()
        return video

    def sizeHint(self) -> QSize:
        """As large as it may."""
        return QSize(960, 540)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Black, where no picture is."""
        QPainter(self).fillRect(self.rect(), Qt.GlobalColor.black)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture fills the stage."""
        if self._video is not None:
            self._video.setGeometry(self.rect())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Somebody is there; what only appears to move, because a bar went, is nobody."""
        place = event.globalPosition().toPoint()
        if place != self._pointer:
            self._pointer = place
            self.moved.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a click."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click, which may be the first of two."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._single.start()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks: the first one meant nothing."""
        self._single.stop()
        if event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit()
            # the release that follows must not count as a click
            QTimer.singleShot(0, self, self._single.stop)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One step of the wheel."""
        turn = event.angleDelta().y()
        if turn:
            self.wheeled.emit(1 if turn > 0 else -1)
