"""Torrents from a real swarm on this machine: what is fetched, what never is, what is told."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import libtorrent as lt
import pytest

from app.domain.errors import InvalidInput, NotFound, Unavailable
from app.infra.torrents.engine import TorrentEngine
from app.infra.torrents.ground import Change
from app.infra.torrents.metadata import read_torrent
from app.infra.torrents.status import TorrentState
from tests.fakes.ranges import serve_file
from tests.fakes.swarm import PIECE, made_of, many_files, seeding
from tests.fakes.web import web_server
from tests.unit.infra.torrents.conftest import FILES
from tests.unit.infra.torrents.swarming import HERE, Told, lying, number_of, until

WANTED = {
    f"Film/{name}": content
    for name, content in FILES.items()
    if name not in ("setup.exe", "open me.mkv.lnk")
}
KINDS = {"old": lt.create_torrent.v1_only, "both": 0, "new": lt.create_torrent.v2_only}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("by", ["file", "magnet"])
async def test_it_comes_whole_but_for_programs(
    engine: TorrentEngine, told: Told, film: Path, save: Path, kind: str, by: str
) -> None:
    content = made_of(film, KINDS[kind])
    with seeding(content, film.parent) as seed:
        link = f"magnet:?xt=urn:btmh:1220{seed.hashes.v2}&{seed.here}"
        magnet = link if kind == "new" else seed.magnet
        torrent = await engine.add(content if by == "file" else magnet, save, "one")
        torrent.add_peers([seed.peer])
        files = await torrent.contents(20)
        await told.wait(Change.FINISHED)
        assert lying(save) == WANTED
    if by == "file" or kind == "old":  # the newer kinds have parts peers tell later
        assert read_torrent(torrent.content()) == read_torrent(content)
    assert {one.path for one in files if one.refused} == {
        "Film/setup.exe",
        "Film/open me.mkv.lnk",
    }
    assert torrent.status().state is TorrentState.SEEDING
    assert torrent.status().done == torrent.status().size == sum(map(len, WANTED.values()))
    assert {str(path.relative_to(save)) for path in torrent.paths().values()} == set(WANTED)
    assert set(torrent.pieces()) <= {0, 255}
    assert torrent.status().files_done == len(WANTED)


async def test_nothing_of_it_is_asked_for_before_it_is_known_what_it_is(
    engine: TorrentEngine, told: Told, film: Path, save: Path
) -> None:
    with seeding(made_of(film), film.parent) as seed:
        chosen = {0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0}
        torrent = await engine.add(seed.magnet, save, "one", priorities=chosen)
        await torrent.contents(20)
        await told.wait(Change.CHECKED)
        assert not any(one.priority for one in torrent.files())
        await asyncio.sleep(0.7)  # a peer would have given it all by now
        assert seed.sent == 0
        assert lying(save) == {}
        torrent.choose({number_of(torrent, "subs/en.srt"): 4})
        await until(lambda: "Film/subs/en.srt" in lying(save))
        await until(lambda: lying(save)["Film/subs/en.srt"] == FILES["subs/en.srt"])
    assert set(lying(save)) == {"Film/subs/en.srt"}


async def test_only_what_is_chosen_comes_and_the_rest_may_follow(
    engine: TorrentEngine, told: Told, film: Path, save: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent) as seed:
        torrent = await engine.add(content, save, "one", paused=True)
        everything = [one.index for one in torrent.files()]
        torrent.choose({**dict.fromkeys(everything, 0), number_of(torrent, "extra.mkv"): 7})
        torrent.add_peers([seed.peer])
        torrent.go()
        await told.wait(Change.FINISHED)
        there = {path: one for path, one in lying(save).items() if one}
        assert there == {"Film/extra.mkv": FILES["extra.mkv"]}
        assert torrent.status().size == len(FILES["extra.mkv"])
        # A program stays out even when it is asked for by its number.
        torrent.choose(dict.fromkeys(everything, 7))
        await told.wait(Change.FINISHED, times=2)
    assert set(lying(save)) >= {"Film/film.mkv", "Film/extra.mkv", "Film/subs/en.srt"}
    assert not {"Film/setup.exe", "Film/open me.mkv.lnk"} & set(lying(save))
    assert lying(save)["Film/film.mkv"] == FILES["film.mkv"]


async def test_the_same_twice_is_refused_and_names_the_first(
    engine: TorrentEngine, film: Path, save: Path
) -> None:
    content = made_of(film, 0)
    with seeding(content, film.parent) as seed:
        await engine.add(content, save, "one")
        for again in (content, seed.magnet, f"magnet:?xt=urn:btmh:1220{seed.hashes.v2}"):
            with pytest.raises(InvalidInput) as refused:
                await engine.add(again, save, "two")
            assert (refused.value.key, refused.value.args_map) == (
                "errors.download_known",
                {"id": "one"},
            )
    assert engine.get("one").name == "Film"
    with pytest.raises(NotFound):
        engine.get("two")


async def test_what_is_broken_leaves_nothing_behind(
    engine: TorrentEngine, save: Path, tmp_path: Path
) -> None:
    crowd = many_files(*({"path": [str(n)], "length": 1} for n in range(20_001)))
    for source, key in (
        (b"<html>", "errors.torrent_broken"),
        (b"d" + b"x" * 10_000_000, "errors.torrent_too_large"),
        (crowd, "errors.torrent_too_many_files"),
        ("magnet:?xt=urn:btih:xyz", "errors.magnet_broken"),
        ("magnet:?xt=urn:btih:" + "0" * 40, "errors.magnet_broken"),
    ):
        with pytest.raises(InvalidInput) as refused:
            await engine.add(source, save, "one")
        assert refused.value.key == key
    with pytest.raises(NotFound):
        engine.get("one")
    assert not save.exists()


async def test_a_magnet_link_to_a_crowd_of_files_fails_before_anything_comes(
    engine: TorrentEngine, told: Told, save: Path, tmp_path: Path
) -> None:
    crowd = many_files(*({"path": [str(n)], "length": 1} for n in range(20_001)))
    with seeding(crowd, tmp_path) as seed:
        torrent = await engine.add(seed.magnet, save, "one")
        with pytest.raises(InvalidInput) as refused:
            await torrent.contents(20)
    assert refused.value.key == torrent.status().reason == "errors.torrent_too_many_files"
    assert torrent.status().state is TorrentState.FAILED
    assert lying(save) == {}


async def test_nobody_there_is_told(engine: TorrentEngine, save: Path) -> None:
    torrent = await engine.add("magnet:?xt=urn:btih:" + "a" * 40 + "&dn=Film", save, "one")
    with pytest.raises(Unavailable) as silent:
        await torrent.contents(0.2)
    assert silent.value.key == "errors.torrent_silent"
    assert (torrent.name, torrent.status().state) == ("Film", TorrentState.LOOKING)
    assert (torrent.status().size, torrent.files(), torrent.pieces()) == (None, (), b"")


async def test_a_pause_stops_it_and_it_goes_on(
    engine: TorrentEngine, told: Told, film: Path, save: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent, limit=200_000) as seed:
        torrent = await engine.add(content, save, "one", also=seed.magnet)
        await until(lambda: torrent.status().done)
        torrent.pause()
        await until(lambda: (engine.folder / "one.resume").exists())
        await asyncio.sleep(0.3)
        there = torrent.status().done
        assert torrent.status().paused
        await asyncio.sleep(0.5)
        assert torrent.status().done == there
        assert (torrent.status().down, torrent.status().connections) == (0, 0)
        seed.slow_down(0)
        torrent.go()
        await told.wait(Change.FINISHED)
    assert lying(save) == WANTED


async def test_limits_are_kept_to_peers_in_the_house_too(
    engine: TorrentEngine, film: Path, save: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent) as seed:
        torrent = await engine.add(content, save, "one")
        torrent.limit(100_000, 0)
        torrent.add_peers([seed.peer])
        await until(lambda: torrent.status().done)
        await asyncio.sleep(1.0)
        assert torrent.status().done < 600_000
        torrent.limit(0, 0)
        await until(lambda: torrent.status().state is TorrentState.SEEDING)


async def test_details_tell_peers_trackers_and_web_seeds(
    engine: TorrentEngine, film: Path, save: Path
) -> None:
    async with web_server() as tracker:
        told = made_of(
            film, trackers=[f"{tracker.url}/announce"], web_seeds=[f"{tracker.url}/films/"]
        )
        with seeding(told, film.parent, limit=100_000) as seed:
            torrent = await engine.add(told, save, "one")
            torrent.add_peers([seed.peer])
            here = f"127.0.0.1:{seed.peer[1]}"
            await until(lambda: (here, 1.0) in {(o.address, o.progress) for o in torrent.peers()})
            await until(lambda: torrent.trackers())
            peer = next(one for one in torrent.peers() if one.address == here)
            assert peer.client.startswith("libtorrent")
            assert torrent.trackers()[0].host == tracker.url.partition("://")[2]
            assert torrent.web_seeds() == (f"{tracker.url}/films/",)
            await until(lambda: torrent.status().connections)
            await until(lambda: torrent.status().down > 0)
            assert engine.totals()[0] > 0
            assert (torrent.status().availability or 0) >= 1


async def test_a_web_server_may_give_it_all(
    engine: TorrentEngine, told: Told, film: Path, save: Path
) -> None:
    async with web_server() as server:
        for name, content in FILES.items():
            server.answers[f"/films/Film/{name}"] = serve_file(content)
        torrent = await engine.add(made_of(film, web_seeds=[f"{server.url}/films/"]), save, "one")
        await told.wait(Change.FINISHED)
    assert torrent.status().bad_pieces == 0
    assert lying(save) == WANTED


async def test_its_files_move_and_it_goes_on_there(
    engine: TorrentEngine, told: Told, film: Path, save: Path, tmp_path: Path
) -> None:
    content, other = made_of(film), tmp_path / "other" / "place"
    with seeding(content, film.parent, limit=300_000) as seed:
        torrent = await engine.add(content, save, "one", also=seed.magnet)
        await until(lambda: torrent.status().done)
        await torrent.move(other)
        seed.slow_down(0)
        await told.wait(Change.FINISHED)
    assert lying(other) == WANTED
    assert lying(save) == {}
    assert torrent.paths()[number_of(torrent, "film.mkv")] == other / "Film" / "film.mkv"


async def test_a_move_takes_nobody_elses_place(
    engine: TorrentEngine, told: Told, film: Path, save: Path, tmp_path: Path
) -> None:
    content, other = made_of(film), tmp_path / "other"
    (other / "Film").mkdir(parents=True)
    (other / "Film" / "film.mkv").write_bytes(b"mine")
    with seeding(content, film.parent) as seed:
        torrent = await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        with pytest.raises(InvalidInput) as refused:
            await torrent.move(other)
    assert refused.value.key == "errors.download_name_taken"
    assert lying(other) == {"Film/film.mkv": b"mine"}
    assert lying(save) == WANTED


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("linked", [False, True])
async def test_a_check_finds_what_was_spoilt_and_it_comes_again(
    engine: TorrentEngine, told: Told, film: Path, save: Path, paused: bool, linked: bool
) -> None:
    content = made_of(film)
    with seeding(content, film.parent) as seed:
        if linked:  # who has it is known by the link alone
            torrent = await engine.add(seed.magnet, save, "one")
        else:
            torrent = await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        if paused:
            torrent.pause()
        place = save / "Film" / "film.mkv"
        with place.open("r+b") as file:
            file.seek(300_000)
            file.write(b"spoilt")
        await torrent.check()
        assert torrent.status().done < sum(map(len, WANTED.values()))
        if paused:
            await asyncio.sleep(0.5)
            assert place.read_bytes() != FILES["film.mkv"]
            torrent.go()
        await until(lambda: place.read_bytes() == FILES["film.mkv"])


async def test_removing_it_takes_its_own_files_and_nobody_elses(
    engine: TorrentEngine, told: Told, film: Path, save: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent) as seed:
        await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        (save / "Film" / "mine.txt").write_bytes(b"mine")
        (save / "Film" / "setup.exe").write_bytes(b"mine too")
        await engine.remove("one", files=True)
    assert lying(save) == {"Film/mine.txt": b"mine", "Film/setup.exe": b"mine too"}
    assert [one.name for one in save.rglob("*.parts")] == []
    assert not (engine.folder / "one.resume").exists()
    with pytest.raises(NotFound):
        engine.get("one")
    with pytest.raises(NotFound):
        await engine.remove("one", files=True)


async def test_removing_it_alone_leaves_its_files(
    engine: TorrentEngine, told: Told, film: Path, save: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent) as seed:
        await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        await engine.remove("one", files=False)
        assert lying(save) == WANTED
        # Added again it finds them, and asks only for pieces that reach into the program.
        sent = seed.sent
        again = await engine.add(content, save, "two")
        again.add_peers([seed.peer])
        await told.wait(Change.FINISHED, "two")
        assert again.status().done == again.status().size
        assert seed.sent - sent <= 2 * PIECE
        await engine.remove("two", files=True)
    assert not (save / "Film").exists()
    assert save.exists()


async def test_a_folder_that_became_a_link_is_not_followed_by_removal(
    engine: TorrentEngine, told: Told, film: Path, save: Path, tmp_path: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent) as seed:
        await engine.add(content, save, "one", also=seed.magnet)
        await told.wait(Change.FINISHED)
        elsewhere = tmp_path / "elsewhere"
        (save / "Film").rename(elsewhere)
        (save / "Film").symlink_to(elsewhere)
        await engine.remove("one", files=True)
    assert lying(elsewhere) == {path.partition("/")[2]: one for path, one in WANTED.items()}


async def test_ending_is_quick_and_leaves_no_file_open(
    tmp_path: Path, film: Path, save: Path
) -> None:
    engine = TorrentEngine(tmp_path / "kept", HERE)
    content = made_of(film)
    with seeding(content, film.parent, limit=20_000) as seed:
        await engine.start()
        torrent = await engine.add(content, save, "one", also=seed.magnet)
        reader = torrent.open(number_of(torrent, "film.mkv"))
        places = (700_000, 400_000, 100_000)
        reading = [asyncio.create_task(reader.read(one, 1)) for one in places]
        await until(lambda: torrent.status().done)
        assert _open_files(tmp_path, film)
        async with asyncio.timeout(10):
            await engine.close()
        ended = await asyncio.gather(*reading, return_exceptions=True)
        assert any(isinstance(one, Unavailable) for one in ended)
        await until(lambda: not _open_files(tmp_path, film))
    await engine.close()
    assert (tmp_path / "kept" / "one.resume").exists()


def _open_files(below: Path, but: Path) -> int:
    """How many files are open in a folder, but those of the one who gives."""
    names = os.listdir("/proc/self/fd")
    links = [f"/proc/self/fd/{name}" for name in names]
    held = [os.readlink(one) for one in links if os.path.lexists(one)]
    return sum(one.startswith(str(below)) and not one.startswith(str(but)) for one in held)
