"""Days and months as the owner's calendar has them, told as text: ``2026-11-26``, ``2026-11``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from app.domain.budget import Span
from app.domain.errors import InvalidInput

_PERIOD: Final = re.compile(r"(\d{4}-\d\d)(-\d\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, and the owner's day it falls in."""

    now: float  # unix time
    day: date

    @property
    def today(self) -> str:
        """The day as text."""
        return self.day.isoformat()


def moment(now: float, zone: tzinfo | None = None) -> Moment:
    """The day of a time in a zone; None: the zone of this machine.

    The zone's own rules decide, so a day of 23 or 25 hours is one day.
    """
    return Moment(now, datetime.fromtimestamp(now, UTC).astimezone(zone).date())


def beginning(span: Span, day: date) -> str:
    """The first day of the period a day lies in."""
    return (day.replace(day=1) if span is Span.MONTH else day).isoformat()


def renewal(span: Span, day: date) -> str:
    """The first day of the next period."""
    if span is Span.DAY:
        return (day + timedelta(days=1)).isoformat()
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1).isoformat()


def days_of(period: str, day: date) -> tuple[str, str, str]:
    """A period's name, its first day, and the first day after it; empty: the month of `day`.

    Raises `InvalidInput` for what is neither a month nor a day.
    """
    text = period or day.isoformat()[:7]
    found = _PERIOD.fullmatch(text)
    whole = "" if found is None else f"{found[1]}{found[2] or '-01'}"
    try:
        first = date.fromisoformat(whole)
        span = Span.DAY if whole == text else Span.MONTH
        return text, first.isoformat(), renewal(span, first)
    except (ValueError, OverflowError) as error:
        raise InvalidInput("errors.bad_argument", name=text[:40]) from error
