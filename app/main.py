"""The composition root: the only place where services are built, started and stopped in order.

Services import heavy libraries (SQLAlchemy alone takes 0.7 s), so they are imported inside the
functions that build them: the window paints first, then the services come up behind it. Even
asyncio comes later, for it brings the TLS library with it.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.events import SettingsChanged, StationReady
from app.infra import logs
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService
from app.services.station import Services

if TYPE_CHECKING:
    import argparse

    from app.infra.control import ControlServer
    from app.runtime.loop import ServiceLoop

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

        self.bus = bus
        self._database = Database(paths.database)
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
        import gc

        services = self.services
        await self._database.open()
        await services.plugins.start()
        await services.library.start()
        await services.playback.start()
        await services.jobs.start()  # last: unfinished jobs call into the services above
        self.bus.publish(StationReady())
        gc.freeze()  # modules and services live to the end: no collection need look at them again

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
            except Exception:
                log.exception("Stopping %s failed", name)


@contextlib.asynccontextmanager
async def open_station(paths: Paths) -> AsyncIterator[Station]:
    """Build and start a station without a window on the running loop; stop it at the end."""
    import asyncio

    paths.make()
    bus = EventBus()
    settings = SettingsService(paths.settings, bus)
    settings.load()
    follow_log_detail(settings, bus)
    logs.watch_loop(asyncio.get_running_loop())
    station = Station(paths, bus, settings)
    try:
        await station.start()
        yield station
    finally:
        await station.stop()


def follow_log_detail(settings: SettingsService, bus: EventBus) -> None:
    """Let the log be as detailed as the owner wants, now and after each change."""

    def follow(event: SettingsChanged) -> None:
        if event.section == "privacy":
            logs.set_detailed(settings.current.privacy.log_detail == "detailed")

    if settings.current.privacy.log_detail == "detailed":
        logs.set_detailed(True)
    bus.on(SettingsChanged, follow)


class Backstage:
    """A station on its own thread, with its socket: what the window stands on."""

    def __init__(self, paths: Paths) -> None:
        paths.make()
        self._paths = paths
        self.state = paths.state
        self.bus = EventBus()
        self.settings = SettingsService(paths.settings, self.bus)
        self.settings.load()
        follow_log_detail(self.settings, self.bus)
        self._station: Station | None = None
        self._control: ControlServer | None = None

    @functools.cached_property
    def loop(self) -> ServiceLoop:
        """The thread of the services; made when it is first asked for, after the first paint."""
        from app.runtime.loop import ServiceLoop

        return ServiceLoop()

    async def start(self, leave: Callable[[], None]) -> Services:
        """Start everything, on the service loop; `leave` is called when a command says quit."""
        import asyncio

        logs.watch_loop(asyncio.get_running_loop())
        self._station = Station(self._paths, self.bus, self.settings)
        await self._station.start()
        self._control = await listen(self._paths, self._station, leave)
        self.settings.tell_problems()
        return self._station.services

    def cut_short(self, *, now: bool) -> None:
        """End the process: at once, or soon should the stop hang."""
        if now:
            os._exit(1)
        end_hard_after()

    async def stop(self) -> None:
        """Close the socket, then the services; on the service loop."""
        if self._control is not None:
            await self._control.stop()
        if self._station is not None:
            await self._station.stop()


async def listen(
    paths: Paths, station: Station, leave: Callable[[], None], *, has_window: bool = True
) -> ControlServer:
    """Let commands and second starts reach this station."""
    from app.infra.control import ControlServer
    from app.services.control import Control

    control = Control(station.services, station.bus, leave, has_window=has_window)
    server = ControlServer(paths.socket, control.handlers())
    await server.start()
    return server


def run_serve(paths: Paths) -> int:
    """Run without a window until a signal or a command ends it."""
    import asyncio

    return asyncio.run(_serve(paths))


def run_window(paths: Paths, options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed; the caller holds the instance lock."""
    from ui.shell import Shell

    return Shell(Backstage(paths), page=options.page).run()


def run_tour(paths: Paths, place: Path) -> int:
    """Show the main job unattended in `place`, with a home of its own there."""
    from ui.tour.drive import Tour

    place.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("SOKOUL_AUDIO", "null")  # nobody listens, and not every machine can
    backstage = Backstage(Paths.from_environment(_tour_environment(place)))
    return Tour(backstage, place).run()


def end_hard_after(seconds: float = STOP_SECONDS) -> None:
    """End the process after that time, come what may: a stop must not hang."""

    def end() -> None:
        log.error("The stop took longer than %s s and was cut", seconds)
        os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


async def _serve(paths: Paths) -> int:
    import asyncio
    import signal

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def leave() -> None:
        if stop.is_set():
            os._exit(1)  # asked twice: at once
        end_hard_after()
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, leave)
    async with open_station(paths) as station:
        server = await listen(paths, station, leave, has_window=False)
        try:
            await stop.wait()
        finally:
            await server.stop()
    return 0


def _tour_environment(place: Path) -> dict[str, str]:
    """A home inside the tour's folder, so that it neither shows nor changes the owner's own."""
    home = place / "station"
    names = ("CONFIG", "DATA", "CACHE", "STATE")
    return {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in names},
    }
