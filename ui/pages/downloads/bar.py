"""The chips above the table: which downloads are shown, and how many there are of each kind."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from ui import words
from ui.pages.downloads.shelves import Shelf
from ui.theme import Theme
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout

SHY = (Shelf.PAUSED,)
"""Shown only while there are any."""


class ShelfChips(QWidget):
    """One of them is on."""

    chosen = Signal(object)
    """A `Shelf`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = {
            Shelf.ALL: self.tr("All"),
            Shelf.ACTIVE: self.tr("Active"),
            Shelf.PAUSED: self.tr("Paused"),
            Shelf.QUEUED: self.tr("Queued"),
            Shelf.SEEDING: self.tr("Seeding"),
            Shelf.FINISHED: self.tr("Finished"),
            Shelf.FAILED: self.tr("Failed"),
        }
        self._group = QButtonGroup(self)
        self.chips: dict[Shelf, Chip] = {}
        flow = FlowLayout(theme.px(10), self)
        for place, shelf in enumerate(Shelf):
            chip = Chip(theme, self._names[shelf], parent=self)
            chip.setChecked(shelf is Shelf.ALL)
            chip.setVisible(shelf not in SHY)
            self._group.addButton(chip, place)
            self.chips[shelf] = chip
            flow.addWidget(chip)
        self._group.idClicked.connect(lambda place: self.chosen.emit(list(Shelf)[place]))

    def show_counts(self, counts: Counter[Shelf], shelf: Shelf) -> None:
        """Show how many there are, and which kind is shown."""
        for each, chip in self.chips.items():
            amount = counts[each]
            name = self._names[each]
            text = f"{name}{words.SEPARATOR}{words.count(amount)}" if amount else name
            if chip.text() != text:
                chip.setText(text)
                chip.updateGeometry()
            if each in SHY:
                chip.setVisible(amount > 0 or each is shelf)
        self.chips[shelf].setChecked(True)
