"""What the tests of commands share: a quick tempo, work that goes on, and hostile titles."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any, TypeVar, cast

import pytest

from app.api.searching import Hit, SearchQuestion
from app.domain.media import Card
from app.domain.settings_sections import Remote
from app.infra.database.engine import Database
from app.infra.paths import Paths
from app.infra.probe import Probe
from app.runtime.bus import EventBus
from app.services.remote.commands.hunt import Means
from app.services.remote.commands.items import Items
from app.services.remote.commands.loads import Loads
from app.services.remote.commands.screens import Screens
from app.services.remote.commands.sheet import Sheets, Tempo
from tests.fakes.casting import FakeCasting
from tests.fakes.downloads import FakeDownloads
from tests.fakes.services import FakeLibrary, FakePlayback
from tests.fakes.sources import FakeSource
from tests.unit.services.search.conftest import Desk

T = TypeVar("T")
Make = Callable[..., Any]

QUICK = Tempo(beat=0.02, pace=0.0, lasts=30.0)
HOSTILE = "\x1b[2J\u202eevil\r\n\0 /download@bot <b>*_`" + "A\ud800" * 2500


def port(fake: object) -> Any:
    """A fake as the service it stands for."""
    return cast("Any", fake)


async def until(true: Callable[[], object]) -> None:
    """Wait until it is so: 20 s at most. Before anything is said, it is not so."""

    def look() -> bool:
        with contextlib.suppress(LookupError):
            return bool(true())
        return False

    async with asyncio.timeout(20):  # seconds
        while not look():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def going(work: Coroutine[Any, Any, T]) -> AsyncIterator[asyncio.Task[T]]:
    """Something that goes on while a test looks; it is cancelled at the end, as a desk does."""
    task = asyncio.ensure_future(work)
    try:
        yield task
    finally:
        task.cancel()
        ended = (await asyncio.gather(task, return_exceptions=True))[0]
    if isinstance(ended, Exception):
        raise ended


class Slow(FakeSource):
    """A source that answers when it is told to."""

    def __init__(self, *hits: Hit) -> None:
        super().__init__(hits)
        self.may = asyncio.Event()

    async def search(self, question: SearchQuestion) -> Sequence[Hit]:
        await self.may.wait()
        return await super().search(question)


@pytest.fixture
async def desks(paths: Paths, database: Database) -> AsyncIterator[Make]:
    """Makes real search services over sources of the test's own."""
    probe, made = Probe(), []

    async def make(*cards: Card, **sources: FakeSource) -> Desk:
        desk = Desk(paths, database, probe, cards, None, **sources)
        desk.settings.load()
        await desk.service.start()
        made.append(desk)
        return desk

    yield make
    for desk in made:
        await desk.stop()
    await probe.close()


class House:
    """A home in memory: screens, downloads, a library."""

    def __init__(self) -> None:
        self.bus = EventBus()
        self.casting = FakeCasting(self.bus)
        self.downloads = FakeDownloads(self.bus)
        self.library = FakeLibrary()
        self.playback = FakePlayback()
        self.remote = Remote()
        self.sheets = Sheets(QUICK)
        self.build()

    def join(self, bus: EventBus) -> None:
        """Tell and hear everything on another bus."""
        self.bus = self.casting._bus = self.downloads._bus = bus
        self.build()

    def build(self, *, window: bool = True) -> None:
        self.screens = Screens(port(self.casting), self.bus, self.sheets, window=window)
        self.loads = Loads(port(self.downloads), self.bus, lambda: self.remote, self.sheets)
        self.items = Items(port(self.library), port(self.playback), self.screens)

    def means(self, search: object) -> Means:
        return Means(
            port(search), port(self.downloads), self.loads, self.screens, self.bus, self.sheets
        )


@pytest.fixture
def house() -> House:
    return House()
