"""A film converted while it is fetched: who joins, who begins anew, and that nothing is left."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from app.domain.casting import Method, Plan
from app.domain.errors import AppError, NotFound, ToolFailed
from app.infra.ffmpeg import running
from app.infra.ffmpeg.arguments import Task
from app.infra.ffmpeg.encoders import Encoders
from app.infra.ffmpeg.facts import facts
from app.infra.ffmpeg.progressive import Progressive
from tests.fakes import films
from tests.fakes.converting import Bench, bench
from tests.fakes.watching import watch

ROOT = Path(__file__).parents[4]
FULL = Plan(method=Method.FULL, container="mpegts", content_type="video/mp2t", video="h264",
            audio="aac", channels=2, features="DLNA.ORG_CI=1")  # fmt: skip
LONG = films.Film(seconds=60.0, size="640x360", rate=24, look=1)
"""Long enough that its conversion does not end by itself within a test."""


@pytest.fixture
async def tools(tmp_path: Path) -> AsyncIterator[Bench]:
    async with bench(tmp_path / "work") as made:
        yield made
    assert made.converter.processes == []


async def task(path: Path, plan: Plan = FULL, start: float = 0.0) -> Task:
    source = os.fsencode(path)
    return Task(source, await facts(source), plan, start)


def alive(pids: list[int]) -> list[int]:
    """Those that still run; a zombie runs no more."""
    found = []
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.append(pid)
    return found


async def until_gone(pids: list[int]) -> None:
    await until(lambda: not alive(pids))


async def until(happened: Callable[[], bool]) -> None:
    """Wait for something in the world outside, which tells nobody."""
    async with asyncio.timeout(30):
        while True:
            if happened():
                return
            await asyncio.sleep(0.02)


async def test_the_stream_is_told_as_what_it_is(tools: Bench) -> None:
    _going, address = await tools.offered(await task(films.make(LONG)))
    async with tools.http.head(address) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "video/mp2t"
        assert answer.headers["Accept-Ranges"] == "none"
        assert answer.headers["contentFeatures.dlna.org"] == "DLNA.ORG_CI=1"
        assert "Content-Length" not in answer.headers
    assert tools.converter.processes == []  # nothing was started for it
    async with tools.http.get(address, headers={"Range": "bytes=0-"}) as answer:
        assert answer.status == 200
        assert answer.headers["Transfer-Encoding"] == "chunked"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert len(tools.converter.processes) == 1


async def test_who_opens_it_twice_gets_the_same_twice_from_one_job(tools: Bench) -> None:
    going, address = await tools.offered(await task(films.make(LONG)))
    await going.ready()
    first = going.processes
    async with tools.http.get(address) as one, tools.http.get(address) as other:
        assert await one.content.readexactly(200_000) == await other.content.readexactly(200_000)
        assert going.processes == first
    async with tools.http.get(address) as again:
        assert (await again.content.readexactly(4))[:1] == b"\x47"
        assert going.processes == first


async def test_nothing_runs_once_its_reader_is_gone(tools: Bench) -> None:
    known = await task(films.make(LONG))
    going = Progressive(known, tools.converter._workshop, linger=0.1)
    address = await tools.server.offer(going.serve, "film")
    async with tools.http.get(address) as answer:
        await answer.content.readexactly(1000)
        pids = going.processes
        assert len(alive(pids)) == 1
    await until_gone(pids)
    assert going.processes == []
    await going.close()


async def test_who_reads_slowly_makes_ffmpeg_wait(tools: Bench) -> None:
    going, address = await tools.offered(await task(films.make(LONG)))
    async with tools.http.get(address) as answer:
        await answer.content.readexactly(1000)
        (pid,) = going.processes
        before = -1
        while (now := _written(pid)) != before:  # until it stands still, far from the end
            before = now
            await asyncio.sleep(0.6)
        assert alive([pid]) == [pid]
        rest = await answer.content.readexactly(2_000_000)
        assert len(rest) == 2_000_000


def _written(pid: int) -> int:
    lines = Path(f"/proc/{pid}/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


async def test_a_late_one_begins_anew_and_the_other_is_let_go(
    tools: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.infra.ffmpeg.output.KEPT", 100_000)
    going, address = await tools.offered(await task(films.make(LONG)))
    async with tools.http.get(address) as one:
        await one.content.readexactly(2_500_000)
        first = going.processes
        async with tools.http.get(address) as other:
            assert (await other.content.readexactly(4))[:1] == b"\x47"
            assert going.processes != first
            await until_gone(first)
            with pytest.raises(aiohttp.ClientPayloadError):
                await one.content.read()


async def test_closing_ends_it_in_the_middle(tools: Bench, tmp_path: Path) -> None:
    going, address = await tools.offered(await task(films.make(LONG)))
    async with tools.http.get(address) as answer:
        await answer.content.readexactly(1000)
        pids = going.processes
        await tools.converter.close(going)
        await until_gone(pids)
        with pytest.raises(aiohttp.ClientPayloadError):
            await answer.content.read()
    assert list((tmp_path / "work").iterdir()) == []
    async with tools.http.get(address) as answer:
        assert answer.status == 500
    assert going.processes == []


async def test_a_chip_that_fails_is_replaced_by_the_processor(tmp_path: Path) -> None:
    async def chip() -> Encoders:
        return Encoders("h264_v4l2m2m", "", 2160)

    async with bench(tmp_path / "work", chip) as tools:
        content = await tools.whole(await task(films.pair("hevc", "ac3", "mkv")))
    assert watch(content).video == "h264"


async def test_a_film_that_breaks_in_the_middle_does_not_look_whole(
    tools: Bench, tmp_path: Path
) -> None:
    known = await task(films.pair("h264", "aac", "mkv"))
    wrong = replace(known, plan=replace(FULL, video="copy", container="mp4"),
                    facts=replace(known.facts, video="h264"))  # fmt: skip
    path = tmp_path / "gone.mkv"
    gone = replace(wrong, source=os.fsencode(path))
    going, address = await tools.offered(gone)
    with pytest.raises(NotFound):
        await going.ready()
    async with tools.http.get(address) as answer:
        assert answer.status == 500
    path.write_bytes(b"\x1a\x45\xdf\xa3" + bytes(2000))
    with pytest.raises(ToolFailed) as told:
        await going.ready()
    assert told.value.key == "errors.cast_conversion_failed"
    assert isinstance(going.failure, AppError)


async def test_burnt_letters_are_seen_where_they_belong(tools: Bench) -> None:
    lines = (
        "[Script Info]\nPlayResX: 320\nPlayResY: 180\n[V4+ Styles]\nFormat: Name, Fontname, "
        "Fontsize, PrimaryColour, Alignment\nStyle: D,Sans,80,&H00FFFFFF,5\n[Events]\nFormat: "
        "Layer, Start, End, Style, Text\n"
        "Dialogue: 0,0:00:00.60,0:00:01.40,D,MMMM\n"
    )
    known = await task(films.pair("hevc", "aac", "mkv"), replace(FULL, burn=0), 0.2)
    plain = watch(await tools.whole(known))
    burnt = watch(await tools.whole(replace(known, letters=lines.encode())))
    assert plain.flash == pytest.approx(films.FLASH - 0.2, abs=0.1)
    assert burnt.flash == pytest.approx(0.6 - 0.2, abs=0.1)


@pytest.mark.parametrize("start", [0.0, 0.2])
async def test_picture_subtitles_are_drawn_in(tools: Bench, tmp_path: Path, start: float) -> None:
    drawn, film = tmp_path / "a.sup", tmp_path / "a.mkv"
    drawn.write_bytes(films.drawn_subtitle(0.6, 1.2))
    films.run(["-copyts", "-i", str(films.pair("h264", "aac", "mkv")), "-i", str(drawn),
               "-map", "0", "-map", "1", "-c", "copy", str(film)])  # fmt: skip
    known = await task(film, replace(FULL, burn=0), start)
    assert not known.facts.subtitles[0].text
    seen = watch(await tools.whole(known))
    assert seen.flash == pytest.approx(0.6 - start, abs=0.1)
    assert seen.tone == pytest.approx(films.FLASH - start, abs=0.1)


def test_ffmpeg_dies_with_the_station(tmp_path: Path) -> None:
    code = """
import asyncio, os, sys
from pathlib import Path
from app.infra.ffmpeg.facts import facts
from app.infra.ffmpeg import running
from app.infra.ffmpeg.arguments import Task
from app.domain.casting import Method, Plan
from tests.fakes.converting import bench
async def main():
    source = os.fsencode(sys.argv[1])
    plan = Plan(method=Method.FULL, container=sys.argv[3], content_type="a/b", video="h264",
                audio="aac")
    async with bench(Path(sys.argv[2])) as tools:
        going = tools.converter.open(Task(source, await facts(source), plan, 0.0))
        await going.ready()
        print(going.processes[0], flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""
    for container in ("mpegts", "hls"):
        words = [sys.executable, "-c", code, str(films.make(LONG)), str(tmp_path), container]
        with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT) as station:
            assert station.stdout is not None
            pid = int(station.stdout.readline())
            assert alive([pid])
            station.send_signal(signal.SIGKILL)
        asyncio.run(until_gone([pid]))


@pytest.mark.parametrize("seconds", [0.0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.2])
async def test_a_device_that_goes_while_ffmpeg_starts_leaves_nothing(
    tools: Bench, seconds: float
) -> None:
    _going, address = await tools.offered(await task(films.make(LONG)))
    with pytest.raises((TimeoutError, asyncio.TimeoutError)):
        async with asyncio.timeout(seconds), tools.http.get(address) as answer:
            await answer.content.readexactly(50_000_000)
    async with tools.http.get(address) as answer:
        assert (await answer.content.readexactly(4))[:1] == b"\x47"
    assert len(tools.converter.processes) == 1


async def test_a_start_that_is_broken_off_comes_back() -> None:
    for pause in range(30):
        starting = asyncio.ensure_future(running.start(["sleep", "30"], b"/", running.Outside()))
        await asyncio.sleep(pause / 2000)
        starting.cancel()
        done, _ = await asyncio.wait((starting,), timeout=20)
        assert done
        if not starting.cancelled():
            await starting.result().end(0)
    assert not [line for line in _commands() if line == b"sleep\x0030\x00"]


def _commands() -> list[bytes]:
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if int((place / "stat").read_text().rpartition(")")[2].split()[1]) == os.getpid():
                found.append((place / "cmdline").read_bytes())
        except OSError:
            continue
    return found
