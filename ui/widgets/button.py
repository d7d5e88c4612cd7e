"""Buttons of the station: main, plain, ghost, link and icon, each of which can show it is busy."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QIcon, QKeyEvent, QPixmap, QTransform
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme import Theme

Variant = Literal["main", "plain", "ghost", "link", "icon"]
TURN_MS = 80
GAP = 8  # between icon and words


class Button(QPushButton):
    """A push button with an icon of the set; an icon button needs `label` for screen readers."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        variant: Variant = "plain",
        icon: str = "",
        label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme, self._variant, self._icon_name = theme, variant, icon
        self._angle = self._after = 0
        self._turning: QTimer | None = None
        self.setProperty("variant", variant)
        self._leave_gap()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if label:
            self.setAccessibleName(label)
            self.setToolTip(label)
        self.toggled.connect(self._show_icon)
        self._show_icon()

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self._leave_gap()
        self._show_icon()

    def set_icon(self, name: str) -> None:
        """Show another icon of the set."""
        self._icon_name = name
        self._show_icon()

    @property
    def busy(self) -> bool:
        """Whether the button shows that its work goes on."""
        return self._turning is not None

    def set_busy(self, busy: bool) -> None:
        """Show that the work goes on; a busy button cannot be pressed again."""
        if busy == self.busy:
            return
        if busy:
            self._turning = QTimer(self, interval=TURN_MS)
            self._turning.timeout.connect(self._turn)
            if self._theme.moves:
                self._turning.start()
            self._turn()
        elif self._turning is not None:
            self._turning.stop()
            self._turning.deleteLater()
            self._turning = None
            self.setIcon(QIcon())  # of a button that has none of its own
            self._show_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and OK of a remote press it, as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select):
            if not event.isAutoRepeat() and not self.busy:
                self.animateClick()
            event.accept()
            return
        super().keyPressEvent(event)

    def animateClick(self) -> None:
        """Press it for a moment, unless it is busy."""
        if not self.busy:
            super().animateClick()

    def nextCheckState(self) -> None:
        """A busy button keeps its state."""
        if not self.busy:
            super().nextCheckState()

    def hitButton(self, pos: object) -> bool:
        """A busy button does not hear clicks."""
        return not self.busy

    def enterEvent(self, event: QEnterEvent) -> None:
        """Brighten the icon."""
        super().enterEvent(event)
        self._show_icon()

    def leaveEvent(self, event: QEvent) -> None:
        """Dim the icon."""
        super().leaveEvent(event)
        self._show_icon()

    def _leave_gap(self) -> None:
        """Keep the words off the icon."""
        self._after = GAP if self.text() else 0
        self.setIconSize(QSize(self._theme.px(20 + self._after), self._theme.px(20)))

    def _state(self) -> str:
        if self._variant == "main":
            return "on_accent"
        if self.isChecked():
            return "accent"
        quiet = self._variant in ("ghost", "icon", "link")
        return "dim" if quiet and not self.underMouse() else "text"

    def _show_icon(self) -> None:
        if self._icon_name and not self.busy:
            self.setIcon(self._theme.icon(self._icon_name, self._state(), 20, self._after))

    def _turn(self) -> None:
        self._angle = (self._angle + 30) % 360
        ratio = self.devicePixelRatioF()
        still = self._theme.pixmap("loader", self._state(), 20, ratio)
        turned = still.transformed(
            QTransform().rotate(self._angle), Qt.TransformationMode.SmoothTransformation
        )
        side = still.width()
        left, top = (turned.width() - side) // 2, (turned.height() - side) // 2
        room = round(self._theme.px(self._after) * ratio)
        pixmap: QPixmap = turned.copy(left, top, side + room, side)
        pixmap.setDevicePixelRatio(ratio)
        self.setIcon(QIcon(pixmap))
