"""The large card at the top of Home: the one thing to go on with, and the buttons for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.media import Card, Details, MediaKind, TrackKind
from app.domain.quality import codec_name
from ui import words
from ui.page import PageContext
from ui.widgets.backdrop import Backdrop
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.tags import TagRow

HEIGHT = 420  # at most; and at least:
LEAST = 200
COMPACT = 330
"""Below this height the text is one line and the air is less."""
RADIUS = 24


class Hero(QWidget):
    """Picture, title, what it is, Resume or Play here or elsewhere, and Details."""

    play_pressed = Signal(object)
    details_pressed = Signal(object)
    cast_pressed = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self._theme = theme
        self.card: Card | None = None
        picture = context.services.library.picture
        self._backdrop = Backdrop(theme, context.posters, picture, RADIUS, parent=self)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(theme.px(12))
        column.addStretch(1)
        self._tags = TagRow(theme)
        self._title = Label("", "display", wrap=True)
        self._text = Label("", "body", wrap=True)
        self._text.setMaximumWidth(theme.px(640))
        for widget in (self._tags, self._title, self._text):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(12))
        self.play = Button(theme, self.tr("Play"), "main", "play")
        self.play.clicked.connect(lambda _on=False: self.play_pressed.emit(self.card))
        self.details = Button(theme, self.tr("Details"), "plain", "info")
        self.details.clicked.connect(lambda _on=False: self.details_pressed.emit(self.card))
        self.elsewhere = Button(theme, "", "icon", "cast", self.tr("Play on another screen"))
        self.elsewhere.clicked.connect(lambda _on=False: self.cast_pressed.emit(self.card))
        buttons.addWidget(self.play)
        buttons.addWidget(self.elsewhere)
        if context.cast is None:
            self.elsewhere.hide()
        buttons.addWidget(self.details)
        buttons.addStretch(1)
        column.addSpacing(theme.px(6))
        column.addLayout(buttons)
        self.set_height(theme.px(HEIGHT))

    def show_details(self, details: Details | None) -> None:
        """Show this item; hidden when there is none."""
        self.setVisible(details is not None)
        if details is None:
            return
        card = self.card = details.card
        self._backdrop.show_card(card)
        self._title.setText(words.headline(card))
        tags = _tags(details)
        self._tags.set_texts(tags)
        self._tags.setVisible(bool(tags))
        self._text.setText(details.overview or self._facts(card))
        self.play.setText(self._play_words(card))
        self.play.setEnabled(not card.offline)
        self.elsewhere.setEnabled(not card.offline)

    def set_height(self, height: int) -> None:
        """Be about so high, in pixels; never so low that something is cut."""
        px = self._theme.px
        height = max(px(LEAST), min(px(HEIGHT), height))
        low = height < px(COMPACT)
        self._column.setContentsMargins(
            px(48), px(16 if low else 24), px(48), px(24 if low else 44)
        )
        self._column.setSpacing(px(6 if low else 12))
        line = self._text.fontMetrics().lineSpacing()
        self._text.setMaximumHeight(line * (2 if low else 4) + px(2))
        self.setFixedHeight(max(height, self._column.minimumSize().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture lies behind everything."""
        self._backdrop.setGeometry(self.rect())
        self._backdrop.lower()
        self._backdrop.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _facts(self, card: Card) -> str:
        parts = [words.facts(card)]
        if card.kind is MediaKind.EPISODE:
            parts.insert(0, card.title)
        return words.SEPARATOR.join(part for part in parts if part)

    def _play_words(self, card: Card) -> str:
        if card.offline:
            return self.tr("Its disk is away")
        if card.position > 0 and not card.watched:
            return self.tr("Resume") + words.SEPARATOR + words.time_left(card)
        return self.tr("Play")


def _tags(details: Details) -> list[str]:
    """Resolution, codec and HDR of the first file."""
    if not details.files:
        return []
    file = details.files[0]
    video = [codec_name(track.codec) for track in file.tracks if track.kind is TrackKind.VIDEO]
    return [tag for tag in (file.resolution, *video[:1], file.hdr) if tag]
