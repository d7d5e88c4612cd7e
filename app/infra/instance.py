"""One station per user: a lock on a file, freed by the kernel however the process ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from pathlib import Path

from app.domain.errors import Refused


class InstanceLock:
    """The right to be this user's station. A file left behind by a dead one is harmless."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._number is not None

    def acquire(self) -> bool:
        """Take the lock without waiting; False when another process has it.

        `Refused` when the place is not safe: a link, somebody else's file or folder.
        """
        if self._number is not None:
            return True
        secure_folder(self._path.parent)
        number = self._open()
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(number)
            return False
        os.ftruncate(number, 0)
        os.write(number, f"{os.getpid()}\n".encode())
        self._number = number
        return True

    def release(self) -> None:
        """Give the lock back; releasing twice is harmless. The file stays."""
        number, self._number = self._number, None
        if number is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(number, 0)
            os.close(number)

    def owner(self) -> int | None:
        """The process id written by the holder, for people; None when unknown."""
        try:
            text = self._path.read_text("ascii", errors="replace").strip()
        except OSError:
            return None
        return int(text) if text.isdecimal() else None

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
        try:
            number = os.open(self._path, flags, 0o600)
        except OSError as error:
            raise Refused("errors.lock_unsafe", path=str(self._path), reason=str(error)) from error
        told = os.fstat(number)
        if not stat.S_ISREG(told.st_mode) or told.st_uid != os.getuid():
            os.close(number)
            raise Refused("errors.lock_unsafe", path=str(self._path), reason="not a file of ours")
        os.fchmod(number, 0o600)
        return number


def secure_folder(folder: Path) -> None:
    """Make the folder for sockets and locks, for its owner only; `Refused` when it is not ours."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        told = os.lstat(folder)
    except OSError as error:
        raise Refused("errors.folder_unsafe", path=str(folder), reason=str(error)) from error
    if not stat.S_ISDIR(told.st_mode) or told.st_uid != os.getuid():
        raise Refused("errors.folder_unsafe", path=str(folder), reason="not a folder of ours")
    if stat.S_IMODE(told.st_mode) & 0o077:
        folder.chmod(0o700)
