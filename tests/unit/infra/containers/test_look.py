"""Layouts of films as FFmpeg makes them, compared with what it reads out of the whole file."""

from __future__ import annotations

import asyncio
import random
import struct
from pathlib import Path

import pytest

from app.domain.errors import Unavailable
from app.infra.containers.layout import Layout
from app.infra.containers.look import look
from app.infra.containers.peek import MOST
from app.infra.growing import Span
from tests.fakes.growing import MIB, Revealed
from tests.unit.infra.containers.films import (
    INDEXED,
    RECIPES,
    SECONDS,
    heavy_end,
    told_by_ffmpeg,
)

PIECE = 64 * 1024
FRAGMENTS = ["behind.mp4", "pieces.mp4"]


async def seen(path: Path, piece: int = PIECE, position: float = 0.0) -> tuple[Layout, Revealed]:
    shown = Revealed(path, piece)
    shown.only_wishes = True
    return await look(shown.open(), position), shown


@pytest.mark.parametrize(
    "name", [name for name in RECIPES if name not in ("sound.mp3", "live.mkv")]
)
async def test_the_length_is_the_players_own(name: str) -> None:
    path = heavy_end(name)
    layout, _shown = await seen(path)
    assert layout.duration == pytest.approx(told_by_ffmpeg(path).seconds, abs=0.1)
    assert layout.size == path.stat().st_size


@pytest.mark.parametrize("name", INDEXED)
async def test_a_jump_goes_to_the_key_frame_before(name: str) -> None:
    path = heavy_end(name)
    layout, _shown = await seen(path)
    keys = told_by_ffmpeg(path).keys
    assert len(keys) > SECONDS - 2
    for number in range(1, len(keys) - 1):
        second = (keys[number][0] + keys[number + 1][0]) / 2
        assert keys[number - 1][1] < layout.at(second) <= keys[number][1], second


@pytest.mark.parametrize("name", INDEXED)
async def test_bytes_and_seconds_are_of_this_film_not_of_an_even_one(name: str) -> None:
    path = heavy_end(name)
    layout, _shown = await seen(path)
    keys = told_by_ffmpeg(path).keys
    middle = layout.needed(SECONDS / 2 - 1)
    assert middle < layout.size / 5  # an even film would need the half
    for before, (second, place), after in zip(keys, keys[1:], keys[2:], strict=False):
        assert before[1] <= layout.needed(second) <= after[1]
        assert before[0] <= layout.second(place) <= after[0]
    assert layout.second(layout.size) == pytest.approx(layout.duration)
    for second in range(SECONDS):
        assert layout.second(layout.needed(second)) == pytest.approx(second, abs=0.2)


@pytest.mark.parametrize("name", INDEXED)
async def test_little_is_read_and_only_of_head_and_index(name: str) -> None:
    layout, shown = await seen(heavy_end(name))
    assert sum(span.end - span.start for span in shown.reads) < 200 * 1024
    assert layout.index is not None
    spans = [layout.head, layout.index]
    if name in FRAGMENTS:  # how long the last fragment is stands in itself
        spans = [Span(0, 2 * PIECE), layout.index]
        spans.append(Span(layout.at(SECONDS), layout.at(SECONDS) + PIECE))
    if name.endswith(("mkv", "webm", "avi")):  # there the tail is asked for without being asked
        spans.append(Span(layout.size - PIECE, layout.size))
    for piece in shown.order:
        assert any(span.start // PIECE <= piece <= (span.end - 1) // PIECE for span in spans), piece


@pytest.mark.parametrize(
    ("name", "tail"),
    [("tail.mp4", True), ("head.mp4", False), ("tail.mkv", True), ("head.mkv", False),
     ("reserved.mkv", False), ("film.avi", True)],
)  # fmt: skip
async def test_where_the_index_lies(name: str, tail: bool) -> None:
    layout, _shown = await seen(heavy_end(name))
    assert layout.index is not None
    if tail:
        assert layout.index.start > layout.size * 0.9
        assert layout.head.end < layout.size * 0.6
    else:
        assert layout.index.end < layout.head.end


async def test_fragments_with_a_table_in_front_play_as_they_come() -> None:
    layout, _shown = await seen(heavy_end("front.mp4"))
    assert layout.head.end < MIB
    assert layout.index == Span(layout.size - 16, layout.size)  # the player looks there, too


@pytest.mark.parametrize("name", FRAGMENTS)
async def test_other_fragments_are_needed_as_a_whole(name: str) -> None:
    layout, _shown = await seen(heavy_end(name))
    assert layout.head == Span(0, layout.size)


@pytest.mark.parametrize("name", ["film.ts", "film.m2ts"])
@pytest.mark.parametrize("position", [8.0, 14.0, 18.5])
async def test_the_place_of_a_jump_is_searched_for_by_the_clock(name: str, position: float) -> None:
    path = heavy_end(name)
    layout, shown = await seen(path, position=position)
    times = [second for second, place in told_by_ffmpeg(path).keys if place >= layout.at(position)]
    assert position - 5 <= times[0] <= position + 1
    assert layout.duration == pytest.approx(told_by_ffmpeg(path).seconds, abs=0.1)
    assert len(shown.reads) < 16


@pytest.mark.parametrize("name", ["film.ts", "film.m2ts"])
async def test_a_stream_without_index_is_even_between_its_clocks(name: str) -> None:
    layout, _shown = await seen(heavy_end(name))
    assert layout.container == "mpegts"
    assert layout.keys is None
    assert layout.at(SECONDS / 2) == pytest.approx(layout.size / 2, rel=0.02)


async def test_without_cues_a_jump_reads_all_before_it() -> None:
    layout, _shown = await seen(heavy_end("live.mkv"))
    known = layout.lasting(float(SECONDS))
    assert known.at(12.0) == known.at(0.0) < PIECE
    assert known.needed(12.0) == pytest.approx(known.size / 2, rel=0.1)


@pytest.mark.parametrize("name", ["live.mkv", "sound.mp3"])
async def test_what_says_nothing_is_laid_out_plainly(name: str) -> None:
    layout, _shown = await seen(heavy_end(name))
    assert layout.duration is None
    assert layout.index is None
    assert layout.byte_rate is None
    known = layout.lasting(24.0)
    assert known.duration == 24.0
    assert known.needed(12.0) == pytest.approx(known.size / 2, rel=0.1)
    assert known.lasting(99.0).duration == 24.0


async def test_an_empty_file_has_a_layout(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    path.touch()
    layout, _shown = await seen(path)
    assert (layout.size, layout.duration, layout.at(5.0)) == (0, None, 0)


async def test_a_download_that_ends_says_so() -> None:
    shown = Revealed(heavy_end("tail.mkv"), PIECE, rate=1.0)
    looking = asyncio.ensure_future(look(shown.open()))
    await asyncio.sleep(0)
    shown.end()
    with pytest.raises(Unavailable):
        await looking


@pytest.mark.parametrize("name", list(RECIPES))
async def test_broken_files_hurt_nobody(name: str, tmp_path: Path) -> None:
    content = heavy_end(name).read_bytes()
    dice = random.Random(name)
    good, _shown = await seen(heavy_end(name))
    index = good.index or good.head
    for _ in range(30):
        broken = bytearray(content)
        for _ in range(dice.choice((1, 4, 40))):
            spot = dice.choice((0, 0, index.start, index.start))
            place = min(spot + int(dice.expovariate(1 / 600)), len(broken) - 9)
            wide = dice.choice((1, 4, 8))
            lie = dice.choice((b"\xff" * 8, b"\0" * 8, dice.randbytes(8), b"\x7f" + b"\xff" * 7))
            broken[place : place + wide] = lie[:wide]
        if dice.random() < 0.3:
            del broken[dice.randrange(1, len(broken)) :]
        path = tmp_path / name
        path.write_bytes(broken)
        layout, shown = await seen(path)
        read = sum(span.end - span.start for span in shown.reads)
        assert read <= MOST + len(broken)
        _holds(layout)


def _holds(layout: Layout) -> None:
    """Whatever a file says, its layout is one."""
    assert layout.duration is None or layout.duration > 0
    assert 0 <= layout.head.start <= layout.head.end <= layout.size
    if layout.index is not None:
        assert 0 <= layout.index.start <= layout.index.end <= layout.size
    last = 0
    for second in (0.0, 1.0, 5.5, 24.0, 1e6):
        assert 0 <= layout.at(second) <= layout.size
        assert last <= layout.needed(second) <= layout.size
        last = layout.needed(second)
    assert layout.second(0) <= layout.second(layout.size)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


@pytest.mark.parametrize(
    "hostile",
    [
        _box(b"ftyp", b"isom") + _box(b"free", b"") * 100_000,
        _box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"moov", 1 << 62),
        _box(b"ftyp", b"isom") + _box(b"moov", _box(b"trak", _box(b"mdia", b"\0" * 7)) * 50_000),
        b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01" + b"\xff" * 7 + b"\xec\x80" * 200_000,
        b"RIFF\0\0\0\0AVI " + b"LIST\x04\0\0\0junk" * 50_000,
        b"\x47" * 4_000_000,
    ],
    ids=["boxes", "giant", "tracks", "voids", "lists", "syncs"],
)
async def test_files_made_to_hurt_are_given_up_soon(hostile: bytes, tmp_path: Path) -> None:
    path = tmp_path / "film.bin"
    path.write_bytes(hostile)
    layout, shown = await seen(path)
    assert layout.duration is None
    assert len(shown.reads) < 500
    assert sum(span.end - span.start for span in shown.reads) <= MOST
