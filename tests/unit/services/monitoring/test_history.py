"""The past of the machine: as fine as it should be, bounded, safe over whatever happens to it."""

from __future__ import annotations

import asyncio
import math
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.monitoring import Doing, DoingKind, Track
from app.services.monitoring import history_tables
from app.services.monitoring.history import EARLIEST, History
from app.services.monitoring.history_store import HistoryStore
from app.services.monitoring.history_tables import DAY, YEAR
from app.services.monitoring.recent import Gathering, Recent, Row

NOON = 1_800_014_400.0
"""A beginning of five minutes, of an hour, and not of a day."""
assert NOON % 3600 == 0
ROOT = Path(__file__).resolve().parents[4]


class Clock:
    """The time, and a machine that is looked at."""

    def __init__(self, at: float = NOON) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at

    def seconds(self, history: History, values: Sequence[float], name: str = "cpu") -> None:
        for value in values:
            history.add(self.at, {name: value})
            self.at += 1


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "history.db"


async def opened(path: Path, clock: Clock) -> History:
    history = History(path, clock)
    await history.start()
    return history


def known(track: Track) -> list[tuple[float, float, float]]:
    return [
        (time, round(mean, 3), round(most, 3))
        for time, mean, most in zip(track.times, track.means, track.mosts, strict=True)
        if math.isfinite(mean)
    ]


async def test_the_last_hour_by_the_second(path: Path, clock: Clock) -> None:
    history = await opened(path, clock)
    clock.seconds(history, [number % 6 for number in range(3600)])
    track = await history.track("cpu", NOON, NOON + 3600, 600)
    assert track.span == 6.0
    assert len(track.times) == 600
    assert set(track.means) == {2.5}
    assert set(track.mosts) == {5.0}
    assert track.times[0] == NOON + 3
    close = await history.track("cpu", NOON + 3000, NOON + 3010, 600)
    assert close.span == 1.0
    assert known(close)[1] == (NOON + 3001, 1, 1)
    await history.stop()


async def test_a_gap_stays_a_gap(path: Path, clock: Clock) -> None:
    history = await opened(path, clock)
    clock.seconds(history, [1.0] * 30)
    clock.at += 30
    clock.seconds(history, [1.0] * 30)
    close = await history.track("cpu", NOON, clock.at, 600)
    assert sum(math.isnan(one) for one in close.means) == 1  # between the two
    assert 0.0 not in close.means
    rough = await history.track("cpu", NOON, clock.at, 9)
    assert [math.isnan(one) for one in rough.means] == [False] * 3 + [True] * 3 + [False] * 3
    await history.flush({})
    await history.stop()
    again = await opened(path, clock)
    tens = await again.track("cpu", NOON, clock.at, 600)
    assert [math.isnan(one) for one in tens.means] == [False] * 3 + [True] * 3 + [False] * 3
    await again.stop()


async def test_ten_seconds_after_a_start(path: Path, clock: Clock) -> None:
    history = await opened(path, clock)
    clock.seconds(history, [0.0, 1.0] * 60)
    await history.stop()  # what is not over is written too
    again = await opened(path, clock)
    clock.seconds(again, [0.25] * 10)
    track = await again.track("cpu", NOON, clock.at, 600)
    assert track.span == 10.0
    expected = [(NOON + 5 + 10 * number, 0.5, 1.0) for number in range(12)]
    assert known(track) == [*expected, (NOON + 125, 0.25, 0.25)]
    await again.stop()


async def test_five_minutes_go_on_over_a_start(path: Path, clock: Clock) -> None:
    for value in (1.0, 0.0):  # one half before, one after
        history = await opened(path, clock)
        clock.seconds(history, [value] * 150)
        await history.stop()
    history = await opened(path, clock)
    clock.seconds(history, [0.0] * 20)
    clock.at += 3 * 86_400
    track = await history.track("cpu", NOON - 300, NOON + 600, 600)
    assert track.span == 300.0
    assert known(track) == [(NOON + 150, 0.5, 1.0), (NOON + 450, 0.0, 0.0)]
    await history.stop()


async def test_what_was_killed_within_five_minutes_is_made_good(path: Path, clock: Clock) -> None:
    history = await opened(path, clock)
    clock.seconds(history, [1.0] * 240)
    assert await history.flush({})
    # Nobody stops it: another takes the file, much later.
    clock.at += 5 * 86_400
    again = await opened(path, clock)
    clock.seconds(again, [0.0])
    track = await again.track("cpu", NOON, NOON + 300, 600)
    assert known(track) == [(NOON + 150, 1.0, 1.0)]
    await again.stop()
    await history.stop()


async def test_days_and_hours_are_put_away(path: Path, clock: Clock) -> None:
    history = await opened(path, clock)
    for number in range(26 * 60):  # each minute a value of its own, in the middle of a great range
        clock.seconds(history, [2e9 + number * 1e6] * 10)
        clock.at += 50
        if number % 10 == 0:
            assert await history.flush({})
    end = clock.at
    hours = await history.track("cpu", end - 40_000, end - 39_700, 600)
    assert hours.span == 10.0
    for at, mean, _ in known(hours):
        minute = (at - NOON) // 60
        assert mean == pytest.approx(2e9 + minute * 1e6, rel=0.001)
    assert len(known(hours)) == 5
    day = await history.track("cpu", NOON, end, 100_000)
    assert day.span == 300.0
    assert len(known(day)) == 26 * 12
    with closing(sqlite3.connect(path)) as file:
        (fresh,) = file.execute("SELECT count(*) FROM fresh WHERE span = 10").fetchone()
        (hours_put_away,) = file.execute("SELECT count(*) FROM chunk WHERE span = 10").fetchone()
        (days,) = file.execute("SELECT count(*) FROM chunk WHERE span = 300").fetchone()
    assert fresh <= 61
    assert hours_put_away == 25
    assert days == 1
    await history.stop()


async def test_figures_come_and_go(path: Path, clock: Clock) -> None:
    history = await opened(path, clock)
    clock.seconds(history, [1.0] * 60, "disk.sda1.read")
    clock.seconds(history, [2.0] * 60, "disk.sdb1.read")
    await history.flush({})
    assert await history.names() == ("disk.sda1.read", "disk.sdb1.read")
    track = await history.track("disk.sda1.read", NOON, clock.at, 12)
    assert [math.isnan(one) for one in track.means] == [False] * 6 + [True] * 6
    assert (await history.track("disk.none.read", NOON, clock.at)).means.count(0.0) == 0
    await history.stop()


@pytest.mark.parametrize("shift", [-90.0, -3600.0, -86_400.0 * 30, 86_400.0 * 3650])
async def test_a_clock_that_is_set_harms_nothing(path: Path, clock: Clock, shift: float) -> None:
    history = await opened(path, clock)
    clock.at = NOON - 7 * 86_400
    clock.seconds(history, [0.5] * 600)
    clock.at = NOON
    clock.seconds(history, [0.75] * 600)
    await history.flush({})
    clock.at += shift
    clock.seconds(history, [0.25] * 600)
    await history.flush({})
    clock.at -= shift
    clock.seconds(history, [1.0] * 600)
    await history.flush({})
    week = await history.track("cpu", NOON - 7 * 86_400, NOON - 7 * 86_400 + 600)
    assert {mean for _, mean, _ in known(week)} == {0.5}
    now = await history.track("cpu", clock.at - 590, clock.at - 300, 29)
    assert {mean for _, mean, _ in known(now)} == {1.0}
    await history.stop()
    again = await opened(path, clock)
    week = await again.track("cpu", NOON - 7 * 86_400, NOON - 7 * 86_400 + 600)
    assert known(week) == [(week.times[0], 0.5, 0.5), (week.times[1], 0.5, 0.5)]
    await again.stop()


async def test_a_clock_that_shakes_begins_nothing_anew(path: Path, clock: Clock) -> None:
    history = await opened(path, clock)
    for value, at in enumerate((8.0, 9.0, 10.0, 9.9, 11.0)):
        history.add(NOON + at, {"cpu": float(value)})
    await history.stop()
    again = await opened(path, clock)
    assert known(await again.track("cpu", NOON, NOON + 20, 600)) == [
        (NOON + 5, 0.5, 1.0), (NOON + 15, 3.0, 4.0),
    ]  # fmt: skip
    await again.stop()


async def test_a_clock_that_is_not_set_is_kept_out(path: Path) -> None:
    clock = Clock(1_000.0)
    history = await opened(path, clock)
    clock.seconds(history, [1.0] * 120)
    assert known(await history.track("cpu", 1_000, 1_060))  # the last hour is there all the same
    await history.stop()
    clock.at = EARLIEST + 1000
    again = await opened(path, clock)
    assert await again.names() == ()
    await again.stop()


def test_no_more_than_a_year_is_kept(path: Path) -> None:
    store = HistoryStore(path)
    store.open()
    first = 1_800_000_000 // YEAR.chunk * YEAR.chunk
    for day in range(YEAR.keep + 5):
        at = first + day * YEAR.chunk
        old = Doing(DoingKind.PLAYING, "A film", float(at), at + 60.0)
        rows = [Row(span, at, {"cpu": (1.0, 1.0, 10)}) for span in (DAY.span, YEAR.span)]
        store.write(rows, [(day + 1, old, at + 60.0)])
    with closing(sqlite3.connect(path)) as file:
        rows_ = file.execute("SELECT span, min(start), count(*) FROM chunk GROUP BY span")
        kept = {span: (start, count) for span, start, count in rows_}
    last = first + (YEAR.keep + 3) * YEAR.chunk
    assert kept[YEAR.span] == (last - (YEAR.keep - 1) * YEAR.chunk, YEAR.keep)
    assert kept[DAY.span][1] == DAY.keep
    doings = store.doings(0, 1e12)
    assert len(doings) == YEAR.keep + 1
    store.close()


def test_no_more_than_so_many_doings(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_tables, "MOST_DOINGS", 10)
    store = HistoryStore(path)
    store.open()
    for number in range(1, 50):
        one = Doing(DoingKind.SEARCHING, f"film {number}", NOON, NOON + 1)
        store.write([Row(YEAR.span, int(NOON) + number * 86_400, {})], [(number, one, NOON + 1)])
    assert [number for number, _ in store.doings(0, 1e12)][-1] >= 38
    store.close()


def test_no_more_than_so_many_figures(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.monitoring.history_store.MOST_SERIES", 3)
    store = HistoryStore(path)
    store.open()
    for number in range(5):
        store.write([Row(DAY.span, int(NOON) + number * 10, {f"s{number}": (1.0, 1.0, 10)})], [])
    assert 0 < len(store.names()) <= 3
    store.close()


async def test_a_newer_file_is_put_aside_as_it_is(path: Path, clock: Clock) -> None:
    await (await opened(path, clock)).stop()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 99")
        file.execute("PRAGMA journal_mode = DELETE")
    before = path.read_bytes()
    history = await opened(path, clock)
    clock.seconds(history, [1.0] * 20)
    await history.stop()
    assert path.with_name("history.db.aside").read_bytes() == before
    again = await opened(path, clock)
    assert await again.names() == ("cpu",)
    await again.stop()


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 1000, b"", b"SQLite format 3\0"], ids=range(3)
)
async def test_a_file_that_is_none_is_begun_anew(path: Path, clock: Clock, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    history = await opened(path, clock)
    clock.seconds(history, [1.0] * 20)
    await history.stop()
    again = await opened(path, clock)
    assert await again.names() == ("cpu",)
    await again.stop()


async def test_a_damaged_file_is_read_or_begun_anew(path: Path, clock: Clock) -> None:
    """Wherever it is damaged, the next start writes and reads."""
    history = await opened(path, clock)
    for _ in range(3):
        clock.seconds(history, [float(number) for number in range(1200)])
        clock.at += 3600
    await history.stop()
    good, dice = path.read_bytes(), random.Random(7)
    for _ in range(12):
        bad = bytearray(good)
        for _ in range(dice.randrange(1, 40)):
            bad[dice.randrange(len(bad))] = dice.randrange(256)
        path.write_bytes(bad[: dice.randrange(1, len(bad))] if dice.random() < 0.3 else bad)
        again = await opened(path, clock)
        await again.track("cpu", NOON, clock.at)
        await again.doings(NOON, clock.at)
        clock.seconds(again, [1.0] * 20)
        await again.stop()
        last = await opened(path, clock)
        assert "cpu" in await last.names()
        await last.stop()


async def test_damage_while_it_runs(path: Path, clock: Clock) -> None:
    history = await opened(path, clock)
    clock.seconds(history, [1.0] * 2000)
    assert await history.flush({})
    store = history._store
    assert store._connection is not None
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store._connection.execute("PRAGMA cache_size = 0")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(16384)
        file.write(os.urandom(size - 16384))
    clock.seconds(history, [1.0] * 20)
    await history.flush({})  # puts it aside
    clock.seconds(history, [1.0] * 20)
    assert await history.flush({})
    assert path.with_name("history.db.aside").exists()
    await history.stop()
    again = await opened(path, clock)
    assert await again.names() == ("cpu",)
    await again.stop()


async def test_a_full_disk_loses_nothing(path: Path, clock: Clock) -> None:
    history = await opened(path, clock)
    store = history._store
    assert store._connection is not None
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    for _ in range(1600):
        history.add(clock.at, {f"figure.{number}": 1.0 for number in range(40)})
        clock.at += 1
    assert not await history.flush({})
    assert not await history.flush({})
    store._connection.execute("PRAGMA max_page_count = 100000")
    assert await history.flush({})
    await history.stop()
    again = await opened(path, clock)
    assert len(await again.names()) == 40
    assert len(known(await again.track("figure.7", NOON, clock.at, 10_000))) == 160
    await again.stop()


async def test_without_a_place_it_lives_in_memory(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("in the way")
    history = await opened(tmp_path / "file" / "history.db", clock)
    clock.seconds(history, [1.0] * 120)
    assert await history.flush({})
    assert await history.names() == ("cpu",)
    await history.stop()


async def test_figures_told_before_the_file_is_open_are_kept(path: Path, clock: Clock) -> None:
    history = History(path, clock)
    clock.seconds(history, [1.0] * 400)
    assert not history.ready
    await history.start()
    assert await history.flush({})
    track = await history.track("cpu", NOON, NOON + 300, 600)
    assert track.means
    await history.stop()
    again = await opened(path, clock)
    assert len(known(await again.track("cpu", NOON, clock.at, 600))) == 40
    await again.stop()


@pytest.mark.parametrize(
    ("start", "end"), [(NOON, NOON), (NOON, NOON - 1), (math.nan, NOON), (0.0, math.inf)]
)
async def test_a_span_that_is_none(path: Path, clock: Clock, start: float, end: float) -> None:
    history = await opened(path, clock)
    clock.seconds(history, [1.0] * 20)
    assert (await history.track("cpu", start, end)).times == ()
    assert len((await history.track("cpu", 0.0, 1e15, 10**9)).times) <= 5001
    await history.stop()


def test_values_that_are_none_count_for_nothing() -> None:
    gathering = Gathering(10)
    for value in (1.0, math.nan, math.inf, 3.0):
        gathering.add(NOON, {"cpu": value})
    row = gathering.now()
    assert row is not None
    assert row.values == {"cpu": (2.0, 3.0, 2)}


def test_the_ring_forgets_what_nobody_tells() -> None:
    ring = Recent(5)
    ring.add(0, {"old": 1.0, "cpu": 0.0})
    for at in range(1, 12):
        ring.add(at, {"cpu": float(at)})
    assert ring.names() == {"cpu"}
    assert ring.column("cpu", 0, 100) == [(at, float(at)) for at in range(7, 12)]
    assert ring.covers(7)
    assert not ring.covers(6)


KILLED = """
import asyncio, sys
from pathlib import Path
from app.infra.database import driver
driver.install()
from app.domain.monitoring import Doing, DoingKind
from app.services.monitoring.history import History

async def main(path, at):
    history = History(path, lambda: at)
    await history.start()
    number = history.last_doing
    while True:
        for _ in range(60):
            history.add(at, {f"figure.{n}": float(n) for n in range(40)})
            at += 1
        number += 1
        doing = Doing(DoingKind.JOB, "x", at - 60, at)
        assert await history.flush({number: (doing, at)})
        print(int(at), number, flush=True)

asyncio.run(main(Path(sys.argv[1]), float(sys.argv[2])))
"""


def _killed(path: Path, at: float, lines: int, more: float) -> list[str]:
    """Have a child write, and kill it in the midst; returns what it said of what is written."""
    words = [sys.executable, "-c", KILLED, str(path), str(at)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(lines)]
        time.sleep(more)
        child.kill()
        said += child.stdout.readlines()
    return [line.decode() for line in said if line.endswith(b"\n")]


async def test_kill_at_any_moment(path: Path) -> None:
    """What was written is there, and it goes on from there."""
    at, dice = NOON, random.Random(3)
    for _ in range(4):
        # Hours of its time, often past where one is put away.
        lines, more = dice.randrange(3, 120), dice.random() * 0.02
        said = await asyncio.to_thread(_killed, path, at, lines, more)
        told, doings = (int(one) for one in said[-1].split())
        with closing(sqlite3.connect(path)) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (last,) = file.execute("SELECT max(at) FROM fresh WHERE span = 10").fetchone()
            (number,) = file.execute("SELECT max(id) FROM doing").fetchone()
        assert last >= told - 20
        assert number >= doings
        history = await opened(path, Clock(float(last) + 10))
        track = await history.track("figure.7", last - 3600, last, 360)
        assert {round(mean) for _, mean, _ in known(track)} == {7}
        assert len(known(track)) >= min(360, (last - NOON) // 10 - 8)
        await history.stop()
        at = last + 10.0
    assert not path.with_name("history.db.aside").exists()
