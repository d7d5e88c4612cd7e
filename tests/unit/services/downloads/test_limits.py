"""The weekly timetable, and the limits that follow from it."""

from __future__ import annotations

import datetime

import pytest

from app.domain.settings_sections import Downloads
from app.domain.timetable import HOURS, Pace, pace_at, painted, read
from app.services.downloads.dispatcher import Limited, limits_of

MONDAY = datetime.datetime(2026, 11, 23, 9, 30).astimezone()
SUNDAY = datetime.datetime(2026, 11, 29, 23, 59).astimezone()


def test_one_sign_for_each_hour_of_the_week() -> None:
    text = painted(painted("", 0, 9, Pace.SLOW), 6, 23, Pace.REST)
    assert len(text) == HOURS
    assert pace_at(text, MONDAY) is Pace.SLOW
    assert pace_at(text, SUNDAY) is Pace.REST
    assert pace_at(text, MONDAY + datetime.timedelta(hours=1)) is Pace.FULL


def test_what_is_full_speed_throughout_is_no_timetable() -> None:
    assert painted(painted("", 3, 3, Pace.REST), 3, 3, Pace.FULL) == ""


@pytest.mark.parametrize("text", ["", "0", "3" * HOURS, "x" * HOURS, "1" * (HOURS + 1)])
def test_what_is_no_timetable_is_full_speed(text: str) -> None:
    assert set(read(text)) == {Pace.FULL}


def test_limits_without_a_timetable_are_those_of_the_settings() -> None:
    assert limits_of(Downloads(down_limit=5, up_limit=1), MONDAY) == Limited(5_000_000, 1_000_000)


def test_slow_hours_never_make_it_quicker() -> None:
    slow = painted("", 0, 9, Pace.SLOW)
    wishes = Downloads(timetable=slow, down_limit=1, up_limit=0, slow_down=4, slow_up=2)
    assert limits_of(wishes, MONDAY) == Limited(1_000_000, 2_000_000, Pace.SLOW, True)


def test_in_an_hour_of_rest_nothing_new_runs() -> None:
    wishes = Downloads(timetable=painted("", 0, 9, Pace.REST))
    assert limits_of(wishes, MONDAY).pace is Pace.REST
