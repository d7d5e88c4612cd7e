"""A line to search with: an icon in front, a button that clears it behind."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import Theme


class SearchField(QLineEdit):
    """Emits `searched` as one types. Esc clears it first; Down is left to the page."""

    searched = Signal(str)

    def __init__(self, theme: Theme, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setMaxLength(400)
        self.setMinimumWidth(theme.px(220))
        self.addAction(theme.icon("search", "dim"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(theme.icon("x", "dim"), self.tr("Clear"), self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self.textChanged.connect(self._on_text_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears; when there is nothing to clear it goes to the window."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.searched.emit(text.strip())
