"""Killed at any moment, each film of the folder goes out once to each account, and none is lost."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sqlite3
from pathlib import Path
from typing import Any

from app.services.automation import reading
from tests.fakes.children import nursery
from tests.unit.services.automation.keeper import ACCOUNTS

FILMS = 6
KILLS = 8


async def test_each_film_goes_out_once_whatever_is_killed(tmp_path: Path, clip: bytes) -> None:
    chance, inbox = random.Random(), tmp_path / "inbox"
    inbox.mkdir()
    async with nursery("tests.unit.services.automation.keeper") as nest:
        child = await nest.child(tmp_path, str(FILMS))
        await _until(lambda: bool(_rows(tmp_path, "SELECT path FROM curator_folder")))
        for number in range(FILMS):
            (inbox / f"Film {number}.mp4").write_bytes(clip + bytes(number))
        for _ in range(KILLS):
            wanted = _moved(tmp_path) + chance.randint(0, 4)
            await _until(lambda wanted=wanted: _moved(tmp_path) >= wanted or _all_sent(tmp_path))
            await asyncio.sleep(chance.random() / 20)
            child.kill()
            await child.ended()
            child = await nest.child(tmp_path, str(FILMS))
        assert (await child.rest())[-1] == "done"
        await child.ended()
    posts = _rows(tmp_path, "SELECT bundle, account, state FROM publish_post")
    films = {reading.look(bytes(one)) for one in inbox.iterdir()}
    assert len(films) == FILMS
    bundles = {bundle for bundle, _account, _state in posts}
    assert len(bundles) == FILMS
    assert sorted((bundle, account) for bundle, account, _state in posts) == sorted(
        (bundle, account) for bundle in bundles for account in ACCOUNTS
    )
    assert {state for _bundle, _account, state in posts} == {"planned"}


def _moved(folder: Path) -> int:
    """How many steps were taken so far."""
    told = "SELECT (words != '') + (length(thumbnail) > 0) + (posts != '[]') + (state = 'sent')"
    return sum(row[0] for row in _rows(folder, f"{told} FROM curator_file"))


def _all_sent(folder: Path) -> bool:
    return _rows(folder, "SELECT count(*) FROM curator_file WHERE state = 'sent'") == [(FILMS,)]


async def _until(fulfilled: Any) -> None:
    async with asyncio.timeout(50):
        while not await asyncio.to_thread(fulfilled):  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.01)


def _rows(folder: Path, question: str) -> list[Any]:
    place = folder / "station.db"
    if not place.exists():
        return []
    with contextlib.closing(sqlite3.connect(place, timeout=10)) as connection:
        try:
            return list(connection.execute(question))
        except sqlite3.OperationalError:  # killed before its tables were made
            return []
