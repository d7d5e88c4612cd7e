"""Walks the boxes of MP4 and MOV: the index at the head or at the tail, whole or in fragments."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.infra.containers import mp4_samples
from app.infra.containers.layout import HEAD, Layout, laid_out
from app.infra.containers.peek import LARGEST_INDEX, Odd, Peek, worked
from app.infra.growing import Span

MOST_BOXES: Final = 64
ODDMENTS: Final = 1024 * 1024
"""Bytes behind the last fragment that a table in front need not know of."""
_FIRST: Final = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"styp", b"pnot")


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its kind, where it begins, where its content begins, where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


@dataclass(slots=True)
class _Found:
    """What lies at the top of the file."""

    boxes: dict[bytes, Box] = field(default_factory=dict)  # the first of each kind

    def note(self, box: Box) -> None:
        self.boxes.setdefault(box.kind, box)


def knows(start: bytes) -> bool:
    """Tell whether a file that begins so is of this kind."""
    return start[4:8] in _FIRST


async def walk(peek: Peek, _position: float = 0.0) -> Layout:
    """Return the layout; raises `Odd` and what parsers raise when the file lies."""
    found = await _top(peek)
    moov = found.get(b"moov")
    if moov is None or moov.end - moov.body > LARGEST_INDEX:
        raise Odd("no index")
    content = await peek.some(moov.body, moov.end - moov.body, index=True)
    movie = await worked(len(content), mp4_samples.read_movie, content)
    if movie.fragmented:
        return await _fragments(peek, found, movie)
    media = found.get(b"mdat")
    ahead = media is not None and media.start < moov.start
    head = Span(0, HEAD if ahead else moov.end + HEAD)
    index = Span(moov.start, moov.end)
    return laid_out("mp4", peek.size, movie.duration, head, index, movie.keys, movie.needs)


def boxes(content: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """Yield the boxes that lie side by side in these bytes."""
    end = len(content) if end is None else end
    while start + 8 <= end:
        box = _box(content, start, start, end)
        yield box
        start = box.end


def _box(content: bytes, offset: int, place: int, end: int) -> Box:
    length, kind = struct.unpack_from(">I4s", content, offset)
    header = 8
    if length == 1:
        (length,) = struct.unpack_from(">Q", content, offset + 8)
        header = 16
    elif length == 0:
        length = end - place
    if length < header or place + length > end:
        raise Odd("a box that does not fit")
    return Box(kind, place, place + header, place + length)


async def _top(peek: Peek) -> dict[bytes, Box]:
    """Hop from box to box until the index is known; in fragments up to the first of them."""
    found = _Found()
    place = 0
    for _ in range(MOST_BOXES):
        header = await peek.some(place, 16)
        if len(header) < 8:
            break
        box = _box(header + bytes(8), 0, place, peek.size)
        found.note(box)
        if box.kind == b"moof" or {b"moov", b"mdat"} <= found.boxes.keys():
            break
        place = box.end
    return found.boxes


async def _fragments(peek: Peek, found: dict[bytes, Box], movie: mp4_samples.Movie) -> Layout:
    """A film in fragments: its table is in front of them, behind them, or nowhere.

    Only with one in front FFmpeg plays it as it comes (and looks at the last bytes all the
    same). Any other it opens by hopping over all fragments, so all of the file is the head.
    """
    first = found.get(b"moof") or found.get(b"mdat")
    head_end = (first.start if first is not None else found[b"moov"].end) + HEAD
    everything = Span(0, peek.size)
    sidx = found.get(b"sidx")
    if sidx is not None:
        content = await peek.some(sidx.body, sidx.end - sidx.body)
        points = mp4_samples.read_sidx(content, sidx.end)
        last = Span(max(0, peek.size - 16), peek.size)
        if len(points) > 2 and points[-1][1] >= peek.size - ODDMENTS:  # not of one fragment alone
            length = movie.duration or points[-1][0]
            return laid_out("mp4", peek.size, length, Span(0, head_end), last, points[:-1])
    tail = await peek.some(max(0, peek.size - 16), 16)
    if tail[4:8] != b"mfro":
        return laid_out("mp4", peek.size, movie.duration, everything, None, ())
    (length,) = struct.unpack_from(">I", tail, 12)
    start = peek.size - length
    content = await peek.some(start, length, index=True)
    points = await worked(length, mp4_samples.read_mfra, content, movie.timescales)
    lasts = movie.duration or await _last_fragment(peek, points, movie)
    return laid_out("mp4", peek.size, lasts, everything, Span(start, peek.size), points)


async def _last_fragment(
    peek: Peek, points: list[tuple[float, int]], movie: mp4_samples.Movie
) -> float | None:
    """A film whose head does not say how long it is: to the end of its last fragment."""
    if not points:
        return None
    begin, place = points[-1]
    box = _box(await peek.some(place, 16) + bytes(8), 0, place, peek.size)
    if box.kind != b"moof":
        raise Odd("no fragment where the index names one")
    content = await peek.some(box.body, box.end - box.body)
    return begin + mp4_samples.fragment_seconds(content, movie)
