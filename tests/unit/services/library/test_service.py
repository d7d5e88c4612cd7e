"""The library as a whole: a folder becomes items with details and pictures."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.domain.errors import InvalidInput, NotFound, Refused
from app.domain.events import LibraryChanged, ScanPhase, ScanProgressed
from app.domain.media import ItemId, LibraryQuery, MediaKind, Sort, TrackKind
from tests.fakes.films import PLAIN, RICH, Film, make, poster
from tests.unit.services.library.conftest import Station

FILM, SERIES, EPISODE, VIDEO = MediaKind.FILM, MediaKind.SERIES, MediaKind.EPISODE, MediaKind.VIDEO


async def test_a_folder_becomes_items(station: Station, films: Path) -> None:
    make(RICH, films / "Night of the Living Dead (1968)/Night of the Living Dead (1968) 1080p.mkv")
    make(PLAIN, films / "Night of the Living Dead (1968)/Night of the Living Dead (1968) 720p.mkv")
    make(
        Film(video="vp9", container="webm"),
        films / "Shows/Pioneer One/Season 1/Pioneer.One.S01E02.webm",
    )
    make(
        Film(video="av1", container="mp4"),
        films / "Shows/Pioneer One/Season 1/Pioneer.One.S01E01.mp4",
    )
    make(Film(video="hevc", look=1), films / "holiday.mkv")
    (films / "Night of the Living Dead (1968)/Night of the Living Dead (1968) 1080p.en.srt").touch()
    folder = await station.add(films)

    (film,) = await station.cards(FILM)
    assert (film.title, film.year, film.note, film.offline) == (
        "Night of the Living Dead", 1968, None, False,
    )  # fmt: skip
    details = await station.library.details(film.id)
    assert len(details.files) == 2
    rich = next(file for file in details.files if b"1080p" in file.path)
    assert rich.duration == pytest.approx(3.0, abs=0.2)
    assert rich.container == "matroska"
    kinds = [(track.kind, track.language) for track in rich.tracks]
    assert kinds == [
        (TrackKind.VIDEO, None),
        (TrackKind.AUDIO, "eng"), (TrackKind.AUDIO, "fre"),
        (TrackKind.SUBTITLE, "eng"), (TrackKind.SUBTITLE, "fre"),
    ]  # fmt: skip
    assert [chapter.title for chapter in rich.chapters] == ["Beginning", "End"]
    assert rich.chapters[1].start == pytest.approx(1.5, abs=0.1)
    assert [path.rpartition(b"/")[2] for path in rich.subtitles] == [
        b"Night of the Living Dead (1968) 1080p.en.srt"
    ]

    (series,) = await station.cards(SERIES)
    assert (series.title, series.episodes) == ("Pioneer One", 2)
    episodes = (await station.library.details(series.id)).episodes
    assert [(each.season, each.episode, each.series) for each in episodes] == [
        (1, 1, "Pioneer One"), (1, 2, "Pioneer One"),
    ]  # fmt: skip
    assert await station.titles(VIDEO) == ["holiday"]
    codecs = {
        track.codec
        for card in await station.cards(EPISODE, VIDEO)
        for file in (await station.library.details(card.id)).files
        for track in file.tracks
        if track.kind is TrackKind.VIDEO
    }
    assert codecs == {"vp9", "av1", "hevc"}
    for card in await station.cards():
        assert card.poster is not None, card
        assert card.backdrop is not None, card
        assert station.library.picture(card.poster).read_bytes().startswith(b"\xff\xd8\xff")
    told = await station.library.summary()
    assert (told.films, told.series, told.videos, told.folders) == (1, 1, 1, 1)
    assert told.decades == (1960,)
    assert told.free
    assert (await station.library.folders())[0].items == 4
    assert (await station.library.folders())[0].id == folder.id


async def test_progress_and_changes_are_told(station: Station, films: Path) -> None:
    changes: list[LibraryChanged] = []
    station.bus.on(LibraryChanged, changes.append)
    make(PLAIN, films / "One (2001).mkv")
    await station.add(films)
    phases = [each.phase for each in station.events if isinstance(each, ScanProgressed)]
    assert phases[0] is ScanPhase.WAITING
    assert phases[-1] is ScanPhase.DONE
    assert {ScanPhase.NAMES, ScanPhase.PROBING, ScanPhase.PICTURES} <= set(phases)
    assert changes


async def test_a_scan_that_finds_nothing_new_is_told_to_its_end(
    station: Station, films: Path
) -> None:
    make(PLAIN, films / "One (2001).mkv")
    folder = await station.add(films)
    told: list[ScanPhase] = []
    station.bus.on(ScanProgressed, lambda event: told.append(event.phase))
    assert await station.library._runner.run(folder.id)
    assert told[0] is ScanPhase.NAMES
    assert told[-1] is ScanPhase.DONE


async def test_pictures_come_from_the_best_source(station: Station, films: Path) -> None:
    make(PLAIN, films / "Alone (2001)/Alone (2001).mkv")
    poster(films / "Alone (2001)/poster.jpg", "red")
    make(PLAIN, films / "Named (2002).mkv")
    poster(films / "Named (2002)-poster.png", "lime")
    make(RICH, films / "Cover (2003).mkv")  # blue inside
    make(Film(black=1.0), films / "Frame (2004).mkv")
    poster(films / "folder.jpg", "white")  # of the whole collection: of no film
    await station.add(films)
    colors = {}
    for card in await station.cards(FILM):
        assert card.poster is not None
        colors[card.title] = _color(station.library.picture(card.poster))
    assert colors["Alone"] == (True, False, False)
    assert colors["Named"] == (False, True, False)
    assert colors["Cover"] == (False, False, True)
    assert colors["Frame"] not in {(False, False, False), (True, True, True)}


def _color(path: Path) -> tuple[bool, ...]:
    import av

    with av.open(path) as container:
        frame = next(container.decode(video=0))
        assert isinstance(frame, av.VideoFrame)
        assert (frame.width, frame.height) == (300, 450)
        small = bytes(frame.reformat(width=16, height=16, format="rgb24").planes[0])
    means = [sum(small[place::3]) / (len(small) // 3) for place in range(3)]
    return tuple(mean > 128 for mean in means)


async def test_folders_that_cannot_be_are_refused(station: Station, films: Path) -> None:
    (films / "inner").mkdir()
    await station.add(films)
    for path, error in (
        (b"relative", InvalidInput),
        (b"/", Refused),
        (b"/nowhere/at all", NotFound),
        (str(films).encode(), InvalidInput),
        (str(films / "inner").encode(), Refused),
        (str(films.parent).encode(), Refused),
    ):
        with pytest.raises(error):
            await station.library.add_folder(path)


async def test_a_removed_folder_is_hidden_and_can_come_back(station: Station, films: Path) -> None:
    make(PLAIN, films / "One (2001).mkv")
    folder = await station.add(films)
    (before,) = await station.cards()
    await station.library.remove_folder(folder.id)
    assert await station.cards() == []
    assert await station.library.folders() == ()
    assert (films / "One (2001).mkv").exists()
    await station.library.restore_folder(folder.id)
    (after,) = await station.cards()
    assert after.id == before.id


async def test_filters_and_orders(station: Station, films: Path) -> None:
    make(PLAIN, films / "The Zebra (1991).mkv")
    make(Film(seconds=3.0), films / "Apple (1999).mkv")
    make(Film(size="1920x1080", seconds=0.5), films / "Film 10 (2005).mkv")
    make(PLAIN, films / "Film 9 (2004).mkv")
    await station.add(films)
    titles = await station.titles(FILM, sort=Sort.TITLE)
    assert titles == ["Apple", "Film 9", "Film 10", "The Zebra"]
    assert await station.titles(FILM, sort=Sort.YEAR) == ["Film 10", "Film 9", "Apple", "The Zebra"]
    assert (await station.titles(FILM, sort=Sort.DURATION))[0] == "Apple"
    assert (await station.titles(FILM, sort=Sort.DURATION, descending=False))[0] == "Film 10"
    assert set(await station.titles(FILM, decade=1990)) == {"Apple", "The Zebra"}
    assert await station.titles(FILM, resolution="1080p") == ["Film 10"]
    (apple,) = [card for card in await station.cards(FILM) if card.title == "Apple"]
    await station.write(
        "INSERT INTO position (item_id, watched, updated_at) VALUES (?, 1, 5)", apple.id
    )
    assert "Apple" not in await station.titles(FILM, unwatched=True)
    assert (await station.titles(FILM, sort=Sort.WATCHED))[0] == "Apple"
    assert len(await station.library.recently_added(3)) == 3


async def test_what_is_not_there_is_not_found(station: Station) -> None:
    with pytest.raises(NotFound):
        await station.library.details(ItemId(99))
    assert list(await station.library.listing(LibraryQuery())) == []
    assert await station.library.cards([1, 2]) == []


async def test_suggestions_name_folders_with_video(station: Station, home: Path) -> None:
    big = home / "Videos" / "big.mkv"
    big.parent.mkdir()
    with big.open("wb") as file:
        file.truncate(5_000_000)
    (home / "Downloads").mkdir()
    told = await station.library.suggestions()
    assert (str(home / "Videos").encode(), str(home / "Videos"), 5_000_000) in told
    assert all(path != str(home / "Downloads").encode() for path, _display, _size in told)


async def test_a_cancelled_scan_leaves_the_library_at_work(station: Station, films: Path) -> None:
    for number in range(60):
        make(PLAIN, films / f"Film {number} (2001).mkv")
    folder = await station.library.add_folder(str(films).encode())
    await station.library.cancel_scan(folder.id)
    task = asyncio.create_task(station.library._runner.run(folder.id))
    await asyncio.sleep(0.05)
    await station.library.cancel_scan(folder.id)
    assert await task
    cancelled = [each for each in station.events if getattr(each, "phase", "") == "cancelled"]
    assert cancelled
    await station.scan(folder, owner=True)
    assert len(await station.titles()) == 60
    assert await station.raw("SELECT count(*) FROM file WHERE probed = 1") == [(60,)]


async def test_figures_do_not_reorder_the_wall(station: Station, films: Path) -> None:
    make(PLAIN, films / "One (2001).mkv")
    folder = await station.add(films)
    changes: list[LibraryChanged] = []
    station.bus.on(LibraryChanged, changes.append)
    await station.write("UPDATE file SET probed = 0")
    await station.scan(folder)
    station.library._announcer.flush()
    assert changes
    assert not any(change.structure for change in changes)
