"""Every pair of codecs really plays on real receivers: bytes were fetched, and the picture moves.

The whole station plays them: what a receiver does not decode is converted for it, as the rules
say or because it refused. Several receivers of a kind share the films.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.domain.casting import Castable, DeviceId
from app.domain.errors import AppError
from app.infra.lan.offers import Offer, Offers
from app.infra.paths import Paths
from app.main import Station
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService
from tests.fakes import films
from tests.fakes.receivers.home import Home, home, needs_home
from tests.fakes.receivers.kinds import KINDS, Television

pytestmark = [*needs_home, pytest.mark.system, pytest.mark.timeout(300)]
EACH = 5
"""Receivers of a kind that play at the same time: most of the time they only play."""
SECONDS = 60.0
SILENT = "errors.cast_no_answer"
Pair = tuple[str, str, str]
CODECS: list[Pair] = [(*pair, "mkv") for pair in films.pairs("mkv")]
CONTAINERS: list[Pair] = [
    (*pair, one) for one in ("mp4", "ts", "avi", "webm") for pair in films.pairs(one)
]
FILMS = {name: [*CODECS, *CONTAINERS[number :: len(KINDS)]] for number, name in enumerate(KINDS)}
"""Every pair of codecs for each kind of receiver; each in every container for one of them."""


@dataclass
class Evening:
    """A station with its receivers, and how often each of them fetched something."""

    station: Station
    televisions: dict[DeviceId, Television] = field(default_factory=dict)
    fetched: Counter[str] = field(default_factory=Counter)  # by the receiver's address

    async def find(self, *televisions: Television) -> None:
        """Wait until all of them are there."""
        by_name = {one.name: one for one in televisions}
        async with asyncio.timeout(SECONDS):
            while len(self.televisions) < len(by_name):
                for one in await self.station.services.casting.devices():
                    if one.here:
                        self.televisions[one.id] = by_name[one.name]
                await asyncio.sleep(0.05)

    async def plays(self, device: DeviceId, film: Path) -> str:
        """Play a film there; returns what was wrong with it, or nothing."""
        casting, television = self.station.services.casting, self.televisions[device]
        before = self.fetched[television.room.address]
        told = f"{film.name} on {television.name}: "
        try:
            async with asyncio.timeout(SECONDS):
                await casting.cast(device, Castable(path=bytes(film)), start=0.0)
                await casting.until_playing(device)
        except (AppError, TimeoutError) as error:
            return f"{told}{error!r}"
        (playing,) = [one for one in await casting.castings() if one.device.id == device]
        if playing.position <= 0:
            return f"{told}it does not move: {playing}"
        if self.fetched[television.room.address] == before:
            return f"{told}it fetched nothing: {playing}"
        return ""

    async def share(self, wanted: list[Pair]) -> list[str]:
        """Let the receivers play these, each the next that is left; returns what was wrong."""
        left, wrong = deque(wanted), list[str]()

        dead: list[DeviceId] = []

        async def play(device: DeviceId) -> None:
            while left:
                pair = left.popleft()
                told = await self.plays(device, await asyncio.to_thread(films.pair, *pair))
                if SILENT in told and not dead:  # the renderer died, whatever it was given:
                    dead.append(device)  # once, and another one plays the film
                    left.append(pair)
                    return
                wrong.append(told)

        async with asyncio.TaskGroup() as group:
            for device in self.televisions:
                group.create_task(play(device))
        await play(next(one for one in self.televisions if one not in dead))  # what came back late
        assert len(wrong) == len(wanted)
        return [one for one in wrong if one]


@pytest.fixture
def place() -> Iterator[Home]:
    """A home, and the test in it."""
    with home() as made:
        yield made


@pytest.fixture
async def evening(
    place: Home, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Evening]:
    bus = EventBus()
    settings = SettingsService(paths.settings, bus)
    settings.load()
    made = Evening(Station(paths, bus, settings))
    really = Offers.fetched

    @contextlib.contextmanager
    def fetched(offers: Offers, offer: Offer) -> Iterator[None]:
        made.fetched[offer.device] += 1
        with really(offers, offer):
            yield

    monkeypatch.setattr(Offers, "fetched", fetched)
    await made.station.start()
    try:
        yield made
    finally:
        await made.station.stop()


@pytest.mark.parametrize("kind", list(KINDS))
async def test_every_pair_plays(kind: str, place: Home, evening: Evening, tmp_path: Path) -> None:
    chosen = KINDS[kind]
    if chosen.lacking:
        pytest.skip(chosen.lacking)
    televisions = []
    for number in range(1, EACH + 1):
        own = tmp_path / str(number)
        own.mkdir()
        made = chosen.build(place.room(), own, f"{kind} {number}", number)
        made.start()
        televisions.append(made)
    await evening.find(*televisions)
    assert await evening.share(FILMS[kind]) == []
