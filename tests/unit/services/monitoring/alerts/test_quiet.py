"""The quiet hours, in nights when the clocks change too."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.monitoring.alerts.quiet import QuietHours, quiet_hours, time_of

PARIS = ZoneInfo("Europe/Paris")
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def at(text: str, fold: int = 0) -> float:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=PARIS, fold=fold).timestamp()


def hours(begin: str, end: str) -> QuietHours:
    found = quiet_hours(begin, end, PARIS)
    assert found is not None
    return found


def test_a_night_and_a_noon() -> None:
    night, noon = hours("22:00", "07:00"), hours("12:00", "14:00")
    assert [night.now(at(f"2026-05-05T{told}")) for told in
            ("21:59", "22:00", "23:59", "00:00", "06:59", "07:00", "12:00")] == [
        False, True, True, True, True, False, False,
    ]  # fmt: skip
    assert [noon.now(at(f"2026-05-05T{told}")) for told in
            ("11:59", "12:00", "13:59", "14:00")] == [False, True, True, False]  # fmt: skip
    assert night.change(at("2026-05-05T23:00")) == at("2026-05-06T07:00")
    assert night.change(at("2026-05-06T07:00")) == at("2026-05-06T22:00")


def test_a_night_that_is_an_hour_shorter_or_longer() -> None:
    night = hours("22:00", "07:00")
    assert night.change(at("2026-03-28T22:00")) - at("2026-03-28T22:00") == 8 * 3600
    assert night.change(at("2026-10-24T22:00")) - at("2026-10-24T22:00") == 10 * 3600


def test_times_that_come_twice_or_never() -> None:
    """2:30 is not there on 29 March, and is there twice on 25 October."""
    spring, autumn = hours("23:00", "02:30"), hours("02:30", "08:00")
    assert spring.now(at("2026-03-29T01:59"))
    assert not spring.now(at("2026-03-29T03:30"))
    end = spring.change(at("2026-03-29T00:00"))
    assert at("2026-03-29T03:00") <= end <= at("2026-03-29T03:30")
    assert autumn.now(at("2026-10-25T02:30"))
    assert autumn.now(at("2026-10-25T02:15", fold=1))  # it does not end between the two
    twice = hours("22:00", "02:30")
    assert twice.now(at("2026-10-25T02:45"))
    assert not twice.now(at("2026-10-25T02:30", fold=1))


@given(TIMES, TIMES, st.integers(1_760_000_000, 1_800_000_000))
def test_the_next_change_is_one_and_nothing_changes_before(
    begin: datetime.time, end: datetime.time, moment: int
) -> None:
    if begin == end:
        return
    quiet = QuietHours(begin, end, PARIS)
    now, following = quiet.now(moment), quiet.change(moment)
    assert moment < following <= moment + 26 * 3600
    assert quiet.now(following) is not now
    for part in range(1, 20):
        assert quiet.now(moment + (following - moment) * part / 20) is now


@pytest.mark.parametrize("told", ["", "24:00", "7", "12:60", "ab:cd", "-1:00", "122:00"])
def test_what_is_no_time(told: str) -> None:
    assert time_of(told) is None
    assert quiet_hours(told, "07:00") is None
    assert quiet_hours("22:00", told) is None


def test_the_same_time_twice_is_no_quiet_at_all() -> None:
    assert quiet_hours("22:00", "22:00") is None
    assert time_of(" 7:05 ") == datetime.time(7, 5)
    assert QuietHours(datetime.time(0), datetime.time(23, 59)).change(1_700_000_000) > 0
