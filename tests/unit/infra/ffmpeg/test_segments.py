"""A film in segments, made when they are asked for."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.casting import Method, Plan
from app.infra.ffmpeg.arguments import SEGMENT, Task
from app.infra.ffmpeg.facts import facts
from app.infra.ffmpeg.segments import BEHIND, Segments
from tests.fakes import films
from tests.fakes.converting import Bench, bench
from tests.fakes.watching import watch
from tests.unit.infra.ffmpeg.test_progressive import LONG, alive, until, until_gone

HLS = Plan(method=Method.FULL, container="hls", content_type="application/x-mpegURL",
           video="h264", audio="aac", channels=2)  # fmt: skip


@pytest.fixture
async def tools(tmp_path: Path) -> AsyncIterator[Bench]:
    async with bench(tmp_path / "work") as made:
        yield made
    assert made.converter.processes == []


async def task(path: Path, start: float = 0.0) -> Task:
    source = os.fsencode(path)
    return Task(source, await facts(source), HLS, start)


def at(address: str, number: int) -> str:
    return address.replace("index.m3u8", f"{number}.ts")


async def test_the_list_is_whole_before_anything_is_made(tools: Bench) -> None:
    going, address = await tools.offered(await task(films.make(LONG)))
    async with tools.http.get(address) as answer:
        assert answer.headers["Content-Type"] == "application/x-mpegURL"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        lines = (await answer.text()).splitlines()
    assert "#EXT-X-PLAYLIST-TYPE:VOD" in lines
    assert lines[-1] == "#EXT-X-ENDLIST"
    assert [line for line in lines if line.endswith(".ts")] == [f"{n}.ts" for n in range(60)]
    lengths = [float(line[8:-1]) for line in lines if line.startswith("#EXTINF:")]
    assert sum(lengths) == pytest.approx(60.0, abs=0.1)
    assert going.processes == []


async def test_segments_begin_at_their_seconds_wherever_one_jumps(tools: Bench) -> None:
    going, address = await tools.offered(await task(films.make(LONG)))
    seen = {}
    for number in (0, 1, 40, 41, 19):
        seen[number] = watch(await tools.get(at(address, number)))
        assert len(going.processes) <= 1
    begins = {number: one.begins + one.keys[0] for number, one in seen.items()}  # of the picture
    for number, begin in begins.items():
        assert begin - begins[0] == pytest.approx(number * SEGMENT, abs=0.05)
        assert seen[number].keys[0] < 0.15
        assert seen[number].seconds == pytest.approx(SEGMENT, abs=0.2)


async def test_a_jump_ends_the_job_before_and_near_ones_are_waited_for(tools: Bench) -> None:
    going, address = await tools.offered(await task(films.make(LONG)))
    await tools.get(at(address, 0))
    first = going.processes
    await tools.get(at(address, 3))
    assert going.processes == first
    await tools.get(at(address, 55))
    assert going.processes != first
    await until_gone(first)


async def test_it_begins_where_somebody_left_off(tools: Bench) -> None:
    going, address = await tools.offered(await task(films.make(LONG), 40.5))
    await going.ready()
    (folder,) = tools.folder.iterdir()
    assert (folder / "40.ts").exists()
    assert not (folder / "0.ts").exists()
    assert len(await tools.get(at(address, 40))) > 10_000


async def test_it_stands_still_ahead_and_throws_away_behind(tools: Bench) -> None:
    going = Segments(await task(films.make(LONG)), tools.converter._workshop, ahead=4)
    address = await tools.server.offer(going.serve, "index.m3u8")
    try:
        await tools.get(at(address, 0))
        (pid,) = going.processes
        await until(lambda: _state(pid) == "T")
        (folder,) = tools.folder.iterdir()
        made = len(list(folder.glob("*.ts")))
        assert made < 60  # it stood still before the end
        for number in range(2, 40, 2):
            await tools.get(at(address, number))
        await until(lambda: not (folder / f"{38 - BEHIND - 1}.ts").exists())
        assert (folder / "38.ts").exists()
        assert len(await tools.get(at(address, 1))) > 10_000  # made once more
    finally:
        pids = going.processes
        await going.close()
    assert alive(pids) == []
    assert list(tools.folder.iterdir()) == []


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


async def test_what_is_not_in_the_list_is_not_there(tools: Bench) -> None:
    going, address = await tools.offered(await task(films.make(LONG)))
    for name in ("60.ts", "-1.ts", "..%2f0.ts", "list.m3u8.tmp", "letters.ass", "0.ts.tmp"):
        async with tools.http.get(address.replace("index.m3u8", name)) as answer:
            assert answer.status == 404
    async with tools.http.head(at(address, 0)) as answer:
        assert answer.status == 200
    assert going.processes == []


async def test_the_end_of_a_film_that_is_shorter_than_it_says(tools: Bench) -> None:
    from dataclasses import replace

    known = await task(films.pair("hevc", "ac3", "mkv"))
    longer = replace(known, facts=replace(known.facts, duration=7.0))
    _going, address = await tools.offered(longer)
    last = await tools.get(at(address, 6))
    assert len(last) % 188 == 0
    assert last[:2] == b"\x47\x1f"


async def test_a_film_that_is_gone_is_an_answer(tools: Bench, tmp_path: Path) -> None:
    from dataclasses import replace

    known = await task(films.make(LONG))
    going, address = await tools.offered(replace(known, source=os.fsencode(tmp_path / "no.mkv")))
    async with tools.http.get(at(address, 0)) as answer:
        assert answer.status == 503
    assert going.processes == []
