"""Looks at the disks: full, failing, not to be written to, or gone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from app.domain.health import Health, HealthState
from app.domain.media import FolderState
from app.domain.monitoring import DiskUse, Snapshot
from app.runtime.threads import in_own_thread
from app.services.library.service import LibraryService

PART: Final = "disk"
PATIENCE: Final = 3.0
"""Seconds a disk has to say whether it can be written to."""
BURSTING: Final = 0.98
LEAST: Final = 500_000_000
"""Bytes below which hardly anything fits any more."""


class DisksCheck:
    """`now` is the newest look at the machine, `limit` the share (0..1) from which one is full."""

    def __init__(
        self,
        now: Callable[[], Snapshot | None],
        library: LibraryService,
        limit: Callable[[], float],
    ) -> None:
        self._now = now
        self._library = library
        self._limit = limit

    async def look(self) -> Sequence[Health]:
        """One finding for each disk, and one for each folder of the library that is away."""
        snapshot = self._now()
        known = snapshot.disks if snapshot else ()
        found = list(await asyncio.gather(*(self._disk(one) for one in known)))
        for folder in await self._library.folders():
            if folder.state is FolderState.AWAY:
                found.append(_ill(f"folder-{folder.id}", folder.display, HealthState.WARN, "away"))
        return tuple(found) or (Health(PART, HealthState.OFF, "health.disk.unknown"),)

    async def _disk(self, disk: DiskUse) -> Health:
        args = {
            "used": disk.used, "total": disk.total, "free": max(0, disk.total - disk.used),
            "percent": disk.ratio * 100,
        }  # fmt: skip
        if disk.smart == "failing":
            return _ill(disk.name, disk.mount, HealthState.BAD, "failing", args)
        try:
            can_write = await in_own_thread(lambda: writable(disk.mount), PATIENCE)
        except (TimeoutError, OSError):
            return _ill(disk.name, disk.mount, HealthState.BAD, "silent", args)
        if not can_write:
            state = HealthState.BAD if disk.system else HealthState.WARN
            return _ill(disk.name, disk.mount, state, "read_only", args)
        if disk.ratio >= BURSTING or args["free"] < LEAST:
            return _ill(disk.name, disk.mount, HealthState.BAD, "full", args)
        if disk.ratio >= self._limit():
            return _ill(disk.name, disk.mount, HealthState.WARN, "nearly_full", args)
        told = "health.disk.good"
        return Health(f"{PART}:{disk.name}", HealthState.GOOD, told, args, name=disk.mount)


def writable(mount: str) -> bool:
    """Blocking. Whether it is mounted for writing."""
    return not os.statvfs(Path(mount)).f_flag & os.ST_RDONLY


def _ill(
    disk: str, name: str, state: HealthState, told: str, args: dict[str, float] | None = None
) -> Health:
    key = f"health.disk.{told}"
    page = "library" if told == "away" else "system"
    return Health(f"{PART}:{disk}", state, key, args or {}, f"{key}.mend", name, page=page)
