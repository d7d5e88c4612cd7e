"""What a torrent keeps between two runs, however the first one ended."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from pathlib import Path
from typing import Any

import libtorrent as lt
import pytest

from app.infra.torrents import resume
from app.infra.torrents.engine import TorrentEngine
from app.infra.torrents.ground import Change
from app.infra.torrents.layout import Layout
from app.infra.torrents.opening import open_torrent
from app.infra.torrents.places import hold
from tests.fakes.children import Nursery, nursery
from tests.fakes.swarm import PIECE, made_of, seeding
from tests.unit.infra.torrents.conftest import FILES
from tests.unit.infra.torrents.swarming import HERE, PATIENCE, Told, lying, number_of, until

KILLS = 50
BESIDE = 5
"""So many downloads side by side."""
SIZE = 8_000_000
RATE = 500_000
"""Bytes a second, so that a kill finds it at work; a kill costs a second of them at most."""
FLYING = 16 * PIECE
"""Bytes that are on their way at a kill, at most: asked for, or in the sockets of both sides."""


async def _run(
    nest: Nursery, file: Path, folder: Path, port: int, chance: random.Random
) -> tuple[int, int, bool]:
    """One run, killed after a moment: verified at its start, at its end, and whether it ended."""
    every = chance.choice(("0.05", "0.3", "30"))
    process = await nest.child(file, folder, str(port), every)
    began = last = -1
    whole = False
    killer: asyncio.TimerHandle | None = None
    async with asyncio.timeout(30):
        while line := await process.line():
            word, _, number = line.partition(" ")
            if word == "checked":
                began = last = int(number)
            elif word == "at":
                last = int(number)
                if killer is None:
                    loop = asyncio.get_running_loop()
                    killer = loop.call_later(chance.uniform(0, 0.4), process.kill)
            elif word == "whole":
                whole = True
        await process.ended()
    if killer is not None:
        killer.cancel()
    return began, last, whole


async def test_a_kill_costs_nothing_that_was_verified(tmp_path: Path) -> None:
    async with (
        nursery("tests.unit.infra.torrents.fetcher") as nest,
        asyncio.TaskGroup() as beside,
    ):
        killed = [
            beside.create_task(_killed_again_and_again(nest, tmp_path / str(one), one))
            for one in range(BESIDE)
        ]
    assert sum(task.result() for task in killed) >= KILLS


async def _killed_again_and_again(nest: Nursery, place: Path, seed_of_chance: int) -> int:
    """One download that is killed until it has to end well; how often it was."""
    chance = random.Random(seed_of_chance)
    folder = place / "seed" / "Film"
    folder.mkdir(parents=True)
    (folder / "film.mkv").write_bytes(os.urandom(SIZE))
    (folder / "subs.srt").write_bytes(os.urandom(3_000))
    file = place / "film.torrent"
    file.write_bytes(made_of(folder))
    lost, runs, whole = 0, 0, False
    with seeding(file.read_bytes(), folder.parent, limit=RATE) as seed:
        before = 0
        while not whole:
            if runs >= KILLS // BESIDE + 1:
                seed.slow_down(0)
            began, last, whole = await _run(nest, file, place, seed.peer[1], chance)
            # What was on its way to the disk as it was verified: pieces of one peer.
            lost += max(0, before - began)
            assert before - began <= RATE
            before, runs = last, runs + 1
        # Fetched again is only what no piece was whole of yet.
        assert seed.sent <= SIZE + runs * FLYING
    assert lying(place / "save") == {f"Film/{name}": one for name, one in lying(folder).items()}
    assert lost <= 2 * PIECE * runs
    return runs - 1


async def test_a_kill_as_the_contents_of_a_magnet_link_come_leaves_all_of_it_wanted(
    tmp_path: Path, film: Path, save: Path
) -> None:
    with seeding(made_of(film), film.parent, limit=300_000) as seed:
        first = TorrentEngine(tmp_path / "kept", HERE)
        await first.start()
        torrent = await first.add(seed.magnet, save, "one")
        torrent.add_peers([seed.peer])
        await torrent.contents(PATIENCE)
        # What a kill would leave at this moment, and at every other before it is kept again.
        shutil.copytree(tmp_path / "kept", tmp_path / "left")
        await first.close()
        seed.slow_down(0)
        second = TorrentEngine(tmp_path / "left", HERE)
        await second.start()
        told = Told(second)
        again = await second.add(seed.magnet, save, "one")
        again.add_peers([seed.peer])
        await told.wait(Change.FINISHED)
        await second.close()
    assert lying(save)["Film/film.mkv"] == FILES["film.mkv"]


async def test_after_a_pause_and_an_end_it_goes_on_where_it_was(
    tmp_path: Path, film: Path, save: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent, limit=300_000) as seed:
        first = TorrentEngine(tmp_path / "kept", HERE)
        await first.start()
        torrent = await first.add(content, save, "one")
        number = number_of(torrent, "extra.mkv")
        torrent.choose({number: 0})
        torrent.add_peers([seed.peer])
        await until(lambda: torrent.status().done > 3 * PIECE)
        await first.close()
        there = sum(one.stat().st_blocks * 512 for one in save.rglob("*") if one.is_file())
        second = TorrentEngine(tmp_path / "kept", HERE)
        await second.start()
        told = Told(second)
        sent = seed.sent
        again = await second.add(seed.magnet, save, "one", paused=True)
        assert again.has_contents
        await told.wait(Change.CHECKED)
        begun = again.status().done
        assert 3 * PIECE < begun <= there
        assert again.files()[number].priority == 0
        seed.slow_down(0)
        again.go()
        again.add_peers([seed.peer])
        await told.wait(Change.FINISHED)
        wanted = again.status().size or 0
        assert seed.sent - sent <= wanted - begun + 4 * PIECE
        await second.close()
        third = TorrentEngine(tmp_path / "kept", HERE)
        await third.start()
        seen = Told(third)
        done = await third.add(content, save, "one")
        await seen.wait(Change.FINISHED)
        assert done.status().done == wanted
        await until(lambda: done.status().received >= wanted)
        await third.close()
    assert lying(save)["Film/film.mkv"] == FILES["film.mkv"]
    assert (tmp_path / "kept" / "one.resume").stat().st_mode & 0o77 == 0


async def test_a_damaged_or_foreign_record_is_as_none(
    tmp_path: Path, film: Path, save: Path
) -> None:
    content = made_of(film)
    kept = tmp_path / "kept" / "one.resume"
    kept.parent.mkdir()
    other = tmp_path / "other" / "Other"
    other.mkdir(parents=True)
    (other / "b.mkv").write_bytes(b"x" * 50_000)
    foreign = open_torrent(tmp_path / "none", made_of(other), tmp_path / "x", None)
    assert foreign.place is not None
    foreign.place.close()
    with seeding(content, film.parent) as seed:
        for damage in (b"", b"\x00\xff" * 300, b"d" * 50_000, resume.packed(foreign.params, None)):
            kept.write_bytes(damage)
            engine = TorrentEngine(tmp_path / "kept", HERE)
            await engine.start()
            told = Told(engine)
            torrent = await engine.add(content, save, "one")
            assert torrent.name == "Film"
            torrent.add_peers([seed.peer])
            await told.wait(Change.FINISHED)
            await engine.remove("one", files=True)
            await engine.close()


async def test_what_is_kept_never_vouches_for_what_is_not_there(
    engine: TorrentEngine, told: Told, film: Path, save: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent) as seed:
        torrent = await engine.add(content, save, "one")
        torrent.add_peers([seed.peer])
        await told.wait(Change.FINISHED)
        await engine.release("one")
    params = resume.load(engine.folder / "one.resume")
    assert params is not None
    have = list(params.have_pieces)
    assert any(have)
    unsure = bytes(number % 2 for number in range(len(have)))
    kept = resume.parse(resume.packed(params, unsure))
    assert list(kept.have_pieces) == [one and bool(n % 2) for n, one in enumerate(have)]


@pytest.mark.parametrize("spoil", [False, True])
def test_pieces_on_the_disk_are_found_and_proved(tmp_path: Path, film: Path, spoil: bool) -> None:
    content = made_of(film)
    opened = open_torrent(tmp_path / "none", content, film.parent, None)
    assert opened.layout is not None
    assert opened.place is not None
    params, layout = opened.params, opened.layout
    params.have_pieces = [False] * layout.count
    if spoil:
        with (film / "film.mkv").open("r+b") as file:
            file.seek(100_000)
            file.write(b"spoilt")
    found = resume.recover(params, layout, opened.place)
    wanted = [one for one in layout.entries if not one.refused]
    clean = {
        piece
        for piece in range(layout.count)
        if {one.number for one in layout.files(piece)} <= {one.number for one in wanted}
    }
    film_at = next(one.offset for one in wanted if one.path.endswith("film.mkv"))
    clean -= {(film_at + 100_000) // PIECE} if spoil else set()
    assert {at for at, here in enumerate(params.have_pieces) if here} == clean
    assert found == len(clean)
    opened.place.close()


@pytest.mark.parametrize("spoil", [False, True])
@pytest.mark.parametrize("piece", [PIECE, 4 * PIECE])
def test_pieces_of_newer_torrents_are_proved_by_their_file(
    tmp_path: Path, film: Path, spoil: bool, piece: int
) -> None:
    content = made_of(film, lt.create_torrent.v2_only, piece=piece)
    opened = open_torrent(tmp_path / "none", content, film.parent, None)
    assert opened.layout is not None
    assert opened.place is not None
    params, layout = opened.params, opened.layout
    entry = next(one for one in layout.entries if one.path.endswith("film.mkv"))
    params.have_pieces = [False] * layout.count
    if spoil:
        with (film / "film.mkv").open("r+b") as file:
            file.seek(600_000)
            file.write(b"spoilt")
    wanted = {at for one in layout.entries if not one.refused for at in layout.pieces(one)}
    wanted -= {(entry.offset + 600_000) // piece} if spoil else set()
    assert resume.recover(params, layout, opened.place, [b"", content]) == len(wanted)
    assert {at for at, here in enumerate(params.have_pieces) if here} == wanted
    # Without the hashes only libtorrent can tell, and has to look at everything.
    params.have_pieces = [False] * layout.count
    assert resume.recover(params, layout, opened.place, [b"", b"i1e", _lying(content)]) == 0
    assert params.have_pieces == []
    opened.place.close()


def _lying(content: bytes) -> bytes:
    """The same with hashes that do not lead to the root."""
    told: Any = lt.bdecode(content)
    lie: Any = lt.bencode
    layers = {root: bytes(len(layer)) for root, layer in told[b"piece layers"].items()}
    return bytes(lie({**told, b"piece layers": layers}))


@pytest.mark.parametrize("piece", [PIECE, 4 * PIECE])
async def test_pieces_of_a_newer_magnet_link_are_proved_by_what_was_kept(
    engine: TorrentEngine, told: Told, film: Path, save: Path, piece: int
) -> None:
    content = made_of(film, lt.create_torrent.v2_only, piece=piece)
    with seeding(content, film.parent) as seed:
        link = f"magnet:?xt=urn:btmh:1220{seed.hashes.v2}&{seed.here}"
        await engine.add(link, save, "one")
        await told.wait(Change.FINISHED)
        await engine.release("one")
    kept = (engine.folder / "one.resume").read_bytes()
    params = resume.parse(kept)
    layout = Layout.of(params.ti)
    params.have_pieces = [False] * layout.count
    place = hold(save, make=False)
    wanted = {at for one in layout.entries if not one.refused for at in layout.pieces(one)}
    assert resume.recover(params, layout, place, [kept]) == len(wanted)
    assert {at for at, here in enumerate(params.have_pieces) if here} == wanted
    place.close()


def test_holes_are_not_read_as_pieces(tmp_path: Path) -> None:
    folder = tmp_path / "seed" / "Film"
    folder.mkdir(parents=True)
    (folder / "film.mkv").write_bytes(bytes(20 * 65_536))
    content = made_of(folder, piece=65_536)
    opened = open_torrent(tmp_path / "none", content, tmp_path / "save", None)
    assert isinstance(opened.layout, Layout)
    assert opened.place is not None
    (tmp_path / "save" / "Film").mkdir()
    with (tmp_path / "save" / "Film" / "film.mkv").open("wb") as file:
        file.truncate(20 * 65_536)
        file.seek(3 * 65_536)
        file.write(bytes(65_536))
    opened.params.have_pieces = [False] * opened.layout.count
    # Every piece would be right, but only one was written.
    assert resume.recover(opened.params, opened.layout, opened.place) == 1
    assert opened.params.have_pieces[3]
    opened.place.close()


def test_files_that_are_links_now_are_not_read(tmp_path: Path, film: Path) -> None:
    content = made_of(film)
    (tmp_path / "save").mkdir()
    (tmp_path / "save" / "Film").symlink_to(film)
    place = hold(tmp_path / "save", make=False)
    opened = open_torrent(tmp_path / "none", content, tmp_path / "save", None)
    assert opened.layout is not None
    assert opened.place is not None
    opened.params.have_pieces = [False] * opened.layout.count
    assert resume.recover(opened.params, opened.layout, place) == 0
    place.close()
    opened.place.close()
