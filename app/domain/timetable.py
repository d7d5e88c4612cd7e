"""The weekly timetable: in which hours downloads go at full speed, slowly, or not at all. Pure.

It is written as 168 signs, one for each hour of the week from Monday midnight on.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Final

HOURS: Final = 7 * 24


class Pace(StrEnum):
    """How downloads go in an hour."""

    FULL = "0"
    SLOW = "1"
    REST = "2"


EMPTY: Final = Pace.FULL * HOURS


def read(text: str) -> tuple[Pace, ...]:
    """The pace of each hour; what is no timetable is full speed throughout."""
    signs = {pace.value: pace for pace in Pace}
    if len(text) != HOURS or not set(text) <= set(signs):
        return (Pace.FULL,) * HOURS
    return tuple(signs[sign] for sign in text)


def pace_at(text: str, moment: datetime.datetime) -> Pace:
    """The pace at a moment of the owner's own clock."""
    return read(text)[moment.weekday() * 24 + moment.hour]


def painted(text: str, day: int, hour: int, pace: Pace) -> str:
    """The timetable with one hour changed; one that is full speed throughout is empty."""
    hours = [one.value for one in read(text)]
    hours[day * 24 + hour] = pace.value
    written = "".join(hours)
    return "" if written == EMPTY else written
