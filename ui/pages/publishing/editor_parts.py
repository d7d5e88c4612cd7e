"""Parts of the editor of posts: the card of the video, the accounts, rows with a switch."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.post import AccountId, AccountView
from ui.account_chip import AccountChip
from ui.pages.publishing.accounts_model import AccountsModel
from ui.pages.publishing.editor_model import EditorModel, Video
from ui.pages.publishing.video_picker import ask_file
from ui.publishing_words import account_names
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip, ChipRow, ChoiceChip
from ui.widgets.flow import FlowLayout
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache
from ui.widgets.switch import Switch
from ui.words import SEPARATOR

PICTURES = "*.png *.jpg *.jpeg *.webp"
CAPTIONS = "*.srt *.vtt"


def add_field(theme: Theme, column: QBoxLayout, name: str, part: QWidget) -> None:
    """Add a part with its name above it."""
    if name:
        column.addSpacing(theme.px(6))
        column.addWidget(Label(name, "strong"))
    if isinstance(part, ChipRow | ChoiceChip):
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
    else:
        column.addWidget(part)


class SwitchRow(QWidget):
    """A name, a line about it, and a switch."""

    def __init__(self, theme: Theme, name: str, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.switch = Switch(theme, label=name)
        self.switch.setAccessibleDescription(about)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Label(name, "strong"))
        words.addWidget(Label(about, "caption", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(6), 0, 0)
        row.setSpacing(theme.px(14))
        row.addLayout(words, 1)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)


def switch_row(theme: Theme, name: str, about: str, parent: QWidget) -> SwitchRow:
    """A row with a switch."""
    return SwitchRow(theme, name, about, parent)


class VideoCard(QFrame):
    """The chosen video as it will be seen, and its thumbnail and captions to change."""

    choose_wished = Signal()
    thumbnail_chosen = Signal(str)
    captions_chosen = Signal(str)

    def __init__(self, theme: Theme, posters: PosterCache, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._video: Video | None = None
        self.picture = Picture(theme, posters, 10, parent=self)
        self.picture.setFixedSize(theme.px(192), theme.px(108))
        self.title = ElidedLabel("", "strong", elide=Qt.TextElideMode.ElideRight)
        self.file = ElidedLabel("", "caption")
        self.choose = Button(theme, "", "plain", "file-video", parent=self)
        self.thumbnail = Button(theme, self.tr("Thumbnail"), "link", "image", parent=self)
        self.captions = Button(theme, self.tr("Subtitles"), "link", "captions", parent=self)
        words, keys = QVBoxLayout(), QHBoxLayout()
        words.setSpacing(theme.px(4))
        keys.addWidget(self.thumbnail)
        keys.addWidget(self.captions)
        keys.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.file)
        words.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        words.addLayout(keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.choose.clicked.connect(lambda _on=False: self.choose_wished.emit())
        self.thumbnail.clicked.connect(
            lambda _on=False: ask_file(
                self, self.tr("Pictures"), PICTURES, self.thumbnail_chosen.emit
            )
        )
        self.captions.clicked.connect(
            lambda _on=False: ask_file(
                self, self.tr("Subtitles"), CAPTIONS, self.captions_chosen.emit
            )
        )

    def show_video(self, video: Video | None, thumbnail: str, captions: str) -> None:
        """Show what is chosen."""
        self._video = video
        title = video.title if video else self.tr("No video yet")
        self.picture.show_path(thumbnail, video.title if video else "")
        self.title.setText(title)
        name = os.fsdecode(video.path).rpartition("/")[2] if video else ""
        subtitles = captions.rpartition("/")[2]
        self.file.setText(SEPARATOR.join(part for part in (name, subtitles) if part))
        self.choose.setText(self.tr("Another video") if video else self.tr("Choose a video"))
        self.thumbnail.setVisible(video is not None)
        self.captions.setVisible(video is not None)


class AccountChips(QWidget):
    """The accounts to choose from, by their channels; those signed out say so."""

    add_wished = Signal()

    def __init__(
        self, theme: Theme, model: EditorModel, accounts: AccountsModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._model, self._accounts = theme, model, accounts
        self.chips: dict[AccountId, Chip] = {}
        self.add = Button(theme, self.tr("Add an account"), "link", "plus", parent=self)
        self.add.clicked.connect(lambda _on=False: self.add_wished.emit())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._groups: list[QWidget] = []
        self._built: object = None
        accounts.changed.connect(self._build)
        self._build()

    def first(self) -> QWidget | None:
        """The first account."""
        return next(iter(self.chips.values()), self.add)

    def show_chosen(self, chosen: tuple[AccountId, ...]) -> None:
        """Show which are chosen."""
        for account, chip in self.chips.items():
            chip.setChecked(account in chosen)

    def _build(self) -> None:
        groups = self._accounts.grouped()
        if groups == self._built:
            return
        self._built = groups
        for gone in self._groups:
            gone.hide()
            gone.deleteLater()
        self._groups, self.chips = [], {}
        for channel, accounts in groups:
            if accounts:
                self._add_group(channel.name if channel else "", accounts, len(groups) > 1)
        self._column.removeWidget(self.add)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_chosen(self._model.draft.accounts)

    def _add_group(self, name: str, accounts: tuple[AccountView, ...], named: bool) -> None:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        if named:
            column.addWidget(Label(name or self.tr("Of no channel"), "caption"))
        row = QWidget(holder)
        flow = FlowLayout(self._theme.px(8), row)
        names = account_names(accounts)
        for account in accounts:
            chip = AccountChip(self._theme, account, names[account.id], row)
            chip.clicked.connect(
                lambda on=False, known=account.id: self._model.toggle(known, on=on)
            )
            self.chips[account.id] = chip
            flow.addWidget(chip)
        column.addWidget(row)
        self._groups.append(holder)
        self._column.addWidget(holder)
