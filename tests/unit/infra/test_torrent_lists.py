"""Lists of torrents: from hostile files, and from a real swarm that gives nothing else away."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import threading
import time
import unicodedata
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import libtorrent as lt
import pytest
from aiohttp import web

from app.domain.errors import InvalidInput, Unavailable
from app.infra import torrent_lists
from app.infra.torrent_lists import (
    LARGEST,
    MOST_FILES,
    TorrentContents,
    TorrentFile,
    TorrentLists,
    read_torrent,
)
from tests.fakes.swarm import (
    HOME,
    PIECE,
    bencode,
    fetch_all,
    listed,
    made_of,
    many_files,
    one_file,
    seeding,
)
from tests.fakes.web import web_server

NOBODY = "magnet:?xt=urn:btih:" + "a" * 40
PAYLOAD = {"film.mkv": os.urandom(300_000), "subs/en.srt": b"1\n"}


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A folder that is worth sharing."""
    folder = tmp_path / "seed" / "Film"
    for name, content in PAYLOAD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
async def lists() -> AsyncIterator[TorrentLists]:
    made = TorrentLists(lambda: "lo", find_peers=False)
    yield made
    await made.close()


async def _asked_in_vain(lists: TorrentLists) -> asyncio.Task[TorrentContents]:
    """Somebody waits for what nobody has."""
    asking = asyncio.create_task(lists.of_magnet(NOBODY, 60.0))
    while not lists._handles:  # noqa: ASYNC110 - the next turn of the loop has it
        await asyncio.sleep(0)
    return asking


# Files.


def test_a_file_is_read_in_its_own_order(film: Path) -> None:
    found = read_torrent(made_of(film))
    assert (found.name, found.piece_length) == ("Film", PIECE)
    assert {(one.path, one.size) for one in found.files} == {
        ("Film/film.mkv", 300_000),
        ("Film/subs/en.srt", 2),
    }
    assert len(found.info_hash) == 40


@pytest.mark.parametrize("flags", [0, lt.create_torrent.v2_only], ids=["hybrid", "v2"])
def test_the_newer_kinds_are_read(film: Path, flags: int) -> None:
    found = read_torrent(made_of(film, flags))
    assert {one.path for one in found.files} == {"Film/film.mkv", "Film/subs/en.srt"}


def test_padding_is_no_file() -> None:
    padding = listed(".pad", "3", length=3, attr="p")
    found = read_torrent(many_files(listed("a.mkv"), padding, listed("b.mkv")))
    assert found.files == (TorrentFile("Film/a.mkv", 5), TorrentFile("Film/b.mkv", 5))


BROKEN = {
    "nothing": b"",
    "garbage": b"\x00\xff" * 500,
    "a web page": b"<!doctype html><html></html>",
    "a number": b"i5e",
    "cut off": one_file()[:-3],
    "deep lists": b"l" * 100_000 + b"e" * 100_000,
    "deep names": b"d1:a" * 100_000,
    "an endless text": b"d4:info99999999999999999999:a",
    "no info": b"de",
    "info is a list": b"d4:infolee",
    "no pieces": one_file(pieces=None),
    "odd pieces": one_file(pieces=b"x" * 19),
    "no length of pieces": one_file(piece_length=0),
    "pieces of a negative length": one_file(piece_length=-1),
    "a negative size": one_file(length=-5),
    "a size beyond all": one_file(length=2**63),
    "a size its pieces cannot hold": one_file(length=2**50),
    "one negative size": many_files(listed("a.mkv", length=-5), listed("b.mkv")),
    "no name": one_file(name=None),
    "a name that is a folder": one_file(name=".."),
    "a path of nothing": many_files(listed()),
    "a path of numbers": bencode(
        {"info": {"name": "a", "piece length": PIECE, "pieces": b"x" * 20,
                  "files": [{"path": [1, 2], "length": 5}]}}
    ),
    "a path without end": many_files(listed(*["d"] * 5000, "a.mkv")),
}  # fmt: skip


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput) as told:
        read_torrent(content)
    assert told.value.key == "errors.torrent_broken"


def test_what_is_made_to_hurt_is_refused() -> None:
    with pytest.raises(InvalidInput) as huge:
        read_torrent(b"d" + b"x" * LARGEST)
    assert huge.value.key == "errors.torrent_too_large"
    with pytest.raises(InvalidInput) as crowded:
        read_torrent(many_files(*(listed(str(n), length=1) for n in range(100_000))))
    assert crowded.value.args_map == {"most": MOST_FILES}


HOSTILE = {
    "out of the folder": many_files(listed("..", "..", "etc", "passwd"), listed("ok.mkv")),
    "from the root": many_files(listed("/etc/passwd"), listed("/", "etc", "shadow")),
    "as Windows does": many_files(listed("..\\..\\x.mkv"), listed("C:", "x.mkv")),
    "a name out of the folder": one_file(name="../../etc/passwd"),
    "a name from the root": one_file(name="/etc/passwd"),
    "an end in the name": one_file(name="film.exe\x00.mkv"),
    "orders to a terminal": one_file(name="film\x1b[31m\r\n\x07.mkv"),
    "letters that turn round": many_files(listed("film\u202evkm.exe"), listed("\u2066a.mkv")),
    "no letters at all": one_file(name=b"\xff\xfe\x80.mkv"),
    "very long": one_file(name="x" * 10_000 + ".mkv"),
    "a link out of it": many_files(
        listed("l", length=0, attr="l", **{"symlink path": ["..", "..", "etc", "passwd"]}),
        listed("a.mkv"),
    ),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_no_path_leaves_the_folder_or_hides_what_it_is(content: bytes) -> None:
    found = read_torrent(content)
    paths = [one.path for one in found.files]
    assert paths
    for path in (*paths, found.name):
        assert not path.startswith("/")
        assert ".." not in path.split("/")
        assert "\\" not in path
        assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in path)
        assert all(len(part.encode()) <= 255 for part in path.split("/"))


def test_a_program_is_seen_behind_letters_that_turn_round() -> None:
    (found,) = read_torrent(one_file(name="film\u202evkm.exe")).files
    assert found.path == "filmvkm.exe"


# Magnet links.


async def test_a_magnet_link_gets_its_list_from_a_peer(lists: TorrentLists, film: Path) -> None:
    with seeding(made_of(film), film.parent) as seed:
        found = await lists.of_magnet(seed.magnet)
        assert seed.sent == 0
    assert found == read_torrent(made_of(film))


async def test_a_peer_may_be_told_beside_the_link(lists: TorrentLists, film: Path) -> None:
    with seeding(made_of(film), film.parent) as seed:
        link = f"magnet:?xt=urn:btih:{seed.v1}"
        assert (await lists.of_magnet(link, peers=[seed.peer])).name == "Film"


async def test_nothing_of_it_is_fetched_while_others_get_it_all(
    lists: TorrentLists, film: Path, tmp_path: Path
) -> None:
    content = made_of(film)
    with seeding(content, film.parent) as seed:
        stays = asyncio.get_running_loop().create_future()
        lists._waiting[seed.v1] = [stays]
        await lists.of_magnet(seed.magnet)
        await asyncio.to_thread(fetch_all, content, seed, tmp_path / "other")
        assert seed.sent == sum(map(len, PAYLOAD.values()))
        told = lists._handles[seed.v1].status()
        assert (told.has_metadata, told.total_payload_download) == (True, 0)
        assert lists._folder is not None
        assert list(Path(lists._folder.name).rglob("*")) == []
    assert (tmp_path / "other" / "Film" / "film.mkv").read_bytes() == PAYLOAD["film.mkv"]


@pytest.mark.parametrize("named", ["one hash", "the other", "both"])
async def test_a_hybrid_torrent_answers_to_either_hash(
    lists: TorrentLists, film: Path, named: str
) -> None:
    with seeding(made_of(film, 0), film.parent) as seed:
        old, new = f"xt=urn:btih:{seed.v1}", f"xt=urn:btmh:1220{seed.hashes.v2}"
        topic = {"one hash": old, "the other": new, "both": f"{old}&{new}"}[named]
        found = await lists.of_magnet(f"magnet:?{topic}&{seed.here}")
    assert [one.path for one in found.files] == ["Film/film.mkv", "Film/subs/en.srt"]


async def test_a_list_from_a_stranger_is_held_to_the_same_rules(
    lists: TorrentLists, tmp_path: Path
) -> None:
    with seeding(HOSTILE["out of the folder"], tmp_path) as seed:
        found = await lists.of_magnet(seed.magnet)
    assert [one.path for one in found.files] == ["Film/_/_/etc/passwd", "Film/ok.mkv"]
    crowd = many_files(*(listed(str(n), length=1) for n in range(MOST_FILES + 1)))
    with seeding(crowd, tmp_path) as seed, pytest.raises(InvalidInput) as told:
        await lists.of_magnet(seed.magnet)
    assert told.value.key == "errors.torrent_too_many_files"


async def test_nobody_there_is_told_in_time(lists: TorrentLists) -> None:
    began = time.monotonic()
    with pytest.raises(Unavailable) as told:
        await lists.of_magnet(NOBODY, 0.3)
    assert time.monotonic() - began < 3
    assert (told.value.key, told.value.args_map) == ("errors.torrent_silent", {"seconds": 0.3})


@pytest.mark.parametrize(
    "words", [b"", os.urandom(3000), b"\x13BitTorrent protocol" + b"\xff" * 3000],
    ids=["nothing", "noise", "half a greeting"],
)  # fmt: skip
async def test_a_peer_that_talks_nonsense_is_nobody(lists: TorrentLists, words: bytes) -> None:
    asking = await _asked_in_vain(lists)
    assert lists._session is not None
    reader, writer = await asyncio.open_connection(HOME, lists._session.listen_port())
    writer.write(words)
    writer.write_eof()
    async with asyncio.timeout(10):
        with contextlib.suppress(ConnectionError):
            await reader.read()
    writer.close()
    assert not asking.done()
    asking.cancel()


@pytest.mark.parametrize(
    "link",
    ["", "magnet:?", "magnet:?dn=film", "magnet:?xt=urn:btih:xyz", NOBODY[:-1], NOBODY + "a",
     "magnet:?xt=urn:btih:" + "0" * 40, "magnet:?xt=urn:btmh:1220" + "b" * 63,
     "https://a.example/x.torrent", "magnet:?xt=urn:sha1:" + "a" * 32, NOBODY + "\udcff"],
    ids=ascii,
)  # fmt: skip
async def test_a_link_that_is_none_is_told(lists: TorrentLists, link: str) -> None:
    with pytest.raises(InvalidInput) as told:
        await lists.of_magnet(link, 5.0)
    assert told.value.key == "errors.magnet_broken"
    assert lists._waiting == {}


async def test_a_link_leads_to_no_page_of_the_home_network(lists: TorrentLists) -> None:
    announced = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/announce":
            announced.set()
        return web.Response(status=404)

    async with web_server() as router:
        router.always = answer
        trackers = f"&tr={router.url}/reboot&tr={router.url}/announce&ws={router.url}/reset"
        asking = asyncio.create_task(lists.of_magnet(NOBODY + trackers, 20.0))
        async with asyncio.timeout(15):
            await announced.wait()
        asking.cancel()
        assert {one.path for one in router.seen} == {"/announce"}


async def test_two_may_ask_for_the_same_and_for_another(
    lists: TorrentLists, film: Path, tmp_path: Path
) -> None:
    other = one_file(name="other.mkv")
    with seeding(made_of(film), film.parent) as one, seeding(other, tmp_path) as two:
        found = await asyncio.gather(
            *(lists.of_magnet(link) for link in (one.magnet, two.magnet, one.magnet))
        )
    assert [each.name for each in found] == ["Film", "other.mkv", "Film"]
    assert (lists._waiting, lists._handles) == ({}, {})


async def test_who_comes_as_the_list_comes_gets_it_too(lists: TorrentLists, film: Path) -> None:
    with seeding(made_of(film), film.parent) as seed:
        lists._waiting[seed.v1] = [asyncio.get_running_loop().create_future()]
        first = await lists.of_magnet(seed.magnet)
        assert await lists.of_magnet(seed.magnet, 2.0) == first


async def test_one_who_gives_up_does_not_end_it_for_the_other(
    lists: TorrentLists, film: Path
) -> None:
    with seeding(made_of(film), film.parent) as seed:
        link = f"magnet:?xt=urn:btih:{seed.v1}"
        patient = asyncio.create_task(lists.of_magnet(link, 10.0))
        with pytest.raises(Unavailable):
            await lists.of_magnet(link, 0.05)
        lists._handles[seed.v1].connect_peer(seed.peer)
        assert (await patient).name == "Film"


# The end of it.


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


async def test_closing_tells_who_waits_and_leaves_nothing(lists: TorrentLists) -> None:
    files, threads = _open_files(), threading.active_count()
    waiting = await _asked_in_vain(lists)
    assert lists._folder is not None
    folder = Path(lists._folder.name)
    assert folder.is_dir()
    await lists.close()
    async with asyncio.timeout(2):
        with pytest.raises(Unavailable):
            await waiting
    assert not folder.exists()
    assert _open_files() == files
    assert threading.active_count() <= threads + 1  # one of ours that closes
    await lists.close()


async def test_who_asks_while_it_closes_gets_an_answer(lists: TorrentLists, film: Path) -> None:
    with seeding(made_of(film), film.parent) as seed:
        await lists.of_magnet(seed.magnet)
        closing = asyncio.create_task(lists.close())
        await asyncio.sleep(0)
        assert (await lists.of_magnet(seed.magnet)).name == "Film"
        await closing
        assert (await lists.of_magnet(seed.magnet)).name == "Film"


async def test_it_ends_by_itself_after_a_rest_and_begins_again(
    lists: TorrentLists, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torrent_lists, "IDLE_SECONDS", 0.02)
    with seeding(made_of(film), film.parent) as seed:
        for _ in range(2):
            assert (await lists.of_magnet(seed.magnet)).name == "Film"
            async with asyncio.timeout(5):
                while lists._session is not None:  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(0.01)


async def test_it_listens_nowhere_but_where_it_was_told(lists: TorrentLists) -> None:
    with pytest.raises(Unavailable):
        await lists.of_magnet(NOBODY, 0.05)
    assert lists._session is not None
    with socket.create_connection((HOME, lists._session.listen_port()), 2) as seen:
        assert seen.getpeername()[0] == HOME
    assert not lists._session.is_dht_running()


# The interface.


@pytest.fixture
def line() -> Iterator[str]:
    """An interface of its own: it can be taken away."""
    if os.geteuid() != 0:
        pytest.skip("only root may make interfaces")
    name = f"skl{os.getpid() % 100_000}"
    _ip("link", "add", name, "type", "veth", "peer", "name", f"{name}b")
    try:
        for end in (name, f"{name}b"):
            _ip("link", "set", end, "up")
        _ip("addr", "add", "10.93.7.1/24", "dev", name)
        yield name
    finally:
        subprocess.run(["ip", "link", "del", name], check=False, capture_output=True)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


async def test_away_nobody_is_asked() -> None:
    lists = TorrentLists(lambda: "nowhere0")
    with pytest.raises(Unavailable) as told:
        await lists.of_magnet(NOBODY, 5.0)
    assert (told.value.key, told.value.args_map) == ("errors.vpn_away", {"interface": "nowhere0"})
    assert lists._session is None
    await lists.close()


async def test_who_waits_is_told_when_it_goes_away_and_then_nobody_is_asked(line: str) -> None:
    lists = TorrentLists(lambda: line)
    waiting = await _asked_in_vain(lists)
    _ip("link", "set", line, "down")
    async with asyncio.timeout(5):
        with pytest.raises(Unavailable) as told:
            await waiting
    assert told.value.key == "errors.vpn_away"
    with pytest.raises(Unavailable) as again:
        await lists.of_magnet(NOBODY, 5.0)
    assert again.value.key == "errors.vpn_away"
    await lists.close()


async def test_another_wish_of_the_owner_holds_for_the_next_question(film: Path) -> None:
    wish = "lo"
    lists = TorrentLists(lambda: wish, find_peers=False)
    with seeding(made_of(film), film.parent) as seed:
        assert (await lists.of_magnet(seed.magnet)).name == "Film"
        wish = "nowhere0"
        with pytest.raises(Unavailable) as told:
            await lists.of_magnet(seed.magnet)
        assert told.value.key == "errors.vpn_away"
        assert lists._session is None
        wish = "lo"
        assert (await lists.of_magnet(seed.magnet)).name == "Film"
    await lists.close()


async def test_nothing_goes_around_it(lists: TorrentLists) -> None:
    await _asked_in_vain(lists)
    assert lists._session is not None
    told = lists._session.get_settings()
    assert (told["listen_interfaces"], told["outgoing_interfaces"]) == ("lo:0", "lo")
    assert told["dht_bootstrap_nodes"] == told["webtorrent_stun_server"] == ""
    for name in ("enable_lsd", "enable_upnp", "enable_natpmp"):
        assert told[name] is False
