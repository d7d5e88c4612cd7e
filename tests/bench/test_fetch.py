"""How quick a file of the web comes, beside aria2c and curl: one gigabyte over loopback."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bench.report import write

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

SIZE = 1 << 30
ROUNDS = 5
SETTLED = 3.0
"""Seconds for the disk to come to rest before each turn."""

Turn = tuple[float, float, float]
"""Seconds until everything was loaded, until the program ended, and of the processor."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A gigabyte on a server in a process of its own."""
    path = tmp_path_factory.mktemp("served") / "film.mp4"
    with path.open("wb") as file:
        for _ in range(SIZE >> 24):
            file.write(os.urandom(1 << 24))
        os.fsync(file.fileno())
    words: list[str | Path] = [sys.executable, "-m", "tests.bench.file_server", path]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        yield f"http://127.0.0.1:{port}/film.mp4"
        server.kill()
    path.unlink()


def timed(words: list[str | Path], folder: Path, seen: Callable[[bytes], float | None]) -> Turn:
    """Run a program that loads the file into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    os.sync()
    time.sleep(SETTLED)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    told = subprocess.run(words, check=True, stdout=subprocess.PIPE, timeout=120).stdout
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    (path,) = [one for one in folder.iterdir() if one.stat().st_size == SIZE]
    path.unlink()
    return seen(told) or wall, wall, used


def test_a_gigabyte_beside_aria2c_and_curl(address: str, tmp_path: Path) -> None:
    """Each in a process of its own, by turns; ours also verifies and brings it to the disk."""
    folder = tmp_path / "films"
    ours: list[str | Path] = [sys.executable, "-m", "tests.bench.test_fetch", address, folder]
    peers: dict[str, list[str | Path]] = {
        "aria2c": ["aria2c", "-q", "-x4", "-s4", "--file-allocation=none", "-d", folder, address],
        "curl": ["curl", "-s", "-o", folder / "film.mp4", address],
    }
    turns: dict[str, list[Turn]] = {"Sokoul": [], "Sokoul, one": [], **{name: [] for name in peers}}
    for _ in range(ROUNDS):
        turns["Sokoul"].append(timed([*ours, "4"], folder, _loaded))
        turns["Sokoul, one"].append(timed([*ours, "1"], folder, _loaded))
        for name, words in peers.items():
            if shutil.which(name):
                turns[name].append(timed(words, folder, lambda _told: None))
    figures: dict[str, object] = {}
    for name, each in turns.items():
        if not each:
            continue
        loaded, wall, used = (statistics.median(one) for one in zip(*each, strict=True))
        figures[f"{name}, MB/s"] = round(SIZE / 1e6 / loaded)
        figures[f"{name}, MB/s with start and end"] = round(SIZE / 1e6 / wall)
        figures[f"{name}, processor s/GB"] = round(used * 1e9 / SIZE, 2)
    write("fetch", figures)
    if turns["aria2c"]:
        assert figures["Sokoul, MB/s"] >= figures["aria2c, MB/s"]  # type: ignore[operator]  # both are numbers
        assert figures["Sokoul, processor s/GB"] <= figures["aria2c, processor s/GB"]  # type: ignore[operator]  # as above


def _loaded(told: bytes) -> float:
    return float(told.splitlines()[-1])


async def _load(url: str, folder: Path, connections: int) -> None:
    """Our side of the race, in a process of its own; says the seconds from run to the last byte."""
    from app.infra.fetch.file_fetch import FileFetch, FileWanted
    from app.infra.fetch.throttle import Throttle

    wanted = FileWanted(url, own_hosts=frozenset({"127.0.0.1"}))
    fetch = FileFetch(wanted, folder, "bench", connections=connections, limiter=Throttle())
    began = time.perf_counter()
    task = asyncio.create_task(fetch.run())
    while fetch.status().done < SIZE and not task.done():  # noqa: ASYNC110 - measured from outside
        await asyncio.sleep(0.005)
    loaded = time.perf_counter() - began
    await task
    await fetch.close()
    sys.stdout.write(f"{loaded}\n")


if __name__ == "__main__":
    asyncio.run(_load(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
