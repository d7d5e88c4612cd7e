"""The disks that hold something of the station's: how full, how fast, how slow to answer."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from app.domain.errors import ToolFailed
from app.domain.monitoring import DiskUse
from app.infra.machine import mounts
from app.infra.machine.files import Kept
from app.runtime import children

SECTOR: Final = 512
"""Bytes the kernel counts in, whatever the disk's own sectors are."""
_SMART_SECONDS: Final = 20.0
_PROGRAMS: Final = f"{os.defpath}:/usr/sbin:/sbin"
"""Where smartctl lies: a user's own path often lacks what administrators run."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something of the station's on a disk: a folder of films, or its own things."""

    path: bytes
    media: bool = False
    system: bool = False


@dataclass(frozen=True, slots=True)
class _Counts:
    reads: int
    read: int
    writes: int
    written: int
    waited: int  # milliseconds all requests waited, together
    pending: int
    busy: int  # milliseconds


class Disks:
    """Rates since they were looked at before; which there are is told by `set`."""

    def __init__(
        self, root: Path, space: Callable[[bytes], os.statvfs_result] = os.statvfs
    ) -> None:
        self._file = Kept(root / "proc/diskstats")
        self._space = space
        self._before: dict[str, _Counts] = {}
        self._hanging: dict[str, float] = {}
        self._disks: tuple[tuple[DiskUse, str], ...] = ()

    def set(self, disks: Sequence[tuple[DiskUse, str]]) -> None:
        """Take these from now on, each with the name of its device ("": it has none)."""
        self._disks = tuple(disks)

    def read(self, seconds: float) -> tuple[DiskUse, ...]:
        """Each of them; `seconds` have gone by since the last look."""
        told = self._file.read()
        before, self._before = self._before, {}
        found = []
        for disk, device in self._disks:
            now = _counts(told, device)
            if now is not None:
                self._before[device] = now
                disk = self._moved(disk, device, before.get(device), now, seconds)
                disk = self._filled(disk)
            found.append(disk)
        return tuple(found)

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def _filled(self, disk: DiskUse) -> DiskUse:
        """How full it is this second.

        The kernel knows that of a disk in this machine by heart; of a share somewhere else it
        may have to ask, which `look` does in a thread.
        """
        try:
            told = self._space(disk.mount.encode("utf-8", "surrogateescape"))
        except OSError:
            return disk
        total, used = _taken(told)
        return replace(disk, total=total, used=used) if used != disk.used else disk

    def _moved(
        self, disk: DiskUse, device: str, before: _Counts | None, now: _Counts, seconds: float
    ) -> DiskUse:
        if before is None or seconds <= 0:
            return disk
        done = now.reads + now.writes - before.reads - before.writes
        if done > 0:
            self._hanging.pop(device, None)
            wait = max(now.waited - before.waited, 0) / done
        elif now.pending:  # nothing came back: what is asked for hangs at least so long
            wait = self._hanging.get(device, 0.0) + seconds * 1000
            self._hanging[device] = wait
        else:
            self._hanging.pop(device, None)
            wait = 0.0
        return replace(
            disk,
            read=max(now.read - before.read, 0) * SECTOR / seconds,
            written=max(now.written - before.written, 0) * SECTOR / seconds,
            wait=wait,
            busy=min(max(now.busy - before.busy, 0) / (seconds * 1000), 1.0),
        )


def look(
    root: Path, place: Place, space: Callable[[bytes], os.statvfs_result] = os.statvfs
) -> tuple[DiskUse, str] | tuple[()]:
    """May block: how full the disk is on which a place lies, and the name of its device.

    That is "" where there is none; nothing at all when the place cannot be looked at.
    """
    mount = mounts.mount_of(root, os.path.realpath(place.path), mounts.table(root))
    if mount is None:
        return ()
    try:
        told = space(mount.point)
    except OSError:
        return ()
    total, used = _taken(told)
    shown = mount.point.decode("utf-8", "replace")
    return (
        DiskUse(mount.name, shown, total, used, media=place.media, system=place.system),
        mount.device,
    )


def _taken(told: os.statvfs_result) -> tuple[int, int]:
    """All of a disk, and what is used."""
    # As df counts: what is kept for root is neither used nor to be had.
    total = told.f_blocks * told.f_frsize
    return total, max(total - told.f_bfree * told.f_frsize, 0)


def merged(found: Iterable[tuple[DiskUse, str]]) -> tuple[tuple[DiskUse, str], ...]:
    """Each disk once: it is what all the places on it make it."""
    disks: dict[str, tuple[DiskUse, str]] = {}
    for disk, device in found:
        before = disks.get(disk.name, (disk, device))[0]
        both = replace(
            disk, media=disk.media or before.media, system=disk.system or before.system,
            mount=before.mount,
        )  # fmt: skip
        disks[disk.name] = both, device
    return tuple(disks.values())


async def smart(disk: str, where: str = _PROGRAMS, seconds: float = _SMART_SECONDS) -> str:
    """What a whole disk says of its own health: "good", "failing", or "" when it may not be asked.

    One that sleeps is not woken. smartctl is looked for in `where`, and given up after `seconds`.
    """
    program = shutil.which("smartctl", path=where)
    if program is None or not disk or "/" in disk:
        return ""
    words = [program, "--json", "-H", "-n", "standby", f"/dev/{disk}"]
    try:
        done = await children.run(words, timeout=seconds, limit_output=1 << 20, check=False)
    except ToolFailed:
        return ""
    return smart_told(done.output)


def smart_told(output: bytes) -> str:
    """Read the answer of ``smartctl --json -H``."""
    try:
        told: Any = json.loads(output)
        passed = told["smart_status"]["passed"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return {True: "good", False: "failing"}.get(passed, "") if isinstance(passed, bool) else ""


def _counts(told: bytes, device: str) -> _Counts | None:
    if not device:
        return None
    place = told.find(b" %s " % device.encode("utf-8", "replace"))
    if place < 0:
        return None
    end = told.find(b"\n", place)
    words = told[place : end if end >= 0 else len(told)].split()
    try:
        numbers = [int(word) for word in words[1:12]]
    except ValueError:
        return None
    if len(numbers) < 11:
        return None
    return _Counts(
        numbers[0], numbers[2], numbers[4], numbers[6],
        numbers[3] + numbers[7], numbers[8], numbers[9],
    )  # fmt: skip
