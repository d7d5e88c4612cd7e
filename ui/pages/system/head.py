"""The head of the page: what the machine is, which time the chart shows, the checks, the views."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ui import system_words as said
from ui.pages.system import said_of
from ui.pages.system.chart_model import ChartModel
from ui.pages.system.figures import Span
from ui.pages.system.viewmodel import SystemViewModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip, ChipRow
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.scroll_body import BAR, RING
from ui.words import SEPARATOR

LEAST, GAP = 200, 20
"""Pixels at 100 % of the shortest words about the machine, and between them and the rest."""


class Head(QWidget):
    """`chosen` carries the name of a view."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: SystemViewModel,
        chart: ChartModel,
        views: Sequence[tuple[str, str]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme, self._model, self._chart = theme, model, chart
        self._tight = False
        self.about = ElidedLabel("", "body", elide=Qt.TextElideMode.ElideRight)
        self.spans = ChipRow(theme, [(said_of.span(one), one) for one in Span], self)
        self.run = Button(theme, self.tr("Run checks"), "ghost", "stethoscope", parent=self)
        self.chips: dict[str, Chip] = {}
        self._group = QButtonGroup(self)
        self._names = dict(views)
        self._lay_out(views)
        self.spans.chosen.connect(lambda span: chart.show_span(Span(span)))
        self.run.clicked.connect(lambda _on=False: model.check())
        model.sampled.connect(self._show)
        model.checking_changed.connect(self._show_checking)
        model.alerts_changed.connect(self._show_alerts)
        chart.choice_changed.connect(lambda: self.spans.set_value(chart.span))
        self._show()

    def light(self, name: str) -> None:
        """Show which view is shown; the time belongs to the chart of the first."""
        if name in self.chips:
            self.chips[name].setChecked(True)
        self.spans.setVisible(name == "overview")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the place of the time and the checks."""
        self._fit()

    def _fit(self) -> None:
        """The time and the checks stand below the title where it would be cut off beside them."""
        gap = self._theme.px(GAP)
        words = self.about.fontMetrics().horizontalAdvance(self.about.text())
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        tight = room < max(words, self._theme.px(LEAST)) + gap + self._tail.sizeHint().width()
        if tight != self._tight:
            self._tight = tight
            way = QBoxLayout.Direction
            self._row.setDirection(way.TopToBottom if tight else way.LeftToRight)

    def _lay_out(self, views: Sequence[tuple[str, str]]) -> None:
        theme = self._theme
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Label(self.tr("System"), "title"))
        words.addWidget(self.about)
        tail = self._tail = QHBoxLayout()
        tail.setSpacing(theme.px(12))
        tail.addWidget(self.spans, 0, Qt.AlignmentFlag.AlignVCenter)
        tail.addStretch(1)
        tail.addWidget(self.run, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.px(GAP // 2))
        self._row.addLayout(words, 1)
        self._row.addLayout(tail)
        below = QHBoxLayout()
        below.setSpacing(theme.px(10))
        for name, text in views:
            chip = self.chips[name] = Chip(theme, text, parent=self)
            self._group.addButton(chip)
            chip.clicked.connect(lambda _on=False, view=name: self.chosen.emit(view))
            below.addWidget(chip)
        below.addStretch(1)
        self.chips["overview"].setChecked(True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(RING), 0, theme.px(RING + BAR), 0)
        column.setSpacing(theme.px(12))
        column.addLayout(self._row)
        column.addLayout(below)

    def _show(self) -> None:
        machine, now = self._model.machine, self._model.now
        parts = []
        if machine is not None:
            parts.append(machine.model)
            parts.append(said.uptime(self._model.clock() - machine.booted))
        if now is not None and now.temperature is not None:
            parts.append(said.degrees(now.temperature))
        if now is not None and now.throttled:
            parts.append(self.tr("slowed down by heat"))
        text = SEPARATOR.join(part for part in parts if part)
        if text != self.about.text():
            self.about.setText(text)
            self._fit()

    def _show_checking(self) -> None:
        self.run.set_busy(self._model.checking == "*")

    def _show_alerts(self, many: int) -> None:
        chip = self.chips.get("alerts")
        if chip is not None:
            name = self._names["alerts"]
            chip.setText(f"{name}{SEPARATOR}{many}" if many else name)
            chip.updateGeometry()
