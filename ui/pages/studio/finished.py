"""What is told of a finished video: title, description and tags to copy, and its thumbnails."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.project import AssetId, Details
from app.domain.studio import Candidate
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache
from ui.widgets.tile_grid import TileGrid


class ToldLine(QWidget):
    """One thing that is told, with its name and a button that copies it."""

    copied = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = Label("", "body", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label = self.tr("Copy: {0}").format(name)
        self.copy = Button(theme, self.tr("Copy"), "link", "copy", label, self)
        self.copy.clicked.connect(lambda _on=False: self._copy())
        head = QHBoxLayout()
        head.addWidget(Label(name, "strong"))
        head.addStretch(1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addWidget(self.words)

    def show_words(self, words: str) -> None:
        """Show these; nothing hides the line."""
        self.words.setText(words)
        self.setVisible(bool(words))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.text())
        self.copied.emit()


class Finished(QFrame):
    """Thumbnails to choose from, and the words."""

    chosen = Signal(object)
    """The asset of a thumbnail."""
    copied = Signal()

    def __init__(self, theme: Theme, posters: PosterCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._theme, self._posters = theme, posters
        self._pictures: dict[AssetId, Picture] = {}
        self.grid = TileGrid(theme, 150, 320, lambda wide: round(wide * 9 / 16), gap=14)
        self.grid_title = Label(self.tr("Thumbnail"), "strong")
        self.title = ToldLine(theme, self.tr("Title"), self)
        self.description = ToldLine(theme, self.tr("Description"), self)
        self.tags = ToldLine(theme, self.tr("Tags"), self)
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, theme.px(18), edge, theme.px(18))
        column.setSpacing(theme.px(14))
        for part in (self.grid_title, self.grid, self.title, self.description, self.tags):
            column.addWidget(part)
        for line in (self.title, self.description, self.tags):
            line.copied.connect(self.copied)

    def show_details(self, details: Details | None, thumbnails: Sequence[Candidate]) -> None:
        """Show them; hidden while there is nothing to show."""
        told = details or Details()
        self.title.show_words(told.title)
        self.description.show_words(told.description)
        self.tags.show_words(", ".join(told.tags))
        self._show_thumbnails(thumbnails)
        self.setVisible(details is not None or bool(thumbnails))

    def picture(self, asset: AssetId) -> Picture:
        """The thumbnail of an asset."""
        return self._pictures[asset]

    def _show_thumbnails(self, thumbnails: Sequence[Candidate]) -> None:
        wanted = {one.asset for one in thumbnails}
        for gone in [known for known in self._pictures if known not in wanted]:
            picture = self._pictures.pop(gone)
            picture.hide()
            picture.deleteLater()
        for place, one in enumerate(thumbnails):
            if one.asset not in self._pictures:
                self._pictures[one.asset] = self._make_picture(one.asset)
            picture = self._pictures[one.asset]
            picture.show_path(one.path, one.asset)
            picture.set_chosen(one.chosen)
            picture.setAccessibleName(self.tr("Thumbnail {0}").format(place + 1))
            picture.setAccessibleDescription(self.tr("in use") if one.chosen else "")
        self.grid.show_tiles([self._pictures[one.asset] for one in thumbnails])
        self.grid.setVisible(bool(thumbnails))
        self.grid_title.setVisible(bool(thumbnails))

    def _make_picture(self, asset: AssetId) -> Picture:
        picture = Picture(self._theme, self._posters, 10, pressable=True, parent=self.grid)
        picture.clicked.connect(lambda _on=False: self.chosen.emit(asset))
        return picture
