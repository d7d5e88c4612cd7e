"""What the tests of alerts stand on: targets that fail as they are told, and a station of facts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

from app.api.capabilities import Capability, Notice
from app.domain.alerts import Alert
from app.domain.errors import AppError
from app.domain.events import AlertChanged, MachineSampled, NoticeRaised, ProviderAnswered
from app.domain.health import Health, HealthState
from app.domain.monitoring import DiskUse, Snapshot
from app.infra.database.engine import Database
from app.runtime.bus import EventBus
from app.services.monitoring.alerts.service import AlertService
from app.services.phrases import Phrases
from app.services.settings.service import SettingsService
from tests.fakes.posting import HandClock

NOON = 1_700_000_000.0
GIGA = 1_000_000_000


class FakeTargets:
    """Plugins that tell the owner: each keeps what it took, unless it is told to fail."""

    def __init__(self, *names: str) -> None:
        self.on = list(names)
        self.taken: dict[str, list[Notice]] = {name: [] for name in names}
        self.failing: dict[str, AppError] = {}
        self.holding: dict[str, asyncio.Event] = {}
        self.tries: dict[str, int] = dict.fromkeys(names, 0)
        self.moved = asyncio.Event()

    def offering(self, capability: Capability) -> tuple[str, ...]:
        assert capability is Capability.NOTIFIES
        return tuple(self.on)

    def name_of(self, plugin: str) -> str:
        return plugin.title()

    async def call(self, plugin: str, capability: Capability, method: str, *args: object) -> object:
        assert (capability, method) == (Capability.NOTIFIES, "notify")
        (notice,) = args
        assert isinstance(notice, Notice)
        self.tries[plugin] += 1
        self.moved.set()
        if plugin in self.holding:
            await self.holding[plugin].wait()
        if plugin in self.failing:
            raise self.failing[plugin]
        self.taken[plugin].append(notice)
        self.moved.set()
        return None

    def titles(self, plugin: str) -> list[str]:
        """What it took, in order."""
        return [one.title for one in self.taken[plugin]]


class Station:
    """An alert service over a real database; the clock and what lasts move by hand."""

    def __init__(
        self,
        database: Database,
        place: Path,
        targets: FakeTargets,
        settings: Mapping[str, object] | None = None,
        clock: HandClock | None = None,
    ) -> None:
        self.bus = EventBus()
        self.clock = clock or HandClock(NOON)
        self.ticks = 1_000.0
        self.targets = targets
        self.settings = SettingsService(place / "settings.toml", self.bus)
        self.settings.load()
        self._wanted = settings or {}
        self.notices: list[NoticeRaised] = []
        self.changes: list[Alert] = []
        self.bus.on(NoticeRaised, self.notices.append)
        self.bus.on(AlertChanged, lambda told: self.changes.append(told.alert))
        self.alerts = AlertService(
            database, self.bus, self.settings, targets, Phrases(lambda: "en"),
            clock=self.clock, ticking=lambda: self.ticks,
        )  # fmt: skip

    async def __aenter__(self) -> Station:
        for name, value in self._wanted.items():
            await self.settings.set("monitoring", name, value)
        await self.alerts.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.alerts.stop()

    def disk(self, percent: float, mount: str = "/films", *, media: bool = False) -> None:
        """A second of the machine, with a disk so full."""
        disk = DiskUse("sda1", mount, 1_000 * GIGA, int(percent * 10 * GIGA), media=media)
        self.machine(disks=(disk,))

    def machine(self, **values: object) -> None:
        """A second of the machine."""
        usual = {"cpu": 0.1, "cores": (0.1,), "mhz": (0.0,), "memory_used": 1, "memory_total": 2}
        self.bus.publish(MachineSampled(Snapshot(self.clock.now(), **usual, **values)))  # type: ignore[arg-type]  # of any kind

    def answer(self, plugin: str, error: str = "") -> None:
        """A plugin answered, or failed."""
        self.bus.publish(ProviderAnswered(plugin, "searches", "search", 0.1, not error, error))

    def health(self, part: str, state: HealthState, told: str, **args: object) -> Health:
        """What a check found."""
        return Health(part, state, told, args, at=self.clock.now(), since=self.clock.now())

    async def passes(self, seconds: float) -> None:
        """What happened is heard; then time passes on both clocks, and what ripened is seen."""
        for _ in range(3):
            await asyncio.sleep(0)
        self.ticks += seconds
        self.clock.move(seconds)
        self.alerts.look()

    def said(self) -> list[str]:
        """The titles of what was told here, in order."""
        return [str(one.args["title"]) for one in self.notices if one.key == "notices.alert"]


async def until(check: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(seconds):
        while not check():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)
