"""A scan whose station is killed goes on where it was."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.domain.events import JobState
from app.infra.paths import Paths
from tests.fakes.films import PLAIN, make
from tests.unit.services.library.conftest import Station

ROOT = Path(__file__).parents[4]
FILES = 600
CHILD = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from app.infra.database import driver
driver.install()
from app.infra.paths import Paths
from tests.unit.services.library.conftest import Station
async def main():
    paths = Paths.from_environment()
    paths.make()
    station = Station(paths)
    await station.start()
    if not await station.library.folders():
        await station.library.add_folder(sys.argv[2].encode())
    print("begun", flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.mark.timeout(150)
async def test_a_scan_survives_kills(paths: Paths, films: Path) -> None:
    for number in range(FILES):
        make(PLAIN, films / f"{number % 7}" / f"Film number {number} (2001).mkv")
    for _turn in range(5):
        await asyncio.to_thread(_kill_one, films)
    station = Station(paths)
    await station.start()
    try:
        jobs = await station.jobs.list("library.scan")
        assert len(jobs) == 1
        await station.jobs.wait(jobs[0].id)
        assert (await station.jobs.list("library.scan"))[0].state is JobState.DONE
        counts = await station.raw(
            "SELECT count(*), sum(probed = 1), sum(missing_since IS NULL) FROM file"
        )
        assert counts == [(FILES, FILES, FILES)]
        assert await station.raw("SELECT count(*), sum(pictured) FROM item") == [(FILES, FILES)]
        assert await station.raw("PRAGMA integrity_check") == [("ok",)]
        pictures = list(paths.pictures.rglob("*"))
        assert not [
            path for path in pictures if path.suffix == ".part" and path.stat().st_size == 0
        ][5:]
        for card in await station.cards():
            assert card.poster is not None
            assert station.library.picture(card.poster).read_bytes().endswith(b"\xff\xd9")
    finally:
        await station.stop()


def _kill_one(films: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(ROOT), str(films)], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    with child.stdout as told:
        assert told.readline() == b"begun\n"
        time.sleep(random.uniform(0.1, 1.0))
        child.send_signal(signal.SIGKILL)
        child.wait()
