"""How often an A/B test errs, over a thousand of them with decay, weekdays, days and bursts."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

from app.domain.results import Counts, Measure
from app.services.results import planning
from app.services.results.confidence import least_blocks, score, verdict
from app.services.results.windows import Window

HOURS = 6
DAYS = 14


def test_a_lead_takes_several_blocks_before_it_is_sure() -> None:
    for variants in (2, 3):
        clear = [[5.0] + [0.0] * (variants - 1)]
        least = least_blocks(variants)
        assert not verdict(clear * (least - 1)).decided
        said = verdict(clear * (least + 3))
        assert said.decided
        assert said.leader == 0
    assert verdict([]).leader is None


def test_blocks_without_a_difference_never_decide() -> None:
    said = verdict([[0.0, 0.0]] * 500)
    assert said.sure == 0.0


def test_what_is_sure_once_stays_sure() -> None:
    """The test would have stopped then: later blocks do not take it back."""
    sure = verdict([[3.0, 0.0]] * 12).sure
    assert sure > 0.95
    assert verdict([[3.0, 0.0]] * 12 + [[0.0, 3.0]] * 3).sure == sure


def test_endless_numbers_do_no_harm() -> None:
    assert verdict([[1e6, -1e6]] * 3_000).decided
    assert verdict([[-1e6, 1e6]] * 3_000).leader == 1


@pytest.mark.parametrize(
    ("before", "after", "clicks", "expected"),
    [
        (Counts(100), Counts(400), False, math.log(300.5 / 6)),
        (Counts(100), Counts(90), False, math.log(0.5 / 6)),
        (Counts(100), Counts(None), False, None),
        (Counts(1, shown=100, clicked=4), Counts(2, shown=1100, clicked=54), True,
         math.log(50.5 / 1001)),
        (Counts(1, shown=100, clicked=4), Counts(2, shown=100, clicked=4), True, None),
    ],
)  # fmt: skip
def test_the_score_of_a_window(
    before: Counts, after: Counts, clicks: bool, expected: float | None
) -> None:
    assert score(before, after, 6.0, clicks=clicks) == (
        None if expected is None else pytest.approx(expected)
    )


def simulated(rng: random.Random, lifts: list[float], noise: float, clicks: bool) -> list[Window]:
    """The windows of a test on a post of some 500 views a day."""
    windows = planning.plan(len(lifts), 0.0, HOURS, DAYS, rng.shuffle)
    total = Counts(10_000, shown=200_000, clicked=9_000)
    made = []
    for one in windows:
        day = one.at / 86_400.0
        usual = 125.0 * math.exp(-0.05 * day)  # it fades
        usual *= 1.0 + 0.3 * math.sin(2 * math.pi * (day / 7 + 0.2))  # weekends
        usual *= 1.0 + 0.5 * math.sin(2 * math.pi * day)  # nights
        mood = rng.gammavariate(1 / noise**2, noise**2)  # bursts
        if rng.random() < 0.02:
            mood *= 5.0  # somebody shared it
        shown = max(1, round(20 * usual * mood))
        share = 0.05 * lifts[one.variant] * rng.gammavariate(1 / 0.01, 0.01)
        gained = drawn(rng, usual * mood * lifts[one.variant])
        after = Counts(
            (total.views or 0) + gained, shown=(total.shown or 0) + shown,
            clicked=(total.clicked or 0) + drawn(rng, shown * share),
        )  # fmt: skip
        if not clicks:
            total, after = Counts(total.views), Counts(after.views)
        end = one.at + HOURS * 3600.0
        made.append(
            Window(one.number, one.block, one.variant, one.at, one.at + 1, end, total, after)
        )
        total = after
    return made


def drawn(rng: random.Random, mean: float) -> int:
    return max(0, round(rng.gauss(mean, math.sqrt(max(mean, 1e-9)))))


def winners(lifts: list[float], noise: float, *, clicks: bool = False) -> list[int | None]:
    """Who won each of a thousand tests, looked at as the station does: after each block."""
    rng = random.Random(11)  # noqa: S311 - chance for a test, not for a secret
    found: list[int | None] = []
    for _ in range(1_000):
        said = planning.judge(simulated(rng, lifts, noise, clicks), len(lifts), HOURS)
        found.append(said.leader if said.decided else None)
    return found


@pytest.mark.parametrize(
    ("lifts", "noise", "clicks"),
    [([1.0, 1.0], 0.15, False), ([1.0, 1.0], 0.6, False), ([1.0, 1.0], 0.15, True),
     ([1.0, 1.0, 1.0], 0.15, False)],
)  # fmt: skip
def test_without_a_difference_at_most_one_in_twenty_has_a_winner(
    lifts: list[float], noise: float, clicks: bool
) -> None:
    found = winners(lifts, noise, clicks=clicks)
    assert 1_000 - found.count(None) <= 50


@pytest.mark.parametrize("clicks", [False, True])
def test_a_third_more_is_found_in_most(clicks: bool) -> None:
    found = winners([1.0, 1.3], 0.15, clicks=clicks)
    assert found.count(1) >= 700
    assert found.count(0) <= 5


def test_the_plan_is_fair() -> None:
    for variants in (2, 3):
        for hours in planning.HOURS:
            windows = planning.plan(variants, 50.0, hours, DAYS, random.Random(3).shuffle)
            assert len(windows) * hours >= DAYS * 24
            assert [one.at for one in windows] == [
                50.0 + number * hours * 3600.0 for number in range(len(windows))
            ]
            blocks: dict[int, list[Window]] = {}
            for one in windows:
                blocks.setdefault(one.block, []).append(one)
            for block in blocks.values():
                assert sorted(one.variant for one in block) == list(range(variants))
                times = {(one.at - 50.0) % 86_400.0 for one in block}
                assert len(times) == 1  # the same time of the day


def test_a_window_that_was_much_too_long_or_is_not_told_does_not_count() -> None:
    rng = random.Random(5)
    windows = simulated(rng, [1.0, 1.0], 0.1, clicks=False)
    assert planning.counts(windows[0], HOURS)
    late = windows[0].at + 2 * HOURS * 3600.0
    first = windows[0]
    for bad in (
        replace(first, ended=late), replace(first, ended=first.at + 600.0),
        replace(first, before=None), replace(first, begun=0.0),
    ):  # fmt: skip
        assert not planning.counts(bad, HOURS)
    assert planning.measure_of(windows, HOURS) is Measure.VIEWS
    clicks = simulated(rng, [1.0, 1.0], 0.1, clicks=True)
    assert planning.measure_of(clicks, HOURS) is Measure.CLICKS
