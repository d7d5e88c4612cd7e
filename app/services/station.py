"""What a running station offers to its window, its commands and its remotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.runtime.jobs import JobEngine
    from app.services.audit.log import AuditLog
    from app.services.automation.service import WatchService
    from app.services.budget.service import BudgetService
    from app.services.casting.service import CastingService
    from app.services.downloads.service import DownloadsService
    from app.services.intelligence.desk import ModelDesk
    from app.services.intelligence.hearing_desk import HearingDesk
    from app.services.intelligence.service import IntelligenceService
    from app.services.lan.service import LanService
    from app.services.library.service import LibraryService
    from app.services.meaning.service import MeaningService
    from app.services.media_server.service import MediaServerService
    from app.services.monitoring.alerts.service import AlertService
    from app.services.monitoring.diagnostics import Diagnostics
    from app.services.monitoring.health import HealthService
    from app.services.monitoring.logbook import Logbook
    from app.services.monitoring.meters import Meters
    from app.services.monitoring.metrics_route import MetricsDoor
    from app.services.monitoring.service import MonitoringService
    from app.services.phrases import Phrases
    from app.services.playback.service import PlaybackService
    from app.services.plugins.service import PluginService
    from app.services.publishing.accounts import AccountDesk
    from app.services.publishing.service import PublishingService
    from app.services.remote.service import RemoteService
    from app.services.results.service import ResultsService
    from app.services.search.service import SearchService
    from app.services.settings.service import SettingsService
    from app.services.sharing.service import SharingService
    from app.services.studio.service import StudioService
    from app.services.upkeep.service import UpkeepService


@dataclass(frozen=True, slots=True)
class Services:
    """Every service, built once by the composition root; their coroutines run on its loop."""

    library: LibraryService
    playback: PlaybackService
    search: SearchService
    downloads: DownloadsService
    casting: CastingService
    budget: BudgetService
    intelligence: IntelligenceService
    models: ModelDesk
    hearing: HearingDesk
    meaning: MeaningService
    studio: StudioService
    media_server: MediaServerService
    lan: LanService
    settings: SettingsService
    plugins: PluginService
    jobs: JobEngine
    publishing: PublishingService
    accounts: AccountDesk
    results: ResultsService
    audit: AuditLog
    sharing: SharingService
    curator: WatchService
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
