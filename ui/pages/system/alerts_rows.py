"""The rows of the view of alerts: one that goes on, one that was, a rule, a target."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QWidget

from app.domain.alerts import Alert, AlertLevel, AlertRule, Target
from app.domain.options import Option
from app.domain.settings import OPTIONS
from app.services.monitoring.alerts.rules import LIMITS, MINUTE
from ui import settings_words, words
from ui.messages import told
from ui.pages.system.alerts_model import Shown
from ui.settings_form import Control, Row, RowWords, make_control
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.switch import Switch
from ui.words import SEPARATOR

PLACES = {
    "disk_full": ("system", {"view": "storage"}),
    "storage": ("system", {"view": "storage"}),
    "temperature": ("system", {"view": "overview"}),
    "vpn_lost": ("downloads", {}),
    "backup_failed": ("system", {"view": "nights"}),
    "provider_down": ("settings", {"section": "plugins"}),
    "error_rate": ("system", {"view": "log"}),
    "render_queue": ("studio", {}),
}
"""Where something is mended."""


def place_of(alert: Alert) -> tuple[str, dict[str, object]]:
    """The page, and its arguments, where what an alert tells is mended."""
    if alert.rule == "pipeline_slow":
        return "studio", {"project": str(alert.args.get("project", alert.subject))}
    if alert.rule == "sign_in":
        page = str(alert.args.get("page") or "publishing")
        return page, {"section": "plugins"} if page == "settings" else {}
    page, args = PLACES.get(alert.rule, ("system", {}))
    return page, dict(args)


def moment(at: float) -> str:
    """When it was: the time alone for today."""
    then = QDateTime.fromSecsSinceEpoch(int(at))
    clock = QLocale().toString(then.time(), QLocale.FormatType.ShortFormat)
    if then.date() == QDateTime.currentDateTime().date():
        return clock
    day = QLocale().toString(then.date(), QLocale.FormatType.ShortFormat)
    return f"{day} {clock}"


class ActiveRow(Row):
    """Something that goes on: what it is, since when, what to do."""

    open_wished = Signal(str, object)
    close_wished = Signal(str)

    def __init__(self, theme: Theme, shown: Shown, parent: QWidget) -> None:
        self.shown = shown
        self.open = Button(theme, "", "plain", parent=parent)
        self.close_button = Button(theme, "", "ghost", parent=parent)
        super().__init__(theme, shown.title, "", [self.open, self.close_button], "", parent)
        alert = shown.alert
        self.open.setText(self.tr("Open"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setVisible(not alert.seen)
        for button in (self.open, self.close_button):
            button.setAccessibleName(f"{button.text()}: {shown.title}")
        self.title.set_tone("bad" if alert.level is AlertLevel.BAD else "warn")
        since = self.tr("Since {time}").format(time=moment(alert.since))
        lasts = words.duration(max(60.0, time.time() - alert.since))
        parts = [self._level(alert), since, lasts]
        if alert.seen:
            parts.append(self.tr("closed by you"))
        self.set_text(f"{shown.text}\n{SEPARATOR.join(parts)}")
        self.open.clicked.connect(lambda _on=False: self.open_wished.emit(*place_of(alert)))
        self.close_button.clicked.connect(lambda _on=False: self.close_wished.emit(alert.id))

    def _level(self, alert: Alert) -> str:
        return self.tr("Serious") if alert.level is AlertLevel.BAD else self.tr("Worth a look")


class PastRow(Row):
    """Something that is over."""

    def __init__(self, theme: Theme, shown: Shown, parent: QWidget) -> None:
        super().__init__(theme, shown.title, "", parent=parent)
        alert = shown.alert
        end = moment(alert.ended or alert.since)
        span = self.tr("{begin} to {end}").format(begin=moment(alert.since), end=end)
        self.set_text(SEPARATOR.join((span, shown.text)))


class RuleRow(Row):
    """A rule: what is watched, its limit when it has one, and its switch."""

    switched = Signal(str, bool)
    limited = Signal(str, int)

    def __init__(self, theme: Theme, rule: AlertRule, name: str, parent: QWidget) -> None:
        self.rule = rule.name
        self.switch = Switch(theme, rule.enabled, name, parent)
        option = limit_option(rule.name)
        self.limit: Control | None = None
        tail: list[QWidget] = []
        help_text = ""
        if option is not None:
            help_text = settings_words.help_text(option)
            said = RowWords(name, help_text, amount=partial(settings_words.amount, option))
            self.limit = make_control(theme, option, said)
            self.limit.changed.connect(self._on_limited)
            tail.append(self.limit)
        super().__init__(theme, name, help_text, [*tail, self.switch], "", parent)
        self.switch.switched.connect(lambda on: self.switched.emit(self.rule, on))
        self.show_rule(rule)

    def show_rule(self, rule: AlertRule) -> None:
        """Show how it is set."""
        self.switch.set_on(rule.enabled)
        if self.limit is not None:
            per = MINUTE if LIMITS[rule.name].endswith("_minutes") else 1
            self.limit.set_value(round(rule.limit / per))
            self.limit.setEnabled(rule.enabled)

    def _on_limited(self, value: object) -> None:
        self.limited.emit(self.rule, int(str(value)))


def limit_option(rule: str) -> Option | None:
    """The setting that is the limit of a rule; None when it has none."""
    return OPTIONS["monitoring"][LIMITS[rule]] if rule in LIMITS else None


class TargetRow(Row):
    """Where alerts are sent: how it goes there, a test, and its switch."""

    switched = Signal(str, bool)
    test_wished = Signal(str)

    def __init__(self, theme: Theme, target: Target, parent: QWidget) -> None:
        self.plugin = target.plugin
        self.test = Button(theme, "", "plain", "send", parent=parent)
        self.switch = Switch(theme, target.on, target.name, parent)
        super().__init__(theme, target.name, "", [self.test, self.switch], "", parent)
        self.test.setText(self.tr("Send a test"))
        self.test.setAccessibleName(f"{self.test.text()}: {target.name}")
        self.result, self._tone, self._problem = "", "", target.problem
        self.test.clicked.connect(lambda _on=False: self.test_wished.emit(self.plugin))
        self.switch.switched.connect(lambda on: self.switched.emit(self.plugin, on))
        self.show_target(target, trying=False)

    def show_target(self, target: Target, *, trying: bool) -> None:
        """Show how it goes."""
        self.switch.set_on(target.on)
        self.test.set_busy(trying)
        if trying or target.problem != self._problem:
            self.result, self._problem = "", target.problem
        if self.result:
            self.set_text(self.result, self._tone)
            return
        if not target.on:
            self.set_text(self.tr("Nothing is sent there"))
        elif target.problem:
            parts = [told(target.problem, target.problem_args)]
            if target.waiting:
                parts.append(self.tr("%n message(s) wait.", "", target.waiting))
            self.set_text(" ".join(parts), "warn")
        elif target.waiting:
            self.set_text(self.tr("%n message(s) on the way", "", target.waiting))
        else:
            self.set_text(self.tr("Ready"))

    def show_result(self, text: str, tone: str) -> None:
        """Show how a test went, until something else is to be said."""
        self.result, self._tone = text, tone
        self.set_text(text, tone)
