"""Choices that are drawn: the shape of a video, and its look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.domain.project import Look, Shape
from ui import studio_words as said
from ui.theme import LOOK_COLOURS, Theme
from ui.widgets.painted_button import PaintedButton

WIDE, HIGH = 98, 104


class DrawnChoice(PaintedButton):
    """One of several: a drawing with its name below; the chosen one has an accent edge."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, 14, parent)
        self.setCheckable(True)
        self.setText(name)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(
            lambda on: self.setAccessibleDescription(self.tr("chosen") if on else "")
        )

    def nextCheckState(self) -> None:
        """The row says which one is chosen."""

    def sizeHint(self) -> QSize:
        """A small card."""
        return QSize(self._theme.px(WIDE), self._theme.px(HIGH))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Paint the drawing into its box."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, drawing and name."""
        px, theme, on = self._theme.px, self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = px(2) if on else 1
        edge = QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        painter.setPen(QPen(theme.color("accent" if on else "line"), wide))
        painter.setBrush(theme.color("surface3" if self.underMouse() else "surface2"))
        painter.drawRoundedRect(edge, px(14), px(14))
        self.draw(painter, QRectF(px(10), px(10), self.width() - px(20), self.height() - px(42)))
        painter.setFont(theme.font(13, 600 if on else 500))
        painter.setPen(theme.color("text" if on else "dim"))
        name = QRectF(0, self.height() - px(28), self.width(), px(20))
        painter.drawText(name, Qt.AlignmentFlag.AlignCenter, self.text())


class ShapeChoice(DrawnChoice):
    """A shape of the picture."""

    def __init__(self, theme: Theme, shape: Shape, parent: QWidget) -> None:
        super().__init__(theme, f"{said.tr(said.SHAPES[shape])} {shape.value}", parent)
        self._shape = shape

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """A frame of that shape."""
        wide, high = self._shape.size
        size = QSize(wide, high).scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        frame = QRectF(0, 0, size.width(), size.height())
        frame.moveCenter(box.center())
        painter.setPen(QPen(self._theme.color("text" if self.isChecked() else "dim"), 1.5))
        painter.setBrush(self._theme.color("accent_soft" if self.isChecked() else "surface3"))
        painter.drawRoundedRect(frame, self._theme.px(4), self._theme.px(4))


class LookChoice(DrawnChoice):
    """A look, as its colours."""

    def __init__(self, theme: Theme, look: Look, parent: QWidget) -> None:
        super().__init__(theme, said.tr(said.LOOKS[look]), parent)
        self._colours = [QColor(colour) for colour in LOOK_COLOURS[look.value]]

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Its ground, letters and what stands out."""
        upper, lower, ink, spot = self._colours
        gradient = QLinearGradient(box.topLeft(), box.bottomRight())
        gradient.setColorAt(0, upper)
        gradient.setColorAt(1, lower)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(box, self._theme.px(8), self._theme.px(8))
        painter.setFont(self._theme.font(22, 700))
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Aa")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(spot)
        side = self._theme.px(5)
        corner = box.bottomRight() - QPointF(self._theme.px(14), self._theme.px(13))
        painter.drawEllipse(corner, side, side)


class DrawnRow(QWidget):
    """Drawn choices side by side, one of which is chosen."""

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, choices: Sequence[tuple[object, DrawnChoice]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        self.choices = dict(choices)
        for value, choice in choices:
            row.addWidget(choice)
            choice.clicked.connect(lambda _on=False, picked=value: self._pick(picked))
        row.addStretch(1)

    def set_value(self, value: object) -> None:
        """Show which one is chosen."""
        for known, choice in self.choices.items():
            choice.setChecked(known == value)

    def _pick(self, value: object) -> None:
        self.set_value(value)
        self.chosen.emit(value)


def shape_row(theme: Theme, parent: QWidget) -> DrawnRow:
    """The four shapes."""
    return DrawnRow(theme, [(shape, ShapeChoice(theme, shape, parent)) for shape in Shape], parent)


def look_row(theme: Theme, parent: QWidget) -> DrawnRow:
    """The five looks."""
    return DrawnRow(theme, [(look, LookChoice(theme, look, parent)) for look in Look], parent)
