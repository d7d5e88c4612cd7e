"""What the station takes while nobody does anything: processor time, and how often it wakes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.bench.report import write
from tests.system.desk import Desk, end, open_desk

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]

SETTLE = float(os.environ.get("SOKOUL_IDLE_SETTLE", "90"))
"""Seconds until what a start leaves behind (imports, first looks at the home) is over."""
MEASURED = 60.0
MOST_CPU, MOST_WAKES = 1.0, 8.0


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "desk") as made:
        yield made


def test_an_idle_station_is_quiet(desk: Desk) -> None:
    """No job, window hidden: the whole family of processes for a minute."""
    process = desk.open_station()
    desk.minimise()
    time.sleep(SETTLE)
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    cpu, wakes, begin = _cpu(family), _wakes(family), time.monotonic()
    time.sleep(MEASURED)
    seconds = time.monotonic() - begin
    used = (_cpu(family) - cpu) / seconds * 100
    woken = (_wakes(family) - wakes) / seconds
    write(
        "idle",
        {
            "processor, % of a core": round(used, 2), "wake-ups a second": round(woken, 1),
            "processes": len(family), "bounds": f"{MOST_CPU} %, {MOST_WAKES} a second",
        },
    )  # fmt: skip
    assert end(process) == 0
    assert used <= MOST_CPU
    assert woken <= MOST_WAKES


def _cpu(family: list[psutil.Process]) -> float:
    return sum(one.cpu_times().user + one.cpu_times().system for one in family if one.is_running())


def _wakes(family: list[psutil.Process]) -> int:
    """Times any thread went to sleep by itself, and so had been woken."""
    found = 0
    for one in family:
        for status in Path(f"/proc/{one.pid}/task").glob("*/status"):
            with status.open(encoding="ascii") as file:
                found += next(int(line.split()[1]) for line in file if line.startswith("volun"))
    return found
