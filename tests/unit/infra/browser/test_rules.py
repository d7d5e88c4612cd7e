from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.api import HitKind
from app.domain.errors import Refused
from app.infra.browser.rules import (
    Candidate,
    asks_for_licence,
    best_first,
    is_blocked,
    is_dash,
    is_local_name,
    kept_headers,
    plain_host,
    read_blocked,
    read_playlist,
    stream_kind,
    told_size,
    web_address,
    worth_telling,
)

PLAYLIST, FILE = HitKind.PLAYLIST, HitKind.FILE


@pytest.mark.parametrize(
    ("url", "content_type", "resource", "kind"),
    [
        ("https://a.example/x/master.m3u8", "", "fetch", PLAYLIST),
        ("https://a.example/x/MASTER.M3U8?tok=1#t", "", "xhr", PLAYLIST),
        ("https://a.example/get?id=3", "application/vnd.apple.mpegurl; charset=x", "", PLAYLIST),
        ("https://a.example/get?id=3", "audio/x-mpegURL", "", PLAYLIST),
        ("https://a.example/film.mp4", "", "media", FILE),
        ("https://a.example/film.mkv?x=1", "application/octet-stream", "fetch", FILE),
        ("https://a.example/get?id=3", "video/webm", "media", FILE),
        ("https://a.example/get?id=3", "application/octet-stream", "media", FILE),
        ("https://a.example/get?id=3", "application/octet-stream", "fetch", None),
        ("https://a.example/song", "audio/mpeg", "media", None),
        ("https://a.example/seg-1.ts", "video/mp2t", "xhr", None),
        ("https://a.example/seg-1.jpg", "video/MP2T", "xhr", None),
        ("https://a.example/seg-1.m4s", "video/mp4", "xhr", None),
        ("https://a.example/film.mpd", "video/mp4", "xhr", None),
        ("https://a.example/get", "application/dash+xml", "xhr", None),
        ("https://a.example/ping?of=https://b.example/film.mp4", "image/gif", "image", None),
        ("https://a.example/film.mp4.html", "text/html", "document", None),
        ("blob:https://a.example/film.mp4", "video/mp4", "media", None),
        ("data:video/mp4;base64,AAAA", "video/mp4", "media", None),
        ("https://[broken/film.mp4", "video/mp4", "media", None),
    ],
)
def test_what_is_a_stream(url: str, content_type: str, resource: str, kind: HitKind | None) -> None:
    assert stream_kind(url, content_type, resource) is kind


def test_a_dash_manifest_is_known_by_name_and_by_type() -> None:
    assert is_dash("https://a.example/x.mpd?y")
    assert is_dash("https://a.example/x", "application/dash+xml")
    assert not is_dash("https://a.example/x.m3u8")


@pytest.mark.parametrize(
    ("url", "resource", "asks"),
    [
        ("https://keys.example/widevine/get", "xhr", True),
        ("https://playready.example/rightsmanager.asmx", "fetch", True),
        ("https://a.example/FairPlay/cert", "fetch", True),
        ("https://a.example/about-widevine.html", "document", False),
        ("https://a.example/keys?like=widevine", "xhr", False),
        ("https://a.example/licence.txt", "xhr", False),
    ],
)
def test_what_fetches_keys(url: str, resource: str, asks: bool) -> None:
    assert asks_for_licence(url, resource) is asks


def test_the_headers_a_server_wants_again() -> None:
    sent = {
        "Referer": "https://a.example/",
        "origin": "https://a.example",
        "User-Agent": "x",
        "cookie": "a=b",
        "X-Tok": "abc",
        "authorization": "one",
        "accept": "*/*",
        "range": "bytes=0-",
        "sec-fetch-mode": "cors",
    }
    kept = {"referer", "origin", "user-agent", "cookie", "x-tok", "authorization"}
    assert set(kept_headers(sent)) == kept


def test_the_size_of_the_whole_is_told_by_a_part() -> None:
    assert told_size({"content-length": "1000"}) == 1000
    assert told_size({"content-length": "10", "content-range": "bytes 0-9/70000"}) == 70000
    assert told_size({"content-range": "bytes 0-9/*", "content-length": "10"}) is None
    assert told_size({"content-length": "²"}) is None
    assert told_size({}) is None


MASTER = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n"
LONG = "#EXTM3U\n" + "#EXTINF:6.0,\ns.ts\n" * 1000 + "#EXT-X-ENDLIST\n"
LIVE = "#EXTM3U\n#EXTINF:6.0,\ns.ts\n"
CLIP = "\ufeff#EXTM3U\n#EXTINF:15,\ns.ts\n#EXT-X-ENDLIST"


def test_playlists_are_told_apart() -> None:
    raw = Candidate("u", PLAYLIST, 0)
    read = {name: read_playlist(raw, text) for name, text in
            {"master": MASTER, "long": LONG, "live": LIVE, "clip": CLIP}.items()}  # fmt: skip
    assert read["master"] == replace(raw, master=True)
    assert read["live"] == raw
    assert read["long"] is not None
    assert (read["long"].seconds, read["long"].short) == (6000, False)
    assert read["clip"] is not None
    assert read["clip"].short
    assert read_playlist(raw, "<html>#EXTM3U") is None
    broken = read_playlist(raw, "#EXTM3U\n#EXTINF:1.2.3,\n#EXT-X-ENDLIST")
    assert broken is not None
    assert broken.seconds == 0


def test_the_best_comes_first() -> None:
    clip = Candidate("clip.mp4", FILE, 0, size=900_000)
    unknown = Candidate("unknown.mp4", FILE, 1)
    film = Candidate("film.mp4", FILE, 2, size=900_000_000)
    larger = Candidate("larger.mp4", FILE, 3, size=901_000_000)
    advert = Candidate("advert.m3u8", PLAYLIST, 4, seconds=15)
    variant = Candidate("variant.m3u8", PLAYLIST, 5, seconds=6000)
    master = Candidate("master.m3u8", PLAYLIST, 6, master=True)
    later = Candidate("later.m3u8", PLAYLIST, 7, master=True)
    sorted_ = best_first([clip, unknown, film, larger, advert, variant, later, master])
    assert [one.url for one in sorted_] == [
        *("master.m3u8", "later.m3u8", "variant.m3u8", "larger.mp4", "film.mp4"),
        *("advert.m3u8", "clip.mp4", "unknown.mp4"),
    ]
    told = {name: [one.url for one in worth_telling(best_first(group))] for name, group in {
        "all": [clip, film, advert, variant, later, master],
        "no master": [clip, film, variant],
        "clips": [advert, clip],
    }.items()}  # fmt: skip
    assert told == {
        "all": ["master.m3u8", "later.m3u8", "film.mp4"],
        "no master": ["variant.m3u8", "film.mp4"],
        "clips": ["advert.m3u8", "clip.mp4"],
    }
    assert worth_telling([]) == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "data:,x", "https://", "x", "https://[1/", "https://a:99999/"]
)
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(Refused, match="not_a_web_address"):
        web_address(url)


def test_web_addresses() -> None:
    assert web_address("https://A.example./x") == ("a.example", 443)
    assert web_address("http://[::1]:80/") == ("::1", 80)
    assert web_address("http://müller.example") == ("xn--mller-kva.example", 80)
    assert plain_host("ü" * 200) == "ü" * 200  # nothing any name server knows
    assert is_local_name("localhost")
    assert is_local_name("a.b.localhost")
    assert not is_local_name("notlocalhost")


def test_the_list_of_blocked_hosts(tmp_path: Path) -> None:
    blocked = read_blocked()
    assert 300 < len(blocked) < 1000
    assert all(host == plain_host(host) and "." in host and " " not in host for host in blocked)
    assert is_blocked("pagead.g.doubleclick.net", blocked)
    assert is_blocked("doubleclick.net", blocked)
    assert not is_blocked("notdoubleclick.net", blocked)
    assert not is_blocked("net", blocked)
    assert not is_blocked("", blocked)
    small = tmp_path / "list"
    small.write_text("# what\nads.example # why\n\n")
    assert read_blocked(small) == {"ads.example"}
