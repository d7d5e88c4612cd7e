"""What a scene may show: each candidate with how well it fits, why, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.project import AssetId
from app.domain.studio import Candidate
from ui.messages import known, told
from ui.theme import Theme
from ui.widgets.label import ElidedLabel
from ui.widgets.picture import Picture
from ui.widgets.posters import PosterCache
from ui.widgets.tile_grid import TileGrid
from ui.words import SEPARATOR

FOOT = 44  # pixels at 100 % below the picture


class CandidateTile(QWidget):
    """One candidate; a press shows it in the scene."""

    pressed = Signal()

    def __init__(self, theme: Theme, posters: PosterCache, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.picture = Picture(theme, posters, 10, pressable=True, parent=self)
        self.picture.clicked.connect(lambda _on=False: self.pressed.emit())
        right = Qt.TextElideMode.ElideRight
        self.fit = ElidedLabel("", "caption", parent=self, elide=right)
        self.credit = ElidedLabel("", "caption", parent=self, elide=right)

    def show_candidate(self, one: Candidate) -> None:
        """Show it."""
        self.picture.show_path(one.path, one.asset)
        self.picture.set_chosen(one.chosen)
        reason = told(one.reason).rstrip(".") if known(one.reason) else ""
        fits = self.tr("Fits {0} %").format(one.score) if one.score else ""
        words = SEPARATOR.join(part for part in (fits, reason) if part)
        self.fit.setText(words)
        self.credit.setText(one.credit or one.source)
        in_use = self.tr("in use") if one.chosen else ""
        self.picture.setAccessibleName(words or self.tr("Picture"))
        parts = (in_use, self.credit.text())
        self.picture.setAccessibleDescription(", ".join(part for part in parts if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture above its two lines."""
        px, wide, high = self._theme.px, self.width(), self.height() - self._theme.px(FOOT)
        self.picture.setGeometry(0, 0, wide, high)
        self.fit.setGeometry(0, high + px(4), wide, px(18))
        self.credit.setGeometry(0, high + px(22), wide, px(18))


class CandidateGrid(TileGrid):
    """All candidates; tiles that are there stay."""

    chosen = Signal(object)
    """The asset of a candidate."""

    def __init__(self, theme: Theme, posters: PosterCache, parent: QWidget | None = None) -> None:
        super().__init__(theme, 180, 240, lambda wide: wide + theme.px(FOOT), parent, gap=14)
        self._theme, self._posters = theme, posters
        self._known: dict[AssetId, CandidateTile] = {}

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Show these."""
        wanted = {one.asset for one in candidates}
        for gone in [asset for asset in self._known if asset not in wanted]:
            tile = self._known.pop(gone)
            tile.hide()
            tile.deleteLater()
        for one in candidates:
            if one.asset not in self._known:
                tile = self._known[one.asset] = CandidateTile(self._theme, self._posters, self)
                tile.pressed.connect(lambda asset=one.asset: self.chosen.emit(asset))
            self._known[one.asset].show_candidate(one)
        self.show_tiles([self._known[one.asset] for one in candidates])

    def tile(self, asset: AssetId) -> CandidateTile:
        """The tile of an asset."""
        return self._known[asset]
