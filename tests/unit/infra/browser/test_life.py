"""When the browser is there and when it is not: turns, idling, crashes, ends of every kind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest
from aiohttp import web

from app.domain.errors import Unavailable
from app.infra.browser import process as browser_process
from app.infra.browser.memory import cull
from app.infra.browser.pool import BrowserPool
from tests.fakes.film_site import FilmSite, film_site, visited

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
async def site() -> AsyncIterator[FilmSite]:
    async with film_site() as made:
        made.page("/", "fetch('/a.m3u8')")
        made.playlist("/a.m3u8")
        made.page("/hangs", "for (;;);")
        yield made


@pytest.fixture
async def pool() -> AsyncIterator[BrowserPool]:
    made = BrowserPool()
    yield made
    await made.close()


def family(pid: int) -> list[psutil.Process]:
    """A process's descendants, and whoever else was told where this browser keeps its profile."""
    found = psutil.Process(pid).children(recursive=True)
    lines = {one.pid: " ".join(_cmdline(one)) for one in found}
    profiles = {
        word
        for line in lines.values()
        for word in line.split()
        if word.startswith("--user-data-dir=")
    }
    assert profiles
    known = {one.pid for one in found}
    beside = [
        one
        for one in psutil.process_iter()
        if one.pid not in known
        and any(place.partition("=")[2] in " ".join(_cmdline(one)) for place in profiles)
    ]
    return [*found, *beside]


def _cmdline(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [one for one in processes if _runs(one)]


def _runs(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


async def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - processes and counters have no event
            await asyncio.sleep(0.02)


async def running(pool: BrowserPool) -> browser_process.Chromium:
    assert pool._starting is not None
    return await pool._starting


async def test_nothing_is_there_before_the_first_visit_and_after_the_end(site: FilmSite) -> None:
    code = (
        "import sys; from app.infra.browser.pool import BrowserPool; BrowserPool();"
        "assert not {'playwright', 'httpx', 'psutil'} & set(sys.modules)"
    )
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], cwd=ROOT, check=True)
    pool = BrowserPool()
    assert (pool.in_use, pool.warm) == ((0, 0), False)
    await pool.close()  # nothing to close
    pool = BrowserPool()
    await visited(pool, site.url("/"), streams=True)
    assert pool.warm
    mine = family(os.getpid())
    assert len(mine) > 4
    await pool.close()
    assert alive(mine) == []
    with pytest.raises(Unavailable):
        await visited(pool, site.url("/"))
    await pool.close()


async def test_the_browser_is_closed_when_nobody_needs_it(site: FilmSite) -> None:
    pool = BrowserPool(idle=0.4)
    await visited(pool, site.url("/"))
    first = await running(pool)
    await asyncio.sleep(0.2)
    await visited(pool, site.url("/"))
    assert await running(pool) is first  # still warm
    await asyncio.sleep(0.3)
    assert not first.gone.is_set()  # the second visit began its time anew
    await until(first.gone.is_set)
    assert not pool.warm
    await visited(pool, site.url("/"))  # and it comes back
    await pool.close()


async def test_the_wait_does_not_count(site: FilmSite) -> None:
    pool = BrowserPool(size=1)
    done = asyncio.Event()

    async def held(_request: web.Request) -> web.StreamResponse:
        await done.wait()
        return web.Response(text="x", content_type="text/html")

    site.server.answers["/held"] = held
    first = asyncio.create_task(visited(pool, site.url("/held"), seconds=20))
    await until(lambda: site.asked("/held") == 1)
    second = asyncio.create_task(visited(pool, site.url("/"), seconds=2.5))
    await asyncio.sleep(2.6)
    done.set()
    assert [one.status for one in await asyncio.gather(first, second)] == [200] * 2
    await pool.close()


async def test_a_visit_can_be_cancelled_at_any_moment(site: FilmSite) -> None:
    """While the browser starts, while the page opens, while it waits: nothing stays behind."""
    pool = BrowserPool(idle=0.2)
    site.page("/waits", "")
    for pause in (0.0, 0.7, 1.2):
        task = asyncio.create_task(visited(pool, site.url("/waits"), streams=True))
        await asyncio.sleep(pause)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 4)
        assert pool.in_use == (0, 0)
        if pool.warm and pool._starting is not None and pool._starting.done():
            assert (await running(pool)).browser.contexts == []
    seen = await visited(pool, site.url("/"), streams=True)
    assert len(seen.streams) == 1
    await until(lambda: not pool.warm)
    await pool.close()
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_crash_fails_its_visits_and_the_next_one_works(
    pool: BrowserPool, site: FilmSite
) -> None:
    site.page("/waits", "")
    visits = [
        asyncio.create_task(visited(pool, site.url("/waits"), streams=True)) for _ in range(2)
    ]
    await until(lambda: site.asked("/waits") == 2)
    first = await running(pool)
    os.kill(first.pid, signal.SIGKILL)
    started = time.monotonic()
    for visit in visits:
        with pytest.raises(Unavailable, match="page_not_opened"):
            await visit
    assert time.monotonic() - started < 2
    seen = await visited(pool, site.url("/"), streams=True)
    assert len(seen.streams) == 1
    assert await running(pool) is not first


async def test_the_drivers_end_is_the_browsers(pool: BrowserPool, site: FilmSite) -> None:
    await visited(pool, site.url("/"))
    first = await running(pool)
    mine = family(os.getpid())
    assert Path(first._profile).is_dir()
    os.kill(first._driver, signal.SIGKILL)
    await until(first.gone.is_set)
    await until(lambda: not alive(mine))
    assert len((await visited(pool, site.url("/"), streams=True)).streams) == 1
    await pool.close()
    assert not Path(first._profile).exists()


@pytest.mark.parametrize("frozen", [False, True])
async def test_closing_ends_visits_that_hang(
    site: FilmSite, frozen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the browser itself does not react any more."""
    monkeypatch.setattr(browser_process, "CLOSE_SECONDS", 1.0)
    pool = BrowserPool()
    hanging = asyncio.create_task(visited(pool, site.url("/hangs"), streams=True, seconds=30))
    waiting = [
        asyncio.create_task(visited(pool, site.url("/hangs"), streams=True, seconds=30))
        for _ in range(2)
    ]
    await until(lambda: site.asked("/hangs") == 2)
    mine = family(os.getpid())
    if frozen:
        os.killpg((await running(pool)).pid, signal.SIGSTOP)
    started = time.monotonic()
    await pool.close()
    ended = await asyncio.gather(hanging, *waiting, return_exceptions=True)
    assert time.monotonic() - started < 12
    assert [type(one) for one in ended] == [Unavailable] * 3
    await until(lambda: not alive(mine))


async def test_without_a_browser(monkeypatch: pytest.MonkeyPatch, site: FilmSite) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    pool = BrowserPool()
    with pytest.raises(Unavailable, match="browser_missing"):
        await visited(pool, site.url("/"))
    assert pool.in_use == (0, 0)
    await pool.close()


async def test_a_browser_that_does_not_start(site: FilmSite) -> None:
    pool = BrowserPool(executable="false")
    with pytest.raises(Unavailable, match="browser_not_started"):
        await visited(pool, site.url("/"))
    pool._executable = None  # it is there now: the next visit starts it
    assert len((await visited(pool, site.url("/"), streams=True)).streams) == 1
    await pool.close()


def test_a_page_too_large_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    child = subprocess.Popen([sys.executable, "-c", "a = bytearray(60_000_000); input()"],
                             stdin=subprocess.PIPE)  # fmt: skip
    try:
        ours = psutil.Process(child.pid)
        deadline = time.monotonic() + 5
        while ours.memory_info().rss < 60_000_000 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert cull(child.pid) == 0
        monkeypatch.setattr("app.infra.browser.memory.MOST_MEMORY", 50_000_000)
        assert cull(child.pid) == 1
        assert child.wait(5) == -signal.SIGKILL
        assert cull(child.pid) == 0
    finally:
        child.kill()
        child.communicate()


STATION = """
import asyncio, sys
from app.api import PageVisit
from app.infra.browser.pool import BrowserPool
async def main():
    pool = BrowserPool()
    wanted = PageVisit(sys.argv[1], streams=True, seconds=60)
    await asyncio.gather(*(pool.visit(wanted, frozenset({"127.0.0.1"})) for _ in range(3)))
asyncio.run(main())
"""


async def test_a_killed_station_leaves_nothing_running(
    site: FilmSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Path(tempfile.mkdtemp(dir="/tmp"))  # its path must be short, and pytest's are long
    monkeypatch.setenv("TMPDIR", str(place))
    station = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STATION, site.url("/hangs"), cwd=ROOT
    )
    await until(lambda: site.asked("/hangs") == 2)
    mine = family(station.pid)
    assert len(alive(mine)) > 5
    assert list(place.iterdir())
    station.kill()
    await station.wait()
    await until(lambda: not alive(mine), 8)
    await until(lambda: not list(place.iterdir()))
    place.rmdir()
