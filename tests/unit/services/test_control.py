"""What commands may ask of a station, against a library made of plain values."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Sequence
from typing import Any, cast

import pytest

from app.domain.errors import InvalidInput
from app.domain.events import ScanPhase, ScanProgressed, WindowRequested
from app.domain.media import (
    Card,
    Folder,
    FolderId,
    FolderState,
    ItemId,
    LibraryQuery,
    LibrarySummary,
    MediaKind,
)
from app.runtime.bus import EventBus
from app.services.control import Control
from app.services.station import Services


class Shelf:
    """A library that scans in two steps."""

    def __init__(self, bus: EventBus) -> None:
        self.bus = bus
        self.known: list[Folder] = []
        self.queries: list[LibraryQuery] = []
        self.rescanned = 0
        self.last_phase = ScanPhase.DONE

    async def folders(self) -> tuple[Folder, ...]:
        return tuple(self.known)

    async def add_folder(self, path: bytes) -> Folder:
        number = FolderId(len(self.known) + 1)
        folder = Folder(number, path, path.decode(), FolderState.HERE, 7)
        self.known.append(folder)
        self._scan(folder)
        return folder

    async def rescan(self, folder: FolderId | None = None) -> None:
        self.rescanned += 1
        self._scan(next(f for f in self.known if f.id == folder))

    def _scan(self, folder: Folder) -> None:
        other = ScanProgressed(FolderId(99), "/other", ScanPhase.DONE, 1, 1)
        begun = ScanProgressed(folder.id, folder.display, ScanPhase.NAMES, 3, 7)
        ended = ScanProgressed(folder.id, folder.display, self.last_phase, 7, 7, notes=2)
        loop = asyncio.get_running_loop()
        loop.call_later(0.01, self.bus.publish, other)
        loop.call_later(0.02, self.bus.publish, begun)
        loop.call_later(0.04, self.bus.publish, ended)

    async def listing(self, query: LibraryQuery) -> array[int]:
        self.queries.append(query)
        return array("q", [3, 1, 2])

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        return [Card(ItemId(number), MediaKind.FILM, f"Film {number}") for number in ids]

    async def summary(self) -> LibrarySummary:
        return LibrarySummary(films=3, folders=1)


class Room:
    """A control with its library, its bus and what it told."""

    def __init__(self) -> None:
        self.bus = EventBus()
        self.shelf = Shelf(self.bus)
        self.left = 0
        self.progress: list[Any] = []
        services = cast("Services", type("Parts", (), {"library": self.shelf})())
        self.control = Control(services, self.bus, self._leave, has_window=False)

    async def ask(self, command: str, **args: object) -> Any:
        async def progress(value: object) -> None:
            self.progress.append(value)

        return await self.control.handlers()[command](args, progress)

    def _leave(self) -> None:
        self.left += 1


@pytest.fixture
def room() -> Room:
    return Room()


async def test_scan_adds_and_follows_to_the_end(room: Room) -> None:
    told = await room.ask("scan", path="/films")
    assert told == {"folder": "/films", "phase": "done", "files": 7, "notes": 2, "items": 7}
    assert room.progress == [{"phase": "names", "done": 3, "total": 7}]


async def test_a_known_folder_is_scanned_again(room: Room) -> None:
    await room.ask("scan", path="/films")
    await room.ask("scan", path="/films")
    assert len(room.shelf.known) == 1
    assert room.shelf.rescanned == 1


async def test_a_failed_scan_is_told(room: Room) -> None:
    room.shelf.last_phase = ScanPhase.FAILED
    assert (await room.ask("scan", path="/films"))["phase"] == "failed"


@pytest.mark.parametrize("path", ["films", "", 3, "/x" * 9000])
async def test_scan_wants_a_whole_path(room: Room, path: object) -> None:
    with pytest.raises(InvalidInput):
        await room.ask("scan", path=path)


async def test_library_lists_in_order(room: Room) -> None:
    told = await room.ask("library", search="heat", kind="film", limit=2)
    assert told["total"] == 3
    assert [row["id"] for row in told["items"]] == [3, 1]
    assert room.shelf.queries[0].text == "heat"
    assert room.shelf.queries[0].kinds == (MediaKind.FILM,)
    with pytest.raises(InvalidInput):
        await room.ask("library", kind="spoon")


async def test_status_window_and_quit(room: Room) -> None:
    pages: list[str] = []
    room.bus.on(WindowRequested, lambda event: pages.append(event.page))
    assert (await room.ask("status"))["films"] == 3
    assert await room.ask("raise", page="library") == {"window": False}
    await room.ask("open")
    assert pages == ["library", ""]
    await room.ask("quit")
    assert room.left == 0  # the answer leaves first
    await asyncio.sleep(0.1)
    assert room.left == 1
