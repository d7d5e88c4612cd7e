"""What is typed, when it is itself an address: every kind, hostile names, and bad days."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web

from app.api import (
    AppError,
    Hit,
    HitKind,
    HttpAnswer,
    InvalidInput,
    NotFound,
    Refused,
    SearchQuestion,
    Unavailable,
)
from app.infra import http_guard
from plugins.direct_link.addresses import Magnet, WebAddress, read_magnet, read_size, read_typed
from plugins.direct_link.names import LONGEST, clean_name, disposition_name
from plugins.direct_link.parsers import Facts, head_facts, home_hit, sample_facts
from tests.fakes.plugins import provider
from tests.fakes.web import BAD_DAYS, WebServer, says, web_server

HASH = "0123456789abcdef0123456789abcdef01234567"
TORRENT = b"d8:announce31:udp://tracker.example.org:1337/4:infod6:lengthi5e4:name5:a.mkvee"
MKV = b"\x1aE\xdf\xa3\x01\x00\x00\x00" + b"\0" * 9000
HLS = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\na.ts\n"
SITE = "films.example.org"
"""Stands for a site on the internet; the tests' look-up finds it on loopback."""


class Site:
    """A site with files, and the plugin that is asked about them."""

    def __init__(self, server: WebServer, plugin: Any) -> None:
        self.server = server
        self.plugin = plugin
        self.url = server.url.replace("127.0.0.1", SITE)

    async def typed(self, address: str) -> Sequence[Hit]:
        found = await self.plugin.search("typed", SearchQuestion("x", typed=address))
        assert isinstance(found, list)
        return found

    def methods(self) -> list[str]:
        return [one.method for one in self.server.seen]


@pytest.fixture
async def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    transport = http_guard.guarded_transport

    async def look_up(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host.endswith(".example.org") else [host]

    def to_loopback(own_hosts: frozenset[str], **more: Any) -> httpx.AsyncHTTPTransport:
        return transport(own_hosts | {SITE}, look_up, **more)

    monkeypatch.setattr(http_guard, "guarded_transport", to_loopback)
    async with web_server() as server, provider("direct_link", tmp_path, seconds=1.0) as plugin:
        yield Site(server, plugin)


def file(
    data: bytes, content_type: str = "application/octet-stream", **headers: str
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A file as a good server gives it: with its size, and in parts when asked."""
    named = {name.replace("_", "-"): told for name, told in headers.items()}

    async def answer(request: web.Request) -> web.StreamResponse:
        given = {"Content-Type": content_type, "Accept-Ranges": "bytes", **named}
        part = request.http_range
        if request.method == "GET" and part.start is not None:
            given["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(data)}"
            return web.Response(status=206, body=data[part.start : part.stop], headers=given)
        if request.method == "HEAD":
            given["Content-Length"] = str(len(data))
        return web.Response(body=data, headers=given)

    return answer


def unseen(text: str) -> None:
    """Fail when the owner's own key is in a text."""
    assert "canary" not in text


# What is no address.


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "night of the living dead", "http", "http://", "https:///x", "http://[::1"),
        *("ed2k://|file|a.mkv|9|0123456789ABCDEF0123456789ABCDEF|/", "ftp://a.example.org/a.mkv"),
        *("file:///etc/passwd", "javascript:alert(1)", "data:video/mp4;base64,AAAA", "rtsp://a/b"),
        *("magnet:", "magnet:?dn=x", "magnet:?xt=urn:ed2k:0123456789ABCDEF0123456789ABCDEF"),
        *(HASH[:-1], HASH + "0", "1" * 32, "http://a.example.org/\n/x", "http://a:port/"),
        *("http://a.example.org/" + "x" * 20_000, "http://a.example.org/\u202e.mkv", "\ud800"),
    ],
)
async def test_anything_else_is_nothing_at_once(site: Site, typed: str) -> None:
    assert await site.typed(typed) == []
    assert site.server.seen == []


async def test_the_words_of_a_question_are_not_taken_for_an_address(site: Site) -> None:
    question = SearchQuestion(f"{site.url}/a.mkv", typed="something else")
    assert await site.plugin.search("typed", question) == []
    (source,) = await site.plugin.sources()
    assert (source.id, source.name) == ("typed", "Direct links")


# Magnets.


@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        (HASH, Hit(HASH, HitKind.TORRENT, f"magnet:?xt=urn:btih:{HASH}", info_hash=HASH)),
        (
            "abcdefghijklmnopqrstuvwxyz234567",
            Hit(
                "00443214c74254b635cf84653a56d7c675be77df",
                HitKind.TORRENT,
                "magnet:?xt=urn:btih:00443214c74254b635cf84653a56d7c675be77df",
                info_hash="00443214c74254b635cf84653a56d7c675be77df",
            ),
        ),
        (
            f" magnet:?xt=urn:btih:{HASH.upper()}&dn=Night+of+the+Living+Dead+%281968%29&xl=5000 ",
            Hit(
                "Night of the Living Dead (1968)",
                HitKind.TORRENT,
                f"magnet:?xt=urn:btih:{HASH.upper()}&dn=Night+of+the+Living+Dead+%281968%29"
                "&xl=5000",
                info_hash=HASH,
                size=5000,
            ),
        ),
    ],
)
async def test_hashes_and_magnet_links(site: Site, typed: str, hit: Hit) -> None:
    assert await site.typed(typed) == [hit]
    assert site.server.seen == []


def magnet(link: str) -> Magnet:
    found = read_magnet(link)
    assert found is not None
    return found


def test_odd_magnet_links() -> None:
    second = f"magnet:?xt=urn:btmh:1220{'ab' * 32}"
    assert magnet(second).info_hash == "ab" * 32
    assert magnet(f"{second}&xt=urn:btih:{HASH}").info_hash == HASH  # both: the one all know
    assert magnet(f"MAGNET:?XT.1=URN:BTIH:{HASH}&amp;DN=x").name == "x"
    evil = magnet(f"magnet:?xt=urn:btih:{HASH}&dn=..%2F..%2Fetc%2Fpass%00wd%0A&dn=other")
    assert evil.name == "pass wd"
    for size in ("-1", "0", "1e9", "9" * 30, "٣", ""):
        assert magnet(f"magnet:?xt=urn:btih:{HASH}&xl={size}").size is None
    assert len(magnet(f"magnet:?xt=urn:btih:{HASH}&dn={'n' * 10_000}").name) == LONGEST


# The owner's own network.


@pytest.mark.parametrize(
    "host",
    [
        *(
            "192.168.1.5",
            "10.0.0.2:8096",
            "127.0.0.1",
            "localhost",
            "nas",
            "nas.local",
            "[fe80::1]",
        ),
        *("tv.lan", "tv.home", "[::1]:8096", "169.254.1.1", "nas.home.arpa", "2130706433"),
    ],
)
async def test_an_address_at_home_is_taken_as_its_name_says(site: Site, host: str) -> None:
    found = await site.typed(f"http://{host}/films/Night%20of%20the%20Dead.mkv?token=mine")
    assert found == [
        Hit(
            "Night of the Dead.mkv",
            HitKind.FILE,
            f"http://{host}/films/Night%20of%20the%20Dead.mkv?token=mine",
            container="mkv",
        )
    ]
    assert (await site.typed(f"http://{host}/live/index.m3u8"))[0].kind is HitKind.PLAYLIST
    (torrent,) = await site.typed(f"http://{host}/a.torrent")
    assert (torrent.kind, torrent.link) == (HitKind.TORRENT, f"http://{host}/a.torrent")
    assert (await site.typed(f"http://{host}/Videos/12/stream?static=true"))[0].title == "stream"
    assert await site.typed(f"http://{host}/") == []
    assert await site.typed(f"http://{host}/index.html") == []
    assert site.server.seen == []


async def test_a_name_that_leads_home_is_refused(site: Site) -> None:
    with pytest.raises(Refused):
        await site.typed(f"{site.url.replace(SITE, 'trap.example.org')}/a.mkv")
    assert site.server.seen == []


async def test_a_password_in_an_address_stays_and_is_not_shown(site: Site) -> None:
    site.server.answers["/a.mkv"] = file(MKV, "video/x-matroska")
    typed = f"{site.url}/a.mkv?apikey=canary-b".replace("http://", "http://me:canary-a@")
    (found,) = await site.typed(typed)
    assert found.link == typed
    assert found.title == "a.mkv"
    assert site.server.seen[0].headers["Authorization"].startswith("Basic ")
    assert "canary" not in repr(read_typed(typed))


# Files.


async def test_a_file_is_known_by_its_headers(site: Site) -> None:
    site.server.answers["/films/Night%20of%20the%20Dead.mkv"] = file(MKV, "video/x-matroska")
    site.server.answers["/films/Night of the Dead.mkv"] = file(MKV, "video/x-matroska")
    typed = f"<{site.url}/films/Night of the Dead.mkv>"
    (found,) = await site.typed(typed)
    assert found == Hit(
        "Night of the Dead.mkv",
        HitKind.FILE,
        typed.strip("<>").replace(" ", "%20"),
        size=len(MKV),
        container="mkv",
    )
    assert site.methods() == ["HEAD"]


async def test_a_file_without_a_type_is_known_by_its_first_bytes(site: Site) -> None:
    site.server.answers["/get"] = file(MKV, Content_Disposition='attachment; filename="A film.mkv"')
    (found,) = await site.typed(f"{site.url}/get?id=3")
    assert (found.title, found.size, found.container) == ("A film.mkv", len(MKV), "mkv")
    assert found.link == f"{site.url}/get?id=3"
    assert site.methods() == ["HEAD", "GET"]
    assert site.server.seen[1].headers["Range"] == "bytes=0-4095"


async def test_a_server_that_knows_no_head(site: Site) -> None:
    whole = file(MKV, "video/x-matroska")

    async def no_head(request: web.Request) -> web.StreamResponse:
        return web.Response(status=405) if request.method == "HEAD" else await whole(request)

    site.server.answers["/a"] = no_head
    (found,) = await site.typed(f"{site.url}/a")
    assert (found.title, found.kind, found.size) == ("a", HitKind.FILE, len(MKV))


async def test_a_server_that_gives_no_parts_of_a_large_file(site: Site) -> None:
    async def all_at_once(request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(40_000_000)}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        if request.method == "GET":
            for _ in range(40):
                await response.write(b"\x1aE\xdf\xa3" + b"\0" * 999_996)
        return response

    site.server.answers["/a.mkv"] = all_at_once
    (found,) = await site.typed(f"{site.url}/a.mkv")
    assert (found.kind, found.size, found.container) == (HitKind.FILE, 40_000_000, "mkv")


@pytest.mark.parametrize(
    ("start", "container"),
    [
        (b"\0\0\0\x20ftypisom", "mp4"),
        (b"\0\0\0\x14ftypqt  ", "mov"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "webm"),
        (b"RIFF\0\0\0\0AVI LIST", "avi"),
        (b"OggS\0", "ogg"),
        (b"fLaC\0", "flac"),
        (b"ID3\x04", "mp3"),
        (b"FLV\x01", "flv"),
        (b"\0\0\x01\xba", "mpg"),
        (b"G" + b"\0" * 187 + b"G" + b"\0" * 10, "ts"),
        (b"\0\0\0\0G" + b"\0" * 191 + b"G", "m2ts"),
    ],
)
async def test_first_bytes(site: Site, start: bytes, container: str) -> None:
    site.server.answers["/a"] = file(start + b"\0" * 100)
    (found,) = await site.typed(f"{site.url}/a")
    assert found.container == container


async def test_things_that_are_not_to_be_watched(site: Site) -> None:
    for body, kind in (
        (b"<!doctype html><p>hi</p>", "text/html; charset=utf-8"),
        (b"<!doctype html><p>hi</p>", "application/octet-stream"),
        (b"\x89PNG\r\n", "image/png"),
        (b"{}", "application/json"),
        (b"%PDF-1.4", "application/pdf"),
        (b"PK\x03\x04\0\0", "application/octet-stream"),
        (b"#EXTM3U\n#EXTINF:1,Radio\nhttp://a.example.org/\n", "audio/x-mpegurl"),
        (b"", "video/mp4"),
    ):
        site.server.answers["/a"] = file(body, kind)
        assert await site.typed(f"{site.url}/a") == [], (body, kind)


async def test_a_file_that_is_gone_is_told(site: Site) -> None:
    with pytest.raises(NotFound):
        await site.typed(f"{site.url}/gone.mkv")


async def test_playlists(site: Site) -> None:
    site.server.answers["/a"] = file(HLS.encode(), "text/plain")
    site.server.answers["/b.m3u8"] = file(HLS.encode(), "application/vnd.apple.mpegurl")
    site.server.answers["/c"] = file(HLS.encode(), "audio/mpegurl")
    site.server.answers["/d"] = file(b"<MPD/>", "application/dash+xml")
    for path in ("/a", "/b.m3u8", "/c"):
        (found,) = await site.typed(site.url + path)
        assert (found.kind, found.size, found.link) == (HitKind.PLAYLIST, None, site.url + path)
    assert (await site.typed(f"{site.url}/d"))[0].container == "mpd"


async def test_torrents(site: Site) -> None:
    name = 'attachment; filename="Night.torrent"'
    site.server.answers["/a"] = file(TORRENT, "application/x-bittorrent", Content_Disposition=name)
    site.server.answers["/b"] = file(TORRENT)
    (first,) = await site.typed(f"{site.url}/a")
    assert first == Hit("Night.torrent", HitKind.TORRENT, reference=f"{site.url}/a")
    (second,) = await site.typed(f"{site.url}/b")
    assert (second.kind, second.link) == (HitKind.TORRENT, "")
    (stream,) = await site.plugin.resolve(first.reference)
    assert (stream.content, stream.url, stream.title) == (TORRENT, "", "Night.torrent")


async def test_an_address_that_leads_to_a_magnet_link(site: Site) -> None:
    link = f"magnet:?xt=urn:btih:{HASH}&dn=Night"
    site.server.answers["/m"] = says("", 302, Location=link)
    (found,) = await site.typed(f"{site.url}/m")
    assert (found.link, found.title, found.info_hash) == (link, "Night", HASH)
    (stream,) = await site.plugin.resolve(f"{site.url}/m")
    assert (stream.url, stream.kind) == (link, HitKind.TORRENT)


async def test_references_that_lead_to_no_torrent(site: Site) -> None:
    site.server.answers["/page"] = says("<html>Sign in</html>")
    site.server.answers["/cut"] = says(TORRENT[:-3])
    for path in ("/page", "/cut"):
        with pytest.raises(Unavailable) as told:
            await site.plugin.resolve(site.url + path)
        assert told.value.key == "errors.bad_answer"
    for reference in ("", "x", HASH, "file:///etc/passwd"):
        with pytest.raises(InvalidInput):
            await site.plugin.resolve(reference)
    with pytest.raises(Refused):
        await site.plugin.resolve("http://192.168.1.1/a.torrent")


# Hostile names, lying sizes.


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="../../etc/passwd.mkv"', "passwd.mkv"),
        (r'attachment; filename="..\\..\\Windows\\a.mkv"', "a.mkv"),
        (r'attachment; filename="a \"quoted\" name.mkv"', 'a "quoted" name.mkv'),
        ("attachment; filename=plain.mkv; size=3", "plain.mkv"),
        ("inline;FILENAME = 'single.mkv'", "single.mkv"),
        (
            "attachment; filename*=UTF-8''Am%C3%A9lie%20%E2%82%AC.mkv; filename=x.mkv",
            "Amélie €.mkv",
        ),
        ("attachment; filename=x.mkv; filename*=iso-8859-1'fr'Am%E9lie.mkv", "Amélie.mkv"),
        ("attachment; filename*=UTF-8''..%2F..%2F; filename=kept.mkv", "kept.mkv"),
        ("attachment; filename*=utf-7''+AC8-; filename=kept.mkv", "kept.mkv"),
        ("attachment; filename*=UTF-8''%FF%FE.mkv", "\ufffd\ufffd.mkv"),
        ("attachment; filename*=UTF-8''a%00b%0D%0Ac%1B.mkv", "a b c .mkv"),
        ("attachment; filename*=UTF-8''film%E2%80%AEvkm.exe", "filmvkm.exe"),
        ('attachment; filename=".."', ""),
        ('attachment; filename=".hidden.mkv"', "hidden.mkv"),
        ('attachment; filename="open', "open"),
        ("attachment", ""),
        ("", ""),
        (";" * 20_000, ""),
    ],
)
def test_names_in_headers(header: str, name: str) -> None:
    assert disposition_name(header) == name


def test_long_names_keep_their_ending() -> None:
    told = disposition_name(f'attachment; filename="{"n" * 10_000}.mkv"')
    assert (len(told), told[-5:]) == (LONGEST, "n.mkv")
    assert len(clean_name("x" * 60_000)) == LONGEST
    began = time.monotonic()
    disposition_name('attachment; filename="' + "\\" * 20_000)
    disposition_name("attachment; " + "a=" * 20_000)
    assert time.monotonic() - began < 0.5


async def test_a_hostile_name_arrives_safe(site: Site) -> None:
    header = f"attachment; filename*=UTF-8''{'..%2F' * 50}{'%00' * 50}Night%20%22x%22.mkv"
    site.server.answers["/a"] = file(MKV, "video/x-matroska", Content_Disposition=header)
    (found,) = await site.typed(f"{site.url}/a")
    assert found.title == 'Night "x".mkv'
    site.server.answers["/..%2F..%2Fetc%2Fpasswd.mkv"] = file(MKV, "video/x-matroska")
    site.server.always = file(MKV, "video/x-matroska")
    (found,) = await site.typed(f"{site.url}/x/..%2F..%2Fetc%2Fpass%00wd.mkv")
    assert found.title == "pass wd.mkv"


@pytest.mark.parametrize("told", ["", "0", "-5", "abc", "1.5", "9" * 25, "٣٤", "5, 5", "0x10"])
def test_sizes_that_cannot_be(told: str) -> None:
    assert read_size(told) is None
    address = WebAddress("http://a.example.org/a.mkv", "a.example.org", "a.mkv", bare=False)
    headers = {"content-type": "video/mp4", "content-length": told}
    assert head_facts(HttpAnswer(200, address.link, headers, b""), address).size is None
    part = {"content-range": f"bytes 0-4095/{told}"}
    known = Facts(size=77)
    answer = HttpAnswer(206, address.link, part, MKV[:4096])
    assert sample_facts(answer, address, known).size == 77


def test_what_headers_tell() -> None:
    address = WebAddress("http://a.example.org/a", "a.example.org", "a", bare=False)

    def facts(**headers: str) -> Facts:
        named = {name.replace("_", "-"): told for name, told in headers.items()}
        return head_facts(HttpAnswer(200, address.link, named, b""), address)

    assert facts(accept_ranges="bytes").ranges is True
    assert facts(accept_ranges="none").ranges is False
    assert facts().ranges is None
    packed = facts(content_length="500", content_encoding="gzip", content_type="video/mp4")
    assert packed.size is None  # that is the size of the packed answer
    part = HttpAnswer(206, address.link, {"content-range": "bytes 0-4095/9000"}, MKV[:4096])
    found = sample_facts(part, address, Facts())
    assert (found.ranges, found.size, found.kind) == (True, 9000, HitKind.FILE)
    whole = HttpAnswer(200, address.link, {"content-length": "9008"}, MKV)
    assert sample_facts(whole, address, Facts()).size == 9008


def test_a_site_at_home_is_no_film() -> None:
    bare = WebAddress("http://nas/", "nas", "", bare=True)
    assert home_hit(bare) is None
    named = WebAddress("http://nas/?id=3", "nas", "", bare=False)
    found = home_hit(named)
    assert found is not None
    assert found.title == "nas"


# Bad days.


@pytest.mark.parametrize("path", ["/a.mkv", "/a", "/a.m3u8", "/a.torrent"])
@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_bad_day(site: Site, day: str, path: str, caplog: pytest.LogCaptureFixture) -> None:
    for talkative in ("httpx", "httpcore", "aiohttp.access"):
        caplog.set_level(logging.WARNING, talkative)
    caplog.set_level(logging.DEBUG)
    site.server.always = BAD_DAYS[day]
    typed = f"{site.url}{path}?apikey=canary-b"
    began = time.monotonic()
    try:
        assert await site.typed(typed) == []
    except AppError as error:
        unseen(str(error))
    if path == "/a.torrent":
        with pytest.raises(AppError):
            await site.plugin.resolve(typed)
    assert time.monotonic() - began < 4
    unseen(caplog.text)
