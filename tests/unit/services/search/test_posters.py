"""The picture of what is wanted: fetched from real servers, made in a worker, or left out."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from app.api.searching import Work
from app.domain.search import Subject
from app.infra import http_guard
from app.infra.pictures import PictureCache
from app.infra.probe import Probe
from app.services.search import posters
from app.services.search.posters import PosterFetcher
from tests.fakes.films import Film, make, poster
from tests.fakes.sources import FakeSource, file
from tests.fakes.web import BAD_DAYS, WebServer, leads_to, says, web_server
from tests.unit.services.search.conftest import Desk

Make = Callable[..., Any]
INTERNET = ("127.0.0.1", "::1")


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 stands for the internet; the rest of loopback stays at home."""
    monkeypatch.setattr(http_guard, "public", lambda address: address in INTERNET)


class Wall:
    """A fetcher, its cache, and a server of pictures."""

    def __init__(self, server: WebServer, probe: Probe, place: Path) -> None:
        self.server = server
        self.probe = probe
        self.folder = place / "fetched"
        self.cache = PictureCache(place / "pictures")
        self.kept: list[bool] = []
        self.fetcher = PosterFetcher(self.cache, probe, self.folder, self.kept.append)

    async def ask(self, path: str = "/poster.jpg", base: str = "") -> bytes | None:
        """The picture made of what lies there; None when there is none, and nothing left of it."""
        wanted = Subject("Night", poster=(base or self.server.url) + path)
        told = await self.fetcher.with_picture(wanted)
        assert not self.folder.exists() or list(self.folder.iterdir()) == []
        if told.picture is None:
            assert told == wanted
            return None
        return self.cache.path(told.picture).read_bytes()


@pytest.fixture
async def wall(
    probe: Probe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Wall]:
    monkeypatch.setattr(posters, "SECONDS", 0.8)
    async with web_server() as server:
        made = Wall(server, probe, tmp_path)
        yield made
        await made.fetcher.close()


def _size_of(picture: bytes) -> tuple[int, int]:
    """Width and height, from the frame header of a JPEG."""
    start = picture.index(b"\xff\xc0")
    height, width = struct.unpack(">HH", picture[start + 5 : start + 9])
    return width, height


@pytest.mark.usefixtures("internet")
async def test_a_real_picture_becomes_a_poster(wall: Wall, tmp_path: Path) -> None:
    for ending in ("jpg", "png", "webp"):
        path = f"/poster.{ending}"
        wall.server.play(path, poster(tmp_path / f"made.{ending}"), "image/whatever")
        picture = await wall.ask(path)
        assert picture is not None
        assert picture.startswith(b"\xff\xd8\xff")
        assert _size_of(picture) == (300, 450)


@pytest.mark.usefixtures("internet")
async def test_one_that_is_here_is_not_fetched_again(wall: Wall, tmp_path: Path) -> None:
    wall.server.play("/poster.jpg", poster(tmp_path / "made.jpg"))
    first = await wall.ask()
    assert await wall.ask() == first
    assert len(wall.server.seen) == 1
    assert wall.kept == [False, True]


@pytest.mark.usefixtures("internet")
async def test_nothing_is_asked_where_nothing_is_wanted(wall: Wall, tmp_path: Path) -> None:
    wall.server.play("/poster.jpg", poster(tmp_path / "made.jpg"))
    nothing = Subject("Night")
    assert await wall.fetcher.with_picture(nothing) is nothing
    done = await wall.fetcher.with_picture(Subject("N", poster=f"{wall.server.url}/poster.jpg"))
    assert await wall.fetcher.with_picture(done) is done
    assert len(wall.server.seen) == 1


def _png(width: int, height: int) -> bytes:
    """A picture whose header promises more than it holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(1 + width // 8) * min(height, 2000), 9)
    kinds = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in kinds)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
NO_PICTURES = {
    "a web page": b"<!doctype html><html></html>",
    "words": b"not a picture",
    "nothing": b"",
    "a drawing with links": SVG,
    "a list of addresses": b"#EXTM3U\nhttp://192.168.1.1/reboot\n",
    "a list for ffmpeg": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "the start of one": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "a large one in few bytes": _png(60_000, 60_000),
    "one of no size": _png(0, 0),
}


@pytest.mark.usefixtures("internet")
async def test_what_is_no_picture_is_left_out(wall: Wall) -> None:
    for name, body in NO_PICTURES.items():
        wall.server.answers["/poster.jpg"] = says(body, Content_Type="image/jpeg")
        assert await wall.ask() is None, name
    assert wall.cache.is_empty()
    assert len(wall.server.seen) == len(NO_PICTURES)


@pytest.mark.usefixtures("internet")
async def test_a_film_is_no_picture(wall: Wall) -> None:
    wall.server.play("/poster.jpg", make(Film(container="mkv")), "image/jpeg")
    assert await wall.ask() is None


@pytest.mark.usefixtures("internet")
async def test_a_bad_day_leaves_the_coloured_card(wall: Wall) -> None:
    began = asyncio.get_running_loop().time()
    for day, handler in BAD_DAYS.items():
        wall.server.always = handler
        fetcher = PosterFetcher(wall.cache, wall.probe, wall.folder)
        wall.fetcher, old = fetcher, wall.fetcher
        await old.close()
        assert await wall.ask() is None, day
    assert wall.cache.is_empty()
    assert asyncio.get_running_loop().time() - began < 30


async def test_the_home_network_is_not_asked(wall: Wall, tmp_path: Path) -> None:
    wall.server.play("/poster.jpg", poster(tmp_path / "made.jpg"))
    assert await wall.ask() is None
    assert wall.server.seen == []


@pytest.mark.usefixtures("internet")
async def test_no_redirect_leads_home(wall: Wall, tmp_path: Path) -> None:
    wall.server.play("/poster.jpg", poster(tmp_path / "made.jpg"))
    home = wall.server.url.replace("127.0.0.1", "127.0.0.2")
    wall.server.answers["/away"] = leads_to(f"{home}/poster.jpg")
    assert await wall.ask("/away") is None
    assert [one.path for one in wall.server.seen] == ["/away"]


@pytest.mark.usefixtures("internet")
async def test_a_server_that_asks_for_a_pause_speaks_for_itself_alone(
    wall: Wall, tmp_path: Path
) -> None:
    wall.server.play("/poster.jpg", poster(tmp_path / "made.jpg"))
    wall.server.answers["/busy"] = says("", 429, Retry_After="3600")
    assert await wall.ask("/busy") is None
    assert await wall.ask("/poster.jpg") is None  # its pause is kept to
    elsewhere = wall.server.url.replace("127.0.0.1", "localhost")
    assert await wall.ask("/poster.jpg", elsewhere) is not None
    assert [one.path for one in wall.server.seen] == ["/busy", "/poster.jpg"]


@pytest.mark.usefixtures("internet")
async def test_without_a_worker_there_is_no_picture(wall: Wall, tmp_path: Path) -> None:
    wall.server.play("/poster.jpg", poster(tmp_path / "made.jpg"))
    await wall.probe.close()
    assert await wall.ask() is None


@pytest.mark.usefixtures("internet")
async def test_what_was_searched_gets_its_picture(
    desk_of: Make, wall: Wall, tmp_path: Path
) -> None:
    wall.server.play("/poster.jpg", poster(tmp_path / "made.jpg"))
    picture = f"{wall.server.url}/poster.jpg"
    hit = file("Dune 2021 1080p", "https://a.example/d.mp4", work=Work.FILM, poster=picture)
    desk: Desk = await desk_of(a=FakeSource([hit]))
    await desk.search("dune 2021")
    await desk.until(lambda: (told := desk.views[-1].subject) is not None and told.picture)
