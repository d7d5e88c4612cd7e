"""The search service with what it stands on, over sources of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from app.domain.events import SearchChanged, StartTried
from app.domain.media import Card
from app.domain.score import Device
from app.domain.search import Result, SearchView, SourceState
from app.infra.database.engine import Database
from app.infra.loopback import LoopbackServer
from app.infra.paths import Paths
from app.infra.probe import Probe
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine
from app.services.playback.service import PlaybackService
from app.services.search.judging import Judge
from app.services.search.service import SearchService
from app.services.settings.service import SettingsService
from tests.fakes.sources import FakeSearchPlugins, FakeShelf, FakeSource


class Desk:
    """A search service and everything round it."""

    def __init__(
        self,
        paths: Paths,
        database: Database,
        probe: Probe,
        cards: tuple[Card, ...] = (),
        judge: Judge | None = None,
        **sources: FakeSource,
    ) -> None:
        self.now = 1_750_000_000.0
        self.bus = EventBus()
        self.plugins = FakeSearchPlugins(**sources)
        self.shelf = FakeShelf(*cards)
        self.settings = SettingsService(paths.settings, self.bus)
        self.loopback = LoopbackServer()
        self.playback = PlaybackService(database, self.bus, self.shelf, self.loopback)
        self.jobs = JobEngine(paths.jobs, self.bus)  # started by the tests that need it
        self.service = SearchService(
            database, self.bus, self.plugins, self.shelf, self.settings, self.playback, self.jobs,
            probe, paths, Device(12), judge, clock=self.clock,
        )  # fmt: skip
        self.views: list[SearchView] = []
        self.tried: list[StartTried] = []
        self.bus.on(SearchChanged, lambda event: self.views.append(event.view))
        self.bus.on(StartTried, self.tried.append)

    def clock(self) -> float:
        return self.now

    async def search(self, text: str, *, fresh: bool = False) -> SearchView:
        """Search, and wait for the quick sources and what settles after them."""
        view = await self.service.search(text, fresh=fresh)
        found = await self.service.wait(view.id)
        await asyncio.sleep(0.05)
        return await self.service.view(found.id)

    async def until(self, true: Callable[[], object], seconds: float = 5.0) -> None:
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.01)

    async def stop(self) -> None:
        await self.service.stop()
        await self.playback.stop()
        await self.loopback.stop()


def shown(view: SearchView) -> list[Result]:
    return [row for row in view.results if row.hidden is None]


def names(view: SearchView) -> list[str]:
    return [row.best.offer.name for row in shown(view)]


def state(view: SearchView, source: str) -> SourceState:
    return next(one for one in view.sources if one.source == source)


@pytest.fixture
async def probe() -> AsyncIterator[Probe]:
    made = Probe()
    yield made
    await made.close()


@pytest.fixture
async def desk_of(
    paths: Paths, database: Database, probe: Probe
) -> AsyncIterator[Callable[..., Any]]:
    made: list[Desk] = []

    async def make(*cards: Card, judge: Judge | None = None, **sources: FakeSource) -> Desk:
        desk = Desk(paths, database, probe, cards, judge, **sources)
        desk.settings.load()
        await desk.service.start()
        made.append(desk)
        return desk

    yield make
    for desk in made:
        await desk.stop()
