"""The cards below: memory by part of the station, disks, networks, and what else computes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.monitoring import DiskUse, LinkUse, Snapshot
from ui import system_words as said
from ui.pages.system.card import Card
from ui.theme import Theme
from ui.words import SEPARATOR

ROW, BAR = 58, 6
MOST = 6
FULL, FULLEST = 0.9, 0.97


@dataclass(frozen=True, slots=True)
class Fact:
    """A line: a name, a figure at the right, a share below as a bar, and small words under it."""

    name: str
    figure: str
    ratio: float
    tone: str
    words: str = ""


class FactRows(QWidget):
    """Paints its lines itself; only those that are other ones than before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.facts: tuple[Fact, ...] = ()
        self._fonts = (theme.font(15, 500), theme.font(14, 400), theme.font(13, 400))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these, the first at the top."""
        new, old = tuple(facts[:MOST]), self.facts
        if new == old:
            return
        self.facts = new
        self.setAccessibleDescription(
            "; ".join(" ".join((one.name, one.figure, one.words)).strip() for one in new)
        )
        if [bool(one.words) for one in new] != [bool(one.words) for one in old]:
            self.updateGeometry()
            self.update()
            return
        for place, (one, before) in enumerate(zip(new, old, strict=True)):
            if one != before:
                self.update(self._row(place))

    def sizeHint(self) -> QSize:
        """As many lines as there are."""
        return QSize(self._theme.px(260), sum(self._high(one) for one in self.facts))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that were touched."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, one in enumerate(self.facts):
            row = self._row(place)
            if event.rect().intersects(row):
                self._paint(painter, row, one)

    def _paint(self, painter: QPainter, row: QRect, one: Fact) -> None:
        px, theme = self._theme.px, self._theme
        line = QRect(row.left(), row.top(), row.width(), px(24))
        painter.setFont(self._fonts[1])
        painter.setPen(theme.color("dim"))
        right = QFontMetrics(self._fonts[1]).horizontalAdvance(one.figure) + px(12)
        painter.drawText(
            line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, one.figure
        )
        painter.setFont(self._fonts[0])
        painter.setPen(theme.color("text"))
        metrics = QFontMetrics(self._fonts[0])
        name = metrics.elidedText(one.name, Qt.TextElideMode.ElideRight, line.width() - right)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        groove = QRectF(row.left(), line.bottom() + px(6), row.width(), px(BAR))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface3"))
        painter.drawRoundedRect(groove, px(3), px(3))
        if one.ratio > 0:
            wide = max(float(px(BAR)), groove.width() * min(1.0, one.ratio))
            painter.setBrush(theme.color(one.tone))
            painter.drawRoundedRect(QRectF(groove.topLeft(), groove.size()).adjusted(
                0, 0, wide - groove.width(), 0), px(3), px(3))  # fmt: skip
        if one.words:
            painter.setFont(self._fonts[2])
            painter.setPen(theme.color("dim"))
            metrics = QFontMetrics(self._fonts[2])
            below = QRect(row.left(), round(groove.bottom()) + px(4), row.width(), px(20))
            words = metrics.elidedText(one.words, Qt.TextElideMode.ElideRight, row.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)

    def _high(self, one: Fact) -> int:
        return self._theme.px(ROW + 18 if one.words else ROW - 8)

    def _row(self, place: int) -> QRect:
        top = sum(self._high(one) for one in self.facts[:place])
        return QRect(0, top, self.width(), self._high(self.facts[place]))


class FactCard(Card):
    """A card of such lines; hidden while there are none, when `may_hide` says so."""

    def __init__(self, theme: Theme, title: str, parent: QWidget, may_hide: bool = False) -> None:
        super().__init__(theme, title, parent)
        self._may_hide = may_hide
        self.rows = FactRows(theme, self)
        self.rows.setAccessibleName(title)
        self.column.addWidget(self.rows)
        self.column.addStretch(1)
        self.setVisible(not may_hide)

    def show_facts(self, facts: Sequence[Fact], aside: str = "") -> None:
        """Show these."""
        self.rows.show_facts(facts)
        self.say_aside(aside)
        if self._may_hide and self.isHidden() == bool(facts):
            self.setVisible(bool(facts))


class Details(QWidget):
    """Makes the facts of a second."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.memory = FactCard(theme, self.tr("Memory by part"), parent)
        self.disks = FactCard(theme, self.tr("Disks"), parent)
        self.links = FactCard(theme, self.tr("Network"), parent)
        self.others = FactCard(theme, self.tr("Graphics and neural"), parent, may_hide=True)
        self._fastest: dict[str, float] = {}

    @property
    def cards(self) -> tuple[FactCard, ...]:
        """All of them, in their order."""
        return self.memory, self.disks, self.links, self.others

    def show_now(self, now: Snapshot) -> None:
        """Show a second."""
        parts = sorted(now.parts, key=lambda one: (-round(one.memory / 5e7), one.part))
        self.memory.show_facts(
            [
                Fact(
                    said.part(one.part), said.memory(one.memory),
                    round(one.memory / max(1, now.memory_total), 3), "info",
                )
                for one in parts
            ],
            self.tr("swap {0}").format(said.memory(now.swap_used)) if now.swap_used else "",
        )  # fmt: skip
        self.disks.show_facts([self._disk(one) for one in now.disks])
        self.links.show_facts([self._link(one) for one in now.links])
        names = {"gpu": self.tr("Graphics"), "npu": self.tr("Neural")}
        self.others.show_facts([
            Fact(f"{names.get(one.kind, one.kind)}{SEPARATOR}{one.name}",
                 said.percent(one.load), round(one.load, 2), "accent")
            for one in now.accelerators
        ])  # fmt: skip

    def _disk(self, one: DiskUse) -> Fact:
        tone = "bad" if one.ratio >= FULLEST else "warn" if one.ratio >= FULL else "info"
        parts = [said.rates(one.read, one.written)]
        if one.wait >= 1:
            parts.append(self.tr("waits {0}").format(said.milliseconds(one.wait)))
        if one.smart:
            good = one.smart == "good"
            parts.append(self.tr("SMART good") if good else self.tr("about to fail"))
            tone = tone if good else "bad"
        words = SEPARATOR.join(parts)
        return Fact(one.mount, said.used_of(one.used, one.total), round(one.ratio, 3), tone, words)

    def _link(self, one: LinkUse) -> Fact:
        if not one.up:
            return Fact(one.name, self.tr("not connected"), 0.0, "calm")
        most = max(self._fastest.get(one.name, 0.0), one.received, one.sent)
        self._fastest[one.name] = most
        full = one.speed / 8 if one.speed > 0 else most
        ratio = max(one.received, one.sent) / full if full > 0 else 0.0
        return Fact(
            one.name, said.rates(one.received, one.sent), round(ratio, 3), "calm",
            said.link_speed(one),
        )  # fmt: skip
