"""A line to search with: an icon in front, a button that clears it behind."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import Theme
from ui.widgets.button import Button

NOTE_RIGHT = 44  # where the clear button is


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
        self.setTextMargins(theme.px(30), 0, theme.px(30), 0)
        self._clear = Button(theme, "", "link", "x", self.tr("Clear"), self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does it for the keyboard
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self._note = ""
        self.textChanged.connect(self._on_text_changed)

    def set_note(self, text: str) -> None:
        """Show a few words at the right end, such as how many were found."""
        if text != self._note:
            self._note = text
            self.setAccessibleDescription(text)
            self._make_room()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears; when there is nothing to clear it goes to the window."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line and the icon in front."""
        super().paintEvent(event)
        side = self._theme.px(20)
        state = "accent" if self.hasFocus() else "dim"
        icon = self._theme.pixmap("search", state, 20, self.devicePixelRatioF())
        place = QPointF(self._theme.px(14), (self.height() - side) / 2)
        painter = QPainter(self)
        painter.drawPixmap(place, icon)
        if self._note:
            painter.setFont(self._theme.font(14))
            painter.setPen(self._theme.color("dim"))
            right = self.rect().adjusted(0, 0, -self._theme.px(NOTE_RIGHT), 0)
            among = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(right, among, self._note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right."""
        super().resizeEvent(event)
        size = self._clear.sizeHint()
        top = (self.height() - size.height()) // 2
        self._make_room()
        self._clear.move(self.width() - size.width() - self._theme.px(6), top)

    def _make_room(self) -> None:
        """Keep what is typed off the note."""
        px = self._theme.px
        wide = QFontMetrics(self._theme.font(14)).horizontalAdvance(self._note) + px(NOTE_RIGHT)
        after = wide - px(4) if self._note else px(30)
        self.setTextMargins(px(30), 0, after, 0)

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text) and self.isEnabled())
        self.searched.emit(text.strip())
