"""Where bytes of files that are never written lie until the piece they share is proved.

Nothing below the owner's folder. In memory as long as it is little, else beside the resume data;
whatever a kill leaves of it is thrown away at the next start.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.infra.torrents.places import Place

log = logging.getLogger(__name__)

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
MOST: Final = 64 * 1024 * 1024
"""Bytes in memory, over all torrents."""
DEEPEST: Final = 200
"""More steps up than any folder is deep: above the first there is nothing."""


class Aside:
    """Makes a folder for each torrent that needs one. Every call may block."""

    def __init__(self, folder: Path) -> None:
        self._quick = MEMORY / f"sokoul-{os.getuid()}-{mark_of(folder)}"
        self._slow = folder / "aside"
        self._held: dict[Path, int] = {}

    def clear(self) -> None:
        """Throw away whatever is there."""
        self._held.clear()
        for root in (self._quick, self._slow):
            shutil.rmtree(root, ignore_errors=True)

    def make(self, key: str, size: int) -> Path:
        """Make an empty folder for about `size` bytes. `OSError` when that cannot be done."""
        for root in (self._quick, self._slow):
            if root == self._quick and not self._fits(size):
                continue
            try:
                root.mkdir(mode=0o700, parents=True, exist_ok=True)
                if _ours(root):
                    made = Path(tempfile.mkdtemp(prefix=f"{key}-", dir=root))
                    self._held[made] = size if root == self._quick else 0
                    return made
            except OSError as error:
                if root == self._slow:
                    raise
                log.info("Nothing can be kept in %s: %s", root, error)
        raise PermissionError(f"{self._slow} is not ours")

    def drop(self, path: Path) -> None:
        """Throw away what is in one."""
        self._held.pop(path, None)
        shutil.rmtree(path, ignore_errors=True)

    def _fits(self, size: int) -> bool:
        if sum(self._held.values()) + size > MOST:
            return False
        try:
            room = os.statvfs(MEMORY)
        except OSError:
            return False
        return room.f_bavail * room.f_frsize > 4 * size


def mark_of(folder: Path) -> str:
    """Letters that stand for a folder."""
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]


def way_to(aside: Path, place: Place) -> str:
    """Blocking. The way there from a folder that is held, as libtorrent wants it; empty: none."""
    way = "../" * DEEPEST + str(aside).lstrip("/")
    try:
        found = Path(f"{place.name}/{way}").samefile(aside)
    except OSError:
        found = False
    if not found:
        log.warning("There is no way from %s to %s", place.path, aside)
    return way if found else ""


def _ours(root: Path) -> bool:
    """Whether it is a folder, no link, that nobody else may use."""
    told = root.lstat()
    return root.is_dir() and not root.is_symlink() and told.st_uid == os.getuid()
