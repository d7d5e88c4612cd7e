"""Holds on to the folder a torrent lies in, so that nothing lands on another disk.

When a disk goes away, the folder it was mounted at stays: whoever writes by its name fills the
disk below. What is opened once stays on its own disk, whatever happens to the name.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@dataclass(slots=True)
class Place:
    """A folder that is held. `close` when nothing uses it any more."""

    path: Path
    number: int

    @property
    def name(self) -> str:
        """A path that leads to it and to no other, as long as it is held."""
        return f"/proc/self/fd/{self.number}"

    @property
    def device(self) -> int:
        """Which disk it lies on, while the system knows it."""
        return os.fstat(self.number).st_dev

    def there(self) -> bool:
        """Blocking. Whether its own path still leads to it."""
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self.number))
        except OSError:
            return False

    def open(self, path: str) -> int:
        """Blocking. Open a file inside it for reading, without following any link.

        `path` has ``/`` between its parts. `OSError` when it is not there, or is no plain file.
        """
        parts = path.split("/")
        at, opened = self.number, -1
        try:
            for part in parts[:-1]:
                inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=at)
                if opened >= 0:
                    os.close(opened)
                at = opened = inner
            flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
            return os.open(parts[-1], flags, dir_fd=at)
        finally:
            if opened >= 0:
                os.close(opened)

    def delete(self, path: str) -> None:
        """Blocking. Delete a file inside it and the folders that are empty then."""
        parts = path.split("/")
        if not all(parts) or ".." in parts:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
        steps = [self.number]
        try:
            for part in parts[:-1]:
                steps.append(os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=steps[-1]))
            os.unlink(parts[-1], dir_fd=steps[-1])
            for depth in range(len(steps) - 1, 0, -1):
                os.rmdir(parts[depth - 1], dir_fd=steps[depth - 1])
        except FileNotFoundError:
            return
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        finally:
            for step in steps[1:]:
                os.close(step)

    def close(self) -> None:
        """Let go of it."""
        number, self.number = self.number, -1
        if number >= 0:
            os.close(number)


def hold(path: Path, *, make: bool) -> Place:
    """Blocking. Take hold of a folder; `make` makes it first. `OSError` when it is not there."""
    if make:
        path.mkdir(parents=True, exist_ok=True)
    return Place(path, os.open(path, _FOLDER))
