"""Replaces a file so that a reader, or a power cut, meets the old one or the new, never half."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def replace_file(
    path: Path, data: bytes, *, mode: int = 0o600, keep_previous: bool = False
) -> None:
    """Write `data` to `path` through a temporary name, fsync and rename.

    A link is followed, so that the file behind it is replaced. With `keep_previous` the old
    file stays beside it as ``<name>.bak``. `OSError` when it cannot be done; the old file is
    then as it was.
    """
    target = path.resolve()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(number, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if keep_previous:
            _keep_previous(target)
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk. May block."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _keep_previous(target: Path) -> None:
    """Give the old file a second name first, so that it never has none."""
    if not target.exists():
        return
    spare = target.with_name(f".{target.name}.bak.new")
    spare.unlink(missing_ok=True)
    os.link(target, spare)
    spare.replace(target.with_name(f"{target.name}.bak"))
