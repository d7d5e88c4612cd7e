"""Backups: whole or not there, readable, kept for so many nights, and put back without loss."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.errors import NotFound, Unavailable
from app.infra.paths import Paths
from app.services.upkeep import backup, restoring
from app.services.upkeep.backup import Sources
from tests.unit.services.upkeep.conftest import database, titles

DAY = 86_400.0
NOON = 1_800_000_000.0


def sources(home: Paths) -> Sources:
    return Sources((home.database, home.jobs), (home.settings,))


def test_a_copy_holds_what_was_written_while_others_write(home: Paths, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home.database, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("INSERT INTO film VALUES ('only in the log so far')")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO film VALUES ('not yet')")
        made = backup.make(tmp_path / "backups", sources(home), now=NOON)
        writer.execute("ROLLBACK")
    place = Path(made.path)
    assert titles(place / "station.db") == 101
    assert (place / "settings.toml").read_text("utf-8") == "version = 1\n"
    assert {oct(one.stat().st_mode & 0o777) for one in place.iterdir()} == {"0o600"}
    assert place.stat().st_mode & 0o777 == 0o700
    assert made.bytes >= (place / "station.db").stat().st_size


def test_two_of_one_day_are_two(home: Paths, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    first = backup.make(folder, sources(home), now=NOON)
    second = backup.make(folder, sources(home), now=NOON + 5)
    assert first.name != second.name
    assert {one.name for one in backup.all_of(folder)} == {first.name, second.name}


def test_the_oldest_go_and_one_always_stays(home: Paths, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for day in range(4):
        made = backup.make(folder, sources(home), now=NOON + day * DAY)
        for file in Path(made.path).iterdir():
            os.utime(file, (NOON + day * DAY,) * 2)
    (folder / "holiday.jpg").write_bytes(b"of the owner")
    (folder / "sokoul-letters").mkdir()
    newest = backup.all_of(folder)[0].name
    assert backup.let_go(folder, 2) == 2
    assert len(backup.all_of(folder)) == 2
    assert backup.let_go(folder, 0) == 1
    assert [one.name for one in backup.all_of(folder)] == [newest]
    assert (folder / "holiday.jpg").exists()
    assert (folder / "sokoul-letters").is_dir()


def test_a_damaged_database_makes_no_backup(home: Paths, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    good = backup.make(folder, sources(home), now=NOON)
    home.database.write_bytes(b"SQLite format 3\0" + os.urandom(8192))
    with pytest.raises(Unavailable, match="backup_failed"):
        backup.make(folder, sources(home), now=NOON + DAY)
    assert [one.name for one in backup.all_of(folder)] == [good.name]
    assert [one.name for one in folder.iterdir()] == [good.name]


def test_no_room_is_said_before_anything_is_written(
    home: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "SPARE", 1 << 60)
    with pytest.raises(Unavailable, match="backup_no_room"):
        backup.make(tmp_path / "backups", sources(home))
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(home: Paths, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable, match="backup_failed"):
        backup.make(tmp_path / "file", sources(home))


def test_a_kill_leaves_no_half_backup(home: Paths, tmp_path: Path) -> None:
    """Killed again and again in the middle: whole ones are whole, halves go at the next."""
    database(home.database, 200_000)
    folder = tmp_path / "backups"
    code = (
        "import sys; from pathlib import Path\n"
        "from app.services.upkeep.backup import Sources, make\n"
        "print('go', flush=True)\n"
        "while True: make(Path(sys.argv[1]), Sources((Path(sys.argv[2]),), ()))\n"
    )
    for turn in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(folder), str(home.database)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.02 + 0.03 * turn)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    for one in backup.all_of(folder):
        assert titles(Path(one.path) / "station.db") == 200_100
    backup.make(folder, sources(home), now=NOON)
    assert not list(folder.glob(f"{backup.HALF}*"))


def test_what_is_put_back_is_what_was_copied(home: Paths, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    made = backup.make(folder, sources(home), now=NOON)
    database(home.database, 50)
    home.settings.write_text("version = 1\n[look]\nscale = 150\n", "utf-8")
    targets = (home.database, home.jobs, home.settings)
    aside = restoring.restore(folder, made.name, targets, home.data)
    assert titles(home.database) == 100
    assert home.settings.read_text("utf-8") == "version = 1\n"
    assert titles(aside / "station.db") == 150
    assert "scale" in (aside / "settings.toml").read_text("utf-8")
    assert restoring.was_restored(home.data) == made.name
    restoring.forget_restored(home.data)
    assert restoring.was_restored(home.data) == ""


def test_the_log_of_a_database_goes_aside_with_it(home: Paths, tmp_path: Path) -> None:
    made = backup.make(tmp_path / "b", sources(home), now=NOON)
    for ending in ("-wal", "-shm", ".open"):
        home.database.with_name(f"station.db{ending}").write_bytes(b"of the damaged one")
    aside = restoring.restore(tmp_path / "b", made.name, (home.database,), home.data)
    assert titles(home.database) == 100
    assert {one.name for one in aside.iterdir()} == {
        "station.db", "station.db-wal", "station.db-shm", "station.db.open",
    }  # fmt: skip


def test_a_damaged_copy_is_not_put_back(home: Paths, tmp_path: Path) -> None:
    made = backup.make(tmp_path / "b", sources(home), now=NOON)
    copy = Path(made.path) / "station.db"
    copy.write_bytes(copy.read_bytes()[:5000])
    with pytest.raises(Unavailable, match="backup_damaged"):
        restoring.restore(tmp_path / "b", made.name, (home.database,), home.data)
    assert titles(home.database) == 100
    assert restoring.was_restored(home.data) == ""


@pytest.mark.parametrize("name", ["../data", "sokoul-2026-01-01", "", "/etc", "sokoul-2026-1-1"])
def test_a_name_leads_nowhere_else(home: Paths, tmp_path: Path, name: str) -> None:
    backup.make(tmp_path / "b", sources(home), now=NOON)
    with pytest.raises(NotFound, match="backup_unknown"):
        restoring.restore(tmp_path / "b", name, (home.database,), home.data)
