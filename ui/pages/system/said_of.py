"""What is said of a chart: its figures, its strips, and the moment under its cursor."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.monitoring import DoingKind
from ui import system_words as said
from ui.pages.system.axes import words
from ui.pages.system.bands import Band
from ui.pages.system.chart_model import ChartModel, Drawn, last
from ui.pages.system.figures import SECONDS, Figure, Span
from ui.words import SEPARATOR

FIGURES: dict[Figure, object] = {
    Figure.SEARCHES: QT_TRANSLATE_NOOP("System", "Searches and streams"),
    Figure.PROCESSOR: QT_TRANSLATE_NOOP("System", "Processor"),
    Figure.MEMORY: QT_TRANSLATE_NOOP("System", "Memory"),
    Figure.TEMPERATURE: QT_TRANSLATE_NOOP("System", "Temperature"),
    Figure.WAIT: QT_TRANSLATE_NOOP("System", "Disk wait"),
    Figure.NETWORK: QT_TRANSLATE_NOOP("System", "Network"),
    Figure.GRAPHICS: QT_TRANSLATE_NOOP("System", "Graphics"),
}
SPANS: dict[Span, object] = {
    Span.NOW: QT_TRANSLATE_NOOP("System", "Now"),
    Span.HOUR: QT_TRANSLATE_NOOP("System", "Hour"),
    Span.DAY: QT_TRANSLATE_NOOP("System", "Day"),
    Span.WEEK: QT_TRANSLATE_NOOP("System", "Week"),
    Span.YEAR: QT_TRANSLATE_NOOP("System", "Year"),
}
ONE: dict[DoingKind, object] = {
    DoingKind.PLAYING: QT_TRANSLATE_NOOP("System", "Playing {0}"),
    DoingKind.CASTING: QT_TRANSLATE_NOOP("System", "Casting {0}"),
    DoingKind.CONVERTING: QT_TRANSLATE_NOOP("System", "Converting {0}"),
    DoingKind.DOWNLOADING: QT_TRANSLATE_NOOP("System", "Downloading {0}"),
    DoingKind.SEARCHING: QT_TRANSLATE_NOOP("System", "Searching {0}"),
    DoingKind.SCANNING: QT_TRANSLATE_NOOP("System", "Looking through {0}"),
    DoingKind.MAKING: QT_TRANSLATE_NOOP("System", "Making {0}"),
    DoingKind.PUBLISHING: QT_TRANSLATE_NOOP("System", "Publishing {0}"),
    DoingKind.THINKING: QT_TRANSLATE_NOOP("System", "Thinking: {0}"),
    DoingKind.JOB: QT_TRANSLATE_NOOP("System", "At work: {0}"),
    DoingKind.ALERT: QT_TRANSLATE_NOOP("System", "Alert: {0}"),
}
MANY: dict[DoingKind, object] = {
    DoingKind.PLAYING: QT_TRANSLATE_NOOP("System", "Playing"),
    DoingKind.CASTING: QT_TRANSLATE_NOOP("System", "Casting"),
    DoingKind.CONVERTING: QT_TRANSLATE_NOOP("System", "Converting"),
    DoingKind.DOWNLOADING: QT_TRANSLATE_NOOP("System", "Downloading"),
    DoingKind.SEARCHING: QT_TRANSLATE_NOOP("System", "Searching"),
    DoingKind.SCANNING: QT_TRANSLATE_NOOP("System", "Looking through files"),
    DoingKind.MAKING: QT_TRANSLATE_NOOP("System", "Making videos"),
    DoingKind.PUBLISHING: QT_TRANSLATE_NOOP("System", "Publishing"),
    DoingKind.THINKING: QT_TRANSLATE_NOOP("System", "Thinking"),
    DoingKind.JOB: QT_TRANSLATE_NOOP("System", "At work"),
    DoingKind.ALERT: QT_TRANSLATE_NOOP("System", "Alerts"),
}


def figure(which: Figure) -> str:
    """The name of a figure."""
    return _tr(FIGURES[which])


def choice(which: Figure) -> str:
    """The name of a figure on a chip."""
    return (
        QCoreApplication.translate("System", "Searches")
        if which is Figure.SEARCHES
        else figure(which)
    )


def span(which: Span) -> str:
    """The name of a stretch of time."""
    return _tr(SPANS[which])


def band(one: Band) -> str:
    """A strip, such as ``Converting Film 12`` or ``Searching × 14``."""
    if one.label:
        return _tr(ONE[one.kind]).format(one.label)
    text = _tr(MANY[one.kind])
    return f"{text} \u00d7 {one.count}" if one.count > 1 else text


def aside(drawn: Drawn) -> str:
    """What stands beside the title of a chart: its newest values."""
    parts = []
    for one in reversed(drawn.values):
        newest = last(one.means)
        if newest is not None:
            parts.append(f"{one.line.name} {words(drawn.figure, newest)}".strip())
    cached = dict(drawn.aside).get("cache.hits")
    if cached is not None:
        parts.append(QCoreApplication.translate("System", "cache {0}").format(said.percent(cached)))
    streams = round(dict(drawn.aside).get("streams", 0.0))
    if streams and not parts:
        parts.append(said.Counted().streams(streams))
    return SEPARATOR.join(parts)


def moment(model: ChartModel) -> str:
    """The values under the cursor, and what the station did then; "" without one."""
    drawn, cursor = model.drawn, model.cursor
    if drawn is None or cursor is None:
        return ""
    parts = [
        f"{line.name or figure(drawn.figure)} {words(drawn.figure, value)}"
        for line, value in model.values_at(cursor)
    ]
    parts += [band(one) for one in model.bands_at(cursor)]
    at = said.moment(cursor, SECONDS[drawn.span])
    return QCoreApplication.translate("System", "{time}: {words}").format(
        time=at, words=SEPARATOR.join(parts)
    )


def _tr(text: object) -> str:
    return QCoreApplication.translate("System", str(text))
