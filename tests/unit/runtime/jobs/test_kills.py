"""Killed at any moment, a job goes on where it was: no recorded step runs again."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.children import Nursery, nursery
from tests.unit.runtime.jobs import victim

KILLS = 30
SQUARES = [number * number for number in range(victim.STEPS)]


class Ward:
    """Starts victims, kills them and reads what they left."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "jobs.db"
        self.journal = folder / "journal"

    def start(self, mode: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", victim.__name__, str(self.place), str(self.journal), mode]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def run(self, mode: str) -> tuple[int, str]:
        process = self.start(mode)
        said, _ = process.communicate(timeout=60)
        return process.returncode, said

    async def kill(self, nest: Nursery, after: str, delay: float) -> None:
        """Start a victim and kill it so many seconds after it said that word."""
        child = await nest.child(self.place, self.journal, "work")
        while (line := await child.line()) != after:
            assert line, "it ended by itself"
        await asyncio.sleep(delay)
        child.kill()
        await child.ended()

    def entries(self) -> list[tuple[str, str, int]]:
        """The journal: what, job, step."""
        if not self.journal.exists():
            return []
        words = (line.split() for line in self.journal.read_text().splitlines())
        return [(what, job, int(step)) for what, job, step in words]

    def recorded(self) -> set[tuple[str, int]]:
        """The steps whose end the engine has recorded."""
        with closing(sqlite3.connect(self.place)) as connection:
            rows = connection.execute(
                "SELECT workflow_uuid, function_name FROM operation_outputs"
            ).fetchall()
        return {(job, int(name.removeprefix("step "))) for job, name in rows}

    def states(self) -> dict[str, str]:
        """The engine's own states of the jobs."""
        with closing(sqlite3.connect(self.place)) as connection:
            return dict(connection.execute("SELECT workflow_uuid, status FROM workflow_status"))


@pytest.mark.timeout(180)
async def test_thirty_kills_repeat_no_finished_step(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)
    ward = Ward(tmp_path)
    marks: list[tuple[int, set[tuple[str, int]]]] = []
    hits = 0
    async with nursery(victim.__name__) as nest:
        while hits < KILLS:
            # Mostly in steps and while they are recorded, sometimes in the recovery itself.
            early = hits > 0 and chance.random() < 0.1
            await ward.kill(nest, "up" if early else "body", chance.uniform(0.0, 0.6))
            hits += any(state in ("PENDING", "ENQUEUED") for state in ward.states().values())
            marks.append((len(ward.entries()), ward.recorded()))
    code, said = ward.run("finish")
    assert code == 0
    # Every job has ended well, with the right result.
    states = ward.states()
    assert set(states.values()) == {"SUCCESS"}
    assert {f"{job} {SQUARES}" for job in states} == {
        line for line in said.splitlines() if line.startswith("job-")
    }
    # What was recorded before a kill never began again after it.
    entries = ward.entries()
    for seen, recorded in marks:
        begun = {(job, step) for what, job, step in entries[seen:] if what == "begin"}
        assert not begun & recorded
    # Every step was done; only one in flight at a kill may have been done twice.
    ends = Counter((job, step) for what, job, step in entries if what == "end")
    assert set(ends) == {(job, step) for job in states for step in range(victim.STEPS)}
    assert sum(ends.values()) - len(ends) <= KILLS
    begins = Counter((job, step) for what, job, step in entries if what == "begin")
    assert sum(begins.values()) > len(begins)  # the kills did hit steps


def test_a_job_that_ends_the_program_is_given_up(tmp_path: Path) -> None:
    ward = Ward(tmp_path)
    for _ in range(3):
        assert ward.run("poison")[0] == 9
    code, said = ward.run("poison")
    assert (code, said.split()) == (0, ["up", "errors.job_poisoned"])
    assert ward.journal.read_text().split() == ["bite"] * 3
