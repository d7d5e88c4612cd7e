"""What an indexer is asked, by what it lists; nothing unlisted is ever sent."""

from __future__ import annotations

import itertools

import pytest

from app.api import SearchQuestion, Work
from plugins.indexers.model import USUAL_CAPS, Caps
from plugins.indexers.plans import plan

FILM = SearchQuestion(
    "Night of the Living Dead", Work.FILM, 1968, ids={"imdb": "tt0063350", "tmdb": "10331"}
)
EPISODE = SearchQuestion("Example Show", Work.EPISODE, season=2, episode=5)
BOTH = frozenset({2000, 5000})


def caps(categories: frozenset[int] = BOTH, most: int = 100, **functions: str) -> Caps:
    named = {name.replace("_", "-"): frozenset(told.split()) for name, told in functions.items()}
    return Caps(named, categories, most)


def steps(held: Caps, question: SearchQuestion) -> list[dict[str, str]]:
    fixed = ("extended", "limit", "cat")
    return [
        {name: told for name, told in step.params.items() if name not in fixed}
        for step in plan(held, question)
    ]


PLAIN = {"t": "search", "q": "Night of the Living Dead 1968"}


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("q imdbid tmdbid year", {"t": "movie", "imdbid": "0063350", "year": "1968"}),
        ("q imdbid", {"t": "movie", "imdbid": "0063350"}),
        ("q tmdbid", {"t": "movie", "tmdbid": "10331"}),
        ("q year", {"t": "movie", "q": "Night of the Living Dead", "year": "1968"}),
        ("q", {"t": "movie", "q": "Night of the Living Dead 1968"}),
    ],
)
def test_films(listed: str, asked: dict[str, str]) -> None:
    held = caps(search="q", movie_search=listed)
    assert steps(held, FILM) == [asked, PLAIN]
    assert [step.after_empty for step in plan(held, FILM)] == [False, True]


def test_films_where_there_is_no_search_for_them() -> None:
    assert steps(caps(search="q"), FILM) == [PLAIN]
    assert steps(caps(movie_search="imdbid"), FILM) == [{"t": "movie", "imdbid": "0063350"}]
    assert steps(caps(tv_search="q"), FILM) == []
    assert steps(caps(movie_search="q"), FILM) == [{**PLAIN, "t": "movie"}]  # not twice the same
    assert steps(caps(search="q", movie_search="genre"), FILM) == [PLAIN]
    unknown = SearchQuestion("", Work.FILM, ids={"imdb": "nonsense"})
    assert steps(caps(search="q", movie_search="q imdbid"), unknown) == []


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("q season ep", {"t": "tvsearch", "q": "Example Show", "season": "2", "ep": "5"}),
        ("q season", {"t": "tvsearch", "q": "Example Show S02E05"}),
        ("q", {"t": "tvsearch", "q": "Example Show S02E05"}),
    ],
)
def test_episodes(listed: str, asked: dict[str, str]) -> None:
    held = caps(search="q", tv_search=listed)
    assert steps(held, EPISODE) == [asked, {"t": "search", "q": "Example Show S02E05"}]
    assert not any(step.after_empty for step in plan(held, EPISODE))


def test_series_and_numbers() -> None:
    held = caps(search="q", tv_search="q season ep")
    season = SearchQuestion("Example Show", Work.SERIES, 2001, season=3)
    assert steps(held, season)[0] == {"t": "tvsearch", "q": "Example Show", "season": "3"}
    assert steps(held, season)[1]["q"] == "Example Show S03"
    whole = SearchQuestion("Example Show", Work.SERIES, 2001)
    assert steps(held, whole)[0] == {"t": "tvsearch", "q": "Example Show"}
    absolute = SearchQuestion("Example Show", Work.EPISODE, episode=7)
    assert steps(held, absolute)[0]["q"] == "Example Show 07"


def test_anything_else_is_asked_in_words() -> None:
    book = SearchQuestion("An Example", Work.AUDIOBOOK)
    assert steps(caps(search="q"), book) == [{"t": "search", "q": "An Example"}]
    assert steps(caps(book_search="q title"), book) == [{"t": "book", "q": "An Example"}]
    assert steps(caps(audio_search="q"), book) == [{"t": "music", "q": "An Example"}]
    assert steps(caps(movie_search="q"), book) == []
    nothing = SearchQuestion("An Example", year=1999)
    assert steps(caps(movie_search="q"), nothing) == [{"t": "movie", "q": "An Example 1999"}]
    assert steps(caps(), nothing) == []


def test_categories_and_limits() -> None:
    film, none = plan(caps(search="q", most=50), FILM)[0], SearchQuestion("x", limit=0)
    assert (film.params["cat"], film.params["limit"]) == ("2000", "50")
    asked = plan(caps(search="q"), none)[0].params
    assert asked["limit"] == "1"
    assert "cat" not in asked
    assert "cat" not in plan(caps(frozenset({100_001}), search="q"), FILM)[0].params
    assert "cat" not in plan(USUAL_CAPS, FILM)[0].params
    book = SearchQuestion("x", Work.AUDIOBOOK)
    assert plan(caps(frozenset({3030, 7000, 3000}), search="q"), book)[0].params["cat"] == (
        "3030,7000"
    )


def test_words_that_cannot_be_sent_are_cleaned() -> None:
    odd = SearchQuestion("  A\tfilm\x00 \ud800with\r\nله‌ها " + "x" * 900)
    asked = steps(caps(search="q"), odd)[0]["q"]
    assert asked.startswith("A film with له‌ها x")
    assert len(asked) == 200
    assert steps(caps(search="q"), SearchQuestion("\x00 \n")) == []


def test_nothing_unlisted_is_sent_whatever_is_listed() -> None:
    names = ("q", "imdbid", "tmdbid", "year", "season", "ep")
    functions = {"movie": "movie-search", "tvsearch": "tv-search", "search": "search"}
    for count in range(len(names) + 1):
        for listed in itertools.combinations(names, count):
            held = Caps(dict.fromkeys(functions.values(), frozenset(listed)))
            for question in (FILM, EPISODE, SearchQuestion("x", year=1999)):
                for step in steps(held, question):
                    assert set(step) - {"t"} <= held.functions[functions[step["t"]]]
