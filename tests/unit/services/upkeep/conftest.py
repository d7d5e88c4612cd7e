"""Upkeep over a real job engine, in folders of its own."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.events import NoticeRaised, UpkeepChanged
from app.domain.settings_sections import Upkeep
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.runtime.jobs import JobEngine
from app.services.upkeep.service import UpkeepService
from app.services.upkeep.space import Part


class World:
    """One station's upkeep, and what it did to its neighbours."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths
        self.bus = EventBus()
        self.wishes = Upkeep()
        self.parts: list[Part] = []
        self.scans = self.pauses = self.optimised = 0
        self.notices: list[NoticeRaised] = []
        self.changes = 0
        self.now = 1_800_000_000.0
        self.bus.on(NoticeRaised, self.notices.append)
        self.bus.on(UpkeepChanged, self._on_changed)
        self.jobs = JobEngine(paths.jobs, self.bus)
        self.upkeep = UpkeepService(
            paths, self.jobs, self.bus, lambda: self.wishes, self._parts, self._rescan,
            self._pause, self._optimise, clock=lambda: self.now,
        )  # fmt: skip

    def wish(self, **changes: object) -> None:
        self.wishes = replace(self.wishes, **changes)  # type: ignore[arg-type]  # of the section

    async def start(self) -> None:
        await self.jobs.start()
        await self.upkeep.start()

    async def stop(self) -> None:
        await self.upkeep.stop()
        await self.jobs.stop()

    def _on_changed(self, _event: UpkeepChanged) -> None:
        self.changes += 1

    async def _parts(self) -> list[Part]:
        return self.parts

    async def _rescan(self) -> None:
        self.scans += 1

    async def _optimise(self) -> None:
        self.optimised += 1

    async def _pause(self) -> None:
        self.pauses += 1


def database(path: Path, rows: int = 100) -> None:
    """A small database with something in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS film (title TEXT)")
        connection.executemany("INSERT INTO film VALUES (?)", [(f"film {n}",) for n in range(rows)])


def titles(path: Path) -> int:
    """How many films a database knows."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM film").fetchone()[0])


async def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    for _ in range(int(seconds / 0.02)):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("It did not happen")


@pytest.fixture
def home(tmp_path: Path) -> Paths:
    """Folders of a station."""
    places = {name: str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    paths = Paths.from_environment(
        {"HOME": str(tmp_path), **{f"XDG_{name}_HOME": place for name, place in places.items()}}
    )
    paths.make()
    database(paths.database)
    paths.settings.write_text("version = 1\n", "utf-8")
    return paths


@pytest.fixture
async def world(home: Paths) -> AsyncIterator[World]:
    """A station that has started."""
    made = World(home)
    await made.start()
    yield made
    await made.stop()
