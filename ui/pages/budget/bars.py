"""Painted bars: spent and set aside against a limit, and what each day of a month cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.spending import Share
from ui.theme import Theme

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
WARN, BAD = 0.8, 1.0
"""Shares of a limit from which its bar has another colour."""


def tone_of(spent: int, limit: int | None) -> str:
    """The colour of a bar: how near the limit is."""
    if limit is None:
        return "accent"
    share = spent / limit if limit else float(spent > 0)
    return "bad" if share >= BAD else "warn" if share >= WARN else "accent"


class SplitBar(QWidget):
    """What is spent, full, and what is set aside behind it, pale; the groove is the limit."""

    def __init__(self, theme: Theme, height: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._spent = self._reserved = 0.0
        self._tone = "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(height))

    def show_shares(self, spent: int, reserved: int, whole: int, tone: str = "accent") -> None:
        """Show two amounts of a whole; without a whole, of each other."""
        of = max(whole, spent + reserved, 1)
        self._spent, self._reserved, self._tone = spent / of, reserved / of, tone
        self.setAccessibleDescription(f"{round(100 * spent / max(whole, 1))} %" if whole else "")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may."""
        return QSize(self._theme.px(120), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groove and both amounts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius, wide = self.height() / 2, float(self.width())
        parts = (("surface3", 1.0, 1.0), (self._tone, self._spent + self._reserved, 0.4),
                 (self._tone, self._spent, 1.0))  # fmt: skip
        for place, (tone, share, opacity) in enumerate(parts):
            if share <= 0 or (place == 1 and self._reserved <= 0):
                continue
            painter.setOpacity(opacity)
            painter.setBrush(self._theme.color(tone))
            width = max(float(self.height()), wide * min(1.0, share))
            painter.drawRoundedRect(QRectF(0, 0, width, self.height()), radius, radius)


class DayBars(QWidget):
    """A bar for each day of a month; the arrows, or the pointer, read one day.

    `words` writes an amount, `name` a day such as ``2026-11-26``.
    """

    def __init__(
        self,
        theme: Theme,
        words: Callable[[int], str],
        name: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._words, self._name = theme, words, name
        self._days: tuple[Share, ...] = ()
        self._at = -1
        self._metrics = QFontMetrics(theme.font(13, 500))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("radius", theme.px(10))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Spent each day"))

    @property
    def reading(self) -> str:
        """What is said of the day that is read; empty while none is."""
        if not 0 <= self._at < len(self._days):
            return ""
        day = self._days[self._at]
        text = f"{self._name(day.name)}: {self._words(day.spent)}"
        if day.reserved:
            text += self.tr(", {0} set aside").format(self._words(day.reserved))
        return text

    def show_days(self, days: Sequence[Share]) -> None:
        """Show every day of a month, from its first."""
        if len(days) != len(self._days):
            self._at = -1
        self._days = tuple(days)
        most = max(self._days, key=lambda one: one.spent, default=None)
        if most is not None and most.spent:
            said = self.tr("Most on {0}: {1}")
            self.setAccessibleDescription(
                said.format(self._name(most.name), self._words(most.spent))
            )
        self.update()

    def read(self, place: int) -> None:
        """Read one day, counted from 0."""
        self._at = max(0, min(place, len(self._days) - 1))
        self.setAccessibleDescription(self.reading)
        self.update()

    def takes_arrow(self, key: int) -> bool:
        """Left and right go from day to day, until the ends."""
        step = STEPS.get(Qt.Key(key), 0)
        return bool(step) and 0 <= self._at + step < len(self._days)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next day, or the day before."""
        step = STEPS.get(Qt.Key(event.key()), 0)
        if step and self.takes_arrow(event.key()):
            self.read(self._at + step)
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the last day that cost something."""
        super().focusInEvent(event)
        used = [place for place, one in enumerate(self._days) if one.spent or one.reserved]
        if self._at < 0 and self._days:
            self.read(used[-1] if used else 0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read none."""
        super().focusOutEvent(event)
        self._at = -1
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the day under the pointer."""
        if self._days:
            self.read(int(event.position().x() / max(1, self.width()) * len(self._days)))

    def leaveEvent(self, event: QEvent) -> None:
        """Read none any more, unless the arrows do."""
        if not self.hasFocus():
            self._at = -1
            self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(self._theme.px(420), self._theme.px(170))

    def minimumSizeHint(self) -> QSize:
        """Still a chart."""
        return QSize(self._theme.px(220), self._theme.px(130))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the days, and what is read."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._days:
            return
        high = self._metrics.height()
        area = QRectF(self.rect()).adjusted(0, high + self._theme.px(8), 0, -high - 6)
        top = max(max(one.spent + one.reserved for one in self._days), 1)
        step = area.width() / len(self._days)
        for place, day in enumerate(self._days):
            slot = QRectF(area.left() + place * step, area.top(), step, area.height())
            self._bar(painter, slot, day, top, place == self._at)
        self._captions(painter, area, step, high)
        reading = self.reading
        if reading:
            painter.setFont(self._theme.font(13, 600))
            painter.setPen(self._theme.color("text"))
            line = QRectF(0, 0, self.width(), high)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, reading)

    def _bar(self, painter: QPainter, slot: QRectF, day: Share, top: int, chosen: bool) -> None:
        """One day: the groove, what is set aside, what is spent."""
        gap = min(slot.width() * 0.22, self._theme.px(8))
        slot = slot.adjusted(gap / 2, 0, -gap / 2, 0)
        radius = min(slot.width() / 2, self._theme.px(4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hover" if chosen else "surface2"))
        painter.drawRoundedRect(slot, radius, radius)
        for amount, opacity in ((day.spent + day.reserved, 0.4), (day.spent, 1.0)):
            if amount:
                painter.setOpacity(opacity)
                painter.setBrush(self._theme.color("accent"))
                height = max(radius * 2, slot.height() * amount / top)
                painter.drawRoundedRect(
                    slot.adjusted(0, slot.height() - height, 0, 0), radius, radius
                )
        painter.setOpacity(1.0)

    def _captions(self, painter: QPainter, area: QRectF, step: float, high: int) -> None:
        """The number of every few days below the bars."""
        painter.setFont(self._theme.font(13, 500))
        painter.setPen(self._theme.color("dim"))
        every = 1 if step >= self._metrics.horizontalAdvance("00") * 1.6 else 5
        for place in range(len(self._days)):
            number = place + 1
            if every == 1 or number == 1 or number % every == 0:
                text = str(number)
                wide = self._metrics.horizontalAdvance(text) + 2
                middle = area.left() + (place + 0.5) * step
                left = max(0.0, min(middle - wide / 2, self.width() - wide))
                box = QRectF(left, area.bottom() + 4, wide, high)
                painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)
