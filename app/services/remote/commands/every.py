"""Every command of the remote, built of the station's services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from app.domain.settings_sections import Remote
from app.runtime.bus import EventBus
from app.services.remote.commands.cast import CastCommand
from app.services.remote.commands.download import DownloadCommand
from app.services.remote.commands.hunt import Means
from app.services.remote.commands.items import Items
from app.services.remote.commands.library import LibraryCommand
from app.services.remote.commands.loads import Loads
from app.services.remote.commands.ports import Alerts, Checks, Watches
from app.services.remote.commands.publish import PublishCommand
from app.services.remote.commands.recommend import RecommendCommand
from app.services.remote.commands.screens import Screens
from app.services.remote.commands.search import SearchCommand
from app.services.remote.commands.sheet import Sheets, Tempo
from app.services.remote.commands.status import Around, StatusCommand
from app.services.remote.commands.studio import StudioCommand
from app.services.remote.commands.system import SystemCommand
from app.services.remote.talk import Command

if TYPE_CHECKING:
    from app.runtime.jobs import JobEngine
    from app.services.budget.service import BudgetService
    from app.services.casting.service import CastingService
    from app.services.downloads.service import DownloadsService
    from app.services.intelligence.service import IntelligenceService
    from app.services.library.service import LibraryService
    from app.services.meaning.service import MeaningService
    from app.services.playback.service import PlaybackService
    from app.services.publishing.accounts import AccountDesk
    from app.services.publishing.service import PublishingService
    from app.services.search.service import SearchService
    from app.services.settings.service import SettingsService
    from app.services.studio.service import StudioService


class Served(Protocol):
    """The services that are commanded; `Services` has them, and the remote itself beside them."""

    @property
    def library(self) -> LibraryService:
        """What is here."""

    @property
    def playback(self) -> PlaybackService:
        """Plays it."""

    @property
    def search(self) -> SearchService:
        """Finds more."""

    @property
    def downloads(self) -> DownloadsService:
        """Fetches it."""

    @property
    def casting(self) -> CastingService:
        """Plays it on screens."""

    @property
    def budget(self) -> BudgetService:
        """Knows what may be spent."""

    @property
    def intelligence(self) -> IntelligenceService:
        """Suggests."""

    @property
    def meaning(self) -> MeaningService:
        """Knows what is alike."""

    @property
    def studio(self) -> StudioService:
        """Makes videos."""

    @property
    def publishing(self) -> PublishingService:
        """Posts them."""

    @property
    def accounts(self) -> AccountDesk:
        """Knows where to."""

    @property
    def settings(self) -> SettingsService:
        """Knows what people may do from a phone."""

    @property
    def jobs(self) -> JobEngine:
        """Does the lasting work."""


def commands(
    services: Served,
    bus: EventBus,
    watches: Watches,
    checks: Checks,
    alerts: Alerts,
    *,
    window: bool,
    tempo: Tempo | None = None,
) -> Mapping[str, Command]:
    """The commands by their names, in the order of the menu.

    `window`: whether the station has a window that plays. Text without a slash is for `search`.
    """
    sheets, settings = Sheets(tempo or Tempo()), services.settings

    def rights() -> Remote:
        return settings.current.remote

    screens = Screens(services.casting, bus, sheets, window=window)
    loads = Loads(services.downloads, bus, rights, sheets)
    means = Means(services.search, services.downloads, loads, screens, bus, sheets)
    items = Items(services.library, services.playback, screens)
    around = Around(
        services.casting, services.downloads, services.studio, services.jobs,
        watches, checks, alerts,
    )  # fmt: skip
    made: tuple[Command, ...] = (
        SearchCommand(means),
        DownloadCommand(means),
        StatusCommand(around, bus, sheets),
        LibraryCommand(services.library, services.playback, services.meaning, items, sheets),
        RecommendCommand(services.library, services.intelligence, services.meaning, items, sheets),
        CastCommand(services.casting, services.library, items, screens, sheets),
        StudioCommand(services.studio, services.budget, bus, sheets),
        PublishCommand(services.publishing, services.accounts, bus, rights, sheets),
        SystemCommand(watches, checks, alerts, sheets),
    )
    return {one.name: one for one in made}
