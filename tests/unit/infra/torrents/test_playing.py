"""Reading a torrent while it loads: what is asked for comes first, and never a wrong byte."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.errors import NotFound, Refused, Unavailable
from app.infra.growing import Growing, Span
from app.infra.torrents.engine import TorrentEngine
from app.infra.torrents.ground import Change
from app.infra.torrents.reads import PieceLostError, PieceReads
from app.infra.torrents.torrent import Torrent
from tests.fakes.swarm import Seed, made_of, seeding
from tests.unit.infra.torrents.swarming import Told, lying, number_of, until

PIECE = 32_768
LENGTH = 40 * PIECE + 1_234
CONTENT = os.urandom(LENGTH)
SLOW = 400_000


@pytest.fixture
async def seed(tmp_path: Path) -> AsyncIterator[Seed]:
    """Somebody on a slow line who has a film and a program before it."""
    folder = tmp_path / "seed" / "Film"
    folder.mkdir(parents=True)
    (folder / "a setup.exe").write_bytes(os.urandom(1_000))
    (folder / "film.mkv").write_bytes(CONTENT)
    made = made_of(folder, piece=PIECE)
    (tmp_path / "film.torrent").write_bytes(made)
    with seeding(made, folder.parent, limit=SLOW) as one:
        yield one


async def _added(engine: TorrentEngine, seed: Seed, tmp_path: Path) -> Torrent:
    content = (tmp_path / "film.torrent").read_bytes()
    return await engine.add(content, tmp_path / "save", "one", also=seed.magnet)


async def _all(reader: Growing, start: int, end: int) -> bytes:
    got = bytearray()
    while start + len(got) < end:
        part = await reader.read(start + len(got), end - start - len(got))
        assert part
        got += part
    return bytes(got)


async def test_all_of_it_can_be_read_while_it_comes(
    engine: TorrentEngine, told: Told, seed: Seed, tmp_path: Path
) -> None:
    seed.slow_down(0)
    torrent = await _added(engine, seed, tmp_path)
    reader = torrent.open(number_of(torrent, "film.mkv"))
    assert (reader.name, reader.size) == ("film.mkv", LENGTH)
    assert await _all(reader, 0, LENGTH) == CONTENT
    assert await reader.read(LENGTH, 10) == b""
    assert reader.ready(0) == LENGTH
    assert reader.ready(LENGTH) == 0
    await told.wait(Change.FINISHED)
    assert await _all(reader, 0, LENGTH) == CONTENT
    assert await _all(reader, 5, 6) == CONTENT[5:6]
    reader.close()


async def test_what_is_wished_comes_before_all_else_in_its_order(
    engine: TorrentEngine, seed: Seed, tmp_path: Path
) -> None:
    torrent = await _added(engine, seed, tmp_path)
    reader = torrent.open(number_of(torrent, "film.mkv"))
    tail = LENGTH - 3 * PIECE
    reader.aim([Span(0, 2 * PIECE), Span(tail, LENGTH)])
    await until(lambda: reader.ready(0) >= 2 * PIECE and reader.ready(tail) == LENGTH - tail)
    # What was under way when it was said, and what came before this was looked at, besides.
    assert torrent.status().done <= 20 * PIECE < LENGTH / 2
    reader.close()


async def test_a_seek_is_heard_at_once(engine: TorrentEngine, seed: Seed, tmp_path: Path) -> None:
    torrent = await _added(engine, seed, tmp_path)
    reader = torrent.open(number_of(torrent, "film.mkv"))
    reader.aim([Span(0, 20 * PIECE)])
    assert await reader.read(0, 100) == CONTENT[:100]
    far = 30 * PIECE
    before = torrent.status().done
    reader.aim([Span(far, far + 4 * PIECE)])
    assert await reader.read(far, 100) == CONTENT[far : far + 100]
    assert torrent.status().done - before <= 20 * PIECE  # not behind the twenty of before
    reader.close()


async def test_a_read_that_waits_needs_no_wish(
    engine: TorrentEngine, seed: Seed, tmp_path: Path
) -> None:
    torrent = await _added(engine, seed, tmp_path)
    one = torrent.open(number_of(torrent, "film.mkv"))
    two = torrent.open(number_of(torrent, "film.mkv"))
    one.aim([Span(0, LENGTH)])
    far = 35 * PIECE + 7
    got = await asyncio.gather(two.read(far, 10), two.read(far, 10), one.read(far - PIECE, 10))
    assert list(got) == [CONTENT[far : far + 10]] * 2 + [CONTENT[far - PIECE : far - PIECE + 10]]
    assert torrent.status().done < 30 * PIECE
    one.close()
    two.close()


async def test_what_nobody_wants_any_more_is_not_hurried(
    engine: TorrentEngine, seed: Seed, tmp_path: Path
) -> None:
    torrent = await _added(engine, seed, tmp_path)
    reader = torrent.open(number_of(torrent, "film.mkv"))
    reader.aim([Span(20 * PIECE, 30 * PIECE)])
    body = torrent._body
    assert body.handle is not None
    await until(lambda: 7 in body.handle.get_piece_priorities())  # type: ignore[union-attr]  # it is there
    reader.close()
    await until(lambda: set(body.handle.get_piece_priorities()) <= {0, 2})  # type: ignore[union-attr]  # it is there


async def test_closing_it_ends_reads_and_others_go_on(
    engine: TorrentEngine, seed: Seed, tmp_path: Path
) -> None:
    seed.slow_down(20_000)
    torrent = await _added(engine, seed, tmp_path)
    one = torrent.open(number_of(torrent, "film.mkv"))
    two = torrent.open(number_of(torrent, "film.mkv"))
    reading = asyncio.create_task(one.read(LENGTH - 5, 5))
    staying = asyncio.create_task(two.read(10, 5))
    await asyncio.sleep(0.05)
    one.close()
    with pytest.raises(Unavailable) as ended:
        await reading
    assert ended.value.key == "errors.download_ended"
    with pytest.raises(Unavailable):
        await one.read(0, 1)
    seed.slow_down(0)
    assert await staying == CONTENT[10:15]
    removing = asyncio.create_task(two.read(LENGTH - 5, 5))
    await asyncio.sleep(0)
    await engine.remove("one", files=True)
    with contextlib.suppress(Unavailable):  # it may have come a moment before
        assert await removing == CONTENT[LENGTH - 5 :]
    assert lying(tmp_path / "save") == {}


async def test_a_program_is_never_read_and_a_number_must_be_one(
    engine: TorrentEngine, seed: Seed, tmp_path: Path
) -> None:
    torrent = await _added(engine, seed, tmp_path)
    with pytest.raises(Refused) as refused:
        torrent.open(number_of(torrent, "a setup.exe"))
    assert refused.value.key == "errors.torrent_program"
    for number in (-1, 2):
        with pytest.raises(NotFound):
            torrent.open(number)


async def test_what_was_left_out_comes_when_it_is_played(
    engine: TorrentEngine, told: Told, seed: Seed, tmp_path: Path
) -> None:
    content = (tmp_path / "film.torrent").read_bytes()
    torrent = await engine.add(content, tmp_path / "save", "one", priorities={0: 0, 1: 0})
    torrent.add_peers([seed.peer])
    await told.wait(Change.CHECKED)
    reader = torrent.open(number_of(torrent, "film.mkv"))
    assert await reader.read(7 * PIECE, 100) == CONTENT[7 * PIECE : 7 * PIECE + 100]
    reader.close()


async def test_reading_goes_on_over_a_pause_and_a_move(
    engine: TorrentEngine, told: Told, seed: Seed, tmp_path: Path
) -> None:
    torrent = await _added(engine, seed, tmp_path)
    reader = torrent.open(number_of(torrent, "film.mkv"))
    reading = asyncio.create_task(_all(reader, 0, LENGTH))
    await until(lambda: reader.ready(0) > 3 * PIECE)
    torrent.pause()
    await torrent.move(tmp_path / "elsewhere")
    seed.slow_down(0)
    torrent.go()
    assert await reading == CONTENT
    reader.close()


# What is kept in memory.


class Disk:
    """Reads pieces when it is told to."""

    def __init__(self, reads: PieceReads) -> None:
        self.reads = reads
        self.asked: list[int] = []
        self.most = 0

    def get(self, piece: int, size: int) -> asyncio.Task[bytes]:
        return asyncio.create_task(
            self.reads.get(("key", piece), size, lambda: self.asked.append(piece))
        )

    def come(self, piece: int, size: int) -> None:
        self.most = max(self.most, self.reads.held)
        self.reads.deliver(("key", piece), bytes(size))


async def test_readers_of_one_piece_share_one_read() -> None:
    disk = Disk(PieceReads(100))
    tasks = [disk.get(1, 40) for _ in range(5)]
    await asyncio.sleep(0)
    disk.come(1, 40)
    assert await asyncio.gather(*tasks) == [bytes(40)] * 5
    assert await disk.get(1, 40) == bytes(40)
    assert disk.asked == [1]


async def test_memory_is_bounded_with_what_is_under_way() -> None:
    disk = Disk(PieceReads(100))
    tasks = [disk.get(piece, 40) for piece in range(20)]
    for _ in range(200):
        await asyncio.sleep(0)
        if disk.asked:
            disk.come(disk.asked.pop(0), 40)
    await asyncio.gather(*tasks)
    assert disk.most <= 100
    assert disk.reads.held <= 100


async def test_a_piece_larger_than_the_bound_is_kept_alone() -> None:
    disk = Disk(PieceReads(100))
    small = disk.get(1, 40)
    large, larger = disk.get(2, 1_000), disk.get(3, 1_000)
    for _ in range(20):
        await asyncio.sleep(0)
        if disk.asked:
            piece = disk.asked.pop(0)
            disk.come(piece, 40 if piece == 1 else 1_000)
    await asyncio.gather(small, large, larger)
    assert disk.most <= 1_000
    assert disk.reads.held == 1_000


async def test_what_cannot_be_read_is_told_to_all_and_asked_again() -> None:
    disk = Disk(PieceReads(100))
    one, two = disk.get(1, 40), disk.get(1, 40)
    await asyncio.sleep(0)
    disk.reads.deliver(("key", 1), None)
    for task in (one, two):
        with pytest.raises(PieceLostError):
            await task
    again = disk.get(1, 40)
    await asyncio.sleep(0)
    disk.reads.drop("key")
    with pytest.raises(PieceLostError):
        await again
    assert disk.asked == [1, 1]
    assert disk.reads.held == 0


async def test_who_gives_up_leaves_the_others_alone() -> None:
    disk = Disk(PieceReads(100))
    one, two = disk.get(1, 40), disk.get(1, 40)
    await asyncio.sleep(0)
    one.cancel()
    await asyncio.sleep(0)
    disk.come(1, 40)
    assert await two == bytes(40)
