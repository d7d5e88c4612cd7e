"""The card of the cores: a bar for each, coloured by how strong the core is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.monitoring import CoreKind, Machine, Snapshot
from ui import system_words as said
from ui.pages.system.card import Card
from ui.theme import Theme

TONES = {
    CoreKind.BIG: "accent", CoreKind.MID: "warn", CoreKind.LITTLE: "info",
    CoreKind.ALIKE: "accent",
}  # fmt: skip
HIGH, FOOT, GAP, RADIUS = 120, 30, 12, 7
LEAST_LABEL, WIDEST = 20, 140


class CoreBars(QWidget):
    """Repaints a bar only when its height is another by a pixel at least."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = theme.font(13, 500)
        self._kinds: tuple[CoreKind, ...] = ()
        self.loads: tuple[float, ...] = ()
        self._heights: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("How busy each core is"))

    def set_kinds(self, kinds: Sequence[CoreKind]) -> None:
        """Have as many bars."""
        if tuple(kinds) != self._kinds:
            self._kinds = tuple(kinds)
            self._heights = [0] * len(self._kinds)
            self.update()

    def set_loads(self, loads: Sequence[float]) -> None:
        """Show loads of 0..1."""
        self.loads = tuple(loads)
        for place in range(min(len(loads), len(self._kinds))):
            height = self._height_of(place)
            if height != self._heights[place]:
                self._heights[place] = height
                self.update(self._bar(place))

    def sizeHint(self) -> QSize:
        """As drawn: the bars, and the numbers below them."""
        return QSize(self._theme.px(400), self._theme.px(HIGH + FOOT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars that were touched."""
        painter = QPainter(self)
        painter.setFont(self._font)
        for place, kind in enumerate(self._kinds):
            column = self._bar(place).adjusted(0, 0, 0, self._theme.px(FOOT))
            if event.rect().intersects(column):
                self._paint_bar(painter, place, kind)

    def _paint_bar(self, painter: QPainter, place: int, kind: CoreKind) -> None:
        theme, bar = self._theme, self._bar(place)
        shape = QPainterPath()
        round_ = min(theme.px(RADIUS), bar.width() / 3)
        shape.addRoundedRect(QRectF(bar), round_, round_)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(shape, theme.color("surface3"))
        high = self._height_of(place)
        if high:
            painter.save()
            painter.setClipRect(bar.adjusted(0, bar.height() - high, 0, 0))
            painter.fillPath(shape, theme.color(TONES[kind]))
            painter.restore()
        if bar.width() >= theme.px(LEAST_LABEL) or place % 4 == 0:
            painter.setPen(theme.color("dim"))
            spot = QRect(bar.left() - theme.px(8), bar.bottom() + theme.px(8),
                         bar.width() + theme.px(16), theme.px(20))  # fmt: skip
            painter.drawText(spot, Qt.AlignmentFlag.AlignHCenter, str(place))

    def _bar(self, place: int) -> QRect:
        many = max(1, len(self._kinds))
        gap = min(self._theme.px(GAP), self.width() // (many * 4) or 1)
        wide = min((self.width() - gap * (many - 1)) / many, self._theme.px(WIDEST))
        left = round(place * (wide + gap))
        return QRect(
            left, 0, max(1, round(place * (wide + gap) + wide) - left), self._theme.px(HIGH)
        )

    def _height_of(self, place: int) -> int:
        load = self.loads[place] if place < len(self.loads) else 0.0
        return round(max(0.0, min(1.0, load)) * self._theme.px(HIGH))


class CoresCard(Card):
    """Bars with their kinds beside the title."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Cores"), parent)
        self.bars = CoreBars(theme, self)
        self.column.addWidget(self.bars)
        self.column.addStretch(1)

    def show_machine(self, machine: Machine) -> None:
        """Have a bar for each core."""
        self.bars.set_kinds([core.kind for core in machine.cores])
        self.say_aside(said.kinds(machine))

    def show_loads(self, now: Snapshot) -> None:
        """Show how busy they are."""
        self.bars.set_loads(now.cores)
        many = len(now.cores)
        most = max(now.cores, default=0.0)
        text = self.tr("%n core(s), the busiest at {0}", "", many)
        self.bars.setAccessibleDescription(text.format(said.percent(most)))
