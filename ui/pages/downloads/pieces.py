"""A bar of the parts of a download: which of them are here."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme


class PiecesBar(QWidget):
    """Shows values of 0 to 255, one for each part; without any a plain fraction."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pieces, self._fraction, self._tone = b"", 0.0, "accent"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Parts that are here"))

    def show_pieces(self, pieces: bytes, fraction: float, tone: str) -> None:
        """Show these."""
        if (pieces, fraction, tone) != (self._pieces, self._fraction, self._tone):
            self._pieces, self._fraction, self._tone = pieces, fraction, tone
            self.setAccessibleDescription(f"{int(fraction * 100)} %")
            self.update()

    def sizeHint(self) -> QSize:
        """A thin line, high enough to be read."""
        return QSize(self._theme.px(300), self._theme.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groove, and each part as strongly as it is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(box, self._theme.px(5), self._theme.px(5))
        painter.setClipPath(shape)
        painter.fillRect(box, self._theme.color("surface3"))
        if not self._pieces:
            done = QRectF(0, 0, box.width() * self._fraction, box.height())
            painter.fillRect(done, self._theme.color(self._tone))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        wide = box.width() / len(self._pieces)
        colour = self._theme.color(self._tone)
        for begin, end, value in _runs(self._pieces):
            if value:
                colour.setAlpha(value)
                painter.fillRect(
                    QRectF(begin * wide, 0, (end - begin) * wide, box.height()), colour
                )


def _runs(pieces: bytes) -> list[tuple[int, int, int]]:
    """Neighbours of the same value together: from, to, value."""
    runs: list[tuple[int, int, int]] = []
    for place, value in enumerate(pieces):
        if runs and runs[-1][2] == value:
            runs[-1] = (runs[-1][0], place + 1, value)
        else:
            runs.append((place, place + 1, value))
    return runs
