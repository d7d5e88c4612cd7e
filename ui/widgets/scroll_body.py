"""The part of a page that scrolls: its content ends in line with the head, bar or no bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Theme

RING = 8
"""Pixels at 100 % kept free round the content for the focus ring."""
BAR = 12
"""And at its right for the scroll bar; a head above it ends `RING + BAR` from the right."""


class ScrollBody(QScrollArea):
    """Put parts into `column`."""

    def __init__(self, theme: Theme, spacing: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        ring = theme.px(RING)
        self.column.setContentsMargins(ring, ring, ring + theme.px(BAR), theme.px(28))
        self.column.setSpacing(theme.px(spacing))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(self._keep_gutter)

    def _keep_gutter(self) -> None:
        bar = self._theme.px(BAR) if self.verticalScrollBar().maximum() > 0 else 0
        margins = self.column.contentsMargins()
        margins.setRight(self._theme.px(RING + BAR) - bar)
        self.column.setContentsMargins(margins)
