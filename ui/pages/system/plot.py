"""The lines of a chart: a pyqtgraph plot that listens to nobody and repaints only what is new."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QWidget

from ui.pages.system import axes, figures
from ui.pages.system.chart_model import Drawn
from ui.pages.system.figures import GAP, SECONDS, Span, Values
from ui.theme import Theme

RIGHT, FOOT, TOP = 64, 26, 6
"""Pixels at 100 % of the words at the right and below, and above the lines."""
WIDE, THIN = 1.6, 1.0
HEADROOM = 11
"""Pixels at 100 % above the top of the scale, for its mark."""
LOW = 150
"""A chart lower than this at 100 % has fewer marks."""


class Plot:
    """`widget` is the plot; `area()` where its lines are, in pixels of the widget."""

    def __init__(self, pyqtgraph: ModuleType, theme: Theme, parent: QWidget) -> None:
        self._pg, self._theme = pyqtgraph, theme
        view = pyqtgraph.PlotWidget(parent, background=theme.color("surface1"))
        self.widget: QWidget = view
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        view.setMenuEnabled(False)
        view.hideButtons()
        view.setMouseEnabled(False, False)
        view.setAntialiasing(False)
        self._item = view.getPlotItem()
        self._item.setContentsMargins(0, theme.px(TOP), 0, 0)
        self._item.layout.setSpacing(0)
        box = self._item.getViewBox()
        box.disableAutoRange()
        box.setDefaultPadding(0)
        box.setBorder(None)
        self._item.hideAxis("left")
        self._item.showAxis("right")
        self._axes = {name: self._item.getAxis(name) for name in ("bottom", "right")}
        self._dress_axes()
        self._curves: list[Any] = []
        self._set: tuple[object, ...] = ()
        self.scale = (0.0, 1.0)
        """The floor and the top of what is shown."""

    def area(self) -> QRectF:
        """Where the lines are."""
        px = self._theme.px
        return QRectF(self.widget.rect()).adjusted(0, px(TOP), -px(RIGHT), -px(FOOT))

    def show_drawn(self, drawn: Drawn, memory: float) -> None:
        """Show a figure; times are put as seconds before its end, so that the axis may stay."""
        floor, top = figures.scale(drawn.figure, drawn.values, memory)
        high = max(1.0, self.area().height())
        room = high / max(high / 2, high - self._theme.px(HEADROOM))
        self.scale = floor, floor + (top - floor) * room
        self._range(drawn, top)
        wanted = [each for one in drawn.values for each in self._lines(one)]
        while len(self._curves) < len(wanted):
            curve = self._pg.PlotCurveItem(antialias=False, skipFiniteCheck=False)
            self._item.addItem(curve, ignoreBounds=True)
            self._curves.append(curve)
        for curve, (one, heights, colour, wide) in zip(self._curves, wanted, strict=False):
            times, values = _joined(one, heights, drawn.end)
            curve.setPen(self._pg.mkPen(colour, width=wide * self._theme.px(1)))
            curve.setData(times, values, connect="finite")
        for curve in self._curves[len(wanted) :]:
            curve.setData([], [])

    def _lines(self, one: Values) -> list[tuple[Values, Sequence[float], QColor, float]]:
        colour = self._theme.color(one.line.tone)
        found: list[tuple[Values, Sequence[float], QColor, float]] = []
        if one.mosts and one.mosts != one.means:
            faint = QColor(colour)
            faint.setAlpha(96)
            found.append((one, one.mosts, faint, THIN))
        found.append((one, one.means, colour, WIDE))
        return found

    def _range(self, drawn: Drawn, most: float) -> None:
        """Set the axes, when they are other ones than before."""
        px, size = self._theme.px(100) / 100, self.widget.size()
        end = 0.0 if drawn.span is Span.NOW else drawn.end
        low = size.height() < LOW * px
        now = (drawn.figure, drawn.span, end, self.scale, size, low)
        if now == self._set:
            return
        self._set = now
        length, (floor, top) = SECONDS[drawn.span], self.scale
        box = self._item.getViewBox()
        box.setRange(xRange=(-length, 0.0), yRange=(floor, top), padding=0, disableAutoRange=True)
        room = (size.width() - RIGHT * px) / px
        marks = axes.time_marks(drawn.span, end, room)
        edge = 24 * px / max(1.0, room * px) * length  # words that would be cut off at the left
        kept = [(at, text) for at, text in marks if at >= edge - length]
        self._axes["bottom"].setTicks([kept])
        self._axes["right"].setTicks([axes.value_marks(drawn.figure, floor, most, low)])

    def _dress_axes(self) -> None:
        theme = self._theme
        for name, axis in self._axes.items():
            axis.setStyle(
                tickFont=theme.font(13, 500), tickLength=0, tickTextOffset=theme.px(6),
                hideOverlappingLabels=False, autoExpandTextSpace=False,
            )  # fmt: skip
            axis.setPen(self._pg.mkPen(theme.color("line")))
            axis.setTextPen(self._pg.mkPen(theme.color("dim")))
            axis.enableAutoSIPrefix(False)
            axis.setGrid(90 if name == "right" else False)
        self._axes["right"].setWidth(theme.px(RIGHT))
        self._axes["bottom"].setHeight(theme.px(FOOT))


def _joined(one: Values, heights: Sequence[float], end: float) -> tuple[Any, Any]:
    """The points of a line, with a hole where nothing is known for longer than a gap."""
    import numpy as np

    times = np.asarray(one.times, dtype=float) - end
    values = np.asarray(heights, dtype=float)
    if len(times) > 1:
        holes = np.flatnonzero(np.diff(times) > max(one.span, 1.0) * GAP) + 1
        times = np.insert(times, holes, times[holes - 1])
        values = np.insert(values, holes, np.nan)
    return times, values
