"""A switch: on or off, at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Theme

PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class Switch(QAbstractButton):
    """A pill with a knob. `switched` is emitted when the owner, not the code, moves it."""

    switched = Signal(bool)

    def __init__(
        self, theme: Theme, on: bool = False, label: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setChecked(on)
        self._place = 1.0 if on else 0.0
        self._glide = QVariantAnimation(self)
        self._glide.valueChanged.connect(self._on_glide)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("radius", theme.px(13))
        self.toggled.connect(self._on_toggled)
        self.clicked.connect(self.switched)

    def set_on(self, on: bool) -> None:
        """Move it without telling `switched`."""
        self.setChecked(on)

    def sizeHint(self) -> QSize:
        """The pill."""
        return QSize(self._theme.px(46), self._theme.px(26))

    def hitButton(self, pos: QPoint) -> bool:
        """The whole widget is the button."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and OK of a remote move it, as the space bar does."""
        if event.key() in PRESS and not event.isAutoRepeat():
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Show that it cannot be moved now."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill and its knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        half = self.height() / 2
        painter.setBrush(self._blend())
        painter.drawRoundedRect(QRectF(self.rect()), half, half)
        painter.setBrush(self._theme.color("text"))
        travel = self.width() - 2 * half
        knob = half - self._theme.px(3)
        painter.drawEllipse(QPointF(half + travel * self._place, half), knob, knob)

    def _blend(self) -> QColor:
        off, on = self._theme.color("surface3"), self._theme.color("accent")
        share = self._place
        return QColor.fromRgbF(
            off.redF() + (on.redF() - off.redF()) * share,
            off.greenF() + (on.greenF() - off.greenF()) * share,
            off.blueF() + (on.blueF() - off.blueF()) * share,
        )

    def _on_toggled(self, on: bool) -> None:
        self._glide.stop()
        duration = self._theme.duration(140) if self.isVisible() else 0
        if duration == 0:
            self._on_glide(1.0 if on else 0.0)
            return
        self._glide.setDuration(duration)
        self._glide.setStartValue(self._place)
        self._glide.setEndValue(1.0 if on else 0.0)
        self._glide.start()

    def _on_glide(self, value: object) -> None:
        if isinstance(value, float):
            self._place = value
            self.update()
