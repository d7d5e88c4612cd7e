"""Subtitles of a stream: fetched from real servers, small, plain, and never worth a failure."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.api.searching import Stream, StreamSubtitle
from app.services.search import subtitles
from app.services.search.subtitles import KEPT, LARGEST, MOST, SubtitleFetcher
from tests.fakes.web import BAD_DAYS, WebServer, leads_to, says, web_server

HOME = frozenset({"127.0.0.1"})
SRT = "1\n00:00:01,000 --> 00:00:02,000\nThey are coming\n"
VTT = f"WEBVTT\n\n{SRT}"
ASS = "[Script Info]\nTitle: x\n[Events]\n"


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WebServer]:
    monkeypatch.setattr(subtitles, "SECONDS", 0.8)
    async with web_server() as made:
        yield made


@pytest.fixture
def fetcher(tmp_path: Path) -> SubtitleFetcher:
    return SubtitleFetcher(tmp_path / "subtitles")


async def fetched(
    fetcher: SubtitleFetcher, *told: StreamSubtitle, own: frozenset[str] = HOME
) -> list[Path]:
    stream = Stream("https://a.example/f.mp4", subtitles=told)
    return [Path(os.fsdecode(path)) for path in await fetcher.fetch(stream, own)]


async def test_each_language_comes_in_the_order_it_was_told(
    fetcher: SubtitleFetcher, server: WebServer
) -> None:
    for name, text in (("a.srt", SRT), ("b.vtt", VTT), ("c.ass", ASS)):
        server.play(f"/{name}", text, "text/plain")
    told = [
        StreamSubtitle(f"{server.url}/{name}", language)
        for name, language in (("c.ass", "de"), ("a.srt", "en"), ("b.vtt", "fr"))
    ]
    found = await fetched(fetcher, *told)
    assert [path.name.split(".", 1)[1] for path in found] == ["de.ass", "en.srt", "fr.vtt"]
    assert [path.read_text() for path in found] == [ASS, SRT, VTT]


NAMES = {
    "no ending": ("/caption", "en", "en.vtt"),
    "an unknown ending": ("/caption.exe", "en", "en.vtt"),
    "capital letters": ("/CAPTION.SRT", "en", "en.srt"),
    "a question": ("/caption.ass?x=a.exe", "en", "en.ass"),
    "a path in the language": ("/a.srt", "../../x", "und.srt"),
    "no language": ("/a.srt", "", "und.srt"),
    "three letters": ("/a.srt", "fre", "fre.srt"),
    "a name as language": ("/a.srt", "French", "und.srt"),
    "a path in the address": ("/..%2f..%2fetc/passwd.srt", "en", "en.srt"),
    "a very long address": ("/" + "x" * 3000 + ".srt", "en", "en.srt"),
}


@pytest.mark.parametrize(("path", "language", "name"), NAMES.values(), ids=NAMES)
async def test_files_have_names_of_our_own(
    fetcher: SubtitleFetcher, server: WebServer, tmp_path: Path, path: str, language: str, name: str
) -> None:
    server.always = says(SRT)
    (found,) = await fetched(fetcher, StreamSubtitle(server.url + path, language, "Name/../../x"))
    assert found.parent == tmp_path / "subtitles"
    assert found.name.split(".", 1)[1] == name
    assert len(found.name) < 40
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [found]


WRONG = {
    "a web page": b"<!doctype html><html>Sign in</html>",
    "a page with a mark before it": b"\xef\xbb\xbf\n <html></html>",
    "nothing": b"",
    "only spaces": b" \r\n ",
    "a film": b"\x1a\x45\xdf\xa3\x00\x00\x00",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "a list of addresses": b"#EXTM3U\nhttp://192.168.1.1/reboot\n",
    "a list for ffmpeg": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "a list for mpv": b"# mpv EDL v0\n/etc/passwd\n",
    "a program": b"\x7fELF\x02\x01\x01\x00",
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
async def test_what_is_no_subtitle_is_left_out(
    fetcher: SubtitleFetcher, server: WebServer, tmp_path: Path, body: bytes
) -> None:
    server.always = says(body, Content_Type="text/vtt")
    assert await fetched(fetcher, StreamSubtitle(f"{server.url}/a.srt", "en")) == []
    assert list((tmp_path / "subtitles").glob("*")) == []


@pytest.mark.parametrize(
    "text", [SRT.encode("utf-16"), "\u00e9t\u00e9".encode("latin-1"), b"{1}{2}x"]
)
async def test_other_notations_of_words_are_fine(
    fetcher: SubtitleFetcher, server: WebServer, text: bytes
) -> None:
    server.always = says(text)
    (found,) = await fetched(fetcher, StreamSubtitle(f"{server.url}/a.srt", "en"))
    assert found.read_bytes() == text


async def test_what_is_too_large_is_left_out(fetcher: SubtitleFetcher, server: WebServer) -> None:
    server.answers["/small.srt"] = says(b"x" * LARGEST)
    server.answers["/large.srt"] = says(b"x" * (LARGEST + 1))
    told = [StreamSubtitle(f"{server.url}/{name}.srt", "en") for name in ("large", "small")]
    (found,) = await fetched(fetcher, *told)
    assert found.stat().st_size == LARGEST


WORDS = ("JSON", "broken JSON", "deep JSON", "wrong encoding")
"""Words are words: the player says that it cannot read them."""


@pytest.mark.parametrize("day", [day for day in BAD_DAYS if not day.startswith(WORDS)])
async def test_a_bad_day_costs_that_one_only(
    fetcher: SubtitleFetcher, server: WebServer, day: str
) -> None:
    server.play("/good.srt", SRT, "text/plain")
    server.answers["/bad.srt"] = BAD_DAYS[day]
    told = [StreamSubtitle(f"{server.url}/{name}.srt", "en") for name in ("bad", "good")]
    began = time.monotonic()
    (found,) = await fetched(fetcher, *told)
    assert found.read_text() == SRT
    assert time.monotonic() - began < 5


async def test_the_home_network_is_for_those_who_were_told_of_it(
    fetcher: SubtitleFetcher, server: WebServer
) -> None:
    server.answers["/a.srt"] = says(SRT)
    server.answers["/away.srt"] = leads_to(server.url.replace("127.0.0.1", "127.0.0.2"))
    own = StreamSubtitle(f"{server.url}/a.srt")
    assert await fetched(fetcher, own, own=frozenset()) == []
    assert server.seen == []
    assert await fetched(fetcher, StreamSubtitle(f"{server.url}/away.srt")) == []
    assert [one.path for one in server.seen] == ["/away.srt"]
    assert len(await fetched(fetcher, own)) == 1


async def test_only_so_many_are_fetched(fetcher: SubtitleFetcher, server: WebServer) -> None:
    server.always = says(SRT)
    told = [StreamSubtitle(f"{server.url}/{n}.srt") for n in range(MOST + 20)]
    assert len(await fetched(fetcher, *told)) == MOST
    assert len(server.seen) == MOST
    assert await fetched(fetcher) == []


async def test_one_that_is_here_is_not_fetched_again(
    fetcher: SubtitleFetcher, server: WebServer
) -> None:
    server.always = says(SRT)
    told = StreamSubtitle(f"{server.url}/a.srt", "en")
    first = await fetched(fetcher, told)
    assert await fetched(fetcher, told) == first
    assert len(server.seen) == 1


async def test_the_oldest_go_and_never_those_in_use(
    fetcher: SubtitleFetcher, server: WebServer, tmp_path: Path
) -> None:
    server.always = says(SRT)
    used = StreamSubtitle(f"{server.url}/used.srt", "en")
    (path,) = await fetched(fetcher, used)
    os.utime(path, (1, 1))
    for number in range(KEPT + 5):
        other = tmp_path / "subtitles" / f"old{number}.en.srt"
        other.write_text("x")
        os.utime(other, (1000 + number, 1000 + number))
    new = StreamSubtitle(f"{server.url}/new.srt", "en")
    found = await fetched(fetcher, used, new)
    left = set((tmp_path / "subtitles").iterdir())
    assert len(left) == KEPT
    assert set(found) <= left
    assert tmp_path / "subtitles" / "old0.en.srt" not in left


async def test_many_streams_may_fetch_at_once(fetcher: SubtitleFetcher, server: WebServer) -> None:
    server.always = says(SRT)
    streams = [
        [StreamSubtitle(f"{server.url}/{one}-{n}.srt", "en") for n in range(3)] for one in range(8)
    ]
    found = await asyncio.gather(*(fetched(fetcher, *told) for told in streams))
    assert [len(paths) for paths in found] == [3] * 8
    assert all(path.read_text() == SRT for paths in found for path in paths)


async def test_a_folder_that_cannot_be_written_is_no_failure(
    server: WebServer, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    server.always = says(SRT)
    fetcher = SubtitleFetcher(tmp_path / "file" / "subtitles")
    assert await fetched(fetcher, StreamSubtitle(f"{server.url}/a.srt", "en")) == []
