"""Kills at any moment, and disks that are full, locked or gone: nothing is lost, all is told."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.domain.downloads import DownloadState
from app.domain.errors import AppError, Refused, Unavailable
from app.infra.fetch.part import forget, read_journal
from app.infra.growing import Span
from tests.fakes.children import Nursery, nursery
from tests.fakes.ranges import FileServer, file_server
from tests.unit.infra.fetch.conftest import Fetching
from tests.unit.infra.fetch.test_file_fetch import stopped, under_way

KILLS = 50
BESIDE = 4
"""So many loads side by side."""
BODY = os.urandom(8_000_000)


@pytest.fixture
async def server() -> AsyncIterator[FileServer]:
    async with file_server(BODY) as made:
        yield made


def ranges_of(server: FileServer) -> list[Span]:
    """What was asked for so far, the looks aside; counted from the first request on."""
    asked = [one.get("range", "bytes=0-0").removeprefix("bytes=") for one in server.asked]
    pairs = [one.partition("-") for one in asked if one != "0-0"]
    return [Span(int(first), int(last) + 1) for first, _dash, last in pairs]


@pytest.fixture
async def nest() -> AsyncIterator[Nursery]:
    async with nursery("tests.unit.infra.fetch.loader") as made:
        yield made


async def test_no_kill_costs_what_the_journal_holds(nest: Nursery, folder: Path) -> None:
    async with asyncio.TaskGroup() as beside:
        for one in range(BESIDE):
            beside.create_task(_killed(nest, folder / str(one)))


async def _killed(nest: Nursery, folder: Path) -> None:
    """One load that is killed again and again."""
    folder.mkdir()
    async with file_server(BODY) as server:
        await _killed_at(nest, server, folder)


async def _killed_at(nest: Nursery, server: FileServer, folder: Path) -> None:
    server.rate = 250_000
    chance = random.Random()
    for _ in range(-(-KILLS // BESIDE)):
        journal = read_journal(folder / ".abc.json")
        held = () if journal is None else journal.spans
        server.asked.clear()
        child = await nest.child("file", server.url, folder)
        assert await child.line() == "loads"
        if journal is None:  # the first life ends with something to lose, however slow it is here
            await _until_kept(folder / ".abc.json", 100_000)
        await asyncio.sleep(chance.uniform(0, 0.3))
        child.kill()
        await child.ended()
        for asked in ranges_of(server):
            assert not any(one.start < asked.end and asked.start < one.end for one in held)
        journal = read_journal(folder / ".abc.json")
        part = (folder / ".abc.part").read_bytes()
        for span in () if journal is None else journal.spans:
            assert part[span.start : span.end] == BODY[span.start : span.end]
    assert journal is not None
    assert sum(span.end - span.start for span in journal.spans) > 100_000
    assert server.sent < 2 * len(BODY)
    server.rate = 0
    child = await nest.child("file", server.url, folder)
    path = Path((await child.rest())[-1])
    await child.ended()
    assert path.read_bytes() == BODY
    assert os.listdir(folder) == ["film.mp4"]


async def _until_kept(path: Path, most: int) -> None:
    """Until a journal tells of more than so many bytes."""

    def kept() -> int:
        journal = read_journal(path)
        return 0 if journal is None else sum(one.end - one.start for one in journal.spans)

    while kept() <= most:  # noqa: ASYNC110 - another process writes it
        await asyncio.sleep(0.01)


async def test_a_file_that_nobody_heard_of_before_a_kill_is_found_again(
    fetching: Fetching, server: FileServer, folder: Path
) -> None:
    await fetching(server.url).run()
    assert sorted(os.listdir(folder)) == [".abc.json", "film.mp4"]
    before = server.sent
    fetch = fetching(server.url)
    assert await fetch.run() == folder / "film.mp4"
    assert (fetch.status().state, fetch.status().done) == (DownloadState.DONE, len(BODY))
    await fetch.close()
    assert (server.sent, os.listdir(folder)) == (before, ["film.mp4"])
    (folder / "film.mp4").unlink()
    assert (await fetching(server.url).run()).read_bytes() == BODY


async def test_a_finished_file_that_is_gone_is_loaded_anew(
    fetching: Fetching, server: FileServer, folder: Path
) -> None:
    path = await fetching(server.url).run()
    path.unlink()
    assert (await fetching(server.url).run()).read_bytes() == BODY


# Names.

NAMES = {
    'attachment; filename="../../etc/passwd.mkv"': "passwd.mkv",
    'attachment; filename="/etc/cron.d/x.mkv"': "x.mkv",
    'attachment; filename="..\\\\..\\\\x.mkv"': "x.mkv",
    'attachment; filename=".hidden.mkv"': "hidden.mkv",
    'attachment; filename="CON.mkv"': "_CON.mkv",
    "attachment; filename=\"old.mkv\"; filename*=UTF-8''na%C3%AFve%20film.mkv": "naïve film.mkv",
    "attachment; filename*=UTF-8''a%0Ab%E2%80%AEc.mkv": "abc.mkv",
    'attachment; filename="caf\u00e9.mkv"': "café.mkv",
    'attachment; filename="a:b*c?.mkv"': "a b c.mkv",
    "attachment; filename*=unknown''x%ff.mkv; filename=good.mkv": "xÿ.mkv",
    'attachment; filename=".."': "film.mp4",
    "attachment": "film.mp4",
    ";;;=": "film.mp4",
}


@pytest.mark.parametrize("header", NAMES)
async def test_a_name_stays_in_its_folder(
    fetching: Fetching, server: FileServer, folder: Path, header: str
) -> None:
    server.disposition, server.body = header, BODY[:1000]
    path = await fetching(server.url).run()
    assert (path.parent, path.name) == (folder, NAMES[header])
    assert path.read_bytes() == BODY[:1000]


@pytest.mark.parametrize("letter", ["x", "é", "汉", "👩"])
async def test_a_name_is_never_too_long(
    fetching: Fetching, server: FileServer, folder: Path, letter: str
) -> None:
    from urllib.parse import quote

    server.body = BODY[:10]
    server.disposition = f"attachment; filename*=UTF-8''{quote(letter * 999)}.mkv"
    for _ in range(2):
        fetch = fetching(server.url)
        path = await fetch.run()
        await fetch.close()
        assert len(path.name.encode()) <= 240
        assert path.name.endswith(".mkv")
        assert path.read_bytes() == BODY[:10]
    assert len(os.listdir(folder)) == 2


async def test_no_file_is_ever_replaced(
    fetching: Fetching, server: FileServer, folder: Path
) -> None:
    (folder / "film.mp4").write_bytes(b"mine")
    (folder / "film (2).mp4").symlink_to("/nowhere")
    path = await fetching(server.url).run()
    assert path.name == "film (3).mp4"
    assert (folder / "film.mp4").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["film.mkv.exe", "setup.lnk"])
async def test_a_program_is_never_written(
    fetching: Fetching, server: FileServer, folder: Path, name: str
) -> None:
    server.disposition = f'attachment; filename="{name}"'
    with pytest.raises(Refused) as told:
        await fetching(server.url).run()
    assert told.value.key == "errors.download_program"
    assert not any(path.name == name for path in folder.iterdir())
    assert server.sent <= 1


async def test_a_film_without_an_ending_gets_one(fetching: Fetching, server: FileServer) -> None:
    server.body = BODY[:10]
    url = server.url.replace("film.mp4", "watch?v=1")
    assert (await fetching(url).run()).name == "watch.mp4"


def test_what_is_left_of_a_download_can_be_removed(folder: Path) -> None:
    for name in (".abc.part", ".abc.json", "..abc.json.x1", ".abd.part", "film.mp4"):
        (folder / name).write_bytes(b"x")
    forget(folder, "abc")
    forget(folder, "nothing")
    assert sorted(os.listdir(folder)) == [".abd.part", "film.mp4"]


# Disks.


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {made.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def remount(disk: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", disk], check=True)


async def failing(fetching: Fetching, url: str) -> AppError:
    async with asyncio.timeout(10):
        with pytest.raises(AppError) as told:
            await fetching(url).run()
    return told.value


@pytest.mark.parametrize("length", ["known", "unknown"])
async def test_a_full_disk_is_told_and_goes_on_when_there_is_room(
    fetching: Fetching, server: FileServer, small_disk: Path, folder: Path, length: str
) -> None:
    folder.rmdir()
    folder.symlink_to(small_disk)
    if length == "unknown":
        server.ranges, server.chunked = False, True
    told = await failing(fetching, server.url)
    assert (type(told), told.key) == (Unavailable, "errors.disk_full")
    if length == "known":
        assert server.sent <= 1
    remount(small_disk, "size=20m")
    assert (await fetching(server.url).run()).read_bytes() == BODY


async def test_a_disk_that_only_reads_is_told(
    fetching: Fetching, server: FileServer, small_disk: Path, folder: Path
) -> None:
    folder.rmdir()
    folder.symlink_to(small_disk)
    remount(small_disk, "ro")
    assert (await failing(fetching, server.url)).key == "errors.disk_read_only"


async def test_a_disk_that_becomes_full_meanwhile_keeps_what_is_there(
    fetching: Fetching, server: FileServer, small_disk: Path, folder: Path
) -> None:
    folder.rmdir()
    folder.symlink_to(small_disk)
    server.body, server.rate = BODY[:1_500_000], 500_000
    task = await under_way(fetching(server.url), 500_000)
    while not (journal := read_journal(folder / ".abc.json")) or not journal.spans:  # noqa: ASYNC110 - a file
        await asyncio.sleep(0.005)
    kept = sum(span.end - span.start for span in journal.spans)
    with (small_disk / "other").open("wb") as other, pytest.raises(OSError, match="No space"):
        other.write(b"x" * 2_000_000)
    with pytest.raises(Unavailable) as told:
        await task
    assert told.value.key == "errors.disk_full"
    (small_disk / "other").unlink()
    before, server.rate = server.sent, 0
    assert (await fetching(server.url).run()).read_bytes() == server.body
    assert server.sent - before <= len(server.body) - kept + 300_000


async def test_a_folder_that_is_not_there_is_told(
    fetching: Fetching, server: FileServer, folder: Path
) -> None:
    folder.rmdir()
    assert (await failing(fetching, server.url)).key == "errors.download_folder_away"
    assert not folder.exists()


async def test_a_folder_that_goes_away_is_told_and_not_made_anew(
    fetching: Fetching, server: FileServer, folder: Path
) -> None:
    server.rate = 1_000_000
    task = await under_way(fetching(server.url), 500_000)
    folder.rename(folder.with_name("elsewhere"))
    async with asyncio.timeout(10):
        with pytest.raises(Unavailable) as told:
            await task
    assert told.value.key == "errors.download_folder_away"
    assert not folder.exists()
    folder.with_name("elsewhere").rename(folder)
    server.rate = 0
    assert (await fetching(server.url).run()).read_bytes() == BODY


async def test_a_disk_in_place_of_another_is_not_written_to(
    fetching: Fetching, server: FileServer, folder: Path
) -> None:
    server.rate = 1_000_000
    task = await under_way(fetching(server.url), 500_000)
    folder.rename(folder.with_name("elsewhere"))
    folder.mkdir()
    with pytest.raises(Unavailable):
        await task
    assert os.listdir(folder) == []


async def test_a_link_in_place_of_the_file_is_not_followed(
    fetching: Fetching, server: FileServer, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "precious").write_bytes(b"mine")
    (folder / ".abc.part").symlink_to(tmp_path / "precious")
    await failing(fetching, server.url)
    assert (tmp_path / "precious").read_bytes() == b"mine"


async def test_a_part_that_was_removed_is_loaded_again(
    fetching: Fetching, server: FileServer, folder: Path
) -> None:
    server.rate = 2_000_000
    fetch = fetching(server.url)
    await stopped(await under_way(fetch, 1_000_000))
    (folder / ".abc.part").unlink()
    server.rate = 0
    assert (await fetch.run()).read_bytes() == BODY


async def test_files_and_threads_are_let_go(fetching: Fetching, server: FileServer) -> None:
    import threading

    files, threads = len(os.listdir("/proc/self/fd")), threading.active_count()
    server.rate = 1_000_000
    fetch = fetching(server.url)
    task = await under_way(fetch, 300_000)
    reader = fetch.open()
    await reader.read(7_000_000, 10)
    closing = asyncio.create_task(fetch.close())
    with pytest.raises(asyncio.CancelledError):
        await task
    await closing
    server.hang_up()
    await asyncio.sleep(0.05)
    assert len(os.listdir("/proc/self/fd")) == files
    assert threading.active_count() <= threads + 1
