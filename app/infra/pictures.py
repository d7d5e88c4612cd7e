"""The picture cache: small JPEGs by key, each written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

KEY_LENGTH = 24


class PictureCache:
    """A folder of pictures. A key names one picture for ever; what it shows never changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, key: str) -> Path:
        """Where the picture of that key is, or would be. Never outside the cache."""
        safe = "".join(char for char in key if char in "0123456789abcdef") or "0"
        return self._folder / safe[:2] / f"{safe}.jpg"

    def has(self, key: str) -> bool:
        """Whether the picture was made already."""
        return self.path(key).is_file()

    def put(self, key: str, data: bytes) -> None:
        """Store a picture. Raises `OSError`, for example when the disk is full."""
        path = self.path(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise

    def is_empty(self) -> bool:
        """Whether somebody cleared the cache."""
        try:
            return not any(self._folder.iterdir())
        except OSError:
            return True


def key_of(path: bytes, size: int, mtime_ns: int, shape: str) -> str:
    """The key of the picture of that shape made from this state of a file."""
    told = b"%s\0%d\0%d\0%s" % (path, size, mtime_ns, shape.encode())
    return hashlib.sha256(told).hexdigest()[:KEY_LENGTH]
