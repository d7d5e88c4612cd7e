"""Files of real servers: loaded by several connections, whole, named, and read meanwhile."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from app.domain.downloads import DownloadState
from app.domain.errors import AppError, InvalidInput, Refused, Unavailable, Unsupported
from app.infra.fetch.digests import digest_in
from app.infra.fetch.file_fetch import FileFetch, Look
from app.infra.fetch.throttle import Throttle
from app.infra.growing import Growing, Span
from tests.fakes.ranges import FileServer, file_server
from tests.unit.infra.fetch.conftest import Fetching

BODY = os.urandom(6_000_000)
SLACK = 400_000
"""What lies in the connections when the last stretches are shared anew; a part of `BODY`."""


@pytest.fixture
async def server() -> AsyncIterator[FileServer]:
    async with file_server(BODY) as made:
        yield made


async def under_way(fetch: FileFetch, least: int = 1) -> asyncio.Task[Path]:
    """A run that has begun to load."""
    task = asyncio.create_task(fetch.run())
    async with asyncio.timeout(10):
        while fetch.status().done < least and not task.done():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.005)
    return task


async def stopped(task: asyncio.Task[Path]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# The plain way.


async def test_a_file_comes_by_several_connections(
    fetching: Fetching, server: FileServer, folder: Path
) -> None:
    server.rate = 4_000_000
    fetch = fetching(server.url)
    assert await fetch.look() == Look("film.mp4", len(BODY), True, "video/mp4")
    path = await fetch.run()
    assert path == folder / "film.mp4"
    assert path.read_bytes() == BODY
    await fetch.close()
    assert os.listdir(folder) == ["film.mp4"]
    assert 4 <= server.most_seen <= 8  # one it has left may not know it yet
    assert server.sent <= len(BODY) + SLACK
    told = fetch.status()
    assert (told.state, told.size, told.done) == (DownloadState.DONE, len(BODY), len(BODY))


@pytest.mark.parametrize("size", [0, 1, 2, 65_536, 1 << 20, (1 << 20) + 1])
async def test_any_size_comes_whole(fetching: Fetching, server: FileServer, size: int) -> None:
    server.body = BODY[:size]
    path = await fetching(server.url).run()
    assert path.read_bytes() == BODY[:size]


async def test_a_server_without_ranges_gives_it_in_one(
    fetching: Fetching, server: FileServer
) -> None:
    server.ranges = False
    fetch = fetching(server.url)
    assert (await fetch.look()).resumable is False
    assert (await fetch.run()).read_bytes() == BODY
    assert server.most_seen == 1


@pytest.mark.parametrize("chunked", [True, False])
async def test_a_length_nobody_tells_is_found_at_the_end(
    fetching: Fetching, server: FileServer, chunked: bool
) -> None:
    server.ranges, server.chunked = False, chunked
    if not chunked:
        server.raw = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n" + BODY
    fetch = fetching(server.url)
    assert (await fetch.look()).size is None
    assert (await fetch.run()).read_bytes() == BODY
    assert fetch.status().size == len(BODY)


async def test_an_address_may_hold_any_letters(fetching: Fetching, server: FileServer) -> None:
    base = server.url.rpartition("/")[0]
    path = await fetching(f"{base}/a b/Ça va%20bien.mkv?k=ü&x=1#part").run()
    assert server.targets[0] == "/a%20b/%C3%87a%20va%20bien.mkv?k=%C3%BC&x=1"
    assert path.name == "Ça va bien.mkv"


async def test_what_is_asked_is_told_and_packing_is_not_asked_for(
    fetching: Fetching, server: FileServer
) -> None:
    headers = {"Cookie": "a=1", "User-Agent": "Mine", "Range": "bytes=7-", "X": "\r\nY: 1"}
    await fetching(server.url, headers=headers).run()
    asked = server.asked[0]
    assert (asked["cookie"], asked["user-agent"], asked["range"]) == ("a=1", "Mine", "bytes=0-0")
    assert asked["accept-encoding"] == "identity"
    assert "x" not in asked


# Known sizes and checksums.


@pytest.mark.parametrize("kind", ["sha256", "sha1", "md5"])
async def test_a_checksum_is_compared(fetching: Fetching, server: FileServer, kind: str) -> None:
    good = hashlib.new(kind, BODY).hexdigest().upper()
    assert (await fetching(server.url, checksum=(kind, good)).run()).read_bytes() == BODY


async def test_another_checksum_leaves_no_file(
    fetching: Fetching, server: FileServer, folder: Path
) -> None:
    fetch = fetching(server.url, checksum=("sha256", "0" * 64))
    with pytest.raises(Refused) as told:
        await fetch.run()
    assert told.value.key == "errors.checksum_differs"
    assert fetch.status().state is DownloadState.FAILED
    assert [path for path in folder.iterdir() if not path.name.startswith(".")] == []
    good = hashlib.sha256(BODY).hexdigest()
    assert (await fetching(server.url, checksum=("sha256", good)).run()).read_bytes() == BODY


def coded(kind: str, body: bytes = BODY) -> str:
    return base64.b64encode(hashlib.new(kind, body).digest()).decode()


TOLD: dict[str, Callable[[bytes], dict[str, str]]] = {
    "a new one": lambda body: {"Repr-Digest": f"sha-256=:{coded('sha256', body)}:"},
    "the surest of many": lambda body: {
        "Repr-Digest": f"md5=:{coded('md5')}:, sha-512=:{coded('sha512', body)}:;x=1, new=:AAAA:"
    },
    "an old one": lambda body: {"Digest": f"SHA-256={coded('sha256', body)}"},
    "an old one of sha": lambda body: {"Digest": f"sha={coded('sha1', body)},adler=03da0195"},
}


@pytest.mark.parametrize("told", TOLD.values(), ids=TOLD)
@pytest.mark.parametrize("ranges", [True, False])
async def test_a_sum_the_server_tells_is_compared(
    fetching: Fetching, server: FileServer, folder: Path, told: Callable[[bytes], dict[str, str]],
    ranges: bool,
) -> None:  # fmt: skip
    server.ranges = ranges
    server.extra = told(BODY[:-1])
    with pytest.raises(Refused) as refused:
        await fetching(server.url).run()
    assert refused.value.key == "errors.checksum_differs"
    assert not list(folder.glob("film*"))
    server.extra = told(BODY)
    assert (await fetching(server.url).run()).read_bytes() == BODY


@pytest.mark.parametrize("name", ["Content-MD5", "Content-Digest"])
async def test_a_sum_of_what_is_sent_counts_only_for_the_whole(
    fetching: Fetching, server: FileServer, name: str
) -> None:
    wrong = coded("md5", b"another") if name == "Content-MD5" else f"md5=:{coded('md5', b'x')}:"
    server.extra = {name: wrong}
    server.ranges = False
    with pytest.raises(Refused):
        await fetching(server.url).run()
    server.ranges = True  # there it is a sum of the one byte that was asked for
    assert (await fetching(server.url).run()).read_bytes() == BODY


async def test_what_the_link_says_goes_before_what_the_server_tells(
    fetching: Fetching, server: FileServer
) -> None:
    server.extra = {"Repr-Digest": f"sha-256=:{coded('sha256', b'x')}:"}
    good = hashlib.sha256(BODY).hexdigest()
    assert (await fetching(server.url, checksum=("sha256", good)).run()).read_bytes() == BODY


NONSENSE = {
    "Repr-Digest": ("", "sha-256", "sha-256=abc", "sha-256=:$$$$:", "sha-256=:AAAA:", "x" * 9999),
    "Digest": ("sha-256", "sha-256=", "sha-256=AAAA", "crc32c=AAAAAA=="),
    "Content-MD5": ("none", "AAAA", "A" * 999),
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in NONSENSE.items() for text in texts]
)
@pytest.mark.parametrize("whole", [True, False])
def test_a_sum_that_cannot_be_read_is_none(name: str, text: str, whole: bool) -> None:
    assert digest_in({name.lower(): text}, whole=whole) is None


def test_a_sum_of_a_packed_file_is_not_that_of_the_file() -> None:
    told = {"digest": f"md5={coded('md5')}"}
    assert digest_in(told, whole=True) == ("md5", hashlib.md5(BODY).hexdigest())  # noqa: S324 - a sum
    assert digest_in({**told, "content-encoding": "gzip"}, whole=True) is None


async def test_a_kind_of_checksum_nobody_knows_is_refused(fetching: Fetching) -> None:
    with pytest.raises(InvalidInput):
        fetching("http://a.example/x", checksum=("crc32", "0"))


@pytest.mark.parametrize("way", ["length", "chunked", "short chunked"])
async def test_another_size_is_refused(
    fetching: Fetching, server: FileServer, folder: Path, way: str
) -> None:
    server.chunked, server.ranges = "chunked" in way, "chunked" not in way
    size = len(BODY) + 5 if "short" in way else len(BODY) - 5
    with pytest.raises(Refused) as told:
        await fetching(server.url, size=size).run()
    assert told.value.key == "errors.size_differs"
    assert not any(path.name == "film.mp4" for path in folder.iterdir())


# Resuming.


async def test_it_goes_on_where_it_was_stopped(fetching: Fetching, server: FileServer) -> None:
    server.rate = 2_000_000
    first = fetching(server.url)
    task = await under_way(first, 1_500_000)
    await stopped(task)
    kept = first.status().done
    assert first.status().state is DownloadState.PAUSED
    await first.close()
    before = server.sent
    path = await fetching(server.url).run()
    assert path.read_bytes() == BODY
    assert server.sent - before <= len(BODY) - kept + SLACK
    asked = [one for one in server.asked if one.get("if-range")]
    assert {one["if-range"] for one in asked} == {'"one"'}


async def test_the_same_fetch_may_go_on(fetching: Fetching, server: FileServer) -> None:
    server.rate = 2_000_000
    fetch = fetching(server.url)
    await stopped(await under_way(fetch, 1_000_000))
    kept, before = fetch.status().done, server.sent
    assert (await fetch.run()).read_bytes() == BODY
    assert server.sent - before <= len(BODY) - kept + SLACK


CHANGES = {
    "another mark": {"etag": '"two"'},
    "another time": {"modified": "Thu, 02 Jan 2025 00:00:00 GMT"},
    "another size": {"body": BODY[:-7]},
    "no mark, other bytes": {"etag": "", "modified": "", "body": BODY[::-1]},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("marked", [True, False])
async def test_a_file_that_changed_meanwhile_begins_anew_and_says_so(
    fetching: Fetching, server: FileServer, change: dict[str, object], marked: bool
) -> None:
    server.rate, server.modified = 2_000_000, "Wed, 01 Jan 2025 00:00:00 GMT"
    if not marked or "modified" in change:
        server.etag = ""
    if not marked and "modified" not in change:
        server.modified = ""
    first = fetching(server.url)
    await stopped(await under_way(first, 1_000_000))
    await first.close()
    server.rate = 0
    for name, value in change.items():
        setattr(server, name, value)
    if not marked and change.get("etag") == '"two"':
        server.body = BODY[::-1]
    second = fetching(server.url)
    assert (await second.run()).read_bytes() == server.body
    assert second.status().note == "notes.server_changed_file"


async def test_a_file_without_any_mark_is_compared_and_goes_on(
    fetching: Fetching, server: FileServer
) -> None:
    server.rate, server.etag = 2_000_000, ""
    first = fetching(server.url)
    await stopped(await under_way(first, 2_000_000))
    await first.close()
    before, server.rate = server.sent, 0
    second = fetching(server.url)
    assert (await second.run()).read_bytes() == BODY
    assert second.status().note == ""
    assert server.sent - before < len(BODY) - 1_500_000


async def test_a_file_that_changes_while_it_is_loaded_begins_anew(
    fetching: Fetching, server: FileServer
) -> None:
    server.rate = 2_000_000
    fetch = fetching(server.url)
    task = await under_way(fetch, 1_000_000)
    reader = fetch.open()
    server.delay = 0.2  # so that the far byte does not come just before
    waiting = asyncio.create_task(reader.read(len(BODY) - 1, 1))
    await asyncio.sleep(0)
    server.rate, server.etag, server.body = 8_000_000, '"two"', BODY[::-1]
    server.most_seen = 0
    server.hang_up()
    assert (await task).read_bytes() == BODY[::-1]
    assert server.most_seen > 1  # by several connections again
    assert fetch.status().note == "notes.server_changed_file"
    with pytest.raises(Unavailable) as told:
        await waiting
    assert told.value.key == "errors.server_changed_file"
    with pytest.raises(Unavailable):
        await reader.read(0, 1)


async def test_a_server_that_cannot_resume_begins_anew_and_says_so(
    fetching: Fetching, server: FileServer
) -> None:
    server.rate = 2_000_000
    first = fetching(server.url)
    await stopped(await under_way(first, 1_000_000))
    await first.close()
    server.rate, server.ranges = 0, False
    second = fetching(server.url)
    assert (await second.run()).read_bytes() == BODY
    assert second.status().note == "notes.server_cannot_resume"


async def test_a_server_that_forgets_ranges_half_way_still_gives_it(
    fetching: Fetching, server: FileServer
) -> None:
    server.rate = 3_000_000
    fetch = fetching(server.url)
    task = await under_way(fetch, 500_000)
    server.ranges, server.rate = False, 0
    server.hang_up()
    assert (await task).read_bytes() == BODY
    assert fetch.status().note == "notes.server_cannot_resume"


@pytest.mark.parametrize("journal", [b"", b"{", b"[]", b'{"version": 1}', b"\xff" * 99, None])
async def test_a_journal_of_garbage_is_no_journal(
    fetching: Fetching, server: FileServer, folder: Path, journal: bytes | None
) -> None:
    (folder / ".abc.part").write_bytes(b"x" * 1000)
    if journal is not None:
        (folder / ".abc.json").write_bytes(journal)
    assert (await fetching(server.url).run()).read_bytes() == BODY


async def test_two_do_not_load_the_same(fetching: Fetching, server: FileServer) -> None:
    server.rate = 1_000_000
    task = await under_way(fetching(server.url))
    with pytest.raises(Unavailable) as told:
        await fetching(server.url).run()
    assert told.value.key == "errors.download_busy"
    await stopped(task)


# Reading while it loads.


async def test_a_reader_gets_what_is_here_and_waits_for_the_rest(
    fetching: Fetching, server: FileServer
) -> None:
    server.rate = 3_000_000
    fetch = fetching(server.url)
    with pytest.raises(Unavailable):
        fetch.open()
    task = await under_way(fetch)
    reader: Growing = fetch.open()
    assert (reader.name, reader.size) == ("film.mp4", len(BODY))
    held = bytearray()
    while part := await reader.read(len(held), 500_000):
        assert len(part) <= 500_000
        held += part
    assert bytes(held) == BODY
    assert (await task).read_bytes() == BODY
    assert reader.ready(5) == len(BODY) - 5
    assert await reader.read(5, 10) == BODY[5:15]
    reader.close()
    with pytest.raises(Unavailable):
        await reader.read(0, 1)


@pytest.mark.parametrize("connections", [1, 4])
async def test_a_far_read_turns_a_connection_there_at_once(
    fetching: Fetching, server: FileServer, connections: int
) -> None:
    server.rate = 400_000
    fetch = fetching(server.url, connections=connections)
    task = await under_way(fetch)
    reader = fetch.open()
    for place in (5_900_000, 2_250_000, 4_444_444, 1_000_001):
        if reader.ready(place):
            continue
        async with asyncio.timeout(3):
            assert await reader.read(place, 100) in BODY[place : place + 100]
        assert fetch.status().done < len(BODY) // 2
    assert not task.done()
    server.rate = 0
    assert (await task).read_bytes() == BODY


async def test_all_connections_work_on_what_is_wished(
    fetching: Fetching, server: FileServer
) -> None:
    server.rate = 500_000
    fetch = fetching(server.url)
    task = await under_way(fetch)
    reader = fetch.open()
    reader.aim([Span(3_000_000, 4_000_000)])
    async with asyncio.timeout(10):
        while reader.ready(3_000_000) < 1_000_000:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
    # One of them alone would have left three times as much of other places here meanwhile.
    assert fetch.status().done < 3_500_000
    server.rate = 0
    assert (await task).read_bytes() == BODY


async def test_a_reader_without_ranges_waits_for_its_turn(
    fetching: Fetching, server: FileServer
) -> None:
    server.ranges, server.rate = False, 8_000_000
    fetch = fetching(server.url)
    task = await under_way(fetch)
    reader = fetch.open()
    assert await reader.read(len(BODY) - 3, 10) == BODY[-3:]
    await task


async def test_a_reader_of_an_unknown_length_is_refused(
    fetching: Fetching, server: FileServer
) -> None:
    server.ranges, server.chunked, server.rate = False, True, 2_000_000
    fetch = fetching(server.url)
    task = await under_way(fetch)
    with pytest.raises(Unsupported):
        fetch.open()
    await stopped(task)


async def test_a_reader_is_told_when_the_download_ends(
    fetching: Fetching, server: FileServer
) -> None:
    server.rate = 200_000
    fetch = fetching(server.url)
    task = await under_way(fetch)
    reader = fetch.open()
    server.delay = 30
    waiting = asyncio.create_task(reader.read(3_700_000, 1))
    await asyncio.sleep(0.05)
    await stopped(task)
    async with asyncio.timeout(2):
        with pytest.raises(AppError):
            await waiting
    server.rate = server.delay = 0
    await fetch.run()  # it goes on, and so does the reader
    assert await reader.read(3_700_000, 4) == BODY[3_700_000:3_700_004]


async def test_a_reader_that_is_closed_waits_no_longer(
    fetching: Fetching, server: FileServer
) -> None:
    server.rate = 200_000
    fetch = fetching(server.url)
    task = await under_way(fetch)
    reader = fetch.open()
    server.delay = 30
    waiting = asyncio.create_task(reader.read(3_700_000, 1))
    await asyncio.sleep(0.02)
    reader.close()
    async with asyncio.timeout(2):
        with pytest.raises(Unavailable):
            await waiting
    await stopped(task)


# Speed.


async def test_the_limit_holds_for_all_and_changes_at_once(
    fetching: Fetching, server: FileServer
) -> None:
    limiter = Throttle(1_000_000)
    fetch = fetching(server.url, limiter=limiter)
    loop = asyncio.get_running_loop()
    began = loop.time()
    task = await under_way(fetch, 1_000_000)
    assert fetch.status().done <= 1_000_000 * (loop.time() - began) + 200_000
    limiter.set_rate(1)
    await asyncio.sleep(0.1)
    held = fetch.status().done
    await asyncio.sleep(0.2)
    assert fetch.status().done - held < 10
    limiter.set_rate(0)
    assert (await task).read_bytes() == BODY


async def test_a_limit_does_not_hold_up_the_end(fetching: Fetching, server: FileServer) -> None:
    task = await under_way(fetching(server.url, limiter=Throttle(1)), 1)
    async with asyncio.timeout(2):
        await stopped(task)


async def test_the_speed_is_told(fetching: Fetching, server: FileServer) -> None:
    server.rate = 500_000
    fetch = fetching(server.url)
    task = await under_way(fetch, 1_500_000)
    told = fetch.status()
    assert told.connections == 4
    assert 100_000 < told.down < 4_000_000
    assert told.fraction == pytest.approx(told.done / len(BODY))
    await stopped(task)
    assert fetch.status().down == 0
