"""Tells the owner once when something is wrong, and once when it is over."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from app.api.capabilities import Capability
from app.domain.alerts import Alert, AlertId, AlertRule, Target
from app.domain.errors import InvalidInput, NotFound
from app.domain.events import (
    DownloadsChanged,
    HealthChanged,
    MachineSampled,
    NoticeRaised,
    PluginStateChanged,
    ProviderAnswered,
    SettingsChanged,
    StudioChanged,
    StudioMoved,
)
from app.infra.database.engine import Database
from app.infra.wall_clock import WallClock
from app.runtime.bus import EventBus, Subscription
from app.runtime.supervisor import Supervisor
from app.services.monitoring.alerts.engine import REST, Reading, Turn
from app.services.monitoring.alerts.measures import Measures
from app.services.monitoring.alerts.quiet import QuietHours, quiet_hours, time_of
from app.services.monitoring.alerts.recording import Recorder
from app.services.monitoring.alerts.rules import LIMITS, NAMES, names, rules_of
from app.services.monitoring.alerts.sending import Clock, Sender, Tells
from app.services.monitoring.alerts.store import AlertStore
from app.services.monitoring.alerts.telling import AWAY, Telling
from app.services.monitoring.alerts.watch import Turned, Watch
from app.services.phrases import Phrases
from app.services.settings.service import SettingsService

E = TypeVar("E")
SECTION: Final = "monitoring"
SOONEST: Final = 0.001
MOST_RESTING: Final = 500


class AlertService:
    """Alerts. Lives on the service loop; `active`, `rules`, `targets` and `text` are safe anywhere.

    `ticking` is a clock that only goes forward: what lasts is measured by it.
    """

    def __init__(
        self,
        database: Database,
        bus: EventBus,
        settings: SettingsService,
        plugins: Tells,
        phrases: Phrases,
        *,
        clock: Clock | None = None,
        ticking: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bus, self._settings, self._plugins = bus, settings, plugins
        self._clock, self._ticking = clock or WallClock(), ticking
        self._store = AlertStore(database)
        self._telling = Telling(phrases)
        self._sender = Sender(self._store, plugins, self._clock, self.quiet)
        self._recorder = Recorder(
            bus, self._store, self._sender, self._telling, self._clock, self._on, self.quiet
        )
        self._measures = Measures(plugins.name_of)
        self._rules: dict[str, AlertRule] = {}
        self._watch = Watch(())
        self._scope = Supervisor("alerts")
        self._ears: list[Subscription] = []
        self._timer: asyncio.TimerHandle | None = None
        self._off: frozenset[str] = frozenset()
        self._stopped = False
        self._read_settings()

    async def start(self) -> None:
        """Take up what went on, and listen."""
        now, today = self._ticking(), self._clock.now()
        self._read_settings()
        for alert in await self._store.recent(MOST_RESTING):
            if today - alert.since < REST:
                self._watch.rest((alert.rule, alert.subject), now, today - alert.since)
        for alert in await self._recorder.start():
            rule = self._rules.get(alert.rule)
            if rule is None:  # of a station that had other rules
                gone = Reading(alert.rule, alert.subject, 0.0, now, gone=True)
                self._recorder.take(Turned(gone, Turn.ENDED, silent=True), alert.level)
            else:
                reading = self._measures.restore(alert, rule, now)
                self._watch.restore((rule.name, alert.subject), reading, today - alert.since)
        await self._sender.start()
        self._listen()
        self._turn(self._watch.set_rules(self._rules.values(), now))

    async def stop(self) -> None:
        """End; what has to be told still is told after the next start."""
        self._stopped = True
        for ear in self._ears:
            ear.close()
        if self._timer is not None:
            self._timer.cancel()
        await self._scope.close()
        await self._recorder.stop()
        await self._sender.stop()

    def active(self) -> tuple[Alert, ...]:
        """What goes on, oldest first; those the owner closed too."""
        return self._recorder.active()

    async def recent(self, most: int = 200) -> tuple[Alert, ...]:
        """What is over, the latest first."""
        return await self._store.recent(most)

    def rules(self) -> tuple[AlertRule, ...]:
        """The rules with their limits, in the order they are shown."""
        return tuple(self._rules[name] for name in NAMES)

    async def close(self, alert: AlertId) -> None:
        """The owner has seen it: it is marked nowhere any more. `NotFound` when it is over."""
        await self._recorder.close(alert)

    def text(self, alert: Alert) -> tuple[str, str]:
        """Title and body of an alert, in the owner's language; of its end, once it is over."""
        return self._telling.text(alert)

    def name_of(self, rule: str) -> str:
        """What a rule is called, in the owner's language."""
        return self._telling.rule(rule)

    def quiet(self) -> QuietHours | None:
        """The quiet hours; None when there are none."""
        wanted = self._settings.current.monitoring
        return quiet_hours(wanted.quiet_from, wanted.quiet_to)

    def targets(self) -> tuple[Target, ...]:
        """Where alerts can be sent, by name."""
        found = []
        for plugin in self._plugins.offering(Capability.NOTIFIES):
            problem, args = self._sender.problem(plugin)
            name, waiting = self._plugins.name_of(plugin), self._sender.waiting(plugin)
            found.append(Target(plugin, name, plugin not in self._off, waiting, problem, args))
        return tuple(sorted(found, key=lambda one: one.name.casefold()))

    async def try_target(self, plugin: str) -> None:
        """Send a test; what goes wrong is raised."""
        if plugin not in self._plugins.offering(Capability.NOTIFIES):
            raise NotFound("errors.plugin_off", plugin=self._plugins.name_of(plugin))
        await self._sender.send(plugin, self._telling.test(self._clock.now()))

    async def switch_target(self, plugin: str, *, on: bool) -> None:
        """Send alerts to a target, or none any more: what waits for it is dropped then."""
        off = self._off - {plugin} if on else self._off | {plugin}
        await self._settings.set(SECTION, "targets_off", ",".join(sorted(off)))

    async def switch_rule(self, rule: str, *, on: bool) -> None:
        """Watch for something, or not: an alert that goes on ends then, and nobody is told."""
        if rule not in self._rules:
            raise NotFound("errors.alert_rule", name=rule)
        off = names(self._settings.current.monitoring.alerts_off)
        off = off - {rule} if on else off | {rule}
        await self._settings.set(SECTION, "alerts_off", ",".join(sorted(off)))

    async def set_limit(self, rule: str, value: int) -> None:
        """Change the limit of a rule, in the unit of its setting. `InvalidInput` out of range."""
        if rule not in LIMITS:
            raise NotFound("errors.alert_rule", name=rule)
        await self._settings.set(SECTION, LIMITS[rule], value)

    async def set_quiet(self, begin: str, end: str) -> None:
        """Change the quiet hours; both empty: none. `InvalidInput` for what is no time."""
        times = []
        for told in (begin, end):
            at = time_of(told)
            if at is None and told.strip():
                raise InvalidInput("errors.not_a_time", time=told.strip()[:20])
            times.append("" if at is None else f"{at:%H:%M}")
        await self._settings.set(SECTION, "quiet_from", times[0])
        await self._settings.set(SECTION, "quiet_to", times[1])

    def look(self) -> None:
        """Look at what has ripened; a timer does it at the right time."""
        self._timer = None
        now = self._ticking()
        readings = self._measures.look(now) if _due(self._measures.next_look(), now) else []
        self._turn(self._watch.feed(readings, now) + self._watch.look(now))

    def _read_settings(self) -> None:
        wanted = self._settings.current.monitoring
        self._rules = {rule.name: rule for rule in rules_of(wanted)}
        self._off = names(wanted.targets_off)

    def _on(self) -> tuple[str, ...]:
        """The targets messages go to."""
        found = self._plugins.offering(Capability.NOTIFIES)
        return tuple(plugin for plugin in found if plugin not in self._off)

    def _listen(self) -> None:
        measures = self._measures
        self._hear(MachineSampled, lambda told, now: measures.machine(told.snapshot, now))
        self._hear(ProviderAnswered, measures.answered)
        self._hear(HealthChanged, lambda told, now: measures.health(told.checks, now))
        self._hear(DownloadsChanged, lambda told, now: measures.vpn(told.traffic.vpn, now))
        self._hear(StudioMoved, lambda told, now: measures.studio(told.card, now))
        self._hear(StudioChanged, self._on_studio_changed)
        self._hear(PluginStateChanged, self._on_plugin_state_changed)
        self._hear(SettingsChanged, self._on_settings_changed)
        self._hear(NoticeRaised, self._on_notice_raised)

    def _hear(self, event: type[E], measure: Callable[[E, float], Iterable[Reading]]) -> None:
        """Feed what an event says, on the service loop, whoever published it."""
        loop = asyncio.get_running_loop()

        def take(told: E) -> None:
            if self._stopped:
                return
            now = self._ticking()
            self._turn(self._watch.feed(measure(told, now), now))

        self._ears.append(self._bus.on(event, lambda told: _give(loop, take, told)))

    def _turn(self, turned: Iterable[Turned]) -> None:
        for one in turned:
            self._recorder.take(one, self._rules[one.reading.rule].level)
        self._rearm()

    def _rearm(self) -> None:
        """Wake when something ripens by itself: never otherwise."""
        times = [one for one in (self._watch.due, self._measures.next_look()) if one is not None]
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if times:
            pause = max(SOONEST, min(times) - self._ticking())
            self._timer = asyncio.get_running_loop().call_later(pause, self.look)

    def _on_studio_changed(self, told: StudioChanged, now: float) -> list[Reading]:
        if told.card is None:
            return self._measures.project_over(told.project, now, removed=True)
        return self._measures.studio(told.card, now)

    def _on_plugin_state_changed(self, told: PluginStateChanged, now: float) -> list[Reading]:
        if told.enabled:
            self._scope.spawn(self._sender.hurry(), "hurry")
            return []
        if told.reason is None:  # by the owner: one that failed may come back
            self._scope.spawn(self._sender.forget(told.plugin), "forget")
        return self._measures.plugin_off(told.plugin, now)

    def _on_settings_changed(self, told: SettingsChanged, now: float) -> list[Reading]:
        if told.section == "plugins":
            self._scope.spawn(self._sender.hurry(), "hurry")
        if told.section != SECTION:
            return []
        before = self._off
        self._read_settings()
        for plugin in self._off - before:
            self._scope.spawn(self._sender.forget(plugin), "forget")
        self._recorder.look()
        self._sender.look()
        self._turn(self._watch.set_rules(self._rules.values(), now))
        return []

    def _on_notice_raised(self, told: NoticeRaised, _now: float) -> list[Reading]:
        if told.key in AWAY:
            self._recorder.tell(self._telling.away(told.key, told.args, self._clock.now()))
        return []


def _give(loop: asyncio.AbstractEventLoop, take: Callable[[E], None], told: E) -> None:
    """On the loop's own thread nobody is woken for it: each second of the machine comes here."""
    with contextlib.suppress(RuntimeError):  # in another thread none runs
        if asyncio.get_running_loop() is loop:
            loop.call_soon(take, told)
            return
    if not loop.is_closed():
        loop.call_soon_threadsafe(take, told)


def _due(moment: float | None, now: float) -> bool:
    return moment is not None and moment <= now
