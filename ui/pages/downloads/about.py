"""What else is known of a download, and its own limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.domain.downloads import Download, DownloadDetails, DownloadKind, Limits
from ui import download_words as said
from ui import words
from ui.settings_form import Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChoiceChip

SPEEDS = (0, 1, 2, 5, 10, 20)
MEGABYTE = 1_000_000
LONGEST_LINK = 48
FOR_EVER = 1_000_000.0
RATIOS: tuple[float | None, ...] = (None, 0.0, 0.5, 1.0, 2.0, FOR_EVER)


class AboutPanel(QScrollArea):
    """Rows with what can be changed at the right."""

    move_pressed = Signal()
    copy_pressed = Signal()
    open_pressed = Signal()
    limited = Signal(object)
    """New `Limits`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._limits = Limits()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        self._column.setSpacing(0)
        self._make_places()
        self._make_limits()
        self.health = self._row(self.tr("How safe it is"))
        self.given = self._row(self.tr("Given away"))
        self.added = self._row(self.tr("Added"))
        self.pieces = self._row(self.tr("Parts"))
        self._column.addStretch(1)
        self.setWidget(inside)

    def show_details(self, details: DownloadDetails, free: int | None = None) -> None:
        """Show everything; `free` are the bytes free where it lies."""
        row = details.download
        torrent = row.kind is DownloadKind.TORRENT
        self.folder.set_text(row.folder.decode("utf-8", "replace"))
        self.room.setVisible(free is not None)
        self.room.set_text(words.size(free or 0))
        self.link.set_text(_shortened(row.link))
        self.link.setVisible(bool(row.link))
        self.health.setVisible(torrent)
        self.given.setVisible(torrent)
        text, tone = said.health(row.availability)
        self.health.set_text(text, tone if tone != "dim" else "")
        ratio = QLocale().toString(row.ratio, "f", 2)
        given = self.tr("{size}, {ratio} of what was taken")
        self.given.set_text(given.format(size=words.size(row.uploaded), ratio=ratio))
        self.added.set_text(_dates(row))
        self._show_pieces(details)
        self.ratio_row.setVisible(torrent)
        self.up_row.setVisible(torrent)
        if details.limits != self._limits:
            self._limits = details.limits
            self._show_limits()

    def focus_limits(self) -> None:
        """Go to the first limit."""
        self.down.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.down)

    def _make_places(self) -> None:
        theme = self._theme
        self.move_button = Button(theme, self.tr("Move\u2026"), "plain", "move")
        self.move_button.clicked.connect(lambda _on=False: self.move_pressed.emit())
        self.open_button = Button(theme, "", "icon", "folder-open", self.tr("Open the folder"))
        self.open_button.clicked.connect(lambda _on=False: self.open_pressed.emit())
        self.copy_button = Button(theme, self.tr("Copy"), "plain", "copy")
        self.copy_button.setAccessibleName(self.tr("Copy the link"))
        self.copy_button.clicked.connect(lambda _on=False: self.copy_pressed.emit())
        self.folder = self._row(self.tr("Where it is"), self.open_button, self.move_button)
        self.room = self._row(self.tr("Free there"))
        self.room.hide()  # until it is known
        self.link = self._row(self.tr("Link"), self.copy_button)

    def _make_limits(self) -> None:
        speeds = [(said.limit_choice(amount), amount) for amount in SPEEDS]
        self.down = self._choice(self.tr("Takes at most"), speeds)
        self.up = self._choice(self.tr("Gives at most"), speeds)
        names = {None: self.tr("As in Settings"), 0.0: self.tr("Not at all"),
                 FOR_EVER: self.tr("Without end")}  # fmt: skip
        ratios = [(names.get(ratio) or self._times(ratio), ratio) for ratio in RATIOS]
        self.ratio = self._choice(self.tr("Is shared"), ratios)
        self.down_row = self._row(self.tr("Takes at most"), self.down)
        self.up_row = self._row(self.tr("Gives at most"), self.up)
        self.ratio_row = self._row(self.tr("Is shared"), self.ratio)

    def _times(self, ratio: float | None) -> str:
        figure = QLocale().toString(float(ratio or 0.0), "f", 1)
        return self.tr("until {ratio} of it is given").format(ratio=figure)

    def _choice(self, name: str, choices: Sequence[tuple[str, object]]) -> ChoiceChip:
        chip = ChoiceChip(self._theme, name, choices, lit=False)
        chip.chosen.connect(lambda _value: self._on_chosen())
        return chip

    def _row(self, title: str, *tail: QWidget) -> Row:
        row = Row(self._theme, title, "", tail, inset=12)
        self._column.addWidget(row)
        return row

    def _show_limits(self) -> None:
        for chip, amount in ((self.down, self._limits.down), (self.up, self._limits.up)):
            whole = round(amount / MEGABYTE)
            shown = sorted({*SPEEDS, whole})
            chip.set_choices([(said.limit_choice(one), one) for one in shown])
            chip.set_value(whole)
        self.ratio.set_value(self._limits.ratio)

    def _on_chosen(self) -> None:
        down, up, ratio = self.down.value, self.up.value, self.ratio.value
        self._limits = replace(
            self._limits,
            down=down * MEGABYTE if isinstance(down, int) else 0,
            up=up * MEGABYTE if isinstance(up, int) else 0,
            ratio=ratio if isinstance(ratio, float) else None,
            seed_minutes=0 if ratio == FOR_EVER else None,
        )
        self.limited.emit(self._limits)

    def _show_pieces(self, details: DownloadDetails) -> None:
        size, length = details.download.size, details.piece_length
        self.pieces.setVisible(bool(size and length))
        if size and length:
            text = self.tr("%n part(s) of {size}", "", -(-size // length))
            self.pieces.set_text(text.format(size=words.size(length)))


def _shortened(link: str) -> str:
    """Both ends of a long link."""
    return link if len(link) <= LONGEST_LINK else f"{link[:28]}\u2026{link[-16:]}"


def _dates(row: Download) -> str:
    when = QDateTime.fromSecsSinceEpoch(int(row.added_at))
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)
