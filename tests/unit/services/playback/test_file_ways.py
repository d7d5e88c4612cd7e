"""A file of the station's own, offered to the player over the real loopback server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from app.domain.errors import Unavailable, Unsupported
from app.infra.loopback import LoopbackServer
from app.services.playback.file_ways import FileWays
from app.services.playback.request import StreamRequest

BODY = b"\x00\x00\x00\x18ftypisom" + bytes(range(256)) * 40


@pytest.fixture
async def server() -> AsyncIterator[LoopbackServer]:
    loopback = LoopbackServer()
    yield loopback
    await loopback.stop()


async def _fetch(address: str, **headers: str) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as browser, browser.get(address, headers=headers) as answer:
        return answer.status, await answer.read()


async def test_it_is_served_whole_and_in_parts_until_it_is_closed(
    server: LoopbackServer, tmp_path: Path
) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(BODY)
    ways = FileWays(server, path, "My video", "studio:p1")
    request = await ways.open()
    assert isinstance(request, StreamRequest)
    assert (request.title, request.stream, request.card.title) == (
        "My video", "studio:p1", "My video",
    )  # fmt: skip
    assert str(tmp_path) not in request.address
    assert await _fetch(request.address) == (200, BODY)
    assert await _fetch(request.address, Range="bytes=4-11") == (206, b"ftypisom")
    assert server.serving(request.address) is not None
    path.unlink()
    assert (await _fetch(request.address))[0] == 404
    await ways.close()
    assert server.serving(request.address) is None


async def test_opened_anew_the_old_address_is_no_more(
    server: LoopbackServer, tmp_path: Path
) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(BODY)
    ways = FileWays(server, path, "My video", "studio:p1")
    first, second = await ways.open(), await ways.open()
    assert isinstance(first, StreamRequest)
    assert isinstance(second, StreamRequest)
    assert server.serving(first.address) is None
    assert server.serving(second.address) is not None


async def test_what_is_gone_or_no_film_is_told(server: LoopbackServer, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await FileWays(server, tmp_path / "gone.mp4", "Gone", "s").open()
    playlist = tmp_path / "list.m3u"
    playlist.write_text("#EXTM3U\nhttp://example.org/")
    with pytest.raises(Unsupported):
        await FileWays(server, playlist, "List", "s").open()


async def test_what_the_player_could_not_play_is_told_once(
    server: LoopbackServer, tmp_path: Path
) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(BODY)
    ways = FileWays(server, path, "My video", "s")
    request = await ways.open()
    assert isinstance(request, StreamRequest)
    await ways.failed("errors.file_unplayable", {"name": "My video"})
    assert server.serving(request.address) is None
    with pytest.raises(Exception, match="file_unplayable"):
        await ways.open()
    await ways.open()
    await ways.close()
