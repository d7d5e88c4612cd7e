"""Bad days of torrents: liars, peers that vanish, disks that fill up or go, files made to hurt."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.infra.growing import Span
from app.infra.torrents.engine import TorrentEngine
from app.infra.torrents.ground import Change
from app.infra.torrents.status import TorrentState
from tests.fakes.swarm import PIECE, bencode, listed, made_of, many_files, one_file, seeding
from tests.unit.infra.torrents.conftest import FILES
from tests.unit.infra.torrents.swarming import Told, lying, number_of, until

WANTED = {f"Film/{name}": one for name, one in FILES.items() if not name.endswith((".exe", ".lnk"))}
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")


# Peers.


async def test_one_who_sends_garbage_is_banned_and_a_good_one_gives_it_all(
    engine: TorrentEngine, told: Told, film: Path, save: Path, tmp_path: Path
) -> None:
    content = made_of(film)
    bad = tmp_path / "bad" / "Film"
    for name, one in FILES.items():
        (bad / name).parent.mkdir(parents=True, exist_ok=True)
        (bad / name).write_bytes(bytes(len(one)))
    elsewhere: dict[str, Any] = {
        "listen_interfaces": "127.0.0.2:0",
        "outgoing_interfaces": "127.0.0.2",
    }
    with (
        seeding(content, bad.parent, garbage=True) as liar,
        seeding(content, film.parent, **elsewhere) as good,  # a ban is for an address
    ):
        torrent = await engine.add(content, save, "one")
        reader = torrent.open(number_of(torrent, "film.mkv"))
        reading = asyncio.create_task(reader.read(0, 1_000))
        torrent.add_peers([liar.peer])
        await until(lambda: torrent.status().banned and torrent.status().bad_pieces)
        assert torrent.status().done == 0
        assert not reading.done()
        torrent.add_peers([("127.0.0.2", good.peer[1])])
        assert await reading == FILES["film.mkv"][:1_000]
        await told.wait(Change.FINISHED)
        reader.close()
    assert lying(save) == WANTED


async def test_peers_that_vanish_are_no_failure(
    engine: TorrentEngine, told: Told, film: Path, save: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent, limit=300_000) as first:
        torrent = await engine.add(content, save, "one")
        torrent.add_peers([first.peer])
        await until(lambda: torrent.status().done)
        first.leave()
        await until(lambda: torrent.status().connections == 0)
        assert torrent.status().state is TorrentState.LOADING
        assert torrent.status().reason == ""
        with seeding(content, film.parent) as second:
            torrent.add_peers([second.peer])
            await told.wait(Change.FINISHED)
    assert lying(save) == WANTED


# Disks.


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    _mount(place, "size=900k")
    yield place
    # Lazily: the engine still holds it.
    unmount = ["umount", "-l", str(place)]
    while subprocess.run(unmount, check=False, capture_output=True).returncode == 0:
        pass


def _mount(place: Path, *options: str) -> None:
    chosen = ",".join(options)
    command = ["mount", "-t", "tmpfs", "-o", chosen, "tmpfs", str(place)]
    if "remount" in chosen:
        command = ["mount", "-o", chosen, str(place)]
    subprocess.run(command, check=True)


def _show(disk: Path, place: Path) -> None:
    subprocess.run(["mount", "--bind", str(disk), str(place)], check=True)


def _unmount(place: Path) -> None:
    subprocess.run(["umount", "-l", str(place)], check=True)


@needs_root
async def test_a_full_disk_stops_it_and_nothing_is_lost(
    engine: TorrentEngine, told: Told, film: Path, disk: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent) as seed:
        torrent = await engine.add(content, disk / "save", "one")
        number = number_of(torrent, "film.mkv")
        (disk / "ballast").write_bytes(bytes(400_000))
        torrent.add_peers([seed.peer])
        await told.wait(Change.FAILED)
        status = torrent.status()
        assert (status.state, status.reason) == (TorrentState.FAILED, "errors.disk_full")
        assert status.reason_args == {"folder": str(disk / "save")}
        # Still full: it fails again, and says so.
        torrent.go()
        await told.wait(Change.FAILED, times=2)
        (disk / "ballast").unlink()
        _mount(disk, "remount", "size=8m")
        reader = torrent.open(number)
        torrent.go()
        assert await reader.read(0, 10) == FILES["film.mkv"][:10]
        await told.wait(Change.FINISHED)
        assert torrent.status().reason == ""
        reader.close()
    assert lying(disk / "save") == WANTED


@needs_root
async def test_a_disk_that_may_only_be_read_stops_it(
    engine: TorrentEngine, told: Told, film: Path, disk: Path
) -> None:
    _mount(disk, "remount", "size=8m")
    content = made_of(film)
    with seeding(content, film.parent, limit=300_000) as seed:
        torrent = await engine.add(content, disk / "save", "one", also=seed.magnet)
        await until(lambda: torrent.status().done)
        torrent.pause()
        await torrent.flush()
        await engine.release("one")  # or its open files keep the disk from being changed
        _mount(disk, "remount", "ro")
        torrent = await engine.add(content, disk / "save", "one", also=seed.magnet)
        await told.wait(Change.FAILED)
        assert torrent.status().reason == "errors.disk_read_only"
        _mount(disk, "remount", "rw")
        seed.slow_down(0)
        torrent.go()
        await told.wait(Change.FINISHED)
    assert lying(disk / "save") == WANTED


@needs_root
async def test_a_disk_that_is_pulled_out_stops_it_and_nothing_lands_elsewhere(
    engine: TorrentEngine, told: Told, film: Path, disk: Path
) -> None:
    _mount(disk, "remount", "size=8m")
    keep = disk.parent / "the same disk"
    keep.mkdir()
    _show(disk, keep)
    content = made_of(film)
    try:
        with seeding(content, film.parent, limit=300_000) as seed:
            torrent = await engine.add(content, disk / "save", "one", also=seed.magnet)
            await until(lambda: torrent.status().done)
            _unmount(disk)
            await told.wait(Change.FAILED)
            assert torrent.status().reason == "errors.disk_away"
            assert list(disk.iterdir()) == []
            # Not back yet: the folder it was mounted at is there, and stays empty.
            torrent.go()
            await told.wait(Change.FAILED, times=2)
            assert torrent.status().reason == "errors.disk_away"
            (disk / "save").mkdir()
            torrent.go()
            await told.wait(Change.FAILED, times=3)
            assert lying(disk) == {}
            _show(keep, disk)
            seed.slow_down(0)
            torrent.go()
            await told.wait(Change.FINISHED)
        assert lying(disk / "save") == WANTED
    finally:
        _unmount(keep)


async def test_a_folder_that_is_away_is_told_and_not_made_anew(
    engine: TorrentEngine, told: Told, film: Path, save: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent) as seed:
        torrent = await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        await engine.release("one")
        away = save.rename(save.with_name("away"))
        torrent = await engine.add(content, save, "one")
        assert torrent.status().reason == "errors.disk_away"
        assert not save.exists()
        away.rename(save)
        torrent.go()
        await told.wait(Change.FINISHED, times=2)
        assert torrent.status().done == torrent.status().size


# Torrents made to hurt.

HOSTILE = {
    "out of the folder": many_files(listed("..", "..", "..", "evil.mkv"), listed("ok.mkv")),
    "from the root": many_files(listed("/etc/evil.mkv"), listed("/", "etc", "evil.mkv")),
    "as Windows does": many_files(listed("..\\..\\evil.mkv"), listed("C:", "evil.mkv")),
    "a name out of the folder": one_file(name="../../evil.mkv"),
    "a name from the root": one_file(name="/tmp/evil.mkv"),
    "an end in the name": one_file(name="film.exe\x00.mkv"),
    "orders to a terminal": one_file(name="film\x1b[31m\r\n\x07.mkv"),
    "letters that turn round": one_file(name="film\u202evkm.exe"),
    "no letters at all": one_file(name=b"\xff\xfe\x80.mkv"),
    "very long": one_file(name="x" * 10_000 + ".mkv"),
    "twice the same": many_files(*(listed(name) for name in ("a.mkv", "A.MKV", "a.mkv", "a.mkv"))),
    "a file that is a folder too": many_files(listed("a"), listed("a", "b.mkv")),
    "a link out of it": many_files(
        listed("l", length=0, attr="l", **{"symlink path": ["..", "..", "etc", "passwd"]}),
        listed("a.mkv"),
    ),
    "a link to a folder and a file in it": many_files(
        listed("l", length=0, attr="l", **{"symlink path": ["/tmp"]}), listed("l", "evil.mkv")
    ),
    "only padding": many_files(listed(".pad", "5", attr="p")),
    "programs of no size": many_files(
        listed("a.exe", length=0), listed("b.lnk", length=0), listed("c.mkv")
    ),
    "deep": many_files(listed(*["d"] * 90, "a.mkv")),
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
async def test_nothing_is_written_outside_the_folder_and_no_links(
    engine: TorrentEngine, content: bytes, tmp_path: Path
) -> None:
    save = tmp_path / "deep" / "down" / "save"
    source = tmp_path / "source"
    before = _everything(tmp_path)
    torrent = await engine.add(content, save, "one")
    # Whoever gives it sends five letters, whatever they should be: they never fit.
    with seeding(content, source, garbage=True) as seed:
        torrent.add_peers([seed.peer])
        await until(lambda: torrent.status().state is not TorrentState.CHECKING)
        await asyncio.sleep(0.05)
    for one in torrent.files():
        assert not one.path.startswith("/")
        assert ".." not in one.path.split("/")
        assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in one.path)
    for path in _everything(tmp_path) - before:
        if path.is_relative_to(source):  # another engine's: it writes programs and links
            continue
        inside = path.is_relative_to(save) or path in save.parents or path == save
        assert inside or path.is_relative_to(engine.folder), path
        assert not path.is_symlink()
        assert not path.name.endswith((".exe", ".lnk"))
    await engine.remove("one", files=True)


def _everything(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


async def test_a_giant_that_fits_nowhere_costs_no_memory_and_no_disk(
    engine: TorrentEngine, told: Told, save: Path
) -> None:
    pieces = 300_000
    giant = bencode({
        "info": {"name": "giant.mkv", "piece length": 16 << 20, "length": pieces * (16 << 20),
                 "pieces": bytes(range(20)) * pieces}
    })  # fmt: skip
    before = _resident()
    torrent = await engine.add(giant, save, "one")
    await told.wait(Change.CHECKED)
    assert torrent.status().size == pieces * (16 << 20)
    assert len(torrent.pieces()) == 400
    reader = torrent.open(0)
    reader.aim([Span(0, 1 << 40)])
    assert reader.ready(0) == 0
    reader.close()
    assert _resident() - before < 150_000_000
    assert sum(one.stat().st_blocks for one in save.rglob("*")) * 512 < 1_000_000


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


async def test_pieces_of_sixteen_megabytes_stay_within_the_bound(
    engine: TorrentEngine, told: Told, tmp_path: Path, save: Path
) -> None:
    folder = tmp_path / "seed" / "Film"
    folder.mkdir(parents=True)
    block = os.urandom(1 << 20)
    with (folder / "film.mkv").open("wb") as file:
        for number in range(80):
            file.write(number.to_bytes(4, "big") + block[4:])
    content = made_of(folder, piece=16 << 20)
    most = 0

    def held(_piece: object) -> None:
        nonlocal most
        most = max(most, engine.reads.held)

    with seeding(content, folder.parent) as seed:
        torrent = await engine.add(content, save, "one")
        body = torrent._body
        torrent.add_peers([seed.peer])
        readers = [torrent.open(0) for _ in range(5)]
        chance = random.Random(3)
        places = [chance.randrange(80) << 20 for _ in readers]
        for round_ in range(3):
            assert body.pieces is not None
            body.pieces.unsettle(changing=False)  # as if all were on the way to the file
            got = await asyncio.gather(
                *(one.read(place, 4) for one, place in zip(readers, places, strict=True))
            )
            held(round_)
            assert got == [(place >> 20).to_bytes(4, "big") for place in places]
            places = [(place + (16 << 20)) % (80 << 20) for place in places]
        assert most <= 32 << 20
        for reader in readers:
            reader.close()


def test_pieces_are_small_here() -> None:
    """So that what reaches into a refused file is tested: the program shares two of them."""
    assert len(FILES["setup.exe"]) > 2 * PIECE
