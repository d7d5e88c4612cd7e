"""Reads single stretches of a file that is still being loaded, and never more than it may."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from app.infra.growing import Growing, Span

HEAD: Final = 64 * 1024
MOST: Final = 4 * 1024 * 1024
"""Bytes read of a file besides its index."""
MOST_READS: Final = 400
LARGEST_INDEX: Final = 24 * 1024 * 1024
AT_ONCE: Final = 128 * 1024
"""An index of so many bytes is worked through in a few milliseconds."""

P = ParamSpec("P")
T = TypeVar("T")


class Odd(Exception):  # noqa: N818 - an answer: the file is not as its kind should be
    """The file is broken, made to hurt, or of a kind that is not known here."""


class Peek:
    """A bounded look at a growing file; what was read is kept for the next question."""

    def __init__(self, file: Growing) -> None:
        self._file = file
        self._kept: list[tuple[int, bytes]] = []
        self._read = 0
        self._reads = 0
        self._likely: list[Span] = []

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self._file.size

    def expect(self, span: Span) -> None:
        """Say what will likely be read too, so that it comes while the rest is looked at."""
        self._likely = [span]

    async def head(self) -> bytes:
        """Return the first 64 KB, or less of a shorter file."""
        return await self.some(0, HEAD)

    async def some(self, start: int, length: int, *, index: bool = False) -> bytes:
        """Return these bytes; fewer only at the end of the file. `index`: not counted.

        Raises `Odd` when it would be too much, `Unavailable` when the download ends.
        """
        if start < 0 or length < 0:
            raise Odd("outside the file")
        length = max(0, min(length, self.size - start))
        for begin, kept in self._kept:
            if begin <= start and start + length <= begin + len(kept):
                return kept[start - begin : start - begin + length]
        self._count(length, index)
        found = await self._fetch(start, length)
        if not index:
            self._kept.append((start, found))
        return found

    def _count(self, length: int, index: bool) -> None:
        self._reads += 1
        if not index:
            self._read += length
        if length > LARGEST_INDEX or self._read > MOST or self._reads > MOST_READS:
            raise Odd("too much to read")

    async def _fetch(self, start: int, length: int) -> bytes:
        self._file.aim([Span(start, start + length), *self._likely])
        parts: list[bytes] = []
        here = 0
        while here < length:
            part = await self._file.read(start + here, length - here)
            if not part:
                raise Odd("the file ends early")
            parts.append(part)
            here += len(part)
        return b"".join(parts)


async def worked(size: int, parse: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Parse an index of `size` bytes: beside the loop when it is large."""
    if size <= AT_ONCE:
        return parse(*args, **kwargs)
    return await asyncio.to_thread(parse, *args, **kwargs)
