"""Alerts: what goes on now, where one is told, when it is quiet, what is watched, what was."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.messages import sentence
from ui.pages.system.alerts_model import AlertsModel, Found, Shown
from ui.pages.system.alerts_rows import ActiveRow, PastRow, RuleRow, TargetRow
from ui.settings_form import Card, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChoiceChip
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.skeleton import Skeleton

MOST_SHOWN = 50
"""Alerts that are over and listed."""
USUAL_BEGIN, USUAL_END = "22:00", "07:00"
HALF_HOURS = tuple(f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in (0, 30))


class AlertsView(QWidget):
    """Its own states; that nothing is wrong is good news, and said so."""

    open_wished = Signal(str, object)
    """A page, and its arguments."""

    def __init__(self, theme: Theme, model: AlertsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.active_rows: dict[str, ActiveRow] = {}
        self.past_rows: list[PastRow] = []
        self.rule_rows: dict[str, RuleRow] = {}
        self.target_rows: dict[str, TargetRow] = {}
        self._active: tuple[Shown, ...] | None = None
        self._past: tuple[Shown, ...] | None = None
        self._targets: tuple[str, ...] | None = None
        self.busy = Skeleton(theme, "results")
        self.broken = EmptyState(
            theme, self.tr("The alerts cannot be shown now"), "", icon="triangle-alert"
        )
        self.broken.add_button(self.tr("Try again"), model.load, "main", "refresh-cw")
        self.now, self.told, self.quiet = Card(theme), Card(theme), Card(theme)
        self.watched, self.was = Card(theme), Card(theme)
        self.begin = self._time_chip(self.tr("Quiet from"), (self.tr("Never"), ""))
        self.end = self._time_chip(self.tr("Quiet until"))
        self.add = Button(theme, self.tr("Plugins"), "plain", "settings", parent=self)
        self.area = ScrollBody(theme)
        self.stack = QStackedWidget(self)
        for part in (self.busy, self.area, self.broken):
            self.stack.addWidget(part)
        self._lay_out()
        self.add.clicked.connect(
            lambda _on=False: self.open_wished.emit("settings", {"section": "plugins"})
        )
        self.begin.chosen.connect(self._on_begin_chosen)
        self.end.chosen.connect(self._on_end_chosen)
        model.changed.connect(self._show)
        model.tried.connect(self._on_tried)
        self._show()

    def focus_first(self) -> None:
        """What goes on, else the first rule."""
        if self.stack.currentWidget() is self.broken:
            self.broken.focus_first()
            return
        open_ones = [row.open for row in self.active_rows.values()]
        rules = [row.switch for row in self.rule_rows.values()]
        for widget in (*open_ones, *(row.test for row in self.target_rows.values()), *rules):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _lay_out(self) -> None:
        for title, card in (
            (self.tr("Now"), self.now),
            (self.tr("Where you are told"), self.told),
            (self.tr("Quiet hours"), self.quiet),
            (self.tr("What is watched"), self.watched),
            (self.tr("What was"), self.was),
        ):
            self.area.column.addWidget(Label(title, "section"))
            self.area.column.addWidget(card)
        self.area.column.addStretch(1)
        about = self.tr(
            "What comes in between is told at the end, in one message. What is serious is shown "
            "on this page at once, without a sound."
        )
        self.quiet.add(
            Row(self._theme, self.tr("No sound at night"), about, [self.begin, self.end])
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _time_chip(self, name: str, *first: tuple[str, object]) -> ChoiceChip:
        choices = [*first, *((at, at) for at in HALF_HOURS)]
        return ChoiceChip(self._theme, name, choices, lit=False, parent=self)

    def _show(self) -> None:
        model = self._model
        if model.found is None:
            if model.error is not None:
                title = self.tr("The alerts cannot be shown now")
                self.broken.set_texts(title, sentence(model.error))
            self.stack.setCurrentWidget(self.busy if model.error is None else self.broken)
            return
        had = self.isAncestorOf(self.focusWidget() or self.window())
        self._fill(model.found)
        self.stack.setCurrentWidget(self.area)
        if had and not self.isAncestorOf(self.focusWidget() or self.window()):
            self.focus_first()

    def _fill(self, found: Found) -> None:
        if found.active != self._active:
            self._active = found.active
            self._fill_now(found)
        if found.past != self._past:
            self._past = found.past
            self._fill_past(found)
        self._fill_targets(found)
        self._fill_rules(found)
        self._show_quiet(*found.quiet)

    def _fill_now(self, found: Found) -> None:
        self.now.clear()
        self.active_rows = {}
        for shown in sorted(found.active, key=lambda one: one.alert.seen):
            row = ActiveRow(self._theme, shown, self.now)
            row.open_wished.connect(self.open_wished)
            row.close_wished.connect(self._model.close_alert)
            self.active_rows[shown.alert.id] = row
            self.now.add(row)
        if not found.active:
            about = self.tr("You are told here when something is: once, and once when it is over.")
            self.now.add(Row(self._theme, self.tr("Nothing is wrong"), about, parent=self.now))

    def _fill_past(self, found: Found) -> None:
        self.was.clear()
        self.past_rows = [PastRow(self._theme, one, self.was) for one in found.past[:MOST_SHOWN]]
        for row in self.past_rows:
            self.was.add(row)
        if not self.past_rows:
            self.was.add(Row(self._theme, self.tr("Nothing yet"), parent=self.was))

    def _fill_targets(self, found: Found) -> None:
        plugins = tuple(target.plugin for target in found.targets)
        if plugins != self._targets:
            self._targets = plugins
            self.add.setParent(self)  # it is used again, and must outlive the row it was in
            self.told.clear()
            self.target_rows = {}
            for target in found.targets:
                row = TargetRow(self._theme, target, self.told)
                row.switched.connect(self._model.switch_target)
                row.test_wished.connect(self._model.try_target)
                self.target_rows[target.plugin] = row
                self.told.add(row)
            here = self.tr("In this window, the tray and on the desktop")
            about = self.tr("On a phone or by e-mail too: switch on ntfy or a Telegram bot among "
                            "the plugins, or name an address in an e-mail account.")  # fmt: skip
            self.told.add(Row(self._theme, here, about, [self.add], parent=self.told))
            self.add.show()
        for target in found.targets:
            trying = target.plugin in self._model.trying
            self.target_rows[target.plugin].show_target(target, trying=trying)

    def _fill_rules(self, found: Found) -> None:
        for rule, name in zip(found.rules, found.names, strict=True):
            if rule.name in self.rule_rows:
                self.rule_rows[rule.name].show_rule(rule)
                continue
            row = RuleRow(self._theme, rule, name, self.watched)
            row.switched.connect(self._model.switch_rule)
            row.limited.connect(self._model.set_limit)
            self.rule_rows[rule.name] = row
            self.watched.add(row)

    def _show_quiet(self, begin: str, end: str) -> None:
        for chip, at, first in (
            (self.begin, begin, [(self.tr("Never"), "")]),
            (self.end, end or USUAL_END, []),
        ):
            times = sorted({*HALF_HOURS, *([at] if at else [])})
            chip.set_choices([*first, *((one, one) for one in times)])
            chip.set_value(at)
        self.end.setVisible(bool(begin))

    def _on_begin_chosen(self, at: object) -> None:
        begin, end = str(at), str(self.end.value)
        if begin == end:
            end = USUAL_END if begin != USUAL_END else USUAL_BEGIN
        self._model.set_quiet(begin, end if begin else "")

    def _on_end_chosen(self, at: object) -> None:
        self._model.set_quiet(str(self.begin.value), str(at))

    def _on_tried(self, plugin: str, error: BaseException | None) -> None:
        row = self.target_rows.get(plugin)
        if row is not None:
            arrived = self.tr("The test was taken. Look whether it arrived.")
            text = arrived if error is None else sentence(error)
            row.show_result(text, "good" if error is None else "bad")
