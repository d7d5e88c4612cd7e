"""What plays on a TV from a download or a search goes on after a restart, on a real station."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from app.domain.casting import Castable, Casting, CastStage, DeviceId, Method
from app.domain.errors import NotFound
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.main import Station
from app.runtime.bus import EventBus
from app.services.casting.opening import Opener
from app.services.casting.store import SCOPE, CastStore
from app.services.settings.service import SettingsService
from tests.fakes.films import Film, make
from tests.fakes.ranges import file_server
from tests.fakes.receivers.dlna import Gmediarender
from tests.fakes.receivers.home import home, needs, needs_home

LASTS = 12.0
"""Seconds the film takes to come: it is still loading at the end of the test."""


@asynccontextmanager
async def station(paths: Paths) -> AsyncIterator[Station]:
    bus = EventBus()
    settings = SettingsService(paths.settings, bus)
    settings.load()
    await settings.set("downloads", "reserve", 1)
    made = Station(paths, bus, settings)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


def opener(made: Station) -> Opener:
    services = made.services
    return Opener(
        services.playback, services.library, made._loopback, services.downloads, services.search
    )


async def first_bytes(address: str) -> bytes:
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(address, headers={"Range": "bytes=0-999"})).content


async def test_a_download_is_opened_again_after_a_restart(paths: Paths) -> None:
    body = make(Film(seconds=60.0, container="mp4")).read_bytes()
    async with file_server(body) as web:
        web.rate = int(len(body) / LASTS)
        async with station(paths) as made, asyncio.timeout(30):
            number = await made.services.downloads.add(web.url.replace("film", "Metropolis.1927"))
            ticket = await made.services.downloads.play(number)
            opened = await opener(made).open(Castable(ticket=int(ticket)))
            stream = opened.stream
            assert stream.startswith("download:")
            await opened.keep(12.0, 60.0)
            await opened.close()
        async with station(paths) as made, asyncio.timeout(30):
            again = await opener(made).reopen(Castable(ticket=999), stream)
            assert (again.title, again.stream, again.start) == ("Metropolis", stream, 12.0)
            assert isinstance(again.source, str)
            assert await first_bytes(again.source) == body[:1000]
            await again.close()
            for other in ("download:nobody:0", "found#1", ""):
                with pytest.raises(NotFound):
                    await opener(made).reopen(Castable(ticket=999), other)
            await made.services.downloads.remove(number, files=True)
            assert await made.services.downloads.ticket_of(stream) is None


SECRET = "canary-4e1d"
TV = "Living room"


@pytest.fixture
def television(tmp_path: Path) -> Iterator[Gmediarender]:
    with home() as place:
        made = Gmediarender(place.room(), tmp_path, TV)
        made.start()
        yield made


async def until(true: Callable[[], object]) -> None:
    while not true():  # noqa: ASYNC110 - what is waited for has no event
        await asyncio.sleep(0.05)


async def playing(made: Station) -> Casting:
    """What plays on the TV, as soon as its picture moves."""
    while True:
        told = await made.services.casting.castings()
        if told and told[0].stage is CastStage.PLAYING and told[0].position > 0.5:
            return told[0]
        await asyncio.sleep(0.05)


async def there(made: Station) -> DeviceId:
    """The TV, as soon as it is found."""
    while True:
        for one in await made.services.casting.devices():
            if one.here:
                return one.id
        await asyncio.sleep(0.05)


def holding(paths: Paths, word: str) -> list[Path]:
    """The station's files in which a word stands."""
    places = (paths.data, paths.config, paths.cache, paths.state)
    files = {one for place in places for one in place.rglob("*") if one.is_file()}
    return [one for one in files if word.encode() in one.read_bytes()]


@needs("gmediarender")
class TestAFoundStream:
    """Found by an address with a login in it, as an owner types it."""

    pytestmark = needs_home

    async def test_its_address_at_the_tv_works_on_and_no_secret_is_on_the_disk(
        self, paths: Paths, television: Gmediarender
    ) -> None:
        body = make(Film(seconds=60.0, container="mp4")).read_bytes()
        async with file_server(body) as web:
            address = f"{web.url.replace('film', 'Metropolis.1927')}?token={SECRET}"
            async with station(paths) as made, asyncio.timeout(40):
                view = await made.services.search.search(address)
                await made.services.search.wait(view.id)
                ticket = await made.services.search.play(view.id)
                device = await there(made)
                await made.services.casting.cast(device, Castable(ticket=int(ticket)))
                before = await playing(made)
                assert before.plan is not None
                assert before.plan.method is Method.DIRECT
                await until(paths.vault.exists)
            assert holding(paths, SECRET) == []
            web.asked.clear()
            async with station(paths) as made, asyncio.timeout(40):
                after = await playing(made)
                assert (after.title, after.plan) == (before.title, before.plan)
                web.asked.clear()
                await made.services.casting.seek(device, 40.0)
                while (await playing(made)).position < 40.5:  # noqa: ASYNC110 - the same
                    await asyncio.sleep(0.05)
                assert web.asked  # the TV fetched, by the address it was told before
                await made.services.casting.leave(device)
            assert holding(paths, SECRET) == []

    async def test_another_film_at_its_place_is_not_taken_for_it(
        self, paths: Paths, television: Gmediarender
    ) -> None:
        async with file_server(make(Film(seconds=60.0, container="mp4")).read_bytes()) as web:
            address = web.url.replace("film", "Metropolis.1927")
            async with station(paths) as made, asyncio.timeout(40):
                view = await made.services.search.search(address)
                await made.services.search.wait(view.id)
                ticket = await made.services.search.play(view.id)
                device = await there(made)
                await made.services.casting.cast(device, Castable(ticket=int(ticket)))
                await playing(made)
                await until(paths.vault.exists)
            web.body = make(Film(seconds=20.0, container="mp4")).read_bytes()
            async with station(paths) as made, asyncio.timeout(40):
                await there(made)
                secrets = Secrets(paths.vault, paths.vault_key, {}).scoped(SCOPE)
                store = CastStore(made._database, secrets)
                while await store.running():  # noqa: ASYNC110 - it has no event
                    await asyncio.sleep(0.05)
                assert await made.services.casting.castings() == ()


@needs("gmediarender")
class TestWhatWaits:
    """For a real renderer, with real films."""

    pytestmark = needs_home

    async def test_its_end_begins_the_next_though_the_station_was_started_anew(
        self, paths: Paths, television: Gmediarender, tmp_path: Path
    ) -> None:
        one = make(Film(container="mp4", seconds=30.0), tmp_path / "Nosferatu (1922).mp4")
        gone = make(Film(container="mp4", seconds=10.0), tmp_path / "The Golem (1920).mp4")
        two = make(Film(container="mp4", seconds=31.0), tmp_path / "Metropolis (1927).mp4")
        async with station(paths) as made, asyncio.timeout(40):
            device = await there(made)
            casting = made.services.casting
            await casting.cast(device, Castable(path=bytes(one)))
            await playing(made)
            await casting.queue(device, Castable(path=bytes(gone)))
            await casting.queue(device, Castable(path=bytes(two)))
        gone.unlink()
        async with station(paths) as made, asyncio.timeout(60):
            casting = made.services.casting
            told = await playing(made)
            assert (told.title, told.waiting) == ("Nosferatu", ("The Golem", "Metropolis"))
            await casting.seek(device, 26.0)
            while (told := await playing(made)).title == "Nosferatu":  # noqa: ASYNC110 - the same
                await asyncio.sleep(0.05)
            assert (told.title, told.waiting) == ("Metropolis", ())
            await casting.leave(device)
