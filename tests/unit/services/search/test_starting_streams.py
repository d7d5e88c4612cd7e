"""What the player gets of something that was found: bytes, playlists, parts, words and pictures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from app.api.searching import Hit, HitKind, Stream, StreamSubtitle, Work
from app.domain.errors import AppError, NotFound, Refused
from app.domain.media import ItemId, MediaKind
from app.domain.search import ResultId
from app.services.playback.request import StreamRequest
from tests.fakes.hls import make_hls
from tests.fakes.ranges import serve_file
from tests.fakes.sources import FakeSource, file
from tests.fakes.web import WebServer, leads_to, says
from tests.unit.services.search.conftest import Desk
from tests.unit.services.search.house import (
    BODY,
    FILM,
    House,
    Make,
    fetch,
    house_of,
    web,
)

__all__ = ["web"]

TITLE = "Night of the Living Dead 1968 1080p"
SECRET = "canary-5c1e-token"
WEBVTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nThey are coming\n"
SEALED = (
    '#EXTM3U\n#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.apple.streamingkeydelivery"'
    "\n#EXTINF:4,\na.ts\n#EXT-X-ENDLIST\n"
)


async def playing(desk_of: Make, *streams: Stream, **more: Any) -> House:
    """A house where the only thing found plays these."""
    hit = Hit(TITLE, HitKind.ITEM, reference="7", work=Work.FILM, **more)
    house = await house_of(desk_of, a=FakeSource([hit], streams={"7": list(streams)}))
    await house.search()
    return house


# Bytes.


async def test_any_part_of_the_file_comes_as_the_player_asks(desk_of: Make, web: WebServer) -> None:
    request = await (await playing(desk_of, Stream(f"{web.url}/best.mp4"))).open()
    whole = b"best" + BODY
    async with aiohttp.ClientSession() as player:
        for asked, part in (("bytes=0-9", whole[:10]), ("bytes=150000-", whole[150_000:])):
            async with player.get(request.address, headers={"Range": asked}) as answer:
                assert (answer.status, await answer.read()) == (206, part)


async def test_what_a_stream_needs_is_sent_and_never_shown(desk_of: Make, web: WebServer) -> None:
    needs = {"Referer": "https://page.example/", "Cookie": f"k={SECRET}", "X-Key": SECRET}
    link = f"{web.url}/best.mp4?token={SECRET}"
    house = await playing(desk_of, Stream(link, headers=needs))
    request = await house.open()
    async with aiohttp.ClientSession() as player, player.get(request.address) as answer:
        assert await answer.read() == b"best" + BODY
        assert SECRET not in repr(answer.headers)
    assert len(web.seen) == 2  # the first look, and the player
    for seen in web.seen:
        assert {name: seen.headers[name] for name in needs} == needs
    assert SECRET not in repr(request)
    assert urlsplit(request.address).hostname == "127.0.0.1"
    with pytest.raises(AppError):
        await house.next_after(request, "errors.stream_unplayable")
    assert SECRET not in repr(house.desk.tried)


async def test_a_playlist_and_all_its_parts_come_through_the_station(
    desk_of: Make, web: WebServer, tmp_path: Path
) -> None:
    master = make_hls(tmp_path / "hls", encrypted=True)
    for one in master.parent.iterdir():
        web.answers[f"/{one.name}"] = serve_file(one.read_bytes(), "application/octet-stream")
    stream = Stream(f"{web.url}/master.m3u8", HitKind.PLAYLIST, headers={"X-Key": SECRET})
    request = await (await playing(desk_of, stream)).open()
    base = request.address.rpartition("/")[0]
    (variant,) = await _parts_of(request.address)
    segments = await _parts_of(f"{base}/{variant}")
    for number, name in enumerate(segments):
        told = (await fetch(f"{base}/{name}"))[1]
        assert told == (master.parent / f"part{number}.ts").read_bytes()
    assert len(segments) == 3
    assert all(seen.headers["X-Key"] == SECRET for seen in web.seen)
    key = next(line for line in (await _lines(f"{base}/{variant}")) if "EXT-X-KEY" in line)
    name = key.partition('URI="')[2].partition('"')[0]
    assert (await fetch(f"{base}/{name}"))[1] == bytes(range(16))


async def _lines(address: str) -> list[str]:
    status, told = await fetch(address)
    assert status == 200
    return told.decode().splitlines()


async def _parts_of(address: str) -> list[str]:
    return [line for line in await _lines(address) if line and not line.startswith("#")]


async def test_the_address_is_for_this_player_alone(desk_of: Make, web: WebServer) -> None:
    request = await (await playing(desk_of, Stream(f"{web.url}/best.mp4"))).open()
    async with aiohttp.ClientSession() as page:
        for header in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
            async with page.get(request.address, headers=header) as answer:
                assert answer.status == 403
    guessed = request.address.replace(urlsplit(request.address).path[1:5], "xxxx")
    assert (await fetch(guessed))[0] == 404


# What cannot be played.


async def test_what_is_under_drm_is_told_and_never_opened(desk_of: Make, web: WebServer) -> None:
    house = await playing(desk_of, Stream(f"{web.url}/best.mp4", protected=True))
    with pytest.raises(Refused) as told:
        await house.open()
    assert told.value.key == "errors.stream_protected"
    assert web.seen == []
    open_one = Stream(f"{web.url}/second.mp4", height=480)
    house = await playing(desk_of, Stream(f"{web.url}/best.mp4", protected=True), open_one)
    await house.search(f"{FILM} 720p")
    assert await fetch((await house.open()).address) == (200, b"second" + BODY)


async def test_a_playlist_under_drm_is_refused(desk_of: Make, web: WebServer) -> None:
    web.play("/sealed.m3u8", SEALED, "application/vnd.apple.mpegurl")
    house = await playing(desk_of, Stream(f"{web.url}/sealed.m3u8", HitKind.PLAYLIST))
    with pytest.raises(Refused) as told:
        await house.open()
    assert told.value.key == "errors.stream_protected"


async def test_a_web_page_is_no_film(desk_of: Make, web: WebServer) -> None:
    web.play("/best.mp4", "<!doctype html><html>Sign in</html>", "text/html")
    house = await playing(desk_of, Stream(f"{web.url}/best.mp4"))
    with pytest.raises(AppError) as told:
        await house.open()
    assert told.value.key == "errors.stream_is_page"


async def test_a_stream_does_not_lead_into_the_home_network(desk_of: Make, web: WebServer) -> None:
    web.answers["/best.mp4"] = leads_to(web.url.replace("127.0.0.1", "127.0.0.2") + "/x.mp4")
    house = await playing(desk_of, Stream(f"{web.url}/best.mp4"))
    with pytest.raises(Refused) as told:
        await house.open()
    assert told.value.key == "errors.address_at_home"


HOSTILE = {
    "a file": Stream("file:///etc/passwd"),
    "a script": Stream("javascript:alert(1)"),
    "a magnet as a file": Stream("magnet:?xt=urn:btih:" + "a" * 40),
    "nothing": Stream(""),
    "half an address": Stream("http://[half"),
    "no host": Stream("http:///film.mp4"),
    "a port beyond all": Stream("http://127.0.0.1:99999999999999999999/x.mp4"),
    "broken letters": Stream("http://127.0.0.1:1/\udcff.mp4"),
    "a broken host": Stream("http://\udcff.example/x.mp4"),
    "very long": Stream("http://127.0.0.1:1/" + "x" * 100_000),
    "letters in a header": Stream("http://127.0.0.1:1/x", headers={"Referer": "https://\u00e9"}),
    "lines in a header": Stream("http://127.0.0.1:1/x", headers={"X-Key": "a\r\nEvil: b"}),
    "a header without a name": Stream("http://127.0.0.1:1/x", headers={"": "a", "a b": "c"}),
}


@pytest.mark.parametrize("stream", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_stream_gives_way_to_the_next(
    desk_of: Make, web: WebServer, stream: Stream
) -> None:
    good = file("Night of the Living Dead 1968 720p", f"{web.url}/second.mp4")
    hit = Hit(TITLE, HitKind.ITEM, reference="7", work=Work.FILM)
    bad = FakeSource([hit], streams={"7": [stream]})
    house = await house_of(desk_of, bad=bad, good=FakeSource([good]))
    await house.search()
    assert (await house.open()).source == "Good"
    assert house.tried[0][0] == "Bad"


async def test_letters_in_a_header_do_not_keep_a_stream_from_playing(
    desk_of: Make, web: WebServer
) -> None:
    needs = {"Referer": "https://page.example/\u00e9t\u00e9", "X-Key": SECRET}
    house = await playing(desk_of, Stream(f"{web.url}/best.mp4", headers=needs))
    assert await fetch((await house.open()).address) == (200, b"best" + BODY)
    assert all(seen.headers["X-Key"] == SECRET for seen in web.seen)


# Parts.


@pytest.fixture
async def book(desk_of: Make, web: WebServer) -> House:
    """A book of three chapters, told out of order and each in two qualities."""
    streams = []
    for part, name in ((2, "second"), (1, "best"), (3, "third")):
        for wanted in (f"{web.url}/{name}.mp4", f"{web.url}/nothing.mp4"):
            streams.append(Stream(wanted, part=part, title=f"Chapter {part}"))
    hit = Hit("The Wizard of Oz", HitKind.ITEM, reference="7", work=Work.AUDIOBOOK)
    house = await house_of(desk_of, a=FakeSource([hit], streams={"7": streams}))
    await house.search("the wizard of oz")
    return house


async def test_the_first_part_is_played_and_then_the_following(book: House) -> None:
    told = [await book.open()]
    while (following := told[-1].next_ticket) is not None:
        request = await book.desk.playback.open_ticket(following)
        assert isinstance(request, StreamRequest)
        told.append(request)
    assert [one.caption for one in told] == [f"Chapter {n} \u00b7 A" for n in (1, 2, 3)]
    assert [(await fetch(one.address))[1][:4] for one in told] == [b"best", b"seco", b"thir"]
    assert len({one.stream for one in told}) == 3  # each has a place of its own
    assert [one.has_next for one in told] == [True, True, False]


async def test_a_part_may_be_asked_for(book: House) -> None:
    row = book.view.results[0].id
    request = await book.open(row, part=3)
    assert (request.caption, request.next_ticket) == ("Chapter 3 \u00b7 A", None)
    assert (await book.open(row, part=99)).caption == "Chapter 1 \u00b7 A"


async def test_parts_are_listed_in_their_order(book: House) -> None:
    service, row = book.desk.service, book.view.results[0].id
    parts = await service.parts(book.view.id, row)
    assert [one.title for one in parts] == ["Chapter 1", "Chapter 2", "Chapter 3"]
    with pytest.raises(NotFound):
        await service.parts(book.view.id, ResultId(99))


async def test_what_is_one_piece_has_no_parts(desk_of: Make, web: WebServer) -> None:
    house = await playing(desk_of, Stream(f"{web.url}/best.mp4"))
    service, row = house.desk.service, house.view.results[0].id
    assert await service.parts(house.view.id, row) == ()
    desk: Desk = await desk_of(a=FakeSource([file("Dune 2021", f"{web.url}/best.mp4")]))
    view = await desk.search("dune 2021")
    assert await desk.service.parts(view.id, view.results[0].id) == ()


# Words and pictures.


async def test_what_stands_beside_the_film(desk_of: Make, web: WebServer) -> None:
    stream = Stream(f"{web.url}/best.mp4", height=1080, title="a name of its own")
    house = await playing(desk_of, stream, duration=5760.0, year=1968)
    request = await house.open()
    assert (request.title, request.caption) == ("Night of the Living Dead", "1080p \u00b7 A")
    card = request.card
    assert (card.id, card.kind, card.title) == (ItemId(0), MediaKind.FILM, request.title)
    assert (card.year, card.duration, card.resolution) == (1968, 5760.0, "1080p")
    assert (request.source, request.live, request.start, request.next) == ("A", False, 0.0, None)
    assert request.location == request.address.encode()


async def test_an_episode_keeps_its_numbers(desk_of: Make, web: WebServer) -> None:
    hit = file("Dark.S02E05.1080p.WEB.x264-GRP", f"{web.url}/best.mp4", work=Work.EPISODE)
    house = await house_of(desk_of, a=FakeSource([hit]))
    await house.search("dark s02e05")
    card = (await house.open()).card
    assert (card.kind, card.season, card.episode) == (MediaKind.EPISODE, 2, 5)


async def test_what_is_live_begins_now(desk_of: Make, web: WebServer) -> None:
    house = await playing(desk_of, Stream(f"{web.url}/best.mp4", live=True))
    first = await house.open()
    await house.desk.playback.save_stream_position(first.stream, 900.0, 3600.0)
    again = await house.open()
    assert (again.live, again.start) == (True, 0.0)


async def test_subtitles_come_with_the_stream(desk_of: Make, web: WebServer) -> None:
    web.play("/en.vtt", WEBVTT, "text/vtt")
    web.answers["/fr.srt"] = says("", 404)
    listed = (
        StreamSubtitle(f"{web.url}/fr.srt", "fr"),
        StreamSubtitle(f"{web.url}/en.vtt", "en"),
        StreamSubtitle("http://[half", "de"),
        StreamSubtitle(f"{web.url}/\udcff.srt", "de"),
        StreamSubtitle("file:///etc/passwd", "de"),
    )
    house = await playing(desk_of, Stream(f"{web.url}/best.mp4", subtitles=listed))
    (found,) = (await house.open()).subtitle_files
    assert Path(os.fsdecode(found)).read_text() == WEBVTT
    assert os.fsdecode(found).endswith(".en.vtt")
