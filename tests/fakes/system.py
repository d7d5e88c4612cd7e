"""A machine of twelve cores, its year, what the station did, and how its parts are."""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Sequence
from dataclasses import replace

from app.domain.alerts import Alert, AlertId, AlertLevel, AlertRule, Target
from app.domain.errors import AppError, Unavailable
from app.domain.events import AlertChanged, HealthChanged, MachineSampled
from app.domain.health import Health, HealthState
from app.domain.monitoring import (
    Accelerator,
    Core,
    CoreKind,
    DiskUse,
    Doing,
    DoingKind,
    LinkUse,
    Machine,
    Observation,
    PartUse,
    Snapshot,
    Track,
)
from app.domain.upkeep import Backup, Night, Space
from app.infra.log_ring import LogRing
from app.runtime.bus import EventBus
from app.services.monitoring.alerts.quiet import QuietHours
from app.services.monitoring.logbook import Logbook

NOW = 1_795_712_400.0
"""A Thursday in November 2026, at five in the evening by UTC."""
GB = 10**9
GIB = 2**30
LOADS = (0.62, 0.47, 0.70, 0.35, 0.21, 0.17, 0.30, 0.11, 0.55, 0.61, 0.40, 0.32)
LINES = (
    (logging.INFO, "search", "62 results from 5 providers in 1.41 s"),
    (logging.INFO, "downloads", "first 2 % ready, stream starts"),
    (logging.WARNING, "plugins", "my-sites timed out after 8 s, next try in 60 s"),
    (logging.INFO, "casting", "Living-room TV: playing"),
    (logging.INFO, "studio", "scene 5 of 8 rendered in 2.1 s"),
    (logging.INFO, "library", "12 files added"),
    (logging.ERROR, "publishing", "instagram: token expired, post kept"),
)
FIGURES = {"search.p50": 0.9, "search.p95": 2.2, "cache.hits": 0.64, "streams": 2.0}
SERIES = (
    "cpu", "memory", "temperature", "disk.nvme0n1.wait", "disk.sda.wait",
    "net.eth0.received", "net.eth0.sent", "net.wlan0.received", "net.wlan0.sent", *FIGURES,
)  # fmt: skip


def machine(alike: bool = False) -> Machine:
    """Four big, four mid, four little cores and 32 GB, up for twelve days."""
    kinds = [CoreKind.BIG] * 4 + [CoreKind.MID] * 4 + [CoreKind.LITTLE] * 4
    if alike:
        kinds = [CoreKind.ALIKE] * 12
    cores = tuple(Core(number, kind) for number, kind in enumerate(kinds))
    return Machine("Orange Pi 6 Plus", cores, 32 * GIB, NOW - 12 * 86_400 - 3600)


def snapshot(at: float = NOW, **changes: object) -> Snapshot:
    """The second of the drawing."""
    made = Snapshot(
        at, 0.41, LOADS, (2100.0,) * 12, round(11.6 * GIB), 32 * GIB, 0, 61.0, False,
        (
            PartUse("station", round(0.9 * GIB), 0.3), PartUse("ffmpeg", round(1.4 * GIB), 3.1),
            PartUse("model", round(2.6 * GIB), 0.8), PartUse("browser", round(1.1 * GIB), 0.2),
        ),
        (
            DiskUse("sda", "/media/films", 2000 * GB, 1590 * GB, 18e6, 42e6, 9.0, 0.4, "good",
                    media=True),
            DiskUse("nvme0n1", "/", 256 * GB, 74 * GB, 1e6, 2e6, 0.4, 0.02, "good", False, True),
        ),
        (LinkUse("eth0", 42e6, 3e6, 2_800_000_000), LinkUse("wlan0", 0.0, 0.0, 0, up=False)),
        (Accelerator("gpu", "Mali-G720", 0.22), Accelerator("npu", "Zhouyi", 0.05)),
        tuple(FIGURES.items()),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # any field of the second


def checks(at: float = NOW) -> tuple[Health, ...]:
    """The health of the drawing, and some parts more."""
    good, warn, off = HealthState.GOOD, HealthState.WARN, HealthState.OFF
    plain = [
        Health("database", good, "health.database.good", {"ms": 0.4, "size": 84 * 10**6}),
        Health("torrents", good, "health.torrents.bound", {"count": 3}),
        Health("model", good, "health.model.loaded", {"name": "Qwen2.5 3B"}),
        Health("browser_pool", good, "health.browser.good", {"busy": 1, "size": 3}),
        Health("media_server", good, "health.media_server.good", {"count": 2}),
        Health("provider:prowlarr", good, "health.provider.good", {"seconds": 1.2},
               name="Prowlarr"),
        Health("provider:my-sites", warn, "health.provider.slow", {"count": 3},
               "health.provider.fails.mend", "My sites", page="settings"),
        Health("jobs", good, "health.jobs.good", {"running": 1, "waiting": 4}),
        Health("vpn", good, "health.vpn.up", {"interface": "wg0"}),
        Health("hearing", off, "health.hearing.off", page="settings"),
        Health("clock", good, "health.clock.good"),
    ]  # fmt: skip
    return tuple(replace(one, at=at, since=at - 7200) for one in plain)


def alert(number: int = 1, ended: float | None = None) -> Alert:
    """A disk that is almost full."""
    return Alert(AlertId(str(number)), "disk_full", "/media/films", AlertLevel.WARN, NOW - 600,
                 ended, args={"percent": 91, "name": "/media/films", "free": 180})  # fmt: skip


def doings(start: float, end: float) -> tuple[Doing, ...]:
    """A few things for each stretch, so that something lies above every chart."""
    length = end - start
    kinds = [
        (DoingKind.CONVERTING, "Charade", 0.12, 0.31), (DoingKind.PLAYING, "Sintel", 0.28, 0.62),
        (DoingKind.SEARCHING, "night of the living dead", 0.40, 0.402),
        (DoingKind.DOWNLOADING, "Debian 12", 0.55, 0.83), (DoingKind.MAKING, "Why the sky is blue",
                                                            0.7, None),
    ]  # fmt: skip
    return tuple(
        Doing(kind, label, start + first * length, None if last is None else start + last * length)
        for kind, label, first, last in kinds
    )


class FakeMonitoring:
    """Answers at once; `error` makes every question fail. `asked` notes the tracks."""

    def __init__(self, now: Snapshot | None = None, names: Sequence[str] = SERIES) -> None:
        self.machine = machine()
        self.now = now
        self.series = tuple(names)
        self.error: AppError | None = None
        self.asked: list[tuple[str, float]] = []
        self.whys: list[float] = []
        self.bus: EventBus | None = None

    def tick(self, now: Snapshot) -> None:
        """Another second."""
        self.now = now
        if self.bus is not None:
            self.bus.publish(MachineSampled(now))

    async def names(self) -> tuple[str, ...]:
        """The names of what is kept."""
        self._fail()
        return self.series

    async def track(self, name: str, start: float, end: float, points: int = 600) -> Track:
        """A lively line; nothing is known of a fifth of a year."""
        self._fail()
        self.asked.append((name, end - start))
        many = min(points, round(end - start))
        span = (end - start) / many
        dice = random.Random(name)  # noqa: S311 - a drawing, no secret
        times = tuple(start + (place + 0.5) * span for place in range(many))
        means, level = [], 0.5
        for place in range(many):
            level = min(1.0, max(0.05, level + dice.uniform(-0.12, 0.12) * (place % 7 == 0)))
            means.append(level)
        if end - start > 10 * 86_400:
            means[: many // 5] = [math.nan] * (many // 5)
        top = _top(name)
        mosts = tuple(math.nan if math.isnan(one) else min(1.0, one * 1.25) * top for one in means)
        return Track(name, times, tuple(mean * top for mean in means), mosts, span)

    async def doings(self, start: float, end: float) -> tuple[Doing, ...]:
        """What the station did."""
        self._fail()
        return doings(start, end)

    async def why(self, at: float) -> tuple[Observation, ...]:
        """Why it stuttered then."""
        self._fail()
        self.whys.append(at)
        return (
            Observation("monitoring.why.cpu", {"percent": 98}, 0.9, "cpu"),
            Observation("monitoring.why.disk_slow", {"disk": "sda", "ms": 240}, 0.85),
        )

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


class FakeHealth:
    """Knows some checks; `gate` holds a look back until it is opened."""

    def __init__(self, known: Sequence[Health] = ()) -> None:
        self.known = tuple(known)
        self.runs: list[str] = []
        self.found: tuple[Health, ...] | None = None
        self.error: AppError | None = None
        self.bus: EventBus | None = None

    def checks(self) -> tuple[Health, ...]:
        """The last known."""
        return self.known

    async def run(self, part: str = "") -> tuple[Health, ...]:
        """Look."""
        self.runs.append(part)
        if self.error is not None:
            raise self.error
        if self.found is not None:
            self.change(*self.found)
        return self.known

    def change(self, *new: Health) -> None:
        """Parts are another way."""
        parts = {one.part: one for one in new}
        kept = tuple(parts.pop(one.part, one) for one in self.known)
        self.known = (*kept, *parts.values())
        if self.bus is not None:
            self.bus.publish(HealthChanged(tuple(new)))


class FakeAlerts:
    """Knows which are active."""

    def __init__(self, now: Sequence[Alert] = ()) -> None:
        self.all = list(now)
        self.bus: EventBus | None = None

    def active(self) -> tuple[Alert, ...]:
        """What is not over."""
        return tuple(one for one in self.all if one.ended is None)

    async def recent(self, most: int = 200) -> tuple[Alert, ...]:
        """What is over."""
        return tuple(one for one in self.all if one.ended is not None)[:most]

    def rules(self) -> tuple[AlertRule, ...]:
        """One rule."""
        return (AlertRule("disk_full", AlertLevel.WARN, 90, 88),)

    def targets(self) -> tuple[Target, ...]:
        """Nobody is told."""
        return ()

    def quiet(self) -> QuietHours | None:
        """Never."""
        return None

    def text(self, alert: Alert) -> tuple[str, str]:
        """Its words."""
        return "The disk is almost full", f"{alert.subject} has little room"

    def name_of(self, rule: str) -> str:
        """What a rule is called."""
        return {"disk_full": "A disk is almost full"}[rule]

    async def close(self, alert: AlertId) -> None:
        """The owner has seen it."""

    async def try_target(self, plugin: str) -> None:
        """There is none."""

    async def switch_target(self, plugin: str, *, on: bool) -> None:
        """There is none."""

    async def switch_rule(self, rule: str, *, on: bool) -> None:
        """It stays as it is."""

    async def set_limit(self, rule: str, value: int) -> None:
        """It stays as it is."""

    async def set_quiet(self, begin: str, end: str) -> None:
        """It stays as it is."""

    def begin(self, one: Alert) -> None:
        """One more."""
        self.all.append(one)
        if self.bus is not None:
            self.bus.publish(AlertChanged(one))


class FakeUpkeep:
    """Nothing takes space, and nothing comes back."""

    async def space(self, *, fresh: bool = False) -> Space:
        """What takes space."""
        return Space(NOW)

    async def free(self, part: str) -> int:
        """Nothing can be emptied."""
        raise Unavailable("errors.server_offline", host=part)

    async def nights(self) -> tuple[Night, ...]:
        """The jobs that come back."""
        return ()

    async def backups(self) -> tuple[Backup, ...]:
        """The copies."""
        return ()

    async def run(self, name: str) -> str:
        """Nothing can be run."""
        raise Unavailable("errors.server_offline", host=name)

    async def cancel(self, name: str) -> None:
        """Nothing runs."""


def logbook() -> Logbook:
    """The lines of the drawing."""
    ring = LogRing(lines=1000)
    made = Logbook(ring)
    for number, (level, part, words) in enumerate(LINES):
        record = logging.LogRecord(f"app.services.{part}", level, "", 0, words, (), None)
        record.created = NOW + number
        ring.emit(record)
    return made


def _top(name: str) -> float:
    tops = {"memory": 28.0 * GIB, "temperature": 90.0, "search.p50": 1.6, "search.p95": 4.0}
    if name.endswith(".wait"):
        return 240.0
    return 90e6 if name.startswith("net.") else tops.get(name, 1.0)
