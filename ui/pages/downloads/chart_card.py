"""The card with the speeds of now and the chart of the last minutes, the hour or the day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.downloads import Sample, Traffic
from ui import download_words as said
from ui import words
from ui.pages.downloads.viewmodel import RANGES
from ui.theme import Theme
from ui.widgets.chips import ChipRow
from ui.widgets.speed_chart import SpeedChart

HIGH, LOW = 190, 116
LEAST_PAGE = 860
"""A page lower than this at 100 % gets the low card."""


class Figure(QWidget):
    """A small caption with a large figure and its unit below it."""

    def __init__(self, theme: Theme, caption: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._caption, self._tone = theme, caption, tone
        self._figure, self._unit = "0", ""
        self._low = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_figure(self, figure: str, unit: str = "") -> None:
        """Show a figure."""
        if (figure, unit) != (self._figure, self._unit):
            self._figure, self._unit = figure, unit
            self.setAccessibleName(f"{self._caption}: {figure} {unit}".strip())
            self.update()

    @property
    def text(self) -> str:
        """What is shown."""
        return f"{self._figure} {self._unit}".strip()

    def set_low(self, low: bool) -> None:
        """Be smaller, on a low page."""
        self._low = low
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the largest figure, so that nothing moves beside it."""
        return QSize(
            self._theme.px(128 if self._unit else 96), self._theme.px(48 if self._low else 54)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setFont(theme.font(13, 500))
        painter.setPen(theme.color("dim"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0
        if self._tone:
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(self._tone))
            painter.drawRoundedRect(QRect(0, px(8), px(10), px(3)), 1, 1)
            painter.restore()
            left = px(16)
        caption = QRect(left, 0, self.width() - left, px(20))
        painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, self._caption)
        font = theme.font(22 if self._low else 26, 700)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        base = px(43 if self._low else 48)
        painter.drawText(0, base, self._figure)
        left = QFontMetrics(font).horizontalAdvance(self._figure) + px(7)
        painter.setFont(theme.font(14, 600))
        painter.setPen(theme.color("dim"))
        painter.drawText(left, base, self._unit)


class ChartCard(QFrame):
    """Down, up, peers; which stretch of time; the chart."""

    range_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("surface", "card")
        self.down = Figure(theme, self.tr("Down"), "accent", self)
        self.up = Figure(theme, self.tr("Up"), "info", self)
        self.peers = Figure(theme, self.tr("Peers"), "", self)
        self.down.set_figure(*said.speed_parts(0))
        self.up.set_figure(*said.speed_parts(0))
        names = (self.tr("Last 5 min"), self.tr("Hour"), self.tr("Day"))
        self.ranges = ChipRow(theme, tuple(zip(names, RANGES, strict=True)), self)
        self.ranges.chosen.connect(self.range_chosen)
        self.chart = SpeedChart(theme, said.speed, said.level, self)
        head = QHBoxLayout()
        head.setSpacing(theme.px(16))
        for figure in (self.down, self.up, self.peers):
            head.addWidget(figure)
        head.addStretch(1)
        head.addWidget(self.ranges, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column: QBoxLayout = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.chart, 1)
        self.fit(LEAST_PAGE * 2)

    def fit(self, page: int) -> None:
        """Be lower on a page that is low; `page` is its height in pixels."""
        px = self._theme.px
        low = page < px(LEAST_PAGE)
        for figure in (self.down, self.up, self.peers):
            figure.set_low(low)
        side, edge = px(20), px(12 if low else 18)
        self._column.setContentsMargins(side, edge, side, edge)
        self._column.setSpacing(px(4 if low else 6))
        self.setFixedHeight(px(LOW if low else HIGH))

    def show_traffic(self, traffic: Traffic) -> None:
        """Show the speeds of now."""
        self.down.set_figure(*said.speed_parts(traffic.down))
        self.up.set_figure(*said.speed_parts(traffic.up))
        self.peers.set_figure(words.count(traffic.peers))

    def show_samples(self, samples: Sequence[Sample], seconds: int) -> None:
        """Show the chart."""
        self.ranges.set_value(seconds)
        self.chart.set_samples(samples, seconds)
