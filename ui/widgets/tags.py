"""Small words in a box: quality, codec, state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Theme


class Tag(QWidget):
    """One word or two in a small box; `tone` is a colour token for the word."""

    def __init__(
        self, theme: Theme, text: str, tone: str = "dim", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._text, self._tone = theme, text, tone
        self._font = theme.font(13, 600)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def set_text(self, text: str, tone: str = "") -> None:
        """Say something else."""
        self._text, self._tone = text, tone or self._tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The word and a little air."""
        width = QFontMetrics(self._font).horizontalAdvance(self._text)
        return QSize(width + self._theme.px(18), self._theme.px(25))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and its word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface3"))
        painter.drawRoundedRect(QRectF(self.rect()), self._theme.px(8), self._theme.px(8))
        painter.setFont(self._font)
        painter.setPen(self._theme.color(self._tone))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


class TagRow(QWidget):
    """Several tags side by side."""

    def __init__(
        self, theme: Theme, texts: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(8))
        self._row.addStretch(1)
        self.set_texts(texts)

    def set_texts(self, texts: Sequence[str | tuple[str, str]]) -> None:
        """Show these words; a pair carries the colour token as well."""
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, entry in enumerate(texts):
            text, tone = (entry, "dim") if isinstance(entry, str) else entry
            self._row.insertWidget(place, Tag(self._theme, text, tone, self))
