"""Walks AVI: its headers in front, and the list of its chunks behind the film."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from app.infra.containers.layout import HEAD, Layout, laid_out
from app.infra.containers.peek import Odd, Peek, worked
from app.infra.growing import Span

MOST_CHUNKS: Final = 64
LARGEST_HEADERS: Final = 1024 * 1024
LARGEST_LIST: Final = 32 * 1024 * 1024
KEY: Final = 0x10


@dataclass(slots=True)
class _Film:
    stream: int = 0  # number of the video among the streams
    frame: float = 0.0  # seconds
    frames: int = 0


def knows(start: bytes) -> bool:
    """Tell whether a file that begins so is of this kind."""
    return start[:4] == b"RIFF" and start[8:12] == b"AVI "


async def walk(peek: Peek, _position: float = 0.0) -> Layout:
    """Return the layout; raises `Odd` and what parsers raise when the file lies."""
    film = _Film()
    movie: int | None = None
    place, end = 12, peek.size
    index: tuple[int, int] | None = None
    for _ in range(MOST_CHUNKS):
        header = await peek.some(place, 12)
        if len(header) < 8:
            break
        kind, length = struct.unpack_from("<4sI", header)
        if kind == b"LIST" and header[8:12] == b"hdrl":
            if length > LARGEST_HEADERS:
                raise Odd("large headers")
            film = read_headers(await peek.some(place + 12, max(0, length - 4)))
        elif kind == b"LIST" and header[8:12] == b"movi":
            movie = place + 8
        elif kind == b"idx1":
            index = (place, min(end, place + 8 + length))
            break
        place += 8 + length + (length & 1)
    if movie is None:
        raise Odd("no film in it")
    head, seconds = Span(0, movie + HEAD), film.frame * film.frames
    if index is None or index[1] - index[0] > LARGEST_LIST:
        return laid_out("avi", end, seconds or None, head, None, ())
    content = await peek.some(index[0] + 8, index[1] - index[0] - 8, index=True)
    keys, needs = await worked(len(content), read_list, content, film, movie)
    return laid_out("avi", end, seconds or None, head, Span(*index), keys, needs)


def read_headers(content: bytes) -> _Film:
    """Read the header list: which stream is the film, how long a frame is, how many there are."""
    film = _Film()
    number = -1
    for kind, body in _chunks(content):
        if kind == b"avih":
            micros, frames = struct.unpack_from("<I12xI", body)
            film.frame, film.frames = micros / 1e6, frames
        elif kind == b"LIST" and bytes(body[:4]) == b"strl":
            number += 1
            inner = dict(_chunks(bytes(body[4:])))
            header = inner.get(b"strh")
            if header is not None and bytes(header[:4]) == b"vids":
                scale, rate, frames = struct.unpack_from("<20xII4xI", header)
                if scale and rate:
                    film.frame, film.frames = scale / rate, frames or film.frames
                film.stream = number
                break
    return film


def read_list(content: bytes, film: _Film, movie: int) -> tuple[list[tuple[float, int]], ...]:
    """Read ``idx1``: where players jump to, and what each second needs."""
    keys, needs = [], []
    mark = b"%02d" % film.stream
    base: int | None = None
    frame = 0
    whole = len(content) - len(content) % 16
    for kind, flags, offset, length in struct.iter_unpack("<4sIII", content[:whole]):
        if base is None:  # some count from the film's beginning, some from the file's
            base = movie if offset < movie else 0
        if kind[:2] != mark or kind[2:] not in (b"dc", b"db"):
            continue
        second = frame * film.frame
        if flags & KEY:
            keys.append((second, base + offset))
        needs.append((second, base + offset + 8 + length))
        frame += 1
    return keys, needs


def _chunks(content: bytes) -> list[tuple[bytes, memoryview]]:
    view = memoryview(content)
    found: list[tuple[bytes, memoryview]] = []
    place = 0
    while place + 8 <= len(view) and len(found) < MOST_CHUNKS:
        kind, length = struct.unpack_from("<4sI", view, place)
        found.append((kind, view[place + 8 : place + 8 + length]))
        place += 8 + length + (length & 1)
    return found
