"""Keeps rendered pieces by what is in them, and gives each render a folder that goes with it."""

from __future__ import annotations

import contextlib
import glob
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 4 * 2**30
_WORK: Final = "work-"


class Store:
    """A folder of pieces and sounds. Everything here may block: it is called from threads."""

    def __init__(self, root: Path, most_bytes: int = MOST_BYTES) -> None:
        self._root, self._most = root, most_bytes
        self._hashes: dict[str, tuple[tuple[int, int, int], str]] = {}

    def place(self, mark: str, ending: str = "mp4") -> Path:
        """Where something of that mark is, or shall be."""
        return self._root / "made" / f"{mark}.{ending}"

    def has(self, path: Path) -> bool:
        """Whether it is there; it then counts as used just now."""
        try:
            os.utime(path)
        except OSError:
            return False
        return True

    def forget(self, name: str) -> None:
        """Drop what turned out damaged."""
        with contextlib.suppress(OSError):
            (self._root / "made" / name).unlink()

    def hash_of(self, path: str) -> str:
        """The SHA-256 of a file's bytes, read only once while it stays as it is. `OSError`."""
        told = os.stat(path)  # noqa: PTH116 - its path is a word of the timeline
        seen = (told.st_ino, told.st_size, told.st_mtime_ns)
        known = self._hashes.get(path)
        if known is None or known[0] != seen:
            with open(path, "rb") as file:  # noqa: PTH123 - the same
                known = (seen, hashlib.file_digest(file, "sha256").hexdigest())
            self._hashes[path] = known
        return known[1]

    def begin(self, out: Path) -> Path:
        """A new folder for one render. Clears what stations left that ended in their middle."""
        (self._root / "made").mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in self._root.glob(f"{_WORK}*"):
            if not _lives(path.name):
                shutil.rmtree(path, ignore_errors=True)
        for path in out.parent.glob(f".{glob.escape(out.name)}.*.part"):
            if not _lives(path.name[len(out.name) :]):
                path.unlink(missing_ok=True)
        return Path(tempfile.mkdtemp(prefix=f"{_WORK}{os.getpid()}-", dir=self._root))

    def end(self, work: Path, out: Path) -> None:
        """Remove the folder of a render, and what lay unused for longest when it is too much."""
        with contextlib.suppress(OSError):
            part_of(out).unlink()
        shutil.rmtree(work, ignore_errors=True)
        kept = 0
        for when, size, path in sorted(self._made(), reverse=True):
            kept += size
            if kept > self._most and when:
                path.unlink(missing_ok=True)

    def _made(self) -> Iterator[tuple[float, int, Path]]:
        for path in (self._root / "made").glob("*"):
            with contextlib.suppress(OSError):
                told = path.stat()
                yield told.st_mtime, told.st_size, path


def part_of(out: Path) -> Path:
    """What a file of the owner is called while it is being written."""
    return out.with_name(f".{out.name}.{os.getpid()}.part")


@contextmanager
def settled(path: Path, part: Path) -> Iterator[None]:
    """What was written to `part` in this scope is brought to the disk, then named `path`."""
    try:
        yield
        number = os.open(part, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
        part.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()


def _lives(name: str) -> bool:
    """Whether the process of a temporary name is there: its number is the last one but an end."""
    for word in name.replace("-", ".").split("."):
        if word.isdigit() and Path(f"/proc/{word}").exists():
            return True
    return False
