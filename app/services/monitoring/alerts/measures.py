"""Makes measured values out of what the station announces: a rule, its subject, a value. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from app.domain.alerts import Alert, AlertRule
from app.domain.downloads import Vpn, VpnState
from app.domain.events import ProviderAnswered
from app.domain.health import Health, HealthState
from app.domain.monitoring import Snapshot
from app.domain.project import ProjectId, ProjectState
from app.domain.studio import ProjectCard
from app.services.monitoring.alerts.engine import Reading
from app.services.monitoring.answers import CHATTER
from app.services.monitoring.checks.providers import NEEDS

WINDOW: Final = 600.0
AWAY_SECONDS: Final = 60.0
"""Seconds after which a disk that is not seen is gone."""
FEWEST: Final = 20
"""An error rate is one from so many answers in the window on."""
MOST_ANSWERS: Final = 5_000
LOOK_EACH: Final = 15.0
"""Seconds between two looks at answers that become old."""
MOST_PLUGINS: Final = 500
PROVIDER: Final = "provider:"
PARTS: Final = MappingProxyType({"vpn": "vpn_lost", "backup": "backup_failed"})
"""Parts that have a rule of their own."""
SIGNS_IN: Final = (PROVIDER, "account:")
"""Parts of the station the owner signs in to."""
UNKNOWN: Final = "health.not_looked_at"
SILENT: Final = "health.silent"
ANSWERED: Final = frozenset(NEEDS) | {"errors.plugin_off"}
"""Failures that do not say that nobody answers."""
FAILURES: Final = 3
"""From so many on a silence is one, and no accident."""


@dataclass(slots=True)
class _Silence:
    """Since when a provider gave no good answer, and how often it was asked since."""

    since: float
    failures: int = 0


@dataclass(slots=True)
class _Work:
    """How long the Studio has worked on a project, and since when it does now."""

    done: float = 0.0
    since: float | None = None
    title: str = ""


@dataclass(slots=True)
class _Answers:
    """The answers of a provider in the window, and how many of them were failures.

    Until `held`, few answers say nothing: there were more before the station started.
    """

    all: deque[tuple[float, bool]] = field(default_factory=lambda: deque(maxlen=MOST_ANSWERS))
    failed: int = 0
    held: float = 0.0


class Measures:
    """Remembers what a value is made of. All times are of a clock that only goes forward."""

    def __init__(self, called: Callable[[str], str]) -> None:
        self._called = called  # what a plugin is called
        self._silences: dict[str, _Silence] = {}
        self._answers: dict[str, _Answers] = {}
        self._works: dict[ProjectId, _Work] = {}
        self._disks: dict[str, float] = {}  # when each was seen last
        self._signs: dict[str, set[str]] = {}  # the parts of each that ask for it
        self._throttled = False
        self._looked = float("-inf")

    def restore(self, alert: Alert, rule: AlertRule, now: float) -> Reading:
        """Take up what went on before a start: as bad as it was, until the truth is known."""
        subject = alert.subject
        if alert.rule == "provider_down":
            self._silences[subject] = _Silence(now - rule.limit - 1, FAILURES)
        elif alert.rule == "error_rate":
            self._answers[subject] = _Answers(held=now + WINDOW)
        elif alert.rule == "pipeline_slow":
            title = str(alert.args.get("title", ""))
            self._works[ProjectId(subject)] = _Work(rule.limit + 1, None, title)
        elif alert.rule in ("disk_full", "storage"):
            self._disks[subject] = now
        elif alert.rule == "sign_in":
            self._signs[subject] = set()
        elif alert.rule == "temperature":
            self._throttled = True
        return Reading(alert.rule, subject, float("inf"), now, args=alert.args)

    def machine(self, seen: Snapshot, now: float) -> list[Reading]:
        """What a second of the machine says."""
        found = []
        mounts: set[str] = set()
        for disk in seen.disks:
            mounts.add(disk.mount)
            percent = disk.ratio * 100
            args = {
                "name": disk.mount, "percent": int(percent),
                "free": max(0, disk.total - disk.used), "system": disk.system,
            }  # fmt: skip
            found.append(Reading("disk_full", disk.mount, percent, now, args=args))
            if disk.media:
                found.append(Reading("storage", disk.mount, percent, now, args=args))
        found += self._without(mounts, now)
        if seen.temperature is not None or seen.throttled or self._throttled:
            self._throttled = seen.throttled
            degrees = seen.temperature or 0.0
            heat = {"degrees": round(degrees), "throttled": seen.throttled}
            value = float("inf") if seen.throttled else degrees
            found.append(Reading("temperature", "", value, now, args=heat))
        for name, value in seen.figures:
            if name == "render_queue":
                found.append(Reading(name, "", value, now, args={"count": int(value)}))
        return found

    def answered(self, told: ProviderAnswered, now: float) -> list[Reading]:
        """What an answer of a provider, or its failure, says."""
        plugin = told.plugin
        found = [] if not told.ok and told.error in ANSWERED else self._heard(plugin, told.ok, now)
        new = plugin not in self._answers
        if told.capability in CHATTER or (new and len(self._answers) >= MOST_PLUGINS):
            return found
        answers = self._answers.setdefault(plugin, _Answers())
        if len(answers.all) == MOST_ANSWERS:
            answers.failed -= not answers.all[0][1]
        answers.all.append((now, told.ok))
        answers.failed += not told.ok
        found.append(self._rate(plugin, now))
        return found

    def health(self, checks: Iterable[Health], now: float) -> list[Reading]:
        """What checks of the station's parts say."""
        found: list[Reading] = []
        for one in checks:
            if one.told == UNKNOWN or (one.told == SILENT and not one.part.startswith(PROVIDER)):
                continue  # nothing is known of it
            ill = one.state in (HealthState.BAD, HealthState.WARN)
            sign_in = ill and one.told.endswith(".sign_in")
            bad, off = one.state is HealthState.BAD and not sign_in, one.state is HealthState.OFF
            if one.part in PARTS:
                found.append(_so(PARTS[one.part], "", bad, now, _plain(one.args), gone=off))
            if one.part.startswith(SIGNS_IN):
                found += self._signed(one, sign_in, now)
            if one.part.startswith(PROVIDER) and off:
                found += self.plugin_off(one.part.removeprefix(PROVIDER), now)
        return found

    def vpn(self, vpn: Vpn, now: float) -> list[Reading]:
        """What the interface torrents are bound to says."""
        away, unused = vpn.state is VpnState.AWAY, vpn.state is VpnState.OPEN
        return [_so("vpn_lost", "", away, now, {"interface": vpn.interface}, gone=unused)]

    def studio(self, card: ProjectCard, now: float) -> list[Reading]:
        """What a project says: how long it has been worked on, pauses left out."""
        if card.state not in (ProjectState.RUNNING, ProjectState.PAUSED):
            return self.project_over(card.id, now)
        work = self._works.setdefault(card.id, _Work())
        work.title = card.title
        if card.state is ProjectState.RUNNING and work.since is None:
            work.since = now
        elif card.state is ProjectState.PAUSED and work.since is not None:
            work.done, work.since = work.done + now - work.since, None
        done = work.done + (0.0 if work.since is None else now - work.since)
        rate = 0.0 if work.since is None else 1.0
        args = {"title": work.title, "project": card.id}
        return [Reading("pipeline_slow", card.id, done, now, rate, args)]

    def project_over(
        self, project: ProjectId, now: float, *, removed: bool = False
    ) -> list[Reading]:
        """A project is done or failed, or was removed."""
        known = self._works.pop(project, None)
        return [] if known is None else [Reading("pipeline_slow", project, 0.0, now, gone=removed)]

    def plugin_off(self, plugin: str, now: float) -> list[Reading]:
        """A plugin is not used any more: nothing is wrong with it."""
        self._silences.pop(plugin, None)
        self._answers.pop(plugin, None)
        self._signs.pop(plugin, None)
        rules = ("provider_down", "error_rate", "sign_in")
        return [Reading(rule, plugin, 0.0, now, gone=True) for rule in rules]

    def next_look(self) -> float | None:
        """When an error rate changes because answers become old; None: when the next comes."""
        times = [one.held or one.all[0][0] + WINDOW for one in self._answers.values() if _ages(one)]
        return max(min(times), self._looked + LOOK_EACH) if times else None

    def look(self, now: float) -> list[Reading]:
        """The error rates whose answers have become old."""
        self._looked = now
        return [self._rate(plugin, now) for plugin, one in self._answers.items() if _ages(one)]

    def _without(self, mounts: set[str], now: float) -> list[Reading]:
        """Disks that are not there any more; one that is missing for a moment is not gone."""
        self._disks.update(dict.fromkeys(mounts, now))
        gone = [mount for mount, seen in self._disks.items() if now - seen >= AWAY_SECONDS]
        for mount in gone:
            del self._disks[mount]
        return [
            Reading(rule, mount, 0.0, now, gone=True)
            for mount in gone
            for rule in ("disk_full", "storage")
        ]

    def _signed(self, one: Health, asks: bool, now: float) -> list[Reading]:
        """An account is the plugin that signs in to it: both parts mean one sign-in."""
        subject = one.part.partition(":")[2]
        if not asks and subject not in self._signs:
            return []
        parts = self._signs.setdefault(subject, set())
        if asks:
            parts.add(one.part)
        else:
            parts.discard(one.part)
        name, platform = one.name or self._called(subject), str(one.args.get("platform", ""))
        if platform not in ("", name):
            name = f"{platform} ({name})"
        args = {"name": name, "page": one.page}
        off = one.state is HealthState.OFF and not parts
        return [_so("sign_in", subject, bool(parts), now, args, gone=off)]

    def _heard(self, plugin: str, good: bool, now: float) -> list[Reading]:
        args = {"name": self._called(plugin), "plugin": plugin}
        if good:
            known = self._silences.pop(plugin, None)
            return [] if known is None else [Reading("provider_down", plugin, 0.0, now, args=args)]
        if plugin not in self._silences and len(self._silences) >= MOST_PLUGINS:
            return []
        silence = self._silences.setdefault(plugin, _Silence(now))
        silence.failures += 1
        # Who is not asked is not known to be down: the value stands still until it is again.
        value = now - silence.since if silence.failures >= FAILURES else 0.0
        return [Reading("provider_down", plugin, value, now, args=args)]

    def _rate(self, plugin: str, now: float) -> Reading:
        answers = self._answers[plugin]
        while answers.all and answers.all[0][0] <= now - WINDOW:
            answers.failed -= not answers.all.popleft()[1]
        count, percent = len(answers.all), 0.0
        if count >= FEWEST:
            percent = 100.0 * answers.failed / count
        elif now < answers.held:
            return Reading("error_rate", plugin, float("inf"), now)
        answers.held = 0.0
        args = {"name": self._called(plugin), "plugin": plugin, "percent": round(percent)}
        return Reading("error_rate", plugin, percent, now, args=args)


def _ages(answers: _Answers) -> bool:
    """Whether time alone changes what they say."""
    return bool(answers.held or answers.failed)


def _so(
    rule: str, subject: str, so: bool, now: float, args: Mapping[str, object], *, gone: bool
) -> Reading:
    """A value of a rule that asks whether something is so."""
    return Reading(rule, subject, 1.0 if so else 0.0, now, args=args, gone=gone)


def _plain(args: Mapping[str, object]) -> dict[str, object]:
    """What can be written down."""
    kept = {name: of for name, of in args.items() if isinstance(of, str | int | float | bool)}
    return dict(list(kept.items())[:20])
