"""A chart one can walk through: lines, what the station did above them, and a cursor by arrows."""

from __future__ import annotations

from types import ModuleType

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.pages.system import said_of
from ui.pages.system.chart_model import ChartModel, Drawn
from ui.pages.system.plot import RIGHT, Plot
from ui.pages.system.strips import Strips
from ui.theme import Theme
from ui.widgets.painted_button import PRESS

LOW, HIGH = 104, 230
"""Pixels at 100 % of the lines: of one that goes along, and of the past."""
STRIDE = 12  # values Page up and Page down go


class Cursor(QWidget):
    """The line of the cursor and a dot on each line of the chart; over everything, deaf."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._across: float | None = None
        self._dots: list[tuple[float, str]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def show_at(self, across: float | None, dots: list[tuple[float, str]]) -> None:
        """Stand at a place, with dots at heights in their colours; None: nowhere."""
        if (across, dots) != (self._across, self._dots):
            self._across, self._dots = across, dots
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        if self._across is None:
            return
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("text"), max(1, px(1.5))))
        painter.drawLine(QPointF(self._across, 0), QPointF(self._across, self.height() - px(26)))
        painter.setPen(QPen(theme.color("surface1"), px(2)))
        for height, tone in self._dots:
            painter.setBrush(theme.color(tone))
            painter.drawEllipse(QPointF(self._across, height), px(5), px(5))


class Chart(QWidget):
    """Takes the focus: left and right move the cursor, Enter sets it, Esc takes it away."""

    def __init__(self, theme: Theme, model: ChartModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.plot: Plot | None = None
        self.memory = 0.0
        """Bytes of memory the machine has: the top of that scale."""
        self._by_keys = False
        self.strips = Strips(theme, said_of.band, self)
        self._place = QWidget(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._column.addWidget(self.strips)
        self._column.addWidget(self._place, 1)
        self.cursor_line = Cursor(theme, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        model.changed.connect(self._show)
        model.cursor_changed.connect(self._show_cursor)

    def use(self, pyqtgraph: ModuleType) -> None:
        """Take the library, once it is there."""
        if self.plot is None:
            self.plot = Plot(pyqtgraph, self._theme, self._place)
            self._fit()
            self.plot.widget.show()
            self._show()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(self._theme.px(500), self._theme.px(LOW) + self.strips.sizeHint().height())

    def takes_arrow(self, key: Qt.Key) -> bool:
        """The arrows walk through the values; at either end they leave."""
        times = self._model.drawn.times if self._model.drawn is not None else ()
        if not times:
            return False
        cursor = self._model.cursor
        if key == Qt.Key.Key_Left:
            return cursor is None or cursor > times[0]
        return key == Qt.Key.Key_Right and cursor is not None and cursor < times[-1]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the values."""
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -STRIDE,
            Qt.Key.Key_PageDown: STRIDE, Qt.Key.Key_Home: -100_000, Qt.Key.Key_End: 100_000,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            held = STRIDE // 2 if event.isAutoRepeat() and abs(steps[key]) == 1 else 1
            self._by_keys = True
            self._model.step(steps[key] * held)
        elif key in PRESS:
            self._by_keys = True
            self._model.step(0)
        elif key not in (Qt.Key.Key_Escape, Qt.Key.Key_Back) or not self._model.clear_cursor():
            super().keyPressEvent(event)
            return
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cursor follows the pointer."""
        self._by_keys = False
        drawn = self._model.drawn
        if drawn is None:
            return
        room = self.width() - self._theme.px(RIGHT)
        share = max(0.0, min(1.0, event.position().x() / max(1, room)))
        self._model.point_at(drawn.start + share * (drawn.end - drawn.start))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press keeps the cursor where it is when the pointer goes."""
        self.mouseMoveEvent(event)
        self._by_keys = True

    def leaveEvent(self, event: QEvent) -> None:
        """A cursor that only followed the pointer goes with it."""
        if not self._by_keys:
            self._model.clear_cursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the parts in their places."""
        self._fit()
        self._show()

    def _fit(self) -> None:
        self._column.activate()
        self.cursor_line.setGeometry(self.rect())
        if self.plot is not None:
            self.plot.widget.setGeometry(self._place.rect())
        self.cursor_line.raise_()

    def _show(self) -> None:
        drawn = self._model.drawn
        if drawn is None:
            return
        self.strips.show_drawn(drawn)
        self.strips.setVisible(bool(drawn.bands))
        if self.plot is not None:
            self.plot.show_drawn(drawn, self.memory)
        self._show_cursor()

    def _show_cursor(self) -> None:
        model, drawn, cursor = self._model, self._model.drawn, self._model.cursor
        if drawn is None or cursor is None or self.plot is None or cursor < drawn.start:
            self.cursor_line.show_at(None, [])
            self.strips.light(())
            return
        self.strips.light(model.bands_at(cursor))
        self.cursor_line.show_at(*self._spot(drawn, cursor, self.plot))

    def _spot(
        self, drawn: Drawn, cursor: float, plot: Plot
    ) -> tuple[float, list[tuple[float, str]]]:
        area = QRectF(plot.area().translated(QPointF(self._place.pos())))
        share = (cursor - drawn.start) / (drawn.end - drawn.start)
        floor, top = plot.scale
        dots = [
            (area.bottom() - (value - floor) / (top - floor) * area.height(), line.tone)
            for line, value in self._model.values_at(cursor)
        ]
        return area.left() + share * area.width(), dots
