"""What only a Chromecast does, on one that really fetches and plays, in a namespace of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.api import CastMedia, CastOrder, CastState, CastSubtitle, NotFound, Unsupported
from tests.fakes.films import Film, make
from tests.fakes.plugins import provider
from tests.fakes.receivers.chromecast import Chromecast, needs_node
from tests.fakes.receivers.home import Home, needs, needs_home
from tests.fakes.receivers.serving import Served, serving
from tests.fakes.receivers.watching import found, state_of, status_until

pytestmark = [*needs_home, needs("node", "mpv"), needs_node]
FILM = Film(container="mp4", seconds=60.0, rate=5)
WORDS = "WEBVTT\n\n00:00.000 --> 00:09.000\nGood evening\n"


@pytest.fixture
def television(place: Home, tmp_path: Path) -> Chromecast:
    made = Chromecast(place.room(), tmp_path)
    made.start()
    return made


@pytest.fixture
async def station(television: Chromecast) -> AsyncIterator[Served]:
    async with serving(television.room.way) as made:
        yield made


def film(station: Served, recipe: Film = FILM, **more: Any) -> CastMedia:
    url = station.put("film.mp4", make(recipe), "video/mp4")
    return CastMedia(
        url=url, content_type="video/mp4", title="Night", duration=recipe.seconds, **more
    )


async def test_is_told_of_a_film_and_its_subtitles(
    plugin: Any, television: Chromecast, station: Served, tmp_path: Path
) -> None:
    device = await found(plugin, television.room.way, television.name)
    assert device.id == television.id
    assert (device.model, device.maker) == ("Chromecast", "Google")
    words = tmp_path / "words.vtt"
    words.write_text(WORDS)
    tracks = tuple(
        CastSubtitle(station.put(f"{code}.vtt", words, "text/vtt"), "text/vtt", code, code)
        for code in ("en", "fr")
    )
    media = film(station, subtitles=tracks, subtitle=1, picture=f"{station.base}/poster.jpg")
    await plugin.load(device.id, media)
    told = await state_of(plugin, device.id, CastState.PLAYING)
    assert told.subtitle == 1
    sent = television.events("load")[0]["media"]
    assert sent["streamType"] == "BUFFERED"
    assert sent["metadata"]["title"] == "Night"
    assert sent["metadata"]["images"] == [{"url": media.picture}]
    assert [one["url"] for one in television.events("track")] == [tracks[1].url]
    await plugin.order(device.id, CastOrder.SUBTITLE, 0)
    await status_until(plugin, device.id, lambda told: told.subtitle == 0, "not changed")
    async with asyncio.timeout(10):
        while len(television.events("track")) < 2:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.05)
    await plugin.order(device.id, CastOrder.SUBTITLE, -1)
    await status_until(plugin, device.id, lambda told: told.subtitle is None, "still on")
    fetched = television.events("track")
    assert [one["url"] for one in fetched] == [tracks[1].url, tracks[0].url]
    assert all(one["good"] and one["style"]["edgeType"] == "OUTLINE" for one in fetched)
    assert station.gets("en.vtt")[0]["origin"].startswith("https://")


async def test_a_seek_does_not_let_it_go_on_and_a_refusal_is_one(
    plugin: Any, television: Chromecast, station: Served
) -> None:
    device = await found(plugin, television.room.way, television.name)
    await plugin.load(device.id, film(station))
    await state_of(plugin, device.id, CastState.PLAYING)
    await plugin.order(device.id, CastOrder.PAUSE, 0)
    paused = await state_of(plugin, device.id, CastState.PAUSED)
    assert paused.position < 20
    await plugin.order(device.id, CastOrder.SEEK, 30)
    moved = await status_until(plugin, device.id, lambda told: told.position > 29, "no seek")
    assert moved.state is CastState.PAUSED
    assert moved.position == pytest.approx(30, abs=1)
    # One that plays already is found as it is: nothing is started for it.
    await plugin.leave(device.id)
    assert (await state_of(plugin, device.id, CastState.PAUSED)).url == moved.url
    assert [one["type"] for one in television.events("told")].count("LAUNCH") == 1
    missing = CastMedia(url=f"{station.base}/none.mp4", content_type="video/mp4", title="x")
    with pytest.raises(Unsupported, match=r"errors\.cast_refused"):
        await plugin.load(device.id, missing)
    assert (await plugin.status(device.id, 0, 0)).state is CastState.FAILED


async def test_no_thread_stays(television: Chromecast, station: Served, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    async with provider("chromecast", tmp_path / "cache") as plugin:
        device = await found(plugin, television.room.way, television.name)
        await plugin.load(device.id, film(station))
        assert set(threading.enumerate()) - before
    for _ in range(100):
        # The test's own server reads its file on those of asyncio.
        now = {one for one in threading.enumerate() if not one.name.startswith("asyncio_")}
        left = now - before
        if not left:
            break
        await asyncio.sleep(0.02)
    assert not left


async def test_groups_are_sound_only(plugin: Any, place: Home, tmp_path: Path) -> None:
    room = place.room()
    Chromecast(room, tmp_path, "Everywhere", 2, port=32_187, model="Google Cast Group").start()
    device = await found(plugin, room.way, "Everywhere")
    assert device.sound_only
    assert (await plugin.status(device.id, 0, 0)).state is CastState.IDLE
    with pytest.raises(NotFound):
        await plugin.order("nobody", CastOrder.PLAY, 0)
