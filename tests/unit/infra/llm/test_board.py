"""What the model may have of a machine: cores of two kinds, and memory."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from app.domain.errors import Unavailable
from app.infra.llm import board
from app.infra.llm.gguf import GgufFacts


def facts(size: int = 2 * 10**9, context: int = 32_768) -> GgufFacts:
    return GgufFacts(Path("a.gguf"), size, "qwen2", "A", 3 * 10**9, "Q4_K_M", context, True, "", "",
                     token_memory=36_864)  # fmt: skip


def machine(place: Path, capacities: list[int], name: str = "cpu_capacity") -> frozenset[int]:
    for number, capacity in enumerate(capacities):
        file = place / f"cpu{number}" / name
        file.parent.mkdir(parents=True)
        file.write_text(f"{capacity}\n")
    return frozenset(range(len(capacities)))


@pytest.mark.parametrize("name", ["cpu_capacity", "cpufreq/cpuinfo_max_freq"])
def test_the_little_cores_are_left_alone(tmp_path: Path, name: str) -> None:
    # Twelve cores, as on the planned board: eight big ones of three speeds, four little ones.
    allowed = machine(tmp_path, [279] * 4 + [866] * 4 + [905, 905, 1024, 1024], name)
    assert board.cores(tmp_path, allowed) == board.Cores(tuple(range(4, 12)), 6)
    assert board.cores(tmp_path, frozenset({0, 1, 8, 9})) == board.Cores((8, 9), 1)


def test_cores_that_are_all_alike(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(psutil, "cpu_count", lambda logical=True: 8 if logical else 4)
    assert board.cores(tmp_path, frozenset(range(8))) == board.Cores((), 3)
    monkeypatch.setattr(psutil, "cpu_count", lambda logical=True: 64)
    assert board.cores(tmp_path, frozenset(range(64))).threads == board.MOST_THREADS
    assert board.cores(tmp_path, frozenset({3})).threads == 1


def test_this_machine_has_some() -> None:
    assert 1 <= board.cores().threads <= (os.cpu_count() or 1)


def test_as_long_a_context_as_there_is_memory_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def of(total: float, free: float, **more: int) -> int:
        told = SimpleNamespace(total=int(total * 10**9), available=int(free * 10**9))
        monkeypatch.setattr(psutil, "virtual_memory", lambda: told)
        return board.context_for(facts(**more))

    assert of(16, 14) == 16_384
    assert of(8, 7) == 8_192
    assert of(16, 14, context=4_096) == 4_096
    assert of(4, 3.0) == 4_096
    assert of(4, 2.85) == 1_024
    with pytest.raises(Unavailable) as told:
        of(4, 2.5)
    assert told.value.key == "errors.model_no_memory"


def test_the_memory_of_a_process() -> None:
    assert board.memory_of(os.getpid()) > 10_000_000
    assert board.memory_of(2**22 + 1) == 0
