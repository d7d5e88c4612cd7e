"""A list of facts of a download, such as its peers: what, about it, a figure at the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.domain.downloads import Peer, Tracker
from ui import download_words as said
from ui import words
from ui.theme import Theme
from ui.widgets.virtual_view import VirtualView

LINE = 52
MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Fact:
    """One line; `tone` is a colour token for the figure."""

    name: str
    about: str
    figure: str
    tone: str = "dim"


class FactBook(QObject):
    """Keeps the facts by their places."""

    changed = Signal(tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts: list[Fact] = []

    def card(self, item: int) -> Fact | None:
        """One of them."""
        return self.facts[item] if 0 <= item < len(self.facts) else None

    def prefetch(self, items: Iterable[int]) -> None:
        """Everything is here."""


class FactList(VirtualView[Fact]):
    """Lines to read; `nothing` is said while there is none."""

    def __init__(
        self, theme: Theme, name: str, nothing: str, parent: QWidget | None = None
    ) -> None:
        self._facts = FactBook()
        super().__init__(theme, self._facts, parent)
        self._facts.setParent(self)
        self.ground = "surface1"
        self._nothing = nothing
        self._title, self._small = theme.font(15, 500), theme.font(13, 400)
        self._title_metrics = QFontMetrics(self._title)
        self._small_metrics = QFontMetrics(self._small)
        self.set_margins(theme.px(6), theme.px(6), theme.px(6))
        self.setAccessibleName(name)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these; only lines that changed are painted anew."""
        before = self._facts.facts
        self._facts.facts = list(facts)
        changed = [place for place, fact in enumerate(facts) if before[place : place + 1] != [fact]]
        if len(before) != len(facts):
            self.set_ids(list(range(len(facts))))
        if not facts or not before:
            self.viewport().update()
        elif changed:
            self._facts.changed.emit(tuple(changed))

    def pitch(self) -> int:
        """One line."""
        return self._theme.px(LINE)

    def cell(self, row: int) -> QRect:
        """The whole width between the margins."""
        width = self.viewport().width() - 2 * self.side()
        return QRect(self.side(), self.line_top(row), width, self.pitch())

    def describe(self, card: Fact) -> str:
        """Its words for a screen reader."""
        return ", ".join(part for part in (card.name, card.about, card.figure) if part)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, or that there is none."""
        super().paintEvent(event)
        if not self._facts.facts:
            painter = QPainter(self.viewport())
            painter.setFont(self._title)
            painter.setPen(self._theme.color("dim"))
            centre = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), centre, self._nothing)

    def paint_cell(self, painter: QPainter, row: int, rect: QRect, card: Fact | None) -> None:
        """Paint one line."""
        if card is None:
            return
        px, theme = self._theme.px, self._theme
        wide = self._title_metrics.horizontalAdvance(card.figure)
        place = rect.adjusted(px(12), 0, -px(12), 0)
        painter.setFont(self._title)
        painter.setPen(theme.color(card.tone))
        painter.drawText(place, MIDDLE | Qt.AlignmentFlag.AlignRight, card.figure)
        width, high = place.width() - wide - px(16), px(22)
        top = rect.center().y() - (high if card.about else high // 2)
        painter.setPen(theme.color("text"))
        elide = Qt.TextElideMode.ElideRight
        shown = self._title_metrics.elidedText(card.name, elide, width)
        painter.drawText(QRect(place.left(), top, width, high), MIDDLE, shown)
        painter.setFont(self._small)
        painter.setPen(theme.color("dim"))
        shown = self._small_metrics.elidedText(card.about, elide, width)
        painter.drawText(QRect(place.left(), top + high - px(2), width, px(20)), MIDDLE, shown)
        if row == self._row and self.ring_shown():
            painter.setPen(QPen(theme.color("accent"), px(3)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(-1, 1, 1, -1), px(12), px(12))


class PeerList(FactList):
    """Those who have it, or want it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "", parent)
        self.setAccessibleName(self.tr("Peers"))
        self._nothing = self.tr("Nobody is connected just now.")

    def show_peers(self, peers: Sequence[Peer]) -> None:
        """Show them, those who give most first."""
        ordered = sorted(peers, key=lambda peer: (-peer.down, -peer.up, peer.address))
        self.show_facts([self._fact(peer) for peer in ordered])

    def _fact(self, peer: Peer) -> Fact:
        about = [peer.client, said.met(peer.source)]
        if peer.encrypted:
            about.append(self.tr("encrypted"))
        figures = [f"{int(peer.progress * 100)} %"]
        if peer.down >= 1:
            figures.append(f"\u2193 {said.speed(peer.down)}")
        if peer.up >= 1:
            figures.append(f"\u2191 {said.speed(peer.up)}")
        return Fact(
            peer.address,
            words.SEPARATOR.join(part for part in about if part),
            "   ".join(figures),
        )


class TrackerList(FactList):
    """The servers that know peers, and the web servers that give parts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "", parent)
        self.setAccessibleName(self.tr("Trackers"))
        self._nothing = self.tr("It has no tracker: peers find each other.")

    def show_trackers(self, trackers: Sequence[Tracker], web_seeds: Sequence[str]) -> None:
        """Show them."""
        facts = [self._fact(tracker) for tracker in trackers]
        facts += [
            Fact(seed, self.tr("A web server that gives parts of it"), "") for seed in web_seeds
        ]
        self.show_facts(facts)

    def _fact(self, tracker: Tracker) -> Fact:
        about = [self.tr("%n peer(s)", "", tracker.peers)]
        if tracker.message:
            about.append(tracker.message)
        if tracker.next_in is not None:
            again = self.tr("asked again in {time}")
            about.append(again.format(time=words.duration(tracker.next_in)))
        state, tone = (self.tr("Works"), "good") if tracker.working else (self.tr("Silent"), "warn")
        return Fact(tracker.host, words.SEPARATOR.join(about), state, tone)
