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
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.events import SettingsChanged, StationReady
from app.infra import logs
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService
from app.services.station import Services

if TYPE_CHECKING:
    from app.domain.settings_sections import Downloads
    from app.home import Home
    from app.infra.control import ControlServer
    from app.infra.database.engine import Database
    from app.infra.loopback import LoopbackServer
    from app.infra.probe import Probe
    from app.posting import Ground, Posting
    from app.runtime.loop import ServiceLoop
    from app.services.downloads.from_search import TorrentPlayer
    from app.services.downloads.service import DownloadsService
    from app.services.library.service import LibraryService
    from app.services.playback.service import PlaybackService
    from app.services.search.service import SearchService
    from app.thinking import Mind

log = logging.getLogger(__name__)

STOP_SECONDS = 4.5
"""A stop that takes longer is cut: the promise is five seconds after SIGTERM."""


LONGEST_RUN = 80
"""Bytes of a folder in which a socket can still have its name: the system takes 107 in all."""


class Station:
    """All services of one user, on the loop that runs `start()`."""

    def __init__(self, paths: Paths, bus: EventBus, settings: SettingsService) -> None:
        from app.infra.database import driver

        driver.install()  # before anything below imports sqlite3
        from app.home import build_home
        from app.infra.browser.pool import BrowserPool
        from app.infra.database.engine import Database
        from app.infra.loopback import LoopbackServer
        from app.infra.probe import Probe
        from app.infra.secrets import Secrets
        from app.oversight import build_oversight
        from app.posting import Ground, build_posting
        from app.runtime.jobs import JobEngine
        from app.services.library.service import LibraryService
        from app.services.playback.service import PlaybackService
        from app.services.plugins.service import PluginService
        from app.thinking import build_mind, language_of

        self.bus, self._database = bus, Database(paths.database)
        jobs = JobEngine(paths.jobs, bus)
        self._probe, self._browser, self._loopback = Probe(), BrowserPool(), LoopbackServer()
        library = LibraryService(self._database, bus, jobs, settings, self._probe, paths)
        playback = PlaybackService(self._database, bus, library, self._loopback)
        keys = Secrets(paths.vault, paths.vault_key)
        plugins = PluginService(paths, bus, settings, keys, self._browser)
        base = (self._database, bus, settings)
        downloads, torrents = _build_downloads(*base, library, playback, self._loopback, paths)
        mind = build_mind(*base, plugins, library, playback, paths)
        language = functools.partial(language_of, settings)
        self._ground = ground = Ground(*base, jobs, plugins, library, keys, paths, language)
        search = _build_search(ground, playback, self._probe, torrents, mind)
        home = build_home(*base, plugins, library, playback, downloads, search, keys,
                          self._loopback, paths, language)  # fmt: skip
        posting = build_posting(ground, mind, home)
        watch = build_oversight(ground, home, posting, downloads, self._browser)
        self._mind, self._home, self._posting, self._watch = mind, home, posting, watch
        self.services = Services(
            library=library, playback=playback, search=search, downloads=downloads, jobs=jobs,
            plugins=plugins, settings=settings, **_of(home, mind, posting), **watch.offers(),
        )  # fmt: skip

    async def start(self, *, window: bool = False) -> None:
        """Open the database, then start each service after those it stands on.

        `window`: whether there is one, which plays.
        """
        import gc

        services = self.services
        self._watch.complete(services, self._ground, self._browser, window=window)
        await self._database.open()
        await services.plugins.start()
        await services.library.start()
        await services.playback.start()
        await services.downloads.start()
        await services.search.start()
        await self._mind.start()
        await self._home.start()
        await self._posting.start()
        await self._watch.start()
        await services.jobs.start()  # last: unfinished jobs call into the services above
        await self._posting.start_jobs()
        await self._watch.start_jobs()
        self.bus.publish(StationReady())
        gc.freeze()  # modules and services live to the end: no collection need look at them again

    async def stop(self) -> None:
        """Stop in the reverse order; one that fails does not keep the others from closing."""
        services = self.services
        for name, leave in (
            *self._watch.leaving(),
            ("jobs", services.jobs.stop),
            *self._posting.leaving(),
            *self._home.leaving(),
            ("search", services.search.stop),
            *self._mind.leaving(),
            ("downloads", services.downloads.stop),
            ("playback", services.playback.stop),
            ("library", services.library.stop),
            ("plugins", services.plugins.stop),
            ("browser", self._browser.close),
            ("probe workers", self._probe.close),
            ("loopback server", self._loopback.stop),
            ("database", self._database.close),
        ):
            try:
                await leave()
            except Exception:
                log.exception("Stopping %s failed", name)


def _of(home: Home, mind: Mind, posting: Posting) -> dict[str, Any]:
    """The services of the parts that are built apart, by their names among all."""
    return {
        "casting": home.casting, "media_server": home.media_server, "lan": home.lan,
        "intelligence": mind.intelligence, "models": mind.models, "hearing": mind.hearing,
        "meaning": mind.meaning, "budget": mind.budget, "studio": posting.studio,
        "publishing": posting.publishing, "accounts": posting.accounts,
        "results": posting.results, "audit": posting.audit, "sharing": posting.sharing,
        "curator": posting.curator,
    }  # fmt: skip


def _build_search(
    ground: Ground, playback: PlaybackService, probe: Probe, torrents: TorrentPlayer, mind: Mind
) -> SearchService:
    from app.domain.score import Device
    from app.services.search.service import SearchService

    return SearchService(
        ground.database, ground.bus, ground.plugins, ground.library, ground.settings, playback,
        ground.jobs, probe, ground.paths, Device(os.cpu_count() or 4), torrents=torrents,
        judge=mind.intelligence.judge,
    )  # fmt: skip


def _build_downloads(
    database: Database,
    bus: EventBus,
    settings: SettingsService,
    library: LibraryService,
    playback: PlaybackService,
    server: LoopbackServer,
    paths: Paths,
) -> tuple[DownloadsService, TorrentPlayer]:
    from app.infra.torrents.engine import TorrentEngine
    from app.services.downloads.board import Board
    from app.services.downloads.dispatcher import Dispatcher
    from app.services.downloads.engines import Engines, settings_of
    from app.services.downloads.filing import Filer
    from app.services.downloads.from_search import TorrentPlayer
    from app.services.downloads.news import News
    from app.services.downloads.playing import Theatre
    from app.services.downloads.run import Hands
    from app.services.downloads.service import DownloadsService
    from app.services.downloads.store import DownloadStore

    def wishes() -> Downloads:
        return settings.current.downloads

    def folder() -> Path:
        named = wishes().folder.strip()
        return Path(named).expanduser() if named else paths.downloads

    news, store = News(bus), DownloadStore(database)
    engines = Engines(TorrentEngine(paths.torrents, settings_of(wishes())), wishes)
    hands = Hands(store, Filer(library, wishes, folder()), wishes, news.changed, news.finished)
    crew = Dispatcher(store, hands, engines.make, engines, Board(news.tell))
    engines.on_vpn(crew.ring)
    theatre = Theatre(crew, playback, library, server, bus)
    downloads = DownloadsService(store, bus, crew, engines, theatre, folder)
    return downloads, TorrentPlayer(downloads, engines, theatre)


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
        await self._station.start(window=True)
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


def run_window(paths: Paths, page: str, asked: Mapping[str, object], *, kiosk: bool = False) -> int:
    """Open the window and stay until it is closed; the caller holds the instance lock.

    `asked` is what is fetched once the station runs: see `app.services.control_downloads.get`.
    A `kiosk` fills its screen for as long as it runs.
    """
    from ui.shell import Shell

    return Shell(Backstage(paths), page=page, asked=asked, kiosk=kiosk).run()


def run_tour(paths: Paths, place: Path) -> int:
    """Show the main job unattended in `place`, with a home of its own there."""
    from ui.tour.drive import Tour
    from ui.tour.sources import make_sources

    place.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("SOKOUL_AUDIO", "null")  # nobody listens, and not every machine can
    own = Paths.from_environment(_tour_environment(place))
    make_sources(own.plugins)
    logs.setup(own)
    return Tour(Backstage(own), place).run()


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
    run = home / "run"
    if len(os.fsencode(run)) > LONGEST_RUN:
        import tempfile

        run = Path(tempfile.mkdtemp(prefix="sokoul-"))
    return {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(run),
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in names},
    }
