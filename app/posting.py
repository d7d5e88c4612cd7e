"""Builds what leaves the house: videos that are published, links that are shared, their results.

A part of the composition root, for `app.main` alone.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.infra.ffmpeg.running import Outside
from app.infra.file_cache import FileCache
from app.infra.hearing.sound import SoundFiles
from app.making import build_studio
from app.outlet import Outlet
from app.runtime.jobs.clock import zone
from app.services.audit.log import AuditLog
from app.services.audit.seal import Seal
from app.services.automation.curator import Curator
from app.services.automation.picturing import Picturer
from app.services.automation.service import Parts, WatchService, folders_of
from app.services.automation.service import wishes_of as wishes_of_watching
from app.services.automation.store import WatchStore
from app.services.automation.watching import FolderWatch
from app.services.publishing.accounts import AccountDesk
from app.services.publishing.looking import Looker
from app.services.publishing.mending import Mender
from app.services.publishing.paying import PaidPlugins
from app.services.publishing.rulebook import Rulebook
from app.services.publishing.service import Helpers, PublishingService
from app.services.publishing.tidying import Tidying
from app.services.results.abtests import ABTests
from app.services.results.comparing import day_of
from app.services.results.fetching import Fetcher
from app.services.results.remaking import Remaker
from app.services.results.repurposing import Repurposing
from app.services.results.service import Desks, ResultsService
from app.services.results.spoken import Senses, Spoken
from app.services.results.store import ResultsStore
from app.services.results.swapping import Swapper
from app.services.results.variants import Variants
from app.services.results.windows import ABStore
from app.services.sharing.ports import wishes_of
from app.services.sharing.sending import LinkSender
from app.services.sharing.service import Means, SharingService

if TYPE_CHECKING:
    from app.domain.post import AccountId
    from app.domain.settings_sections import Publishing as Wishes
    from app.home import Home
    from app.infra.database.engine import Database
    from app.infra.paths import Paths
    from app.infra.secrets import Secrets
    from app.runtime.bus import EventBus
    from app.runtime.jobs import JobEngine
    from app.services.library.service import LibraryService
    from app.services.plugins.service import PluginService
    from app.services.settings.service import SettingsService
    from app.services.studio.service import StudioService
    from app.thinking import Mind

AUDIT_KEYS: Final = "audit"
LINK_KEYS: Final = "links"


@dataclass(frozen=True, slots=True)
class Ground:
    """What everything that leaves the house stands on."""

    database: Database
    bus: EventBus
    settings: SettingsService
    jobs: JobEngine
    plugins: PluginService
    library: LibraryService
    keys: Secrets
    paths: Paths
    language: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Posting:
    """What leaves the house."""

    studio: StudioService
    publishing: PublishingService
    accounts: AccountDesk
    results: ResultsService
    audit: AuditLog
    sharing: SharingService
    curator: WatchService
    tidying: Tidying

    async def start(self) -> None:
        """Start it, before the job engine."""
        await self.audit.start()
        await self.accounts.start()
        await self.publishing.start()
        await self.sharing.start()
        await self.curator.start()

    async def start_jobs(self) -> None:
        """Start what stands on the job engine, after it."""
        await self.results.start()
        await self.tidying.start()

    def leaving(self) -> tuple[tuple[str, Callable[[], Awaitable[None]]], ...]:
        """What is stopped, in that order, by name."""
        return (
            ("watched folders", self.curator.stop),
            ("results", self.results.stop),
            ("links", self.sharing.stop),
            ("publishing", self.publishing.stop),
            ("accounts", self.accounts.stop),
        )


def build_posting(ground: Ground, mind: Mind, home: Home) -> Posting:
    """Build it; nothing starts yet."""
    database, bus, paths = ground.database, ground.bus, ground.paths
    audit = AuditLog(
        database, Seal(paths.data / "audit.seal", ground.keys.scoped(AUDIT_KEYS)),
        days=lambda: ground.settings.current.publishing.audit_days,
    )  # fmt: skip
    outlet = Outlet(bus, time.time)
    studio = build_studio(
        database, bus, ground.settings, ground.jobs, ground.plugins, mind, paths, outlet
    )
    looker, store = Looker(Outside()), ResultsStore(database)
    past = _Past()
    mender = Mender(paths.data / "variants", home.encoding, Outside())
    publishing = PublishingService(
        database, bus, PaidPlugins(ground.plugins, mind.budget), ground.settings,
        Helpers(Rulebook(looker, mender, ground.plugins.options), looker, audit, past),
    )  # fmt: skip
    accounts = AccountDesk(ground.plugins, publishing.channels, bus)
    results = _build_results(ground, mind, home, publishing, studio, store)
    past.results = results
    outlet.open(publishing, results)
    sharing = SharingService(
        database, bus,
        Means(home.server, lambda: home.lan.interfaces, ground.library, home.converter,
              home.letters, ground.keys.scoped(LINK_KEYS)),
        lambda: wishes_of(ground.settings.current.links), language=ground.language,
        sends=LinkSender(ground.plugins, paths.cache / "codes"), notes=audit,
    )  # fmt: skip
    curator = _build_watching(ground, mind, publishing)
    tidying = Tidying(ground.jobs, publishing, mender)
    return Posting(studio, publishing, accounts, results, audit, sharing, curator, tidying)


def _build_watching(ground: Ground, mind: Mind, publishing: PublishingService) -> WatchService:
    def wishes() -> Wishes:
        return ground.settings.current.publishing

    store = WatchStore(ground.database)
    curator = Curator(
        store, mind.intelligence, publishing, Picturer(), ground.bus,
        ground.paths.data / "curator", lambda: wishes_of_watching(wishes(), ground.language()),
    )  # fmt: skip
    watch = FolderWatch(store, curator.nudge)
    return WatchService(Parts(store, watch, curator), lambda: folders_of(wishes()), ground.bus)


class _Past:
    """How posts did, once results are built: they and publishing ask each other."""

    def __init__(self) -> None:
        self.results: ResultsService | None = None

    async def history(self, account: AccountId) -> Sequence[tuple[float, int]]:
        """When posts went out, and their views in a week."""
        return () if self.results is None else await self.results.history(account)


def _build_results(
    ground: Ground,
    mind: Mind,
    home: Home,
    publishing: PublishingService,
    studio: StudioService,
    store: ResultsStore,
) -> ResultsService:
    database, bus, paths, plugins = ground.database, ground.bus, ground.paths, ground.plugins
    tz = zone("")
    fetcher = Fetcher(plugins, publishing, store, lambda at: day_of(at, tz))
    trials = ABStore(database)
    swapper = Swapper(plugins, publishing, fetcher, trials, bus)
    tests = ABTests(plugins, publishing, swapper, trials, bus, paths.data / "trials")
    senses = Senses(
        home.letters, mind.hearer, SoundFiles(paths.cache / "sounds").of,
        FileCache(paths.cache / "heard"),
    )  # fmt: skip
    remaker = Remaker(Spoken(senses, mind.intelligence))
    variants = Variants(studio, mind.intelligence, remaker, paths.data / "remakes")
    repurposing = Repurposing(store, publishing, variants, bus)
    return ResultsService(Desks(store, fetcher, tests, repurposing), ground.jobs, bus)
