"""Puts a backup back in the place of what the station knows. Everything here may block."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.domain.errors import NotFound, Unavailable
from app.infra.atomic import replace_file, sync_folder
from app.infra.database import copying
from app.services.upkeep.backup import NAME

ASIDE: Final = "before-restoring-"
MARK: Final = "restored"
"""Name of a file beside the database: the next start pauses publishing and tells why."""
BESIDE: Final = ("", "-wal", "-shm", ".open")
"""A database is several files while it is in use; all of them belong together."""


def restore(folder: Path, name: str, targets: Sequence[Path], data: Path) -> Path:
    """Put the backup of this name in place; returns the folder in which the old files are.

    `targets` are where the files of a backup belong, by their names. No station may run. Raises
    `NotFound` for a name that is none, `Unavailable` when the copy is damaged or cannot be put.
    A kill in between leaves either the old file or the new one in each place, and the old ones
    in any case.
    """
    place = folder / name
    if not NAME.fullmatch(name) or not place.is_dir():
        raise NotFound("errors.backup_unknown", name=name)
    wanted = [(place / one.name, one) for one in targets if (place / one.name).is_file()]
    try:
        for copy, target in wanted:
            if target.suffix == ".db" and (wrong := copying.fault(copy)):
                raise sqlite3.DatabaseError(wrong)
        aside = data / time.strftime(f"{ASIDE}%Y-%m-%d-%H%M%S")
        aside.mkdir(mode=0o700)
        replace_file(data / MARK, name.encode())
        for copy, target in wanted:
            _put(copy, target, aside)
        sync_folder(aside)
    except (OSError, sqlite3.Error) as error:
        raise Unavailable("errors.backup_damaged", name=name, reason=str(error)) from error
    return aside


def was_restored(data: Path) -> str:
    """The backup that was put back since the last start; empty when none was."""
    try:
        return (data / MARK).read_text("utf-8")[:64]
    except (OSError, UnicodeDecodeError):
        return ""


def forget_restored(data: Path) -> None:
    """The owner was told."""
    (data / MARK).unlink(missing_ok=True)


def _put(copy: Path, target: Path, aside: Path) -> None:
    """Beside it first, whole and on the disk; then the old one goes aside and it takes its name."""
    fresh = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(copy, fresh)
    fresh.chmod(0o600)
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    for ending in BESIDE:
        old = target.with_name(target.name + ending)
        if old.exists():
            shutil.move(old, aside / old.name)
    fresh.rename(target)
    sync_folder(target.parent)
