"""Paints one download of the table: how far, how fast, from whom, in what state, its buttons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from app.domain.downloads import ENDED, Download, DownloadKind, DownloadState
from ui import download_phrases as phrases
from ui import download_words as said
from ui import words
from ui.pages.downloads.columns import Columns, columns_at
from ui.pages.downloads.deeds import WORDED, Deed, can_play, deeds_of, plays_well
from ui.theme import Theme
from ui.widgets.drawn_shapes import DrawnShapes

BUTTON, GAP = 38, 8
BAR, BAR_SHARE, SHORT_SHARE = 6, 0.78, 0.6
SQUARES = 3
"""So many square buttons beside the one with words a row has at most."""
STATE_LEAST, STATE_MOST = 180, 228
ICONS = {
    Deed.PLAY: "play",
    Deed.GO: "download",
    Deed.RETRY: "rotate-cw",
    Deed.UP: "arrow-up",
    Deed.PAUSE: "pause",
    Deed.REMOVE: "x",
    Deed.MORE: "ellipsis-vertical",
}
KINDS = {
    DownloadKind.TORRENT: "magnet",
    DownloadKind.FILE: "link",
    DownloadKind.STREAM: "list-video",
}
MIDDLE = Qt.AlignmentFlag.AlignVCenter
TOLD_BY_BARS = ("accent", "good", "warn", "bad")
"""Only what one should notice gives a bar its colour."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a row is painted now. `spot` is the button the keyboard or the pointer is on."""

    hovered: bool = False
    ringed: bool = False
    spot: int = -1
    picked: bool = False


class DownloadPainter:
    """Paints rows; all measures are at 100 % and scaled by the theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._shapes = DrawnShapes(theme)
        self._title, self._title_metrics = _font(theme, 16, 600)
        self._plain, self._plain_metrics = _font(theme, 14, 500)
        self._small, self._small_metrics = _font(theme, 13, 400)
        self._button, metrics = _font(theme, 15, 600)
        texts = [deed_words(deed) for deed in WORDED]
        self._main = max(metrics.horizontalAdvance(text) for text in texts) + theme.px(60)
        widest = max(self._plain_metrics.horizontalAdvance(text) for text in _state_texts())
        wanted = widest + theme.px(18 + 18)
        self._state = max(theme.px(STATE_LEAST), min(theme.px(STATE_MOST), wanted))
        self._columns: tuple[int, Columns] = (-1, Columns((0, 0), {}))

    def columns(self, width: int) -> Columns:
        """Where the columns of a row so wide are."""
        if self._columns[0] != width:
            px = self._theme.px
            actions = self._main + SQUARES * px(BUTTON + GAP) + px(6)
            self._columns = (width, columns_at(width, self._state, actions, self._theme.scale))
        return self._columns[1]

    def buttons(self, rect: QRect, row: Download) -> list[tuple[Deed, QRect]]:
        """The buttons of a row and where they are."""
        px = self._theme.px
        left = rect.left() + self.columns(rect.width()).places["actions"][0]
        top = rect.center().y() - px(BUTTON) // 2
        placed = []
        for deed in deeds_of(row):
            wide = self._main if deed in WORDED else px(BUTTON)
            placed.append((deed, QRect(left, top, wide, px(BUTTON))))
            left += wide + px(GAP)
        return placed

    def paint(self, painter: QPainter, rect: QRect, row: Download, look: Look) -> None:
        """Paint a row."""
        px, theme = self._theme.px, self._theme
        if look.picked:
            self._shapes.box(painter, rect.adjusted(0, 2, 0, -2), "accent_soft", "", px(12))
        elif look.hovered or look.ringed:
            self._shapes.box(painter, rect.adjusted(0, 2, 0, -2), "surface1", "", px(12))
        columns = self.columns(rect.width())
        middle = rect.center().y() - px(10)
        icon = "radio" if row.origin else KINDS[row.kind]
        icon, ink = ("square-check", "accent") if look.picked else (icon, "dim")
        self._shapes.icon(painter, icon, ink, QPoint(rect.left() + px(14), middle))
        self._name(painter, rect, columns, row)
        self._figures(painter, rect, columns, row)
        self._state_of(painter, rect, columns, row)
        for place, (deed, box) in enumerate(self.buttons(rect, row)):
            on = (look.hovered or look.ringed) and place == look.spot
            self._paint_button(painter, box, row, deed, (on, on and look.ringed))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))

    def _name(self, painter: QPainter, rect: QRect, columns: Columns, row: Download) -> None:
        px, theme = self._theme.px, self._theme
        left, width = rect.left() + columns.name[0], columns.name[1] - columns.name[0]
        painter.setFont(self._title)
        painter.setPen(theme.color("text"))
        line = QRect(left, rect.top() + px(9), width, px(26))
        elide = Qt.TextElideMode.ElideMiddle
        painter.drawText(line, MIDDLE, self._title_metrics.elidedText(row.name, elide, width))
        size = words.size(row.size) if row.size else ""
        share = BAR_SHARE
        if "done" not in columns:
            share = SHORT_SHARE
            size = words.SEPARATOR.join(part for part in (said.percent(row), size) if part)
        bar = QRect(left, rect.top() + px(42), round(width * share), px(BAR))
        self._shapes.bar(painter, bar, row.fraction, bar_tone(row))
        painter.setFont(self._small)
        painter.setPen(theme.color("dim"))
        rest = QRect(bar.right() + px(10), bar.center().y() - px(10), width - bar.width(), px(20))
        painter.drawText(rest, MIDDLE, size)

    def _figures(self, painter: QPainter, rect: QRect, columns: Columns, row: Download) -> None:
        texts = {
            "done": (said.percent(row), "text"),
            "speed": (said.speed_of(row), "text"),
            "left": (said.left(row), "dim"),
            "from": (said.origin(row), "dim"),
        }
        painter.setFont(self._plain)
        for column, (text, tone) in texts.items():
            if column not in columns:
                continue
            left, right = columns.places[column]
            place = QRect(rect.left() + left, rect.top(), right - left, rect.height())
            painter.setPen(self._theme.color("faint" if text == said.DASH else tone))
            if column == "from":
                self._in_two_lines(painter, place, text)
            elif column == "done" and "speed" not in columns:
                self._above(painter, place, text, said.speed_of(row))
            else:
                painter.drawText(place, MIDDLE, text)

    def _above(self, painter: QPainter, place: QRect, text: str, below: str) -> None:
        """A figure with another one below it."""
        if below == said.DASH:
            painter.drawText(place, MIDDLE, text)
            return
        high = self._theme.px(21)
        line = QRect(place.left(), place.center().y() - high, place.width(), high)
        painter.drawText(line, MIDDLE, text)
        painter.save()
        painter.setFont(self._small)
        painter.setPen(self._theme.color("dim"))
        painter.drawText(line.translated(0, high), MIDDLE, below)
        painter.restore()

    def _in_two_lines(self, painter: QPainter, place: QRect, text: str) -> None:
        metrics, width = self._plain_metrics, place.width()
        if metrics.horizontalAdvance(text) <= width:
            painter.drawText(place, MIDDLE, text)
            return
        first, second = broken(metrics, text, width)
        high = metrics.height()
        top = place.center().y() - high + 1
        painter.drawText(QRect(place.left(), top, width, high), MIDDLE, first)
        second = metrics.elidedText(second, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(place.left(), top + high, width, high), MIDDLE, second)

    def _state_of(self, painter: QPainter, rect: QRect, columns: Columns, row: Download) -> None:
        px, theme = self._theme.px, self._theme
        left, right = columns.places["state"]
        text, tone = said.state(row)
        more = self._more(columns, row)
        high = px(21)
        top = rect.center().y() - (high if more else high // 2)
        dot = QRect(rect.left() + left, top + (high - px(8)) // 2, px(8), px(8))
        self._shapes.dot(painter, dot, tone)
        line = QRect(rect.left() + left + px(16), top, right - left - px(16), high)
        painter.setFont(self._plain)
        painter.setPen(theme.color(tone))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(line, MIDDLE, self._plain_metrics.elidedText(text, elide, line.width()))
        if more:
            painter.setFont(self._small)
            painter.setPen(theme.color("dim"))
            more = self._small_metrics.elidedText(more, elide, line.width())
            painter.drawText(line.translated(0, high), MIDDLE, more)

    def _more(self, columns: Columns, row: Download) -> str:
        """The second line of the state: what the columns that have no room would say."""
        more = said.state_more(row)
        plays = row.ahead is not None and row.ahead.playing
        if "left" not in columns and said.left(row) != said.DASH and not (plays and more):
            more = said.still(row)  # until it plays that matters more than how much is here
        stands = row.state in (DownloadState.FAILED, DownloadState.HELD)
        if "from" not in columns and stands and not more:
            more = said.short_reason(row)
        return more

    def _paint_button(
        self, painter: QPainter, box: QRect, row: Download, deed: Deed, on: tuple[bool, bool]
    ) -> None:
        lit, ringed = on
        px, theme = self._theme.px, self._theme
        fill, ink = _dress(row, deed, lit)
        edge = "accent" if ringed and fill != "accent_hover" else ""
        self._shapes.box(painter, box, fill, edge, px(11))
        icon = QPoint(box.left() + (box.width() - px(18)) // 2, box.center().y() - px(9) + 1)
        if deed in WORDED:
            icon.setX(box.left() + px(16))
            painter.setFont(self._button)
            painter.setPen(theme.color(ink))
            painter.drawText(box.adjusted(px(42), 0, 0, 0), MIDDLE, deed_words(deed))
        self._shapes.icon(painter, ICONS[deed], ink, icon, 18)


def _dress(row: Download, deed: Deed, lit: bool) -> tuple[str, str]:
    """Fill and ink of a button."""
    if deed is Deed.PLAY:
        if not can_play(row):
            return "surface1", "faint"
        if row.ahead is not None and row.ahead.playing and row.state not in ENDED:
            return "accent_hover" if lit else "accent", "on_accent"
        if not plays_well(row):
            return ("surface3", "text") if lit else ("surface2", "dim")
    if deed in WORDED:
        return "hover" if lit else "surface3", "text"
    return ("surface3", "text") if lit else ("surface2", "dim")


def bar_tone(row: Download) -> str:
    """The colour of a bar."""
    tone = said.state(row)[1]
    return tone if tone in TOLD_BY_BARS else "dim"


def deed_words(deed: Deed) -> str:
    """What a button says, or would say."""
    return {
        Deed.PLAY: QCoreApplication.translate("Downloads", "Play"),
        Deed.GO: QCoreApplication.translate("Downloads", "Go on"),
        Deed.RETRY: QCoreApplication.translate("Downloads", "Retry"),
        Deed.UP: QCoreApplication.translate("Downloads", "Earlier"),
        Deed.PAUSE: QCoreApplication.translate("Downloads", "Pause"),
        Deed.REMOVE: QCoreApplication.translate("Downloads", "Remove from the list"),
        Deed.MORE: QCoreApplication.translate("Downloads", "Everything else"),
    }[deed]


def broken(metrics: QFontMetrics, text: str, width: int) -> tuple[str, str]:
    """A text in two lines, broken between words; the second may be too long."""
    first: list[str] = []
    rest = text.split()
    while rest and metrics.horizontalAdvance(" ".join([*first, rest[0]])) <= width:
        first.append(rest.pop(0))
    if not first:
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width), ""
    return " ".join(first), " ".join(rest)


def _state_texts() -> list[str]:
    texts = [QCoreApplication.translate("Downloads", str(of)) for of, _ in phrases.STATES.values()]
    texts += [QCoreApplication.translate("Downloads", str(of)) for of in phrases.WAITS.values()]
    texts.append(QCoreApplication.translate("Downloads", "Playing while it loads"))
    return texts


def _font(theme: Theme, size: int, weight: int) -> tuple[QFont, QFontMetrics]:
    font = theme.font(size, weight)
    return font, QFontMetrics(font)
