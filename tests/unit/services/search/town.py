"""The search service over real plugins: their code, their web clients, servers on loopback."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

from app.domain.events import SearchChanged
from app.domain.score import Device
from app.domain.search import SearchView
from app.infra.database.engine import Database
from app.infra.loopback import LoopbackServer
from app.infra.paths import Paths
from app.infra.probe import Probe
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine
from app.services.playback.service import PlaybackService
from app.services.plugins.service import BUILT_IN, PluginService
from app.services.search.judging import Judge
from app.services.search.service import SearchService
from app.services.settings.service import SettingsService
from tests.fakes.plugins import NoBrowser
from tests.fakes.sources import FakeShelf
from tests.plugins.indexers.servers import KEY

TUBE = "/api/v1/search/videos"
FILM = "night of the living dead 1968"
_SECONDS = re.compile(r"^timeout = .*$", re.MULTILINE)
_PACE = re.compile(r"^requests_per_second = .*$", re.MULTILINE)


def copy_plugins(to: Path, *names: str, seconds: float = 0.8) -> Path:
    """The real folders of some plugins alone, made impatient."""
    for name in names:
        shutil.copytree(BUILT_IN / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        manifest = to / name / "manifest.toml"
        text = _SECONDS.sub(f"timeout = {max(1.0, seconds)}", manifest.read_text())
        manifest.write_text(_PACE.sub("requests_per_second = 50.0", text))
    return to


def videos(*titles: str) -> bytes:
    """The answer of a PeerTube index with videos of these names."""
    found = [
        {
            "uuid": f"00000000-0000-4000-8000-{number:012}",
            "name": title,
            "description": title,
            "channel": {"host": "tube.example", "displayName": title},
        }
        for number, title in enumerate(titles)
    ]
    return json.dumps({"total": len(found), "data": found}).encode()


class Town:
    """A station of which only searching lives."""

    def __init__(
        self,
        paths: Paths,
        database: Database,
        probe: Probe,
        built_in: Path,
        judge: Judge | None = None,
    ) -> None:
        self.now = 1_750_000_000.0
        bus = EventBus()
        self.settings = SettingsService(paths.settings, bus)
        self.settings.load()
        secrets = Secrets(paths.vault, paths.vault_key, {})
        secrets._keyring_works, secrets._probed_at = False, time.monotonic()
        self.plugins = PluginService(paths, bus, self.settings, secrets, NoBrowser(), built_in)
        shelf, server = FakeShelf(), LoopbackServer()
        self.loopback = server
        self.playback = PlaybackService(database, bus, shelf, server)
        self.service = SearchService(
            database, bus, self.plugins, shelf, self.settings, self.playback,
            JobEngine(paths.jobs, bus), probe, paths, Device(12), judge, clock=lambda: self.now,
        )  # fmt: skip
        self.views: list[SearchView] = []
        bus.on(SearchChanged, lambda event: self.views.append(event.view))

    async def start(self) -> None:
        await self.plugins.start()
        await self.service.start()

    async def stop(self) -> None:
        await self.service.stop()
        await self.plugins.stop()
        await self.playback.stop()
        await self.loopback.stop()

    async def watch_tube(self, address: str) -> None:
        """Search an index of PeerTube there."""
        options: dict[str, Any] = {"address": address}
        await self.settings.set_plugin("peertube", enabled=True, options=options)

    async def add_feed(self, address: str) -> str:
        """Search an indexer there, which must be well now."""
        values = {"address": address, "api_key": KEY}
        return await self.plugins.instances.add("indexers", "Feed", values)

    async def search(self, text: str = FILM) -> SearchView:
        """Ask everybody, and wait for all of them."""
        view = await self.service.search(text, fresh=True)
        return await self.service.wait(view.id, slow=True)
