"""The composition root: the only place where services are built, started and stopped in order.

Services import heavy libraries (SQLAlchemy alone takes 0.7 s), so they are imported inside the
functions that build them: the window paints first, then the services come up behind it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from app.domain.events import StationReady
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService
from app.services.station import Services

if TYPE_CHECKING:
    from app.infra.database.engine import Database

log = logging.getLogger(__name__)

STOP_SECONDS = 4.5
"""A stop that takes longer is cut: the promise is five seconds after SIGTERM."""


class Station:
    """All services of one user, on the loop that runs `start()`."""

    def __init__(self, paths: Paths, bus: EventBus, settings: SettingsService) -> None:
        from app.infra.database import driver

        driver.install()  # before anything below imports sqlite3

        from app.infra.database.engine import Database
        from app.infra.secrets import Secrets
        from app.runtime.jobs import JobEngine
        from app.services.library.service import LibraryService
        from app.services.playback.service import PlaybackService
        from app.services.plugins.service import PluginService

        self._bus = bus
        self._database: Database = Database(paths.database)
        jobs = JobEngine(paths.jobs, bus)
        library = LibraryService(self._database, bus, jobs, settings, paths)
        playback = PlaybackService(self._database, bus, library)
        secrets = Secrets(paths.vault, paths.vault_key)
        plugins = PluginService(paths, bus, settings, secrets)
        self.services = Services(
            library=library, playback=playback, settings=settings, plugins=plugins, jobs=jobs
        )

    async def start(self) -> None:
        """Open the database, then start each service after those it stands on."""
        services = self.services
        await self._database.open()
        await services.plugins.start()
        await services.library.start()
        await services.playback.start()
        await services.jobs.start()  # last: unfinished jobs call into the services above
        self._bus.publish(StationReady())

    async def stop(self) -> None:
        """Stop in the reverse order; one that fails does not keep the others from closing."""
        services = self.services
        for name, leave in (
            ("jobs", services.jobs.stop),
            ("playback", services.playback.stop),
            ("library", services.library.stop),
            ("plugins", services.plugins.stop),
            ("database", self._database.close),
        ):
            try:
                await leave()
            except Exception:  # noqa: BLE001 - the others must still be closed
                log.exception("Stopping %s failed", name)


@contextlib.asynccontextmanager
async def open_station(paths: Paths) -> AsyncIterator[Station]:
    """Build and start a station without a window on the running loop; stop it at the end."""
    paths.make()
    bus = EventBus()
    settings = SettingsService(paths.settings, bus)
    settings.load()
    station = Station(paths, bus, settings)
    try:
        await station.start()
        yield station
    finally:
        await station.stop()
