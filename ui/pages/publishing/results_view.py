"""Results: views day by day, A/B tests, each video over all places, and rules that make more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.results import DayTotal, Overview
from ui import publishing_words as said
from ui import words
from ui.messages import sentence, told
from ui.pages.publishing.ab_cards import ABList
from ui.pages.publishing.day_chart import Column, DayChart
from ui.pages.publishing.results_model import ResultsModel
from ui.pages.publishing.rules_card import RulesCard
from ui.pages.publishing.video_results import VideoTable
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChipRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.posters import PosterCache
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.skeleton import Skeleton
from ui.words import SEPARATOR


class ResultsView(QWidget):
    """Its own four states."""

    new_wished = Signal()
    export_wished = Signal()
    test_wished = Signal(object)
    result_wished = Signal(object)
    browse_wished = Signal(str)
    rule_wished = Signal(object)

    def __init__(
        self, theme: Theme, posters: PosterCache, model: ResultsModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.days = ChipRow(
            theme,
            [(self.tr("7 days"), 7), (self.tr("4 weeks"), 28), (self.tr("3 months"), 91)],
        )  # fmt: skip
        self.days.set_value(model.days)
        self.export = Button(theme, self.tr("Export as CSV"), "ghost", "save", parent=self)
        self.fetch = Button(theme, self.tr("Look now"), "ghost", "refresh-cw", parent=self)
        self.views = Label("", "title")
        self.about = Label("", "secondary", wrap=True)
        self.trouble = Label("", "secondary", "warn", wrap=True)
        self.chart = DayChart(theme, self.tr("Views day by day"))
        self.tests = ABList(theme, posters)
        self.tests.setMaximumWidth(theme.px(880))
        self.table = VideoTable(theme)
        self.rules = RulesCard(theme, model, self)
        self.busy = Skeleton(theme, "results")
        self.empty = EmptyState(
            theme, self.tr("No figures yet"),
            self.tr("Once a post is out, its views are asked for four times a day. You see here "
                    "how it does, beside your others of the same age."),
            icon="gauge", tone="dim",
        )  # fmt: skip
        self.empty.add_button(self.tr("New post"), self.new_wished.emit, "main", "plus")
        self.broken = EmptyState(theme, self.tr("The results cannot be shown now"), "",
                                 icon="triangle-alert")  # fmt: skip
        self.broken.add_button(self.tr("Try again"), model.load, "main", "refresh-cw")
        self.area = self._make_area(theme)
        self.stack = QStackedWidget(self)
        for part in (self.busy, self.area, self.empty, self.broken):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()
        self._show()

    def focus_first(self) -> None:
        """The length of time."""
        part = self.stack.currentWidget()
        if isinstance(part, EmptyState):
            part.focus_first()
        else:
            self.export.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_area(self, theme: Theme) -> ScrollBody:
        head, card = QHBoxLayout(), QFrame()
        head.setSpacing(theme.px(12))
        head.addWidget(self.days)
        head.addStretch(1)
        head.addWidget(self.fetch)
        head.addWidget(self.export)
        card.setProperty("surface", "card")
        inside = QVBoxLayout(card)
        edge = theme.px(20)
        inside.setContentsMargins(edge, theme.px(14), edge, theme.px(14))
        inside.setSpacing(theme.px(4))
        for part in (self.views, self.about, self.trouble, self.chart):
            inside.addWidget(part)
        area = ScrollBody(theme)
        area.column.addLayout(head)
        area.column.addWidget(card)
        area.column.addWidget(self.tests)
        self.videos_title = Label(self.tr("Videos"), "section")
        area.column.addWidget(self.videos_title)
        area.column.addWidget(self.table)
        area.column.addWidget(self.rules)
        area.column.addStretch(1)
        return area

    def _connect(self) -> None:
        model = self._model
        self.days.chosen.connect(self._on_days)
        self.export.clicked.connect(lambda _on=False: self.export_wished.emit())
        self.fetch.clicked.connect(lambda _on=False: model.fetch())
        self.table.test_wished.connect(self.test_wished)
        self.table.browse_wished.connect(self.browse_wished)
        self.tests.stop_wished.connect(model.stop)
        self.tests.result_wished.connect(self.result_wished)
        self.rules.rule_wished.connect(self.rule_wished)
        model.changed.connect(self._show)
        model.tests_changed.connect(lambda: self.tests.show_tests((model.tests or ())[:6]))

    def _on_days(self, days: object) -> None:
        if isinstance(days, int):
            self._model.show_days(days)

    def _show(self) -> None:
        model = self._model
        had = self.stack.isAncestorOf(self.focusWidget() or self)
        was = self.stack.currentWidget()
        self.fetch.set_busy(model.fetching)
        if model.overview is None and model.error is not None:
            text = sentence(model.error)
            self.broken.set_texts(self.tr("The results cannot be shown now"), text)
            part: QWidget = self.broken
        elif model.overview is None:
            part = self.busy if model.there else self.empty
        else:
            self._fill(model.overview)
            counted = any(one.views is not None for one in model.overview.days)
            part = self.area if counted or model.overview.videos or model.tests else self.empty
        self.stack.setCurrentWidget(part)
        if had and was is not part and part is not self.busy and self.isVisible():
            self.focus_first()

    def _fill(self, overview: Overview) -> None:
        known = [one.views for one in overview.days if one.views is not None]
        views = self.tr("{0} views").format(words.count(sum(known)))
        self.views.setText(views if known else self.tr("No figures yet"))
        parts = []
        if overview.looked:
            moment = said.moment(overview.looked, self._model.clock())
            parts.append(self.tr("Looked at {0}").format(moment))
        if overview.fetching:
            parts.append(self.tr("looking now"))
        gaps = sum(1 for one in overview.days if one.views is None)
        if gaps and known:
            parts.append(self.tr("%n day(s) nobody knows of", "", gaps))
        self.about.setText(SEPARATOR.join(parts))
        troubles = [told(one.key, one.args) for one in overview.troubles]
        self.trouble.setText("\n".join(dict.fromkeys(troubles)))
        self.trouble.setVisible(bool(troubles))
        about = self.tr("{0} views in all, at most {1} in a day")
        self.chart.show_columns(
            [self._column(one) for one in overview.days],
            about.format(words.count(sum(known)), words.count(max(known))) if known else "",
        )
        self.table.show_videos(overview.videos)
        self.table.setVisible(bool(overview.videos))
        self.videos_title.setVisible(bool(overview.videos))

    def _column(self, one: DayTotal) -> Column:
        """A day's views, and those of the platforms that brought most."""
        parts = [self.tr("nobody looked") if one.views is None else words.count(one.views)]
        most = sorted(one.platforms.items(), key=lambda pair: -pair[1])[:3]
        parts += [f"{said.platform(name)} {words.count(many)}" for name, many in most]
        return Column(one.day, one.views, SEPARATOR.join(parts))
