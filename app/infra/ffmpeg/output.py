"""What a running ffmpeg writes, for several readers: its beginning is kept for who comes late."""

from __future__ import annotations

import asyncio
from typing import Final

from app.domain.errors import ToolFailed
from app.runtime.children import Child

CHUNK: Final = 64 * 1024
KEPT: Final = 8 * 1024 * 1024
"""Bytes kept behind the foremost reader; who is further behind is dropped."""
_DETAIL: Final = 2000


class Behind(Exception):  # noqa: N818 - a state of the reader, not an error of ours
    """What this reader wants next is no longer kept."""


class Output:
    """One ffmpeg that writes to its output. Nothing is read ahead: it waits for its readers."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self._kept = bytearray()
        self._base = 0
        self._ended = False
        self._failure: ToolFailed | None = None
        self._pulling = asyncio.Lock()
        self._complaints = bytearray()
        self._hearing = asyncio.ensure_future(self._hear())

    @property
    def pid(self) -> int:
        """The process."""
        return self._child.pid

    @property
    def runs(self) -> bool:
        """Whether the process lives."""
        return self._child.code is None

    @property
    def complete(self) -> bool:
        """Whether a new reader still gets everything from the beginning."""
        return self._base == 0 and self._failure is None

    async def read(self, place: int) -> bytes:
        """Return the bytes at a place of the output; nothing at its end.

        Raises `Behind` for a place that is no longer kept, `ToolFailed` when ffmpeg failed.
        """
        while True:
            if place < self._base:
                raise Behind
            start = place - self._base
            if start < len(self._kept):
                return bytes(self._kept[start : start + CHUNK])
            if self._failure is not None:
                raise self._failure
            if self._ended:
                return b""
            await self._pull(place)

    async def end(self) -> None:
        """End it now; who still reads gets `ToolFailed`."""
        if not self._ended:
            self._ended = True
            self._failure = ToolFailed("errors.cast_conversion_ended")
        await self._child.end(0)
        self._hearing.cancel()
        await asyncio.gather(self._hearing, return_exceptions=True)

    async def _pull(self, place: int) -> None:
        async with self._pulling:
            if self._ended or place < self._base + len(self._kept):
                return  # another reader has brought it
            part = await self._child.stdout.read(CHUNK)
            if part:
                self._kept += part
                surplus = len(self._kept) - KEPT
                if surplus > CHUNK * 16:  # not with each chunk: it moves all that is kept
                    del self._kept[:surplus]
                    self._base += surplus
                return
            await asyncio.wait((self._hearing,))
            code = await self._child.wait()
            if not self._ended:
                self._ended = True
                self._failure = failed(code, self._complaints) if code else None

    async def _hear(self) -> None:
        while part := await self._child.stderr.read(CHUNK):
            self._complaints += part
            del self._complaints[:-_DETAIL]


def failed(code: int, complaints: bytes | bytearray) -> ToolFailed:
    """What is raised when ffmpeg gave up."""
    detail = bytes(complaints[-_DETAIL:]).decode("utf-8", "replace").strip()
    return ToolFailed("errors.cast_conversion_failed", code=code, detail=detail)
