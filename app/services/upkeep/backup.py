"""Copies what the station knows into a folder for each day. Everything here may block."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.errors import Unavailable
from app.domain.upkeep import Backup
from app.infra.atomic import sync_folder
from app.infra.database import copying

NAME: Final = re.compile(r"sokoul-\d{4}-\d{2}-\d{2}(?:-\d{6})?")
SPARE: Final = 64 * 1024 * 1024
"""Bytes that must stay free on the disk of the backups besides the copy itself."""
HALF: Final = ".sokoul-backup-"
"""How a folder is called that is not whole yet."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What is copied: SQLite files by their names in the backup, and plain files."""

    databases: Sequence[Path]
    files: Sequence[Path]


def make(folder: Path, sources: Sources, *, now: float | None = None) -> Backup:
    """Copy everything into a new folder of today; one of today that is there gets another name.

    A copy that cannot be read is no backup: each database is looked through. Raises
    `Unavailable` when there is no room, the folder cannot be written, or a source is damaged.
    """
    at = time.time() if now is None else now
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make_room(folder, sources)
        _drop_halves(folder)
        place = Path(tempfile.mkdtemp(prefix=HALF, dir=folder))
        try:
            for source in sources.databases:
                if source.exists():
                    _copy_database(source, place / source.name)
            for source in sources.files:
                if source.exists():
                    _copy_file(source, place / source.name)
            sync_folder(place)
            target = _named(folder, at)
            place.rename(target)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        sync_folder(folder)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable(
            "errors.backup_failed", folder=str(folder), reason=_reason(error)
        ) from error
    return _told(target)


def all_of(folder: Path) -> tuple[Backup, ...]:
    """The whole backups in a folder, the newest first; none when it cannot be read."""
    try:
        found = [one for one in folder.iterdir() if NAME.fullmatch(one.name) and one.is_dir()]
    except OSError:
        return ()
    told = []
    for one in found:
        with contextlib.suppress(OSError):
            told.append(_told(one))
    return tuple(sorted(told, key=lambda one: (one.at, one.name), reverse=True))


def let_go(folder: Path, kept: int) -> int:
    """Remove the oldest beyond so many; returns how many that were."""
    old = all_of(folder)[max(1, kept) :]
    for one in old:
        shutil.rmtree(one.path, ignore_errors=True)
    return len(old)


def _make_room(folder: Path, sources: Sources) -> None:
    needed = sum(one.stat().st_size for one in sources.databases if one.exists())
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise Unavailable(
            "errors.backup_no_room", folder=str(folder), megabytes=needed // 1_000_000
        )


def _drop_halves(folder: Path) -> None:
    """A kill in the middle leaves a folder behind that is nobody's."""
    for one in folder.glob(f"{HALF}*"):
        shutil.rmtree(one, ignore_errors=True)


def _copy_database(source: Path, target: Path) -> None:
    """One state of the database, whatever is written meanwhile; then look whether it is whole."""
    copying.copy(source, target)
    if wrong := copying.fault(target):
        raise sqlite3.DatabaseError(wrong)
    target.chmod(0o600)


def _copy_file(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    _sync(target)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _named(folder: Path, at: float) -> Path:
    day = time.strftime("sokoul-%Y-%m-%d", time.localtime(at))
    plain = folder / day
    return plain if not plain.exists() else folder / time.strftime(
        f"{day}-%H%M%S", time.localtime(at)
    )  # fmt: skip


def _told(place: Path) -> Backup:
    files = [one for one in place.iterdir() if one.is_file()]
    stamps = [one.stat() for one in files]
    return Backup(
        place.name, str(place), max((one.st_mtime for one in stamps), default=0.0),
        sum(one.st_size for one in stamps),
    )  # fmt: skip


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)
