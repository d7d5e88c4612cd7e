"""The score: every point has its reason, and what the owner wants moves it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain.media import ItemId
from app.domain.release import parse
from app.domain.score import CAPS, MOST, Device, History, Rules, below_rules, score
from app.domain.search import Fit, HitKind, Offer, Score, Verdict

EXACT = Verdict(Fit.EXACT, "search.fit.title_year")
BOARD = Device(12)

NO_RULES = Rules()
NO_HISTORY = History()


def points(
    name: str,
    size: float | None = 8e9,
    *,
    rules: Rules = NO_RULES,
    device: Device = BOARD,
    verdict: Verdict = EXACT,
    history: History = NO_HISTORY,
    **offer: Any,
) -> Score:
    given = {"kind": HitKind.TORRENT, "seeders": 100, **offer}
    made = Offer("a", "A", name=name, size=None if size is None else int(size), **given)
    return score(parse(name), made, verdict, rules, device, history)


def part(found: Score, name: str) -> tuple[float, str]:
    one = next(one for one in found.parts if one.name == name)
    return one.points, one.reason


def test_the_parts_make_the_whole_and_each_has_a_reason() -> None:
    found = points("Heat.1995.1080p.BluRay.x264.DTS-GRP")
    assert found.total == round(sum(one.points for one in found.parts))
    assert sum(MOST.values()) == 100
    assert {one.name for one in found.parts} == set(MOST)
    for one in found.parts:
        assert 0 <= one.points <= one.most == MOST[one.name]
        assert one.reason.startswith(("search.why.", "search.fit."))


BETTER = [
    ("Heat.1995.2160p.BluRay.x265-G", "Heat.1995.1080p.BluRay.x265-G", {}),
    ("Heat.1995.1080p.BluRay.x264-G", "Heat.1995.720p.BluRay.x264-G", {}),
    ("Heat.1995.720p.BluRay.x264-G", "Heat.1995.480p.BluRay.x264-G", {}),
    ("Heat.1995.1080p.BluRay.x264-G", "Heat.1995.1080p.HDTV.x264-G", {}),
    ("Heat.1995.1080p.WEB-DL.x264-G", "Heat.1995.1080p.HDCAM.x264-G", {}),
    ("Heat.1995.1080p.BluRay.x264-G", "Heat.1995.1080p.BluRay.XviD-G", {}),
    ("Heat.1995.1080p.BluRay.x264.DTS-G", "Heat.1995.1080p.BluRay.x264.MP3-G", {}),
    ("Heat.1995.1080p.REMUX.AVC-G", "Heat.1995.1080p.HDRip.x264-G", {"size": 25e9}),
]


@pytest.mark.parametrize(("better", "worse", "more"), BETTER, ids=[one[1] for one in BETTER])
def test_better_pictures_and_sounds_score_higher(
    better: str, worse: str, more: dict[str, Any]
) -> None:
    assert points(better, **more).total > points(worse, **more).total


def test_the_owners_rules_move_it() -> None:
    hevc, avc = "Heat.1995.1080p.BluRay.x265-G", "Heat.1995.1080p.BluRay.x264-G"
    rules = Rules(codec="HEVC")
    assert points(hevc, rules=rules).total > points(avc, rules=rules).total
    small = Rules(most_height=1080)
    large = "Heat.1995.2160p.BluRay.x265-G"
    assert points(hevc, rules=small).total > points(large, rules=small).total
    french = Rules(languages=("fr", "en"))
    spoken = points("Heat.1995.FRENCH.1080p.BluRay.x264-G", rules=french)
    other = points("Heat.1995.GERMAN.1080p.BluRay.x264-G", rules=french)
    assert part(spoken, "language") == (12.0, "search.why.language")
    assert part(other, "language") == (0.0, "search.why.language_other")


def test_what_this_machine_plays_moves_it() -> None:
    large = "Heat.1995.2160p.BluRay.x265-G"
    small = points(large, device=Device(2))
    assert part(small, "codec") == (3.0, "search.why.codec_heavy")
    helped = points(large, device=Device(2, frozenset({"HEVC"})))
    assert part(helped, "codec")[0] > 9


def test_health() -> None:
    name = "Heat.1995.1080p.BluRay.x264-G"
    steps = [part(points(name, seeders=count), "health")[0] for count in (0, 1, 5, 50, 500)]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0.0, 10.0)
    assert part(points(name, seeders=None), "health") == (3.0, "search.why.seeders_unknown")
    assert part(points(name, kind=HitKind.FILE), "health") == (10.0, "search.why.plays_at_once")
    assert part(points(name, item=ItemId(3)), "health") == (10.0, "search.why.here")


def test_size_for_the_length() -> None:
    name = "Heat.1995.1080p.BluRay.x264-G"
    good = part(points(name, 9e9, duration=6000.0), "size")
    thin = part(points(name, 9e8, duration=6000.0), "size")
    fat = part(points(name, 60e9, duration=6000.0), "size")
    assert good == (7.0, "search.why.size_good")
    assert thin[0] < 4
    assert fat[0] < 4
    assert (thin[1], fat[1]) == ("search.why.size_small", "search.why.size_large")
    assert part(points(name, None), "size") == (4.0, "search.why.size_unknown")


def test_the_history_of_a_group() -> None:
    name = "Heat.1995.1080p.BluRay.x264-GRP"
    new, good, bad = (
        part(points(name, history=history), "group")[0]
        for history in (History(), History(9, 0), History(0, 9))
    )
    assert bad < new < good <= 5


@pytest.mark.parametrize("fit", list(Fit))
def test_what_may_be_something_else_stays_below(fit: Fit) -> None:
    name = "Heat.1995.2160p.BluRay.x265.TrueHD-GRP"
    found = points(name, 30e9, verdict=replace(EXACT, fit=fit), seeders=900)
    assert found.total <= CAPS[fit]


def test_rules_that_hide() -> None:
    small = parse("Heat.1995.480p.DVDRip-G")
    offer = Offer("a", "A", HitKind.TORRENT, small.name, size=90_000_000_000)
    assert below_rules(small, offer, Rules()) is None
    assert below_rules(small, offer, Rules(least_height=720)) == "search.rule.height"
    assert below_rules(small, offer, Rules(largest=50_000_000_000)) == "search.rule.size"
    german = parse("Heat.1995.GERMAN.1080p")
    rules = Rules(languages=("fr",), only_languages=True)
    assert below_rules(german, offer, rules) == "search.rule.language"
    assert below_rules(parse("Heat.1995.1080p"), offer, rules) is None  # nobody says
