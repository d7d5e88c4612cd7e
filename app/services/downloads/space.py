"""Looks whether a disk is there, and whether there is room on it."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import Unavailable
from app.runtime.threads import in_own_thread

PATIENCE: Final = 5.0
"""Seconds a disk has to answer."""
AGAIN: Final = 1.1
"""What waited for room goes on once there is so many times the reserve: not at every kilobyte."""


@dataclass(frozen=True, slots=True)
class Room:
    """A disk as it is now; bytes."""

    device: int
    free: int
    total: int
    writable: bool = True


async def look(folder: bytes, *, make: bool = False, above: bool = False) -> Room:
    """Look at the disk a folder lies on; `make` creates the folder.

    With `above` a folder that is not there is looked at where it would be made.

    Raises `Unavailable` (``errors.disk_away``, ``errors.disk_read_only``).
    """
    try:
        return await in_own_thread(lambda: _look(folder, make=make, above=above), PATIENCE)
    except (TimeoutError, OSError) as error:
        number = error.errno if isinstance(error, OSError) else None
        key = "disk_read_only" if number in (errno.EROFS, errno.EACCES) else "disk_away"
        raise Unavailable(f"errors.{key}", folder=os.fsdecode(folder)) from error


def fits(room: Room, left: int, reserve: int) -> bool:
    """Whether so many bytes more leave the reserve untouched."""
    return room.free - left >= reserve


def _look(folder: bytes, *, make: bool, above: bool) -> Room:
    place = Path(os.fsdecode(folder))
    while above and place != place.parent and not place.exists():
        place = place.parent
    if make:
        place.mkdir(parents=True, exist_ok=True)
    told = os.statvfs(place)
    free, total = told.f_bavail * told.f_frsize, told.f_blocks * told.f_frsize
    return Room(place.stat().st_dev, free, total, not told.f_flag & os.ST_RDONLY)
