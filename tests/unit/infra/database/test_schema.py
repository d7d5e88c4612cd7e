"""Migrations: quick when there is nothing to do, careful with what exists, safe against kills."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from app.domain.errors import Refused
from app.infra.database.schema import STATION, Schema, migrate, stored_revision

ROOT = Path(__file__).parents[4]
NEXT = '''
"""A later revision that rebuilds a table of many rows."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "next", "{head}", None, None


def upgrade() -> None:
    with op.batch_alter_table("position", recreate="always") as batch:
        batch.add_column(sa.Column("mood", sa.Text(), nullable=False, server_default="calm"))
    op.execute("UPDATE position SET mood = 'glad' WHERE item_id % 2")
'''
CHILD = """
import sys
sys.path.insert(0, sys.argv[3])
from app.infra.database import driver
driver.install()
from pathlib import Path
from app.infra.database.schema import Schema, migrate
import alembic.command, alembic.config, sqlalchemy  # loaded first, so that the kill hits the work
print("go", flush=True)
migrate(Path(sys.argv[1]), Schema(Path(sys.argv[2]), tuple(sys.argv[4].split())))
print("done", flush=True)
"""


def _rows(path: Path) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as raw:
        return raw.execute("SELECT item_id, position FROM position ORDER BY item_id").fetchall()


@pytest.fixture
def later(tmp_path: Path) -> Schema:
    folder = tmp_path / "migrations"
    shutil.copytree(STATION.folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions/next_mood.py").write_text(NEXT.replace("{head}", STATION.head))
    return Schema(folder, (*STATION.revisions, "next"))


def test_the_list_of_revisions_is_the_folder(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(STATION.folder))
    found = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == STATION.revisions


def test_a_second_start_does_not_load_alembic(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    migrate(path)
    code = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from app.infra.database import driver; driver.install()\n"
        "from pathlib import Path; from app.infra.database.schema import migrate\n"
        "migrate(Path(sys.argv[1])); print('alembic' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(path), str(ROOT)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"


def test_an_existing_file_is_copied_first(tmp_path: Path, later: Schema) -> None:
    path = tmp_path / "station.db"
    assert migrate(path) is None
    _fill(path, 10)
    copy = migrate(path, later)
    assert copy == tmp_path / f"station.db.before-{STATION.head}"
    assert stored_revision(copy) == STATION.head
    assert stored_revision(path) == "next"
    assert _rows(copy) == _rows(path)


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path, later: Schema) -> None:
    path = tmp_path / "station.db"
    migrate(path, later)
    before = path.read_bytes()
    with pytest.raises(Refused, match="errors.database_newer"):
        migrate(path)
    assert path.read_bytes() == before


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE other (x)").close()
    with pytest.raises(Refused, match="errors.database_foreign"):
        migrate(path)


@pytest.mark.timeout(240)
def test_thirty_kills_leave_the_old_or_the_new_schema(tmp_path: Path, later: Schema) -> None:
    original = tmp_path / "original.db"
    migrate(original)
    _fill(original, 60_000)
    with contextlib.closing(sqlite3.connect(original)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    rows = _rows(original)
    whole = _run(_copy(original, tmp_path / "timed.db"), later, None)
    ends = [_killed(original, tmp_path, later, rows, whole, turn) for turn in range(30)]
    assert STATION.head in ends  # some kills came in time, or the test shows nothing


def _killed(
    original: Path,
    folder: Path,
    later: Schema,
    rows: list[tuple[object, ...]],
    whole: float,
    turn: int,
) -> str | None:
    path = _copy(original, folder / f"{turn}.db")
    _run(path, later, random.uniform(0, whole))
    end = stored_revision(path)
    assert end in {STATION.head, "next"}
    with contextlib.closing(sqlite3.connect(path)) as raw:
        tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
        columns = {row[1] for row in raw.execute("PRAGMA table_info(position)")}
        assert raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert not [name for name in tables if name.startswith("_alembic_tmp")]
    assert ("mood" in columns) == (end == "next")
    migrate(path, later)
    assert stored_revision(path) == "next"
    assert _rows(path) == rows
    for each in folder.glob(f"{turn}.db*"):
        each.unlink()
    return end


def _run(path: Path, schema: Schema, kill_after: float | None) -> float:
    child = subprocess.Popen(
        [
            *(sys.executable, "-c", CHILD, str(path), str(schema.folder), str(ROOT)),
            " ".join(schema.revisions),
        ],
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    with child, child.stdout as told:
        assert told.readline() == b"go\n"
        begun = time.monotonic()
        if kill_after is None:
            assert told.readline() == b"done\n"
            return time.monotonic() - begun
        time.sleep(kill_after)
        os.kill(child.pid, signal.SIGKILL)
    return kill_after


def _copy(original: Path, path: Path) -> Path:
    shutil.copyfile(original, path)
    return path


def _fill(path: Path, count: int) -> None:
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(
            "INSERT INTO position (item_id, position) VALUES (?, ?)",
            [(number, number / 2) for number in range(count)],
        ).close()
