"""What people type is understood, and what is known of a film is put into words."""

from __future__ import annotations

import pytest

from app.domain.meaning import Known
from app.domain.media import MediaKind
from app.services.meaning.texts import hash_of, match_terms, people_of, telling_words, text_of
from app.services.meaning.wish import Wish, read_wish

FILM, SERIES = (MediaKind.FILM,), (MediaKind.SERIES,)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("films like Inception", Wish("", "Inception", None, FILM)),
        ("like Inception", Wish("", "Inception")),
        ("show me some movies similar to “Das Boot”", Wish("", "Das Boot", None, FILM)),
        ("des films comme Amélie", Wish("", "Amélie", None, FILM)),
        ("séries dans le genre de Le Bureau", Wish("", "Le Bureau", None, SERIES)),
        ("something like The Matrix (1999)", Wish("", "The Matrix (1999)")),
        ("like Alien but from the 80s", Wish("", "Alien", (1980, 1989))),
        ("people like us", Wish("people like us")),
        ("slow and sad", Wish("slow and sad")),
        ("show me the money", Wish("show me the money")),
        ("films about war before 1960", Wish("war", "", (1870, 1960), FILM)),
        ("series from the 1990s about doctors", Wish("about doctors", "", (1990, 1999), SERIES)),
        ("thrillers between 1970 and 1979", Wish("thrillers", "", (1970, 1979))),
        ("policiers des années 80", Wish("policiers", "", (1980, 1989))),
        ("'70s heist", Wish("heist", "", (1970, 1979))),
        ("horror of 1968", Wish("horror", "", (1968, 1968))),
        ("comedies since 2015", Wish("comedies", "", (2015, 2200))),
        ("20s gangsters", Wish("gangsters", "", (1920, 1929))),
        ("1984", Wish("1984")),
        ("2001: A Space Odyssey", Wish("2001: A Space Odyssey")),
        ("films", Wish("films", "", None, FILM)),
        ("", Wish("")),
        ("like", Wish("like")),
    ],
)
def test_wishes(text: str, wish: Wish) -> None:
    assert read_wish(text) == wish


@pytest.mark.parametrize("text", ["like " * 5000, "the " * 5000, "a\x00\u202e" * 900, "des " * 999])
def test_nothing_typed_takes_long_or_fails(text: str) -> None:
    assert len(read_wish(text).words) <= 300


def test_a_text_begins_with_the_story() -> None:
    known = Known("The Sea", "Merë", 1960, "A  ship\nsinks!", ("Drama", "drama ", "War"), ("Eva",))
    assert text_of(known) == "A ship sinks! Drama, War. The Sea (Merë)."


def test_people_are_read_where_there_is_no_story() -> None:
    known = Known("The Sea", "the sea", people=("Eva", "eva", "", "Bo"))
    assert text_of(known) == "The Sea. Eva, Bo."
    assert people_of(known) == ("Eva", "Bo")


def test_a_long_story_is_cut_at_a_sentence() -> None:
    story = "They meet again. " * 100
    text = text_of(Known("X", overview=story))
    assert len(text) < 620
    assert text.endswith("They meet again. X.")
    assert "\ufffd" in text_of(Known("bad\u202ename"))  # what would mislead is taken out


def test_the_hash_follows_the_text_and_fits_a_column() -> None:
    hashes = {hash_of(f"text {number}") for number in range(1000)} | {hash_of("\ud800")}
    assert len(hashes) == 1001
    assert all(-(2**63) <= each < 2**63 for each in hashes)


def test_words_that_tell() -> None:
    words = telling_words("The man finds 1984 strange LIGHTHOUSES, lighthouses & fog-horns.", 10)
    assert words == ["lighthouses", "strange", "horns"]
    assert match_terms(["fog", "horn"]) == '"fog" OR "horn"'
