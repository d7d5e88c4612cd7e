"""The owner's words for a video: beside it, in the library, and never through a link."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.domain.errors import InvalidInput, NotFound, Refused
from app.domain.events import LibraryChanged
from app.domain.media import ItemId, MediaKind
from app.services.library.own_words import OwnWords, nfo, tidied, write_beside
from plugins.nfo.parsers import parse_nfo
from tests.fakes.films import PLAIN, make
from tests.unit.services.library.conftest import Station

WORDS = OwnWords(
    "Bread & <butter>", "How it is baked.\n\x00At home.", ("bread", "", "bread", "oven"),
    "How-to & style",
)  # fmt: skip


def test_media_centres_read_what_is_written() -> None:
    read = parse_nfo(nfo(tidied(WORDS)))
    assert read is not None
    assert (read.title, read.overview) == ("Bread & <butter>", "How it is baked. At home.")
    assert read.genres == ("How-to & style",)
    assert nfo(tidied(WORDS)).count(b"<tag>") == 2
    with pytest.raises(InvalidInput):
        tidied(OwnWords(" \n"))


def test_what_was_there_is_kept_beside(tmp_path: Path) -> None:
    film, note = tmp_path / "VID_1.mp4", tmp_path / "VID_1.nfo"
    note.write_text("old")
    assert write_beside(os.fsencode(film), WORDS) == "VID_1.nfo"
    assert (tmp_path / "VID_1.nfo.bak").read_text() == "old"
    assert note.stat().st_mode & 0o777 == 0o644


def test_nothing_is_written_through_a_link_or_into_nowhere(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("mine")
    (tmp_path / "VID_1.nfo").symlink_to(other)
    with pytest.raises(Refused):
        write_beside(os.fsencode(tmp_path / "VID_1.mp4"), WORDS)
    assert other.read_text() == "mine"
    (tmp_path / "VID_2.nfo").mkdir()
    for name in ("VID_2.mp4", "other.txt/VID_3.mp4"):
        with pytest.raises(Refused) as caught:
            write_beside(os.fsencode(tmp_path / name), WORDS)
        assert caught.value.key == "errors.words_not_kept"


async def test_a_video_is_called_so_and_stays_so(station: Station, films: Path) -> None:
    video = make(PLAIN, films / "VID_20230101.mkv")
    make(PLAIN, films / "Heat (1995)/Heat (1995).mkv")
    folder = await station.add(films)
    (card,) = await station.cards(MediaKind.VIDEO)
    told: list[LibraryChanged] = []
    station.bus.on(LibraryChanged, told.append)
    assert await station.library.keep_words(card.id, WORDS) == "VID_20230101.nfo"
    await station.until(lambda: any(card.id in event.items for event in told))
    assert (films / "VID_20230101.nfo").exists()
    for _ in range(2):
        assert [one.title for one in await station.cards(MediaKind.VIDEO)] == [WORDS.title]
        found = await station.cards(text="bread butter")
        assert [one.id for one in found] == [card.id]
        os.utime(video)
        await station.scan(folder)  # which does not take it back
    (film,) = await station.cards(MediaKind.FILM)
    for other in (film.id, ItemId(99_999)):
        with pytest.raises(NotFound):
            await station.library.keep_words(other, WORDS)
