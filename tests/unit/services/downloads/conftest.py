"""A crew of downloads over real SQLite, whose loads the test drives by hand."""

from __future__ import annotations

import asyncio
import datetime
import itertools
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.downloads import DownloadId, DownloadKind, DownloadState, Vpn
from app.domain.errors import AppError
from app.domain.media import Folder
from app.domain.settings_sections import Downloads
from app.infra.database.engine import Database
from app.services.downloads import space
from app.services.downloads.board import Board, Told
from app.services.downloads.dispatcher import Dispatcher
from app.services.downloads.filing import Filer
from app.services.downloads.run import Hands
from app.services.downloads.store import DownloadStore, Record
from tests.fakes.loading import HandLoad

GB = 1_000_000_000


class Shelves:
    """A library that only remembers what it was told."""

    def __init__(self) -> None:
        self.added: list[bytes] = []
        self.known: tuple[Folder, ...] = ()

    async def folders(self) -> tuple[Folder, ...]:
        return self.known

    async def add_folder(self, path: bytes) -> Folder:
        self.added.append(path)
        return None  # type: ignore[return-value]  # nobody looks at it


class Throttles:
    def __init__(self) -> None:
        self.limits = (0, 0)
        self.state = Vpn()

    async def limit(self, down: int, up: int, torrents: int, others: int) -> None:
        self.limits = (down, up)

    def vpn(self) -> Vpn:
        return self.state


class Yard:
    """The crew and everything round it. Its waits last until `wake()`."""

    def __init__(self, database: Database, place: Path) -> None:
        self.place = place
        self.store = DownloadStore(database)
        self.library = Shelves()
        self.throttles = Throttles()
        self.wishes = Downloads(reserve=1)
        self.room = space.Room(7, 100 * GB, 200 * GB)
        self.disk_error: AppError | None = None
        self.loads: dict[DownloadId, HandLoad] = {}
        self.told: list[Told] = []
        self.finished: list[Record] = []
        self.now = datetime.datetime(2026, 11, 23, 9, 30).astimezone()
        self.pauses: list[float] = []
        self._alarm = asyncio.Event()
        self._numbers = itertools.count()
        self.crew = self.build()

    def build(self) -> Dispatcher:
        filer = Filer(self.library, lambda: self.wishes, self.place / "library")
        hands = Hands(
            store=self.store, filer=filer, wishes=lambda: self.wishes, clock=lambda: 1000.0,
            changed=lambda _record: None, finished=self._finished, look=self._look,
            pause=self._pause,
        )  # fmt: skip
        board = Board(self.told.append)
        return Dispatcher(self.store, hands, self._make, self.throttles, board, lambda: self.now)

    async def add(self, **more: Any) -> DownloadId:
        number = next(self._numbers)
        values: dict[str, Any] = {
            "id": DownloadId(f"d{number}"), "kind": DownloadKind.FILE,
            "link": f"http://a.example/{number}", "identity": str(number), "name": f"n{number}",
            "folder": os.fsencode(self.place / "loads"), "state": DownloadState.QUEUED,
            "place": number, "added_at": 1.0, **more,
        }  # fmt: skip
        record = Record(**values)
        self.crew.records[record.id] = record
        await self.crew.put(record)
        return record.id

    async def run(self, **more: Any) -> tuple[DownloadId, HandLoad]:
        """Add one and let it load."""
        number = await self.add(**more)
        self.crew.begin(number)
        load = self.loads[number]
        await soon(load.running.wait)
        return number, load

    def state(self, number: DownloadId) -> DownloadState:
        return self.crew.get(number).state

    def wake(self) -> None:
        """Let every wait end."""
        self._alarm.set()
        self._alarm = asyncio.Event()

    async def waking(self, true: Callable[[], Any]) -> None:
        """Let every wait end until it is so."""

        def look() -> bool:
            self.wake()
            return bool(true())

        await soon(look)

    async def until(self, number: DownloadId, state: DownloadState) -> Record:
        await soon(lambda: self.crew.get(number).state is state)
        return self.crew.get(number)

    def _make(self, record: Record) -> HandLoad:
        load = self.loads.get(record.id)
        if load is None:
            load = self.loads[record.id] = HandLoad(self.place / "loads")
        return load

    async def _finished(self, record: Record) -> None:
        self.finished.append(record)

    async def _look(self, _folder: bytes) -> space.Room:
        if self.disk_error is not None:
            raise self.disk_error
        return self.room

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await self._alarm.wait()


async def soon(true: Callable[[], Any]) -> None:
    """Wait until it is so: 10 s at most."""
    async with asyncio.timeout(10):
        while True:
            told = true()
            if asyncio.iscoroutine(told):
                await told
                return
            if told:
                return
            await asyncio.sleep(0.005)


@pytest.fixture
async def yard(tmp_path: Path) -> AsyncIterator[Yard]:
    database = Database(tmp_path / "station.db")
    await database.open()
    made = Yard(database, tmp_path)
    await made.crew.start()
    yield made
    made.wake()
    await made.crew.stop()
    await database.close()
