"""What watching the machine costs beside netdata and glances, and what its past takes."""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.services.monitoring.history import History
from app.services.monitoring.history_store import HistoryStore
from app.services.monitoring.history_tables import DAY, YEAR
from app.services.monitoring.recent import Row
from tests.bench.peers import BOUND, TICKS
from tests.bench.report import write

NETDATA = shutil.which("netdata", path=f"{os.defpath}:/usr/sbin")
GLANCES = shutil.which("glances", path=f"{os.defpath}:/usr/bin")

pytestmark = [
    pytest.mark.bench,
    pytest.mark.timeout(900),
]

WARM, WATCHED = 70.0, 60.0
"""Seconds: what a start and the first minute's end cost is not counted, a later one's is."""
SERIES, DAYS = 60, 366
MOST_CPU, MOST_SIZE, MOST_OPEN = 0.005, 50e6, 0.100


@pytest.mark.skipif(NETDATA is None, reason="netdata is not installed (Debian: netdata-core)")
@pytest.mark.skipif(GLANCES is None, reason="glances is not installed (Debian: glances)")
def test_beside_netdata_and_glances(tmp_path: Path) -> None:
    """All three at once, each second, so that what else the machine does meets all."""
    with contextlib.ExitStack() as stack:
        started = {
            "Sokoul": stack.enter_context(running(_ours(tmp_path))),
            "netdata": stack.enter_context(running(_netdata(tmp_path))),
            "glances": stack.enter_context(running(_glances(tmp_path))),
        }
        time.sleep(WARM)
        before = {who: spent(one.pid) for who, one in started.items()}
        began = time.monotonic()
        time.sleep(WATCHED)
        took = time.monotonic() - began
        cores = {who: (spent(one.pid) - before[who]) / took for who, one in started.items()}
        assert all(one.poll() is None for one in started.values())
        figures: dict[str, object] = {
            f"{who}, % of a core": round(part * 100, 3) for who, part in cores.items()
        }
        figures |= {f"{who}, MB": round(held(one.pid) / 1e6) for who, one in started.items()}
    write("sampling", figures)
    assert cores["Sokoul"] <= MOST_CPU
    assert cores["Sokoul"] < min(cores["netdata"], cores["glances"])


def test_a_year(tmp_path: Path) -> None:
    """Noise, which packs worse than any machine's figures; the file read from the disk."""
    path = tmp_path / "history.db"
    end = 1_800_000_000 // YEAR.chunk * YEAR.chunk
    fill(path, end, [f"figure.{number}" for number in range(SERIES)])
    size = sum(one.stat().st_size for one in tmp_path.glob("history.db*"))
    cold, warm = asyncio.run(_open(path, end))
    figures: dict[str, object] = {
        "a year of 60 series, MB": round(size / 1e6, 1),
        "first chart over a year, ms": round(cold * 1000, 1),
        "chart over a year, ms": round(statistics.median(warm) * 1000, 1),
        "slowest of 20, ms": round(max(warm) * 1000, 1),
    }
    write("history", figures)
    assert size <= MOST_SIZE
    assert max(cold, statistics.median(warm)) <= MOST_OPEN


def fill(path: Path, end: int, names: list[str]) -> None:
    """A year of noise for these figures, up to `end`, in a new file."""
    dice = random.Random(1)
    store = HistoryStore(path)
    store.open()
    for day in range(end - DAYS * YEAR.chunk, end, YEAR.chunk):
        store.write(_rows(dice, names, YEAR.span, range(day, day + YEAR.chunk, YEAR.span)), [])
    for hour in range(end - YEAR.chunk, end, DAY.chunk):
        store.write(_rows(dice, names, DAY.span, range(hour, hour + DAY.chunk, DAY.span)), [])
    store.close()


def _rows(dice: random.Random, names: list[str], span: int, times: range) -> list[Row]:
    rows = []
    for at in times:
        means = [dice.random() * 10.0 ** (number % 9) for number in range(len(names))]
        values = {
            name: (mean, mean * (1 + dice.random()), span)
            for name, mean in zip(names, means, strict=True)
        }
        rows.append(Row(span, at, values))
    return rows


async def _open(path: Path, end: int) -> tuple[float, list[float]]:
    """The first chart, with the file out of the memory, and twenty others."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    import numpy as np  # the station has it long before anybody opens a chart

    assert np.__version__
    history = History(path, clock=lambda: float(end))
    await history.start()
    took = []
    for number in range(21):
        began = time.perf_counter()
        track = await history.track(f"figure.{number}", end - 365 * 86_400, end)
        took.append(time.perf_counter() - began)
        assert 590 <= len(track.times) <= 610
        assert sum(math.isnan(one) for one in track.means) <= 1
    await history.stop()
    return took[0], took[1:]


@contextlib.contextmanager
def running(words: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [*BOUND, *words], stdin=quiet, stdout=quiet, stderr=quiet, cwd=root,
        env={"PATH": f"{os.defpath}:/usr/sbin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def spent(pid: int) -> float:
    """Seconds of the processor a process and all it runs have used."""
    return sum(sum(ticks) for _, ticks in _family(pid).values()) / TICKS


def held(pid: int) -> int:
    """Bytes of memory a process and all it runs hold."""
    page = os.sysconf("SC_PAGE_SIZE")
    told = [Path(f"/proc/{one}/statm").read_text(encoding="ascii") for one in _family(pid)]
    return sum(int(one.split()[1]) for one in told) * page


def _family(pid: int) -> dict[int, tuple[int, list[int]]]:
    """A process and its descendants: parent, and ticks with those of children that ended."""
    all_: dict[int, tuple[int, list[int]]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields: list[Any] = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            all_[int(stat.parent.name)] = int(fields[1]), [int(one) for one in fields[11:15]]
    found = {pid: all_[pid]}
    while (
        more := {one: told for one, told in all_.items() if told[0] in found}.keys() - found.keys()
    ):
        found |= {one: all_[one] for one in more}
    return found


def _ours(place: Path) -> list[str]:
    return [sys.executable, "-m", "tests.bench.watcher", str(place / "own" / "history.db")]


def _netdata(place: Path) -> list[str]:
    """As Debian ships it, but alone: it asks nobody outside, and others may not ask it."""
    folder = place / "netdata"
    for name in ("cache", "lib", "log", "registry"):
        (folder / name).mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "netdata.conf"
    config.write_text(
        f"[global]\nrun as user = root\n[db]\nupdate every = 1\n[web]\nbind to = 127.0.0.1:{port}\n"
        f"[directories]\ncache = {folder}/cache\nlib = {folder}/lib\nlog = {folder}/log\n"
        f"[registry]\nenabled = no\n[cloud]\nenabled = no\n[statsd]\nenabled = no\n"
    )
    assert NETDATA is not None
    return [NETDATA, "-D", "-c", str(config), "-P", str(folder / "pid")]


def _glances(place: Path) -> list[str]:
    """Each second, into a file: nobody looks."""
    assert GLANCES is not None
    file = place / "glances.csv"
    words = ["-q", "-t", "1", "--disable-check-update", "--export", "csv"]
    return [GLANCES, *words, "--export-csv-file", str(file)]
