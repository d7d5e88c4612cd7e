"""Casting as somebody uses it: one press plays, and what happens at the screen is understood."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.api.casting import CastOrder, CastState
from app.domain.casting import Castable, CastStage, Method
from app.domain.errors import InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.settings_sections import Playback
from app.infra.database.engine import Database
from app.infra.paths import Paths
from tests.fakes.screen import TV as TV_DEVICE
from tests.fakes.screen import Screen
from tests.unit.services.casting.conftest import FACTS, FILM, NEXT, SERIAL, TV, Room, Shelf

ONE, TWO = Castable(path=FILM), Castable(path=NEXT)


async def test_a_film_plays_there_from_where_it_was_left(room: Room, shelf: Shelf) -> None:
    shelf.start = 30.0
    await room.plays()
    assert room.screen.loads[0].start == 30.0
    casting = room.casting
    assert (casting.stage, casting.title, casting.device.name) == (
        CastStage.PLAYING, "one", "Living-room TV",
    )  # fmt: skip
    assert casting.position == 31.0
    assert casting.duration == 100.0
    assert casting.plan is not None
    assert casting.plan.method is Method.DIRECT


async def test_it_plays_only_when_its_picture_moves(room: Room) -> None:
    await room.service.cast(TV, ONE)
    waiting = asyncio.create_task(room.service.until_playing(TV))
    await asyncio.sleep(0.05)  # the screen says that it plays, at second 0
    assert not waiting.done()
    room.screen.at(0.5)
    await waiting


async def test_orders_reach_the_screen(room: Room) -> None:
    await room.plays()
    service = room.service
    await service.pause(TV)
    await room.until(lambda: room.casting.stage is CastStage.PAUSED)
    await service.resume(TV)
    await service.seek(TV, 50.0)
    await service.set_volume(TV, 1.7)
    await service.mute(TV, True)
    assert room.screen.orders == [
        (CastOrder.PAUSE, 0.0), (CastOrder.PLAY, 0.0), (CastOrder.SEEK, 50.0),
        (CastOrder.VOLUME, 1.0), (CastOrder.MUTE, 1.0),
    ]  # fmt: skip
    await room.until(lambda: room.casting.position == 50.0)


async def test_where_one_is_is_kept_as_it_plays_and_at_the_end(room: Room, shelf: Shelf) -> None:
    await room.plays()
    room.screen.at(12.0)
    await room.until(lambda: (FILM, 12.0, 100.0) in shelf.kept)
    room.screen.at(15.0)
    await room.until(lambda: room.casting.position == 15.0)
    assert shelf.kept[-1] == (FILM, 12.0, 100.0)
    await room.service.pause(TV)
    await room.until(lambda: shelf.kept[-1] == (FILM, 15.0, 100.0))
    room.screen.now(CastState.ENDED, position=100.0)
    await room.until(lambda: shelf.kept[-1] == (FILM, 100.0, 100.0))
    await room.until(lambda: room.casting.stage is CastStage.ENDED)
    assert not shelf.open_now


async def test_somebody_stops_it_there(room: Room, shelf: Shelf) -> None:
    await room.plays()
    room.screen.at(44.0)
    await room.until(lambda: room.casting.position == 44.0)
    room.screen.now(CastState.STOPPED)
    await room.until(lambda: room.casting.stage is CastStage.ENDED)
    assert shelf.kept[-1] == (FILM, 44.0, 100.0)


async def test_the_next_episode_follows_and_then_nothing(room: Room) -> None:
    await room.plays(SERIAL)
    first = room.casting
    room.screen.now(CastState.ENDED, position=100.0)
    await room.loaded("e2")
    assert (first.has_next, room.casting.has_next) == (True, False)
    room.screen.at(2.0)
    room.screen.now(CastState.ENDED, position=100.0)
    await room.until(lambda: room.casting.stage is CastStage.ENDED)


async def test_no_episode_follows_by_itself_where_the_owner_wants_none(room: Room) -> None:
    room.playback = Playback(autoplay_next=False)
    await room.plays(SERIAL)
    room.screen.now(CastState.ENDED, position=100.0)
    await room.until(lambda: room.casting.stage is CastStage.ENDED)
    await room.plays(SERIAL)
    await room.service.next(TV)
    assert room.casting.title == "e2"


async def test_what_waits_plays_after_it(room: Room) -> None:
    await room.plays()
    await room.service.queue(TV, TWO)
    assert room.casting.waiting == ("e2",)
    await room.service.next(TV)
    assert room.casting.title == "e2"
    assert not room.casting.waiting


async def test_a_screen_that_refuses_gets_the_next_form_and_that_is_remembered(room: Room) -> None:
    room.facts = replace(FACTS, container="matroska")
    sinks = ("http-get:*:video/x-matroska:*", *room.screen.device.sinks)
    room.screen.device = replace(room.screen.device, sinks=sinks)
    room.screen.refuses = {"video/x-matroska"}
    room.screen.comes()
    await asyncio.sleep(0.05)
    await room.plays()
    methods = [method for method, _, _ in room.window.made]
    assert methods[0] == "direct"
    assert len(methods) > 1
    assert room.casting.plan is not None
    played = room.casting.plan.method
    assert played is not Method.DIRECT
    await room.service.leave(TV)
    room.window.made.clear()
    await room.plays()
    assert room.window.made[0][0] == played.value


async def test_a_screen_that_breaks_down_on_a_form_gets_the_next_at_the_same_second(
    room: Room,
) -> None:
    room.screen.breaks = {"video/mp4"}
    room.facts = replace(FACTS, container="matroska")
    await room.service.cast(TV, ONE, start=20.0)
    await room.until(lambda: room.screen.status.state is CastState.PLAYING)
    room.screen.at(1.0)
    await room.service.until_playing(TV)
    assert len(room.window.made) > 1
    assert {start for _, start, _ in room.window.made} == {20.0}
    assert room.casting.position == 21.0


async def test_a_screen_that_breaks_down_on_every_form_says_so(room: Room) -> None:
    room.screen.breaks = {sink.split(":")[2] for sink in TV_DEVICE.sinks}
    await room.service.cast(TV, ONE, start=20.0)
    with pytest.raises(Unsupported):
        await room.service.until_playing(TV)
    assert room.casting.stage is CastStage.FAILED
    assert room.casting.reason == "errors.cast_refused"
    assert not room.window.ready


async def test_the_end_of_the_ladder_says_why(room: Room) -> None:
    room.screen.refuses = {"video/mp4", "video/mpeg", "video/vnd.dlna.mpeg-tts", "video/mp2t"}
    with pytest.raises(Unsupported) as raised:
        await room.service.cast(TV, ONE)
    assert raised.value.key == "errors.cast_refused"
    assert room.casting.stage is CastStage.FAILED
    with pytest.raises(Unsupported):
        await room.service.until_playing(TV)


async def test_a_stream_that_is_converted_seeks_by_beginning_there(room: Room) -> None:
    room.facts = replace(FACTS, video="vp9", container="matroska")
    await room.plays(start=10.0)
    assert room.screen.loads[-1].start == 0.0
    assert room.casting.position == 11.0
    await room.service.seek(TV, 60.0)
    assert [start for _, start, _ in room.window.made] == [10.0, 60.0]
    room.screen.at(3.0)
    await room.until(lambda: room.casting.position == 63.0)
    assert not [order for order, _ in room.screen.orders if order is CastOrder.SEEK]


async def test_another_sound_track_is_sent_anew_at_the_same_second(room: Room) -> None:
    await room.plays()
    room.screen.at(40.0)
    await room.until(lambda: room.casting.position == 40.0)
    await room.service.choose_sound(TV, 1)
    assert room.window.made[-1][1:] == (40.0, 1)
    assert room.casting.sound == 1


async def test_other_subtitles(room: Room) -> None:
    await room.plays()
    await room.service.choose_subtitle(TV, 1)
    assert room.casting.subtitle == 1
    await room.service.choose_subtitle(TV, None)
    assert room.casting.subtitle is None


async def test_a_screen_that_goes_comes_back_and_goes_on(room: Room) -> None:
    await room.plays()
    room.screen.at(20.0)
    await room.until(lambda: room.casting.position == 20.0)
    room.screen.goes()
    await room.until(lambda: room.casting.stage is CastStage.GONE)
    room.screen.comes()
    room.screen.at(21.0)
    await room.until(lambda: room.casting.stage is CastStage.PLAYING)


async def test_somebody_else_takes_the_screen(room: Room, shelf: Shelf) -> None:
    await room.plays()
    room.now += 60.0
    room.screen.now(CastState.PLAYING, url="http://10.9.0.77/other", position=3.0)
    await room.until(lambda: room.casting.stage is CastStage.ENDED)
    assert shelf.kept[-1][1] == 1.0
    assert CastOrder.STOP not in [order for order, _ in room.screen.orders]


async def test_back_to_the_window_at_the_same_second(room: Room) -> None:
    await room.plays()
    room.screen.at(33.0)
    await room.until(lambda: room.casting.position == 33.0)
    assert await room.service.fetch(TV) == (ONE, 33.0)
    assert (CastOrder.STOP, 0.0) in room.screen.orders
    assert room.castings[-1] == ()
    with pytest.raises(NotFound):
        await room.service.pause(TV)


async def test_after_a_restart_the_cast_is_found_again(room: Room, database: Database) -> None:
    await room.plays()
    room.screen.at(25.0)
    await room.until(lambda: room.casting.position == 25.0)
    url = room.screen.status.url
    await room.service.stop()
    again = Room(database, room.screen, Shelf(), room.secrets)
    await again.begin()
    await again.until(lambda: again.castings)
    assert again.casting.title == "one"
    assert again.window.ready == {url}
    again.screen.at(27.0)
    await again.until(lambda: again.casting.position == 27.0)
    await again.service.leave(TV)
    await again.service.stop()


async def test_after_a_restart_a_download_is_found_again_by_its_stream(
    room: Room, database: Database
) -> None:
    await room.service.cast(TV, Castable(ticket=7))
    room.screen.at(5.0)
    await room.service.until_playing(TV)
    await room.service.stop()
    again = Room(database, room.screen, Shelf(), room.secrets)
    await again.begin()
    await again.until(lambda: again.castings)
    assert (again.casting.title, again.casting.what) == ("one", Castable(ticket=1))
    await again.service.leave(TV)
    await again.service.stop()


SECRET = '{"link":"https://films.example/canary-7d1f/film.mp4"}'


async def seal(room: Room) -> None:
    """Let the screen play a found stream, until what finds it again is kept."""
    room.shelf.secret = SECRET
    await room.service.cast(TV, Castable(ticket=7))
    room.screen.at(5.0)
    await room.service.until_playing(TV)
    async with asyncio.timeout(5):
        while await room.secrets.get(TV) is None:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)


async def test_after_a_restart_a_found_stream_is_found_by_what_lies_with_the_passwords(
    room: Room, database: Database, paths: Paths
) -> None:
    await seal(room)
    await room.service.stop()
    kept = [one.read_bytes() for one in paths.data.rglob("*") if one.is_file()]
    assert kept
    assert not [one for one in kept if b"canary-7d1f" in one]
    again = Room(database, room.screen, Shelf(), room.secrets)
    again.shelf.reopening = [Unavailable("errors.server_offline", host="films.example")]
    await again.begin()
    await again.until(lambda: again.castings)
    assert again.shelf.again == [SECRET, SECRET]  # its source came a moment later
    assert again.casting.title == "one"
    await again.service.leave(TV)
    assert await room.secrets.get(TV) is None
    await again.service.stop()


async def test_what_is_another_film_by_now_is_not_found_by_the_old_secret(
    room: Room, database: Database
) -> None:
    await seal(room)
    await room.service.cast(TV, ONE)  # no secret of its own
    await room.service.stop()
    assert await room.secrets.get(TV) is not None
    (running,) = await room.store.running()
    assert await room.store.unseal(running) == ""
    await room.store.end(TV)
    assert await room.secrets.get(TV) is None


async def test_a_found_stream_that_is_gone_is_honestly_not_taken_up(
    room: Room, database: Database
) -> None:
    await seal(room)
    await room.service.stop()
    again = Room(database, room.screen, Shelf(), room.secrets)
    again.shelf.reopening = [NotFound("errors.ticket_gone")]
    await again.begin()
    async with asyncio.timeout(5):
        while await again.store.running():  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)
    assert await again.service.castings() == ()
    assert await room.secrets.get(TV) is None
    await again.service.stop()


async def test_nothing_is_sealed_of_what_plays_no_more(room: Room) -> None:
    await room.plays()
    await room.store.seal(TV, "http://10.9.0.1:8200/m/other/film", SECRET)
    assert await room.secrets.get(TV) is None


async def test_a_cast_that_ended_meanwhile_is_not_taken_up(room: Room, database: Database) -> None:
    await room.plays()
    await room.service.stop()
    room.screen.now(CastState.STOPPED, url="")
    again = Room(database, room.screen, Shelf(), room.secrets)
    await again.begin()
    await again.until(lambda: room.screen.left >= 2)
    assert await again.service.castings() == ()
    async with asyncio.timeout(5):
        while await again.store.running():  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)
    await again.service.stop()


async def test_a_device_is_remembered_and_can_be_forgotten_when_it_is_away(room: Room) -> None:
    with pytest.raises(InvalidInput):
        await room.service.forget(TV)
    room.screen.goes()
    await room.until(lambda: not room.devices[-1][0].here)
    with pytest.raises(Unavailable):
        await room.service.cast(TV, ONE)
    await room.service.forget(TV)
    assert await room.service.devices() == ()
    room.screen.comes()
    await room.until(lambda: room.devices[-1] and room.devices[-1][0].here)


async def test_the_owner_says_in_which_form(room: Room) -> None:
    await room.service.set_form(TV, Method.FULL)
    offers = await room.service.offers(ONE)
    assert offers[0].plan is not None
    assert offers[0].plan.method is Method.FULL
    await room.plays()
    assert room.window.made[0][0] == "full"


async def test_what_cannot_be_opened_leaves_the_screen_as_it_is(room: Room) -> None:
    await room.plays()
    with pytest.raises(NotFound):
        await room.service.cast(TV, Castable(path=b"/films/none.mp4"))
    room.screen.at(5.0)
    await room.until(lambda: room.casting.position == 5.0)
    assert room.casting.title == "one"
    assert isinstance(room.screen, Screen)
