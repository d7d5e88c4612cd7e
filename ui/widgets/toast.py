"""Short messages in the corner: what happened, and a button to undo it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPropertyAnimation,
    QRectF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.events import NoticeLevel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label

ICONS = {
    NoticeLevel.INFO: ("info", "info"),
    NoticeLevel.GOOD: ("circle-check", "good"),
    NoticeLevel.WARN: ("triangle-alert", "warn"),
    NoticeLevel.BAD: ("circle-alert", "bad"),
}
MOST = 4
TICK_MS = 100


class Toast(QWidget):
    """One message with the time it still has; the time stands still under pointer or focus."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        level: NoticeLevel,
        action: str | None,
        on_action: Callable[[], None] | None,
        seconds: float,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme, self.level, self.text = theme, level, text
        self._on_action = on_action
        self._total = self._left = max(0.5, seconds)
        self._over = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedWidth(theme.px(420))
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(14), theme.px(12), theme.px(16))
        row.setSpacing(theme.px(12))
        icon = QLabel()
        name, self._tone = ICONS[level]
        icon.setPixmap(theme.pixmap(name, self._tone, 20, self.devicePixelRatioF()))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = Label(text, "secondary", wrap=True)
        words.setStyleSheet(f"color: {theme.tokens.text};")
        row.addWidget(words, 1)
        self.button: Button | None = None
        if action:
            self.button = Button(theme, action, "ghost", parent=self)
            self.button.clicked.connect(self.act)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._close = self._make_close()
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        words.ensurePolished()  # its font decides how many lines there are
        self.setFixedHeight(row.heightForWidth(self.width()))
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def act(self) -> None:
        """Do what the button says, once."""
        act, self._on_action = self._on_action, None
        self.leave()
        if act is not None:
            act()

    @property
    def can_act(self) -> bool:
        """Whether there is something to undo."""
        return self._on_action is not None

    def leave(self) -> None:
        """Go now."""
        self._timer.stop()
        stack = self.parentWidget()
        if isinstance(stack, ToastStack):
            stack.drop(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hold the time."""
        self._over = True

    def leaveEvent(self, event: QEvent) -> None:
        """Let it run."""
        self._over = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the panel, the bar of its level, and the time that is left."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("surface2"))
        painter.drawRoundedRect(box, px(14), px(14))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._tone))
        painter.drawRoundedRect(QRectF(px(6), px(12), px(4), self.height() - px(24)), px(2), px(2))
        if self.can_act:
            width = (self.width() - px(40)) * self._left / self._total
            painter.setOpacity(0.5)
            line = QRectF(px(20), self.height() - px(6), width, px(2))
            painter.drawRoundedRect(line, px(1), px(1))

    def _make_close(self) -> Button:
        close = Button(self._theme, "", "link", "x", self.tr("Close"), self)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.leave)
        return close

    def _tick(self) -> None:
        focused = self.button is not None and self.button.hasFocus()
        if self._over or focused:
            return
        self._left -= TICK_MS / 1000
        if self._left <= 0:
            self.leave()
        elif self.can_act:
            self.update(0, self.height() - self._theme.px(8), self.width(), self._theme.px(8))


class ToastStack(QWidget):
    """The messages shown now, the newest lowest, in the corner of `window`."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._toasts: list[Toast] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        self.hide()
        window.installEventFilter(self)

    def show_toast(
        self,
        text: str,
        level: NoticeLevel = NoticeLevel.INFO,
        action: str | None = None,
        on_action: Callable[[], None] | None = None,
        seconds: float = 5.0,
    ) -> Toast:
        """Show a message; one that says the same already is shown anew instead of twice."""
        for toast in list(self._toasts):
            if toast.text == text and not toast.can_act and action is None:
                self.drop(toast)
        while len(self._toasts) >= MOST:
            self.drop(self._toasts[0])
        toast = Toast(self._theme, text, level, action, on_action, seconds, self)
        self._toasts.append(toast)
        self._column.addWidget(toast)
        toast.show()
        self._place()
        self._appear(toast)
        return toast

    def toasts(self) -> list[Toast]:
        """The messages shown now, oldest first."""
        return list(self._toasts)

    def act_on_newest(self) -> bool:
        """Press the button of the newest message that has one."""
        for toast in reversed(self._toasts):
            if toast.can_act:
                toast.act()
                return True
        return False

    def drop(self, toast: Toast) -> None:
        """Take a message away."""
        if toast in self._toasts:
            self._toasts.remove(toast)
            self._column.removeWidget(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner of the window."""
        if event.type() == QEvent.Type.Resize and self._toasts:
            self._place()
        return False

    def _place(self) -> None:
        window = self.parentWidget()
        if not self._toasts or window is None:
            self.hide()
            return
        self.show()
        self._column.activate()
        size = self._column.sizeHint()
        edge = self._theme.px(28)
        self.setGeometry(
            window.width() - size.width() - edge,
            window.height() - size.height() - edge,
            size.width(),
            size.height(),
        )
        self.raise_()

    def _appear(self, toast: Toast) -> None:
        duration = self._theme.duration(160)
        if not duration or not self.isVisible() or QApplication.platformName() == "minimal":
            return
        effect = QGraphicsOpacityEffect(toast)
        toast.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", toast)
        fade.setStartValue(0.0)
        fade.setEndValue(1.0)
        fade.setDuration(duration)
        fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        fade.finished.connect(lambda: toast.setGraphicsEffect(None))  # type: ignore[arg-type]  # None removes it
        fade.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)
