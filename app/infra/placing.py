"""Gives a finished file its place on a disk: never over another, never half of it."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from app.domain.filenames import numbered
from app.infra.atomic import sync_folder

_NO_LINKS: Final = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS)
_MOST_ALIKE: Final = 100


def place(source: Path, target: Path) -> Path:
    """Blocking. Put a file at `target` as well, and return where it is then.

    The same file there already is left as it is; another of that name is left too, and a number
    is put behind the new one's. On the same disk it costs nothing (a second name of one file); on
    another it is copied. `OSError` when it cannot be done; nothing of it is left then.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for number in range(1, _MOST_ALIKE):
        there = target if number == 1 else target.with_name(numbered(target.name, number))
        if os.path.lexists(there):
            if same(source, there):
                return there
            continue
        with contextlib.suppress(FileExistsError):
            _put(source, there)
            return there
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def same(one: Path, other: Path) -> bool:
    """Blocking. One file under two names, or a copy made of it: of one size and one time."""
    try:
        here, there = one.stat(), other.lstat()
    except OSError:
        return False
    if os.path.samestat(here, there):
        return True
    return here.st_size == there.st_size and here.st_mtime_ns == there.st_mtime_ns


def _put(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _copy(source, target)
    sync_folder(target.parent)


def _copy(source: Path, target: Path) -> None:
    number, name = tempfile.mkstemp(prefix=f".{target.stem[:60]}.", dir=target.parent)
    temporary = Path(name)
    try:
        with source.open("rb") as read, os.fdopen(number, "wb") as written:
            shutil.copyfileobj(read, written, 1 << 20)
            written.flush()
            told = os.fstat(read.fileno())
            os.fchmod(written.fileno(), 0o644)
            os.utime(written.fileno(), ns=(told.st_atime_ns, told.st_mtime_ns))
            os.fsync(written.fileno())
        _name(temporary, target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _name(temporary: Path, target: Path) -> None:
    """Unlike a rename a link never takes another's place; some disks know no links."""
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_LINKS or os.path.lexists(target):
            raise
        temporary.rename(target)
