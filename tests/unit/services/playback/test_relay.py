"""The relay against real local servers: ranges, headers, breaks, playlists, the guard."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import psutil
import pytest
from aiohttp import web

from app.domain.errors import NotFound, Refused, Unavailable, Unsupported
from app.infra.loopback import LoopbackServer
from app.services.playback.relay import Relay, Relayed, Remote
from tests.fakes.hls import make_hls
from tests.fakes.ranges import ranged, serve_file
from tests.fakes.web import BAD_DAYS, WebServer, drips, leads_to, says, web_server

HOME = frozenset({"127.0.0.1"})
BODY = os.urandom(3_000_000)


class House:
    """A relay and one server outside."""

    def __init__(self, server: WebServer) -> None:
        self.server = server
        self.loopback = LoopbackServer()
        self.relay = Relay(self.loopback)
        self.browser = aiohttp.ClientSession()

    async def open(self, path: str, **headers: str) -> Relayed:
        return await self.relay.open(Remote(self.server.url + path, headers, HOME))

    async def get(
        self, address: str, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        async with self.browser.get(address, headers=headers) as answer:
            return answer.status, await answer.read(), dict(answer.headers)

    def file(self, path: str, body: bytes = BODY) -> None:
        self.server.answers[path] = serve_file(body)

    def folder(self, folder: Path) -> None:
        for file in folder.iterdir():
            self.file(f"/{file.name}", file.read_bytes())


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with web_server() as server:
        made = House(server)
        yield made
        await made.browser.close()
        await made.relay.stop()
        await made.loopback.stop()


async def test_a_file_comes_whole_and_in_parts(house: House) -> None:
    house.file("/film.mp4")
    relayed = await house.open("/film.mp4")
    assert (relayed.playlist, relayed.size) == (False, len(BODY))
    status, whole, headers = await house.get(relayed.address)
    assert (status, headers["Content-Length"]) == (200, str(len(BODY)))
    assert hashlib.sha256(whole).digest() == hashlib.sha256(BODY).digest()
    for text, part in (
        ("bytes=0-9", BODY[:10]),
        ("bytes=2999990-", BODY[-10:]),
        ("bytes=1000-99999999", BODY[1000:]),
    ):
        status, told, headers = await house.get(relayed.address, {"Range": text})
        assert (status, told) == (206, part)
        assert headers["Content-Range"].endswith(f"/{len(BODY)}")
    assert (await house.get(relayed.address, {"Range": "bytes=9999999-"}))[0] == 416


async def test_the_headers_a_stream_needs_are_sent(house: House) -> None:
    house.file("/film.mp4")
    relayed = await house.open("/film.mp4", Referer="https://page.example/", Cookie="a=1")
    await house.get(relayed.address)
    for request in house.server.seen:
        assert request.headers["Referer"] == "https://page.example/"
        assert request.headers["Cookie"] == "a=1"


async def test_cookies_stay_with_their_host(house: House) -> None:
    async with web_server() as other:
        other.answers["/part.ts"] = says(b"G" * 188, Content_Type="video/mp2t")
        elsewhere = other.url.replace("127.0.0.1", "localhost")
        house.server.play("/a.m3u8", f"#EXTM3U\n#EXTINF:4,\n{elsewhere}/part.ts\n")
        remote = Remote(
            house.server.url + "/a.m3u8",
            {"Referer": "https://page.example/", "Cookie": "a=1", "X-Key": "secret"},
            frozenset({"127.0.0.1", "localhost"}),
        )
        relayed = await house.relay.open(remote)
        _status, told, _headers = await house.get(relayed.address)
        part = told.decode().splitlines()[-1]
        await house.get(relayed.address.rpartition("/")[0] + "/" + part)
    (request,) = other.seen
    assert request.headers["Referer"] == "https://page.example/"
    assert "Cookie" not in request.headers
    assert "X-Key" not in request.headers


async def test_a_break_in_the_middle_is_mended(house: House) -> None:
    breaks = 0

    async def breaking(request: web.Request) -> web.StreamResponse:
        nonlocal breaks
        whole = ranged(request, BODY)
        assert isinstance(whole.body, bytes)
        if len(whole.body) < 100_000 or breaks >= 3:
            return whole
        breaks += 1
        answer = web.StreamResponse(status=whole.status, headers=whole.headers)
        answer.headers["Content-Length"] = str(len(whole.body))
        await answer.prepare(request)
        await answer.write(whole.body[: len(whole.body) // 2])
        assert request.transport is not None
        request.transport.abort()
        return answer

    house.server.answers["/film.mp4"] = breaking
    relayed = await house.open("/film.mp4")
    _status, whole, _headers = await house.get(relayed.address)
    assert breaks == 3
    assert hashlib.sha256(whole).digest() == hashlib.sha256(BODY).digest()


@pytest.mark.parametrize("kind", ["plain", "encrypted", "fragments"])
async def test_a_playlist_comes_with_all_its_parts(house: House, tmp_path: Path, kind: str) -> None:
    place = tmp_path / "hls"
    make_hls(place, encrypted=kind == "encrypted", fragments=kind == "fragments")
    house.folder(place)
    relayed = await house.open("/master.m3u8")
    assert relayed.playlist
    found = await _walk(house, relayed.address)
    files = [one for one in place.iterdir() if one.name.startswith("part")]
    assert len(files) >= 3
    held = {hashlib.sha256(body).digest() for body in found.values()}
    for file in files:
        assert hashlib.sha256(file.read_bytes()).digest() in held
    hosts = {urlsplit(address).netloc for address in found}
    assert hosts == {urlsplit(relayed.address).netloc}


async def _walk(house: House, address: str) -> dict[str, bytes]:
    """Everything a player would ask for, from this playlist on."""
    status, body, _headers = await house.get(address)
    assert status == 200, address
    found = {address: body}
    if body.startswith(b"#EXTM3U"):
        base = address.rpartition("/")[0]
        for line in body.decode().splitlines():
            name = line.partition('URI="')[2].partition('"')[0] if line.startswith("#") else line
            if name:
                found.update(await _walk(house, f"{base}/{name}"))
    return found


async def test_parts_have_the_same_names_after_a_restart(house: House, tmp_path: Path) -> None:
    """A device holds the names it was told: the playlists are read anew, and only for them."""
    place = tmp_path / "hls"
    make_hls(place, encrypted=True)
    house.folder(place)
    before = await _walk(house, (await house.open("/master.m3u8")).address)
    told = {address.rpartition("/")[2]: body for address, body in before.items()}
    base = (await house.open("/master.m3u8")).address.rpartition("/")[0]
    house.server.seen.clear()
    names = [name for name in told if not name.endswith("m3u8")]
    assert len(names) >= 4  # three parts and their key
    # Asked for at once, and the last first.
    found = await asyncio.gather(*(house.get(f"{base}/{name}") for name in reversed(names)))
    assert [(status, body) for status, body, _ in found] == [
        (200, told[name]) for name in reversed(names)
    ]
    lists = [one.path for one in house.server.seen if one.path.endswith("m3u8")]
    assert lists == ["/master.m3u8", "/low.m3u8"]


async def test_names_that_were_never_given_fetch_little(house: House) -> None:
    house.server.play("/a.m3u8", "#EXTM3U\n#EXTINF:4,\npart.ts\n")
    relayed = await house.open("/a.m3u8")
    base = relayed.address.rpartition("/")[0]
    house.server.seen.clear()
    for name in ("2", "99", "1-1-1-1-1", "x1", "1x", "-1", "9" * 30, "..", "stream2", "0x"):
        assert (await house.get(f"{base}/{name}.ts"))[0] == 404
    assert [one.path for one in house.server.seen] == ["/a.m3u8"]
    house.file("/film.mp4")
    base = (await house.open("/film.mp4")).address.rpartition("/")[0]
    house.server.seen.clear()
    assert (await house.get(f"{base}/1.ts"))[0] == 404
    assert house.server.seen == []
    # Both names of the stream itself are good: the home's devices ask for a film.
    assert (await house.get(f"{base}/film.mp4"))[1] == BODY


async def test_streams_under_drm_are_refused_before_they_are_offered(house: House) -> None:
    house.server.play("/a.m3u8", '#EXTM3U\n#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="skd://x"\n')
    with pytest.raises(Refused) as told:
        await house.open("/a.m3u8")
    assert told.value.key == "errors.stream_protected"
    house.server.play("/b.m3u8", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n")
    relayed = await house.open("/b.m3u8")
    assert (await house.get(relayed.address))[0] == 200
    assert (await house.get(relayed.address.rpartition("/")[0] + "/1.m3u8"))[0] == 403


async def test_a_part_that_leads_home_is_not_fetched(house: House) -> None:
    async with web_server() as secret:
        secret.always = says("the router's page")
        lines = [secret.url.replace("127.0.0.1", host) for host in ("localhost", "127.1", "[::1]")]
        house.server.play("/a.m3u8", "#EXTM3U\n" + "\n".join(lines) + "\n#EXTINF:1,\nredirect.ts\n")
        house.server.answers["/redirect.ts"] = leads_to(lines[0] + "/x")
        relayed = await house.open("/a.m3u8")
        assert b"4.ts" in (await house.get(relayed.address))[1]
        for number in range(1, 5):
            address = f"{relayed.address.rpartition('/')[0]}/{number}.ts"
            assert (await house.get(address))[0] == 403
        assert secret.seen == []


async def test_a_segment_that_is_a_playlist_is_rewritten_too(house: House) -> None:
    """ffmpeg would follow a playlist inside a part, to wherever it leads."""
    house.server.play("/a.m3u8", "#EXTM3U\n#EXTINF:4,\npart.ts\n")
    house.server.play("/part.ts", "#EXTM3U\n#EXTINF:4,\nhttp://192.168.1.1/\n", "video/mp2t")
    relayed = await house.open("/a.m3u8")
    base = relayed.address.rpartition("/")[0]
    await house.get(relayed.address)
    _status, body, _headers = await house.get(f"{base}/1.ts")
    assert b"192.168" not in body
    assert (await house.get(f"{base}/1-1.ts"))[0] == 403


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says("", 404), NotFound),
        (says("", 403), Refused),
        (says("", 500), Unavailable),
        (says("<!doctype html><html>Sign in</html>", Content_Type="text/html"), Unsupported),
        (says(""), Unsupported),
        (leads_to("http://127.0.0.2:9/"), Refused),
        (leads_to("file:///etc/passwd"), Unavailable),
    ],
)
async def test_what_does_not_play_is_told_at_once(
    house: House, answer: object, error: type[Exception]
) -> None:
    house.server.always = answer  # type: ignore[assignment]  # a handler
    with pytest.raises((error, Unsupported)):
        await house.open("/film.mp4")


async def test_a_home_address_is_refused_unless_its_owner_typed_it(house: House) -> None:
    house.file("/film.mp4")
    with pytest.raises(Refused):
        await house.relay.open(Remote(house.server.url + "/film.mp4"))
    assert house.server.seen == []


async def test_a_source_that_drips_is_left(house: House) -> None:
    house.server.always = drips
    with pytest.raises(Unavailable) as told:
        await house.open("/film.mp4")
    assert told.value.key == "errors.server_slow"


@pytest.mark.parametrize("day", ["sends a gigabyte", "sends a bomb"])
async def test_bad_days_do_not_fill_the_memory(house: House, day: str) -> None:
    house.server.always = BAD_DAYS[day]
    before = psutil.Process().memory_info().rss
    relayed = await house.open("/film.mp4")
    async with house.browser.get(relayed.address) as answer:
        end = asyncio.get_running_loop().time() + 1.0
        while asyncio.get_running_loop().time() < end:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(answer.content.read(1 << 20), 0.3)
    assert psutil.Process().memory_info().rss - before < 80_000_000


async def test_nobody_else_is_served(house: House) -> None:
    house.file("/film.mp4")
    relayed = await house.open("/film.mp4")
    parts = urlsplit(relayed.address)
    token = parts.path.split("/")[1]
    root = f"http://{parts.netloc}"
    assert (await house.get(relayed.address, {"Host": "films.example"}))[0] == 403
    assert (await house.get(relayed.address, {"Origin": "https://page.example"}))[0] == 403
    for path in (
        f"/{token[:-1]}x/stream.mp4",
        "/",
        "/../etc/passwd",
        f"/{token}/99.ts",
        f"/{token}/",
    ):
        assert (await house.get(root + path))[0] in (404, 405)
    async with house.browser.post(relayed.address) as answer:
        assert answer.status == 405
    await house.relay.close(relayed.address)
    assert (await house.get(relayed.address))[0] == 404
