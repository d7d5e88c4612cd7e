"""A small cache on disk: one file for each answer, with the time until which it is good."""

from __future__ import annotations

import asyncio
import hashlib
import struct
import time
from pathlib import Path

from app.infra.atomic import replace_file

STAMP = struct.Struct(">d")


class FileCache:
    """Remembers bytes by key in `folder`, at most `most` bytes in all (the oldest go first)."""

    def __init__(self, folder: Path, most: int = 50_000_000) -> None:
        self._folder = folder
        self._most = most

    async def get(self, key: str) -> bytes | None:
        """Return what was put, unless it is too old."""
        return await asyncio.to_thread(self._get, key)

    async def put(self, key: str, value: bytes, seconds: float) -> None:
        """Remember `value` for some seconds; a full disk only means it is not remembered."""
        await asyncio.to_thread(self._put, key, value, time.time() + seconds)

    def _get(self, key: str) -> bytes | None:
        try:
            blob = self._file(key).read_bytes()
        except OSError:
            return None
        if len(blob) < STAMP.size or STAMP.unpack_from(blob)[0] < time.time():
            return None
        return blob[STAMP.size :]

    def _put(self, key: str, value: bytes, until: float) -> None:
        if len(value) > self._most // 4:
            return
        try:
            replace_file(self._file(key), STAMP.pack(until) + value)
            self._prune()
        except OSError:
            return

    def _prune(self) -> None:
        files = [(entry.stat(), entry) for entry in self._folder.iterdir() if entry.is_file()]
        total = sum(stat.st_size for stat, _ in files)
        for stat, entry in sorted(files, key=lambda pair: pair[0].st_mtime):
            if total <= self._most:
                return
            entry.unlink(missing_ok=True)
            total -= stat.st_size

    def _file(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode()).hexdigest()
