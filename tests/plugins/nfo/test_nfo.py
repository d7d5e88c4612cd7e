from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.api import InvalidInput, MediaDescription, MediaQuestion
from plugins.nfo.client import LARGEST, Client
from plugins.nfo.parsers import parse_nfo
from plugins.nfo.provider import NfoFiles

MOVIE = (Path(__file__).parent / "fixtures" / "movie.nfo").read_bytes()


def test_a_whole_file_is_read() -> None:
    assert parse_nfo(MOVIE) == MediaDescription(
        title="Night of the Living Dead",
        original_title="Night of the Flesh Eaters",
        year=1968,
        overview="A small group in a farmhouse waits for the morning.",
        genres=("Horror", "Thriller"),
        rating=7.8,
        directors=("George A. Romero",),
        cast=("Duane Jones", "Judith O'Dea"),
        ids={"imdb": "tt0063350"},
    )


@pytest.mark.parametrize(
    ("encoding", "title"), [("utf-8-sig", "Amélie"), ("utf-16", "Amélie"), ("cp1252", "Amélie")]
)
def test_encodings_that_occur(encoding: str, title: str) -> None:
    found = parse_nfo(f"<movie><title>{title}</title></movie>".encode(encoding))
    assert found is not None
    assert found.title == title


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]><movie><title>&x;</title></movie>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><movie/>',
        '<!DOCTYPE a [<!ENTITY x "y">]><movie><title>&x;</title></movie>'.encode("utf-16"),
        b"<movie><title>open",
        b"<movie><title></movie>",
        b"<movie>\0</movie>",
        b"<movie>" * 50_000 + b"</movie>",
    ],
)
def test_hostile_or_broken_files_are_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput):
        parse_nfo(content)


@pytest.mark.parametrize("content", [b"", b"https://www.example.org/x", b"<html><p>hi</p></html>"])
def test_files_that_describe_nothing(content: bytes) -> None:
    assert parse_nfo(content) is None


def test_figures_that_make_no_sense_are_left_out() -> None:
    found = parse_nfo(
        b"<movie><title>x</title><year>20xx</year><rating>99</rating>"
        b"<premiered>1999-01-02</premiered></movie>"
    )
    assert found == MediaDescription(title="x", year=1999)


async def test_the_file_beside_the_film_comes_before_the_folders(tmp_path: Path) -> None:
    film = tmp_path / "film.mkv"
    (tmp_path / "movie.nfo").write_bytes(MOVIE)
    question = MediaQuestion("film", path=os.fsencode(film))
    provider = NfoFiles(Client(folder_files=True))
    found = await provider.describe(question)
    assert found is not None
    assert found.year == 1968
    (tmp_path / "film.nfo").write_text("<movie><title>Its own</title></movie>")
    found = await provider.describe(question)
    assert found is not None
    assert found.title == "Its own"
    (tmp_path / "film.nfo").unlink()
    assert await NfoFiles(Client(folder_files=False)).describe(question) is None
    assert await provider.describe(MediaQuestion("x")) is None


def test_a_series_is_described_above_its_season(tmp_path: Path) -> None:
    season = tmp_path / "Show" / "Season 01"
    season.mkdir(parents=True)
    (tmp_path / "Show" / "tvshow.nfo").write_text("<tvshow><title>Show</title></tvshow>")
    episode = os.fsencode(season / "Show S01E01.mkv")
    assert len(list(Client(folder_files=True).read(episode, "series"))) == 1
    assert list(Client(folder_files=True).read(episode, "episode")) == []


def test_pipes_links_folders_and_giants_are_passed_by(tmp_path: Path) -> None:
    client = Client(folder_files=True)
    film = os.fsencode(tmp_path / "a.mkv")
    os.mkfifo(tmp_path / "a.nfo")
    (tmp_path / "secret").write_text("<movie><title>x</title></movie>")
    (tmp_path / "movie.nfo").symlink_to(tmp_path / "secret")
    assert list(client.read(film, "film")) == []
    (tmp_path / "a.nfo").unlink()
    (tmp_path / "a.nfo").mkdir()
    assert list(client.read(film, "film")) == []
    (tmp_path / "a.nfo").rmdir()
    (tmp_path / "a.nfo").write_bytes(b"x" * (LARGEST + 1))
    assert list(client.read(film, "film")) == []


def test_names_that_are_no_text_work(tmp_path: Path) -> None:
    film = os.fsencode(tmp_path) + b"/\xff\xfe\n.mkv"
    with open(film[:-4] + b".nfo", "wb") as file:
        file.write(MOVIE)
    assert list(Client(folder_files=True).read(film, "film")) == [MOVIE]
