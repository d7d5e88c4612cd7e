"""The parts of the details page: files with what is in them, episodes of a series."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.media import Card, MediaFile, Track, TrackKind
from ui import words
from ui.messages import note
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.tags import TagRow

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


def quality_tags(file: MediaFile) -> list[str]:
    """Resolution, video codec, HDR and channels of a file, as far as they are known."""
    tags = [file.resolution] if file.resolution else []
    video = next((track for track in file.tracks if track.kind is TrackKind.VIDEO), None)
    if video is not None:
        tags.append(video.codec)
    if file.hdr:
        tags.append(file.hdr)
    audio = [track for track in file.tracks if track.kind is TrackKind.AUDIO]
    channels = max((track.channels or 0 for track in audio), default=0)
    if channels:
        tags.append({1: "1.0", 2: "2.0", 6: "5.1", 7: "6.1", 8: "7.1"}.get(channels, str(channels)))
    return tags


class FileRow(QWidget):
    """One file: its name, what is in it, its size, and a button that plays it."""

    played = Signal(int)

    def __init__(self, theme: Theme, file: MediaFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = file
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(12), theme.px(16), theme.px(12))
        row.setSpacing(theme.px(14))
        column = QVBoxLayout()
        column.setSpacing(theme.px(3))
        column.addWidget(ElidedLabel(file.display.rsplit("/", 1)[-1], "strong"))
        column.addWidget(ElidedLabel(self._facts(), "secondary"))
        if file.note or file.offline:
            said = note(file.note) if file.note else self.tr("Its disk is away. Nothing is lost.")
            column.addWidget(Label(said, "secondary", "warn", wrap=True))
        row.addLayout(column, 1)
        row.addWidget(TagRow(theme, quality_tags(file)))
        row.addWidget(Label(words.size(file.size), "secondary"))
        label = self.tr("Play {0}").format(file.display.rsplit("/", 1)[-1])
        self.play = Button(theme, "", "icon", "play", label)
        self.play.setEnabled(not file.offline and file.note is None)
        self.play.clicked.connect(lambda _on=False: self.played.emit(file.id))
        row.addWidget(self.play)

    def _facts(self) -> str:
        file = self._file
        parts = []
        if file.duration:
            parts.append(words.duration(file.duration))
        if file.bit_rate:
            parts.append(self.tr("{0} Mbit/s").format(f"{file.bit_rate / 1e6:.1f}"))
        sound = self._languages(TrackKind.AUDIO)
        if sound:
            parts.append(self.tr("sound: {0}").format(sound))
        subtitles = self._languages(TrackKind.SUBTITLE)
        if subtitles:
            parts.append(self.tr("subtitles: {0}").format(subtitles))
        if file.subtitles:
            parts.append(self.tr("%n subtitle file(s) beside it", "", len(file.subtitles)))
        if file.chapters:
            parts.append(self.tr("%n chapter(s)", "", len(file.chapters)))
        return words.SEPARATOR.join(parts) or file.display

    def _languages(self, kind: TrackKind) -> str:
        tracks: Sequence[Track] = [one for one in self._file.tracks if one.kind is kind]
        named = dict.fromkeys(words.language_name(one.language) for one in tracks if one.language)
        return ", ".join(named) if named else (str(len(tracks)) if tracks else "")


class FileList(QFrame):
    """The files of an item in one card."""

    played = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        self._column.setSpacing(0)

    def show_files(self, files: Sequence[MediaFile]) -> None:
        """Show these files."""
        clear(self._column)
        for place, file in enumerate(files):
            if place:
                line = QFrame()
                line.setProperty("surface", "line")
                self._column.addWidget(line)
            row = FileRow(self._theme, file)
            row.played.connect(self.played)
            self._column.addWidget(row)


class EpisodeRow(QFrame):
    """One episode: number, title, length, and how far it was watched."""

    activated = Signal(object)
    mark_pressed = Signal(object)

    def __init__(self, theme: Theme, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self.setProperty("surface", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words.spoken(card))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(12), theme.px(14), theme.px(12))
        row.setSpacing(theme.px(18))
        number = Label(str(card.episode or ""), "section", "accent" if card.position else "")
        number.setFixedWidth(theme.px(36))
        row.addWidget(number)
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        column.addWidget(ElidedLabel(card.title, "strong"))
        facts = words.duration(card.duration) if card.duration else ""
        if card.watched:
            facts += words.SEPARATOR + self.tr("watched")
        elif card.position > 0:
            facts += words.SEPARATOR + words.time_left(card)
        if card.offline:
            facts += words.SEPARATOR + self.tr("its disk is away")
        column.addWidget(Label(facts.removeprefix(words.SEPARATOR), "secondary"))
        row.addLayout(column, 1)
        if card.position > 0 and not card.watched:
            bar = ProgressBar(theme)
            bar.setFixedWidth(theme.px(140))
            bar.set_value(card.progress)
            row.addWidget(bar)
        label = self.tr("Mark as not watched") if card.watched else self.tr("Mark as watched")
        mark = Button(theme, "", "icon", "check", label)
        mark.setCheckable(True)
        mark.setChecked(card.watched)
        mark.clicked.connect(lambda _on=False: self.mark_pressed.emit(card))
        row.addWidget(mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plays it."""
        if event.key() in ENTER and not event.isAutoRepeat():
            self.activated.emit(self._card)
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click plays it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.activated.emit(self._card)


class EpisodeList(QWidget):
    """The episodes of a series, season by season."""

    activated = Signal(object)
    mark_pressed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._rows: dict[int, EpisodeRow] = {}

    def show_episodes(self, episodes: Sequence[Card]) -> None:
        """Show these; the focus stays on the episode it was on."""
        focused = next((one for one, row in self._rows.items() if row.hasFocus()), None)
        clear(self._column)
        self._rows.clear()
        season: int | None = -1
        for card in episodes:
            if card.season != season:
                season = card.season
                self._column.addSpacing(self._theme.px(8))
                self._column.addWidget(Label(self._season_name(season), "section"))
            row = EpisodeRow(self._theme, card)
            row.activated.connect(self.activated)
            row.mark_pressed.connect(self.mark_pressed)
            self._column.addWidget(row)
            self._rows[card.id] = row
        if focused in self._rows:
            self._rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _season_name(self, season: int | None) -> str:
        if season == 0:
            return self.tr("Specials")
        if season is None:
            return self.tr("Episodes")
        return self.tr("Season {0}").format(season)


def clear(column: QVBoxLayout) -> None:
    """Take everything out of a column."""
    while column.count():
        item = column.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
