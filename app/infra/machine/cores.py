"""The cores of the machine: which are strong, and how busy each is."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.domain.monitoring import Core, CoreKind
from app.infra.machine.files import Kept, names, number

STRONGEST: Final = 1024
"""The kernel's capacity of the strongest core of a machine."""
_SAME: Final = 1.05
"""Cores of one kind differ by a few per cent: each is as good as its piece of silicon."""
_MOST: Final = 1024
_FOLDER: Final = re.compile(r"cpu(\d{1,4})\Z")


def found(root: Path) -> tuple[Core, ...]:
    """The cores of the machine, with how strong each is among them."""
    folder = root / "sys/devices/system/cpu"
    matches = (_FOLDER.match(name) for name in names(folder))
    numbers = sorted(int(match[1]) for match in matches if match)[:_MOST]
    if not numbers:
        numbers = list(range(os.cpu_count() or 1))
    most = [_mhz(folder / f"cpu{one}/cpufreq/cpuinfo_max_freq") for one in numbers]
    strengths = [max(number(folder / f"cpu{one}/cpu_capacity"), 0.0) for one in numbers]
    if not all(strengths):
        strengths = most if all(most) else [1.0] * len(numbers)
    kinds = _kinds(strengths)
    strongest = max(strengths)
    return tuple(
        Core(one, kinds[place], round(strengths[place] / strongest * STRONGEST), most[place])
        for place, one in enumerate(numbers)
    )


def _mhz(path: Path) -> float:
    return max(number(path), 0.0) / 1000


def _kinds(strengths: Sequence[float]) -> list[CoreKind]:
    firsts: list[float] = []  # the weakest of each kind
    for one in sorted(set(strengths)):
        if not firsts or one > firsts[-1] * _SAME:
            firsts.append(one)
    if len(firsts) == 1:
        return [CoreKind.ALIKE] * len(strengths)
    kinds = []
    for one in strengths:
        if one >= firsts[-1]:
            kinds.append(CoreKind.BIG)
        else:
            kinds.append(CoreKind.LITTLE if one < firsts[1] else CoreKind.MID)
    return kinds


class Loads:
    """How busy the cores are: since they were looked at before."""

    def __init__(self, root: Path, cores: Sequence[Core]) -> None:
        self._file = Kept(root / "proc/stat")
        self._keys = [b"cpu%d" % core.number for core in cores]
        self._before: dict[bytes, tuple[int, int]] = {}

    def read(self) -> tuple[float, tuple[float, ...]]:
        """The whole and each core, 0..1; 0 for one that is switched off, and at the first look."""
        now = _times(self._file.read())
        before, self._before = self._before, now
        load = {key: _load(before.get(key), times) for key, times in now.items()}
        return load.get(b"cpu", 0.0), tuple([load.get(key, 0.0) for key in self._keys])

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


def booted(root: Path) -> float:
    """When the machine was started, in seconds since 1970; 0 when nobody knows."""
    file = Kept(root / "proc/stat")
    lines = file.read().splitlines()
    file.close()
    for line in reversed(lines):
        words = line.split()
        if len(words) == 2 and words[0] == b"btime" and words[1].isdigit():
            return float(words[1])
    return 0.0


def _times(told: bytes) -> dict[bytes, tuple[int, int]]:
    """Ticks each core was busy, and all of its ticks."""
    times = {}
    for line in told.split(b"intr", 1)[0].splitlines():
        words = line.split()
        if len(words) < 5 or not words[0].startswith(b"cpu"):
            continue
        try:
            ticks = [int(word) for word in words[1:9]]  # guests are counted among the others
        except ValueError:
            continue
        idle = ticks[3] + (ticks[4] if len(ticks) > 4 else 0)
        whole = sum(ticks)
        times[words[0]] = (whole - idle, whole)
    return times


def _load(before: tuple[int, int] | None, now: tuple[int, int]) -> float:
    if before is None or now[1] <= before[1]:
        return 0.0
    return min(max((now[0] - before[0]) / (now[1] - before[1]), 0.0), 1.0)
