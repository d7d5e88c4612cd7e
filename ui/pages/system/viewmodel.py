"""What the System page knows: the machine of this second, how every part is, and what is wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.alerts import Alert
from app.domain.events import AlertChanged, HealthChanged, MachineSampled
from app.domain.health import Health, HealthState
from app.domain.monitoring import DiskUse, LinkUse, Machine, Snapshot
from app.runtime.bus import Subscription
from ui.bridge import Bridge, Call
from ui.pages.system.ports import AlertsPort, HealthPort, MonitoringPort

PROGRESS_MS = 400
RANK = {HealthState.BAD: 0, HealthState.WARN: 1, HealthState.GOOD: 2, HealthState.OFF: 3}


class SystemViewModel(QObject):
    """Listens to the machine only between `wake` and `rest`."""

    sampled = Signal()
    """`now` is another second, or the machine became known."""
    health_changed = Signal()
    alerts_changed = Signal(int)
    checking_changed = Signal()
    failed = Signal(object)
    """A wish failed; what cannot be shown at all is `error`."""
    error_changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        monitoring: MonitoringPort,
        health: HealthPort,
        alerts: AlertsPort,
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._monitoring = bridge, monitoring
        self._health, self._alerts, self.clock = health, alerts, clock
        self.machine: Machine | None = None
        self.now: Snapshot | None = None
        self.checks: tuple[Health, ...] = ()
        self.alerts: tuple[Alert, ...] = ()
        self.error: BaseException | None = None
        self.checking = ""
        """The part that is being looked at, "*" for all of them, "" for none."""
        self.looked = 0.0
        """How much of a look at everything is done, 0..1."""
        self._fastest = 0.0
        self._begun = 0.0
        self._listening: Subscription | None = None
        self._calls: dict[str, Call] = {}
        self._progress = QTimer(self, interval=PROGRESS_MS)
        self._progress.timeout.connect(self._ask_progress)
        bridge.on(HealthChanged, self._on_health_changed, self)
        bridge.on(AlertChanged, self._on_alert_changed, self)
        self._ask_alerts()

    @property
    def awake(self) -> bool:
        """Whether somebody looks."""
        return self._listening is not None

    def wake(self) -> None:
        """Somebody looks: follow the machine."""
        if self._listening is None:
            self._listening = self._bridge.on(MachineSampled, self._on_sampled, self)
            self.load()

    def rest(self) -> None:
        """Nobody looks: hear nothing of it."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        self._progress.stop()

    def load(self) -> None:
        """Ask for all there is now."""
        self._call("first", self._first, self._on_first, self._on_failed)
        if self.checking:
            self._progress.start()

    def check(self, part: str = "") -> None:
        """Look now, at one part or at all of them."""
        if self.checking:
            return
        self.checking, self.looked, self._begun = part or "*", 0.0, self.clock()
        if not part:
            self._progress.start()
        self.checking_changed.emit()
        self._calls["check"] = self._bridge.call(
            self._health.run(part), self._on_checked, self._on_check_failed, self
        )

    @property
    def sorted_checks(self) -> tuple[Health, ...]:
        """What needs the owner first, what is off last, each in the order of the service."""
        return tuple(sorted(self.checks, key=lambda one: RANK[one.state]))

    @property
    def media_disk(self) -> DiskUse | None:
        """The fullest disk films lie on; where none is known, the station's own."""
        disks = self.now.disks if self.now is not None else ()
        media = [one for one in disks if one.media] or [one for one in disks if one.system]
        return max(media or disks, key=lambda one: one.ratio, default=None)

    @property
    def link(self) -> LinkUse | None:
        """The busiest network, of those that are up."""
        links = [one for one in (self.now.links if self.now is not None else ()) if one.up]
        return max(links, key=lambda one: one.received + one.sent, default=None)

    @property
    def link_ratio(self) -> float:
        """How much of the busiest network is in use, 0..1.

        Where nobody knows what it can carry, of the most that was seen.
        """
        link = self.link
        if link is None:
            return 0.0
        most = link.speed / 8 if link.speed > 0 else self._fastest
        return min(1.0, max(link.received, link.sent) / most) if most > 0 else 0.0

    async def _first(self) -> tuple[Machine, Snapshot | None, tuple[Health, ...]]:
        monitoring = self._monitoring
        return monitoring.machine, monitoring.now, self._health.checks()

    def _on_first(self, found: tuple[Machine, Snapshot | None, tuple[Health, ...]]) -> None:
        self.machine, now, self.checks = found
        had, self.error = self.error, None
        if now is not None:
            self._take(now)
        if had is not None:
            self.error_changed.emit()
        self.sampled.emit()
        self.health_changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.error = error
        self.error_changed.emit()

    def _on_sampled(self, event: MachineSampled) -> None:
        self._take(event.snapshot)
        self.sampled.emit()

    def _take(self, now: Snapshot) -> None:
        self.now = now
        for link in now.links:
            self._fastest = max(self._fastest, link.received, link.sent)

    def _on_health_changed(self, event: HealthChanged) -> None:
        new = {one.part: one for one in event.checks}
        if self.awake and not new.keys() <= {one.part for one in self.checks}:
            self._ask_checks()  # a part that came: the service knows its place
            return
        self.checks = tuple(new.get(one.part, one) for one in self.checks)
        self.health_changed.emit()

    def _on_alert_changed(self, _event: AlertChanged) -> None:
        self._ask_alerts()

    def _ask_alerts(self) -> None:
        async def ask() -> tuple[Alert, ...]:
            return self._alerts.active()

        self._call("alerts", ask, self._on_alerts, lambda _error: None)

    def _on_alerts(self, alerts: tuple[Alert, ...]) -> None:
        self.alerts = alerts
        self.alerts_changed.emit(len(alerts))

    def _ask_checks(self) -> None:
        async def ask() -> tuple[Health, ...]:
            return self._health.checks()

        self._call("checks", ask, self._on_checks, lambda _error: None)

    def _on_checks(self, checks: tuple[Health, ...]) -> None:
        self.checks = checks
        if self.checking == "*" and checks:
            self.looked = sum(one.at >= self._begun for one in checks) / len(checks)
            self.checking_changed.emit()
        self.health_changed.emit()

    def _ask_progress(self) -> None:
        self._ask_checks()

    def _on_checked(self, _checks: tuple[Health, ...]) -> None:
        self._end_check()

    def _on_check_failed(self, error: BaseException) -> None:
        self._end_check()
        self.failed.emit(error)

    def _end_check(self) -> None:
        self._progress.stop()
        self.checking = ""
        self.checking_changed.emit()
        self._ask_checks()

    def _call(
        self,
        name: str,
        ask: Callable[[], Coroutine[Any, Any, Any]],
        done: Callable[..., None],
        failed: Callable[[BaseException], None],
    ) -> None:
        before = self._calls.get(name)
        if before is not None:
            before.cancel()
        self._calls[name] = self._bridge.call(ask(), done, failed, self)
