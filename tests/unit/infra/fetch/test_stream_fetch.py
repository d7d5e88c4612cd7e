"""Real streams: every kind becomes one whole file, kills cost a part, and seeks come first."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from aiohttp import web

from app.domain.downloads import DownloadState
from app.domain.errors import AppError, NotFound, Refused, Unavailable, Unsupported
from app.infra.fetch.part import keep_free
from app.infra.fetch.parts import forget_stream
from app.infra.fetch.stream_fetch import StreamFetch, StreamWanted
from app.infra.fetch.throttle import Throttle
from app.infra.loopback import LoopbackServer
from tests.fakes.children import Nursery, nursery
from tests.fakes.films import make, run
from tests.fakes.hls import FILM, LiveStream, frames, make_varied
from tests.fakes.ranges import paced, serve_file
from tests.fakes.web import WebServer, leads_to, says, web_server
from tests.unit.infra.fetch.conftest import HOME, QUICK

KINDS = ("plain", "encrypted", "fragments", "rotating", "ranges", "apart", "fragments apart")
KILLS = 50
BESIDE = 4
"""So many loads side by side."""
Streaming = Callable[..., StreamFetch]


@functools.cache
def of_the_film() -> list[str]:
    return frames(make(FILM))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The first playlist of a stream of each kind, made once."""
    place = tmp_path_factory.mktemp("streams")

    @functools.cache
    def of(kind: str) -> Path:
        return make_varied(place / kind, kind)

    return of


@pytest.fixture
async def streaming(folder: Path) -> AsyncIterator[Streaming]:
    """Makes fetches of one key into the folder."""
    opened: list[StreamFetch] = []

    def start(url: str, **given: Any) -> StreamFetch:
        options = {
            name: given.pop(name)
            for name in ("connections", "limiter", "reserve", "patience", "wire")
            if name in given
        }
        options = {"limiter": Throttle(), "patience": QUICK, **options}
        wanted = StreamWanted(url, **{"own_hosts": HOME, "name": "film", **given})
        fetch = StreamFetch(wanted, folder, "abc", **options)
        opened.append(fetch)
        return fetch

    yield start
    for fetch in opened:
        await fetch.close()


def put(server: WebServer, first: Path, rate: int = 0) -> str:
    """Serve a made stream; returns the address of its first playlist."""
    for file in first.parent.iterdir():
        body = file.read_bytes()
        slow = rate and file.suffix in (".ts", ".m4s")
        server.answers[f"/{file.name}"] = paced(body, rate) if slow else serve_file(body)
    return f"{server.url}/{first.name}"


def asked(server: WebServer, *endings: str) -> list[str]:
    """The names of what was asked for."""
    return [one.path[1:] for one in server.seen if one.path.endswith(endings)]


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.005)


# Whole.


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_becomes_the_whole_film(
    streaming: Streaming, server: WebServer, folder: Path, made: Callable[[str], Path], kind: str
) -> None:
    fetch = streaming(put(server, made(kind)))
    look = await fetch.look()
    assert look.seconds == pytest.approx(12.0, abs=0.1)
    assert not look.live
    path = await fetch.run()
    assert path == folder / "film.mp4"
    await fetch.close()
    assert os.listdir(folder) == ["film.mp4"]
    found = await asyncio.to_thread(frames, path)
    assert found == await asyncio.to_thread(of_the_film)
    if kind not in ("encrypted", "rotating"):  # which ffmpeg does not read from the disk
        sound = await asyncio.to_thread(frames, path, "a")
        assert sound == await asyncio.to_thread(frames, made(kind), "a")
    told = fetch.status()
    assert told.state is DownloadState.DONE
    assert told.fraction == pytest.approx(1.0)
    assert told.size == pytest.approx(told.done, abs=2)
    parts = asked(server, ".ts", ".m4s")
    assert len(parts) == len(set(parts)) or kind == "ranges"


async def test_times_that_begin_anew_are_joined(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    path = await streaming(put(server, made("broken"))).run()
    found = await asyncio.to_thread(frames, path)
    assert len(found) == 288
    assert found == await asyncio.to_thread(frames, made("broken"))


async def test_what_an_mp4_cannot_hold_becomes_a_matroska(
    streaming: Streaming, server: WebServer, tmp_path: Path
) -> None:
    place = tmp_path / "odd"
    place.mkdir()
    run(
        ["-i", str(make(FILM)), "-map", "0:v", "-map", "0:a", "-c:v", "copy",
         "-c:a", "truehd", "-ar", "48000", "-ac", "2", "-strict", "-2", "-f", "hls", "-hls_time",
         "4", "-hls_playlist_type", "vod", str(place / "low.m3u8")]
    )  # fmt: skip
    path = await streaming(put(server, place / "low.m3u8")).run()
    assert path.suffix == ".mkv"
    assert await asyncio.to_thread(frames, path) == await asyncio.to_thread(of_the_film)


# Variants.

MASTER = """#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="En",LANGUAGE="en",DEFAULT=YES,URI="en.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Fr",LANGUAGE="fr",URI="fr.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS="mp4a.40.2"
sound.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360,CODECS="avc1.4d401e,mp4a.40.2"
360.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=5000000,RESOLUTION=1920x1080,CODECS="avc1.640028",AUDIO="a"
1080.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=3000000,RESOLUTION=1920x1080,CODECS="avc1.640028"
1080low.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=2500000,RESOLUTION=1280x720
720.m3u8
"""
PARTS = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\na.ts\n#EXT-X-ENDLIST\n"


@pytest.mark.parametrize(
    ("height", "name"), [(None, "1080.m3u8"), (2160, "1080.m3u8"), (720, "720.m3u8"),
                         (719, "360.m3u8"), (1, "360.m3u8")],
)  # fmt: skip
async def test_the_best_or_the_chosen_variant_is_taken(
    streaming: Streaming, server: WebServer, height: int | None, name: str
) -> None:
    server.always = says(PARTS)
    server.answers["/m.m3u8"] = MASTER

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(text=MASTER if request.path == "/m.m3u8" else PARTS)

    server.always = answer
    look = await streaming(f"{server.url}/m.m3u8", height=height).look()
    assert len(look.variants) == 5
    assert look.variants[look.chosen].url.endswith(f"/{name}")
    assert asked(server, ".m3u8") == ["m.m3u8", name]


@pytest.mark.parametrize(("language", "name"), [("", "en"), ("fr", "fr"), ("xx", "en")])
async def test_the_sound_of_a_language_is_taken(
    streaming: Streaming, server: WebServer, language: str, name: str
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path.endswith(".ts"):
            return web.Response(status=404)
        return web.Response(text=MASTER if request.path == "/m.m3u8" else PARTS)

    server.always = answer
    with pytest.raises(NotFound):
        await streaming(f"{server.url}/m.m3u8", language=language).run()
    assert f"{name}.m3u8" in asked(server, ".m3u8")


# Headers and guards.


async def test_headers_go_to_the_streams_own_host_only(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    first = made("encrypted")
    put(server, first)
    async with web_server() as other:
        put(other, first)
        for name in ("/part0.ts", "/film.key"):
            server.answers[name] = leads_to(other.url + name)
        headers = {"Cookie": "secret", "Referer": "http://films.example/", "User-Agent": "Mine"}
        await streaming(f"{server.url}/{first.name}", headers=headers).run()
        assert {one.headers.get("Cookie") for one in server.seen} == {"secret"}
        assert {one.headers.get("User-Agent") for one in other.seen} == {"Mine"}
        assert not any("Cookie" in one.headers for one in other.seen)
        assert len(other.seen) >= 2


async def test_referers_are_told_to_the_hosts_of_segments(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    first = made("short")
    port = server.url.rpartition(":")[2]
    put(server, first)
    text = (first.parent / "low.m3u8").read_text()
    elsewhere = text.replace("low", f"http://localhost:{port}/low")
    server.answers["/low.m3u8"] = elsewhere
    headers = {"Cookie": "secret", "Referer": "http://films.example/"}
    await streaming(f"{server.url}/low.m3u8", headers=headers).run()
    parts = [one.headers for one in server.seen if one.path.endswith(".ts")]
    assert {one["Referer"] for one in parts} == {"http://films.example/"}
    assert not any("Cookie" in one for one in parts)


@pytest.mark.parametrize("what", ["segment", "key", "head", "variant", "sound"])
async def test_nothing_leads_into_the_home_network(
    streaming: Streaming, server: WebServer, what: str
) -> None:
    bad = "http://127.0.0.77:9/x"
    texts = {
        "segment": PARTS.replace("a.ts", bad),
        "key": PARTS.replace("#EXTINF", f'#EXT-X-KEY:METHOD=AES-128,URI="{bad}"\n#EXTINF'),
        "head": PARTS.replace("#EXTINF", f'#EXT-X-MAP:URI="{bad}"\n#EXTINF'),
        "variant": f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{bad}\n",
        "sound": MASTER.replace("en.m3u8", bad),
    }

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(text=texts[what] if request.path == "/m.m3u8" else PARTS)

    server.always = answer
    with pytest.raises(Refused) as told:
        await streaming(f"{server.url}/m.m3u8").run()
    assert told.value.key == "errors.address_at_home"


DRM = {
    "sample aes": '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.apple.streamingkeydelivery"',
    "widevine": '#EXT-X-KEY:METHOD=SAMPLE-AES-CTR,URI="data:x",KEYFORMAT="urn:uuid:edef8ba9"',
    "a format": '#EXT-X-KEY:METHOD=AES-128,URI="k",KEYFORMAT="com.microsoft.playready"',
    "no method": '#EXT-X-KEY:URI="k"',
    "a session": '#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="k"',
}


@pytest.mark.parametrize("line", DRM.values(), ids=DRM)
async def test_drm_is_refused(streaming: Streaming, server: WebServer, line: str) -> None:
    server.answers["/m.m3u8"] = PARTS.replace("#EXTINF", f"{line}\n#EXTINF")
    with pytest.raises(Refused) as told:
        await streaming(f"{server.url}/m.m3u8").look()
    assert told.value.key == "errors.stream_protected"


HURTING = {
    "nothing": "",
    "a page": "<!doctype html>",
    "an empty one": "#EXTM3U\n#EXT-X-ENDLIST\n",
    "a file": PARTS.replace("a.ts", "file:///etc/passwd"),
    "data": PARTS.replace("a.ts", "data:video/mp2t;base64,R0c="),
    "a key of the disk": PARTS.replace(
        "#EXTINF", '#EXT-X-KEY:METHOD=AES-128,URI="file:///etc/passwd"\n#EXTINF'
    ),
    "a key without address": PARTS.replace("#EXTINF", "#EXT-X-KEY:METHOD=AES-128\n#EXTINF"),
    "a head of the disk": PARTS.replace("#EXTINF", '#EXT-X-MAP:URI="file:///x"\n#EXTINF'),
    "an endless part": PARTS.replace("#EXTINF:4", "#EXTINF:1e300"),
    "a part of no length": PARTS.replace("#EXTINF:4", "#EXTINF:nan"),
    "a stretch of nonsense": PARTS.replace("#EXTINF", "#EXT-X-BYTERANGE:-5@x\n#EXTINF"),
    "many parts": "#EXTM3U\n" + "#EXTINF:1,\na.ts\n" * 50_001 + "#EXT-X-ENDLIST",
    "many lines": "#EXTM3U\n" + "#\n" * 400_001,
    "many variants": "#EXTM3U\n" + "#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n" * 201,
    "a list of lists of lists": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nm.m3u8\n",
}


@pytest.mark.parametrize("text", HURTING.values(), ids=HURTING)
async def test_what_is_no_stream_ends_plainly(
    streaming: Streaming, server: WebServer, text: str
) -> None:
    server.answers["/m.m3u8"] = text
    with pytest.raises((Unsupported, Refused)) as told:
        await streaming(f"{server.url}/m.m3u8").look()
    assert told.value.key == "errors.stream_unplayable"


async def test_a_huge_playlist_is_not_read(streaming: Streaming, server: WebServer) -> None:
    server.answers["/m.m3u8"] = paced(b"#EXTM3U\n" + b"#" * 6_000_000, 1 << 30)
    with pytest.raises(Unavailable) as told:
        await streaming(f"{server.url}/m.m3u8").look()
    assert told.value.key == "errors.answer_too_large"


@pytest.mark.parametrize(
    "body", [b"", b"<html>Sign in</html>", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
             b"ffconcat version 1.0\nfile /etc/passwd\n", os.urandom(400).replace(b"\x47", b"\0")],
    ids=["nothing", "a page", "a playlist", "a list of files", "noise"],
)  # fmt: skip
async def test_a_segment_that_is_none_never_reaches_ffmpeg(
    streaming: Streaming, server: WebServer, folder: Path, made: Callable[[str], Path], body: bytes
) -> None:
    url = put(server, made("short"))
    server.answers["/low3.ts"] = serve_file(body) if body else says(b"")
    with pytest.raises(Unavailable) as told:
        await streaming(url).run()
    assert told.value.key == "errors.bad_answer"
    assert not list(folder.glob("*.m*"))
    put(server, made("short"))
    path = await streaming(url).run()
    assert await asyncio.to_thread(frames, path) == await asyncio.to_thread(of_the_film)


# Trouble.


async def test_segments_that_fail_are_tried_again(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    url = put(server, made("plain"))
    good = server.answers["/part1.ts"]
    failures = [500, 503]

    async def answer(request: web.Request) -> web.StreamResponse:
        if failures:
            return web.Response(status=failures.pop())
        assert callable(good)
        return await good(request)

    server.answers["/part1.ts"] = answer
    path = await streaming(url).run()
    assert await asyncio.to_thread(frames, path) == await asyncio.to_thread(of_the_film)


async def test_addresses_that_end_are_asked_for_anew(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    """Every address carries a ticket; the first ones are good for four parts only."""
    first = made("short")
    put(server, first)
    text, tickets = (first.parent / "low.m3u8").read_text(), ["old", "new"]
    used: list[str] = []

    async def playlist(_request: web.Request) -> web.StreamResponse:
        ticket = tickets[0] if len(used) < 4 else tickets[1]
        return web.Response(text=text.replace(".ts", f".ts?ticket={ticket}"))

    plain = dict(server.answers)

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path.endswith(".m3u8"):
            return await playlist(request)
        ticket = request.query["ticket"]
        if ticket == "old" and len(used) >= 4:
            return web.Response(status=403)
        used.append(request.path)
        found = plain[request.path]
        assert callable(found)
        return await found(request)

    server.always = answer
    path = await streaming(f"{server.url}/low.m3u8").run()
    assert await asyncio.to_thread(frames, path) == await asyncio.to_thread(of_the_film)
    assert len(used) == len(set(used))


@pytest.mark.parametrize(
    ("status", "kind"), [(404, NotFound), (403, Refused), (500, Unavailable)]
)  # fmt: skip
async def test_a_segment_that_never_comes_is_told(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path], status: int,
    kind: type[AppError],
) -> None:  # fmt: skip
    url = put(server, made("plain"))
    server.answers["/part2.ts"] = says("", status)
    fetch = streaming(url)
    with pytest.raises(kind):
        await fetch.run()
    assert fetch.status().state is DownloadState.FAILED
    before = len(server.seen)
    put(server, made("plain"))
    path = await streaming(url).run()
    assert await asyncio.to_thread(frames, path) == await asyncio.to_thread(of_the_film)
    assert [one.path for one in server.seen[before:] if one.path.endswith(".ts")] == ["/part2.ts"]


async def test_a_key_that_is_refused_or_wrong_is_told(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    url = put(server, made("encrypted"))
    for answer, key in (
        (says("", 403), "errors.stream_refused"),
        (says(b"x"), "errors.bad_answer"),
        (says(b"x" * 16), "errors.bad_answer"),
        (says(b"x" * 9999), "errors.answer_too_large"),
    ):
        server.answers["/film.key"] = answer
        with pytest.raises(AppError) as told:
            await streaming(url).run()
        assert told.value.key == key


async def test_another_stream_behind_the_same_address_begins_anew(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    url = put(server, made("short"), rate=120_000)
    fetch = streaming(url)
    task = asyncio.create_task(fetch.run())
    await until(lambda: fetch.status().fraction > 0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await fetch.close()
    put(server, made("ranges"))
    second = streaming(url)
    path = await second.run()
    assert await asyncio.to_thread(frames, path) == await asyncio.to_thread(of_the_film)
    assert second.status().note == "notes.server_changed_file"


async def test_a_full_disk_is_told(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    with pytest.raises(Unavailable) as told:
        await streaming(put(server, made("plain")), reserve=keep_free(1 << 60)).run()
    assert told.value.key == "errors.disk_full"
    assert not asked(server, ".ts")


async def test_a_folder_that_is_away_is_told_and_not_made(
    streaming: Streaming, server: WebServer, folder: Path, made: Callable[[str], Path]
) -> None:
    folder.rmdir()
    with pytest.raises(Unavailable) as told:
        await streaming(put(server, made("plain"))).run()
    assert told.value.key == "errors.download_folder_away"
    assert not folder.exists()


async def test_two_do_not_load_the_same(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    url = put(server, made("short"), rate=20_000)
    fetch = streaming(url)
    task = asyncio.create_task(fetch.run())
    await until(lambda: fetch.status().connections == 3)
    with pytest.raises(Unavailable) as told:
        await streaming(url).run()
    assert told.value.key == "errors.download_busy"
    task.cancel()
    await asyncio.wait([task])


def test_what_is_left_of_a_stream_can_be_removed(folder: Path) -> None:
    (folder / ".abc.segments").mkdir()
    for name in (".abc.segments/v000000.ts", ".abc.joined", "film.mp4"):
        (folder / name).write_bytes(b"x")
    forget_stream(folder, "abc")
    forget_stream(folder, "abc")
    assert os.listdir(folder) == ["film.mp4"]


# Kills.


@pytest.fixture
async def nest() -> AsyncIterator[Nursery]:
    async with nursery("tests.unit.infra.fetch.loader") as born:
        yield born


async def test_no_kill_costs_a_segment_that_is_here(
    nest: Nursery, folder: Path, made: Callable[[str], Path]
) -> None:
    stream = made("short")
    async with asyncio.TaskGroup() as beside:
        for one in range(BESIDE):
            beside.create_task(_killed(nest, folder / str(one), stream))


async def _killed(nest: Nursery, folder: Path, stream: Path) -> None:
    """One load that is killed again and again."""
    folder.mkdir()
    async with web_server() as server:
        await _killed_at(nest, server, folder, stream)


async def _killed_at(nest: Nursery, server: WebServer, folder: Path, stream: Path) -> None:
    url = put(server, stream, rate=25_000)
    chance, total, killed = random.Random(), 0, 0
    for _ in range(-(-KILLS // BESIDE)):
        held = {path.name for path in folder.glob(".abc.segments/v*.ts")}
        server.seen.clear()
        child = await nest.child("stream", url, folder)
        assert await child.line() == "loads"
        await asyncio.sleep(chance.uniform(0, 0.3))
        child.kill()
        await child.ended()
        again = {f"v{int(name[3:-3]):06d}.ts" for name in asked(server, ".ts")}
        assert not again & held
        total += len(asked(server, ".ts"))
        killed += 1
    put(server, stream)
    server.seen.clear()
    child = await nest.child("stream", url, folder)
    path = Path((await child.rest())[-1])
    await child.ended()
    assert await asyncio.to_thread(frames, path) == await asyncio.to_thread(of_the_film)
    assert os.listdir(folder) == ["film.mp4"]
    assert total + len(asked(server, ".ts")) <= 12 + 3 * killed


async def test_kills_while_it_is_joined_leave_one_file(
    server: WebServer, folder: Path, made: Callable[[str], Path]
) -> None:
    url = put(server, made("short"))
    for delay in (0.0, 0.03, 0.1, 0.3):
        (folder / ".abc.segments/v.m3u8").unlink(missing_ok=True)
        child = await _started(url, folder)
        await until(lambda: bool(list(folder.glob(".abc.segments/v.m3u8")) or finished(folder)))
        await asyncio.sleep(delay)
        if child.returncode is None:
            child.kill()
        told, _errors = await child.communicate()
        await until(lambda: not working_in(folder))  # what it had started ended with it
        assert len(finished(folder)) <= 1
        if b"film.mp4" in told:
            break
    else:
        child = await _started(url, folder)
        await child.communicate()
    (path,) = finished(folder)
    assert await asyncio.to_thread(frames, path) == await asyncio.to_thread(of_the_film)


def finished(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def working_in(folder: Path) -> list[int]:
    """Processes that have to do with a folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if any(str(folder) in word for word in process.cmdline()):
                found.append(process.pid)
    return found


async def _started(url: str, folder: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import sys, tests.unit.infra.fetch.loader as one;"
        "one.main(*sys.argv[1:])", "stream", url, folder,
        stdout=subprocess.PIPE,
    )  # fmt: skip


# Live.


async def test_a_live_stream_is_recorded_until_it_ends(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    live = LiveStream(made("short").parent, window=6)
    put(server, made("short"))

    async def playlist(_request: web.Request) -> web.StreamResponse:
        live.move(2)
        return web.Response(text=live.text)

    server.answers["/low.m3u8"] = playlist
    fetch = streaming(f"{server.url}/low.m3u8")
    assert (await fetch.look()).live
    path = await fetch.run()
    assert await asyncio.to_thread(frames, path) == await asyncio.to_thread(of_the_film)
    assert fetch.status().note == ""


async def test_a_live_stream_may_be_stopped_and_is_whole_so_far(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    live = LiveStream(made("short").parent)
    put(server, made("short"))
    live.move(4)

    async def playlist(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=live.text)

    server.answers["/low.m3u8"] = playlist
    fetch = streaming(f"{server.url}/low.m3u8")
    task = asyncio.create_task(fetch.run())
    await until(lambda: fetch.status().fraction > 0.999)
    assert not task.done()
    fetch.stop()
    found = await asyncio.to_thread(frames, await task)
    film = await asyncio.to_thread(of_the_film)
    assert found == film[24 : 24 + len(found)]
    assert len(found) == 36


async def test_a_live_stream_goes_on_after_a_pause_with_a_gap(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    live = LiveStream(made("short").parent)
    put(server, made("short"))
    live.move(2)

    async def playlist(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=live.text)

    server.answers["/low.m3u8"] = playlist
    fetch = streaming(f"{server.url}/low.m3u8")
    task = asyncio.create_task(fetch.run())
    await until(lambda: fetch.status().fraction > 0.999)
    task.cancel()
    await asyncio.wait([task])
    await fetch.close()
    live.move(99)
    path = await streaming(f"{server.url}/low.m3u8").run()
    found = await asyncio.to_thread(frames, path)
    assert len(found) == 72
    assert found[-36:] == (await asyncio.to_thread(of_the_film))[-36:]


async def test_a_live_segment_that_is_gone_is_left_out_and_told(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    live = LiveStream(made("short").parent)
    put(server, made("short"))
    del server.answers["/low5.ts"]

    async def playlist(_request: web.Request) -> web.StreamResponse:
        live.move(3)
        return web.Response(text=live.text)

    server.answers["/low.m3u8"] = playlist
    fetch = streaming(f"{server.url}/low.m3u8")
    found = await asyncio.to_thread(frames, await fetch.run())
    assert len(found) == 84  # four were gone when it began, one was never there
    assert fetch.status().note == "notes.stream_has_gaps"


# Watching while it loads.


async def test_a_segment_far_ahead_comes_first(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    fetch = streaming(put(server, made("short"), rate=60_000), connections=2)
    task = asyncio.create_task(fetch.run())
    await until(lambda: fetch.status().connections == 2)
    loopback = LoopbackServer()
    address = await loopback.offer(fetch.serve, "stream.m3u8")
    base = address.rpartition("/")[0]
    async with aiohttp.ClientSession() as client:
        text = await (await client.get(address)).text()
        assert text.count("#EXTINF") == 12
        assert text.endswith("#EXT-X-ENDLIST\n")
        assert "#EXT-X-KEY" not in text
        got = await (await client.get(f"{base}/v000009.ts")).read()
        assert got == (made("short").parent / "low9.ts").read_bytes()
        order = asked(server, ".ts")
        assert order.index("low9.ts") < 5
        assert fetch.status().fraction < 0.5
        for bad in (
            "v000012.ts",
            "v9.ts",
            "journal.json",
            "..%2f..%2fx",
            "a.m3u8",
            "vhead0000.mp4",
        ):
            assert (await client.get(f"{base}/{bad}")).status == 404
        put(server, made("short"))
        path = await task
        assert (await client.get(f"{base}/v000000.ts")).status == 200  # it may still be watched
        await fetch.close()
        assert (await client.get(f"{base}/v000000.ts")).status in (404, 502)
    await loopback.stop()
    assert await asyncio.to_thread(frames, path) == await asyncio.to_thread(of_the_film)
    assert os.listdir(path.parent) == ["film.mp4"]


async def test_a_stream_that_was_quicker_than_the_player_is_its_file(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    fetch = streaming(put(server, made("short")))
    loopback = LoopbackServer()
    address = await loopback.offer(fetch.serve, "stream.m3u8")
    async with aiohttp.ClientSession() as client:
        assert (await client.get(address)).status == 503
        path = await fetch.run()
        assert await (await client.get(address)).read() == path.read_bytes()
    await loopback.stop()


async def test_who_waits_for_a_segment_is_told_when_it_ends(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    fetch = streaming(put(server, made("short"), rate=2_000))
    task = asyncio.create_task(fetch.run())
    await until(lambda: fetch.status().connections == 3)
    loopback = LoopbackServer()
    address = await loopback.offer(fetch.serve, "stream.m3u8")
    async with aiohttp.ClientSession() as client:
        waiting = asyncio.create_task(client.get(f"{address.rpartition('/')[0]}/v000005.ts"))
        await asyncio.sleep(0.05)
        task.cancel()
        async with asyncio.timeout(5):
            assert (await waiting).status == 502
    await loopback.stop()
    await asyncio.wait([task])


async def test_threads_and_files_are_let_go(
    streaming: Streaming, server: WebServer, made: Callable[[str], Path]
) -> None:
    import threading

    files, threads = len(os.listdir("/proc/self/fd")), threading.active_count()
    fetch = streaming(put(server, made("short"), rate=20_000))
    task = asyncio.create_task(fetch.run())
    await until(lambda: fetch.status().connections == 3)
    async with asyncio.timeout(3):
        await fetch.close()
    assert task.cancelled()
    await asyncio.sleep(0.1)
    assert len(os.listdir("/proc/self/fd")) <= files
    assert threading.active_count() <= threads + 1
