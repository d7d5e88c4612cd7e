"""How soon the window paints, and what the station takes when idle, beside Picard in one run."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.bench.eye import Eye
from tests.bench.report import write
from tests.system.desk import ROOT, SIZE, Desk, end, open_desk, wait_for

ROUNDS = 7
SETTLE_SECONDS = 25.0
IDLE_SECONDS = 40.0
MIDDLE = (SIZE[0] // 2, SIZE[1] // 2)

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]


def _first_paint(desk: Desk, eye: Eye, command: list[str]) -> tuple[float, subprocess.Popen[bytes]]:
    """Seconds from the command to the first change in the middle of the screen."""
    before = eye.point(*MIDDLE)
    began = time.monotonic()
    process = desk.start(*command, log="measured")
    return eye.wait_for_change(*MIDDLE, before) - began, process


def _starts(desk: Desk, eye: Eye, command: list[str]) -> list[float]:
    """The first start is not counted: caches fill, files are made."""
    blank = eye.point(*MIDDLE)
    times = []
    for _round in range(ROUNDS + 1):
        seconds, process = _first_paint(desk, eye, command)
        times.append(seconds)
        time.sleep(2.5)
        end(process, 8)
        wait_for(lambda: eye.point(*MIDDLE) == blank, 10, "the window stayed")
    return times[1:]


def _family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    first = psutil.Process(process.pid)
    return [first, *first.children(recursive=True)]


def _idle(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """PSS in MB and per cent of one core, of the program and all its children."""
    time.sleep(SETTLE_SECONDS)

    def spent() -> float:
        used: Callable[[psutil.Process], float] = lambda p: sum(p.cpu_times()[:2])  # noqa: E731 - local
        return sum(used(one) for one in _family(process))

    began = spent()
    time.sleep(IDLE_SECONDS)
    share = (spent() - began) / IDLE_SECONDS * 100
    memory = sum(one.memory_full_info().pss for one in _family(process)) / 1e6
    return memory, share


def test_start_and_idle(tmp_path: Path) -> None:
    with open_desk(tmp_path / "desk") as desk:
        eye = Eye(desk.environment["DISPLAY"])
        ours = ["sh", str(ROOT / "packaging/run.sh")]
        figures: dict[str, object] = {}
        times = _starts(desk, eye, ours)
        figures["sokoul first paint, median s"] = round(statistics.median(times), 3)
        figures["sokoul first paint, worst s"] = round(max(times), 3)
        picard = shutil.which("picard")
        if picard:
            theirs = _starts(desk, eye, [picard])
            figures["picard first paint, median s"] = round(statistics.median(theirs), 3)
            figures["ratio to picard"] = round(
                statistics.median(times) / statistics.median(theirs), 2
            )
        process = desk.start(*ours, log="idle")
        memory, share = _idle(process)
        figures["sokoul idle PSS, MB"] = round(memory, 1)
        figures["sokoul idle, % of a core"] = round(share, 2)
        end(process)
        if picard:
            process = desk.start(picard, log="idle")
            memory, share = _idle(process)
            figures["picard idle PSS, MB"] = round(memory, 1)
            figures["picard idle, % of a core"] = round(share, 2)
            end(process)
        eye.close()
    write("start", figures)
