"""What panels of the player are made of: rows to choose from, and steppers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.pages.player.chrome import tint
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label


class Row(QAbstractButton):
    """One line of a panel: its name, a small note at the right; the chosen one is lit."""

    def __init__(
        self, theme: Theme, text: str, note: str = "", *, chosen: bool = False, icon: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, self._note, self._icon = theme, note, icon
        self.setText(text)
        self.setCheckable(not icon)
        self.setAutoExclusive(False)
        self.setChecked(chosen)
        self.setAccessibleName(f"{text}, {note}" if note else text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setProperty("ownRing", True)

    def sizeHint(self) -> QSize:
        """A line of 44 px."""
        return QSize(self._theme.px(300), self._theme.px(44))

    def nextCheckState(self) -> None:
        """What is chosen is shown by the panel, when it is so."""

    def keyPressEvent(self, event: object) -> None:
        """Enter and OK choose, as the space bar does."""
        key = event.key()  # type: ignore[attr-defined]  # a QKeyEvent
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select):
            self.click()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # type: ignore[attr-defined]  # a QKeyEvent
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]  # a QKeyEvent

    def enterEvent(self, event: object) -> None:
        """Light up."""
        self.update()

    def leaveEvent(self, event: object) -> None:
        """Dim."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if self.isChecked():
            painter.setBrush(tint(theme, "accent", 36))
            painter.drawRoundedRect(box, px(10), px(10))
        elif self.underMouse():
            painter.setBrush(theme.color("surface2"))
            painter.drawRoundedRect(box, px(10), px(10))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color("accent"))
            pen = painter.pen()
            pen.setWidth(px(2))
            painter.setPen(pen)
            painter.drawRoundedRect(box, px(10), px(10))
        line = self.rect().adjusted(px(12), 0, -px(12), 0)
        if self._icon:
            sign = theme.pixmap(self._icon, "dim", 20, self.devicePixelRatioF())
            painter.drawPixmap(line.left(), (self.height() - px(20)) // 2, sign)
            line.setLeft(line.left() + px(32))
        note_width = 0
        if self._note:
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("dim"))
            note_width = painter.fontMetrics().horizontalAdvance(self._note) + px(16)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(line, right, self._note)
        painter.setFont(theme.font(15, 500))
        painter.setPen(theme.color("text"))
        room = line.width() - note_width
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Stepper(QWidget):
    """A name with its value, and a button on each side of it."""

    def __init__(
        self, theme: Theme, name: str, value: str, less: str, more: str,
        on_step: Callable[[int], str], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(Label(name, "secondary"), 1)
        self.less = Button(theme, variant="icon", icon="minus", label=less)
        self.more = Button(theme, variant="icon", icon="plus", label=more)
        self.value = Label(value, "secondary")
        self.value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.value.setMinimumWidth(theme.px(64))
        row.addWidget(self.less)
        row.addWidget(self.value)
        row.addWidget(self.more)
        self.less.clicked.connect(lambda: self.value.setText(on_step(-1)))
        self.more.clicked.connect(lambda: self.value.setText(on_step(1)))
