"""How busy graphics and neural processors are, where the kernel tells it in a file."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.monitoring import Accelerator
from app.infra.machine.files import content, names, number

_PERCENT: Final = re.compile(rb"(?<!\d)(\d{1,3})(?!\d)")
_CORES: Final = re.compile(rb"(\d{1,3})\s*%")
_NEURAL: Final = re.compile(r"npu|aipu|nna|vpu-ai|accel", re.IGNORECASE)
_GRAPHICS: Final = re.compile(r"gpu|mali|panthor|adreno|v3d", re.IGNORECASE)
_MOST: Final = 8


class Accelerators:
    """Those of this machine; `list` looks which there are."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._found: list[tuple[str, str, Callable[[], float | None]]] = []

    def list(self) -> None:
        """Look anew which there are."""
        found: list[tuple[str, str, Callable[[], float | None]]] = []
        cards = self._root / "sys/class/drm"
        for name in names(cards):
            path = cards / name / "device/gpu_busy_percent"
            if re.fullmatch(r"card\d+", name) and content(path):
                found.append(("gpu", name, _Told(path)))
        frequencies = self._root / "sys/class/devfreq"
        for name in names(frequencies):
            kind = _kind(name)
            path = frequencies / name / "load"
            if kind and content(path):
                found.append((kind, name, _Told(path)))
        accel = self._root / "sys/class/accel"
        for name in names(accel):
            path = accel / name / "device/npu_busy_time_us"
            if content(path):
                found.append(("npu", name, _Counted(path)))
        for place in ("proc/rknpu/load", "sys/kernel/debug/rknpu/load"):
            path = self._root / place
            if content(path) and not any(kind == "npu" for kind, *_ in found):
                found.append(("npu", "rknpu", _Told(path)))
        # A counter goes on from where it stood.
        before = {(kind, name): read for kind, name, read in self._found}
        self._found = [
            (kind, name, before.get((kind, name), read)) for kind, name, read in found[:_MOST]
        ]

    def read(self) -> tuple[Accelerator, ...]:
        """How busy each is now; one that does not answer is left out."""
        told = [(kind, name, read()) for kind, name, read in self._found]
        return tuple(
            Accelerator(kind, name, min(max(load, 0.0), 1.0))
            for kind, name, load in told
            if load is not None
        )


class _Told:
    """A file that says per cent: "45", "45@800000000Hz", "Core0: 40%, Core1: 50%"."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> float | None:
        said = content(self._path, 512)
        cores = _CORES.findall(said)
        if len(cores) > 1:
            return sum(int(one) for one in cores) / len(cores) / 100
        match = _PERCENT.search(said)
        return int(match[1]) / 100 if match else None


class _Counted:
    """A file that counts microseconds of work."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._before: tuple[float, float] | None = None

    def __call__(self) -> float | None:
        count, now = number(self._path, -1.0), time.monotonic()
        before, self._before = self._before, (now, count)
        if count < 0 or before is None or now <= before[0]:
            return None
        return (count - before[1]) / 1e6 / (now - before[0])


def _kind(name: str) -> str:
    if _NEURAL.search(name):
        return "npu"
    return "gpu" if _GRAPHICS.search(name) else ""
