"""Finds out how a film's file is laid out, reading as little of it as can be.

The parsers are a few hundred lines of Python over bytes, each bounded. FFmpeg in the probe
workers was the other way: it wants the file as a descriptor, and cannot say which stretch of it
is missing. A walker that asks for one span after the other makes a torrent fetch exactly the
pieces of its head and of its index, and Python has no memory for a hostile file to overwrite.
"""

from __future__ import annotations

import logging
import struct
from typing import Final, Protocol

from app.infra.containers import avi, matroska, mp4, transport
from app.infra.containers.layout import Layout, plain
from app.infra.containers.peek import Odd, Peek
from app.infra.growing import Growing, Span

log = logging.getLogger(__name__)

BROKEN: Final = (Odd, struct.error, LookupError, ValueError, ArithmeticError)
"""What a parser raises on a file that lies; each is an answer, never a crash."""

TAILED: Final = frozenset(("mkv", "webm", "avi", "ts", "m2ts", "mts"))
"""Endings of files in which a player nearly always wants something at the tail."""
TAIL: Final = 64 * 1024


class _Walker(Protocol):
    """One kind of container."""

    def knows(self, start: bytes) -> bool: ...

    async def walk(self, peek: Peek, position: float) -> Layout: ...


_WALKERS: Final[tuple[_Walker, ...]] = (mp4, matroska, avi, transport)


async def look(file: Growing, position: float = 0.0) -> Layout:
    """Return the layout of a film; a plain one when nothing can be told.

    Of a film without index, the place of second `position` is searched for.

    The reader is used here alone: its wishes are changed. Raises `Unavailable` when the download
    ends before the head and the index have come.
    """
    peek = Peek(file)
    if not file.size:
        return plain(0)
    try:
        if file.name.rpartition(".")[2].lower() in TAILED:
            peek.expect(Span(max(0, file.size - TAIL), file.size))
        start = await peek.head()
        for walker in _WALKERS:
            if walker.knows(start):
                return await walker.walk(peek, position)
    except BROKEN as error:
        log.info("The layout of a film that loads cannot be told: %r", error)
    return plain(file.size)
