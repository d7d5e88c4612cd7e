"""How torrents load beside qbittorrent-nox: a gigabyte, the first second of a film, a long list."""

from __future__ import annotations

import csv
import io
import itertools
import os
import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import libtorrent as lt
import pytest

from tests.bench import peers
from tests.bench.peers import Place, alone, child, line, processor, resident, seeding
from tests.bench.report import write
from tests.bench.viewers import ENDS_FIRST, PLAIN
from tests.fakes.swarm import made_of

pytestmark = [
    pytest.mark.bench,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(bool(peers.missing()), reason=peers.missing()),
]

SIZE = 1_000_000_000
ROUNDS, LOADS = 3, 7
SETTLED = 3.0
"""Seconds for the disk to come to rest before each turn."""
AFTER = 1.0
"""Seconds of the processor's work that are counted after everything has come."""
LINES = {"20 Mbit/s": 20_000_000, "5 Mbit/s": 5_000_000}
PIECES = {"20 Mbit/s": 512 * 1024, "5 Mbit/s": 256 * 1024}
KINDS = ("mkv", "mp4")
LONG, CLIP = 310, 31
"""Seconds of a film, and of the part it is made of again and again."""
WATCHED = 300.0
MORE = 1.2
"""A line carries so many times the film's bit rate."""
PATIENCE = 40.0
"""Seconds a client gets to have the first second of a film."""
LIST = 200
LOOKED = 30.0

FFMPEG: tuple[str | Path, ...] = ("ffmpeg", "-v", "error", "-y", "-nostdin")
US, THEM = "Sokoul", "qbittorrent"


@dataclass(frozen=True, slots=True)
class Film:
    """A film, its torrent, and where in its file a player finds what."""

    torrent: Path
    kind: str
    piece: int
    rate: float  # bits a second
    spans: dict[str, list[int]]
    table: list[tuple[float, int]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """One load of the gigabyte: seconds until all had come, until it was said, of the processor."""

    came: float
    said: float
    used: float


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Film]:
    """A film for each line and container."""
    folder = tmp_path_factory.mktemp("films")
    return {
        (name, kind): film(folder / f"{bits}.{kind}", bits / MORE, PIECES[name])
        for name, bits in LINES.items()
        for kind in KINDS
    }


def test_a_gigabyte(tmp_path: Path) -> None:
    """One plain seed over loopback; each in a process of its own, by turns."""
    torrent = gigabyte(tmp_path)
    turns: dict[str, list[Turn]] = {US: [], THEM: []}
    for number in range(LOADS):
        for name, role in ((US, "load"), (THEM, "load there")):
            folder = tmp_path / f"{name}-{number}"
            turns[name].append(loaded(torrent, role, folder))
            shutil.rmtree(folder)
    figures: dict[str, Any] = {}
    for name, each in turns.items():
        came, said, used = (
            statistics.median(getattr(one, what) for one in each)
            for what in ("came", "said", "used")
        )
        figures[f"{name}, MB/s from add to the last byte verified"] = round(SIZE / 1e6 / came)
        figures[f"{name}, s until it says so"] = round(said, 2)
        figures[f"{name}, processor s/GB"] = round(used * 1e9 / SIZE, 2)
    write("torrent_gigabyte", figures)
    ours, theirs = ([figures[key] for key in figures if key.startswith(who)] for who in (US, THEM))
    assert ours[0] >= theirs[0]
    assert ours[2] <= theirs[2]


def test_the_first_second(films: dict[tuple[str, str], Film], tmp_path: Path) -> None:
    """Head, index and the first second of a film, verified: over lines as people have them."""
    with ThreadPoolExecutor(len(films)) as pool:
        told = list(
            pool.map(lambda key: beside(films[key], key[0], tmp_path / "".join(key)), films)
        )
    figures: dict[str, Any] = {}
    short: list[str] = []
    for (name, kind), (ours, better, plain) in zip(films, told, strict=True):
        what = f"{kind} at {name}: "
        mine, other = median(ours, "playable"), median(better, "playable")
        in_order = plain.get("playable", PATIENCE)
        over = "" if "playable" in plain else "more than "
        figures[f"{what}{US}, s"] = round(mine, 2)
        figures[f"{what}{US}, s until it plays"] = round(median(ours, "gate"), 2)
        figures[f"{what}{THEM}, first and last pieces first, s"] = round(other, 2)
        figures[f"{what}{THEM}, in order alone, s"] = f"{over}{in_order:.2f}"
        figures[f"{what}{THEM}, in order alone, without index, s"] = round(plain["second"], 2)
        figures[f"{what}part of the better way"] = round(mine / min(other, in_order), 2)
        if mine > min(other, in_order) / 2:
            short.append(what)
    write("torrent_first_second", figures)
    assert not short


def test_five_minutes_without_a_stall(films: dict[tuple[str, str], Film], tmp_path: Path) -> None:
    """Four viewers at once, each on a line of its own that carries 1.2 times the film."""
    with ThreadPoolExecutor(len(films)) as pool:
        places = {key: tmp_path / "".join(key) for key in films}
        told = list(pool.map(lambda key: watched(films[key], key[0], places[key]), films))
    figures: dict[str, Any] = {}
    for (name, kind), one in zip(films, told, strict=True):
        what = f"{kind} at {name}"
        figures[f"{what}: line / film"] = round(LINES[name] / films[name, kind].rate, 3)
        figures[f"{what}: s until it plays"] = round(one["opened"], 1)
        figures[f"{what}: stalls in {WATCHED:.0f} s of film"] = len(one["stalls"])
        if one["stalls"]:
            figures[f"{what}: stalls (at, for)"] = one["stalls"]
    write("torrent_stalls", figures)
    assert not any(one["stalls"] for one in told)


def test_two_hundred_at_rest(tmp_path: Path) -> None:
    """A list of torrents that are all here, with nobody who wants them."""
    torrents = small_ones(tmp_path / "small")
    ways: dict[str, tuple[str, bool]] = {
        US: ("hold", False),
        f"{US} as shipped": ("hold", True),
        THEM: ("hold there", False),
        f"{THEM} as shipped": ("hold there", True),
    }
    figures: dict[str, Any] = {}
    with ExitStack() as stack:
        held = {}
        for name, (role, shipped) in ways.items():
            folder = tmp_path / name.replace(" ", "-")
            folder.mkdir()
            job = {"films": str(tmp_path / "small"), "torrents": torrents, "folder": str(folder)}
            one = stack.enter_context(
                child(stack.enter_context(alone()), role, shipped=shipped, **job)
            )
            held[name] = one.hear()["pid"] or one.pid
        before = {name: processor(pid) for name, pid in held.items()}
        time.sleep(LOOKED)
        for name, pid in held.items():
            used = (processor(pid) - before[name]) / LOOKED
            figures[f"{name}, % of a core"] = round(used * 100, 2)
            figures[f"{name}, MB resident"] = round(resident(pid) / 1e6, 1)
    write("torrent_list", figures)
    for name in (US, f"{US} as shipped"):
        assert figures[f"{name}, % of a core"] <= 3
        assert figures[f"{name}, MB resident"] <= 250


def loaded(torrent: Path, role: str, folder: Path) -> Turn:
    """Load the gigabyte into a new folder."""
    folder.mkdir()
    (folder / "films").mkdir()
    os.sync()
    time.sleep(SETTLED)
    with (
        alone() as place,
        seeding(place, torrent) as (seed, tracker),
        child(
            place, role, torrent=announced(torrent, tracker, folder), folder=str(folder)
        ) as client,
    ):
        pid = client.hear()["pid"] or client.pid
        before = processor(pid)
        client.tell()
        began = client.hear()["began"]
        came = seed.hear()["at"]
        said = client.hear()["done"]
        time.sleep(max(0.0, max(came, said) + AFTER - time.monotonic()))
        used = processor(pid) - before
    (there,) = (folder / "films").iterdir()
    assert there.stat().st_size == SIZE
    return Turn(came - began, said - began, used)


def beside(
    one: Film, name: str, folder: Path
) -> tuple[list[dict[str, float]], list[dict[str, float]], dict[str, float]]:
    """The first second by us, by them with both ends first (some turns each), by them in order."""
    there = partial(first, one, name, role="watch there")
    ours, ends = [], []
    for number in range(ROUNDS):
        ours.append(first(one, name, folder / f"ours-{number}"))
        ends.append(there(folder / f"ends-{number}", way=ENDS_FIRST))
    return ours, ends, there(folder / "plain", way=PLAIN)


def first(
    one: Film, name: str, folder: Path, *, role: str = "watch", way: str = ""
) -> dict[str, float]:
    """Wait for the first second of a film; seconds by what was waited for."""
    with line(LINES[name]) as (there, here):
        (told,) = viewing(one, there, here, folder, role=role, way=way, seconds=0.0)
    shutil.rmtree(folder)
    times: dict[str, float] = dict(told["parts"])
    if len(times) == len(one.spans):
        times["playable"] = max(times.values())
    if "opened" in told:
        times["gate"] = told["opened"]
    return times


def watched(one: Film, name: str, folder: Path) -> dict[str, Any]:
    """Watch a film for five minutes from the moment it may begin."""
    with line(LINES[name]) as (there, here):
        begun, ended = viewing(one, there, here, folder, role="watch", seconds=WATCHED)
    shutil.rmtree(folder)
    return {**begun, **ended}


def viewing(
    one: Film, there: Place, here: Place, folder: Path, role: str, **more: Any
) -> Iterator[dict[str, Any]]:
    """What a viewer says, one thing after the other."""
    (folder / "films").mkdir(parents=True)
    job = {
        "folder": str(folder), "kind": one.kind, "spans": one.spans, "table": one.table,
        "piece": one.piece, "patience": PATIENCE, **more,
    }  # fmt: skip
    with seeding(there, one.torrent) as (_, tracker):
        torrent = announced(one.torrent, tracker, folder)
        with child(here, role, torrent=torrent, **job) as viewer:
            yield viewer.hear()
            if more["seconds"]:
                yield viewer.hear()


def median(turns: Sequence[dict[str, float]], what: str) -> float:
    """The one in the middle; who never got there counts with all the patience there was."""
    return statistics.median(one.get(what, PATIENCE) for one in turns)


def gigabyte(folder: Path) -> Path:
    """A torrent of a gigabyte nobody can compress, and the file beside it."""
    path = folder / "film.mkv"
    with path.open("wb") as file:
        for _ in range(SIZE // 10**7):
            file.write(os.urandom(10**7))
        os.fsync(file.fileno())
    return in_torrent(path, 1024 * 1024)


def in_torrent(path: Path, piece: int) -> Path:
    """Make a torrent of a file; returns where it lies, beside it."""
    torrent = path.with_suffix(f"{path.suffix}.torrent")
    torrent.write_bytes(made_of(path, piece=piece))
    return torrent


def announced(torrent: Path, tracker: str, folder: Path) -> str:
    """A torrent that says who knows its peers; returns where it lies."""
    told: Any = lt.bdecode(torrent.read_bytes())
    path = folder / "announced.torrent"
    path.write_bytes(lt.bencode({**told, b"announce": tracker.encode()}))
    return str(path)


def small_ones(folder: Path) -> list[str]:
    """Some torrents with their files; returns where they lie."""
    folder.mkdir()
    chance = random.Random(1)
    found = []
    for number in range(LIST):
        path = folder / f"film-{number:03}.mkv"
        path.write_bytes(chance.randbytes(chance.randrange(100_000, 500_000)))
        found.append(str(in_torrent(path, 16 * 1024)))
    return found


def film(path: Path, bits: float, piece: int) -> Film:
    """Make a film of so many bits a second, its index at the end."""
    clip = path.with_name(f"clip-{path.name}")
    wanted, asked = bits * CLIP / 8, bits
    for _ in range(6):
        make_clip(clip, asked)
        if 0.98 * wanted < clip.stat().st_size < 0.997 * wanted:
            break
        asked *= wanted / clip.stat().st_size
    again = ["-stream_loop", str(LONG // CLIP - 1), "-i", str(clip), "-c", "copy", str(path)]
    subprocess.run([*FFMPEG, *again], check=True)
    clip.unlink()
    packets = packets_of(path)
    size = path.stat().st_size
    begin, end = min(place for _, place, _ in packets), max(place for *_, place in packets)
    table = table_of(packets)
    second = max(place for at, place in table if at < 1)
    spans = {"head": [0, begin], "index": [end, size], "second": [begin, second]}
    rate = size * 8 / max(at for at, *_ in packets)
    return Film(in_torrent(path, piece), path.suffix[1:], piece, rate, spans, table)


def make_clip(path: Path, bits: float) -> None:
    """Some seconds of a picture that is now quiet, now wild, with sound."""
    wild = f"noise=alls=60:allf=t:enable='gt(mod(t,{CLIP / 2}),{CLIP / 5})'"
    sound = 128_000
    rate = round(bits - sound)
    words: list[str | Path] = [
        *FFMPEG, "-f", "lavfi", "-i", f"testsrc2=s=1280x720:r=24:d={CLIP},{wild}",
        "-f", "lavfi", "-i", f"anoisesrc=d={CLIP}:a=0.1", "-c:v", "libx264",
        "-preset", "ultrafast", "-g", "48", "-b:v", str(rate), "-maxrate", str(rate * 2),
        "-bufsize", str(rate * 4), "-c:a", "aac", "-b:a", str(sound), str(path),
    ]  # fmt: skip
    subprocess.run(words, check=True)


def packets_of(path: Path) -> list[tuple[float, int, int]]:
    """When each packet of a film is due, where it begins and where it ends, told by ffprobe."""
    shown = "packet=dts_time,pos,size"
    words: list[str | Path] = [
        "ffprobe",
        "-v",
        "error",
        "-show_entries",
        shown,
        "-of",
        "csv=p=0",
        str(path),
    ]
    told = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    rows = [row for row in csv.reader(io.StringIO(told)) if len(row) >= 3 and "N/A" not in row[:3]]
    return [(float(at), int(pos), int(pos) + int(size)) for at, size, pos, *_ in rows]


def table_of(packets: Sequence[tuple[float, int, int]]) -> list[tuple[float, int]]:
    """Up to where the file is needed by which second, ten times a second."""
    wanted: Callable[[tuple[float, int, int]], int] = lambda one: int(max(0.0, one[0]) * 10)  # noqa: E731 - the key of two calls
    table, highest = [], 0
    for tenth, each in itertools.groupby(sorted(packets, key=wanted), wanted):
        highest = max(highest, max(end for *_, end in each))
        table.append((tenth / 10, highest))
    return table
