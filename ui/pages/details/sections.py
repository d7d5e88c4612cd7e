"""The parts of the details page: files with what is in them, episodes of a series."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.domain.media import Card, MediaFile, Track, TrackKind
from app.domain.quality import codec_name
from ui import words
from ui.languages import language_name
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
    if video is not None and video.codec:
        tags.append(codec_name(video.codec))
    if file.hdr:
        tags.append(file.hdr)
    audio = [track for track in file.tracks if track.kind is TrackKind.AUDIO]
    channels = words.channels(max((track.channels or 0 for track in audio), default=0))
    return [*tags, channels] if channels else tags


class FileRow(QWidget):
    """One file: its name, what is in it, its size, and buttons that play it here or elsewhere."""

    played = Signal(int)
    cast_wanted = Signal(int)

    def __init__(
        self, theme: Theme, file: MediaFile, parent: QWidget | None = None, *,
        castable: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._file = file
        name = file.display.rsplit("/", 1)[-1]
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(12), theme.px(16), theme.px(12))
        row.setSpacing(theme.px(14))
        column = QVBoxLayout()
        column.setSpacing(theme.px(3))
        column.addWidget(ElidedLabel(name, "strong"))
        for line in (self._facts(), self._sound(), self._subtitles()):
            if line:
                column.addWidget(ElidedLabel(line, "secondary"))
        if file.note or file.offline:
            said = note(file.note) if file.note else self.tr("Its disk is away. Nothing is lost.")
            column.addWidget(Label(said, "secondary", "warn", wrap=True))
        row.addLayout(column, 1)
        row.addWidget(TagRow(theme, quality_tags(file)))
        row.addWidget(Label(words.size(file.size), "secondary"))
        self.play = Button(theme, "", "icon", "play", self.tr("Play {0}").format(name))
        self.play.setEnabled(not file.offline and file.note is None)
        self.play.clicked.connect(lambda _on=False: self.played.emit(file.id))
        row.addWidget(self.play)
        if castable:
            label = self.tr("Play {0} on another screen").format(name)
            cast = Button(theme, "", "icon", "cast", label)
            cast.setEnabled(self.play.isEnabled())
            cast.clicked.connect(lambda _on=False: self.cast_wanted.emit(file.id))
            row.addWidget(cast)

    def _facts(self) -> str:
        file = self._file
        parts = [file.edition or ""]
        if file.duration:
            parts.append(words.duration(file.duration))
        if file.bit_rate:
            rate = QLocale().toString(file.bit_rate / 1e6, "f", 1)
            parts.append(self.tr("{0} Mbit/s").format(rate))
        if file.chapters:
            parts.append(self.tr("%n chapter(s)", "", len(file.chapters)))
        return words.SEPARATOR.join(part for part in parts if part) or file.display

    def _sound(self) -> str:
        """Every sound track: ``English, AAC, Stereo``."""
        told = [
            self._track(one, words.channels(one.channels or 0))
            for one in self._file.tracks
            if one.kind is TrackKind.AUDIO
        ]
        return self.tr("Sound: {0}").format(_listed(told)) if told else ""

    def _subtitles(self) -> str:
        """Every subtitle in the file, and how many files of them lie beside it."""
        told = [
            self._track(one, self.tr("forced") if one.forced else "")
            for one in self._file.tracks
            if one.kind is TrackKind.SUBTITLE
        ]
        if self._file.subtitles:
            told.append(self.tr("%n file(s) beside it", "", len(self._file.subtitles)))
        return self.tr("Subtitles: {0}").format(_listed(told)) if told else ""

    def _track(self, track: Track, last: str) -> str:
        known = language_name(track.language) or track.title or self.tr("unknown language")
        return ", ".join(part for part in (known, codec_name(track.codec), last) if part)


def _listed(told: Sequence[str]) -> str:
    """What is told of several tracks in one line; the same is told once."""
    return words.SEPARATOR.join(dict.fromkeys(told))


class FileList(QFrame):
    """The files of an item in one card."""

    played = Signal(int)
    cast_wanted = Signal(int)

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, castable: bool = False
    ) -> None:
        super().__init__(parent)
        self._castable = castable
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
            row = FileRow(self._theme, file, castable=self._castable)
            row.played.connect(self.played)
            row.cast_wanted.connect(self.cast_wanted)
            self._column.addWidget(row)


class EpisodeRow(QFrame):
    """One episode: number, title, length, and how far it was watched."""

    activated = Signal(object)
    mark_pressed = Signal(object)

    def __init__(self, theme: Theme, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = card
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
            self.activated.emit(self.card)
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click plays it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.activated.emit(self.card)


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

    def focused(self) -> Card | None:
        """The episode that has the focus."""
        return next((row.card for row in self._rows.values() if row.hasFocus()), None)

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
                self._column.addLayout(self._season_line(season, episodes))
            row = EpisodeRow(self._theme, card)
            row.activated.connect(self.activated)
            row.mark_pressed.connect(self.mark_pressed)
            self._column.addWidget(row)
            self._rows[card.id] = row
        if focused in self._rows:
            self._rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _season_line(self, season: int | None, episodes: Sequence[Card]) -> QHBoxLayout:
        """The name of a season, and how much of it was watched."""
        whole = [card for card in episodes if card.season == season]
        watched = sum(card.watched for card in whole)
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(14))
        line.addWidget(Label(self._season_name(season), "section"))
        if watched == len(whole):
            line.addWidget(Label(self.tr("all watched"), "secondary", "good"))
        elif watched:
            said = self.tr("{0} of {1} watched").format(watched, len(whole))
            line.addWidget(Label(said, "secondary"))
        line.addStretch(1)
        return line

    def _season_name(self, season: int | None) -> str:
        if season == 0:
            return self.tr("Specials")
        if season is None:
            return self.tr("Episodes")
        return self.tr("Season {0}").format(season)


def clear(column: QLayout) -> None:
    """Take everything out of a column, and out of the rows in it."""
    while column.count():
        item = column.takeAt(0)
        widget = item.widget() if item else None
        inner = item.layout() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
