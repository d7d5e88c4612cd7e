"""What a running station offers to its window, its commands and its remotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.runtime.jobs import JobEngine
    from app.services.library.service import LibraryService
    from app.services.playback.service import PlaybackService
    from app.services.plugins.service import PluginService
    from app.services.settings.service import SettingsService


@dataclass(frozen=True, slots=True)
class Services:
    """Every service, built once by the composition root; their coroutines run on its loop."""

    library: LibraryService
    playback: PlaybackService
    settings: SettingsService
    plugins: PluginService
    jobs: JobEngine
