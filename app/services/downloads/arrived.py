"""The files of a download that is over, where they lie for good: in the library or beside it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.domain.downloads import ENDED, DownloadFile, Priority
from app.domain.endings import PLAYABLE, ending_of
from app.services.downloads.store import Record

FIRST: Final = 1 << 24
"""Their numbers begin here: a torrent's own numbers are all below, and mean its own files."""


def files_of(record: Record) -> tuple[DownloadFile, ...]:
    """What there is of it. Blocking: a file that is gone has no bytes and does not play."""
    files = []
    for place, path in enumerate(record.filed):
        size = _size(path)
        shown = Path(os.fsdecode(path))
        name = f"{shown.parent.name}/{shown.name}".encode(errors="replace").decode()
        plays = size > 0 and ending_of(shown.name) in PLAYABLE
        files.append(DownloadFile(FIRST + place, name, size, size, Priority.NORMAL, "", plays))
    return tuple(files)


def chosen(
    record: Record, index: int | None, own: Mapping[int, Path]
) -> tuple[tuple[int, bytes], ...]:
    """Which of them are to play, with their places: of several, the first one that can.

    `own` are a torrent's files by its own numbers. Nothing when it is not over. Blocking.
    """
    if record.state not in ENDED:
        return ()
    places = tuple(enumerate(record.filed))
    if index is None:
        return tuple(one for one in places if ending_of(os.fsdecode(one[1])) in PLAYABLE) or places
    if index >= FIRST:
        return places[index - FIRST :][:1]
    wanted = own.get(index)
    return tuple(one for one in places if wanted is not None and _same(wanted, one[1]))[:1]


def taken_along(record: Record, folder: bytes) -> tuple[bytes, ...]:
    """Where its files lie once it was taken to a folder: what the library holds stays. Blocking."""
    old, new = Path(os.fsdecode(record.folder)), Path(os.fsdecode(folder))
    places = []
    for path in record.filed:
        shown = Path(os.fsdecode(path))
        if shown.is_relative_to(old) and not shown.exists():
            moved = new / shown.relative_to(old)
            path = os.fsencode(moved) if moved.exists() else path
        places.append(path)
    return tuple(places)


def _size(path: bytes) -> int:
    try:
        return Path(os.fsdecode(path)).stat().st_size
    except OSError:
        return 0


def _same(one: Path, other: bytes) -> bool:
    try:
        return one.samefile(os.fsdecode(other))
    except OSError:
        return False
