"""A library with real parts: SQLite, jobs, workers, ffmpeg's films."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.events import JobState, ScanPhase, ScanProgressed
from app.domain.media import Card, Folder, LibraryQuery, MediaKind
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.infra.probe import Probe
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine
from app.services.library.service import LibraryService
from app.services.settings.service import SettingsService

ALL = tuple(MediaKind)


class Station:
    """The services around the library, and short ways to ask it."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.bus = EventBus()
        self.events: list[object] = []
        self.bus.on(ScanProgressed, self.events.append)
        self.database = Database(paths.database)
        self.settings = SettingsService(paths.settings, self.bus)
        self.jobs = JobEngine(paths.jobs, self.bus)
        self.probe = Probe()
        self.library = LibraryService(
            self.database, self.bus, self.jobs, self.settings, self.probe, paths
        )

    async def start(self) -> None:
        self.settings.load()
        await self.database.open()
        await self.library.start()
        await self.jobs.start()

    async def stop(self) -> None:
        await self.jobs.stop()
        await self.library.stop()
        await self.probe.close()
        await self.database.close()

    async def add(self, path: Path | bytes) -> Folder:
        """Add a folder and wait for its scan."""
        place = path if isinstance(path, bytes) else str(path).encode()
        before = self.ends()
        folder = await self.library.add_folder(place)
        await self.until(lambda: self.ends() > before)
        return folder

    async def scan(self, folder: Folder, *, owner: bool = False) -> None:
        """Scan now: as at a start, or as the owner asks for."""
        if not owner:
            await self.library._runner.run(folder.id)
            return
        before = self.ends()
        await self.library.rescan(folder.id)
        await self.until(lambda: self.ends() > before)
        while await self.jobs.list(states=(JobState.QUEUED, JobState.RUNNING)):  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.02)  # a scan of the watcher's may have ended before it

    def ends(self) -> int:
        ends = {ScanPhase.DONE, ScanPhase.FAILED, ScanPhase.CANCELLED}
        return sum(
            1 for each in self.events if isinstance(each, ScanProgressed) and each.phase in ends
        )

    async def cards(self, *kinds: MediaKind, **more: Any) -> list[Card]:
        query = LibraryQuery(kinds=kinds or ALL, **more)
        return await self.library.cards(await self.library.listing(query))

    async def titles(self, *kinds: MediaKind, **more: Any) -> list[str]:
        return [card.title for card in await self.cards(*kinds, **more)]

    async def raw(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return await self.database.run_read(lambda raw: raw.execute(sql, values).fetchall())

    async def write(self, sql: str, *values: object) -> None:
        await self.database.run_write(lambda raw: raw.execute(sql, values).close())

    async def until(self, true: Callable[[], Any], seconds: float = 30.0) -> None:
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 - what is waited for is on a disk
                await asyncio.sleep(0.02)


@pytest.fixture
async def station(paths: Paths) -> AsyncIterator[Station]:
    made = Station(paths)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """An empty folder for films."""
    folder = tmp_path / "things"  # "films" would make each file one
    folder.mkdir()
    return folder
