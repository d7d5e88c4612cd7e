"""The subtitles of a stream come beside the film, on its clock; and never in place of it."""

from __future__ import annotations

import asyncio
import errno
import functools
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from aiohttp import web

from app.domain.errors import Unavailable
from app.infra.fetch import subtitle_fetch
from app.infra.fetch.parts import PartFolder
from app.infra.fetch.stream_fetch import StreamFetch, StreamWanted
from app.infra.fetch.stream_settle import settle, settled_before
from app.infra.fetch.throttle import Throttle
from app.infra.fetch.webvtt import LARGEST_PART, parse
from tests.fakes.children import nursery
from tests.fakes.hls import SPOKEN, make_subtitled
from tests.fakes.ranges import paced, serve_file
from tests.fakes.web import Handler, WebServer, says
from tests.unit.infra.fetch.conftest import HOME, QUICK

MISSING = "notes.stream_subtitles_missing"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Path]:
    """The first playlist of a made stream, with or without a clock of its own."""
    place = tmp_path_factory.mktemp("subtitled")

    @functools.cache
    def of(clocked: bool) -> Path:
        return make_subtitled(place / str(clocked), clocked=clocked)

    return of


@pytest.fixture
async def fetch(server: WebServer, folder: Path) -> AsyncIterator[StreamFetch]:
    wanted = StreamWanted(f"{server.url}/master.m3u8", own_hosts=HOME, name="film")
    made = StreamFetch(wanted, folder, "abc", limiter=Throttle(), patience=QUICK)
    yield made
    await made.close()


def put(server: WebServer, first: Path, rate: int = 0) -> None:
    """Serve a made stream; at so many bytes a second for the parts of its subtitles."""
    for file in first.parent.iterdir():
        body = file.read_bytes()
        slow = rate and file.suffix == ".vtt"
        server.answers[f"/{file.name}"] = paced(body, rate) if slow else serve_file(body)


def asked(server: WebServer) -> list[str]:
    return [one.path for one in server.seen if one.path.endswith(".vtt")]


def says_what_is_spoken(path: Path) -> None:
    cues = parse(path.read_bytes()).cues
    assert [cue.text for cue in cues] == [text for _, _, text in SPOKEN]
    assert [cue.start for cue in cues] == pytest.approx([one[0] for one in SPOKEN], abs=0.15)
    assert [cue.end for cue in cues] == pytest.approx([one[1] for one in SPOKEN], abs=0.15)


@pytest.mark.parametrize("clocked", [False, True])
async def test_they_lie_beside_the_film_on_its_clock(
    fetch: StreamFetch, server: WebServer, folder: Path, made: Callable[[bool], Path],
    clocked: bool,
) -> None:  # fmt: skip
    put(server, made(clocked))
    film = await fetch.run()
    await fetch.close()
    assert sorted(os.listdir(folder)) == ["film.en.vtt", "film.mp4"]
    assert fetch.beside == (film.with_name("film.en.vtt"),)
    says_what_is_spoken(fetch.beside[0])
    assert fetch.beside[0].stat().st_mode & 0o044 == 0o044  # as a film, for all of the home
    assert fetch.status().note == ""
    assert len(asked(server)) == len(set(asked(server))) == 6


async def test_of_a_variant_only_its_own_group_is_fetched_and_each_once(
    fetch: StreamFetch, server: WebServer, folder: Path, made: Callable[[bool], Path]
) -> None:
    put(server, made(False))
    media = '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="{}",NAME="{}",LANGUAGE="{}",URI="{}"{}\n'
    server.answers["/master.m3u8"] = "#EXTM3U\n" + "".join((
        media.format("subs", "Deutsch", "de", "part0_vtt.m3u8?de", ""),
        media.format("subs", "English", "en", "part0_vtt.m3u8", ",DEFAULT=YES"),
        media.format("subs", "English", "en", "part0_vtt.m3u8?f", ",FORCED=YES"),
        media.format("subs", "again", "en", "part0_vtt.m3u8", ",DEFAULT=YES"),
        media.format("others", "Italiano", "it", "nowhere.m3u8", ""),
        '#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="subs",NAME="cc",INSTREAM-ID="CC1"\n',
        '#EXT-X-STREAM-INF:BANDWIDTH=9,RESOLUTION=320x180,SUBTITLES="subs"\npart0.m3u8\n',
    ))  # fmt: skip
    await fetch.run()
    await fetch.close()
    assert sorted(os.listdir(folder)) == [
        "film.de.vtt", "film.en.forced.vtt", "film.en.vtt", "film.mp4",
    ]  # fmt: skip
    assert fetch.status().note == ""


LIST = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\npart00.vtt\n#EXT-X-ENDLIST\n"


async def _drops(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"WEBVTT\n")
    assert request.transport is not None
    request.transport.close()
    return response


HURTING: dict[str, dict[str, Handler]] = {
    "a list that is away": {"/part0_vtt.m3u8": says("", 404)},
    "a part that is away": {"/part03.vtt": says("", 404)},
    "a part that breaks off": {"/part03.vtt": _drops},
    "a page": {"/part03.vtt": says("<html>Sign in</html>")},
    "a film": {"/part03.vtt": says(b"\x00\x00\x00\x20ftypmp42")},
    "a huge part": {"/part03.vtt": says(b"WEBVTT\n" + b"x" * LARGEST_PART)},
    "many huge parts": {
        "/part0_vtt.m3u8": says(LIST.replace("part00.vtt\n", "".join(
            f"part00.vtt?{at}\n#EXTINF:2,\n" for at in range(5)) + "part00.vtt\n")),
        "/part00.vtt": says(b"WEBVTT\n" + b"x" * (LARGEST_PART - 10)),
    },
    "many parts": {
        "/part0_vtt.m3u8": says("#EXTM3U\n" + "#EXTINF:1,\na.vtt\n" * 10_001 + "#EXT-X-ENDLIST\n")
    },
    "a list of lists": {
        "/part0_vtt.m3u8": says("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\npart0.m3u8\n")
    },
    "one without an end": {"/part0_vtt.m3u8": says(LIST.replace("#EXT-X-ENDLIST\n", ""))},
    "boxes of mp4": {
        "/part0_vtt.m3u8": says(LIST.replace("#EXTINF", '#EXT-X-MAP:URI="head.mp4"\n#EXTINF'))
    },
    "a file of this machine": {
        "/part0_vtt.m3u8": says(LIST.replace("part00.vtt", "file:///etc/passwd"))
    },
    "the home network": {
        "/part0_vtt.m3u8": says(LIST.replace("part00.vtt", "http://127.0.0.77:9/x.vtt"))
    },
    "locked ones": {
        "/part0_vtt.m3u8": says(
            LIST.replace("#EXTINF", '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="k"\n#EXTINF')
        )
    },
    "nothing said": {"/part0_vtt.m3u8": says(LIST), "/part00.vtt": says("WEBVTT\n")},
}  # fmt: skip


@pytest.mark.parametrize("answers", HURTING.values(), ids=HURTING)
async def test_what_cannot_be_had_leaves_the_film_whole_and_is_told(
    fetch: StreamFetch, server: WebServer, folder: Path, made: Callable[[bool], Path],
    answers: dict[str, Handler],
) -> None:  # fmt: skip
    put(server, made(False))
    server.answers |= answers
    await fetch.run()
    await fetch.close()
    assert os.listdir(folder) == ["film.mp4"]
    assert fetch.status().note == MISSING


async def test_the_film_does_not_wait_for_ever(
    fetch: StreamFetch, server: WebServer, folder: Path, made: Callable[[bool], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(subtitle_fetch, "SECONDS", 0.2)
    put(server, made(False), rate=300)
    server.answers["/part01.vtt"] = paced(b"WEBVTT\n" + b"x" * 9_000, 300)
    await fetch.run()
    await fetch.close()
    assert os.listdir(folder) == ["film.mp4"]
    assert fetch.status().note == MISSING


async def test_a_full_disk_is_told_and_nothing_is_lost(
    fetch: StreamFetch, server: WebServer, folder: Path, made: Callable[[bool], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    put(server, made(False))

    def full(_path: Path, _data: bytes, **_more: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(subtitle_fetch, "replace_file", full)
        with pytest.raises(Unavailable) as told:
            await fetch.run()
    assert told.value.key == "errors.disk_full"
    before = len(server.seen)
    film = await fetch.run()
    again = [one.path for one in server.seen[before:]]
    assert not any(path.endswith((".ts", ".vtt")) for path in again)
    assert fetch.beside == (film.with_name("film.en.vtt"),)


async def test_no_kill_costs_a_part_that_is_here(
    server: WebServer, folder: Path, made: Callable[[bool], Path]
) -> None:
    put(server, made(True), rate=60)
    address = f"{server.url}/master.m3u8"
    async with nursery("tests.unit.infra.fetch.loader") as nest:
        for _ in range(4):
            held = len(list(folder.glob(".abc.segments/s*.vtt")))
            child = await nest.child("stream", address, folder)
            async with asyncio.timeout(20):
                while len(list(folder.glob(".abc.segments/s*.vtt"))) == held:  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(0.005)
            child.kill()
            await child.ended()
            if len(list(folder.glob(".abc.segments/s*.vtt"))) >= 5:
                break
        kept = len(list(folder.glob(".abc.segments/s*.vtt")))
        put(server, made(True))
        server.seen.clear()
        child = await nest.child("stream", address, folder)
        path = Path((await child.rest())[-1])
        await child.ended()
    assert 2 <= kept <= 6
    assert len(asked(server)) == 6 - kept
    assert not [one.path for one in server.seen if one.path.endswith(".ts")]
    assert sorted(os.listdir(folder)) == ["film.en.vtt", "film.mp4"]
    says_what_is_spoken(path.with_name("film.en.vtt"))


@pytest.mark.parametrize("placed", [0, 1, 2])
def test_a_kill_between_the_film_and_its_subtitles_is_made_good(folder: Path, placed: int) -> None:
    parts = PartFolder(folder, "abc")
    parts.open()
    letters = [("subtitles-00.vtt", "en"), ("subtitles-01.vtt", "fr")]
    for name, mark in letters:
        (parts.path / name).write_text(f"WEBVTT {mark}")
    joined = folder / ".abc.joined"
    joined.write_bytes(b"film")
    done = settle(parts, joined, "film.mp4", letters)
    for path in done.beside[placed:]:
        path.unlink()  # as if it had been killed before
    parts.close()
    told = parts.open()
    for _ in range(2):  # a kill may come again
        again = settled_before(parts, joined, told)
        assert again == done
        assert [path.read_text() for path in again.beside] == ["WEBVTT en", "WEBVTT fr"]
    parts.close()
    visible = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    assert visible == ["film.en.vtt", "film.fr.vtt", "film.mp4"]


def test_another_s_subtitles_of_that_name_stay(folder: Path) -> None:
    parts = PartFolder(folder, "abc")
    parts.open()
    (parts.path / "subtitles-00.vtt").write_text("WEBVTT ours")
    (folder / "film.en.vtt").write_text("mine")
    (folder / ".abc.joined").write_bytes(b"film")
    done = settle(parts, folder / ".abc.joined", "film.mp4", [("subtitles-00.vtt", "en")])
    parts.close()
    assert (folder / "film.en.vtt").read_text() == "mine"
    assert done.beside[0].read_text() == "WEBVTT ours"
