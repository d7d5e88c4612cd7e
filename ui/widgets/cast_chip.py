"""The chip at the foot of the rail: where picture and sound go, and a button that halts them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.painted_button import PaintedButton

SIZES = (16, 15, 14)  # of a name, the first that fits


class ChipButton(PaintedButton):
    """The name of a screen, and below it what it does; `lit` while something plays there."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, 14, parent)
        self._state, self._lit, self._narrow = "", False, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tell(self, name: str, state: str, *, lit: bool) -> None:
        """Show a screen's name and what it does."""
        self.setText(name)
        self._state, self._lit = state, lit
        self.setAccessibleName(self.tr("Screen: {0}").format(name))
        self.setAccessibleDescription(state)
        self.set_narrow(self._narrow)
        self.updateGeometry()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone; the words become the tool tip."""
        self._narrow = narrow
        told = f"{self.text()}, {self._state}" if self._state else self.text()
        self.setToolTip(told if narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        """A line of the rail, or two."""
        tall = self._state and not self._narrow
        return QSize(self._theme.px(48), self._theme.px(58 if tall else 48))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon, name and state."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface2"))
            painter.drawRoundedRect(QRectF(self.rect()), px(14), px(14))
        bright = "text" if self.underMouse() else "dim"
        icon = theme.pixmap("cast", "accent" if self._lit else bright, 20, self.devicePixelRatioF())
        left = (self.width() - px(20)) / 2 if self._narrow else px(14)
        painter.drawPixmap(QPointF(left, (self.height() - px(20)) / 2), icon)
        if self._narrow:
            return
        words = QRect(px(47), 0, self.width() - px(51), self.height())
        if self._state:
            half = self.height() // 2
            name = QRect(words.left(), px(8), words.width(), half - px(8))
            below = QRect(words.left(), half, words.width(), half - px(8))
            self._write(painter, name, self.text(), "text" if self._lit else bright, SIZES, 500)
            self._write(painter, below, self._state, "dim", (13,), 400)
        else:
            self._write(painter, words, self.text(), bright, SIZES, 500)

    def _write(
        self, painter: QPainter, room: QRect, text: str, tone: str, sizes: tuple[int, ...],
        weight: int,
    ) -> None:  # fmt: skip
        """Write a line, smaller where it would not fit."""
        for size in sizes:
            painter.setFont(self._theme.font(size, weight))
            if painter.fontMetrics().horizontalAdvance(text) <= room.width():
                break
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(text, elide, room.width())
        painter.setPen(self._theme.color(tone))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


class CastChip(QWidget):
    """`pressed` opens the list of devices, `toggled` halts what plays elsewhere or lets it go on.

    Until `tell()` was called once there is nothing to be seen.
    """

    pressed = Signal()
    toggled = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._told: tuple[str, str, bool | None] = ("", "", None)
        self.chip = ChipButton(theme, self)
        self.chip.clicked.connect(self.pressed)
        self.halt = Button(theme, variant="icon", icon="pause", label=self.tr("Pause"), parent=self)
        self.halt.clicked.connect(self.toggled)
        self.halt.hide()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(4))
        self._row.addWidget(self.chip, 1)
        self._row.addWidget(self.halt, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()

    @property
    def told(self) -> tuple[str, str, bool | None]:
        """What is shown: for a rail that is built anew."""
        return self._told

    def tell(self, name: str, state: str = "", playing: bool | None = None) -> None:
        """Show a screen; `playing` says what the small button does, None: there is none."""
        self._told = (name, state, playing)
        self.chip.tell(name, state, lit=bool(state))
        if playing is None and self.halt.hasFocus():
            self.chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self.halt.setVisible(playing is not None)
        self.halt.set_icon("pause" if playing else "play")
        label = self.tr("Pause on {0}") if playing else self.tr("Go on with {0}")
        self.halt.setAccessibleName(label.format(name))
        self.halt.setToolTip(label.format(name))
        self.setVisible(bool(name))

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, one above the other."""
        self.chip.set_narrow(narrow)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.BottomToTop if narrow else directions.LeftToRight)
