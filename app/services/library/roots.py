"""Finds out whether a watched folder is really there: an unmounted disk looks like an empty one."""

from __future__ import annotations

import os
from dataclasses import dataclass

from app.runtime.threads import in_own_thread

MISSING = "missing"
EMPTY = "empty"
SILENT = "silent"
VANISHED = "vanished"
PATIENCE = 5.0
"""Seconds a disk has to answer before its folder counts as away."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a folder told: the device, or why it is away."""

    device: int | None = None
    reason: str | None = None
    watch: tuple[int, int] | None = None  # device and inode, to notice another disk


async def look(path: bytes, held_files: bool, patience: float = PATIENCE) -> Look:
    """Look at the folder. One that held files and is empty now is away, not emptied."""

    def work() -> Look:
        try:
            info = os.stat(path)
            with os.scandir(path) as entries:
                empty = next(entries, None) is None
        except OSError:
            return Look(reason=MISSING)
        if empty and held_files:
            return Look(reason=EMPTY)
        return Look(info.st_dev, None, (info.st_dev, info.st_ino))

    try:
        return await in_own_thread(work, patience)
    except TimeoutError:
        return Look(reason=SILENT)
