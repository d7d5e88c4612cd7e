"""How soon a picture moves on a TV after somebody pressed: the whole station, a real receiver.

The receiver stands in a network namespace of its own, speaks the protocol of Chromecasts and
plays with mpv; its own log says when its second picture was shown.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.domain.casting import Castable, CastStage, DeviceId, Method
from app.domain.events import CastingChanged
from app.infra.paths import Paths
from app.main import Station
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService
from tests.bench.report import write
from tests.fakes import films
from tests.fakes.receivers.chromecast import Chromecast, needs_node
from tests.fakes.receivers.home import Home, home, needs, needs_home

pytestmark = [
    pytest.mark.bench, pytest.mark.timeout(600), *needs_home, needs("node", "mpv"), needs_node,
]  # fmt: skip
ROUNDS = 5
SECONDS = 20.0
FILMS = {
    Method.DIRECT: films.Film(container="mp4", seconds=SECONDS, size="1920x1080", rate=24),
    Method.FULL: films.Film(video="hevc", seconds=SECONDS, size="1920x1080", rate=24),
}
GOALS = {Method.DIRECT: 0.5, Method.FULL: 2.0}
"""Seconds from the press to the moving picture, by what is done to the film."""


class Presses:
    """A station and a TV, and what each of them told of one press."""

    def __init__(self, station: Station, bus: EventBus, television: Chromecast) -> None:
        self._casting = station.services.casting
        self._television = television
        self._stages: list[tuple[CastStage, float]] = []
        self.device = DeviceId(television.id)
        bus.on(CastingChanged, self._told)

    async def found(self) -> None:
        """Wait until the TV is there."""
        async with asyncio.timeout(20):
            while not any(one.here for one in await self._casting.devices()):  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.05)

    async def press(self, film: Path, method: Method) -> dict[str, float]:
        """Cast it; seconds from the press to each thing that follows."""
        self._stages.clear()
        before = len(self._television.events("moving"))
        began = time.time()
        await self._casting.cast(self.device, Castable(path=bytes(film)), start=0.0)
        async with asyncio.timeout(30):
            while len(self._television.events("moving")) == before:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.02)
        (casting,) = await self._casting.castings()
        assert casting.plan is not None
        assert casting.plan.method is method
        ready = next(at for stage, at in self._stages if stage is CastStage.LOADING)
        told = {"ready": ready}
        for event in ("load", "loaded", "moving"):
            told[event] = self._television.events(event)[-1]["at"]
        return {name: at - began for name, at in told.items()}

    async def leave(self) -> None:
        """Stop it there: its player ends."""
        await self._casting.leave(self.device)

    def _told(self, event: CastingChanged) -> None:
        for one in event.castings:
            self._stages.append((one.stage, time.time()))


@pytest.fixture
def place() -> Iterator[Home]:
    with home() as made:
        yield made


@pytest.fixture
async def presses(place: Home, paths: Paths, tmp_path: Path) -> AsyncIterator[Presses]:
    television = Chromecast(place.room(), tmp_path)
    television.start()
    bus = EventBus()
    settings = SettingsService(paths.settings, bus)
    settings.load()
    station = Station(paths, bus, settings)
    await station.start()
    made = Presses(station, bus, television)
    try:
        await made.found()
        yield made
        await made.leave()
    finally:
        await station.stop()


async def test_from_the_press_to_the_moving_picture(presses: Presses) -> None:
    figures: dict[str, object] = {"film": f"1920x1080, 24 pictures a second, {SECONDS:.0f} s"}
    medians = {}
    for method, recipe in FILMS.items():
        film = films.make(recipe)
        told = [await presses.press(film, method)]  # probes the film
        figures[f"{method}, the very first, moves s"] = round(told[0]["moving"], 2)
        for kind in ("its player runs already", "its player starts"):
            told.clear()
            for _ in range(ROUNDS):
                if kind == "its player starts":
                    await presses.leave()
                told.append(await presses.press(film, method))
            for name in ("ready", "load", "loaded", "moving"):
                middle = statistics.median(one[name] for one in told)
                figures[f"{method}, {kind}, {name} s"] = round(middle, 3)
                medians[method, kind, name] = middle
    write("press", figures)
    for method, goal in GOALS.items():
        assert medians[method, "its player runs already", "moving"] <= goal
        assert medians[method, "its player starts", "moving"] <= goal
