"""Killed at any moment, a video goes on where it was: nothing finished is paid or done again."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sqlite3
from collections import Counter
from pathlib import Path

from tests.fakes.children import Nursery, nursery

PROJECTS = 10
KILLS = 4
"""Of each project: forty in all."""
BESIDE = 3


async def test_forty_kills_cost_nothing_that_was_finished(tmp_path: Path) -> None:
    turns = asyncio.Semaphore(BESIDE)
    async with (
        nursery("tests.unit.services.studio.maker") as nest,
        asyncio.TaskGroup() as beside,
    ):
        for number in range(PROJECTS):
            beside.create_task(_one(nest, tmp_path / str(number), turns))


async def _one(nest: Nursery, folder: Path, turns: asyncio.Semaphore) -> None:
    folder.mkdir()
    chance, kept = random.Random(), list[tuple[set[str], Counter[str]]]()
    async with turns:
        for _ in range(KILLS):
            child = await nest.child(folder)
            began = asyncio.create_task(child.line())
            await _lines_more(folder, chance.randint(0, 6), began)
            child.kill()
            await child.ended()
            await began
            kept.append((_finished(folder), _diary(folder)))
        child = await nest.child(folder)
        words = await child.rest()
        await child.ended()
    assert words[-1].startswith("done "), words
    last = _diary(folder)
    for finished, before in kept:
        for line, count in before.items():
            if any(one in line for one in finished):
                assert last[line] == count, line
    paid = {line for line in last if line.startswith("paid ")}
    assert len(paid) >= 3
    assert int(words[-1].split()[1]) >= 30_000 * len(paid)


async def _lines_more(folder: Path, count: int, began: asyncio.Task[str]) -> None:
    """Until so many more things were done than before, or it is over."""
    wanted = sum(_diary(folder).values()) + count
    async with asyncio.timeout(40):
        while not began.done() or (await began and sum(_diary(folder).values()) < wanted):
            await asyncio.sleep(0.005)
            if _is_done(folder):
                return


def _finished(folder: Path) -> set[str]:
    """What was ordered or spoken for good, as the diary names it."""
    rows = _query(folder, "SELECT more FROM studio_work WHERE remote != ''")
    spoken = _query(
        folder, "SELECT prompt FROM studio_asset JOIN studio_work ON asset = studio_asset.id "
        "WHERE kind = 'voice'",
    )  # fmt: skip
    import json

    return {str(json.loads(row)["what"])[:120] for row in rows} | {f"speak {row}" for row in spoken}


def _is_done(folder: Path) -> bool:
    return _query(folder, "SELECT state FROM studio_project") == ["done"]


def _query(folder: Path, question: str) -> list[str]:
    place = folder / "station.db"
    if not place.exists():
        return []
    with contextlib.closing(sqlite3.connect(place, timeout=10)) as connection:
        try:
            return [row[0] for row in connection.execute(question)]
        except sqlite3.OperationalError:  # killed before its tables were made
            return []


def _diary(folder: Path) -> Counter[str]:
    place = folder / "diary"
    return Counter(place.read_text().splitlines()) if place.exists() else Counter()
