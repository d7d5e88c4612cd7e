"""How much of the machine's memory is in use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.infra.machine.files import Kept


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes. `used` is what programs hold: what is only kept for later counts as free."""

    total: int = 0
    used: int = 0
    swap: int = 0


class MemoryReader:
    """Reads it from /proc/meminfo."""

    def __init__(self, root: Path) -> None:
        self._file = Kept(root / "proc/meminfo")

    def read(self) -> Memory:
        """How it is now; zeros where nobody knows."""
        told = self._file.read()
        total = _bytes(told, b"MemTotal:") or 0
        free = _bytes(told, b"MemAvailable:")
        if free is None:  # a kernel from before 2014
            parts = (b"MemFree:", b"Buffers:", b"\nCached:")
            free = sum(_bytes(told, one) or 0 for one in parts)
        swap = (_bytes(told, b"SwapTotal:") or 0) - (_bytes(told, b"SwapFree:") or 0)
        return Memory(total, min(max(total - free, 0), total), max(swap, 0))

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


def _bytes(told: bytes, name: bytes) -> int | None:
    place = told.find(name)
    if place < 0:
        return None
    place += len(name)
    try:
        return int(told[place : place + 24].split()[0]) * 1024
    except (ValueError, IndexError):
        return None
