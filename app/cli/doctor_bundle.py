"""`sokoul doctor --bundle`: what a report of a bug needs in one file, also when nothing starts."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.cli import output, station
from app.infra.paths import Paths

if TYPE_CHECKING:
    from app.runtime.jobs import JobInfo
    from app.services.monitoring.diagnostics import Diagnostics
    from app.services.plugins.model import PluginInfo

log = logging.getLogger(__name__)

SECONDS: Final = 120.0
"""Seconds the station may take for it."""
BUSY: Final = 5.0


def run(path: Path, *, as_json: bool) -> int:
    """Have the station write it; where that does not work, write what can be had without one."""
    path = path.expanduser().absolute()
    try:
        made = str(station.ask("diagnostics", timeout=SECONDS, path=str(path))["path"])
    except Exception as error:  # noqa: BLE001 - a report is made when something is broken
        log.warning("The station does not write its report: %s", error)
        made = str(asyncio.run(_alone(Paths.from_environment(), path)))
    if as_json:
        print(json.dumps({"path": made}))
    else:
        print(output.say("doctor.bundle_made", path=made))
    return 0


async def _alone(paths: Paths, path: Path) -> Path:
    return await (await asyncio.to_thread(alone, paths)).bundle(path)


def alone(paths: Paths) -> Diagnostics:
    """Blocking. What gathers a report where no station can: from the files it left."""
    from app.cli import doctor_live
    from app.infra.database import driver

    driver.install()
    from app.infra.browser.pool import BrowserPool
    from app.infra.secrets import Secrets
    from app.runtime.bus import EventBus
    from app.services.monitoring.diagnostics import Diagnostics, Sources
    from app.services.plugins.service import PluginService
    from app.services.settings.service import SettingsService

    bus, keys = EventBus(), Secrets(paths.vault, paths.vault_key)
    settings = SettingsService(paths.settings, bus)
    settings.load()
    found = doctor_live.seen(paths)

    async def plugins() -> Sequence[PluginInfo]:
        service = PluginService(paths, bus, settings, keys, BrowserPool())
        await service.start()  # reads what there is, and starts none of it
        return await service.list()

    async def failed_jobs() -> Sequence[JobInfo]:
        return ()

    return Diagnostics(
        Sources(
            paths=paths,
            settings=lambda: settings.current,
            plugins=plugins,
            keys=keys,
            database=_File(paths.database),
            failed_jobs=failed_jobs,
            health=lambda: found,
            machine=lambda: None,
            now=lambda: None,
            phrases=doctor_live.phrases(paths),
        )
    )


class _File:
    """The database as a file that nobody else has open; it is only read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def run_read(self, work: Callable[[sqlite3.Connection], object]) -> object:
        def read() -> object:
            uri = f"{self._path.as_uri()}?mode=ro"
            with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=BUSY)) as connection:
                return work(connection)

        return await asyncio.to_thread(read)
