"""Paints one line of the live log: when, how grave, which part, what, and what was looked for."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.domain.log_lines import ERROR, INFO, WARNING, LogLine, level_word
from ui.theme import Theme

PITCH = 23
INSET = 12
"""Pixels at 100 % from one line to the next, and left and right of one."""
TONES = ((ERROR, "bad"), (WARNING, "warn"), (INFO, "calm"))


@dataclass(frozen=True, slots=True)
class Look:
    """How a line is painted now; `needle` is what was looked for, folded for comparing."""

    picked: bool = False
    ringed: bool = False
    needle: str = ""


class LogPainter:
    """Letters are as wide as each other, so places are counted and not measured."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._font = theme.mono(13)
        metrics = QFontMetricsF(self._font)
        self._advance = metrics.horizontalAdvance("0")
        self._metrics, self._ascent = metrics, metrics.ascent()
        self._height = metrics.height()
        self.pitch = max(theme.px(PITCH), round(self._height) + 2)

    def paint(self, painter: QPainter, rect: QRect, line: LogLine, look: Look) -> None:
        """Paint a line into its row."""
        theme, inset = self._theme, self._theme.px(INSET)
        if look.picked:
            painter.fillRect(rect, theme.color("accent_soft"))
        painter.setFont(self._font)
        left, right = float(rect.left() + inset), rect.right() - inset
        base = rect.top() + (rect.height() - self._height) / 2 + self._ascent
        for text, tone in (
            (clock(line.at), "dim"), (level_word(line.level), tone_of(line.level)),
            (line.part, "dim"),
        ):  # fmt: skip
            painter.setPen(theme.color(tone))
            painter.drawText(QPointF(left, base), text)
            left += (len(text) + 1) * self._advance
        self._message(painter, QRectF(left, rect.top(), right - left, rect.height()), base,
                      line, look.needle)  # fmt: skip
        if look.ringed:
            wide = theme.px(2)
            painter.setPen(QPen(theme.color("accent"), wide))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = wide / 2
            box = QRectF(rect).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(box, theme.px(6), theme.px(6))

    def _message(
        self, painter: QPainter, room: QRectF, base: float, line: LogLine, needle: str
    ) -> None:
        more = f" +{line.more.count(chr(10)) + 1}" if line.more else ""
        fits = int(room.width() / self._advance) - len(more)
        if fits < 1:
            return
        text = line.message
        if len(text) > fits:
            text = text[: fits - 1] + "…"
        painter.setPen(self._theme.color("text"))
        painter.drawText(QPointF(room.left(), base), text)
        if needle:
            self._mark(painter, QPointF(room.left(), base), text, needle)
        if more:
            painter.setPen(self._theme.color("dim"))
            painter.drawText(QPointF(room.left() + self._width(text), base), more)

    def _mark(self, painter: QPainter, begin: QPointF, text: str, needle: str) -> None:
        """Light what was looked for, wherever it stands."""
        low = text.casefold()
        if len(low) != len(text):  # a letter that folds into two: places cannot be told
            return
        top, place = begin.y() - self._ascent - 1, low.find(needle)
        while place >= 0:
            found = text[place : place + len(needle)]
            left = begin.x() + self._width(text[:place])
            box = QRectF(left, top, self._width(found), self._height + 2)
            painter.fillRect(box, self._theme.color("accent"))
            painter.setPen(self._theme.color("on_accent"))
            painter.drawText(QPointF(left, begin.y()), found)
            place = low.find(needle, place + len(needle))

    def _width(self, text: str) -> float:
        if text.isascii():
            return len(text) * self._advance
        return self._metrics.horizontalAdvance(text)


def tone_of(level: int) -> str:
    """The colour token of a level; its word stands beside it."""
    return next((tone for least, tone in TONES if level >= least), "dim")


def clock(at: float) -> str:
    """When, to the millisecond, with the day when it was not today."""
    second = int(at)
    return f"{_second(second, _day(int(time.time())))}.{int((at - second) * 1000):03d}"


@lru_cache(maxsize=512)
def _second(second: int, today: tuple[int, int]) -> str:
    local = time.localtime(second)
    day = "" if (local.tm_year, local.tm_yday) == today else time.strftime("%m-%d ", local)
    return day + time.strftime("%H:%M:%S", local)


@lru_cache(maxsize=2)
def _day(now: int) -> tuple[int, int]:
    local = time.localtime(now)
    return local.tm_year, local.tm_yday
