"""Parts of files that are sent: read when they are sent, never whole in memory."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass

from app.domain.errors import NotFound

BLOCK = 1 << 18
"""Bytes that are read at once."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """The body of a request: `count` bytes of a file from `start` on, between two other pieces.

    `before` and `after` are what a form has around a file.
    """

    path: bytes
    start: int
    count: int
    before: bytes = b""
    after: bytes = b""

    @property
    def size(self) -> int:
        """Bytes of the whole body."""
        return len(self.before) + self.count + len(self.after)

    async def blocks(self) -> AsyncIterator[bytes]:
        """Read it; `NotFound` when the file has gone or has become shorter."""
        if self.before:
            yield self.before
        place, end = self.start, self.start + self.count
        descriptor = await asyncio.to_thread(_open, self.path)
        try:
            while place < end:
                block = await asyncio.to_thread(
                    os.pread, descriptor, min(BLOCK, end - place), place
                )
                if not block:
                    raise NotFound("errors.post_file_gone", name=_name(self.path))
                place += len(block)
                yield block
        finally:
            os.close(descriptor)
        if self.after:
            yield self.after


async def read_piece(path: bytes, start: int, count: int) -> bytes:
    """Return a small part of a file; `NotFound` as above."""
    return b"".join([block async for block in FilePart(path, start, count).blocks()])


def _open(path: bytes) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise NotFound("errors.post_file_gone", name=_name(path)) from error


def _name(path: bytes) -> str:
    return os.path.basename(path).decode("utf-8", "replace")  # noqa: PTH119 - bytes
