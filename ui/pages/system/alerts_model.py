"""What the view of alerts knows: what goes on, what was, the rules, and where one is told."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.alerts import Alert, AlertId, AlertRule, Target
from app.domain.events import AlertChanged, PluginStateChanged, SettingsChanged
from app.services.monitoring.alerts.quiet import QuietHours
from ui.bridge import Bridge, Call

SETTLE_MS = 150
"""Many changes at once are looked at together."""
MOST_PAST = 100


class AlertsPort(Protocol):
    """What is asked of the alert service."""

    def active(self) -> tuple[Alert, ...]:
        """What goes on."""

    def recent(self, most: int = 200) -> Coroutine[Any, Any, tuple[Alert, ...]]:
        """Return what is over, the latest first."""

    def rules(self) -> tuple[AlertRule, ...]:
        """The rules, in their order."""

    def targets(self) -> tuple[Target, ...]:
        """Where alerts can be sent."""

    def quiet(self) -> QuietHours | None:
        """The quiet hours."""

    def text(self, alert: Alert) -> tuple[str, str]:
        """Title and body."""

    def name_of(self, rule: str) -> str:
        """What a rule is called."""

    def close(self, alert: AlertId) -> Coroutine[Any, Any, None]:
        """The owner has seen it."""

    def try_target(self, plugin: str) -> Coroutine[Any, Any, None]:
        """Send a test."""

    def switch_target(self, plugin: str, *, on: bool) -> Coroutine[Any, Any, None]:
        """Send alerts there, or none."""

    def switch_rule(self, rule: str, *, on: bool) -> Coroutine[Any, Any, None]:
        """Watch for something, or not."""

    def set_limit(self, rule: str, value: int) -> Coroutine[Any, Any, None]:
        """Change a limit, in the unit of its setting."""

    def set_quiet(self, begin: str, end: str) -> Coroutine[Any, Any, None]:
        """Change the quiet hours."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert in words."""

    alert: Alert
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """Everything the view shows. `names` are those of the rules."""

    active: tuple[Shown, ...] = ()
    past: tuple[Shown, ...] = ()
    rules: tuple[AlertRule, ...] = ()
    names: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    quiet: tuple[str, str] = ("", "")


class AlertsModel(QObject):
    """Keeps it true while somebody looks."""

    changed = Signal()
    failed = Signal(object)
    tried = Signal(str, object)
    """A test was sent to a plugin: None when it arrived, else what went wrong."""

    def __init__(self, bridge: Bridge, service: AlertsPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._service = bridge, service
        self.found: Found | None = None
        """None while nothing is known."""
        self.error: BaseException | None = None
        self.trying: frozenset[str] = frozenset()
        """Targets a test is on its way to."""
        self._awake = False
        self._loading: Call | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)
        bridge.on(AlertChanged, self._on_changed, self)
        bridge.on(PluginStateChanged, self._on_changed, self)
        bridge.on(SettingsChanged, self._on_changed, self)

    def wake(self) -> None:
        """Somebody looks."""
        self._awake = True
        self.load()

    def rest(self) -> None:
        """Nobody looks any more."""
        self._awake = False
        self._settle.stop()

    def load(self) -> None:
        """Ask for everything again."""
        if self._loading is None:
            self._loading = self._bridge.call(self._ask(), self._on_found, self._on_failed, self)
        else:
            self._settle.start()

    def close_alert(self, alert: AlertId) -> None:
        """The owner has seen one."""
        self._wish(self._service.close(alert))

    def try_target(self, plugin: str) -> None:
        """Send a test."""
        if plugin in self.trying:
            return
        self.trying |= {plugin}
        self.changed.emit()
        self._bridge.call(
            self._service.try_target(plugin),
            lambda _none: self._on_tried(plugin, None),
            lambda error: self._on_tried(plugin, error),
            self,
        )

    def switch_target(self, plugin: str, on: bool) -> None:
        """Send alerts there, or none."""
        self._wish(self._service.switch_target(plugin, on=on))

    def switch_rule(self, rule: str, on: bool) -> None:
        """Watch for something, or not."""
        self._wish(self._service.switch_rule(rule, on=on))

    def set_limit(self, rule: str, value: int) -> None:
        """Change a limit."""
        self._wish(self._service.set_limit(rule, value))

    def set_quiet(self, begin: str, end: str) -> None:
        """Change the quiet hours; both empty: none."""
        self._wish(self._service.set_quiet(begin, end))

    async def _ask(self) -> Found:
        service = self._service
        past = await service.recent(MOST_PAST)
        rules, quiet = service.rules(), service.quiet()
        return Found(
            self._told(service.active()), self._told(past), rules,
            tuple(service.name_of(rule.name) for rule in rules), service.targets(),
            ("", "") if quiet is None else (f"{quiet.begin:%H:%M}", f"{quiet.end:%H:%M}"),
        )  # fmt: skip

    def _told(self, alerts: Sequence[Alert]) -> tuple[Shown, ...]:
        return tuple(Shown(one, *self._service.text(one)) for one in alerts)

    def _wish(self, coro: Coroutine[Any, Any, None]) -> None:
        self._bridge.call(coro, lambda _none: self.load(), self._on_wish_failed, self)

    def _on_found(self, found: Found) -> None:
        self._loading, self.error = None, None
        if found != self.found:
            self.found = found
            self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._loading, self.error = None, error
        self.changed.emit()

    def _on_wish_failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        self.changed.emit()  # what was moved goes back
        self.load()

    def _on_tried(self, plugin: str, error: BaseException | None) -> None:
        self.trying -= {plugin}
        self.tried.emit(plugin, error)
        self.changed.emit()
        self.load()

    def _on_changed(self, event: AlertChanged | PluginStateChanged | SettingsChanged) -> None:
        told = not isinstance(event, SettingsChanged) or event.section in ("monitoring", "plugins")
        if self._awake and told and not self._settle.isActive():
            self._settle.start()
