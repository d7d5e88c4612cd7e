"""What the player shows while no film does: nothing is playing, opening, failed."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.domain.events import StartTried, StartWaits
from app.domain.media import Card
from ui import words
from ui.pages.player.rows import Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.progress_bar import ProgressBar

SLOW_MS = 2000  # after this long the wait can be cancelled


class Ground(QWidget):
    """A page of the window's own colour over the empty stage."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what is below."""
        QPainter(self).fillRect(self.rect(), self._theme.color("background"))


class EmptyPlayer(Ground):
    """Nothing is playing: the way to the library, and what was begun."""

    library_asked = Signal()
    item_asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._state = EmptyState(
            theme,
            self.tr("Nothing is playing"),
            self.tr("Choose a film in the library. It starts where you stopped."),
        )
        self._state.add_button(
            self.tr("Open the library"), self.library_asked.emit, "main", "library"
        )
        self.column.addStretch(4)
        self.column.addWidget(self._state)
        self._shelf = QFrame()
        self._shelf.setProperty("surface", "card")
        self._shelf.setFixedWidth(theme.px(580))
        self._lines = QVBoxLayout(self._shelf)
        self._lines.setContentsMargins(theme.px(12), theme.px(14), theme.px(12), theme.px(12))
        self._lines.setSpacing(theme.px(4))
        self.column.addWidget(self._shelf, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(5)
        self._rows: list[QWidget] = []
        self._shelf.hide()

    def set_shelf(self, cards: tuple[Card, ...]) -> None:
        """Offer what was begun."""
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self._rows = []
        if cards:
            heading = Label(self.tr("Continue watching"), "caption")
            heading.setContentsMargins(self._theme.px(12), 0, 0, self._theme.px(4))
            self._rows.append(heading)
        for card in cards[:3]:
            row = Row(self._theme, words.headline(card), words.time_left(card), icon="play")
            row.setEnabled(not card.offline)
            row.clicked.connect(lambda _on=False, item=card.id: self.item_asked.emit(item))
            self._rows.append(row)
        for widget in self._rows:
            self._lines.addWidget(widget)
        self._shelf.setVisible(bool(cards))


class Opening(QWidget):
    """A film is on its way; it can be given up when that takes long."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        self._text = Label(self.tr("Opening…"), "section")
        self._tried = Label("", "body", wrap=True)
        self._tried.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._tried.setMaximumWidth(theme.px(640))
        self._bar = ProgressBar(theme)
        self._bar.setFixedWidth(theme.px(240))
        self.cancel = Button(theme, self.tr("Cancel"), "ghost")
        self.cancel.clicked.connect(self.cancelled)
        column.addStretch(1)
        for widget in (self._text, self._tried, self._bar, self.cancel):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self.cancel.show)
        self.hide()

    def begin(self) -> None:
        """Show that something is on its way."""
        self.cancel.hide()
        self._tried.hide()
        self._bar.set_value(None)
        self._slow.start()
        self.show()
        self.raise_()

    def tell_tried(self, event: StartTried) -> None:
        """Say which place did not work, and which is tried now."""
        from ui.messages import told

        parts = [told(event.reason, event.args)]
        if event.following:
            parts.append(self.tr("Trying {0}.").format(event.following))
        self._tried.setText(" ".join(parts))
        self._tried.show()
        self.cancel.show()

    def tell_waits(self, event: StartWaits) -> None:
        """Say when what still loads will begin."""
        if event.seconds is None:
            told = self.tr("{0} is being looked for. It begins as soon as it will not stop again.")
            self._tried.setText(told.format(event.source))
        else:
            count = max(1, round(event.seconds))
            told = self.tr("Begins in about %n second(s), then plays without stopping.", "", count)
            self._tried.setText(told)
        self._tried.show()
        self.cancel.show()

    def end(self) -> None:
        """It has arrived, or failed."""
        self._slow.stop()
        self.hide()


class FailedPlayer(Ground):
    """It could not be played: why, and what to press."""

    again = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._state = EmptyState(theme, "", "", icon="circle-alert")
        self.retry = self._state.add_button(
            self.tr("Try again"), self.again.emit, "main", "refresh-cw"
        )
        self._state.add_button(self.tr("Back"), self.left.emit, "plain", "arrow-left")
        self.column.addWidget(self._state)

    def tell(self, error: AppError, title: str) -> None:
        """Say what happened in a plain sentence."""
        from ui.messages import sentence

        heading = self.tr("{0} does not play").format(title) if title else self.tr(
            "This does not play"
        )  # fmt: skip
        kept = self.tr("The place where you stopped is kept, and the file was not touched.")
        self._state.set_texts(heading, sentence(error), kept)
