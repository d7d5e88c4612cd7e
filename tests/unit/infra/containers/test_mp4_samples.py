"""Sample tables of MP4, written by hand: as no usual program lays a film out."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest

from app.infra.containers.layout import Layout, laid_out
from app.infra.containers.mp4_samples import read_movie
from app.infra.containers.peek import Odd
from app.infra.growing import Span

KB = 1000


def box(kind: bytes, *body: bytes) -> bytes:
    content = b"".join(body)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def table(kind: bytes, rows: Sequence[Sequence[int]], letter: str = "I") -> bytes:
    cells = b"".join(struct.pack(f">{len(row)}{letter}", *row) for row in rows)
    return box(kind, bytes(4), struct.pack(">I", len(rows)), cells)


def track(
    kind: bytes,
    chunks: Sequence[int],
    samples: int,
    size: int,
    *,
    per_chunk: int,
    same: bool = False,
    keys: Sequence[int] = (),
    wide: bool = False,
) -> bytes:
    """A track of one sample a second, `per_chunk` of them side by side."""
    sizes = struct.pack(">II", size if same else 0, samples)
    sizes += b"" if same else struct.pack(">I", size) * samples
    parts = [
        table(b"stts", [(samples, 1000)]),
        box(b"stsz", bytes(4), sizes),
        table(b"stsc", [(1, per_chunk, 1)]),
        table(b"co64", [[one] for one in chunks], "Q") if wide
        else table(b"stco", [[one] for one in chunks]),
    ]  # fmt: skip
    if keys:
        parts.append(table(b"stss", [[one] for one in keys]))
    header = box(b"mdhd", bytes(12), struct.pack(">II", 1000, samples * 1000), bytes(4))
    handler = box(b"hdlr", bytes(8), kind, bytes(12))
    return box(b"trak", box(b"mdia", header, handler, box(b"minf", box(b"stbl", *parts))))


def movie(*tracks: bytes, seconds: int = 60) -> bytes:
    return box(b"mvhd", bytes(12), struct.pack(">II", 10, seconds * 10)) + b"".join(tracks)


def layout(content: bytes, size: int) -> Layout:
    told = read_movie(content)
    return laid_out("mp4", size, told.duration, Span(0, 10), None, told.keys, told.needs)


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("same", [False, True])
def test_side_by_side(wide: bool, same: bool) -> None:
    """Ten seconds of picture, ten seconds of sound, and so on."""
    pictures = [number * 110 * KB for number in range(6)]
    sounds = [place + 100 * KB for place in pictures]
    content = movie(
        track(b"vide", pictures, 60, 10 * KB, per_chunk=10, same=same, wide=wide,
              keys=(1, 11, 26, 51)),
        track(b"soun", sounds, 60, KB, per_chunk=10, same=not same, wide=wide),
    )  # fmt: skip
    film = layout(content, 660 * KB)
    assert film.duration == 60
    assert film.at(9.9) == 0
    assert film.at(12.0) == 110 * KB
    assert film.at(25.5) == 270 * KB
    assert film.needed(5.0) == 106 * KB  # up to the sound behind the pictures
    assert film.needed(15.0) == 216 * KB
    assert film.needed(60.0) == 660 * KB


def test_sound_behind_all_pictures_means_that_nearly_all_is_needed() -> None:
    content = movie(
        track(b"vide", [0], 60, 10 * KB, per_chunk=60, keys=(1, 31)),
        track(b"soun", [600 * KB], 60, KB, per_chunk=60),
    )
    film = layout(content, 660 * KB)
    assert film.needed(0.0) == 601 * KB
    assert film.needed(30.0) == 631 * KB
    assert film.second(300 * KB) == 0.0
    assert film.at(31.0) == 300 * KB


def test_sound_before_all_pictures_is_read_from_there() -> None:
    content = movie(
        track(b"vide", [60 * KB], 60, 10 * KB, per_chunk=60, keys=(1, 31)),
        track(b"soun", [0], 60, KB, per_chunk=60),
    )
    film = layout(content, 660 * KB)
    assert film.at(31.0) == 30 * KB
    assert film.needed(31.0) == 380 * KB


def test_a_film_without_key_marks_can_be_entered_anywhere() -> None:
    film = layout(movie(track(b"vide", [0], 60, 10 * KB, per_chunk=60)), 600 * KB)
    assert film.at(17.5) == 170 * KB


def test_one_picture_that_lies_at_the_end_is_a_cover() -> None:
    content = movie(
        track(b"vide", [0], 60, 10 * KB, per_chunk=60),
        track(b"vide", [600 * KB], 1, 50 * KB, per_chunk=1),
    )
    assert layout(content, 650 * KB).needed(10.0) == 110 * KB


@pytest.mark.parametrize(
    "content",
    [
        movie(track(b"vide", [], 60, 10, per_chunk=60)),
        movie(track(b"vide", [0], 60, 10, per_chunk=0)),
        movie(track(b"vide", [0], 60, 10, per_chunk=60)[:-9]),
        movie(*[track(b"soun", [0], 2, 10, per_chunk=2)] * 33),
        box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), b"vide", bytes(12)))),
    ],
    ids=["no chunks", "empty chunks", "cut off", "many tracks", "no tables"],
)
def test_tables_that_lie_are_refused(content: bytes) -> None:
    with pytest.raises((Odd, LookupError)):
        read_movie(content)
