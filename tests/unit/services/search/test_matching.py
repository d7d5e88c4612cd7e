"""Is it the wanted title? The pairs others got wrong, sequels, episodes, spellings."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.release import parse
from app.domain.search import Doubt, Fit, HitKind, Verdict, Wanted, Work
from app.services.search.matching import Facts, judge
from app.services.search.query import identity, read_query
from app.services.search.titles import Relation, relate, words_of
from tests.unit.services.search.matching_cases import ARCHIVES, CASES


def verdict(wish: str, name: str, kind: HitKind = HitKind.TORRENT) -> Verdict:
    return judge(read_query(wish), parse(name), Facts(kind))


@pytest.mark.parametrize(
    ("wish", "name", "fit"), CASES, ids=[f"{a}: {b}"[:80] for a, b, _ in CASES]
)
def test_releases(wish: str, name: str, fit: str) -> None:
    assert verdict(wish, name).fit == Fit(fit), verdict(wish, name)


@pytest.mark.parametrize(("wish", "name", "fit"), ARCHIVES, ids=[one[1] for one in ARCHIVES])
def test_what_archives_have(wish: str, name: str, fit: str) -> None:
    assert verdict(wish, name, HitKind.ITEM).fit == Fit(fit)


@pytest.mark.parametrize(
    ("wish", "name", "doubt"),
    [
        ("heat 1995", "Heat.1987.1080p", Doubt.OTHER_YEAR),
        ("toy story 3", "Toy.Story.4.2019.1080p", Doubt.OTHER_PART),
        ("dark s02e05", "Dark.S02E06.1080p", Doubt.OTHER_EPISODE),
        ("heat 1995", "Heat.1995.Sample.1080p", Doubt.NOT_THE_WORK),
        ("heat 1995", "Metropolis.1927.1080p", Doubt.OTHER_TITLE),
    ],
)
def test_what_is_certainly_wrong_says_what_it_is(wish: str, name: str, doubt: Doubt) -> None:
    found = verdict(wish, name)
    assert (found.fit, found.certain, found.doubt) == (Fit.WRONG, True, doubt)


def test_reasons_are_keys_with_what_they_speak_of() -> None:
    assert verdict("heat 1995", "Heat.1995.1080p").reason == "search.fit.title_year"
    assert verdict("dune 2021", "Dune.1984.1080p").args == {"year": 1984}
    assert verdict("dune", "Dune.Part.Two.2024").args == {"part": "2"}
    assert verdict("dark s02e05", "Dark.S02E06").args == {"episode": "S2E6"}


def test_other_titles_count() -> None:
    wanted = Wanted("amelie", "amelie", 2001, alternatives=("Le fabuleux destin d'Amélie Poulain",))
    found = judge(
        wanted, parse("Le.Fabuleux.Destin.d.Amelie.Poulain.2001.1080p"), Facts(HitKind.TORRENT)
    )
    assert (found.fit, found.reason) == (Fit.EXACT, "search.fit.alias_year")
    aka = verdict("the wandering earth 2", "流浪地球2.The.Wandering.Earth.II.2023.2160p.WEB-DL")
    assert aka.fit is Fit.EXACT


def test_a_piece_of_a_film_is_not_the_film() -> None:
    wanted = Wanted("heat 1995", "heat", 1995, duration=10_200.0)
    short = judge(wanted, parse("Heat 1995"), Facts(HitKind.ITEM, Work.VIDEO, 300.0))
    whole = judge(wanted, parse("Heat 1995"), Facts(HitKind.ITEM, Work.FILM, 10_100.0))
    assert (short.fit, whole.fit) == (Fit.WRONG, Fit.EXACT)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Rocky II", "rocky 2", Relation.SAME),
        ("The Matrix", "Matrix", Relation.SAME),
        ("Spider-Man", "Spiderman", Relation.SAME),
        ("Fast & Furious", "Fast and Furious", Relation.SAME),
        ("Dune", "Dune Part One", Relation.SAME),
        ("Dune", "Dune Part Two", Relation.PART),
        ("Dune", "Dune the banquet", Relation.STARTS),
        ("Two Towers", "The Lord of the Rings The Two Towers", Relation.ENDS),
        ("apollo launch", "launch of apollo 11", Relation.ALL_WORDS),
        ("night of the living dead", "nihgt of the living dead", Relation.TYPO),
        ("heat", "hear", Relation.OTHER),
        ("malcolm x", "Malcolm X", Relation.SAME),
        ("Saw 3", "Saw 4", Relation.PART),
        ("Apollo 13", "Apollo 18", Relation.PART),
    ],
)
def test_titles_relate(one: str, other: str, relation: Relation) -> None:
    assert relate(words_of(one), words_of(other))[0] is relation


QUERIES = [
    ("night of the living dead 1968", ("night of the living dead", 1968, None, None)),
    ("Lincoln (2012)", ("Lincoln", 2012, None, None)),
    ("dark s02e05", ("dark", None, 2, 5)),
    ("mr. robot 2x05", ("mr. robot", None, 2, 5)),
    ("1917", ("1917", None, None, None)),
    ("2012", ("2012", None, None, None)),
    ("1984 1984", ("1984", 1984, None, None)),
    ("blade runner 2049", ("blade runner 2049", None, None, None)),
    ("blade runner 2049 2017", ("blade runner 2049", 2017, None, None)),
    ("2001 a space odyssey", ("2001 a space odyssey", None, None, None)),
    ("七人の侍 1954", ("七人の侍", 1954, None, None)),
    ("the 100 s03", ("the 100", None, 3, None)),
    ("the english patient", ("the english patient", None, None, None)),
    ("", ("", None, None, None)),
]


@pytest.mark.parametrize(("typed", "read"), QUERIES, ids=[one[0] for one in QUERIES])
def test_what_is_typed(typed: str, read: tuple[object, ...]) -> None:
    found = read_query(typed)
    assert (found.title, found.year, found.season, found.episode) == read


def test_quality_words_and_addresses_are_understood() -> None:
    found = read_query("dune 2021 2160p french")
    assert (found.title, found.resolution, found.languages) == ("dune", "2160p", ("fr",))
    assert read_query("john wick chapter 4 4k hdr").resolution == "2160p"
    assert read_query("stalker 1979 criterion").edition == "Criterion"
    for typed in ("https://films.example/a b", "just words"):
        assert not read_query(typed).address
    for typed in (
        "https://films.example/a.mp4",
        "magnet:?xt=urn:btih:" + "a" * 40,
        "A" * 40,
    ):
        assert read_query(f"  {typed} ").address


def test_one_wish_has_one_identity() -> None:
    same = ("Night of the Living Dead 1968", "night of the  living dead (1968)")
    assert len({identity(read_query(typed)) for typed in same}) == 1
    others = ("night of the living dead", "night of the living dead 1990", same[0] + " 720p")
    assert len({identity(read_query(typed)) for typed in (same[0], *others)}) == 4


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=120))
def test_it_never_raises(wish: str, name: str) -> None:
    found = verdict(wish, name)
    assert found.reason.startswith("search.fit.")
    assert found.fit is not Fit.WRONG or found.doubt is not None


def test_hostile_texts_are_quick() -> None:
    begun = time.process_time()
    for name in ("a " * 5000, "x" * 10_000, "1 " * 5000, "part 2 " * 2000):
        verdict("a " * 150, name)
        verdict("night of the living dead 1968", name)
    assert time.process_time() - begun < 1.0
