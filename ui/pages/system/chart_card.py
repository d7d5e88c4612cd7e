"""The card of the chart: which figure, the chart itself, and what is said of a moment of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.bridge import Bridge
from ui.messages import sentence
from ui.pages.system import plotting, said_of
from ui.pages.system.card import Card
from ui.pages.system.chart import HIGH, LOW, Chart
from ui.pages.system.chart_model import ChartModel
from ui.pages.system.figures import Figure, Span
from ui.pages.system.said_of import aside, moment
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.skeleton import Skeleton

WIDE = 860
MOST = 420
"""Pixels at 100 % of the highest chart, beside a health card that is long."""
REASONS = 44
"""Pixels at 100 % for two lines, so that nothing moves while one walks through the time."""


class ChartCard(Card):
    """The library that draws is brought in when the card is first shown; until then, shapes."""

    fitted = Signal()
    """It has another height."""

    def __init__(self, theme: Theme, bridge: Bridge, model: ChartModel, parent: QWidget) -> None:
        super().__init__(theme, "", parent)
        self._bridge, self._model = bridge, model
        self._asked = self._wide = False
        self._read: tuple[Figure, bool] | None = None  # of which figure something is said
        self.chips: dict[Figure, Chip] = {}
        self._holder = QWidget(self)
        self._flow = FlowLayout(theme.px(8), self._holder)
        self._group = QButtonGroup(self)
        self.chart = Chart(theme, model, self)
        self.busy = Skeleton(theme, "results", self)
        self.why = Label("", "secondary", wrap=True)
        self.again = Button(theme, self.tr("Try again"), "plain", "refresh-cw", parent=self)
        self.broken = self._make_broken()
        self.place = QStackedWidget(self)
        for part in (self.busy, self.chart, self.broken):
            self.place.addWidget(part)
        self.reading = ElidedLabel("", "secondary", elide=Qt.TextElideMode.ElideRight)
        self.hint = self.tr("← and → go through the time: what was going on then?")
        self.column.addWidget(self._holder)
        self.column.addWidget(self.place, 1)
        self.column.addWidget(self.reading)
        self.reasons = Label("", "secondary", "accent", wrap=True)
        self.reasons.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reasons.setFixedHeight(theme.px(REASONS))
        self.reasons.hide()
        self.column.addWidget(self.reasons)
        self.again.clicked.connect(lambda _on=False: model.load())
        model.changed.connect(self._show)
        model.failed.connect(self._show_failed)
        model.choice_changed.connect(self._show_choice)
        model.cursor_changed.connect(self._show_reading)
        self._show_choice()
        self._fit()

    @property
    def _past(self) -> bool:
        return self._model.span is not Span.NOW

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The figures beside their newest values, or below a title where there is no room."""
        wide = self.width() >= self._theme.px(WIDE)
        if wide == self._wide:
            return
        self._wide = wide
        self.title.setVisible(not wide)
        if wide:
            self.head.insertWidget(0, self._holder)
        else:
            self.column.insertWidget(1, self._holder)
        self.fitted.emit()

    def bring_in(self) -> None:
        """Fetch the library, unless it was fetched before."""
        if not self._asked:
            self._asked = True
            self._bridge.call(plotting.load(), self.chart.use, self._on_missing, self)

    def set_memory(self, total: float) -> None:
        """Say how much memory the machine has."""
        self.chart.memory = total

    def _make_broken(self) -> QWidget:
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(16))
        line.addWidget(self.why, 1)
        line.addWidget(self.again)
        row.addStretch(1)
        row.addLayout(line)
        row.addStretch(1)
        return holder

    def _show(self) -> None:
        drawn = self._model.drawn
        if drawn is None:
            return
        self.say_aside(aside(drawn))
        self.place.setCurrentWidget(self.chart)
        self._fit()
        now = (drawn.figure, not drawn.times)
        if now != self._read:
            self._read = now
            self._show_reading()

    def _show_choice(self) -> None:
        model = self._model
        name = said_of.figure(model.figure or Figure.SEARCHES)
        self.title.setText(name)
        self.chart.setAccessibleName(self.tr("Chart: {0}").format(name))
        for figure in model.offered:
            if figure not in self.chips:
                self._add_chip(figure)
        for figure, chip in self.chips.items():
            chip.setVisible(figure in model.offered)
            chip.setChecked(figure is model.figure)
        self._holder.setVisible(bool(model.offered))

    def _add_chip(self, figure: Figure) -> None:
        chip = self.chips[figure] = Chip(self._theme, said_of.choice(figure), parent=self._holder)
        self._group.addButton(chip)
        chip.clicked.connect(lambda _on=False: self._model.choose(figure))
        self._flow.addWidget(chip)

    def _show_reading(self) -> None:
        """What was then: in one line while the chart goes along, with its reasons below later."""
        drawn, why = self._model.drawn, " ".join(self._model.why)
        text = moment(self._model)
        shown = text if self._past else f"{text}. {why}" if why else text
        if drawn is not None and not drawn.times:
            shown = self.tr("Nothing is known of this time.")
        self.reading.setText(shown or self.hint)
        if why or not text:
            self.reasons.setText(why)
        self.chart.setAccessibleDescription(". ".join(part for part in (text, why) if part))

    def _fit(self) -> None:
        """A chart of the past is higher: one looks for a moment in it."""
        self.reasons.setVisible(self._past)
        high = self._theme.px(HIGH if self._past else LOW) + self.chart.strips.sizeHint().height()
        if self.place.minimumHeight() != high:
            self.place.setMinimumHeight(high)
            self.place.setMaximumHeight(max(high, self._theme.px(MOST)))
            self.fitted.emit()

    def _show_failed(self) -> None:
        error = self._model.error
        if error is None:
            return
        self.why.setText(self.tr("The chart cannot be shown now. {0}").format(sentence(error)))
        self.place.setCurrentWidget(self.broken)

    def _on_missing(self, error: BaseException) -> None:
        self._asked = False
        self._model.error = error
        self._show_failed()
