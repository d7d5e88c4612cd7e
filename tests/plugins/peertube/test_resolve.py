from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.api import (
    AppError,
    HitKind,
    InvalidInput,
    NotFound,
    Refused,
    Stream,
    StreamSubtitle,
    Unavailable,
)
from plugins.peertube.streams import parse_streams
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, WebServer, web_server

FIXTURES = Path(__file__).parent / "fixtures"
ID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
VIDEO = f"/api/v1/videos/{ID}"


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        made.play(VIDEO, FIXTURES / "video.json")
        made.play(VIDEO + "/captions", FIXTURES / "captions.json")
        yield made


@pytest.fixture
async def tube(server: WebServer, tmp_path: Path) -> AsyncIterator[Any]:
    async with provider("peertube", tmp_path, address=server.url) as made:
        yield made


def reference(server: WebServer) -> str:
    return f"{server.url.removeprefix('http://')}/{ID}"


def read(name: str, **changes: Any) -> list[Stream]:
    video = json.loads((FIXTURES / name).read_text()) | changes
    return parse_streams(video, "https://tube.example", "tube.example")


async def test_files_come_before_playlists_and_torrents_last(tube: Any, server: WebServer) -> None:
    streams = await tube.resolve(reference(server))
    place = "https://framatube.org/"
    web, hls = place + "static/web-videos/", place + "static/streaming-playlists/hls/9c9de5e8/"
    assert [(one.kind, one.url, one.height) for one in streams[:-2]] == [
        (HitKind.FILE, web + "1080.mp4", 1080),
        (HitKind.PLAYLIST, hls + "master.m3u8", 1080),
        (HitKind.FILE, hls + "1080-fragmented.mp4", 1080),
        (HitKind.FILE, web + "480.mp4", 480),
        (HitKind.FILE, server.url + "/static/web-videos/unknown.webm", None),
    ]
    assert [one.kind for one in streams[-2:]] == [HitKind.TORRENT, HitKind.TORRENT]
    assert streams[-2].url == place + "lazy-static/torrents/1080.torrent"
    assert streams[-1].url.startswith("magnet:?xs=")
    subtitles = (
        StreamSubtitle(server.url + "/lazy-static/video-captions/9c9de5e8-en.vtt", "en", "English"),
        StreamSubtitle("https://objects.framatube.org/captions/pt.vtt", "pt", "Português (Brasil)"),
        StreamSubtitle(server.url + "/lazy-static/video-captions/unknown.vtt"),
    )
    assert streams[0] == Stream(
        url=web + "1080.mp4",
        title="What is PeerTube?",
        size=52530000,
        height=1080,
        duration=113.0,
        container="mp4",
        languages=("en",),
        subtitles=subtitles,
    )
    assert {one.part for one in streams} == {0}
    assert streams[-1].subtitles == ()
    assert [one.path for one in server.seen] == [VIDEO, VIDEO + "/captions"]


def test_sound_and_picture_apart_are_played_from_the_playlist() -> None:
    streams = read("apart.json")
    assert [(one.kind, one.height) for one in streams] == [
        (HitKind.PLAYLIST, 720), (HitKind.FILE, 360), (HitKind.TORRENT, 360)
    ]  # fmt: skip
    assert streams[0].languages == ()


def test_a_creator_who_wants_nothing_taken_along_offers_no_torrent() -> None:
    assert HitKind.TORRENT not in {one.kind for one in read("apart.json", downloadEnabled=False)}


def test_a_broadcast_is_live_and_has_no_length() -> None:
    (stream,) = read("live.json")
    assert (stream.kind, stream.live, stream.duration) == (HitKind.PLAYLIST, True, None)


@pytest.mark.parametrize(
    ("changes", "error", "key"),
    [
        ({"streamingPlaylists": []}, Unavailable, "errors.not_on_air"),
        ({"streamingPlaylists": [], "isLive": False}, NotFound, "errors.server_has_not"),
        (
            {"streamingPlaylists": "x", "files": 7, "isLive": None},
            NotFound,
            "errors.server_has_not",
        ),
        ({"uuid": None, "shortUUID": 7}, Unavailable, "errors.bad_answer"),
    ],
)
def test_videos_that_do_not_play_say_why(
    changes: dict[str, Any], error: type[AppError], key: str
) -> None:
    with pytest.raises(error) as told:
        read("live.json", **changes)
    assert told.value.key == key


@pytest.mark.parametrize(
    "magnet",
    [
        "magnet:?xt=urn:btih:" + "a" * 9000,
        "magnet:?dn=x",
        "magnet:?xt=urn:btih:x y",
        7,
        "x:magnet:",
    ],
)
def test_magnets_that_are_none_are_left_out(magnet: object) -> None:
    file = {"resolution": {"id": 720}, "fileUrl": "https://a.example/x.mp4", "magnetUri": magnet}
    assert [one.kind for one in read("live.json", isLive=False, files=[file])] == [
        HitKind.FILE, HitKind.PLAYLIST
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["404", "500", "drips for a minute", "JSON, a number", "401"])
async def test_a_video_plays_without_its_captions(tube: Any, server: WebServer, day: str) -> None:
    server.answers[VIDEO + "/captions"] = BAD_DAYS[day]
    begun = time.monotonic()
    streams = await tube.resolve(reference(server))
    assert streams[0].subtitles == ()
    assert time.monotonic() - begun < 4


async def test_what_is_private_is_refused(tube: Any, server: WebServer) -> None:
    server.always = BAD_DAYS["401"]
    with pytest.raises(Refused):
        await tube.resolve(reference(server))


async def test_other_servers_are_asked_over_https(tube: Any, server: WebServer) -> None:
    asked: list[str] = []

    async def get(url: str, **_more: Any) -> Any:
        asked.append(url)
        raise Unavailable("errors.server_offline", host="tube.example")

    tube._client._http.get = get
    with pytest.raises(Unavailable):
        await tube.resolve(f"tube.example/{ID}")
    assert asked == [f"https://tube.example/api/v1/videos/{ID}"]


@pytest.mark.parametrize(
    "name",
    [f"127.0.0.1/{ID}", f"127.0.0.1:9/{ID}", f"localhost/{ID}", f"https://tube.example/{ID}", ID,
     f"tube.example/{ID}/../x", "tube.example/..", "", f"tube.example//{ID}"],
)  # fmt: skip
async def test_references_that_cannot_be_names_are_not_asked(
    tube: Any, server: WebServer, name: str
) -> None:
    with pytest.raises(InvalidInput):
        await tube.resolve(name)
    assert server.seen == []


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_bad_days_end_soon_and_plainly(tmp_path: Path, day: str) -> None:
    async with (
        web_server() as server,
        provider("peertube", tmp_path, seconds=0.8, address=server.url) as tube,
    ):
        server.always = BAD_DAYS[day]
        begun = time.monotonic()
        with pytest.raises(AppError):
            await tube.resolve(reference(server))
        assert time.monotonic() - begun < 3
