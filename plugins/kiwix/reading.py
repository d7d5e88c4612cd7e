"""Reads parts of a file others wrote: never outside of it, never for long, and what it unpacks to.

Every reader of one question shares a `Patience`, so that no file, however built, holds anybody.
"""

from __future__ import annotations

import lzma
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from app.api import InvalidInput, Unavailable

CHUNK = 65_536
LARGEST_CLUSTER = 64_000_000
"""Bytes of a cluster that are unpacked at most."""
LARGEST_WINDOW = 1 << 27
"""Bytes an unpacker may hold."""
NONE, OLD_NONE, XZ, ZSTD = 1, 0, 4, 5


class Patience:
    """When a question has to be answered."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._half = self._end - seconds / 2

    @property
    def waning(self) -> bool:
        """Whether half of the time is gone: what is found by then will have to do."""
        return time.monotonic() > self._half

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self._end

    def check(self, name: str) -> None:
        """Raise `Unavailable` when the time is up."""
        if self.over:
            raise Unavailable("errors.zim_slow", name=name)


class Source:
    """A file that is read where it is asked for. Blocking."""

    def __init__(self, number: int, size: int, name: str, patience: Patience) -> None:
        self._number = number
        self.size = size
        self.name = name
        self.patience = patience

    def broken(self) -> InvalidInput:
        """Return what is told of a file that is not what it should be."""
        return InvalidInput("errors.zim_unreadable", name=self.name)

    def read(self, place: int, length: int) -> bytes:
        """Return exactly so many bytes; `InvalidInput` when they are not in the file."""
        if place < 0 or length < 0 or place + length > self.size:
            raise self.broken()
        found = self.some(place, length)
        if len(found) != length:
            raise self.broken()
        return found

    def some(self, place: int, most: int) -> bytes:
        """Return what there is, at most so many bytes."""
        self.patience.check(self.name)
        parts = []
        while most > 0 and 0 <= place < self.size:
            try:
                part = os.pread(self._number, min(most, 1 << 20), place)
            except OSError as error:
                raise self.broken() from error
            if not part:
                break
            parts.append(part)
            place, most = place + len(part), most - len(part)
        return b"".join(parts)

    def whole(self, place: int, width: int) -> int:
        """Return the whole number at a place, `width` bytes wide."""
        return int.from_bytes(self.read(place, width), "little")


@contextmanager
def opened(path: Path, patience: Patience) -> Iterator[Source]:
    """Open an ordinary file; `InvalidInput` for a pipe, a device, or what cannot be read."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise InvalidInput("errors.zim_unreadable", name=path.name) from error
    try:
        facts = os.fstat(number)
        if not stat.S_ISREG(facts.st_mode):
            raise InvalidInput("errors.zim_unreadable", name=path.name)
        yield Source(number, facts.st_size, path.name, patience)
    finally:
        os.close(number)


class Unpacked(Protocol):
    """The content of a cluster, from its beginning on."""

    def take(self, length: int) -> bytes:
        """Return the next bytes; `InvalidInput` when there are not so many."""

    def skip(self, length: int) -> None:
        """Leave the next bytes out."""


def unpacked(source: Source, place: int, kind: int) -> Unpacked:
    """Return a reader of the cluster content at a place; `InvalidInput` for an unknown packing."""
    if kind in (NONE, OLD_NONE):
        return _Plain(source, place)
    if kind == XZ:
        return _Packed(source, _Xz(source, place))
    if kind == ZSTD:
        return _Packed(source, _Zstd(source, place))
    raise source.broken()


class _Plain:
    """A cluster as it lies in the file."""

    def __init__(self, source: Source, place: int) -> None:
        self._source = source
        self._place = place

    def take(self, length: int) -> bytes:
        found = self._source.read(self._place, length)
        self._place += length
        return found

    def skip(self, length: int) -> None:
        self._place += length


class _Unpacks(Protocol):
    def some(self, most: int) -> bytes:
        """Return the next bytes, at most so many; nothing at the end."""


class _Packed:
    """A cluster that is unpacked bit by bit, as far as it is asked for."""

    def __init__(self, source: Source, inner: _Unpacks) -> None:
        self._source = source
        self._inner = inner
        self._left = LARGEST_CLUSTER

    def take(self, length: int) -> bytes:
        self._allow(length)
        found = bytearray()
        while len(found) < length:
            found += self._next(length - len(found))
        return bytes(found)

    def skip(self, length: int) -> None:
        self._allow(length)
        while length > 0:
            length -= len(self._next(length))

    def _allow(self, length: int) -> None:
        if not 0 <= length <= self._left:
            raise self._source.broken()
        self._left -= length

    def _next(self, most: int) -> bytes:
        self._source.patience.check(self._source.name)
        part = self._inner.some(min(most, 1 << 20))
        if not part:
            raise self._source.broken()
        return part


class _Xz:
    def __init__(self, source: Source, place: int) -> None:
        self._source = source
        self._place = place
        self._inner = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=LARGEST_WINDOW)

    def some(self, most: int) -> bytes:
        while not self._inner.eof:
            packed = b""
            if self._inner.needs_input:
                packed = self._source.some(self._place, CHUNK)
                self._place += len(packed)
                if not packed:
                    return b""
            try:
                part = self._inner.decompress(packed, most)
            except (lzma.LZMAError, MemoryError) as error:
                raise self._source.broken() from error
            if part:
                return part
        return b""


class _Zstd:
    def __init__(self, source: Source, place: int) -> None:
        import zstandard

        self._source = source
        self._place = place
        self._error = zstandard.ZstdError
        inner = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW)
        self._inner = inner.stream_reader(self, read_size=CHUNK)  # type: ignore[arg-type]  # it only reads

    def read(self, most: int = -1) -> bytes:
        """Give the unpacker what lies in the file; its name is the unpacker's wish."""
        packed = self._source.some(self._place, CHUNK if most < 0 else min(most, CHUNK))
        self._place += len(packed)
        return packed

    def some(self, most: int) -> bytes:
        try:
            part: bytes = self._inner.read(most)
        except (self._error, MemoryError) as error:
            raise self._source.broken() from error
        return part
