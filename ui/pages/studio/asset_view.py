"""The asset library: every file the Studio made or was given, to look for and to look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.project import Asset, AssetId, AssetKind
from ui import studio_words as said
from ui import words
from ui.messages import sentence
from ui.pages.studio.assets_model import AssetsModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChipRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache
from ui.widgets.scroll_body import BAR, RING, ScrollBody
from ui.widgets.search_field import SearchField
from ui.widgets.skeleton import Skeleton
from ui.widgets.tile_grid import TileGrid

FOOT = 46
PLAYED = (AssetKind.CLIP, AssetKind.VIDEO, AssetKind.VOICE, AssetKind.MUSIC)
ICONS = {
    AssetKind.CLIP: "play", AssetKind.VIDEO: "play", AssetKind.VOICE: "audio-lines",
    AssetKind.MUSIC: "music",
}  # fmt: skip


class AssetTile(QWidget):
    """One file: picture or sign, what it was made of, and whose it is."""

    pressed = Signal()

    def __init__(
        self, theme: Theme, posters: PosterCache, asset: Asset, path: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        shown = path if asset.kind in (AssetKind.PICTURE, AssetKind.THUMBNAIL) else ""
        mark = ICONS.get(asset.kind, "")
        self.picture = Picture(theme, posters, 12, pressable=True, mark=mark, parent=self)
        self.picture.show_path(shown, asset.prompt or asset.id)
        self.picture.clicked.connect(lambda _on=False: self.pressed.emit())
        right = Qt.TextElideMode.ElideRight
        name = asset.prompt or said.tr(said.ASSETS[asset.kind])
        self.name = ElidedLabel(name, "secondary", parent=self, elide=right)
        credit = asset.credit
        whose = (
            " · ".join(part for part in (credit.author, credit.license) if part)
            if credit
            else asset.source
        )
        length = words.clock(asset.seconds) if asset.seconds else ""
        facts = (said.tr(said.ASSETS[asset.kind]), length, whose)
        self.facts = ElidedLabel(
            words.SEPARATOR.join(part for part in facts if part), "caption", parent=self,
            elide=right,
        )  # fmt: skip
        self.picture.setAccessibleName(name)
        self.picture.setAccessibleDescription(self.facts.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture above its two lines."""
        px, wide, high = self._theme.px, self.width(), self.height() - self._theme.px(FOOT)
        self.picture.setGeometry(0, 0, wide, high)
        self.name.setGeometry(0, high + px(4), wide, px(20))
        self.facts.setGeometry(0, high + px(24), wide, px(18))


class AssetLibraryView(QWidget):
    """Search, kinds, and the grid."""

    back_wished = Signal()
    play_wished = Signal(object, str)
    """A file that is played, and its path."""
    picture_pressed = Signal(object, str)

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        model: AssetsModel,
        parent: QWidget,
        kinds: Sequence[AssetKind] = (),
    ) -> None:
        """With `kinds` only these are offered, and there is no title: it is a part of a panel."""
        super().__init__(parent)
        self._theme, self._posters, self._model = theme, posters, model
        self._bare = bool(kinds)
        self._tiles: dict[AssetId, AssetTile] = {}
        self.back = Button(theme, self.tr("Studio / Projects"), "link", parent=self)
        self.back.setStyleSheet("padding: 0")  # in line with the title below it
        self.field = SearchField(theme, self.tr("Search the asset library"), self)
        chips = [(said.tr(said.ASSET_KINDS[kind]), kind) for kind in kinds or AssetKind]
        every = [] if kinds else [(self.tr("All"), None)]
        self.kinds = ChipRow(theme, [*every, *chips], self)
        self.grid = TileGrid(theme, 170, 260, lambda wide: wide + theme.px(FOOT), gap=18)
        self.more = Button(theme, self.tr("Show more"), "ghost", "chevron-down")
        self.empty = EmptyState(theme, "", "", icon="layers", tone="dim")
        self.empty.add_button(self.tr("Back to the projects"), self.back_wished.emit, "main")
        self.broken = EmptyState(
            theme, self.tr("The asset library cannot be shown now"), "", icon="triangle-alert"
        )
        self.broken.add_button(self.tr("Try again"), model.load, "main", "refresh-cw")
        self.busy = Skeleton(theme, "results", self)
        self.area = self._make_area()
        self.stack = QStackedWidget(self)
        for part in (self.busy, self.area, self.empty, self.broken):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addLayout(self._make_head())
        column.addWidget(self.stack, 1)
        self._connect()

    def focus_first(self) -> None:
        """Where one searches."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def tile(self, asset: AssetId) -> AssetTile:
        """The tile of a file that is shown."""
        return self._tiles[asset]

    def _make_head(self) -> QVBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(18))
        if self._bare:
            row.addWidget(self.kinds)
            self.back.hide()
        else:
            row.addWidget(Label(self.tr("Asset library"), "title"))
        row.addStretch(1)
        self.field.setMinimumWidth(theme.px(360))
        row.addWidget(self.field)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(RING), 0, theme.px(RING + BAR), 0)
        head.setSpacing(theme.px(6))
        if self._bare:
            head.addLayout(row)
            return head
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(row)
        head.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        return head

    def _make_area(self) -> ScrollBody:
        area = ScrollBody(self._theme, parent=self)
        area.column.addWidget(self.grid)
        area.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        area.column.addStretch(1)
        return area

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        self.back.clicked.connect(lambda _on=False: self.back_wished.emit())
        self.field.searched.connect(model.search)
        self.kinds.chosen.connect(model.show_kind)
        self.more.clicked.connect(lambda _on=False: model.more())

    def _show(self) -> None:
        model, found = self._model, self._model.assets
        if found is None:
            return
        wanted = {one.id for one, _path in found}
        for gone in [known for known in self._tiles if known not in wanted]:
            tile = self._tiles.pop(gone)
            tile.hide()
            tile.deleteLater()
        for one, path in found:
            if one.id not in self._tiles:
                self._tiles[one.id] = self._make_tile(one, path)
        self.grid.show_tiles([self._tiles[one.id] for one, _path in found])
        self.more.setVisible(model.has_more)
        searched = bool(model.words or model.kind)
        self.field.set_note(words.count(model.total) if searched else "")
        if searched:
            self.empty.set_texts(self.tr("Nothing was found"), self.tr("Try other words."))
        else:
            said_so = self.tr("What the Studio makes is kept here, for every project to use.")
            self.empty.set_texts(self.tr("The asset library is empty"), said_so)
        self.stack.setCurrentWidget(self.area if found else self.empty)

    def _make_tile(self, asset: Asset, path: str) -> AssetTile:
        tile = AssetTile(self._theme, self._posters, asset, path, self.grid)
        wished = self.play_wished if asset.kind in PLAYED else self.picture_pressed
        tile.pressed.connect(lambda: wished.emit(asset, path))
        return tile

    def _on_failed(self, error: BaseException) -> None:
        if self._model.assets is None:
            title = self.tr("The asset library cannot be shown now")
            self.broken.set_texts(title, sentence(error))
            self.stack.setCurrentWidget(self.broken)
