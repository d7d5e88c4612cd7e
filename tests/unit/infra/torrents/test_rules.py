"""Rules that need no swarm: settings, what may be written, which bytes belong to which file."""

from __future__ import annotations

import errno
import random
from pathlib import Path
from typing import Any

import libtorrent as lt
import pytest

from app.domain.danger import is_program
from app.infra.torrents.layout import Entry, Layout
from app.infra.torrents.pieces import Pieces
from app.infra.torrents.places import hold
from app.infra.torrents.settings import EngineSettings, session_settings
from app.infra.torrents.status import plain, tracker_of
from app.infra.torrents.trouble import disk_failure


@pytest.mark.parametrize(
    "path",
    ["setup.exe", "Film/film.mkv.lnk", "a/b.EXE", "film.mp4 .scr", "x.desktop", "x.sh. ", "y.url",
     "film.exe...", "z.js", "a.AppImage", "b.exe\u00a0"],
)  # fmt: skip
def test_programs_are_seen(path: str) -> None:
    assert is_program(path)


@pytest.mark.parametrize("path", ["film.mkv", "setup.exe/film.mkv", "exe", "a.srt", ".exe.mkv", ""])
def test_films_are_no_programs(path: str) -> None:
    assert not is_program(path)


EVERYTHING = EngineSettings(port_mapping=True)


def test_bound_it_is_bound_both_ways_and_nothing_goes_around() -> None:
    told = session_settings(EngineSettings(interface="wg0", port=6881, port_mapping=True))
    assert told["listen_interfaces"] == "wg0:6881"
    assert told["outgoing_interfaces"] == "wg0"
    for name in ("enable_lsd", "enable_upnp", "enable_natpmp"):
        assert told[name] is False
    assert told["dht_bootstrap_nodes"] == told["webtorrent_stun_server"] == ""
    assert told["proxy_type"] == 0


def test_unbound_it_does_what_the_owner_wishes() -> None:
    told = session_settings(EVERYTHING)
    assert told["outgoing_interfaces"] == ""
    assert (told["enable_lsd"], told["enable_upnp"], told["enable_dht"]) == (True, True, True)
    assert told["dht_bootstrap_nodes"]
    assert told["webtorrent_stun_server"] == ""
    off = session_settings(EngineSettings(dht=False, lsd=False))
    assert (off["enable_dht"], off["dht_bootstrap_nodes"], off["enable_lsd"]) == (False, "", False)


def test_encryption_and_limits_are_passed_on() -> None:
    policies = {}
    for one in ("require", "allow", "off"):
        told = session_settings(EngineSettings(encryption=one))
        policies[one] = (told["in_enc_policy"], told["out_enc_policy"])
    assert policies == {"require": (0, 0), "allow": (1, 1), "off": (2, 2)}
    told = session_settings(EngineSettings(down_limit=5, up_limit=6, connections=7))
    limits = (told["download_rate_limit"], told["upload_rate_limit"], told["connections_limit"])
    assert limits == (5, 6, 7)
    assert told["ignore_limits_on_local_network"] is False
    assert told["ssrf_mitigation"] is told["validate_https_trackers"] is True


def test_libtorrent_knows_every_setting() -> None:
    make: Any = lt.session
    quiet = session_settings(EngineSettings(interface="nowhere0", dht=False))
    known = make({"listen_interfaces": "", "enable_dht": False}).get_settings()
    assert set(quiet) <= set(known)
    taken = make(quiet).get_settings()
    assert {name: taken[name] for name in quiet} == quiet


def _layout(sizes: list[int], piece: int) -> Layout:
    entries, offset = [], 0
    for number, size in enumerate(sizes):
        entries.append(Entry(number, number, f"{number}.mkv", offset, size))
        offset += size
    return Layout(tuple(entries), offset, piece, len(sizes))


@pytest.mark.parametrize("seed", range(30))
def test_bytes_and_pieces_agree_with_counting_them_one_by_one(seed: int) -> None:
    chance = random.Random(seed)
    sizes = [chance.choice([0, 1, 7, 50, 200]) for _ in range(chance.randint(1, 8))] + [1]
    layout = _layout(sizes, chance.choice([1, 7, 16, 64]))
    pieces = Pieces(layout)
    pieces.know([chance.random() < 0.5 for _ in range(layout.count)])
    for entry in layout.entries:
        here = [bool(pieces.have[at // layout.piece]) for at in range(entry.offset, entry.end)]
        assert pieces.done(entry) == sum(here)
        assert pieces.whole(entry) == all(here)
        for start in range(entry.size + 1):
            gap = here.index(False, start) if False in here[start:] else entry.size
            assert pieces.ready(entry, start) == gap - start
        in_it = {at // layout.piece for at in range(entry.offset, entry.end)}
        assert set(layout.pieces(entry)) == in_it
    for piece in range(layout.count):
        files = {one.number for one in layout.files(piece)}
        assert files == {one.number for one in layout.entries if piece in layout.pieces(one)}


def test_only_what_was_here_at_the_flush_is_settled() -> None:
    pieces = Pieces(_layout([100], 10))
    pieces.know([True] * 4 + [False] * 6)
    snapshot = bytes(pieces.have)
    pieces.have[1], pieces.have[5] = 0, 1
    pieces.settle(snapshot, pieces.age)
    assert list(pieces.settled) == [1, 0, 1, 1, 0, 0, 0, 0, 0, 0]


def test_nothing_settles_while_files_change_or_by_a_flush_of_before() -> None:
    pieces = Pieces(_layout([100], 10))
    pieces.know([True] * 10)
    age, here = pieces.age, bytes(pieces.have)
    pieces.unsettle(changing=True)
    pieces.settle(here, pieces.age)
    assert not any(pieces.settled)
    pieces.unsettle(changing=False)
    pieces.settle(here, age)
    assert not any(pieces.settled)
    pieces.settle(here, pieces.age)
    assert all(pieces.settled)


def test_pieces_are_shown_in_at_most_four_hundred_values() -> None:
    pieces = Pieces(_layout([100_000], 10))
    pieces.know([True] * 5_000)
    shown = pieces.shown()
    assert len(shown) == 400
    assert shown == bytes([255]) * 200 + bytes(200)
    few = Pieces(_layout([25], 10))
    few.know([True, False, True])
    assert few.shown() == bytes([255, 0, 255])


@pytest.mark.parametrize(
    ("number", "key"),
    [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EROFS, "disk_read_only"),
     (errno.EIO, "disk_away"), (errno.ENOENT, "disk_away"), (errno.EFBIG, "file_too_big_for_disk"),
     (errno.EACCES, "folder_not_writable"), (errno.EBADMSG, "disk_failed")],
)  # fmt: skip
def test_the_disk_is_understood(number: int, key: str) -> None:
    assert disk_failure(number, "words", "/media").key == f"errors.{key}"


def test_a_tracker_speaks_without_orders_to_a_terminal() -> None:
    assert plain("a\x1b[31m\u202eb\n", 10) == "a[31mb"
    told = tracker_of({
        "url": "http://user:secret@tracker.example:80/announce?key=secret", "verified": True,
        "endpoints": [{"info_hashes": [{"message": "go\x07 away", "fails": 1}]}],
    })  # fmt: skip
    assert (told.host, told.message, told.working) == ("tracker.example:80", "go away", False)


def test_a_held_folder_is_itself_whatever_its_name_leads_to(tmp_path: Path) -> None:
    place = hold(tmp_path / "a" / "b", make=True)
    try:
        assert place.there()
        (tmp_path / "a" / "b").rename(tmp_path / "moved")
        assert not place.there()
        (tmp_path / "a" / "b").mkdir()
        assert not place.there()
        (Path(place.name) / "film.mkv").write_bytes(b"x")
        assert (tmp_path / "moved" / "film.mkv").exists()
    finally:
        place.close()
    with pytest.raises(OSError, match="No such file"):
        hold(tmp_path / "nowhere", make=False)


@pytest.mark.parametrize("path", ["../outside", "a/../../outside", "/outside", "a//b", ""])
def test_nothing_outside_a_held_folder_is_deleted(tmp_path: Path, path: str) -> None:
    (tmp_path / "outside").write_bytes(b"mine")
    place = hold(tmp_path / "in", make=True)
    try:
        with pytest.raises(OSError, match="Invalid"):
            place.delete(path)
    finally:
        place.close()
    assert (tmp_path / "outside").read_bytes() == b"mine"
