"""Real files through the real server: every byte compared, every condition, every bad range."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import socket
import threading
from collections import Counter
from collections.abc import AsyncIterator
from email.utils import formatdate
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest
from aiohttp import web

from app.domain.errors import Unavailable
from app.infra.growing import Whole
from app.infra.lan import files, pump
from app.infra.lan.files import serve_file, span
from app.infra.lan.manners import Manner, with_headers, with_manner
from app.infra.lan.server import LanServer
from app.services.downloads import serving
from tests.unit.infra.lan.siege import (
    OTHER,
    TV,
    US,
    Answer,
    Clock,
    ask,
    at_home,
    knock,
    told,
    words,
)

if TYPE_CHECKING:
    from app.infra.loopback import Serve

SIZE = 9_000_000 + 7
FEATURES = "DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000000000000000000000000000"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mkv"
    path.write_bytes(random.Random(5).randbytes(SIZE))
    os.utime(path, (1_700_000_000.25, 1_700_000_000.25))
    return path


@pytest.fixture
async def lan() -> AsyncIterator[LanServer]:
    async with at_home() as server:
        yield server


@pytest.fixture
async def url(lan: LanServer, film: Path) -> str:
    serve = await serve_file(bytes(film), "video/x-matroska")
    return lan.offer(serve, "film.mkv", way=US, device=TV, seconds=60)


async def test_the_whole_file(lan: LanServer, film: Path, url: str) -> None:
    answer = await ask(lan, "GET", url)
    assert answer.status == 200
    assert answer.body == film.read_bytes()
    assert answer.headers["content-type"] == "video/x-matroska"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["last-modified"] == formatdate(1_700_000_000, usegmt=True)
    head = await ask(lan, "HEAD", url)
    ours = {name: head.headers[name] for name in head.headers if name != "date"}
    assert ours == {name: answer.headers[name] for name in answer.headers if name != "date"}
    assert head.headers["content-length"] == str(SIZE)


EDGE = 4 << 20


@pytest.mark.parametrize(
    ("wanted", "first", "end"),
    [
        ("0-0", 0, 1),
        ("0-", 0, SIZE),
        (f"{SIZE - 1}-", SIZE - 1, SIZE),
        ("-1", SIZE - 1, SIZE),
        (f"-{SIZE * 9}", 0, SIZE),
        (f"{EDGE - 1}-{EDGE}", EDGE - 1, EDGE + 1),
        (f"7-{2 * EDGE + 3}", 7, 2 * EDGE + 4),
        (f"5-{2**80}", 5, SIZE),
    ],
)
async def test_a_range(
    lan: LanServer, film: Path, url: str, wanted: str, first: int, end: int
) -> None:
    answer = await ask(lan, "GET", url, Range=f"bytes={wanted}")
    assert answer.status == 206
    assert answer.headers["content-range"] == f"bytes {first}-{end - 1}/{SIZE}"
    assert answer.body == film.read_bytes()[first:end]
    head = await ask(lan, "HEAD", url, Range=f"bytes={wanted}")
    assert (head.status, head.headers["content-length"]) == (206, str(end - first))


async def test_two_hundred_ranges_by_chance(lan: LanServer, film: Path, url: str) -> None:
    content, chance = film.read_bytes(), random.Random(6)
    path = url.removeprefix(f"http://{US}:{lan.port}")
    spans = []
    for _ in range(200):
        first = chance.randrange(SIZE)
        spans.append((first, min(SIZE - 1, first + chance.randrange(60_000))))
    asked = [
        f"GET {path} HTTP/1.1\r\nHost: {US}:{lan.port}\r\nRange: bytes={first}-{last}\r\n"
        f"Connection: {'close' if number == 199 else 'keep-alive'}\r\n\r\n"
        for number, (first, last) in enumerate(spans)
    ]
    answers = told(await knock(lan.port, "".join(asked).encode()))
    assert [one.body for one in answers] == [content[first : last + 1] for first, last in spans]


@pytest.mark.parametrize(
    "wanted",
    [
        f"bytes={SIZE}-",
        f"bytes={2**80}-{2**80 + 1}",
        "bytes=-0",
        "bytes=-",
        "bytes=5-2",
        "bytes=-5--2",
        "bytes=--5",
        "bytes=+1-2",
        "bytes=1_0-20",
        "bytes=٣-٤".encode().decode("latin-1"),
        "bytes=0-9,5-14",
        "bytes=" + ",".join(f"{number}-{number}" for number in range(1000)),
        "bytes=0-,0-,0-,0-,0-",
        f"bytes=0-{'9' * 3000}",
        "bytes 0-5",
        "npt=0-5",
        "",
        "bytes=0x0-0x5",
    ],
)
async def test_an_absurd_range_is_refused(lan: LanServer, url: str, wanted: str) -> None:
    answer = await ask(lan, "GET", url, Range=wanted or " ")
    assert answer.status == 416
    assert answer.headers["content-range"] == f"bytes */{SIZE}"
    assert answer.body == b""


def test_an_empty_file_has_no_range() -> None:
    assert span("bytes=0-", 0).status == 416
    assert span("bytes=-5", 0).status == 416


async def test_an_empty_file(lan: LanServer, tmp_path: Path) -> None:
    (tmp_path / "empty.srt").touch()
    serve = await serve_file(bytes(tmp_path / "empty.srt"), "text/plain")
    url = lan.offer(serve, "a.srt", way=US, device=TV, seconds=60)
    assert (await ask(lan, "GET", url)).status == 200


async def test_conditions(lan: LanServer, url: str) -> None:
    first = await ask(lan, "HEAD", url)
    tag, at = first.headers["etag"], first.headers["last-modified"]
    earlier, later = formatdate(1_600_000_000, usegmt=True), formatdate(1_800_000_000, usegmt=True)
    expected: list[tuple[dict[str, str], int]] = [
        ({"If_None_Match": tag}, 304),
        ({"If_None_Match": f"W/{tag}"}, 304),
        ({"If_None_Match": f'"a", {tag}'}, 304),
        ({"If_None_Match": "*"}, 304),
        ({"If_None_Match": '"a"'}, 200),
        ({"If_None_Match": '"a"', "If_Modified_Since": later}, 200),
        ({"If_Modified_Since": at}, 304),
        ({"If_Modified_Since": later}, 304),
        ({"If_Modified_Since": earlier}, 200),
        ({"If_Modified_Since": "yesterday"}, 200),
        ({"If_Match": tag}, 200),
        ({"If_Match": "*"}, 200),
        ({"If_Match": '"a"'}, 412),
        ({"If_Match": f"W/{tag}"}, 412),
        ({"If_Unmodified_Since": at}, 200),
        ({"If_Unmodified_Since": earlier}, 412),
        ({"Range": "bytes=0-4", "If_None_Match": tag}, 304),
        ({"Range": "bytes=0-4", "If_Range": tag}, 206),
        ({"Range": "bytes=0-4", "If_Range": at}, 206),
        ({"Range": "bytes=0-4", "If_Range": f"W/{tag}"}, 200),
        ({"Range": "bytes=0-4", "If_Range": '"a"'}, 200),
        ({"Range": "bytes=0-4", "If_Range": earlier}, 200),
        ({"Range": "bytes=0-4", "If_Range": later}, 200),
        ({"Range": f"bytes={SIZE}-", "If_Range": '"a"'}, 200),
    ]
    for headers, status in expected:
        answer = await ask(lan, "GET", url, b"", TV, **headers)
        assert answer.status == status, headers
        if status == 304:
            assert (answer.body, answer.headers["etag"]) == (b"", tag)


async def test_a_file_that_changes_between_two_requests(
    lan: LanServer, film: Path, url: str
) -> None:
    tag = (await ask(lan, "HEAD", url)).headers["etag"]
    with film.open("r+b") as file:
        file.write(b"changed")
    answer = await ask(lan, "GET", url, Range="bytes=0-9", If_Range=tag)
    assert answer.status == 200, "half of the old one must not be joined to the new one"
    assert answer.body == film.read_bytes()
    assert answer.headers["etag"] != tag
    assert (await ask(lan, "GET", url, If_None_Match=tag)).status == 200


async def test_another_file_in_its_place_is_not_sent(
    lan: LanServer, film: Path, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FRESH", 0.0)
    away = film.rename(tmp_path / "away.mkv")
    assert (await ask(lan, "GET", url)).status == 404
    film.symlink_to("/etc/passwd")
    assert (await ask(lan, "GET", url)).status == 404
    film.unlink()
    film.symlink_to(away)
    assert (await ask(lan, "GET", url)).status == 404, "not even to itself"
    film.unlink()
    os.mkfifo(film)
    assert (await ask(lan, "GET", url)).status == 404
    film.unlink()
    film.mkdir()
    assert (await ask(lan, "GET", url)).status == 404
    film.rmdir()
    film.write_bytes(b"another")
    assert (await ask(lan, "GET", url)).status == 404
    away.rename(film)
    assert (await ask(lan, "GET", url)).status == 200


async def test_only_a_regular_file_is_offered(tmp_path: Path) -> None:
    (tmp_path / "link.mkv").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "fifo.mkv")
    for name in ("none.mkv", "link.mkv", "fifo.mkv", "."):
        with pytest.raises(Unavailable, match=r"errors\.file_gone"):
            await serve_file(bytes(tmp_path / name), "video/mp4")


async def test_a_file_that_becomes_shorter_while_it_is_sent_does_not_look_whole(
    lan: LanServer, film: Path, url: str
) -> None:
    with film.open("r+b") as file:
        file.truncate(1 << 30)  # no bytes of the disk, but of the network
    path = url.removeprefix(f"http://{US}:{lan.port}")
    reader, writer = await asyncio.open_connection(US, lan.port, local_addr=(TV, 0), limit=1024)
    try:
        writer.write(words("GET", path, lan.port))
        heard = len(await reader.read(1000))
        with film.open("r+b") as file:
            file.truncate(SIZE)
        with contextlib.suppress(ConnectionError):
            while piece := await reader.read(1 << 20):
                heard += len(piece)
        assert SIZE <= heard < 1 << 30
    finally:
        writer.transport.abort()
    assert (await ask(lan, "GET", url)).status == 200


async def test_it_is_sent_beside_the_loop(
    lan: LanServer, film: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: Counter[bool] = Counter()
    sendfile = os.sendfile

    def seen(*words: int) -> int:
        told = sendfile(*words)
        sent[threading.current_thread().name == "send"] += told
        return told

    monkeypatch.setattr(os, "sendfile", seen)
    assert (await ask(lan, "GET", url)).body == film.read_bytes()
    assert sent[False] <= pump.FIRST  # what lies in memory and is little
    assert sum(sent.values()) == SIZE


async def test_what_lies_on_the_disk_is_read_beside_the_loop(
    lan: LanServer, film: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_here(*_words: object) -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "preadv", not_here)
    threads: set[str] = set()
    sendfile = os.sendfile

    def seen(*words: int) -> int:
        threads.add(threading.current_thread().name)
        return sendfile(*words)

    monkeypatch.setattr(os, "sendfile", seen)
    assert (await ask(lan, "GET", url, range="bytes=5-9")).body == film.read_bytes()[5:10]
    assert threads == {"send"}


async def test_one_that_takes_nothing_holds_no_thread(
    lan: LanServer, film: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pump, "PATIENCE", 0.05)
    with film.open("r+b") as file:
        file.truncate(64 << 20)
    path = url.removeprefix(f"http://{US}:{lan.port}")
    reader, writer = await asyncio.open_connection(US, lan.port, local_addr=(TV, 0), limit=1024)
    try:
        writer.write(words("GET", path, lan.port))
        await reader.readexactly(1)
        for _ in range(500):
            if all(one.name != "send" for one in threading.enumerate()):
                break
            await asyncio.sleep(0.01)
        assert all(one.name != "send" for one in threading.enumerate())
        # It takes the rest after all, and gets every byte.
        await reader.readuntil(b"\r\n\r\n")
        whole = await reader.readexactly(64 << 20)
        assert whole[:SIZE] == film.read_bytes()[:SIZE]
        assert not any(whole[SIZE:])
    finally:
        writer.transport.abort()


async def test_withdrawing_hangs_up_on_who_fetches(lan: LanServer, film: Path, url: str) -> None:
    with film.open("r+b") as file:
        file.truncate(1 << 30)
    path = url.removeprefix(f"http://{US}:{lan.port}")
    reader, writer = await asyncio.open_connection(US, lan.port, local_addr=(TV, 0), limit=1024)
    try:
        writer.write(words("GET", path, lan.port))
        heard = len(await reader.read(1000))
        lan.withdraw(url)
        lan.withdraw(url)
        lan.withdraw("http://192.168.1.1/nothing")
        with contextlib.suppress(ConnectionError):
            while piece := await reader.read(1 << 20):
                heard += len(piece)
        assert heard < 1 << 30
    finally:
        writer.transport.abort()
    assert (await ask(lan, "GET", url)).status == 404


async def test_a_pause_of_hours_keeps_the_address_good(film: Path) -> None:
    clock = Clock()
    async with at_home(clock=clock) as lan:
        with film.open("r+b") as file:
            file.truncate(1 << 28)
        serve = await serve_file(bytes(film), "video/mp4")
        url = lan.offer(serve, "a.mp4", way=US, device=TV, seconds=60)
        path = url.removeprefix(f"http://{US}:{lan.port}")
        reader, writer = await asyncio.open_connection(US, lan.port, local_addr=(TV, 0), limit=1024)
        try:
            writer.write(words("GET", path, lan.port))
            heard = len(await reader.read(1000))
            clock.now += 3 * 3600
            assert (await ask(lan, "HEAD", url)).status == 200
            while piece := await reader.read(1 << 20):
                heard += len(piece)
            assert heard > 1 << 28
        finally:
            writer.transport.abort()
        clock.now += 59
        assert (await ask(lan, "HEAD", url)).status == 200
        clock.now += 59
        assert (await ask(lan, "HEAD", url)).status == 200
        clock.now += 61
        assert (await ask(lan, "HEAD", url)).status == 404


async def test_an_address_ends_however_much_it_is_used(film: Path) -> None:
    clock = Clock()
    async with at_home(clock=clock) as lan:
        serve = await serve_file(bytes(film), "video/mp4")
        url = lan.offer(serve, "a.mp4", way=US, device=TV, seconds=24 * 3600)
        for _ in range(4):
            assert (await ask(lan, "HEAD", url)).status == 200
            clock.now += 12 * 3600
        assert (await ask(lan, "HEAD", url)).status == 404


async def test_an_address_of_before_a_restart_is_good_again(lan: LanServer, film: Path) -> None:
    serve = await serve_file(bytes(film), "video/mp4")
    url = lan.offer(serve, "film.mp4", way=US, device=TV, seconds=60)
    port = lan.port
    await lan.stop()
    await lan.start([US], port)
    if lan.port != port:
        pytest.skip("another program took the port meanwhile")
    assert (await ask(lan, "GET", url)).status == 404
    assert lan.offer(serve, "film.mp4", way=US, device=TV, seconds=60, again=url) == url
    assert (await ask(lan, "GET", url)).status == 200
    for wrong in ("", "http://127.0.0.1/m/short/a.mp4", "http://127.0.0.1/m/../a.mp4", "nonsense"):
        made = lan.offer(serve, "film.mp4", way=US, device=TV, seconds=60, again=wrong)
        assert len(made.split("/")[4]) == 32


async def test_an_address_says_nothing_but_a_plain_name(lan: LanServer, film: Path) -> None:
    serve = await serve_file(bytes(film), "video/mp4")
    names = {
        "Ночь живых мертвецов.mkv": "media.mkv",
        "Night of the Living Dead (1968).mp4": "Night_of_the_Living_Dead_1968.mp4",
        "../../etc/passwd": "etc_passwd",
        "a" * 300 + ".ts": "a" * 80 + ".ts",
        "": "media",
        "100%2e.srt": "100_2e.srt",
    }
    seen = set()
    for name, expected in names.items():
        url = lan.offer(serve, name, way=US, device=TV, seconds=60)
        base, _, token, end = url.removeprefix("http://").split("/")
        assert (base, end) == (f"{US}:{lan.port}", expected)
        assert len(token) == 32, "192 bits"
        seen.add(token)
        assert (await ask(lan, "HEAD", url)).status == 200
    assert len(seen) == len(names)


# What devices expect to be told.


async def told_of(lan: LanServer, serve: Serve, manner: Manner, **headers: str) -> Answer:
    url = lan.offer(with_manner(serve, manner), "a.mp4", way=US, device=TV, seconds=60)
    return await ask(lan, "GET", url, b"", TV, **headers)


async def test_a_film_is_sent_as_dlna_wants_it(lan: LanServer, film: Path) -> None:
    serve = await serve_file(bytes(film), "video/mp4")
    manner = Manner(features=FEATURES, captions="http://127.0.0.1/m/x/a.srt")
    for range_ in ("", "bytes=0-5"):
        answer = await told_of(lan, serve, manner, Range=range_)
        assert answer.status == (206 if range_ else 200)
        assert answer.headers["contentfeatures.dlna.org"] == FEATURES
        assert answer.headers["transfermode.dlna.org"] == "Streaming"
        assert "captioninfo.sec" not in answer.headers
    asked: list[tuple[str, str, int]] = [
        ("transferMode.dlna.org", "Streaming", 200),
        ("transferMode.dlna.org", "Background", 200),
        ("transferMode.dlna.org", "Interactive", 406),
        ("transferMode.dlna.org", "Sideways", 400),
        ("getcontentFeatures.dlna.org", "1", 200),
        ("getcontentFeatures.dlna.org", "2", 400),
        ("TimeSeekRange.dlna.org", "npt=10-", 406),
    ]
    for name, value, status in asked:
        answer = await told_of(lan, serve, manner, **{name: value})
        assert answer.status == status, (name, value)
    answer = await told_of(lan, serve, manner, **{"transferMode.dlna.org": "Background"})
    assert answer.headers["transfermode.dlna.org"] == "Background"
    answer = await told_of(lan, serve, manner, **{"getCaptionInfo.sec": "1"})
    assert answer.headers["captioninfo.sec"] == "http://127.0.0.1/m/x/a.srt"
    answer = await told_of(lan, serve, Manner(features=FEATURES), **{"getCaptionInfo.sec": "1"})
    assert "captioninfo.sec" not in answer.headers
    by_time = Manner(features=FEATURES, seeks_by_time=True)
    answer = await told_of(lan, serve, by_time, **{"TimeSeekRange.dlna.org": "npt=10-"})
    assert answer.status == 200


async def test_a_picture_is_fetched_whole(lan: LanServer, film: Path) -> None:
    serve = await serve_file(bytes(film), "image/jpeg")
    answer = await told_of(lan, serve, Manner(still=True))
    assert answer.headers["transfermode.dlna.org"] == "Interactive"
    assert "contentfeatures.dlna.org" not in answer.headers
    answer = await told_of(lan, serve, Manner(still=True), **{"transferMode.dlna.org": "Streaming"})
    assert answer.status == 406


async def test_more_headers_for_what_others_serve(lan: LanServer, film: Path) -> None:
    """A download in progress answers by itself; what is added comes with its answers."""
    serve = with_headers(
        serving.serving(lambda: Whole(film)), {"contentFeatures.dlna.org": FEATURES}
    )
    serve = with_headers(serve, {"Content-Type": "video/x-mkv"})
    url = lan.offer(serve, "film.mkv", way=US, device=TV, seconds=60)
    for range_, status in (("", 200), ("bytes=5-9", 206), (f"bytes={SIZE}-", 416)):
        answer = await ask(lan, "GET", url, Range=range_)
        assert answer.status == status
        told_ = status != 416
        assert ("contentfeatures.dlna.org" in answer.headers) == told_
        if told_:
            assert answer.headers["content-type"] == "video/x-mkv"
    assert (await ask(lan, "GET", url, Range="bytes=5-9")).body == film.read_bytes()[5:10]
    assert (await ask(lan, "GET", url, by=OTHER)).status == 404


async def test_a_reader_that_takes_nothing_leaves_no_handler(
    lan: LanServer, film: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It goes in the middle of a film, with much of it on the way."""
    ended = asyncio.Event()
    inner = await serve_file(bytes(film), "video/mp4")

    async def serve(request: web.Request, rest: str) -> web.StreamResponse:
        try:
            return await inner(request, rest)
        finally:
            ended.set()

    with film.open("r+b") as file:
        file.truncate(1 << 30)
    url = lan.offer(serve, "film.mp4", way=US, device=TV, seconds=60)
    with socket.socket() as pipe:
        pipe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        pipe.bind((TV, 0))
        pipe.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(pipe, (US, lan.port))
        path = url.removeprefix(f"http://{US}:{lan.port}")
        await loop.sock_sendall(pipe, words("GET", path, lan.port))
        assert await loop.sock_recv(pipe, 12) == b"HTTP/1.1 200"
        await asyncio.sleep(0.05)
        assert not ended.is_set()
    await asyncio.wait_for(ended.wait(), 10)
    assert (await ask(lan, "HEAD", url)).status == 200
    assert not [one for one in caplog.records if one.levelname == "ERROR"], "that is its right"


async def test_who_hangs_up_while_the_file_is_opened_leaves_none_open(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went, may = threading.Event(), threading.Event()
    opened: list[IO[bytes]] = []

    def slow(known: files._Known) -> IO[bytes]:
        went.set()
        may.wait(10)
        opened.append(usual(known))
        return opened[0]

    usual = files._open
    monkeypatch.setattr(files, "_open", slow)
    state = film.stat()
    known = files._Known(bytes(film), "video/x-matroska", state.st_dev, state.st_ino)
    asking = asyncio.ensure_future(files._opened(known))
    await asyncio.to_thread(went.wait, 10)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    may.set()
    for _ in range(500):
        if opened and opened[0].closed:
            break
        await asyncio.sleep(0.01)
    assert opened[0].closed


def held(film: Path) -> int:
    """How often this process has a file open."""
    numbers = Path("/proc/self/fd").iterdir()
    return sum(os.path.realpath(one) == str(film.resolve()) for one in numbers)


async def test_who_jumps_about_has_it_opened_once(
    lan: LanServer, film: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = 0

    def counted(known: files._Known) -> IO[bytes]:
        nonlocal opened
        opened += 1
        return usual(known)

    usual = files._open
    monkeypatch.setattr(files, "_open", counted)
    monkeypatch.setattr(files, "FRESH", 60.0)
    for at in range(20):
        answer = await ask(lan, "GET", url, Range=f"bytes={at * 10}-{at * 10 + 9}")
        assert answer.body == film.read_bytes()[at * 10 : at * 10 + 10]
    assert (opened, held(film)) == (1, 1)
    film.rename(film.with_suffix(".away"))
    film.write_bytes(b"another")
    assert (await ask(lan, "GET", url)).body != b"another", "the one that was offered, or none"


async def test_after_a_moment_it_is_closed(
    lan: LanServer, film: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FRESH", 0.05)
    assert (await ask(lan, "GET", url, Range="bytes=0-9")).status == 206
    for _ in range(500):
        if not held(film):
            break
        await asyncio.sleep(0.01)
    assert held(film) == 0
    assert (await ask(lan, "GET", url, Range="bytes=0-9")).status == 206
