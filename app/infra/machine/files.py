"""Small files of the kernel's: kept open and read anew, or read once; missing is no error."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_MOST: Final = 1 << 20
_CHUNK: Final = 1 << 16
_FLAGS: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK


class Kept:
    """A file in /proc that is kept open: opening costs more than reading. For one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number: int | None = None

    def read(self) -> bytes:
        """What it says now; empty when it cannot be read."""
        try:
            if self._number is None:
                self._number = os.open(self._path, _FLAGS)
            return _whole(self._number)
        except OSError:
            self.close()
            return b""

    def close(self) -> None:
        """Let it go; the next `read` opens it anew."""
        number, self._number = self._number, None
        if number is not None:
            os.close(number)


def content(path: Path | str, most: int = _CHUNK) -> bytes:
    """The beginning of a file; empty when it cannot be read."""
    try:
        number = os.open(path, _FLAGS)
    except (OSError, ValueError):
        return b""
    try:
        return os.read(number, most)
    except OSError:  # a sensor that is asleep says so
        return b""
    finally:
        os.close(number)


def text(path: Path | str) -> str:
    """A file's one line without spaces and zeros around it; empty when it cannot be read."""
    return content(path, 4096).decode("utf-8", "replace").strip(" \t\r\n\0")


def number(path: Path | str, otherwise: float = 0.0) -> float:
    """The number a file begins with, or `otherwise`."""
    try:
        return float(content(path, 64).split()[0])
    except (ValueError, IndexError):
        return otherwise


def names(folder: Path) -> list[str]:
    """What lies in a folder, in order; nothing when it cannot be read."""
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names alone: no objects are made
    except OSError:
        return []


def _whole(descriptor: int) -> bytes:
    first = os.pread(descriptor, _CHUNK, 0)
    parts = [first]
    done = len(first)
    while parts[-1] and done < _MOST:  # the kernel may tell a list in several goes
        parts.append(os.pread(descriptor, _CHUNK, done))
        done += len(parts[-1])
    return b"".join(parts)
