"""What every plugin that casts does: plays on real devices, each in a namespace of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.api import CastMedia, CastOrder, CastState, NotFound, Unsupported
from tests.fakes.films import Film, make
from tests.fakes.plugins import provider
from tests.fakes.receivers.home import Home, needs_home
from tests.fakes.receivers.kinds import KINDS, Kind, Television
from tests.fakes.receivers.serving import Served, serving
from tests.fakes.receivers.watching import devices_until, found, state_of, status_until

pytestmark = needs_home
FILM = Film(container="mp4", seconds=60.0, rate=5)
SHORT = Film(container="mp4", seconds=3.0, rate=5)


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    chosen = KINDS[request.param]
    if chosen.lacking:
        pytest.skip(chosen.lacking)
    return chosen


@pytest.fixture
def television(kind: Kind, place: Home, tmp_path: Path) -> Television:
    made = kind.build(place.room(), tmp_path)
    made.start()
    return made


@pytest.fixture
async def plugin(kind: Kind, place: Home, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider(kind.plugin, tmp_path / "cache") as made:
        yield made


@pytest.fixture
async def station(television: Television) -> AsyncIterator[Served]:
    async with serving(television.room.way) as made:
        yield made


def film(station: Served, recipe: Film = FILM, name: str = "film.mp4", **more: Any) -> CastMedia:
    url = station.put(name, make(recipe), "video/mp4")
    return CastMedia(
        url=url, content_type="video/mp4", title="Night & <day>", duration=recipe.seconds, **more
    )


def _near(value: float | None, wanted: float) -> bool:
    return value is not None and abs(value - wanted) < 0.03


async def test_plays_and_does_as_told(plugin: Any, television: Television, station: Served) -> None:
    device = await found(plugin, television.room.way, television.name)
    assert (device.address, device.way) == (television.room.address, television.room.way)
    assert not device.sound_only
    media = film(station, start=40.0)
    await plugin.load(device.id, media)
    playing = await status_until(
        plugin,
        device.id,
        lambda told: told.state is CastState.PLAYING and told.position > 41,
        "it does not begin there, or does not move",
    )
    assert playing.position < 48
    assert playing.url == media.url
    assert playing.duration == pytest.approx(60, abs=1)
    assert station.gets("film.mp4")

    await plugin.order(device.id, CastOrder.PAUSE, 0)
    paused = await state_of(plugin, device.id, CastState.PAUSED)
    # What else it is told meanwhile; and it stands still.
    await plugin.order(device.id, CastOrder.VOLUME, 0.42)
    await status_until(plugin, device.id, lambda told: _near(told.volume, 0.42), "volume")
    await plugin.order(device.id, CastOrder.MUTE, 1)
    await status_until(plugin, device.id, lambda told: told.muted is True, "not muted")
    await plugin.order(device.id, CastOrder.MUTE, 0)
    await status_until(plugin, device.id, lambda told: told.muted is False, "still muted")
    await asyncio.sleep(1.1)
    still = await plugin.status(device.id, 0, 0)
    assert still.position == pytest.approx(paused.position, abs=1)
    assert still.state is CastState.PAUSED
    await plugin.order(device.id, CastOrder.PLAY, 0)
    await state_of(plugin, device.id, CastState.PLAYING)

    await plugin.order(device.id, CastOrder.SEEK, 20)
    there = await status_until(
        plugin,
        device.id,
        lambda told: told.state is CastState.PLAYING and 20.5 < told.position < 26,
        "it does not seek",
    )
    assert there.url == media.url
    await plugin.order(device.id, CastOrder.STOP, 0)
    await state_of(plugin, device.id, CastState.STOPPED)
    with pytest.raises(NotFound):
        await plugin.order("nobody", CastOrder.PLAY, 0)


async def test_tells_the_end_from_a_failure(
    plugin: Any,
    television: Television,
    station: Served,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("plugins.dlna.playback.OPENS_WITHIN", 4.0)
    device = await found(plugin, television.room.way, television.name)
    await plugin.load(device.id, film(station))
    await state_of(plugin, device.id, CastState.PLAYING)
    # While one plays, the next is taken; and it comes to its end.
    await plugin.load(device.id, film(station, SHORT, "short.mp4"))
    ended = await state_of(plugin, device.id, CastState.ENDED)
    assert ended.position == pytest.approx(3, abs=0.5)
    # And another one after it, as a queue does; it is not there.
    media = CastMedia(
        url=f"{station.base}/none.mp4", content_type="video/mp4", title="x", duration=60
    )
    with contextlib.suppress(Unsupported):  # honest ones refuse, others take it and do nothing
        await plugin.load(device.id, media)
    told = await state_of(plugin, device.id, CastState.FAILED)
    assert told.reason in ("errors.cast_did_not_play", "errors.cast_refused")
    assert told.args["device"] == television.name
    # It is not spoiled by it.
    await plugin.load(device.id, film(station))
    await state_of(plugin, device.id, CastState.PLAYING)


async def test_is_found_again_by_another_and_after_it_was_away(
    plugin: Any, kind: Kind, television: Television, station: Served, tmp_path: Path
) -> None:
    """As after a restart of the station, or on another one; then of the device."""
    way = television.room.way
    device = await found(plugin, way, television.name)
    media = film(station)
    await plugin.load(device.id, media)
    await state_of(plugin, device.id, CastState.PLAYING)
    await plugin.leave(device.id)
    async with provider(kind.plugin, tmp_path / "other") as other:
        same = await found(other, way, television.name)
        assert same.id == device.id
        both = await asyncio.gather(
            *(state_of(one, same.id, CastState.PLAYING) for one in (other, plugin))
        )
        assert [told.url for told in both] == [media.url, media.url]
        # The other one takes over: everybody is told by the address that plays.
        theirs = film(station, name="other.mp4")
        await other.load(same.id, theirs)
        await status_until(plugin, device.id, lambda told: told.url == theirs.url, "taken over")
        await state_of(plugin, same.id, CastState.PLAYING)

        television.kill()
        await state_of(plugin, device.id, CastState.GONE)
        await devices_until(plugin, (way,), lambda told: not told.devices)
        television.start()
        told = await state_of(plugin, device.id, CastState.STOPPED, CastState.IDLE)
        assert told.reason == ""
        assert (await found(plugin, way, television.name)).id == device.id
        await plugin.load(device.id, media)
        await state_of(plugin, device.id, CastState.PLAYING)
        # And what one of them stops has stopped for all.
        await asyncio.sleep(0.8)  # rygel falls over when it is stopped as it begins
        await other.order(same.id, CastOrder.STOP, 0)
        await state_of(plugin, device.id, CastState.STOPPED)
