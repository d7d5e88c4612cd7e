"""Times as people type them."""

from __future__ import annotations

import argparse
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.cli.times import moment

NOW = datetime(2026, 3, 28, 17, 30).astimezone()  # noqa: DTZ001 - this machine's own zone


def at(text: str) -> str:
    return datetime.fromtimestamp(moment(text, NOW)).astimezone().strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:00", "2026-03-28 18:00"),
        ("17:00", "2026-03-29 17:00"),  # it was 17:00 already
        ("today 17:00", "2026-03-28 17:00"),
        (" Tomorrow 9:05 ", "2026-03-29 09:05"),
        ("2026-12-01", "2026-12-01 00:00"),
        ("2026-12-01 18:00", "2026-12-01 18:00"),
        ("2026-12-01T18:00", "2026-12-01 18:00"),
        ("+90min", "2026-03-28 19:00"),
        ("+2h", "2026-03-28 19:30"),
    ],
)
def test_times_are_read_as_meant(typed: str, meant: str) -> None:
    assert at(typed) == meant


def test_days_from_now_are_so_many_seconds() -> None:
    assert moment("+3d", NOW) - NOW.timestamp() == 3 * 86_400
    assert moment("+1w", NOW) - NOW.timestamp() == 7 * 86_400


@pytest.mark.parametrize("typed", ["", "noon", "25:00", "2026-13-01", "+2y", "18h", "+99999w99"])
def test_what_is_no_time_is_told(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="no time"):
        moment(typed, NOW)


def test_a_clock_after_summer_time_began_is_that_of_its_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import time

    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        before = datetime(2026, 3, 28, 17, 30, tzinfo=ZoneInfo("Europe/Paris"))
        found = datetime.fromtimestamp(moment("tomorrow 18:00", before), ZoneInfo("Europe/Paris"))
        assert found.strftime("%d %H:%M %z") == "29 18:00 +0200"
    finally:
        monkeypatch.undo()
        time.tzset()
