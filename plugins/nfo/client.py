"""Reads .nfo files, small ones and ordinary ones only."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

LARGEST = 1_000_000


class Client:
    """Finds the .nfo files that may belong to a film. Blocking: a plugin has its own thread."""

    def __init__(self, *, folder_files: bool) -> None:
        self._folder_files = folder_files

    def read(self, path: bytes, kind: str) -> Iterator[bytes]:
        """Return the contents of the files to try, the most particular first."""
        for candidate in self.candidates(path, kind):
            content = _read_ordinary(candidate)
            if content is not None:
                yield content

    def candidates(self, path: bytes, kind: str) -> list[bytes]:
        """Return the names to try for a film, an episode, or a file of a series."""
        folder = os.path.dirname(path)  # noqa: PTH120 - paths of media are bytes
        if kind == "series":
            above = os.path.dirname(folder)  # noqa: PTH120 - paths of media are bytes
            return [os.path.join(place, b"tvshow.nfo") for place in (folder, above)]  # noqa: PTH118 - bytes
        beside = os.path.splitext(path)[0] + b".nfo"  # noqa: PTH122 - paths of media are bytes
        if kind == "film" and self._folder_files:
            return [beside, os.path.join(folder, b"movie.nfo")]  # noqa: PTH118 - paths are bytes
        return [beside]


def _read_ordinary(path: bytes) -> bytes | None:
    """Return a file's content; None for a pipe, a device, a link, or too large a file."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        facts = os.fstat(number)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST:
            return None
        content = b""
        while len(content) <= LARGEST and (part := os.read(number, LARGEST)):
            content += part
    except OSError:
        return None
    finally:
        os.close(number)
    return content if len(content) <= LARGEST else None
