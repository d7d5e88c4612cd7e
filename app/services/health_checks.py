"""All checks of the station, in the order they are shown: for the composition root alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from app.domain.downloads import Vpn
from app.domain.events import (
    DownloadsChanged,
    HearingChanged,
    ModelChanged,
    PluginStateChanged,
    PublishingChanged,
    SettingsChanged,
    UpkeepChanged,
)
from app.domain.sharing import sharing_of
from app.services.monitoring.checks import (
    accounts,
    clock,
    database,
    disks,
    heat,
    home,
    jobs,
    keyring,
    models,
    programs,
    providers,
    spending,
    torrents,
)

if TYPE_CHECKING:
    from app.domain.monitoring import Snapshot
    from app.infra.browser.pool import BrowserPool
    from app.infra.database.engine import Database
    from app.infra.secrets import Secrets
    from app.runtime.bus import EventBus
    from app.services.monitoring.health import HealthService
    from app.services.station import Services

HOUR: Final = 3600.0
_BY_SECTION: Final = {
    "downloads": (torrents.ENGINE, torrents.VPN),
    "intelligence": (models.MODEL, models.HEARING),
    "casting": (home.LAN, home.MEDIA_SERVER),
    "media_server": (home.MEDIA_SERVER,),
    "plugins": (providers.PART, accounts.PART),
    "monitoring": (disks.PART, heat.PART),
    "budget": (spending.PART,),
}


class Ground(Protocol):
    """What services stand on and is looked at too."""

    @property
    def bus(self) -> EventBus:
        """Where it is told that something happened to a part."""

    @property
    def database(self) -> Database:
        """What the station knows."""

    @property
    def keys(self) -> Secrets:
        """Where passwords are kept."""


def add_checks(
    health: HealthService, services: Services, ground: Ground, browser: BrowserPool
) -> None:
    """Have everything looked at; before `health.start`."""
    _add_engines(health, services, ground, browser)
    _add_home(health, services)
    _add_others(health, services, ground)
    _add_machine(health, services, ground)
    _follow(health, ground.bus)


def _add_engines(
    health: HealthService, services: Services, ground: Ground, browser: BrowserPool
) -> None:
    settings = services.settings
    whole = database.DatabaseCheck(ground.database)
    health.add(database.PART, whole.look, 60.0, whole.thorough)
    health.add(jobs.PART, jobs.JobsCheck(services.jobs).look, 30.0)
    health.add(torrents.ENGINE, torrents.TorrentsCheck(services.downloads).look, 30.0)
    bound = torrents.VpnCheck(services.downloads, lambda: settings.current.downloads.interface)
    health.add(torrents.VPN, bound.look, 30.0)
    health.add(models.MODEL, models.ModelCheck(services.models, ground.bus).look, 300.0)
    health.add(models.HEARING, models.HearingCheck(services.hearing, ground.bus).look, 300.0)
    health.add(programs.BROWSER, programs.BrowserCheck(browser).look, 30.0)
    health.add(programs.FFMPEG, programs.ffmpeg, HOUR)


def _add_home(health: HealthService, services: Services) -> None:
    settings = services.settings
    server = home.LanCheck(
        services.lan, services.casting, lambda: settings.current.casting.networks
    )
    health.add(home.LAN, server.look, 30.0)
    shared = home.MediaServerCheck(
        services.media_server, services.lan, lambda: sharing_of(settings.current.media_server)
    )
    health.add(home.MEDIA_SERVER, shared.look, 30.0)


def _add_others(health: HealthService, services: Services, ground: Ground) -> None:
    def unwanted(plugin: str) -> bool:
        choice = services.settings.current.plugins.get(plugin)
        return choice is not None and choice.enabled is False

    asked = providers.ProvidersCheck(
        services.plugins, ground.bus, lambda: services.search.resting, unwanted
    )
    health.add(providers.PART, asked.look, 20.0)
    health.add(accounts.PART, accounts.AccountsCheck(services.accounts).look, HOUR)
    health.add(spending.PART, spending.BudgetCheck(services.budget).look, 300.0)


def _add_machine(health: HealthService, services: Services, ground: Ground) -> None:
    settings = services.settings

    def now() -> Snapshot | None:
        return services.monitoring.now

    full = disks.DisksCheck(
        now, services.library, lambda: settings.current.monitoring.disk_percent / 100
    )
    health.add(disks.PART, full.look, 60.0)
    warm = heat.HeatCheck(now, lambda: settings.current.monitoring.temperature)
    health.add(heat.PART, warm.look, 30.0)
    health.add(clock.PART, clock.ClockCheck(lambda: services.sharing.held).look, 60.0)
    ring = keyring.KeyringCheck(ground.keys)
    health.add(keyring.PART, ring.look, 300.0, ring.thorough)


def _follow(health: HealthService, bus: EventBus) -> None:
    """Look anew at what something happened to, as long as the station is there."""
    bus.on(PluginStateChanged, lambda _event: health.soon(providers.PART))
    bus.on(PublishingChanged, lambda _event: health.soon(accounts.PART))
    bus.on(ModelChanged, lambda _event: health.soon(models.MODEL))
    bus.on(HearingChanged, lambda _event: health.soon(models.HEARING))

    def changed(event: SettingsChanged) -> None:
        for part in _BY_SECTION.get(event.section, ()):
            health.soon(part)

    last: list[Vpn] = [Vpn()]

    def moved(event: DownloadsChanged) -> None:
        if event.traffic.vpn != last[0]:
            last[0] = event.traffic.vpn
            health.soon(torrents.VPN)
            health.soon(torrents.ENGINE)

    bus.on(SettingsChanged, changed)
    bus.on(DownloadsChanged, moved)
    bus.on(UpkeepChanged, lambda _event: health.soon("backup"))
