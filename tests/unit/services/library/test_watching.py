"""Changes in a watched folder show within seconds, and only finished files are taken."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.events import LibraryChanged
from app.domain.media import FolderState, LibraryQuery
from app.services.library.presence import Presence
from tests.fakes.films import PLAIN, Film, make
from tests.unit.services.library.conftest import ALL, Station


async def _titles(station: Station, wanted: set[str], seconds: float = 5.0) -> None:
    found: set[str] = set()
    async with asyncio.timeout(seconds):
        while found != wanted:
            await asyncio.sleep(0.05)
            found = set(await station.titles())


async def test_new_moved_and_deleted_files_are_noticed(station: Station, films: Path) -> None:
    make(PLAIN, films / "One (2001).mkv")
    await station.add(films)
    make(Film(look=1), films / "deep/er/Two (2002).mkv")
    await _titles(station, {"One", "Two"})
    (films / "One (2001).mkv").rename(films / "Uno (2001).mkv")
    await _titles(station, {"Uno", "Two"})
    shutil.rmtree(films / "deep")
    while not any(card.offline for card in await station.cards()):  # noqa: ASYNC110 - rows have no event
        await asyncio.sleep(0.05)  # the test's own time limit ends it
    assert {card.title: card.offline for card in await station.cards()} == {
        "Uno": False,
        "Two": True,
    }


async def test_a_file_still_being_written_waits(station: Station, films: Path) -> None:
    await station.add(films)
    data = make(PLAIN).read_bytes()
    with (films / "Slow (2003).mkv").open("wb", buffering=0) as file:
        for start in range(0, len(data), len(data) // 8):
            file.write(data[start : start + len(data) // 8])
            await asyncio.sleep(0.3)
            assert list(await station.library.listing(LibraryQuery(kinds=ALL))) == []
    await _titles(station, {"Slow"})
    async with asyncio.timeout(5):
        while (await station.raw("SELECT probed FROM file")) != [(1,)]:  # noqa: ASYNC110 - rows have no event
            await asyncio.sleep(0.05)


async def test_a_disk_that_goes_and_comes_back_is_noticed(station: Station, films: Path) -> None:
    make(PLAIN, films / "One (2001).mkv")
    folder = await station.add(films)
    quick = Presence(station.library._store, station.bus, station.library._changed, every=0.1)
    station.library._presence = quick
    task = asyncio.create_task(quick.run(station.library._came_back))
    try:
        films.rename(films.with_name("away"))
        await _state(station, FolderState.AWAY)
        make(Film(look=1), films.with_name("away") / "Two (2002).mkv")
        films.with_name("away").rename(films)
        await _state(station, FolderState.HERE)
        await _titles(station, {"One", "Two"})
        make(Film(look=2), films / "Three (2003).mkv")  # and it is watched again
        await _titles(station, {"One", "Two", "Three"})
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert folder.id == (await station.library.folders())[0].id


async def test_without_a_folder_little_is_asked(station: Station, films: Path) -> None:
    pauses: asyncio.Queue[float] = asyncio.Queue()
    go = asyncio.Semaphore(0)

    async def pause(seconds: float) -> None:
        pauses.put_nowait(seconds)
        await go.acquire()

    async def back(_folder: object) -> None:
        return

    slow = Presence(station.library._store, station.bus, lambda: None, every=10.0, pause=pause)
    task = asyncio.create_task(slow.run(back))
    try:
        assert await pauses.get() == 10.0
        go.release()
        assert await pauses.get() == 60.0
        await station.add(films)
        go.release()
        assert await pauses.get() == 10.0
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _state(station: Station, state: FolderState) -> None:
    async with asyncio.timeout(5):
        while (await station.library.folders())[0].state is not state:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.05)


async def test_nothing_runs_while_nothing_happens(
    station: Station, films: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(PLAIN, films / "One (2001).mkv")
    await station.add(films)
    await asyncio.sleep(4.0)  # past the first look after the start
    loop = asyncio.get_running_loop()
    steps: list[object] = []
    real = loop.call_soon

    def counted(callback: Callable[..., object], *args: Any, **more: Any) -> asyncio.Handle:
        steps.append(callback)
        return real(callback, *args, **more)

    monkeypatch.setattr(loop, "call_soon", counted)
    await asyncio.sleep(1.5)
    assert len(steps) < 10, steps


async def test_watching_can_be_switched_off(station: Station, films: Path) -> None:
    await station.settings.set("library", "watch_changes", False)
    await station.add(films)
    make(PLAIN, films / "One (2001).mkv")
    await asyncio.sleep(0.5)
    assert station.library._watcher._watches == {}
    assert station.library._watcher._parts == {}
    assert await station.titles() == []
    await station.settings.set("library", "watch_changes", True)
    await station.until(lambda: station.library._watcher._watches)


async def test_a_changed_description_tells_of_its_items_alone(
    station: Station, films: Path
) -> None:
    make(PLAIN, films / "One (2001).mkv")
    make(Film(look=1), films / "Two (2002).mkv")
    make(Film(look=2), films / "box/Three (2003).mkv")
    make(Film(look=3), films / "Post/Season 1/Post S01E01.mkv")
    await station.add(films)
    ids = {card.title: card.id for card in await station.cards()}
    told: list[set[int]] = []

    def changed(event: LibraryChanged) -> None:
        if event.structure:
            told.append(set(event.items))

    station.bus.on(LibraryChanged, changed)
    for name, text, titles in (
        ("One (2001).nfo", "<movie/>", {"One"}),
        ("box/movie.nfo", "<movie/>", {"Three"}),
        ("box/MOVIE.NFO", "<movie/>", {"Three"}),
        ("Post/tvshow.nfo", "<tvshow/>", {"Post"}),
    ):
        told.clear()
        (films / "greetings.nfo").write_text("of those who made the file: about nothing here")
        (films / "note.tmp").write_text(text)
        (films / "note.tmp").rename(films / name)
        async with asyncio.timeout(10):
            while not told:  # noqa: ASYNC110 - the test's own time limit ends it
                await asyncio.sleep(0.05)
        named = {title for title, item in ids.items() if item in set.union(*told)}
        assert titles <= named, name
        assert not named & {"One", "Two", "Three", "Post"} - titles, name
