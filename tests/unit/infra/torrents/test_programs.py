"""Programs in a torrent: no byte of them in the owner's folder, and the film is whole all the same.

In the older kind of torrents a program shares pieces with the files beside it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from app.infra.torrents import aside, seals
from app.infra.torrents.engine import TorrentEngine
from app.infra.torrents.ground import Change
from app.infra.torrents.layout import Entry, Layout
from app.infra.torrents.status import TorrentState
from app.infra.torrents.torrent import Torrent
from tests.fakes.swarm import PIECE, fetch_all
from tests.unit.infra.torrents.packs import (
    CONTENTS,
    FILMS,
    SHARED,
    TINY,
    all_files,
    giving,
    traces,
    wanted,
    written,
)  # fmt: skip
from tests.unit.infra.torrents.swarming import HERE, Told, number_of, until


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return written(tmp_path)


async def _engine(folder: Path) -> tuple[TorrentEngine, Told]:
    engine = TorrentEngine(folder, HERE)
    await engine.start()
    return engine, Told(engine)


def test_the_pieces_here_are_shared(source: Path) -> None:
    entries, offset = [], 0
    for number, (name, content) in enumerate(CONTENTS.items()):
        refused = "" if name.endswith(".mkv") else "errors.torrent_program"
        entries.append(Entry(number, number, name, offset, len(content), refused))
        offset += len(content)
    layout = Layout(tuple(entries), offset, PIECE, len(entries))
    counted = {
        piece
        for piece in range(layout.count)
        if {bool(one.refused) for one in layout.files(piece)} == {True, False}
    }
    assert layout.borders == layout.mixed({0: 4, 2: 4, 4: 4}) == counted
    assert SHARED - 1 <= len(counted) <= SHARED
    assert layout.mixed({0: 4}) < counted


async def test_not_a_byte_of_a_program_is_in_the_folder_while_it_comes_nor_after(
    source: Path, save: Path, tmp_path: Path
) -> None:
    engine, told = await _engine(tmp_path / "kept")
    seen: list[str] = []
    with giving(source) as (content, seed):
        seed.slow_down(400_000)
        torrent = await engine.add(content, save, "one", also=seed.magnet)
        while (("one", Change.FINISHED)) not in told.changes:
            seen += traces(save)
            await asyncio.sleep(0.01)
        assert torrent.status().state is TorrentState.SEEDING
        assert torrent.status().done == torrent.status().size
        await torrent.flush()
    assert seen == traces(save) == traces(tmp_path / "kept") == []
    assert all_files(save) == wanted()
    assert {path.name for path in torrent.paths().values()} == set(FILMS)
    await engine.close()
    assert all_files(save) == wanted()
    assert not list(aside.MEMORY.glob(f"*-{aside.mark_of(engine.folder)}"))


async def test_where_there_is_no_memory_for_it_it_lies_beside_the_record_for_a_while(
    source: Path, save: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "MOST", 0)
    engine, told = await _engine(tmp_path / "kept")
    with giving(source) as (content, seed):
        await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        await until(lambda: not traces(tmp_path / "kept"))
        await engine.close()
    assert traces(save) == []
    assert all_files(save) == wanted()
    assert not (tmp_path / "kept" / "aside").exists()


async def test_nothing_is_fetched_twice_over_an_end_and_a_check(
    source: Path, save: Path, tmp_path: Path
) -> None:
    with giving(source) as (content, seed):
        engine, told = await _engine(tmp_path / "kept")
        await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        sent = seed.sent
        await engine.close()
        engine, told = await _engine(tmp_path / "kept")
        torrent = await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        await torrent.check()
        assert torrent.status().state is TorrentState.SEEDING
        assert torrent.status().done == torrent.status().size
        reader = torrent.open(number_of(torrent, "film 1.mkv"))
        assert reader.ready(0) == reader.size
        assert await reader.read(0, 10) == FILMS["film 1.mkv"][:10]
        reader.close()
        await engine.close()
        assert seed.sent == sent
    assert traces(save) == []


async def test_a_spoilt_end_of_a_film_is_found_and_comes_again(
    source: Path, save: Path, tmp_path: Path
) -> None:
    with giving(source) as (content, seed):
        engine, told = await _engine(tmp_path / "kept")
        torrent = await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        for again in (True, False):
            place = save / "Pack" / "film 1.mkv"
            with place.open("r+b") as file:
                file.seek(-20, os.SEEK_END)
                file.write(b"spoilt")
            if again:
                await torrent.check()
            else:
                await engine.close()
                engine, told = await _engine(tmp_path / "kept")
                torrent = await engine.add(content, save, "one", also=seed.magnet)
            await until(partial(_is_well, torrent, save))
            await until(lambda: not traces(save))
        await engine.close()
    assert all_files(save) == wanted()


def _is_well(torrent: Torrent, save: Path) -> bool:
    return torrent.status().state is TorrentState.SEEDING and all_files(save) == wanted()


async def test_others_get_no_bad_byte_from_us(source: Path, save: Path, tmp_path: Path) -> None:
    engine, told = await _engine(tmp_path / "kept")
    with giving(source) as (content, seed):
        torrent = await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        other, heard = await _engine(tmp_path / "other kept")
        third = await other.add(content, tmp_path / "third", "two")
        third.add_peers([("127.0.0.1", _port(engine))])
        total = third.status().size or 0
        await until(lambda: third.status().done >= total - SHARED * PIECE)
        await asyncio.sleep(0.3)
        assert third.status().bad_pieces == third.status().banned == 0
        assert third.status().done < total
        third.add_peers([seed.peer])  # what we have not got, others have
        await heard.wait(Change.FINISHED, "two")
        assert third.status().bad_pieces == 0
        await other.close()
    await engine.close()
    assert all_files(tmp_path / "third") == wanted()
    assert torrent.key == "one"


def _port(engine: TorrentEngine) -> int:
    assert engine._session is not None  # noqa: SLF001 - nobody else has to know it
    return engine._session.core.listen_port()  # noqa: SLF001 - as above


async def test_a_file_by_the_name_of_a_program_is_not_touched(
    source: Path, save: Path, tmp_path: Path
) -> None:
    mine = save / "Pack" / "film 1.mkv.exe"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine" * 100)
    engine, told = await _engine(tmp_path / "kept")
    with giving(source) as (content, seed):
        await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        await engine.remove("one", files=True)
    await engine.close()
    assert all_files(save) == {"Pack/film 1.mkv.exe": b"mine" * 100}


async def test_what_was_left_out_and_shares_a_sealed_piece_comes_later(
    source: Path, save: Path, tmp_path: Path
) -> None:
    (source / "film 0.scr").write_bytes(TINY[:100])  # its piece is of two films as well
    engine, told = await _engine(tmp_path / "kept")
    with giving(source) as (content, seed):
        torrent = await engine.add(content, save, "one", paused=True)
        films = [number_of(torrent, name) for name in FILMS]
        torrent.choose({films[1]: 0, films[2]: 0})
        torrent.add_peers([seed.peer])
        torrent.go()
        await told.wait(Change.FINISHED)
        assert traces(save) == []
        torrent.choose({films[1]: 4})
        await until(lambda: torrent.status().done < (torrent.status().size or 0))
        await told.wait(Change.FINISHED, times=2)
        assert torrent.status().done == torrent.status().size
        torrent.choose({films[1]: 0, films[2]: 4})
        await until(lambda: (save / "Pack" / "film 2.mkv").exists())
        await until(lambda: (save / "Pack" / "film 2.mkv").read_bytes() == FILMS["film 2.mkv"])
        await until(lambda: torrent.status().state is TorrentState.SEEDING)
    await engine.close()
    assert all_files(save) == wanted()
    assert traces(save) == []


async def test_it_moves_to_another_folder_and_disk(
    source: Path, save: Path, tmp_path: Path
) -> None:
    elsewhere = Path("/dev/shm") / tmp_path.name  # noqa: S108 - another disk
    engine, told = await _engine(tmp_path / "kept")
    try:
        with giving(source) as (content, seed):
            seed.slow_down(300_000)
            torrent = await engine.add(content, save, "one", also=seed.magnet)
            await until(lambda: torrent.status().done)
            await torrent.move(elsewhere)
            assert traces(elsewhere) == []
            seed.slow_down(0)
            await told.wait(Change.FINISHED)
            await torrent.move(tmp_path / "third")
            assert torrent.status().done == torrent.status().size
            reader = torrent.open(number_of(torrent, "film 0.mkv"))
            end = reader.size - 5
            assert await reader.read(end, 10) == FILMS["film 0.mkv"][end:]
            reader.close()
        await engine.close()
        assert all_files(tmp_path / "third") == wanted()
        assert traces(elsewhere) == traces(save) == []
    finally:
        shutil.rmtree(elsewhere, ignore_errors=True)


@pytest.mark.parametrize("damage", [b'{"torrent": 1}', b"{" * 9000], ids=["other", "deep"])
async def test_damaged_seals_are_as_none(
    source: Path, save: Path, tmp_path: Path, damage: bytes
) -> None:
    with giving(source) as (content, seed):
        engine, told = await _engine(tmp_path / "kept")
        await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        await engine.close()
        sent = seed.sent
        seals.sealed_at(tmp_path / "kept" / "one.resume").write_bytes(damage)
        engine, told = await _engine(tmp_path / "kept")
        await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        await engine.close()
        assert 0 < seed.sent - sent <= SHARED * PIECE
    assert all_files(save) == wanted()


async def test_a_whole_client_still_gets_it_all_from_others(source: Path, tmp_path: Path) -> None:
    with giving(source) as (content, seed):
        await asyncio.to_thread(fetch_all, content, seed, tmp_path / "usual")
    assert traces(tmp_path / "usual")  # so the search for traces finds them


def test_there_are_places_for_it_and_nobody_elses(tmp_path: Path) -> None:
    made = aside.Aside(tmp_path / "kept")
    first = made.make("one", 1000)
    assert first.parent.parent == aside.MEMORY
    assert first.parent.stat().st_mode & 0o77 == 0
    big = made.make("two", aside.MOST)  # beside the first it is too much
    assert big.is_relative_to(tmp_path / "kept")
    made.drop(first)
    made.clear()
    assert not first.parent.exists()
    assert not big.exists()
    first.parent.symlink_to(tmp_path)  # somebody else was quicker
    try:
        assert made.make("one", 1000).is_relative_to(tmp_path / "kept")
    finally:
        first.parent.unlink()
