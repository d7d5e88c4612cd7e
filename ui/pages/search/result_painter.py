"""Paints one row of what was found: score, title, what is known of it, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap

from app.domain.search import HitKind, Judged, Result, StartKind
from ui import search_words as said
from ui import words
from ui.theme import Theme

PAD = 20
RING = 46
MAIN_HEIGHT, MORE = 44, 44
GAP = 14
COLUMNS = (("source", 190, 1000), ("size", 92, 0), ("seeders", 76, 840))
"""Name, width, and the width of the row below which it is left out."""
MOST_KEPT = 400  # drawn shapes
NARROW = 760
"""A row narrower than this has no columns of figures, and its button no words."""
REASON = 130
"""So much room is left for how it would start."""
GOOD_SCORE, FAIR_SCORE = 80, 55


class Spot(Enum):
    """What of a row is meant."""

    BODY = "body"
    MAIN = "main"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Look:
    """How a row is painted now."""

    hovered: bool = False
    ringed: bool = False
    spot: Spot = Spot.MAIN
    """Which of its buttons the keyboard or the pointer is on."""
    main: bool = False
    """Whether it is the one that "play the best" would play."""


@dataclass(frozen=True, slots=True)
class Action:
    """What the button of a row says and shows."""

    text: str
    icon: str


class ResultPainter:
    """Paints rows; all measures are at 100 % and scaled by the theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._kept: dict[tuple[object, ...], QPixmap] = {}
        self._title = theme.font(16, 600)
        self._small = theme.font(14, 500)
        self._tag = theme.font(13, 600)
        self._button = theme.font(15, 600)
        self._figure = theme.font(15, 700)
        self._title_metrics = QFontMetrics(self._title)
        self._small_metrics = QFontMetrics(self._small)
        self._tag_metrics = QFontMetrics(self._tag)
        widest = max(map(QFontMetrics(self._button).horizontalAdvance, said.actions()))
        self._main = widest + theme.px(66)

    def paint(self, painter: QPainter, rect: QRect, row: Result, look: Look) -> None:
        """Paint a row."""
        px = self._theme.px
        self._card(painter, rect, look)
        hidden = row.hidden is not None
        painter.setOpacity(0.6 if hidden else 1.0)
        top = rect.center().y() - px(RING) // 2 + 1
        ring = QRect(rect.left() + px(PAD), top, px(RING), px(RING))
        self._score(painter, ring, row.score)
        right = self._buttons(painter, rect, row, look)
        narrow = self._is_narrow(rect)
        if not narrow:
            right = self._figures(painter, rect, right, row)
        left = ring.right() + px(PAD)
        room = QRect(left, rect.top(), right - left - px(16), rect.height())
        self._words(painter, room, row, narrow)
        painter.setOpacity(1.0)

    def main_rect(self, rect: QRect) -> QRect:
        """Where the button is that plays it."""
        px = self._theme.px
        more = self.more_rect(rect)
        width = px(MAIN_HEIGHT) if self._is_narrow(rect) else self._main
        top = rect.center().y() - px(MAIN_HEIGHT) // 2 + 1
        return QRect(more.left() - px(GAP) - width, top, width, px(MAIN_HEIGHT))

    def more_rect(self, rect: QRect) -> QRect:
        """Where the button is that shows everything else."""
        px = self._theme.px
        top = rect.center().y() - px(MORE) // 2 + 1
        return QRect(rect.right() - px(PAD) - px(MORE) + 1, top, px(MORE), px(MORE))

    def _card(self, painter: QPainter, rect: QRect, look: Look) -> None:
        fill = "surface2" if look.hovered else "surface1"
        self._draw(painter, rect, (fill, "line", 16), self._box)

    def _score(self, painter: QPainter, ring: QRect, score: int) -> None:
        self._draw(painter, ring, (score,), self._ring)
        tone = _tone(score)
        painter.setFont(self._figure)
        painter.setPen(self._theme.color("dim" if tone == "faint" else tone))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(score))

    def _buttons(self, painter: QPainter, rect: QRect, row: Result, look: Look) -> int:
        """Paint the buttons; returns where they begin."""
        theme, px = self._theme, self._theme.px
        main, more = self.main_rect(rect), self.more_rect(rect)
        action, narrow = action_of(row.best), self._is_narrow(rect)
        live = look.hovered or look.ringed
        fill = "accent" if look.main else "surface3"
        if live and look.spot is Spot.MAIN:
            fill = "accent_hover" if look.main else "hover"
        ringed = look.ringed and look.spot is Spot.MAIN and not look.main
        self._draw(painter, main, (fill, "accent" if ringed else "", 12), self._box)
        state = "on_accent" if look.main else "text"
        left = main.left() + px(12 if narrow else 18)
        self._icon(painter, action.icon, state, QPoint(left, main.center().y() - px(10) + 1))
        if not narrow:
            painter.setFont(self._button)
            painter.setPen(theme.color(state))
            text = main.adjusted(px(46), 0, 0, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, action.text)
        on = live and look.spot is Spot.MORE
        edge = "accent" if look.ringed and on else ""
        self._draw(painter, more, ("surface3" if on else "surface2", edge, 12), self._box)
        corner = more.center() - QPoint(px(10), px(10)) + QPoint(1, 1)
        self._icon(painter, "ellipsis-vertical", "text" if on else "dim", corner)
        return main.left()

    # Round shapes are slow to paint: each is drawn once and kept.

    def _draw(
        self,
        painter: QPainter,
        rect: QRect,
        key: tuple[object, ...],
        draw: Callable[..., None],
    ) -> None:
        ratio = painter.device().devicePixelRatio()
        whole = (draw.__name__, rect.width(), rect.height(), ratio, *key)
        pixmap = self._kept.get(whole)
        if pixmap is None:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            pixmap = QPixmap(rect.size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            drawing = QPainter(pixmap)
            drawing.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(drawing, QRectF(0, 0, rect.width(), rect.height()), *key)
            drawing.end()
            self._kept[whole] = pixmap
        painter.drawPixmap(rect.topLeft(), pixmap)

    def _box(self, painter: QPainter, box: QRectF, fill: str, edge: str, radius: int) -> None:
        theme = self._theme
        wide = 1 if edge == "line" else 2
        painter.setPen(QPen(theme.color(edge), wide) if edge else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(theme.color(fill))
        inset = wide / 2 if edge else 0
        painter.drawRoundedRect(
            box.adjusted(inset, inset, -inset, -inset), theme.px(radius), theme.px(radius)
        )

    def _ring(self, painter: QPainter, ring: QRectF, score: int) -> None:
        theme = self._theme
        inner = ring.adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(theme.color("line"), theme.px(3)))
        painter.drawEllipse(inner)
        pen = QPen(theme.color(_tone(score)), theme.px(3))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(inner, 90 * 16, round(-score * 3.6 * 16))

    def _icon(self, painter: QPainter, name: str, state: str, place: QPoint) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(place, self._theme.pixmap(name, state, 20, ratio))

    def _figures(self, painter: QPainter, rect: QRect, right: int, row: Result) -> int:
        """Paint source, size and how many have it; returns where they begin."""
        px = self._theme.px
        right -= px(20)
        painter.setFont(self._small)
        for name, width, least in (COLUMNS[2], COLUMNS[1], COLUMNS[0]):
            if rect.width() < px(least):
                continue
            place = QRect(right - px(width), rect.top(), px(width), rect.height())
            self._figure_of(painter, name, place, row)
            right -= px(width)
        return right

    def _figure_of(self, painter: QPainter, name: str, place: QRect, row: Result) -> None:
        theme, offer = self._theme, row.best.offer
        tone, text = "dim", ""
        if name == "source":
            text = said.sources_of(row.judged)
        elif name == "size":
            tone, text = "text", words.size(offer.size) if offer.size else "\u2014"
        elif offer.seeders is not None and offer.kind is HitKind.TORRENT:
            text = f"{words.count(offer.seeders)} \u25b2"
            tone = "good" if offer.seeders else "faint"
        else:
            text = "\u2014"
        painter.setPen(theme.color(tone))
        align = Qt.AlignmentFlag.AlignVCenter
        text = self._small_metrics.elidedText(
            text, Qt.TextElideMode.ElideRight, place.width() - theme.px(12)
        )
        painter.drawText(place, align, text)

    def _is_narrow(self, rect: QRect) -> bool:
        return rect.width() < self._theme.px(NARROW)

    def _words(self, painter: QPainter, room: QRect, row: Result, narrow: bool) -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(self._title)
        painter.setPen(theme.color("text"))
        title = self._title_metrics.elidedText(
            row.best.offer.name, Qt.TextElideMode.ElideRight, room.width()
        )
        line = QRect(room.left(), room.top() + px(11), room.width(), px(26))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
        left, top = room.left(), room.top() + px(43)
        for tag in said.tags(row.best):
            width = self._tag_metrics.horizontalAdvance(tag) + px(18)
            if left + width > room.right() - px(REASON):
                break
            self._paint_tag(painter, QRect(left, top, width, px(24)), tag)
            left += width + px(8)
        text, tone = reason_of(row)
        if narrow and row.best.offer.size:
            text = f"{words.size(row.best.offer.size)} \u00b7 {text}"
        rest = QRect(left + px(4), top, room.right() - left - px(4), px(24))
        painter.setFont(self._small)
        painter.setPen(theme.color(tone))
        text = self._small_metrics.elidedText(text, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_tag(self, painter: QPainter, rect: QRect, text: str) -> None:
        self._draw(painter, rect, ("surface3", "", 8), self._box)
        painter.setFont(self._tag)
        painter.setPen(self._theme.color("dim"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _tone(score: int) -> str:
    """The colour of a score."""
    return "good" if score >= GOOD_SCORE else "accent" if score >= FAIR_SCORE else "faint"


def action_of(one: Judged) -> Action:
    """What pressing a row does."""
    if one.start.kind is StartKind.NEVER:
        return Action(said.action("look"), "info")
    if one.offer.kind is not HitKind.TORRENT:
        return Action(said.action("play"), "play")
    if one.start.kind in (StartKind.SOON, StartKind.AT_ONCE):
        return Action(said.action("stream"), "play")
    return Action(said.action("get"), "download")


def reason_of(row: Result) -> tuple[str, str]:
    """Why it is, or is not, the wanted thing and how it would start; with a colour token."""
    suspicion = row.hidden or row.best.suspicion
    if suspicion is not None:
        return said.doubt(suspicion), "warn"
    parts = (said.start(row.best.start), said.fit(row.best.verdict))
    return words.SEPARATOR.join(part for part in parts if part), "dim"


def spoken(row: Result) -> str:
    """Everything a screen reader says of a row."""
    best = row.best
    size = words.size(best.offer.size) if best.offer.size else ""
    parts = (
        best.offer.name,
        said.score(row.score),
        *said.tags(best),
        reason_of(row)[0],
        said.sources_of(row.judged),
        size,
        action_of(best).text,
    )
    return ", ".join(part for part in parts if part)
