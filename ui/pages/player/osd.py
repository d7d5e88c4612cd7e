"""Short words over the picture: what a key just did."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.label import Label

SHOWN_MS = 1100


class Osd(QFrame):
    """A small plate at the top of the picture that goes by itself."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = ""
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(10), theme.px(18), theme.px(10))
        row.setSpacing(theme.px(10))
        self._icon = Label()
        self._text = Label("", "strong")
        row.addWidget(self._icon)
        row.addWidget(self._text)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """The words shown, or shown last."""
        return self._text.text()

    def say(self, text: str, icon: str = "") -> None:
        """Show these words for a second."""
        self._text.setText(text)
        if icon != self._icon_name:
            self._icon_name = icon
            if icon:
                self._icon.setPixmap(self._theme.pixmap(icon, "text", 20))
        self._icon.setVisible(bool(icon))
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def place(self) -> None:
        """Move to the middle of the upper edge."""
        home = self.parentWidget()
        if home is not None:
            self.move((home.width() - self.width()) // 2, self._theme.px(104))
