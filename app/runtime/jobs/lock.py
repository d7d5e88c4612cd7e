"""One process at a time on a job file: the system holds the lock and drops it with the process."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from app.domain.errors import Unavailable


class FileLock:
    """An exclusive lock beside the job file; a killed process leaves no stale one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """Raise Unavailable when another process (or engine) has it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise Unavailable("errors.jobs_locked", path=str(self._path)) from error
        self._descriptor = descriptor

    def drop(self) -> None:
        """Let others have it."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)
