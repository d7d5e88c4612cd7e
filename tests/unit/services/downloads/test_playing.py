"""A download plays while it loads, and when it is here."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.domain.downloads import DownloadId, DownloadState
from app.domain.errors import AppError, NotFound, Refused, Unavailable
from app.domain.events import StartWaits, StreamWatched
from app.domain.media import Card, ItemId, MediaFile, MediaKind
from app.infra.growing import Span
from app.infra.loopback import LoopbackServer
from app.runtime.bus import EventBus
from app.services.downloads import arrived
from app.services.downloads.playing import DownloadWays, Theatre
from app.services.playback.request import ItemRequest, StreamRequest, Ticket
from app.services.playback.tickets import Ways
from tests.fakes.films import Film, make
from tests.fakes.growing import Revealed
from tests.unit.services.downloads.conftest import Yard, soon


class Player:
    """The playback service, as far as it is asked here."""

    def __init__(self) -> None:
        self.ways: list[Ways] = []
        self.position = 0.0
        self.opened: list[ItemId] = []

    def register(self, ways: Ways) -> Ticket:
        self.ways.append(ways)
        return Ticket(len(self.ways))

    async def open(self, item: ItemId) -> ItemRequest:
        self.opened.append(item)
        card = Card(item, MediaKind.FILM, "Film")
        return ItemRequest(
            title="Film", caption="", card=card, item=item,
            file=MediaFile.__new__(MediaFile),
        )  # fmt: skip

    async def stream_position(self, _stream: str) -> float:
        return self.position


class Shelf:
    def __init__(self) -> None:
        self.items: dict[bytes, ItemId] = {}

    async def item_at(self, path: bytes) -> ItemId | None:
        return self.items.get(path)


class Stage:
    def __init__(self, yard: Yard) -> None:
        self.yard = yard
        self.player = Player()
        self.shelf = Shelf()
        self.bus = EventBus()
        self.waits: list[StartWaits] = []
        self.bus.on(StartWaits, self.waits.append)
        self.server = LoopbackServer()
        self.theatre = Theatre(yard.crew, self.player, self.shelf, self.server, self.bus)

    def ways(self, number: DownloadId, index: int | None = None) -> DownloadWays:
        return DownloadWays(self.theatre, number, index)

    async def film(self, rate: float | None = None) -> tuple[DownloadId, Revealed]:
        """A real film that comes to light at a rate."""
        film = make(Film(seconds=30.0, container="mkv"))
        number, load = await self.yard.run()
        shown = Revealed(film, 65_536, rate)
        load.size = film.stat().st_size
        load.open = lambda _index: shown.open()  # type: ignore[method-assign, assignment]  # the film's own
        return number, shown


@pytest.fixture
async def stage(yard: Yard) -> AsyncIterator[Stage]:
    made = Stage(yard)
    yield made
    await made.theatre.close()
    await made.server.stop()


async def get(address: str, start: int, end: int) -> bytes:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(address, headers={"Range": f"bytes={start}-{end - 1}"})
        assert answer.status_code == 206
        return answer.content


async def test_a_film_is_played_while_it_loads(stage: Stage) -> None:
    number, shown = await stage.film()
    ways = stage.ways(number)
    request = await ways.open()
    assert isinstance(request, StreamRequest)
    assert request.address.startswith("http://127.0.0.1:")
    size = len(shown.content)
    assert await get(request.address, 0, 1000) == shown.content[:1000]
    middle = await get(request.address, size // 2, size // 2 + 5000)
    assert middle == shown.content[size // 2 : size // 2 + 5000]
    ahead = stage.theatre.ahead(number)
    assert ahead is not None
    assert ahead.ready
    row = next(row for row in stage.yard.crew.rows() if row.id == number)
    assert row.ahead is not None
    await ways.close()
    assert stage.theatre.ahead(number) is None
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(request.address)).status_code == 404


async def test_how_far_ahead_it_is_counts_from_where_somebody_is(stage: Stage) -> None:
    number, shown = await stage.film()
    ways = stage.ways(number)
    request = await ways.open()
    assert isinstance(request, StreamRequest)
    shown.reveal(Span(0, len(shown.content)))
    first = stage.theatre.ahead(number)
    stage.bus.publish(StreamWatched(request.stream, 20.0))
    later = stage.theatre.ahead(number)
    assert first is not None
    assert later is not None
    assert later.playing
    assert later.loaded == pytest.approx(first.loaded - 20.0, abs=1.0)
    await ways.close()


async def test_it_waits_until_it_would_not_stall_and_says_how_long(stage: Stage) -> None:
    number, shown = await stage.film(rate=1.0)
    load = stage.yard.loads[number]
    load.received = 0
    opening = asyncio.ensure_future(stage.ways(number).open())
    await soon(lambda: len(shown.order) == 0 and stage.theatre._shows.get(number))
    assert not opening.done()
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert stage.theatre.ahead(number) is None
    assert shown.readers == []
    assert number not in stage.yard.crew._watched


async def test_who_is_watched_goes_first(stage: Stage) -> None:
    number, _shown = await stage.film()
    ways = stage.ways(number)
    await ways.open()
    assert number in stage.yard.crew._watched
    await ways.close()
    assert number not in stage.yard.crew._watched


async def test_what_was_paused_or_failed_goes_on_to_be_watched(stage: Stage) -> None:
    number, _shown = await stage.film()
    load = stage.yard.loads[number]
    load.fail(Refused("errors.stream_refused", host="a"))
    await stage.yard.until(number, DownloadState.FAILED)
    await soon(lambda: number not in stage.yard.crew.runs)
    ways = stage.ways(number)
    assert isinstance(await ways.open(), StreamRequest)
    await soon(lambda: load.runs == 2)
    await ways.close()


async def test_a_download_that_fails_is_no_film(stage: Stage) -> None:
    number = await stage.yard.add()
    stage.yard.crew.begin(number)
    load = stage.yard.loads[number]
    await stage.yard.crew.end(number)
    load.look_error = Refused("errors.stream_refused", host="a.example")
    with pytest.raises(AppError) as told:
        await stage.ways(number).open()
    assert told.value.key == "errors.stream_refused"


async def test_what_waits_for_its_disk_says_so(stage: Stage) -> None:
    number, _shown = await stage.film()
    stage.yard.disk_error = Unavailable("errors.disk_away", folder="x")
    stage.yard.loads[number].fail(Unavailable("errors.disk_away", folder="x"))
    await stage.yard.until(number, DownloadState.HELD)
    await soon(lambda: stage.yard.state(number) is DownloadState.HELD)
    stage.yard.crew.runs[number].found.clear()
    with pytest.raises(Unavailable) as told:
        await stage.ways(number).open()
    assert told.value.key == "errors.disk_away"


async def test_what_is_in_the_library_plays_from_there(stage: Stage) -> None:
    path = os.fsencode(stage.yard.place / "film.mkv")
    number = await stage.yard.add(state=DownloadState.DONE, filed=(path,), finished_at=1.0)
    stage.shelf.items[path] = ItemId(7)
    request = await stage.ways(number).open()
    assert isinstance(request, ItemRequest)
    assert stage.player.opened == [7]


async def test_what_is_here_and_not_in_the_library_plays_too(stage: Stage, tmp_path: Path) -> None:
    film = tmp_path / "Film.1999.mkv"
    film.write_bytes(bytes(range(256)) * 100)
    filed = (os.fsencode(film),)
    number = await stage.yard.add(state=DownloadState.DONE, filed=filed, finished_at=1.0)
    request = await stage.ways(number).open()
    assert isinstance(request, StreamRequest)
    assert await get(request.address, 256, 512) == bytes(range(256))
    film.unlink()
    with pytest.raises(NotFound):
        await stage.ways(number).open()


async def season(stage: Stage, tmp_path: Path, **more: Any) -> tuple[DownloadId, list[Path]]:
    """A pack of two episodes with subtitles, filed."""
    shelf = tmp_path / "Series" / "Show" / "Season 01"
    shelf.mkdir(parents=True)
    names = ("Show S01E01.mkv", "Show S01E01.en.srt", "Show S01E02.mkv")
    films = [shelf / name for name in names]
    for number, film in enumerate(films):
        film.write_bytes(bytes((number,)) * 600)
    filed = tuple(os.fsencode(film) for film in films)
    told = {"state": DownloadState.DONE, "filed": filed, "finished_at": 1.0, **more}
    return await stage.yard.add(**told), films


async def test_of_a_season_that_is_here_any_episode_plays(stage: Stage, tmp_path: Path) -> None:
    number, films = await season(stage, tmp_path)
    files = arrived.files_of(stage.yard.crew.get(number))
    assert [file.path for file in files] == [f"Season 01/{film.name}" for film in films]
    assert [file.playable for file in files] == [True, False, True]
    ways = stage.ways(number, files[2].index)
    request = await ways.open()
    assert isinstance(request, StreamRequest)
    assert await get(request.address, 0, 4) == bytes((2,)) * 4
    assert request.card.episode == 2
    first = await stage.ways(number).open()
    assert isinstance(first, StreamRequest)
    assert await get(first.address, 0, 4) == bytes(4)
    assert first.stream != request.stream  # how far one was is remembered apart
    stage.shelf.items[os.fsencode(films[2])] = ItemId(9)
    assert isinstance(await stage.ways(number, files[2].index).open(), ItemRequest)
    assert stage.player.opened == [9]
    films[2].unlink()
    assert not arrived.files_of(stage.yard.crew.get(number))[2].playable


@pytest.mark.parametrize("index", [0, 7, arrived.FIRST + 3])
async def test_of_what_is_over_a_file_it_has_not_is_told_and_not_waited_for(
    stage: Stage, tmp_path: Path, index: int
) -> None:
    number, _films = await season(stage, tmp_path)
    with pytest.raises(NotFound) as told:
        await stage.ways(number, index).open()
    assert told.value.key == "errors.download_no_film"


async def test_what_is_given_to_others_plays_from_the_library_by_its_own_numbers(
    stage: Stage, tmp_path: Path
) -> None:
    lies = tmp_path / "own" / "e2.mkv"
    lies.parent.mkdir()
    number, films = await season(stage, tmp_path, state=DownloadState.SEEDING)
    os.link(films[2], lies)
    run = stage.yard.crew.begin(number)
    stage.yard.loads[number].paths = lambda: {5: lies}  # type: ignore[method-assign]  # its own
    stage.shelf.items[os.fsencode(films[2])] = ItemId(9)
    assert isinstance(await stage.ways(number, 5).open(), ItemRequest)
    assert stage.player.opened == [9]
    assert run.record.state is DownloadState.SEEDING


async def test_a_film_the_player_cannot_play_is_not_opened_again_by_itself(stage: Stage) -> None:
    number, _shown = await stage.film()
    ways = stage.ways(number)
    await ways.open()
    await ways.failed("errors.stream_unplayable", {"host": "x"})
    with pytest.raises(AppError) as told:
        await ways.open()
    assert told.value.key == "errors.stream_unplayable"
    assert isinstance(await ways.open(), StreamRequest)  # when the owner asks for it
    await ways.close()
