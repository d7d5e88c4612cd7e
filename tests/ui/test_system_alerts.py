"""The view of alerts: what goes on, rules, quiet hours, targets; over a service in memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.alerts import Alert, AlertId, AlertLevel, AlertRule, Target
from app.domain.errors import AppError, NotFound, Unavailable
from app.domain.events import AlertChanged, SettingsChanged
from app.domain.settings_sections import Monitoring
from app.runtime.bus import EventBus
from app.services.monitoring.alerts.quiet import QuietHours, quiet_hours
from app.services.monitoring.alerts.rules import LIMITS, rules_of
from app.services.monitoring.alerts.telling import Telling
from app.services.phrases import Phrases
from tests.fakes.services import running_bridge
from tests.ui.frame import focused, spin, theme, until
from ui.pages.system.alerts_model import AlertsModel
from ui.pages.system.alerts_rows import place_of
from ui.pages.system.alerts_view import AlertsView
from ui.words import SEPARATOR

FULL = Alert(AlertId("a"), "disk_full", "/films", AlertLevel.BAD, 1_700_000_000.0,
             args={"name": "/films", "percent": 93, "free": 70 * 10**9})  # fmt: skip
SLOW = Alert(AlertId("b"), "pipeline_slow", "p7", AlertLevel.WARN, 1_700_000_500.0,
             args={"title": "Lighthouses", "project": "p7"})  # fmt: skip
OVER = replace(FULL, id=AlertId("c"), ended=1_700_003_600.0)


@dataclass
class FakeAlerts:
    """Keeps what it is told."""

    going: list[Alert] = field(default_factory=list)
    past: list[Alert] = field(default_factory=list)
    wanted: Monitoring = field(default_factory=Monitoring)
    where: list[Target] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    error: AppError | None = None
    bus: EventBus | None = None
    telling: Telling = field(default_factory=lambda: Telling(Phrases(lambda: "en")))

    def active(self) -> tuple[Alert, ...]:
        return tuple(self.going)

    async def recent(self, most: int = 200) -> tuple[Alert, ...]:
        self._check()
        return tuple(self.past[:most])

    def rules(self) -> tuple[AlertRule, ...]:
        return rules_of(self.wanted)

    def targets(self) -> tuple[Target, ...]:
        return tuple(self.where)

    def quiet(self) -> QuietHours | None:
        return quiet_hours(self.wanted.quiet_from, self.wanted.quiet_to)

    def text(self, alert: Alert) -> tuple[str, str]:
        return self.telling.text(alert)

    def name_of(self, rule: str) -> str:
        return self.telling.rule(rule)

    async def close(self, alert: AlertId) -> None:
        self._check()
        self.going = [replace(one, seen=one.seen or one.id == alert) for one in self.going]

    async def try_target(self, plugin: str) -> None:
        self._check()
        self.tried.append(plugin)

    async def switch_target(self, plugin: str, *, on: bool) -> None:
        self.where = [replace(one, on=on) if one.plugin == plugin else one for one in self.where]

    async def switch_rule(self, rule: str, *, on: bool) -> None:
        self._check()
        off = {one for one in self.wanted.alerts_off.split(",") if one}
        off = off - {rule} if on else off | {rule}
        self.wanted = replace(self.wanted, alerts_off=",".join(sorted(off)))

    async def set_limit(self, rule: str, value: int) -> None:
        self.wanted = replace(self.wanted, **{LIMITS[rule]: value})  # type: ignore[arg-type]  # numbers all

    async def set_quiet(self, begin: str, end: str) -> None:
        self.wanted = replace(self.wanted, quiet_from=begin, quiet_to=end)

    def _check(self) -> None:
        if self.error is not None:
            raise self.error


@dataclass
class World:
    view: AlertsView
    model: AlertsModel
    alerts: FakeAlerts
    bus: EventBus
    opened: list[tuple[str, object]] = field(default_factory=list)


@contextlib.contextmanager
def shown(alerts: FakeAlerts, *, wake: bool = True) -> Iterator[World]:
    look = theme()
    with running_bridge() as (bridge, bus):
        holder = QWidget()
        holder.resize(1100, 900)
        model = AlertsModel(bridge, alerts, holder)
        view = AlertsView(look, model, holder)
        view.resize(1100, 900)
        world = World(view, model, alerts, bus)
        view.open_wished.connect(lambda page, args: world.opened.append((page, args)))
        holder.show()
        holder.activateWindow()
        if wake:
            model.wake()
            until(lambda: model.found is not None or model.error is not None)
        spin()
        yield world
        holder.close()
        holder.deleteLater()
        spin()


def texts(world: World) -> str:
    return " | ".join(str(one.property("text")) for one in world.view.findChildren(QWidget)
                      if one.property("text") and not one.isHidden())  # fmt: skip


def key(code: Qt.Key) -> None:
    QTest.keyClick(focused(), code)
    spin(0.01)


def test_nothing_is_known_then_all_is_well() -> None:
    with shown(FakeAlerts(), wake=False) as world:
        assert world.view.stack.currentWidget() is world.view.busy
        world.model.wake()
        until(lambda: world.view.stack.currentWidget() is world.view.area)
        told = texts(world)
        assert "Nothing is wrong" in told
        assert "Nothing yet" in told
        assert "In this window, the tray and on the desktop" in told
        world.view.add.click()
        assert world.opened == [("settings", {"section": "plugins"})]


def test_what_goes_on_is_opened_and_closed_by_keys_alone() -> None:
    with shown(FakeAlerts([FULL, SLOW], [OVER])) as world:
        row = world.view.active_rows["a"]
        assert row.title.text() == "The disk /films is almost full"
        assert "93 % of it is taken" in row.text.text()
        assert SEPARATOR in row.text.text()
        assert len(world.view.past_rows) == 1
        assert world.view.past_rows[0].title.text() == "The disk /films has room again"
        world.view.focus_first()
        assert focused() is row.open
        key(Qt.Key.Key_Return)
        until(lambda: world.opened == [("system", {"view": "storage"})])
        key(Qt.Key.Key_Tab)
        assert focused() is row.close_button
        key(Qt.Key.Key_Return)
        until(lambda: world.view.active_rows["a"].shown.alert.seen)
        spin()
        assert world.view.active_rows["a"].close_button.isHidden()
        assert list(world.view.active_rows) == ["b", "a"]  # what was seen comes last
        assert world.view.isAncestorOf(focused())  # the focus is not lost


def test_it_follows_what_happens_only_while_somebody_looks() -> None:
    with shown(FakeAlerts()) as world:
        world.alerts.going.append(FULL)
        world.bus.publish(AlertChanged(FULL))
        until(lambda: "a" in world.view.active_rows)
        world.model.rest()
        world.alerts.going.clear()
        world.bus.publish(AlertChanged(OVER))
        spin(0.3)
        assert "a" in world.view.active_rows
        world.model.wake()
        until(lambda: not world.view.active_rows)


def test_rules_are_switched_and_limits_moved() -> None:
    with shown(FakeAlerts()) as world:
        disk, vpn = world.view.rule_rows["disk_full"], world.view.rule_rows["vpn_lost"]
        assert vpn.limit is None
        assert disk.limit is not None
        vpn.switch.setFocus()
        key(Qt.Key.Key_Return)
        until(lambda: world.alerts.wanted.alerts_off == "vpn_lost")
        disk.limit.changed.emit(85)
        until(lambda: world.alerts.wanted.disk_percent == 85)
        world.view.rule_rows["provider_down"].limit.changed.emit(30)  # type: ignore[union-attr]  # it has one
        until(lambda: world.alerts.wanted.provider_minutes == 30)
        until(lambda: world.model.found is not None
              and world.model.found.rules == rules_of(world.alerts.wanted))  # fmt: skip
        assert world.view.rule_rows["disk_full"] is disk  # the rows stay, and the focus in them
        world.alerts.error = NotFound("errors.alert_rule", name="x")
        failed: list[object] = []
        world.model.failed.connect(failed.append)
        vpn.switch.click()
        until(lambda: bool(failed))
        assert not vpn.switch.isChecked()  # it went back


def test_quiet_hours() -> None:
    with shown(FakeAlerts(wanted=Monitoring(quiet_from="22:15", quiet_to="06:30"))) as world:
        view = world.view
        assert (view.begin.value, view.end.value) == ("22:15", "06:30")
        view.begin.chosen.emit("")
        until(lambda: world.alerts.wanted.quiet_from == "")
        until(view.end.isHidden)
        view.begin.chosen.emit("23:00")
        until(lambda: world.alerts.wanted.quiet_from == "23:00")
        assert world.alerts.wanted.quiet_to in ("06:30", "07:00")
        until(lambda: not view.end.isHidden())
        view.end.chosen.emit("08:00")
        until(lambda: world.alerts.wanted.quiet_to == "08:00")


def test_targets_are_tried_and_switched() -> None:
    away = Target("mail", "E-mail", waiting=2, problem="errors.server_offline",
                  problem_args={"host": "smtp.example.org"})  # fmt: skip
    with shown(FakeAlerts(where=[Target("ntfy", "ntfy"), away])) as world:
        phone, mail = world.view.target_rows["ntfy"], world.view.target_rows["mail"]
        assert phone.text.text() == "Ready"
        assert "smtp.example.org" in mail.text.text()
        assert "2" in mail.text.text()
        phone.test.click()
        until(lambda: "was taken" in phone.text.text())
        assert world.alerts.tried == ["ntfy"]
        world.alerts.error = Unavailable("errors.server_offline", host="ntfy.example.org")
        phone.test.click()
        until(lambda: "ntfy.example.org" in phone.text.text())
        world.alerts.error = None
        phone.switch.click()
        until(lambda: not world.alerts.where[0].on)
        world.alerts.where.pop(0)
        world.bus.publish(SettingsChanged("monitoring"))
        until(lambda: list(world.view.target_rows) == ["mail"])
        world.view.add.click()  # it outlived the rows that went
        assert world.opened[-1][0] == "settings"


def test_a_failure_is_told_and_tried_again() -> None:
    with shown(FakeAlerts(error=Unavailable("errors.server_offline", host="x"))) as world:
        assert world.view.stack.currentWidget() is world.view.broken
        world.view.focus_first()
        world.alerts.error = None
        key(Qt.Key.Key_Return)
        until(lambda: world.view.stack.currentWidget() is world.view.area)


def test_everything_has_a_place() -> None:
    for rule in rules_of(Monitoring()):
        alert = Alert(AlertId("x"), rule.name, "s", rule.level, 1.0)
        assert place_of(alert)[0] in {"system", "downloads", "settings", "studio", "publishing"}
    assert place_of(SLOW) == ("studio", {"project": "p7"})
    sign_in = Alert(AlertId("x"), "sign_in", "s", AlertLevel.WARN, 1.0, args={"page": "settings"})
    assert place_of(sign_in) == ("settings", {"section": "plugins"})
