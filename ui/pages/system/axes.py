"""Where the axes of a chart have their marks, and what stands there, in the window's language."""

from __future__ import annotations

import calendar
import datetime

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from ui import system_words as said
from ui.pages.system.figures import SECONDS, Figure, Span

Mark = tuple[float, str]
WIDTH = {Span.NOW: 96, Span.HOUR: 64, Span.DAY: 64, Span.WEEK: 84, Span.YEAR: 56}
"""Pixels at 100 % a mark of the time takes, with some room beside it."""
NOON = 28
"""What "AM" and "PM" take more, where they are said."""
MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880)


def time_marks(span: Span, end: float, room: float) -> list[Mark]:
    """Marks of a stretch that ends at `end`, as seconds before it; `room`: pixels at 100 %."""
    wide = WIDTH[span]
    if (
        span in (Span.HOUR, Span.DAY)
        and "AP" in QLocale().timeFormat(QLocale.FormatType.ShortFormat).upper()
    ):
        wide += NOON
    most = max(2, int(room / wide))
    if span is Span.NOW:
        return _ago(SECONDS[span], most)
    if span is Span.YEAR:
        return _months(end, most)
    minutes = next((one for one in MINUTES if SECONDS[span] / 60 / one <= most), MINUTES[-1])
    here = datetime.datetime.fromtimestamp(end).astimezone()
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    step = datetime.timedelta(minutes=minutes)
    mark = midnight - datetime.timedelta(days=7) if minutes >= MINUTES[-2] else midnight
    while mark.timestamp() > end - SECONDS[span]:
        mark -= max(step, datetime.timedelta(days=1))
    found: list[Mark] = []
    while mark.timestamp() <= end:
        at = mark.timestamp() - end
        if at >= -SECONDS[span]:
            found.append((at, _moment(mark, span)))
        mark += step
    return found


def value_marks(figure: Figure, floor: float, top: float, low: bool) -> list[Mark]:
    """Marks of a scale; a `low` chart has room for half of them."""
    parts = 2 if low else 4
    return [
        (value, words(figure, value))
        for value in (floor + (top - floor) * part / parts for part in range(parts + 1))
    ]


def words(figure: Figure, value: float) -> str:
    """A value of a figure as people say it."""
    if figure in (Figure.PROCESSOR, Figure.GRAPHICS):
        return said.percent(value)
    if figure is Figure.MEMORY:
        return said.memory(value)
    if figure is Figure.TEMPERATURE:
        return said.degrees(value)
    if figure is Figure.WAIT:
        return said.milliseconds(value)
    if figure is Figure.NETWORK:
        return said.rate(value)
    return said.seconds(value)


def _ago(length: float, most: int) -> list[Mark]:
    minutes = round(length / 60)
    step = next(one for one in (1, 2, 5) if minutes / one + 1 <= most or one == minutes)
    later = QCoreApplication.translate("System", "{0} min ago")
    now = QCoreApplication.translate("System", "now")
    return [(-60.0 * one, later.format(one) if one else now) for one in range(0, minutes + 1, step)]


def _months(end: float, most: int) -> list[Mark]:
    here = datetime.datetime.fromtimestamp(end).astimezone()
    each = max(1, -(-12 // most))
    found: list[Mark] = []
    for back in range(0, 12, each):
        index = here.year * 12 + here.month - 1 - back
        first = datetime.datetime(index // 12, index % 12 + 1, 1).astimezone()  # noqa: DTZ001 - the owner's own clock
        name = QLocale().standaloneMonthName(first.month, QLocale.FormatType.ShortFormat)
        found.append((first.timestamp() - end, name or calendar.month_abbr[first.month]))
    return sorted(found)


def _moment(mark: datetime.datetime, span: Span) -> str:
    if span is Span.WEEK:
        day = QLocale().dayName(mark.isoweekday(), QLocale.FormatType.ShortFormat)
        return f"{day} {mark.day}"
    return QLocale().toString(QTime(mark.hour, mark.minute), QLocale.FormatType.ShortFormat)
