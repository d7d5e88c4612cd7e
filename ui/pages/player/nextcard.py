"""The card at a film's end: what comes next, and how soon."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.media import Card
from ui import words
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.progress_bar import ProgressBar


class NextCard(QFrame):
    """Offers the next episode; `play` and `stay` are the two answers."""

    play = Signal()
    stay = Signal()

    def __init__(self, theme: Theme, countdown: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._countdown = countdown
        self.setProperty("surface", "panel")
        px = theme.px
        self.setFixedWidth(px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(20))
        column.setSpacing(px(6))
        self._when = Label("", "caption")
        self._title = ElidedLabel("", "section")
        self._caption = ElidedLabel("", "secondary")
        self._bar = ProgressBar(theme)
        column.addWidget(self._when)
        column.addWidget(self._title)
        column.addWidget(self._caption)
        column.addSpacing(px(8))
        column.addWidget(self._bar)
        column.addSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.play_button = Button(theme, self.tr("Play now"), "main", "play")
        self.stay_button = Button(theme, self.tr("Stay here"), "ghost")
        row.addWidget(self.play_button)
        row.addWidget(self.stay_button)
        row.addStretch(1)
        column.addLayout(row)
        self.play_button.clicked.connect(self.play)
        self.stay_button.clicked.connect(self.stay)
        self.hide()

    def offer(self, card: Card) -> None:
        """Say what comes next."""
        self._title.setText(words.headline(card))
        parts = [card.title] if card.series else []
        if card.duration:
            parts.append(words.duration(card.duration))
        self._caption.setText(words.SEPARATOR.join(parts))
        self.setAccessibleName(self.tr("Next: {0}").format(words.headline(card)))

    def count(self, left: int) -> None:
        """Say how many seconds are left; 0 means that it waits for an answer."""
        self._bar.setVisible(left > 0)
        self._bar.set_value(1 - left / self._countdown if left > 0 else 0.0)
        self._when.setText(
            self.tr("Next episode in %n s", "", left) if left > 0 else self.tr("Next episode")
        )
