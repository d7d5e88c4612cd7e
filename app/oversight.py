"""Builds what watches over the station: its figures, its health, its log, its nights, the remote.

A part of the composition root, for `app.main` alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.infra import logs
from app.infra.machine.reader import MachineReader
from app.services.health_checks import add_checks
from app.services.monitoring.alerts.service import AlertService
from app.services.monitoring.diagnostics import Diagnostics, Sources
from app.services.monitoring.gauges import gauges_of
from app.services.monitoring.health import HealthService
from app.services.monitoring.history import History
from app.services.monitoring.logbook import Logbook
from app.services.monitoring.meters import Meters
from app.services.monitoring.metrics_route import MetricsDoor
from app.services.monitoring.places import Places
from app.services.monitoring.service import MonitoringService
from app.services.phrases import Phrases
from app.services.remote.commands.every import commands
from app.services.remote.service import RemoteService
from app.services.upkeep.parts import StationParts
from app.services.upkeep.service import UpkeepService

if TYPE_CHECKING:
    from app.domain.media import ItemId
    from app.home import Home
    from app.infra.browser.pool import BrowserPool
    from app.posting import Ground, Posting
    from app.runtime.jobs import JobInfo
    from app.services.downloads.service import DownloadsService
    from app.services.remote.talk import Command
    from app.services.station import Services

METRICS_KEYS: Final = "metrics"
MOST_FAILED: Final = 50


@dataclass(frozen=True, slots=True)
class Oversight:
    """What watches over the station, and what only that needs."""

    monitoring: MonitoringService
    meters: Meters
    metrics: MetricsDoor
    health: HealthService
    alerts: AlertService
    logbook: Logbook
    diagnostics: Diagnostics
    upkeep: UpkeepService
    remote: RemoteService
    phrases: Phrases
    places: Places
    commands: dict[str, Command]

    def offers(self) -> dict[str, Any]:
        """Those that are among the station's services, by their names there."""
        return {
            "monitoring": self.monitoring, "meters": self.meters, "metrics": self.metrics,
            "health": self.health, "alerts": self.alerts, "logbook": self.logbook,
            "diagnostics": self.diagnostics, "upkeep": self.upkeep, "remote": self.remote,
            "phrases": self.phrases,
        }  # fmt: skip

    def complete(
        self, services: Services, ground: Ground, browser: BrowserPool, *, window: bool
    ) -> None:
        """Meet all the services, once they are built: checks and commands look at each."""
        add_checks(self.health, services, ground, browser)
        self.health.add("backup", self.upkeep.health, every=900.0)
        self.commands.update(
            commands(services, ground.bus, self.monitoring, self.health, self.alerts, window=window)
        )

    async def start(self) -> None:
        """Start what hears the others, before the job engine."""
        await self.places.start()
        await self.meters.start()
        await self.monitoring.start()
        await self.alerts.start()
        await self.health.start()
        await self.metrics.start()

    async def start_jobs(self) -> None:
        """Start what stands on the job engine, after it; and the remote, which commands all."""
        await self.meters.start_jobs()
        await self.upkeep.start()
        await self.remote.start()
        await self.logbook.start()

    def leaving(self) -> tuple[tuple[str, Callable[[], Awaitable[None]]], ...]:
        """What is stopped, in that order, by name."""
        return (
            ("remote", self.remote.stop),
            ("upkeep", self.upkeep.stop),
            ("metrics", self.metrics.stop),
            ("health", self.health.stop),
            ("alerts", self.alerts.stop),
            ("meters", self._stop_meters),
            ("monitoring", self.monitoring.stop),
            ("watched disks", self.places.stop),
        )

    async def _stop_meters(self) -> None:
        self.meters.stop()


def build_oversight(
    ground: Ground,
    home: Home,
    posting: Posting,
    downloads: DownloadsService,
    browser: BrowserPool,
) -> Oversight:
    """Build it; nothing starts yet."""
    bus, settings, paths, library = ground.bus, ground.settings, ground.paths, ground.library
    phrases = Phrases(ground.language)

    async def title(item: ItemId) -> str:
        return (await library.details(item)).card.title

    places = Places(bus, library.folders, lambda: downloads.folder, paths.data)
    monitoring = MonitoringService(
        bus, MachineReader(), History(paths.data / "history.db"), places, title
    )
    meters = Meters(bus)
    meters.add_gauges(gauges_of(ground.jobs, downloads, browser))
    monitoring.add(meters.figures)
    metrics = MetricsDoor(ground.keys.scoped(METRICS_KEYS), settings, home.server, meters)
    health = HealthService(bus)
    alerts = AlertService(ground.database, bus, settings, ground.plugins, phrases)
    upkeep = _build_upkeep(ground, posting, downloads)
    diagnostics = _build_diagnostics(ground, monitoring, health, phrases)
    logbook = Logbook(logs.ring(), paths.log, diagnostics)
    told: dict[str, Command] = {}
    remote = RemoteService(bus, settings, ground.plugins, ground.database, phrases, told)
    return Oversight(
        monitoring, meters, metrics, health, alerts, logbook, diagnostics, upkeep, remote,
        phrases, places, told,
    )  # fmt: skip


def _build_upkeep(ground: Ground, posting: Posting, downloads: DownloadsService) -> UpkeepService:
    settings, paths, library = ground.settings, ground.paths, ground.library

    async def pause() -> None:
        await posting.publishing.pause(paused=True)

    async def rescan() -> None:
        await library.rescan()

    async def optimise() -> None:
        await ground.database.run_write(lambda raw: raw.execute("PRAGMA optimize").close())

    parts = StationParts(
        paths, library.folders, lambda: downloads.folder,
        lambda: settings.current.intelligence.folder, lambda: upkeep.folder,
    )  # fmt: skip
    upkeep = UpkeepService(
        paths, ground.jobs, ground.bus, lambda: settings.current.upkeep, parts, rescan, pause,
        optimise,
    )  # fmt: skip
    return upkeep


def _build_diagnostics(
    ground: Ground, monitoring: MonitoringService, health: HealthService, phrases: Phrases
) -> Diagnostics:
    from app.domain.events import JobState

    async def failed() -> Sequence[JobInfo]:
        return await ground.jobs.list(states=(JobState.FAILED,), limit=MOST_FAILED)

    return Diagnostics(
        Sources(
            paths=ground.paths, settings=lambda: ground.settings.current,
            plugins=ground.plugins.list, keys=ground.keys, database=ground.database,
            failed_jobs=failed, health=health.checks, machine=lambda: monitoring.machine,
            now=lambda: monitoring.now, phrases=phrases,
        )
    )  # fmt: skip
