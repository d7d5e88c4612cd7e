"""The surface the parts of the page lie on: a title at the left, something small at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.label import ElidedLabel, Label


class Card(QFrame):
    """Put what it shows into `column`; `aside` is the small text at the right of its head."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("surface", "card")
        self.column = QVBoxLayout(self)
        edge = theme.px(20)
        self.column.setContentsMargins(edge, theme.px(16), edge, theme.px(18))
        self.column.setSpacing(theme.px(10))
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.px(16))
        self.title = Label(title, "strong")
        self.title.setMinimumHeight(theme.px(28))
        self.aside = ElidedLabel("", "caption", elide=Qt.TextElideMode.ElideRight)
        self.aside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.title)
        self.head.addWidget(self.aside, 1)
        self.column.addLayout(self.head)

    def say_aside(self, text: str) -> None:
        """Show a small text beside the title; nothing is laid out anew for the same."""
        if text != self.aside.text():
            self.aside.setText(text)
