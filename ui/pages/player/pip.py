"""Picture in picture: a small window that stays above all others while the film goes on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QEnterEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.pages.player.chrome import Veil
from ui.pages.player.stage import Stage
from ui.theme import Theme
from ui.widgets.button import Button

WIDTH, HEIGHT, EDGE = 480, 270, 24


class SmallWindow(QWidget):
    """Frameless, in the corner of the screen. It can be moved by the pointer."""

    returned = Signal()  # back into the page
    closed = Signal()  # stop watching
    toggled = Signal()

    def __init__(self, theme: Theme) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, Qt.WindowType.Window | flags)
        self.setWindowTitle("Sokoul")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setMouseTracking(True)
        px = theme.px
        self.setMinimumSize(px(240), px(135))
        self.resize(px(WIDTH), px(HEIGHT))
        self._grip: QPoint | None = None
        self.stage = Stage(self)
        self.stage.installEventFilter(self)
        self.stage.double_clicked.connect(self.returned)
        self.bar = Veil(theme, top=False, parent=self)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(px(12), px(24), px(12), px(12))
        row.setSpacing(px(8))
        self.play = Button(theme, variant="icon", icon="pause", label=self.tr("Play or pause"))
        self.back = Button(
            theme, variant="icon", icon="maximize", label=self.tr("Back to the window")
        )
        self.close_button = Button(theme, variant="icon", icon="x", label=self.tr("Close"))
        row.addWidget(self.play)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.close_button)
        self.play.clicked.connect(self.toggled)
        self.back.clicked.connect(self.returned)
        self.close_button.clicked.connect(self.closed)
        self.bar.appear(False)

    def open_in_corner(self, near: QWidget) -> None:
        """Show it in the lower right corner of the screen of a window."""
        area = near.screen().availableGeometry()
        self.move(area.right() - self.width() - EDGE, area.bottom() - self.height() - EDGE)
        self.show()
        self.raise_()

    def set_playing(self, playing: bool) -> None:
        """Show what the button does."""
        self.play.set_icon("pause" if playing else "play")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The few keys of a small window."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_K, Qt.Key.Key_MediaTogglePlayPause):
            self.toggled.emit()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_P, Qt.Key.Key_Back):
            self.returned.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The picture is the handle by which the window is moved."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            handle = self.windowHandle()
            if event.button() == Qt.MouseButton.LeftButton and handle is not None:
                self._grip = event.globalPosition().toPoint() - self.pos()
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
                self.move(event.globalPosition().toPoint() - self._grip)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._grip = None
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the buttons."""
        self.bar.appear(True)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the buttons."""
        self.bar.appear(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture fills the window, the bar its foot."""
        self.stage.setGeometry(self.rect())
        height = self.bar.sizeHint().height()
        self.bar.setGeometry(0, self.height() - height, self.width(), height)
        self.bar.raise_()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The desktop closes it: stop watching."""
        event.ignore()
        self.closed.emit()
