"""The line below the rows: how many are hidden, why, and the way to see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.search import Doubt, Result
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel

MOST_GROUPS = 4


class HiddenStrip(QFrame):
    """Tells what was left out, in a sentence."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("surface", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(56), theme.px(4), theme.px(12), theme.px(4))
        self._text = ElidedLabel("", "secondary")
        row.addWidget(self._text, 1)
        self.button = Button(theme, self.tr("Show"), "link")
        self.button.clicked.connect(lambda _on=False: self.pressed.emit())
        row.addWidget(self.button)
        self.setFixedHeight(theme.px(50))
        self._shown: tuple[int, Result | None, bool] | None = None
        self.hide()

    def show_hidden(self, hidden: Sequence[Result], shown: bool) -> None:
        """Say what is hidden, or that it is shown now."""
        now = (len(hidden), hidden[-1] if hidden else None, shown)
        if now == self._shown:
            return
        self._shown = now
        count = len(hidden)
        said = self.tr("%n result(s) hidden", "", count)
        if shown:
            said = self.tr("%n wrong match(es) shown at the end", "", count)
        reasons = self._reasons(hidden)
        whole = self.tr("{hidden}: {reasons}").format(hidden=said, reasons=reasons)
        self._text.setText(whole if reasons else said)
        self.button.setText(self.tr("Hide") if shown else self.tr("Show"))
        self.setVisible(count > 0)

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign in front."""
        super().paintEvent(event)
        side = self._theme.px(20)
        icon = self._theme.pixmap("eye-off", "dim", 20, self.devicePixelRatioF())
        place = QPointF(self._theme.px(22), (self.height() - side) / 2)
        QPainter(self).drawPixmap(place, icon)

    def _reasons(self, hidden: Sequence[Result]) -> str:
        counts: Counter[tuple[Doubt, object]] = Counter()
        for row in hidden:
            suspicion = row.hidden
            if suspicion is not None:
                year = suspicion.args.get("year") if suspicion.doubt is Doubt.OTHER_YEAR else None
                counts[suspicion.doubt, year] += 1
        groups = counts.most_common()
        parts = [self._reason(doubt, year, count) for (doubt, year), count in groups[:MOST_GROUPS]]
        rest = sum(count for _, count in groups[MOST_GROUPS:])
        if rest:
            parts.append(self.tr("%n for other reasons", "", rest))
        return ", ".join(parts)

    def _reason(self, doubt: Doubt, year: object, count: int) -> str:
        if doubt is Doubt.OTHER_YEAR:
            return self.tr("%n of another version, of {year}", "", count).format(year=year)
        return {
            Doubt.OTHER_TITLE: self.tr("%n of another title", "", count),
            Doubt.OTHER_PART: self.tr("%n of another part", "", count),
            Doubt.OTHER_EPISODE: self.tr("%n of another episode", "", count),
            Doubt.NOT_THE_WORK: self.tr("%n trailer(s) or extract(s)", "", count),
            Doubt.CAMERA: self.tr("%n look(s) like a camera recording", "", count),
            Doubt.SIZE: self.tr("%n with a size that does not fit the label", "", count),
            Doubt.PROGRAM: self.tr("%n with a program inside", "", count),
            Doubt.NO_VIDEO: self.tr("%n without a film inside", "", count),
            Doubt.LOCKED: self.tr("%n locked or packed", "", count),
            Doubt.NOT_AIRED: self.tr("%n of what is not out yet", "", count),
            Doubt.BELOW_RULES: self.tr("%n against your rules", "", count),
            Doubt.NOT_THIS: self.tr("%n you refused", "", count),
        }[doubt]
