"""One line of the picker: a screen, who made it, and what it would do with the film."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.painted_button import PRESS, PaintedButton

HEIGHT = 68
FORGET = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass(frozen=True, slots=True)
class Line:
    """What a row shows. `does` and `why` stand at the right; `dim` ones cannot be chosen now."""

    icon: str
    name: str
    kind: str = ""
    does: str = ""
    why: str = ""
    dim: bool = False
    lit: bool = False  # it plays there now
    queues: bool = False  # something can be put behind what plays there


class DeviceRow(PaintedButton):
    """A row to choose; one that is away can be forgotten, by its button or the Delete key.

    The buttons stand beside it: put the `holder` of all where the row is to be.
    """

    forgotten = Signal()
    queued = Signal()

    def __init__(self, theme: Theme, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(theme, 14, parent)
        self.line = line
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.forget = Button(theme, variant="icon", icon="x")
        self.forget.clicked.connect(self.forgotten)
        self.behind = Button(theme, variant="icon", icon="list-video")
        self.behind.clicked.connect(self.queued)
        self.holder = QWidget(parent)
        beside = QHBoxLayout(self.holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.px(8))
        beside.addWidget(self, 1)
        beside.addWidget(self.behind)
        beside.addWidget(self.forget)
        self.show_line(line)

    def show_line(self, line: Line) -> None:
        """Show other facts in the same place."""
        self.line = line
        self.setText(line.name)
        parts = (line.name, line.kind, line.does, line.why)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(line.why)
        told = (
            (self.forget, line.dim, self.tr("Forget {0}")),
            (self.behind, line.queues, self.tr("Play it on {0} after what plays now")),
        )
        for button, offered, words in told:
            if not offered and button.hasFocus():
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            button.setVisible(offered)
            button.setAccessibleName(words.format(line.name))
            button.setToolTip(words.format(line.name))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(400), self._theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and OK choose, Delete forgets."""
        if event.key() in PRESS and event.isAutoRepeat():
            event.accept()  # held down, it chooses once
        elif event.key() in FORGET and self.line.dim:
            self.forgotten.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        px, theme, line = self._theme.px, self._theme, self.line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus() or line.lit:
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(QRectF(self.rect()), px(14), px(14))
        elif self.underMouse():
            painter.setBrush(theme.color("surface2"))
            painter.drawRoundedRect(QRectF(self.rect()), px(14), px(14))
        tone = "accent" if line.lit else "faint" if line.dim else "text"
        icon = theme.pixmap(line.icon, tone, 24, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(px(14), (self.height() - px(24)) / 2), icon)
        end = self.width() - px(14)
        begin = px(52)
        told = self._told(painter, begin, end)
        self._pair(painter, QRect(begin, 0, max(0, told - begin - px(16)), self.height()),
                   (line.name, line.kind), left=True)  # fmt: skip

    def _told(self, painter: QPainter, begin: int, end: int) -> int:
        """Write what is at the right; returns where it begins."""
        line = self.line
        if not line.does:
            return end
        painter.setFont(self._theme.font(14, 500))
        wide = painter.fontMetrics().horizontalAdvance(line.does)
        painter.setFont(self._theme.font(13))
        wide = max(wide, painter.fontMetrics().horizontalAdvance(line.why)) + 2
        most = round((end - begin) * (0.62 if line.why else 0.5))
        left = end - min(wide, most)
        self._pair(
            painter, QRect(left, 0, end - left, self.height()), (line.does, line.why), left=False
        )
        return left

    def _pair(self, painter: QPainter, room: QRect, lines: tuple[str, str], *, left: bool) -> None:
        """Two lines, or one in the middle."""
        px, theme = self._theme.px, self._theme
        first, second = lines
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        upper, lower = QRect(room), QRect(room)
        if second:
            upper = QRect(room.left(), px(13), room.width(), px(22))
            lower = QRect(room.left(), px(35), room.width(), px(20))
        bright = "dim" if self.line.dim or (not left and not second) else "text"
        painter.setFont(theme.font(16, 600) if left else theme.font(14, 500))
        painter.setPen(theme.color("accent" if self.line.lit and not left else bright))
        self._line(painter, upper, first, side)
        if second:
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("dim"))
            self._line(painter, lower, second, side)

    def _line(self, painter: QPainter, room: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, shown)
