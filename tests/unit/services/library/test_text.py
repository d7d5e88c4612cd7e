"""Texts for people, for order and for search; names into items."""

from __future__ import annotations

import pytest

from app.domain.media import MediaKind
from app.domain.release import kind_of, parse_path
from app.domain.text import MAX_DISPLAY, clean, display, fold, searchable, sort_title
from app.services.library.naming import Seed, parts_of, plain_seed, release_of, seed_of


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (b"plain.mkv", "plain.mkv"),
        (b"a\nb", "a\N{REPLACEMENT CHARACTER}b"),
        (b"\xff.mkv", "\N{REPLACEMENT CHARACTER}.mkv"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}x".encode(), "\N{REPLACEMENT CHARACTER}x"),
        (
            "Am\N{LATIN SMALL LETTER E WITH ACUTE}lie".encode(),
            "Am\N{LATIN SMALL LETTER E WITH ACUTE}lie",
        ),
    ],
)
def test_paths_are_shown_safely(path: bytes, shown: str) -> None:
    assert display(path) == shown


def test_long_texts_are_cut() -> None:
    assert len(clean("x" * 5000)) == MAX_DISPLAY


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The Matrix", "the matrix"),
        ("Am\u00e9lie", "amelie"),
        ("\uff26\uff35\uff2c\uff2c", "full"),
        ("Spider-Man: No Way Home", "spider man no way home"),
        ("Ocean's Eleven", "oceans eleven"),
        ("S\u00f8nn_av", "sonn av"),
        ("Stra\u00dfe", "strasse"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_order_and_search_forms() -> None:
    titles = ["Film 10", "The Apple", "Film 9", "\u00c9clair"]
    assert sorted(titles, key=sort_title) == ["The Apple", "\u00c9clair", "Film 9", "Film 10"]
    assert searchable("Spider-Man - Home") == "spider man home spiderman"


def _seed(path: str) -> Seed:
    release = parse_path(parts_of(b"media", path.encode()))
    return seed_of(kind_of(release), release, 1, path.encode())


def test_versions_of_a_film_are_one_item() -> None:
    one = _seed("Dune (1984)/Dune (1984) - 1080p.mkv")
    other = _seed("Dune.1984.720p.BluRay.x264-GRP.mkv")
    assert one.key == other.key
    assert (one.kind, one.title, one.year) == (MediaKind.FILM, "Dune", 1984)
    assert _seed("Dune.2021.1080p.mkv").key != one.key


def test_episodes_hang_on_their_series() -> None:
    one = _seed("Pioneer One/Season 1/Pioneer.One.S01E02.mkv")
    other = _seed("Pioneer One/Season 2/Pioneer.One.S02E01.mkv")
    assert one.series is not None
    assert other.series is not None
    assert one.series.key == other.series.key
    assert (one.season, one.episode) == (1, 2)
    assert one.key != other.key


def test_a_name_that_tells_nothing_is_an_item_of_its_own() -> None:
    one, other = _seed("a/clip.mp4"), _seed("b/clip.mp4")
    assert one.kind is MediaKind.VIDEO
    assert one.key != other.key
    assert plain_seed(1, b"x/\xff.mkv").title == "\N{REPLACEMENT CHARACTER}"


def test_answers_with_unknown_fields_are_read() -> None:
    kind, release = release_of(
        {"kind": "film", "name": "x", "title": "T", "languages": ["fr"], "later": 1}
    )
    assert (kind, release.title, release.languages) == (MediaKind.FILM, "T", ("fr",))
