"""The seek bar: how far the film is, its chapters, and the time under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.domain.media import Chapter
from ui import words
from ui.pages.player.chrome import tint
from ui.theme import Theme

TENTHS = 10  # steps of the slider in a second


class SeekBar(QAbstractSlider):
    """Emits `sought` with seconds. `preview` tells the second under the pointer; -1 is none."""

    sought = Signal(float)
    preview = Signal(float, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._duration = 0.0
        self._chapters: tuple[Chapter, ...] = ()
        self._hover = -1.0
        self._dragging = False
        self.step = 10.0
        """Seconds of one press of an arrow."""
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("radius", theme.px(8))

    def set_duration(self, seconds: float) -> None:
        """The length of the film."""
        self._duration = seconds
        self.setRange(0, round(seconds * TENTHS))
        self.update()

    def set_position(self, seconds: float) -> None:
        """Where the film is; ignored while the handle is dragged."""
        if not self._dragging:
            self.setValue(round(seconds * TENTHS))
            self.setAccessibleDescription(words.clock(seconds))

    def set_chapters(self, chapters: tuple[Chapter, ...]) -> None:
        """Marks on the bar."""
        self._chapters = chapters
        self.update()

    def takes_arrow(self, key: Qt.Key) -> bool:
        """Left and right seek; up and down leave the bar."""
        return key in (Qt.Key.Key_Left, Qt.Key.Key_Right)

    def sizeHint(self) -> QSize:
        """A thin bar in a target one can hit."""
        return QSize(self._theme.px(400), self._theme.px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go by a step; all other keys are the page's."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._duration:
            sign = -1 if event.key() == Qt.Key.Key_Left else 1
            second = max(0.0, min(self.value() / TENTHS + sign * self.step, self._duration))
            self.setValue(round(second * TENTHS))
            self.sought.emit(second)
            self.preview.emit(second, self._point(second))
            return
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self._duration:
            self._dragging = True
            self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the time under the pointer."""
        if not self._duration:
            return
        self._hover = self._second(event.position().x())
        self.preview.emit(self._hover, self._point(self._hover))
        if self._dragging:
            self._drag(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: seek there."""
        if self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False
            self.sought.emit(self._second(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """No time is told any more."""
        super().leaveEvent(event)
        self._hover = -1.0
        self.preview.emit(-1.0, QPoint())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groove, what was played, the chapters and the handle."""
        px = self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        thick = px(6) if self._hover >= 0 or self._dragging or self.hasFocus() else px(4)
        top = (self.height() - thick) / 2
        groove = tint(self._theme, "text", 56)
        self._bar(painter, groove, self.width(), top, thick)
        if self._hover >= 0:
            self._bar(painter, groove, self._x(self._hover), top, thick)
        now = self._x(self.value() / TENTHS)
        self._bar(painter, self._theme.color("accent"), now, top, thick)
        painter.setBrush(self._theme.color("background"))
        for chapter in self._chapters:
            if 0 < chapter.start < self._duration:
                painter.drawRect(QRectF(self._x(chapter.start) - px(1), top, px(2), thick))
        if self._duration:
            radius = px(9) if self._dragging or self._hover >= 0 else px(8)
            painter.setBrush(self._theme.color("text"))
            middle = self.height() / 2
            painter.drawEllipse(QRectF(now - radius, middle - radius, 2 * radius, 2 * radius))

    def _bar(self, painter: QPainter, color: QColor, right: float, top: float, thick: int) -> None:
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(0, top, max(0.0, right), thick), thick / 2, thick / 2)

    def _drag(self, event: QMouseEvent) -> None:
        self.setValue(round(self._second(event.position().x()) * TENTHS))
        self.update()

    def _x(self, second: float) -> float:
        edge = self._theme.px(8)
        room = self.width() - 2 * edge
        return edge + room * second / self._duration if self._duration else 0.0

    def _second(self, x: float) -> float:
        edge = self._theme.px(8)
        room = max(1, self.width() - 2 * edge)
        return max(0.0, min(1.0, (x - edge) / room)) * self._duration

    def _point(self, second: float) -> QPoint:
        return QPoint(round(self._x(second)), 0)
