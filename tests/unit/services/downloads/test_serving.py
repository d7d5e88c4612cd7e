"""A file that loads, over the loopback server: whole, in ranges, late, and never wrong."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest

from app.domain.errors import NotFound, Unavailable
from app.infra.growing import Growing, Span
from app.infra.loopback import LoopbackServer
from app.services.downloads.serving import CHUNK, content_type, serving
from tests.fakes.growing import MIB, GrowingReader, Revealed

SIZE = 3 * MIB + 777
CONTENT = os.urandom(SIZE)


@pytest.fixture
async def server() -> AsyncIterator[LoopbackServer]:
    made = LoopbackServer()
    yield made
    await made.stop()


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "A film.mkv"
    path.write_bytes(CONTENT)
    return path


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - what is awaited lies on the other side of a socket
        await asyncio.sleep(0.01)


def ranged(first: int | str, last: int | str = "") -> dict[str, str]:
    return {"Range": f"bytes={first}-{last}"}


RANGES = [
    ({}, 200, Span(0, SIZE)),
    (ranged(0), 206, Span(0, SIZE)),
    (ranged(0, 0), 206, Span(0, 1)),
    (ranged(100, 299), 206, Span(100, 300)),
    (ranged(MIB - 3, 2 * MIB + 5), 206, Span(MIB - 3, 2 * MIB + 6)),
    (ranged(SIZE - 1), 206, Span(SIZE - 1, SIZE)),
    (ranged(5, 10**17), 206, Span(5, SIZE)),
    (ranged("", 500), 206, Span(SIZE - 500, SIZE)),
    (ranged("", 10**17), 206, Span(0, SIZE)),
    (ranged(SIZE), 416, None),
    (ranged("", 0), 416, None),
    (ranged(9, 3), 200, Span(0, SIZE)),  # these are no ranges: the whole, as the standard says
    (ranged("", ""), 200, Span(0, SIZE)),
    ({"Range": "bytes=0-1,5-6"}, 200, Span(0, SIZE)),
    ({"Range": "lines=0-1"}, 200, Span(0, SIZE)),
    ({"Range": "bytes=\u0661-"}, 200, Span(0, SIZE)),
]


@pytest.mark.parametrize("loaded", [False, True], ids=["loading", "whole"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("asked", "status", "span"), RANGES)
async def test_ranges(
    server: LoopbackServer,
    client: aiohttp.ClientSession,
    film: Path,
    loaded: bool,
    method: str,
    asked: dict[str, str],
    status: int,
    span: Span | None,
) -> None:
    shown = Revealed(film, 256 * 1024)
    if loaded:
        shown.reveal(Span(0, SIZE))
    address = await server.offer(serving(shown.open), "film.mkv")
    async with client.request(method, address, headers=asked) as answer:
        body = await answer.read()
        headers = answer.headers
    assert answer.status == status
    assert headers["Content-Type"] == "video/x-matroska"
    assert headers["Accept-Ranges"] == "bytes"
    if span is None:
        assert headers["Content-Range"] == f"bytes */{SIZE}"
        assert body == b""
    else:
        assert headers["Content-Length"] == str(span.end - span.start)
        told = f"bytes {span.start}-{span.end - 1}/{SIZE}" if status == 206 else None
        assert headers.get("Content-Range") == told
        assert body == (CONTENT[span.start : span.end] if method == "GET" else b"")
    await until(lambda: not shown.readers)  # each reader was let go of
    assert bool(shown.reads) == (not loaded and method == "GET" and span is not None)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.MP4", "video/mp4"), ("a.b.webm", "video/webm"), ("a.m2ts", "video/mp2t"),
     ("mkv", "video/x-matroska"), ("a.exe", "application/octet-stream"),
     ("a", "application/octet-stream")],
)  # fmt: skip
def test_the_type_is_that_of_the_ending(name: str, kind: str) -> None:
    assert content_type(name) == kind


async def test_bytes_are_sent_as_they_come(
    server: LoopbackServer, client: aiohttp.ClientSession, film: Path
) -> None:
    shown = Revealed(film, 256 * 1024, rate=1.0)  # nothing comes by itself
    shown.reveal(Span(0, MIB))
    address = await server.offer(serving(shown.open), "film.mkv")
    async with client.get(address, headers=ranged(0)) as answer:
        assert await answer.content.readexactly(MIB) == CONTENT[:MIB]
        assert not answer.content.at_eof()
        shown.reveal(Span(2 * MIB, SIZE))
        await asyncio.sleep(0.05)
        assert answer.content.total_bytes == MIB
        shown.reveal(Span(MIB, 2 * MIB))
        assert await answer.read() == CONTENT[MIB:]


async def test_a_player_that_goes_away_lets_go_of_its_reader(
    server: LoopbackServer, client: aiohttp.ClientSession, film: Path
) -> None:
    shown = Revealed(film, 256 * 1024, rate=1.0)
    shown.reveal(Span(0, MIB))
    address = await server.offer(serving(shown.open), "film.mkv")
    async with client.get(address, headers=ranged(0)) as answer:
        await answer.content.readexactly(MIB)
        await until(lambda: bool(shown.readers and shown.readers[0].waits))
        async with client.get(address, headers=ranged(MIB // 2, MIB)) as second:
            assert len(shown.readers) == 2
            assert await second.content.readexactly(10) == CONTENT[MIB // 2 : MIB // 2 + 10]
            second.close()
        answer.close()
    await until(lambda: not shown.readers)


async def test_a_player_that_takes_nothing_costs_no_memory(
    server: LoopbackServer, client: aiohttp.ClientSession, tmp_path: Path
) -> None:
    path = tmp_path / "large.mkv"
    path.write_bytes(bytes(64 * MIB))
    shown = Revealed(path, 16 * MIB)
    shown.reveal(Span(0, 48 * MIB))
    address = await server.offer(serving(shown.open), "large.mkv")
    async with client.get(address) as answer:
        await asyncio.sleep(0.3)
        read = shown.reads[-1].end
        assert read < 24 * MIB  # what the sockets of both sides hold
        assert max(span.end - span.start for span in shown.reads) <= CHUNK
        await asyncio.sleep(0.2)
        assert shown.reads[-1].end == read
        answer.close()
    await until(lambda: not shown.readers)


async def test_a_download_that_ends_cuts_the_answer_off(
    server: LoopbackServer, client: aiohttp.ClientSession, film: Path
) -> None:
    shown = Revealed(film, 256 * 1024, rate=1.0)
    shown.reveal(Span(0, MIB))
    address = await server.offer(serving(shown.open), "film.mkv")
    async with client.get(address) as answer:
        assert await answer.content.readexactly(MIB) == CONTENT[:MIB]
        shown.end()
        with pytest.raises(aiohttp.ClientError):
            await answer.read()
    await until(lambda: not shown.readers)


async def test_a_file_that_ends_early_cuts_the_answer_off(
    server: LoopbackServer, client: aiohttp.ClientSession, film: Path
) -> None:
    class Short(GrowingReader):
        async def read(self, start: int, most: int) -> bytes:
            return await super().read(start, most) if start < MIB else b""

    shown = Revealed(film, 256 * 1024)
    address = await server.offer(serving(lambda: Short(shown)), "film.mkv")
    async with client.get(address) as answer:
        with pytest.raises(aiohttp.ClientError):
            await answer.read()


@pytest.mark.parametrize("fault", ["gone", "short", "link"])
async def test_a_finished_file_that_is_no_longer_it_cuts_the_answer_off(
    server: LoopbackServer, client: aiohttp.ClientSession, film: Path, fault: str
) -> None:
    shown = Revealed(film, 256 * 1024)
    shown.reveal(Span(0, SIZE))
    film.rename(film.with_name("elsewhere"))
    if fault == "short":
        film.write_bytes(CONTENT[:-1])
    elif fault == "link":
        film.symlink_to(film.with_name("elsewhere"))
    address = await server.offer(serving(shown.open), "film.mkv")
    with pytest.raises(aiohttp.ClientError):
        async with client.get(address) as answer:
            await answer.read()
    await until(lambda: not shown.readers)


async def test_an_answer_goes_on_from_the_finished_file(
    server: LoopbackServer, client: aiohttp.ClientSession, film: Path
) -> None:
    shown = Revealed(film, 256 * 1024, rate=1.0)
    shown.reveal(Span(0, MIB))
    address = await server.offer(serving(shown.open), "film.mkv")
    async with client.get(address, headers=ranged(10)) as answer:
        assert await answer.content.readexactly(MIB - 10) == CONTENT[10:MIB]
        shown.reveal(Span(0, SIZE))
        assert await answer.read() == CONTENT[MIB:]
    assert shown.reads[-1].end <= 2 * MIB  # one read that waited; the kernel sent the rest


async def test_a_file_that_cannot_be_opened_is_not_found(
    server: LoopbackServer, client: aiohttp.ClientSession
) -> None:
    def gone() -> Growing:
        raise NotFound("errors.download_unknown")

    address = await server.offer(serving(gone), "film.mkv")
    async with client.get(address) as answer:
        assert answer.status == 404


async def test_many_players_at_once_get_their_own_bytes(
    server: LoopbackServer, client: aiohttp.ClientSession, film: Path
) -> None:
    shown = Revealed(film, 64 * 1024, rate=40.0 * MIB)
    address = await server.offer(serving(shown.open), "film.mkv")

    async def one(start: int) -> None:
        async with client.get(address, headers=ranged(start, start + 300_000)) as answer:
            assert await answer.read() == CONTENT[start : start + 300_001]

    async with shown.loading():
        await asyncio.gather(*(one(start) for start in range(0, SIZE - 300_001, 250_000)))
    await until(lambda: not shown.readers)


async def test_a_reader_that_was_closed_says_so(film: Path) -> None:
    reader = Revealed(film, 64 * 1024, rate=1.0).open()
    waiting = asyncio.ensure_future(reader.read(0, 10))
    await asyncio.sleep(0)
    reader.close()
    with pytest.raises(Unavailable):
        await waiting
