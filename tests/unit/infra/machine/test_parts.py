"""Who of the station takes memory and the processor."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.infra.machine.parts import Parts
from tests.unit.infra.machine import trees

PAGE = os.sysconf("SC_PAGE_SIZE")
OWN = 77


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A station with an ffmpeg, a browser in three programs, a model, and a stranger beside it."""
    make = trees.process
    make(tmp_path, 1, "systemd", 0, pages=1)
    make(tmp_path, OWN, "sokoul", 1, pages=100, shared=40, ticks=1000)
    make(tmp_path, 80, "ffmpeg", OWN, pages=30, words="ffmpeg -i a")
    make(tmp_path, 81, "chrome (x) y", OWN, pages=50, shared=40)
    make(tmp_path, 82, "renderer)", 81, pages=60, shared=40)
    make(tmp_path, 83, "sh", OWN, pages=2, words="sh -c something")
    make(tmp_path, 84, "python", 83, pages=9, words="python -m app.infra.hearing.worker")
    make(tmp_path, 85, "python", OWN, pages=70, words="python -m app.infra.llm.worker")
    make(tmp_path, 86, "python", OWN, pages=7, words="python -m app.infra.probe_worker 5")
    make(tmp_path, 87, "ffprobe", OWN, pages=999, state="Z")
    make(tmp_path, 99, "ffmpeg", 1, pages=5000)  # another's
    return tmp_path


def pages(parts: Parts) -> dict[str, int]:
    return {part.part: part.memory // PAGE for part in parts.read()}


def test_each_part_by_what_its_programs_are(root: Path) -> None:
    assert pages(Parts(root, OWN)) == {
        "station": 100, "ffmpeg": 30, "browser": 10 + 20 + 40, "hearing": 9, "model": 70,
        "workers": 2 + 7,
    }  # fmt: skip


def test_the_kernels_own_lists_of_children_say_the_same(root: Path) -> None:
    lists = {OWN: "80 81 83 ", 81: "82 ", 83: "84 ", 80: "", 85: "", 86: "", 82: "", 84: ""}
    for number, children in lists.items():
        trees.put(root, {f"proc/{number}/task/{number}/children": children})
    trees.put(root, {f"proc/{OWN}/task/500/children": "85 86 87 "})  # of another thread
    assert pages(Parts(root, OWN))["model"] == 70
    assert pages(Parts(root, OWN))["browser"] == 70
    trees.put(root, {"proc/80/task/80/children": f"{OWN} 80 "})  # a ring has an end
    assert pages(Parts(root, OWN))["ffmpeg"] == 30


def test_the_processor_since_the_last_look(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("app.infra.machine.parts.time.monotonic", lambda: now[0])
    parts = Parts(root, OWN)
    assert {part.cpu for part in parts.read()} == {0.0}
    ticks = os.sysconf("SC_CLK_TCK")
    trees.process(root, 80, "ffmpeg", OWN, pages=30, ticks=ticks * 30)
    trees.process(root, 88, "ffmpeg", OWN, pages=30, ticks=ticks * 5)  # began meanwhile
    words = "python -m app.infra.llm.worker"
    trees.process(root, 85, "python", OWN, ticks=ticks, began=4711, words=words)  # another 85
    now[0] += 10
    cpu = {part.part: part.cpu for part in parts.read()}
    assert cpu["ffmpeg"] == pytest.approx(3.5)
    assert cpu["station"] == 0.0
    assert cpu["model"] == pytest.approx(0.1)


def test_a_program_that_becomes_another_is_seen_as_that(root: Path) -> None:
    parts = Parts(root, OWN)
    assert pages(parts)["workers"] == 9
    trees.process(root, 83, "ffmpeg", OWN, pages=2, began=83)
    assert pages(parts)["ffmpeg"] == 32


def test_real_programs() -> None:
    code = "import sys,time; b=bytearray(64<<20); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "app.infra.llm.worker"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        child.stdout.readline()
        parts = Parts(Path("/"), os.getpid())
        before = time.monotonic()
        found = {part.part: part.memory for part in parts.read()}
        assert time.monotonic() - before < 30
        assert found["model"] > 64 * 2**20
        assert child.stdin is not None
        child.stdin.close()
    assert "model" not in {part.part for part in parts.read()}
