"""Genres by every name they have, and by what hints at them."""

from __future__ import annotations

import pytest

from app.domain.genres import GENRES, also_called, genres_in
from app.domain.text import fold


@pytest.mark.parametrize(
    ("text", "genres"),
    [
        ("a funny Western", ("Comedy", "Western")),
        ("sad love stories", ("Drama",)),
        ("films d'horreur", ("Horror",)),
        ("Comédies romantiques", ("Comedy", "Romance")),
        ("robots in space", ("Science Fiction",)),
        ("the warning", ()),
    ],
)
def test_a_text_names_genres(text: str, genres: tuple[str, ...]) -> None:
    assert set(genres) <= set(genres_in(text))
    assert bool(genres) == bool(genres_in(text))


@pytest.mark.parametrize("phrase", ["sci fi", "scifi", "science fiction", "sf"])
def test_every_name_leads_to_the_others(phrase: str) -> None:
    assert {"sci fi", "scifi", "science fiction"} <= set(also_called(phrase))


def test_a_plural_is_a_name_too() -> None:
    assert "comedy" in also_called("comedies")
    assert "animation" in also_called("cartoons")


@pytest.mark.parametrize("phrase", ["space", "sad", "love", "police", "", "inception"])
def test_a_hint_is_no_name(phrase: str) -> None:
    assert also_called(phrase) == ()


def test_words_are_folded_and_mean_one_genre() -> None:
    names = [name for genre in GENRES.values() for name in genre.names]
    words = [*names, *(hint for genre in GENRES.values() for hint in genre.hints)]
    assert len(set(words)) == len(words)
    assert all(fold(word) == word for word in words)
    assert all(fold(name) == genre.names[0] for name, genre in GENRES.items())
