"""Every key of searching has its phrase, and figures are said as people say them."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.score import MOST
from app.domain.search import (
    Decider,
    Doubt,
    Fit,
    HitKind,
    ScorePart,
    SearchId,
    SearchView,
    SourcePhase,
    SourceState,
    StartGuess,
    StartKind,
    Suspicion,
    Verdict,
    Wanted,
    Work,
)
from tests.fakes.searching import found, source
from ui import search_phrases as phrases
from ui import search_words as said

ROOT = Path(__file__).parents[2]
FOLDERS = ("app/services/search", "app/domain")
KEY = re.compile(r"search\.(fit|why|rule|start)\.[a-z_]+")


def constants() -> Iterator[str]:
    for folder in FOLDERS:
        for path in (ROOT / folder).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def reasons_of_parts() -> set[str]:
    """The third word of each `_part(name, points, reason)`, and what lowers a score."""
    tree = ast.parse((ROOT / "app/domain/score.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", "") == "_part"]
    found = {
        one.value
        for call in named
        for one in call.args[2:3]
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }
    return found | {"camera", "start", "group_good", "group_bad"}


def test_every_key_has_a_phrase() -> None:
    known = {**phrases.FITS, **phrases.WHYS, **phrases.RULES, **phrases.STARTS}
    used = {text for text in constants() if KEY.fullmatch(text)}
    used |= {f"search.why.{reason}" for reason in reasons_of_parts()}
    assert len(used) > 50
    assert sorted(used - known.keys()) == []
    assert sorted(set(MOST) - phrases.PARTS.keys()) == []
    assert set(said.DOUBTS) == set(Doubt)
    assert set(said.WORKS) == set(Work)


@pytest.mark.parametrize("table", [phrases.FITS, phrases.WHYS, phrases.RULES, phrases.STARTS])
def test_phrases_never_fail_without_their_arguments(table: dict[str, object]) -> None:
    for key in table:
        assert "{" not in said._phrase(table, key, {})


def test_reasons_are_phrases() -> None:
    verdict = Verdict(Fit.WRONG, "search.fit.other_year", {"year": 1990})
    assert said.fit(verdict) == "The one of 1990"
    part = ScorePart("size", 7, 7, "search.why.size_good", {"size": 4_200_000_000})
    assert said.why(part) == "4.2 GB, right for its length"
    spoken = ScorePart("language", 0, 12, "search.why.language_other", {"language": "fr"})
    assert said.why(spoken) == "French, which you did not name"
    title = ScorePart("title", 20, 20, "search.fit.title_year")
    assert said.why(title) == "Exact title and year"
    assert said.part(title) == "Title"
    extra = Verdict(Fit.WRONG, "search.fit.extra", {"what": "deleted scenes"})
    assert said.fit(extra) == "Only deleted scenes"
    judged = Verdict(Fit.LIKELY, "search.fit.judged", {"reason": "{x} <b>"}, Decider.JUDGE)
    assert said.fit(judged) == "The model says: {x} <b>"


def test_doubts_name_the_rule_that_was_broken() -> None:
    rule = Suspicion(Doubt.BELOW_RULES, True, {"rule": "search.rule.height"})
    assert said.doubt(rule) == "A smaller picture than you want"
    size = Suspicion(Doubt.SIZE, True, {"size": 90_000_000})
    assert said.doubt(size) == "90 MB does not fit what it claims"


@pytest.mark.parametrize(
    ("guess", "words"),
    [
        (StartGuess(StartKind.AT_ONCE), "Plays at once"),
        (StartGuess(StartKind.SOON, 12.4), "Starts in about 12 s"),
        (StartGuess(StartKind.SOON), "Starts soon"),
        (StartGuess(StartKind.LATER), "Plays once it is here"),
        (StartGuess(StartKind.UNKNOWN), "When it starts is not known"),
        (
            StartGuess(StartKind.NEVER, reason="search.start.no_torrents"),
            "Torrents do not play here yet",
        ),
    ],
)
def test_each_way_to_start_is_told(guess: StartGuess, words: str) -> None:
    assert said.start(guess) == words


def test_sources_tell_how_they_do() -> None:
    assert said.state(source("a", SourcePhase.FOUND, found=120, seconds=0.94)) == (
        "120 \u00b7 0.9 s", "text",
    )  # fmt: skip
    assert said.state(source("a", SourcePhase.FOUND, found=3)) == ("3", "text")  # as it was kept
    assert said.state(source("a", SourcePhase.NOTHING, seconds=12.0)) == (
        "nothing \u00b7 12 s", "dim",
    )  # fmt: skip
    assert said.state(source("a", SourcePhase.SEARCHING, slow=True))[0] == "takes a while\u2026"
    assert said.state(source("a", SourcePhase.SKIPPED))[0] == "not asked"
    busy = SourceState(
        "a", "A", SourcePhase.RESTING, reason="errors.server_busy", args={"host": "a.example"},
        until=time.time() + 60,
    )  # fmt: skip
    assert said.trouble(busy).startswith("a.example asks for a pause")
    assert "It rests until" in said.trouble(busy)
    assert said.trouble(source("a", SourcePhase.FOUND)) == ""
    assert said.source("library", "") == "My library"


def test_a_time_of_another_day_names_the_day() -> None:
    today = said.clock_time(time.time())
    tomorrow = said.clock_time(time.time() + 86_400)
    assert "," not in today
    assert "," in tomorrow


def test_how_a_search_went() -> None:
    states = (
        source("a", SourcePhase.FOUND),
        source("b", SourcePhase.SEARCHING),
        source("c", SourcePhase.SKIPPED),
    )
    view = SearchView(SearchId(1), "x", Wanted("x", "x"), sources=states, seconds=1.44)
    assert said.summary(view, 62).startswith("1 of 2 sources")
    assert said.summary(view, 62).endswith("1.4 s")


def test_tags_are_few_and_never_twice() -> None:
    one = found(1, "Film.2001.2160p.BluRay.x265.HDR.TrueHD.French-GRP").best
    assert said.tags(one)[:2] == ["2160p", "HEVC"]
    assert len(said.tags(one)) <= said.MOST_TAGS
    talk = found(2, "A talk", height=720, work=Work.AUDIOBOOK, kind=HitKind.ITEM).best
    assert said.tags(talk) == ["720p", "Audiobook"]
