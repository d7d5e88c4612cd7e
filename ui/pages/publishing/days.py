"""Days of the calendar: which are shown, which posts stand in them, and where a move leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from app.domain.post import Post, PostState

WEEK = 7


class Span(StrEnum):
    """How much of the calendar is shown."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days that are shown: whole weeks from `first` on; `month` is the one it stands for."""

    first: QDate
    days: int
    month: int

    @property
    def last(self) -> QDate:
        """The last day."""
        return self.first.addDays(self.days - 1)

    @property
    def start(self) -> float:
        """Its beginning, seconds since 1970."""
        return float(self.first.startOfDay().toSecsSinceEpoch())

    @property
    def end(self) -> float:
        """Its end, not included."""
        return float(self.first.addDays(self.days).startOfDay().toSecsSinceEpoch())

    def dates(self) -> list[QDate]:
        """Every day."""
        return [self.first.addDays(place) for place in range(self.days)]


def stretch(span: Span, around: QDate) -> Stretch:
    """The week or the month a day lies in, in whole weeks as they begin in this language."""
    if span is Span.WEEK:
        return Stretch(_week_of(around), WEEK, around.month())
    first = _week_of(QDate(around.year(), around.month(), 1))
    last = QDate(around.year(), around.month(), around.daysInMonth())
    weeks = first.daysTo(last) // WEEK + 1
    return Stretch(first, weeks * WEEK, around.month())


def turned(span: Span, around: QDate, by: int) -> QDate:
    """A day in the stretch before or after."""
    if span is Span.WEEK:
        return around.addDays(by * WEEK)
    return QDate(around.year(), around.month(), 1).addMonths(by)


def place_of(post: Post, now: float) -> float:
    """Where in time a post stands: when it went out or is to, else when it was begun, else now."""
    if post.state is PostState.DONE and post.ended:
        return post.ended
    return post.at or post.created or now


def by_day(posts: Iterable[Post], now: float) -> dict[int, list[Post]]:
    """Posts by the Julian number of their day, each day in order; cancelled ones are left out."""
    found: dict[int, list[Post]] = {}
    shown = (post for post in posts if post.state is not PostState.CANCELLED)
    for post in sorted(shown, key=lambda one: (place_of(one, now), one.id)):
        at = QDateTime.fromSecsSinceEpoch(int(place_of(post, now)))
        found.setdefault(at.date().toJulianDay(), []).append(post)
    return found


def moved(at: float, days: int = 0, hours: int = 0) -> float:
    """A time so many days and hours later; a day keeps the time of the clock."""
    then = QDateTime.fromSecsSinceEpoch(int(at)).addDays(days).addSecs(hours * 3600)
    return float(then.toSecsSinceEpoch())


def on_day(at: float, date: QDate) -> float:
    """The same time of the clock on another day."""
    clock = QDateTime.fromSecsSinceEpoch(int(at)).time()
    return float(QDateTime(date, QTime(clock.hour(), clock.minute())).toSecsSinceEpoch())


def _week_of(date: QDate) -> QDate:
    begins = QLocale().firstDayOfWeek().value
    return date.addDays(-((date.dayOfWeek() - begins) % WEEK))
