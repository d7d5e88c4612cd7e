"""The last few lines of the log, painted as they come; a press or Enter opens all of it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.log_lines import level_word
from ui.pages.system.log_model import LogModel, Watcher
from ui.pages.system.log_painter import LogPainter, Look
from ui.theme import Theme
from ui.widgets.virtual_view import ENTER

LINES = 8


class LogTail(QWidget):
    """Looks at the station only while it is seen."""

    opened = Signal()

    def __init__(self, theme: Theme, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model, self._watcher = theme, model, Watcher(model)
        self._painter = LogPainter(theme)
        self._shown: tuple[int, ...] = ()
        self.painted = 0
        """How often it was painted."""
        self.setProperty("ownRing", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Live log"))
        self.setToolTip(self.tr("Open the live log"))
        model.changed.connect(self._show)
        self.destroyed.connect(self._watcher.end)

    def sizeHint(self) -> QSize:
        """Its lines."""
        return QSize(self._theme.px(400), LINES * self._painter.pitch)

    def numbers(self) -> tuple[int, ...]:
        """The lines it shows, by their numbers."""
        return self._shown

    def showEvent(self, event: QShowEvent) -> None:
        """Look, from now on."""
        super().showEvent(event)
        self._watcher.begin()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        super().hideEvent(event)
        self._watcher.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines; a word for none."""
        self.painted += 1
        painter = QPainter(self)
        inset, pitch = self._theme.px(12), self._painter.pitch
        needle = self._model.sought.text.casefold()
        for place, line in enumerate(self._model.lines(self._shown)):
            row = QRect(-inset, place * pitch, self.width() + 2 * inset, pitch)
            self._painter.paint(painter, row, line, Look(needle=needle))
        if not self._shown:
            painter.setFont(self._theme.font(14))
            painter.setPen(self._theme.color("dim"))
            none = self.tr("Nothing of this kind was written yet.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, none)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("accent"), self._theme.px(3)))
            radius = self._theme.px(8)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), radius, radius)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar open it."""
        if event.key() in (*ENTER, Qt.Key.Key_Space) and not event.isAutoRepeat():
            self.opened.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press becomes a wish when it ends here."""
        event.setAccepted(event.button() == Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring, and say the newest line."""
        super().focusInEvent(event)
        newest = self._model.line(self._shown[-1]) if self._shown else None
        if newest is not None:
            told = f"{level_word(newest.level)}, {newest.part}: {newest.message}"
            self.setAccessibleDescription(told)

    def _show(self) -> None:
        shown = tuple(self._model.numbers[-LINES:])
        if shown != self._shown:
            self._shown = shown
            self.update()
