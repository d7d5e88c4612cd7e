"""Measures what takes space, part by part. Everything here may block: it runs in a thread."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.text import display
from app.domain.upkeep import DiskSpace, SpaceUse

BLOCK: Final = 512
"""Bytes the kernel counts by, whatever the disk's own blocks are."""
MOST_ENTRIES: Final = 500_000
MOST_SECONDS: Final = 60.0
"""A part with more, or on a disk that takes longer, is told as far as it was seen."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that takes space. `paths` are folders or files, as bytes.

    `freeable`: everything below can be made or fetched again, and nothing there is in use for
    longer than `rest` seconds after it was touched.
    """

    name: str
    paths: tuple[bytes, ...]
    page: str = ""
    title: str = ""
    freeable: bool = False
    rest: float = 600.0


def measure(parts: Iterable[Part], stop: Callable[[], bool]) -> tuple[SpaceUse, ...]:
    """What each part takes on each disk; parts that do not exist are left out.

    `stop` ends it early.
    """
    found: list[SpaceUse] = []
    for part in parts:
        disks: dict[str, list[tuple[bytes, int, int]]] = {}
        for path in part.paths:
            if stop():
                return tuple(found)
            seen = _walk(path, stop)
            if seen is not None:
                disks.setdefault(mount_of(path), []).append((path, *seen))
        found.extend(_together(part, mount, each) for mount, each in disks.items())
    return tuple(found)


def _together(part: Part, mount: str, each: Sequence[tuple[bytes, int, int]]) -> SpaceUse:
    """One line for what a part has on a disk, told by the folder that holds all of it."""
    paths = [path for path, _bytes, _files in each]
    place = paths[0] if len(paths) == 1 else os.path.commonpath(paths)
    return SpaceUse(
        part.name, display(place), sum(one[1] for one in each), sum(one[2] for one in each),
        mount, part.title, part.page, part.freeable,
    )  # fmt: skip


def disks_of(uses: Sequence[SpaceUse]) -> tuple[DiskSpace, ...]:
    """The disks on which the parts lie, the fullest first."""
    told = []
    for mount in sorted({one.disk for one in uses}):
        try:
            usage = shutil.disk_usage(mount)
        except OSError:
            continue
        told.append(DiskSpace(mount, usage.total, usage.free))
    return tuple(sorted(told, key=lambda one: one.free / max(one.total, 1)))


def empty(part: Part, now: float) -> int:
    """Remove the files of a freeable part that rest; returns the bytes that are free now."""
    if not part.freeable:
        return 0
    freed = 0
    for path in part.paths:
        freed += _empty(Path(os.fsdecode(path)), now - part.rest)
    return freed


def mount_of(path: bytes) -> str:
    """Where the disk is mounted on which a path lies."""
    place = Path(os.path.realpath(os.fsdecode(path)))
    while not place.is_mount() and place != place.parent:
        place = place.parent
    return display(os.fsencode(place))


def _walk(path: bytes, stop: Callable[[], bool]) -> tuple[int, int] | None:
    """Bytes on the disk and files below; None when there is nothing."""
    try:
        state = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISDIR(state.st_mode):
        return state.st_blocks * BLOCK, 1
    seen = _Seen(state.st_dev)
    end, stack = time.monotonic() + MOST_SECONDS, [path]
    while stack and seen.entries < MOST_ENTRIES and time.monotonic() < end and not stop():
        try:
            listing = list(os.scandir(stack.pop()))
        except OSError:
            continue
        stack.extend(one.path for one in listing if seen.is_folder(one))
    return seen.bytes, seen.files


class _Seen:
    """What a walk has met on one disk; a file with several names counts once."""

    def __init__(self, device: int) -> None:
        self.bytes = self.files = self.entries = 0
        self._device = device
        self._twice: set[int] = set()

    def is_folder(self, one: os.DirEntry[bytes]) -> bool:
        """Count a file; True for a folder of the same disk, which is to be walked too."""
        self.entries += 1
        try:
            here = one.stat(follow_symlinks=False)
            if one.is_dir(follow_symlinks=False):
                return here.st_dev == self._device
        except OSError:
            return False
        if here.st_nlink > 1 and here.st_ino in self._twice:
            return False
        self._twice.update({here.st_ino} if here.st_nlink > 1 else ())
        self.bytes += here.st_blocks * BLOCK
        self.files += 1
        return False


def _empty(folder: Path, before: float) -> int:
    freed = 0
    try:
        listing = list(os.scandir(folder))
    except OSError:
        return 0
    for one in listing:
        try:
            if one.is_dir(follow_symlinks=False):
                freed += _empty(Path(one.path), before)
                continue
            here = one.stat(follow_symlinks=False)
            if max(here.st_mtime, here.st_atime) > before:
                continue
            Path(one.path).unlink()
        except OSError:
            continue
        freed += here.st_blocks * BLOCK
    return freed
