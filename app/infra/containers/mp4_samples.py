"""Reads the sample tables of MP4: which second of which track lies where. Pure, over bytes."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from app.infra.containers.layout import MOST_KEYS, MOST_POINTS, curve
from app.infra.containers.peek import Odd

MOST_SAMPLES: Final = 3_000_000
"""In one track: thirty hours of film."""
MOST_TRACKS: Final = 32
MOST_DEPTH: Final = 6
_NESTS: Final = frozenset((b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"traf"))
_TFHD_SIZES: Final = ((0x1, 8), (0x2, 4))
Points = list[tuple[float, int]]


@dataclass(slots=True)
class Movie:
    """What a ``moov`` box tells. Times in seconds."""

    duration: float | None = None
    fragmented: bool = False
    keys: Points = field(default_factory=list)
    needs: Points = field(default_factory=list)
    timescales: dict[int, int] = field(default_factory=dict)  # by track number
    video: int = 0  # track number
    usual: dict[int, int] = field(default_factory=dict)  # track: usual length of a sample


@dataclass(slots=True)
class _Track:
    number: int = 0
    kind: bytes = b""
    timescale: int = 0
    boxes: dict[bytes, memoryview] = field(default_factory=dict)


def read_movie(content: bytes) -> Movie:
    """Read the content of a ``moov`` box; raises `Odd` and its like when it lies."""
    movie = Movie()
    tracks: list[_Track] = []
    scale, length = 0, 0
    for kind, body, depth in _flat(memoryview(content)):
        if kind == b"trak":
            tracks.append(_Track())
            if len(tracks) > MOST_TRACKS:
                raise Odd("too many tracks")
        elif kind == b"mvhd":
            scale, length = _times(body)
        elif kind == b"mehd":
            (length,) = struct.unpack_from(">Q" if body[0] else ">I", body, 4)
        elif kind in (b"mvex", b"trex"):
            _note_fragments(movie, kind, body)
        elif tracks and depth:
            _note(tracks[-1], kind, body)
    movie.timescales = {one.number: one.timescale for one in tracks if one.timescale}
    movie.video = next((one.number for one in tracks if one.kind == b"vide"), 0)
    if scale and length and length not in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF):
        movie.duration = length / scale
    if not movie.fragmented:
        _tables(movie, tracks)
    return movie


def read_sidx(content: bytes, anchor: int) -> Points:
    """Read a ``sidx`` box whose end is at `anchor`; the last point is where it ends."""
    version = content[0]
    (scale,) = struct.unpack_from(">I", content, 8)
    _time, offset = struct.unpack_from(">QQ" if version else ">II", content, 12)
    place = 28 if version else 20
    (count,) = struct.unpack_from(">H", content, place + 2)
    if not scale:
        raise Odd("no clock")
    time, at = 0, anchor + offset
    points: Points = []
    for size, length, _flags in struct.iter_unpack(
        ">III", content[place + 4 : place + 4 + count * 12]
    ):
        if size >> 31:
            raise Odd("an index of indexes")
        points.append((time / scale, at))
        time, at = time + length, at + size
    return [*points, (time / scale, at)]


def read_mfra(content: bytes, scales: dict[int, int]) -> Points:
    """Read the ``mfra`` box at the end of a film in fragments."""
    best: Points = []
    for kind, body, _depth in _flat(memoryview(content)[8:]):
        if kind != b"tfra":
            continue
        track, sizes, count = struct.unpack_from(">III", body, 4)
        numbers = "".join("BHxI"[(sizes >> shift) & 3] for shift in (4, 2, 0))
        if "x" in numbers:
            numbers = numbers.replace("x", "BH")  # three bytes each; their values are not used
        entry = struct.Struct((">QQ" if body[0] else ">II") + numbers)
        scale = scales.get(track, 0)
        if not scale or count * entry.size > len(body) - 16:
            raise Odd("a table that does not fit")
        table = body[16 : 16 + count * entry.size]
        points = [(one[0] / scale, one[1]) for one in entry.iter_unpack(table)]
        if len(points) > len(best):
            best = points
    shift = min((second for second, _place in best), default=0.0)
    return [(second - shift, place) for second, place in best]


def fragment_seconds(content: bytes, movie: Movie) -> float:
    """Return how long a fragment is: the longest of its tracks."""
    longest, track, usual = 0.0, 0, 0
    for kind, body, _depth in _flat(memoryview(content)):
        if kind == b"tfhd":
            track, usual = _fragment_head(body, movie)
        elif kind == b"trun" and (scale := movie.timescales.get(track)):
            longest = max(longest, _run_length(body, usual) / scale)
    return longest


def _fragment_head(body: memoryview, movie: Movie) -> tuple[int, int]:
    flags, track = struct.unpack_from(">II", body)
    usual: int = movie.usual.get(track, 0)
    if flags & 0x8:
        place = 8 + sum(size for flag, size in _TFHD_SIZES if flags & flag)
        (usual,) = struct.unpack_from(">I", body, place)
    return track, usual


def _run_length(body: memoryview, usual: int) -> int:
    flags, count = struct.unpack_from(">II", body)
    if not flags & 0x100:
        return min(int(count), MOST_SAMPLES) * usual
    place = 8 + 4 * bool(flags & 0x1) + 4 * bool(flags & 0x4)
    width = sum(bool(flags & flag) for flag in (0x100, 0x200, 0x400, 0x800))
    if place + count * width * 4 > len(body):
        raise Odd("a table that does not fit")
    lengths = _numbers(body[place : place + count * width * 4])[::width]
    return sum(lengths)


def _flat(view: memoryview, depth: int = 0) -> Iterator[tuple[bytes, memoryview, int]]:
    """Yield kind and body of all boxes, those that nest before what is in them."""
    place = 0
    while place + 8 <= len(view):
        length, kind = struct.unpack_from(">I4s", view, place)
        header = 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", view, place + 8)
            header = 16
        elif length == 0:
            length = len(view) - place
        if length < header or place + length > len(view):
            raise Odd("a box that does not fit")
        body = view[place + header : place + length]
        yield kind, body, depth
        if kind in _NESTS and depth < MOST_DEPTH:
            yield from _flat(body, depth + 1)
        place += length


def _times(body: memoryview) -> tuple[int, int]:
    """Clock and length out of ``mvhd`` and ``mdhd``."""
    if body[0] == 1:
        scale, length = struct.unpack_from(">IQ", body, 20)
    else:
        scale, length = struct.unpack_from(">II", body, 12)
    return int(scale), int(length)


def _note_fragments(movie: Movie, kind: bytes, body: memoryview) -> None:
    movie.fragmented = True
    if kind == b"trex":
        track, _description, usual = struct.unpack_from(">III", body, 4)
        movie.usual[track] = usual


def _note(track: _Track, kind: bytes, body: memoryview) -> None:
    if kind == b"tkhd":
        (track.number,) = struct.unpack_from(">I", body, 20 if body[0] == 1 else 12)
    elif kind == b"mdhd":
        track.timescale, _length = _times(body)
    elif kind == b"hdlr":
        track.kind = track.kind or bytes(body[8:12])
    elif kind in (b"stts", b"stss", b"stsc", b"stsz", b"stco", b"co64"):
        track.boxes.setdefault(kind, body)


def _tables(movie: Movie, tracks: list[_Track]) -> None:
    """Put the tracks together: a second needs the highest of its places in all of them."""
    read = [(one.kind, _Samples(one)) for one in tracks if one.kind in (b"vide", b"soun")]
    whole = [(kind, samples) for kind, samples in read if samples.count > 1]
    if not whole:
        return
    longest = max(samples.seconds for _kind, samples in whole)
    movie.duration = movie.duration or longest or None
    begins = [samples for kind, samples in whole if kind == b"vide"] or [whole[0][1]]
    main = max(begins, key=lambda samples: samples.count)
    others = [samples for _kind, samples in whole if samples is not main]
    before = [curve(samples.begins()) for samples in others]
    ends = [curve(samples.ends()) for samples in (main, *others)]
    movie.needs = [
        (second, max(math.ceil(one.line(second)) for one in ends)) for second in ends[0].seconds
    ]
    movie.keys = [
        (second, min([place, *(one.floor(second) for one in before)]))
        for second, place in main.jumps()
    ]


class _Samples:
    """The samples of one track: sample number to second and place."""

    def __init__(self, track: _Track) -> None:
        if not track.timescale:
            raise Odd("no clock")
        self._scale = track.timescale
        self._read_sizes(track.boxes[b"stsz"])
        self._read_times(_table(track.boxes[b"stts"], 2))
        wide = track.boxes.get(b"co64")
        self._chunks = (
            _table(wide, 1, wide=True) if wide is not None else (_table(track.boxes[b"stco"], 1))
        )
        self._read_chunks(_table(track.boxes[b"stsc"], 3))
        marks = track.boxes.get(b"stss")
        self._marks = _table(marks, 1) if marks is not None else None

    def ends(self) -> Points:
        """(second a sample begins to be needed, place where it ends), evenly thinned."""
        step = max(1, self.count // (MOST_POINTS - 1))
        numbers = sorted({*range(0, self.count, step), self.count - 1})
        return [(self._second(one), self._place(one) + self._size(one)) for one in numbers]

    def begins(self) -> Points:
        """(second, place where the sample begins), evenly thinned."""
        step = max(1, self.count // MOST_POINTS)
        return [(self._second(one), self._place(one)) for one in range(0, self.count, step)]

    def jumps(self) -> Points:
        """(second, place) of the samples a player can jump to."""
        if self._marks is None:
            numbers: list[int] = list(range(0, self.count, max(1, self.count // MOST_KEYS)))
        else:
            numbers = [one - 1 for one in self._marks if 0 < one <= self.count]
            numbers = numbers[:: max(1, -(-len(numbers) // MOST_KEYS))]
        return [(self._second(one), self._place(one)) for one in numbers]

    @property
    def seconds(self) -> float:
        return self._run_ticks[-1] / self._scale

    def _read_sizes(self, body: memoryview) -> None:
        self._same, self.count = struct.unpack_from(">II", body, 4)
        if self._same:
            self._before = array("q", (0,))
            return
        if self.count > MOST_SAMPLES or self.count * 4 > len(body) - 12:
            raise Odd("a table that does not fit")
        sizes = _numbers(body[12 : 12 + self.count * 4])
        self._before = array("q", accumulate(sizes, initial=0))

    def _read_times(self, table: array[int]) -> None:
        self._run_ends = array("q", accumulate(table[0::2], initial=0))
        self._deltas = table[1::2]
        lengths = (many * each for many, each in zip(table[0::2], self._deltas, strict=True))
        self._run_ticks = array("q", accumulate(lengths, initial=0))

    def _read_chunks(self, table: array[int]) -> None:
        """First sample of each run of chunks that hold equally many."""
        self._runs = [one - 1 for one in table[0::3]]
        self._many = table[1::3]
        if not self._runs or self._runs[0] != 0 or not all(self._many):
            raise Odd("no chunks")
        self._run_first = array("q", (0,))
        for number in range(1, len(self._runs)):
            chunks = self._runs[number] - self._runs[number - 1]
            if chunks <= 0:
                raise Odd("chunks that go back")
            self._run_first.append(self._run_first[-1] + chunks * self._many[number - 1])

    def _second(self, sample: int) -> float:
        run = min(bisect_right(self._run_ends, sample), len(self._deltas)) - 1
        within = sample - self._run_ends[run]
        return (self._run_ticks[run] + within * self._deltas[run]) / self._scale

    def _size(self, sample: int) -> int:
        return int(self._same) or self._before[sample + 1] - self._before[sample]

    def _place(self, sample: int) -> int:
        run = bisect_right(self._run_first, sample) - 1
        chunk, _within = divmod(sample - self._run_first[run], self._many[run])
        first = self._run_first[run] + chunk * self._many[run]
        start: int = self._chunks[self._runs[run] + chunk]
        if self._same:
            return start + (sample - first) * int(self._same)
        return start + self._before[sample] - self._before[first]


def _table(body: memoryview, width: int, *, wide: bool = False) -> array[int]:
    """A counted table of `width` numbers a row."""
    count: int = struct.unpack_from(">I", body, 4)[0]
    length = count * width * (8 if wide else 4)
    if length > len(body) - 8:
        raise Odd("a table that does not fit")
    return _numbers(body[8 : 8 + length], wide=wide)


def _numbers(body: memoryview, *, wide: bool = False) -> array[int]:
    numbers = array("Q" if wide else "I")
    numbers.frombytes(body)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
