"""Reads a time as people type it: a clock, a day, or how long from now."""

from __future__ import annotations

import argparse
import re
from datetime import datetime, timedelta
from typing import Final

FORMS: Final = "18:00, tomorrow 18:00, 2026-12-01, 2026-12-01 18:00, +2h, +3d"
_AHEAD: Final = re.compile(r"\+(\d{1,5})\s*(m|min|h|d|w)")
_CLOCK: Final = re.compile(r"(?:(today|tomorrow)\s+)?(\d{1,2}):(\d{2})")
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{1,2}):(\d{2}))?")
_UNITS: Final = {"m": 60, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def moment(text: str, now: datetime | None = None) -> float:
    """Seconds since 1970 of a time on this machine's clock; `ArgumentTypeError` for no time.

    A clock alone is the next time it shows that; a day alone is its begin.
    """
    here = (now or datetime.now().astimezone()).astimezone()
    told = text.strip().lower()
    try:
        found = _ahead(told, here) or _clock(told, here) or _day(told, here)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise argparse.ArgumentTypeError(f"no time: {text!r} (write {FORMS})")
    return found.timestamp()


def _ahead(told: str, here: datetime) -> datetime | None:
    match = _AHEAD.fullmatch(told)
    return here + timedelta(seconds=int(match[1]) * _UNITS[match[2]]) if match else None


def _clock(told: str, here: datetime) -> datetime | None:
    match = _CLOCK.fullmatch(told)
    if match is None:
        return None
    at = here.replace(hour=int(match[2]), minute=int(match[3]), second=0, microsecond=0)
    if match[1] == "tomorrow" or (match[1] is None and at <= here):
        at = _local(at + timedelta(days=1))
    return at


def _day(told: str, here: datetime) -> datetime | None:
    match = _DAY.fullmatch(told)
    if match is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in match.groups())
    return _local(here.replace(year=year, month=month, day=day, hour=hour, minute=minute,
                               second=0, microsecond=0))  # fmt: skip


def _local(at: datetime) -> datetime:
    """The same clock with that day's own offset: summer time may lie between."""
    return at.replace(tzinfo=None).astimezone()
