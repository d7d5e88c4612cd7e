"""Finds films in a folder and reads one, whatever lies there: links lead nowhere. Blocking."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from app.domain.errors import NotFound, Unavailable
from app.services.automation.settling import Print
from app.services.library.walk import DEEPEST, IGNORED, is_video

BLOCK: Final = 1 << 20
MOST_FILES: Final = 200_000
"""So many files of a folder are looked at."""


def films(
    root: bytes, stopped: Callable[[], bool] = lambda: False
) -> Iterator[tuple[bytes, Print]]:
    """The videos under a folder with their whole paths; links are passed over.

    `OSError` when the folder itself cannot be listed. Folders whose names begin with a point are
    passed over, as are those deeper than forty.
    """
    waiting = [(root, 0)]
    count = 0
    while waiting and not stopped():
        folder, depth = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            if folder == root:
                raise
            continue
        for entry in entries:
            count += 1
            if count > MOST_FILES:
                return
            kind = _kind(entry)
            if kind is None:
                continue
            if stat.S_ISDIR(kind.st_mode):
                if depth < DEEPEST and not _passed_over(entry.name):
                    waiting.append((entry.path, depth + 1))
            elif stat.S_ISREG(kind.st_mode) and is_video(entry.name):
                yield entry.path, print_of(kind)


def look(path: bytes) -> Print | None:
    """What a file is now; None when it is gone, or no plain file."""
    try:
        told = os.lstat(path)
    except OSError:
        return None
    return print_of(told) if stat.S_ISREG(told.st_mode) else None


def digest_of(
    root: bytes, path: bytes, expected: Print, stopped: Callable[[], bool] = lambda: False
) -> str:
    """The SHA-256 of a file that is as it was seen.

    `NotFound` (``errors.watch_gone``) when it is gone, is another, or lies outside of `root`
    behind some link; `Unavailable` (``errors.watch_changed``) when it changed while it was read.
    """
    name = path.rpartition(b"/")[2].decode("utf-8", "replace")
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise NotFound("errors.watch_gone", name=name) from error
    with os.fdopen(number, "rb", buffering=0) as file:
        if print_of(os.fstat(number)) != expected or not _inside(number, root):
            raise NotFound("errors.watch_gone", name=name)
        digest = hashlib.sha256()
        try:
            while block := file.read(BLOCK):
                digest.update(block)
                if stopped():
                    raise Unavailable("errors.watch_changed", name=name)
        except OSError as error:
            raise Unavailable("errors.watch_changed", name=name) from error
        if print_of(os.fstat(number)) != expected:
            raise Unavailable("errors.watch_changed", name=name)
    return digest.hexdigest()


def print_of(told: os.stat_result) -> Print:
    """What is known of a file."""
    # SQLite keeps 63 bits, and some file systems give larger numbers.
    mask = 2**63 - 1
    return Print(told.st_dev & mask, told.st_ino & mask, told.st_size, told.st_mtime_ns)


def _kind(entry: os.DirEntry[bytes]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except OSError:
        return None  # gone between the listing and now


def _passed_over(name: bytes) -> bool:
    return name.startswith(b".") or name.lower() in IGNORED


def _inside(number: int, root: bytes) -> bool:
    """Whether what was opened really lies in a folder: some part of its path may be a link."""
    real = os.fsencode(Path(f"/proc/self/fd/{number}").readlink())
    return real.startswith(os.path.realpath(root).rstrip(b"/") + b"/")
