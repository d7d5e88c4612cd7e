"""Tiles of one size in as many columns as fit; the widget is as high as its tiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme


class TileGrid(QWidget):
    """Lays out what `show_tiles` is given.

    `least` is the smallest width of a tile at 100 %, `most` the largest; `height_of` says how
    high a tile is for a width, both in pixels of the screen.
    """

    def __init__(
        self,
        theme: Theme,
        least: int,
        most: int,
        height_of: Callable[[int], int],
        parent: QWidget | None = None,
        gap: int = 20,
    ) -> None:
        super().__init__(parent)
        self._least, self._most = theme.px(least), theme.px(most)
        self._gap, self._height_of = theme.px(gap), height_of
        self._tiles: list[QWidget] = []

    @property
    def tiles(self) -> tuple[QWidget, ...]:
        """What is shown, in order."""
        return tuple(self._tiles)

    def show_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Show these in this order; tiles that are no longer among them are the caller's."""
        self._tiles = list(tiles)
        for before, tile in zip([None, *self._tiles], self._tiles, strict=False):
            if tile.parentWidget() is not self:
                tile.setParent(self)
            tile.show()
            if before is not None:
                QWidget.setTabOrder(before, tile)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other columns."""
        self._arrange()

    def _arrange(self) -> None:
        room = self.width()
        if room <= 0:
            return
        columns = max(1, (room + self._gap) // (self._least + self._gap))
        wide = min(self._most, (room - self._gap * (columns - 1)) // columns)
        high = self._height_of(wide)
        for place, tile in enumerate(self._tiles):
            row, column = divmod(place, columns)
            tile.setGeometry(column * (wide + self._gap), row * (high + self._gap), wide, high)
        rows = -(-len(self._tiles) // columns)
        wanted = max(0, rows * (high + self._gap) - self._gap)
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
