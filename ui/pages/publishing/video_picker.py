"""Choose the video of a post: made in the Studio, of the library, or a file."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.pages.publishing.videos_model import Offer, VideosModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.tile_grid import TileGrid

FOOT = 34
SETTLE_MS = 250
FILES = "*.mp4 *.mov *.mkv *.webm *.m4v *.avi"


class OfferTile(QWidget):
    """A video to choose."""

    pressed = Signal()

    def __init__(self, theme: Theme, posters: PosterCache, offer: Offer, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.offer = theme, offer
        self.picture = Picture(theme, posters, 12, pressable=True, parent=self)
        self.picture.show_path(offer.picture, offer.title)
        self.picture.setAccessibleName(offer.title)
        self.picture.clicked.connect(lambda _on=False: self.pressed.emit())
        self.title = ElidedLabel(offer.title, "secondary", parent=self,
                                 elide=Qt.TextElideMode.ElideRight)  # fmt: skip

    def resizeEvent(self, _event: object) -> None:
        """The picture above its title."""
        high = self.height() - self._theme.px(FOOT)
        self.picture.setFixedSize(self.width(), max(1, high))
        self.title.setGeometry(0, high + self._theme.px(6), self.width(), self._theme.px(22))


class Shelf(QWidget):
    """A heading and tiles below it, or why there are none."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, posters: PosterCache, title: str, empty: str) -> None:
        super().__init__()
        self._theme, self._posters = theme, posters
        self.grid = TileGrid(
            theme, 170, 240, lambda wide: round(wide * 9 / 16) + theme.px(FOOT), gap=16
        )
        self.told = Label(empty, "secondary", wrap=True)
        self._empty = empty
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(Label(title, "strong"))
        column.addWidget(self.told)
        column.addWidget(self.grid)

    def show_offers(self, offers: tuple[Offer, ...] | None) -> None:
        """Show these; None while they are on their way."""
        before = self.grid.tiles
        tiles: list[QWidget] = []
        for offer in offers or ():
            tile = OfferTile(self._theme, self._posters, offer, self.grid)
            tile.pressed.connect(lambda one=offer: self.chosen.emit(one))
            tiles.append(tile)
        self.grid.show_tiles(tiles)
        for gone in before:
            gone.hide()
            gone.deleteLater()
        self.told.setText(self.tr("One moment…") if offers is None else self._empty)
        self.told.setVisible(not offers)
        self.grid.setVisible(bool(offers))


class VideoPicker(QWidget):
    """Both shelves with a field that narrows the library's; `picked` carries the offer."""

    back_wished = Signal()
    picked = Signal(object)

    def __init__(
        self, theme: Theme, posters: PosterCache, model: VideosModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._seen: tuple[object, object] = ((), ())
        self.back = Button(theme, self.tr("Back"), "link", "arrow-left", parent=self)
        self.file = Button(theme, self.tr("A file of mine"), "ghost", "folder-open", parent=self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search your own videos"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.setProperty("radius", theme.px(14))
        self.made = Shelf(theme, posters, self.tr("Made in the Studio"),
                          self.tr("No video is finished there yet."))  # fmt: skip
        self.own = Shelf(theme, posters, self.tr("Your own videos"),
                         self.tr("No home videos or clips were found in the library."))  # fmt: skip
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self.back)
        head.addWidget(self.field, 1)
        head.addWidget(self.file)
        area = ScrollBody(theme, parent=self)
        for part in (self.made, self.own):
            part.chosen.connect(self.picked)
            area.column.addWidget(part)
        area.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(area, 1)
        self._typed = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._typed.timeout.connect(lambda: model.load(self.field.text().strip()))
        self.field.textChanged.connect(lambda _text: self._typed.start())
        self.back.clicked.connect(lambda _on=False: self.back_wished.emit())
        self.file.clicked.connect(
            lambda _on=False: ask_file(self, self.tr("Videos"), FILES, model.choose_file)
        )
        model.changed.connect(self._show)
        self._show()

    def focus_first(self) -> None:
        """The first video, else the field."""
        tiles = [*self.made.grid.tiles, *self.own.grid.tiles]
        first = next((tile for tile in tiles if isinstance(tile, OfferTile)), None)
        (first.picture if first else self.field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        fresh = (self._model.made, self._model.own)
        for shelf, offers, was in zip((self.made, self.own), fresh, self._seen, strict=True):
            if offers != was:
                shelf.show_offers(offers)
        self._seen = fresh


def ask_file(over: QWidget, kind: str, endings: str, chosen: Callable[[str], None]) -> QFileDialog:
    """Let the owner choose a file; `chosen` is called with the path, or not at all."""
    dialog = QFileDialog(over, kind)
    dialog.setNameFilter(f"{kind} ({endings})")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
