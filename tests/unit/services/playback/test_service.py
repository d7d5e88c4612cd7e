"""Resume points, watched marks and what comes next, on a real database."""

from __future__ import annotations

import math
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.events import PositionChanged
from app.domain.media import (
    Card,
    Details,
    FileId,
    ItemId,
    MediaFile,
    MediaKind,
    Track,
    TrackKind,
)  # fmt: skip
from app.infra.database.engine import Database
from app.infra.loopback import LoopbackServer
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.playback.service import PlaybackService

FILM, SERIES = ItemId(1), ItemId(10)
FILE = FileId(100)


class Library:
    """Items by id, as the real library answers."""

    def __init__(self) -> None:
        self.items: dict[int, Details] = {}

    async def details(self, item: ItemId) -> Details:
        if item not in self.items:
            raise NotFound("errors.item_gone")
        return self.items[item]

    async def cards(self, ids: Sequence[int]) -> list[Card]:
        return [self.items[item].card for item in ids if item in self.items]


class Station:
    """The service with what it stands on."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.library = Library()
        self.bus = EventBus()
        self.now = 1000.0
        self.told: list[PositionChanged] = []
        self.bus.on(PositionChanged, self.told.append)
        self.service = PlaybackService(
            database, self.bus, self.library, LoopbackServer(), self.clock
        )
        self.path = folder / "film.mkv"
        self.path.write_bytes(b"\x1a\x45\xdf\xa3film")
        self.film()

    def clock(self) -> float:
        self.now += 1
        return self.now

    def media_file(self, number: int = FILE) -> MediaFile:
        return MediaFile(
            FileId(number), os.fsencode(self.path), "film.mkv", 8, duration=1000.0,
            tracks=(Track(0, TrackKind.VIDEO, "hevc"),), subtitles=(b"/x/film.fr.srt",),
            resolution="2160p",
        )  # fmt: skip

    def film(self, *files: MediaFile) -> None:
        card = Card(FILM, MediaKind.FILM, "Tears of Steel", year=2012, duration=1000.0)
        self.library.items[FILM] = Details(card, files or (self.media_file(),))

    def series(self, watched: tuple[int, ...] = ()) -> None:
        cards = tuple(
            Card(
                ItemId(10 + n), MediaKind.EPISODE, f"Part {n}", season=1, episode=n,
                series="Tides", watched=n in watched,
            )
            for n in (1, 2, 3)
        )  # fmt: skip
        for card in cards:
            self.library.items[card.id] = Details(
                card, (self.media_file(200 + card.id),), series_id=SERIES
            )
        show = Card(SERIES, MediaKind.SERIES, "Tides", episodes=3)
        self.library.items[SERIES] = Details(show, (), episodes=cards)


@pytest.fixture
async def station(paths: Paths, tmp_path: Path) -> AsyncIterator[Station]:
    database = Database(paths.database)
    await database.open()
    yield Station(database, tmp_path)
    await database.close()


async def test_open_tells_everything_the_player_needs(station: Station) -> None:
    request = await station.service.open(FILM)
    assert request.title == "Tears of Steel"
    assert request.caption == "2012 \u00b7 2160p \u00b7 HEVC"
    assert (request.start, request.next, request.demuxer) == (0.0, None, "mkv")
    assert request.subtitle_files == (b"/x/film.fr.srt",)


async def test_it_resumes_where_it_stopped(station: Station) -> None:
    await station.service.save_position(FILM, FILE, 300.0, 1000.0)
    assert (await station.service.open(FILM)).start == 300.0
    assert (await station.service.open(FILM, from_start=True)).start == 0.0
    assert station.told == [PositionChanged(FILM, 300.0, False)]


async def test_past_the_credits_it_is_watched_once(station: Station) -> None:
    for position in (500.0, 925.0, 930.0, 990.0):
        await station.service.save_position(FILM, FILE, position, 1000.0)
    assert station.told[-1] == PositionChanged(FILM, 0.0, True)
    assert len(station.told) == 2
    assert (await station.service.open(FILM)).start == 0.0
    assert await station.service.continue_watching() == []


async def test_a_peek_changes_no_mark(station: Station) -> None:
    await station.service.mark_watched(FILM, watched=True)
    await station.service.save_position(FILM, FILE, 3.0, 1000.0)
    await station.service.save_position(FILM, FILE, 15.0, 1000.0)
    assert station.told == [PositionChanged(FILM, 0.0, True)]


async def test_going_back_to_the_start_forgets_the_place(station: Station) -> None:
    await station.service.save_position(FILM, FILE, 300.0, 1000.0)
    await station.service.save_position(FILM, FILE, 2.0, 1000.0)
    assert station.told[-1] == PositionChanged(FILM, 0.0, False)
    assert await station.service.continue_watching() == []


@pytest.mark.parametrize("position", [math.nan, math.inf, -1.0])
async def test_nonsense_is_refused(station: Station, position: float) -> None:
    with pytest.raises(InvalidInput):
        await station.service.save_position(FILM, FILE, position, 1000.0)


async def test_continue_watching_can_be_cleared_and_restored(station: Station) -> None:
    await station.service.save_position(FILM, FILE, 300.0, 1000.0)
    assert [card.id for card in await station.service.continue_watching()] == [FILM]
    await station.service.forget(FILM)
    assert await station.service.continue_watching() == []
    await station.service.restore(FILM)
    assert [card.id for card in await station.service.continue_watching()] == [FILM]
    await station.service.forget(FILM)
    await station.service.save_position(FILM, FILE, 310.0, 1000.0)
    assert [card.id for card in await station.service.continue_watching()] == [FILM]


async def test_positions_outlive_the_item(station: Station) -> None:
    await station.service.save_position(FILM, FILE, 300.0, 1000.0)
    kept = station.library.items.pop(FILM)
    assert await station.service.continue_watching() == []
    station.library.items[FILM] = kept
    assert (await station.service.open(FILM)).start == 300.0


async def test_next_up_follows_the_series(station: Station) -> None:
    station.series()
    await station.service.save_position(ItemId(11), FileId(211), 400.0, 1000.0)
    assert await station.service.next_up() == []  # it is in "continue watching"
    await station.service.save_position(ItemId(11), FileId(211), 950.0, 1000.0)
    station.series(watched=(1,))
    assert [card.id for card in await station.service.next_up()] == [12]
    await station.service.mark_watched(SERIES, watched=True)
    station.series(watched=(1, 2, 3))
    assert await station.service.next_up() == []


async def test_watching_again_walks_on(station: Station) -> None:
    station.series(watched=(1, 2, 3))
    await station.service.mark_watched(SERIES, watched=True)
    await station.service.save_position(ItemId(11), FileId(211), 400.0, 1000.0)
    await station.service.save_position(ItemId(11), FileId(211), 950.0, 1000.0)
    assert [card.id for card in await station.service.next_up()] == [12]


async def test_a_series_plays_the_episode_that_is_due(station: Station) -> None:
    station.series(watched=(1,))
    request = await station.service.open(SERIES)
    assert (request.item, request.next) == (12, 13)
    assert request.title == "Tides"
    assert request.caption.startswith("S1 E2 \u00b7 Part 2")


async def test_marking_a_series_marks_its_episodes(station: Station) -> None:
    station.series()
    await station.service.mark_watched(SERIES, watched=True)
    assert [event.item for event in station.told] == [11, 12, 13]
    await station.service.mark_watched(SERIES, watched=False)
    assert not any(event.watched for event in station.told[3:])


async def test_what_cannot_be_played_says_why(station: Station) -> None:
    good = station.media_file()
    station.film(replace(good, offline=True))
    with pytest.raises(Unavailable, match="folder_away"):
        await station.service.open(FILM)
    station.film(replace(good, note="notes.empty", tracks=()))
    with pytest.raises(Unsupported, match="unplayable"):
        await station.service.open(FILM)
    station.film(good)
    station.path.write_bytes(b"#EXTM3U\n")
    with pytest.raises(Unsupported, match="playlist"):
        await station.service.open(FILM)
    with pytest.raises(NotFound):
        await station.service.open(FILM, FileId(999))
    station.library.items[FILM] = replace(station.library.items[FILM], files=())
    with pytest.raises(NotFound):
        await station.service.open(FILM)


async def test_the_file_watched_last_is_chosen_unless_its_disk_is_away(station: Station) -> None:
    first, second = station.media_file(), station.media_file(101)
    station.film(first, second)
    await station.service.save_position(FILM, FileId(101), 300.0, 1000.0)
    assert (await station.service.open(FILM)).file.id == 101
    station.film(first, replace(second, offline=True))
    assert (await station.service.open(FILM)).file.id == FILE
