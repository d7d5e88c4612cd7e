"""Sliding windows, against counting everything anew."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from app.services.monitoring.series import OTHERS, Durations, Named
from app.services.monitoring.windows import SLOTS, Lately, Shares


@dataclass
class Clock:
    now: float = 5_000.0

    def __call__(self) -> float:
        return self.now


def test_shares_of_the_window_and_no_older_ones() -> None:
    clock = Clock()
    shares = Shares(600.0, clock)
    assert shares.share() is None
    for good in (True, True, True, False):
        shares.add(good=good)
    assert shares.tally() == (4, 3)
    clock.now += 300
    shares.add(good=False)
    assert shares.share() == 3 / 5
    clock.now += 310  # the first four are older than ten minutes
    assert shares.tally() == (1, 0)
    clock.now += 10_000
    assert shares.tally() == (0, 0)
    shares.add(good=True)
    assert shares.share() == 1.0


def test_shares_are_those_of_a_full_count_to_within_a_slot() -> None:
    chance, clock = random.Random(7), Clock()
    shares, width = Shares(60.0, clock), 60.0 / SLOTS
    told: list[tuple[float, bool]] = []
    for _ in range(2_000):
        clock.now += chance.choice((0.0, 0.1, 1.0, 3.0, 200.0 if chance.random() < 0.01 else 0.5))
        good = chance.random() < 0.8
        shares.add(good=good)
        told.append((clock.now, good))
        every, well = shares.tally()
        surely = [ok for at, ok in told if at > clock.now - 60.0 + width]
        perhaps = [ok for at, ok in told if at > clock.now - 60.0 - width]
        assert len(surely) <= every <= len(perhaps)
        assert sum(surely) <= well <= sum(perhaps)


def test_a_clock_that_stands_still_or_goes_back_does_no_harm() -> None:
    clock = Clock()
    shares = Shares(60.0, clock)
    shares.add(good=True)
    clock.now -= 1_000
    shares.add(good=False)
    assert shares.tally() == (2, 1)


def test_percentiles_of_the_last_hour() -> None:
    clock = Clock()
    lately = Lately(3_600.0, clock)
    assert lately.percentiles((0.5, 0.95)) == ()
    lately.add(99.0)
    clock.now += 3_700
    for tenths in range(100):
        lately.add(tenths / 10)
    assert lately.percentiles((0.5, 0.95)) == (5.0, 9.5)
    clock.now += 3_601
    assert lately.percentiles((0.5,)) == ()


def test_only_so_many_are_kept() -> None:
    clock = Clock()
    lately = Lately(3_600.0, clock, most=10)
    for second in range(100):
        lately.add(float(second))
    assert lately.percentiles((0.0,)) == (90.0,)


def test_names_are_bounded() -> None:
    named: Named[list[int]] = Named(list, most=3)
    for number in range(10):
        named.of(f"plugin {number}", "search").append(number)
    told = dict(named.items())
    assert len(told) == 4
    assert told[OTHERS, OTHERS] == [3, 4, 5, 6, 7, 8, 9]
    assert named.of("plugin 1", "search") == [1]
    assert named.peek("plugin 7", "search") is None


@pytest.mark.parametrize(
    ("seconds", "counts"),
    [(0.5, [1, 1, 1]), (1.0, [1, 1, 1]), (1.01, [0, 1, 1]), (2.0, [0, 1, 1]), (7.0, [0, 0, 1])],
)
def test_durations_count_what_took_no_longer(seconds: float, counts: list[int]) -> None:
    durations = Durations((1.0, 2.0))
    durations.add(seconds)
    assert durations.buckets() == list(zip(("1.0", "2.0", "+Inf"), counts, strict=True))
    assert durations.total == seconds
