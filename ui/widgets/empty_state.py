"""What a page shows when it has nothing yet, or when it failed: why, and what to press."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.button import Button, Variant
from ui.widgets.card_painter import stand_in
from ui.widgets.label import Label

FAN = (("Cosmos Laundromat", -8.0), ("His Girl Friday", 0.0), ("Charade", 8.0))


class FannedCards(QWidget):
    """Three cards held like a hand of cards."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedSize(theme.px(430), theme.px(220))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards, the middle one last and upright."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place in (0, 2, 1):
            title, angle = FAN[place]
            card = self._card(title, QSize(119, 180) if angle else QSize(132, 198))
            painter.save()
            painter.translate(
                QPointF(self.width() / 2 + (place - 1) * self._theme.px(138), self.height() / 2)
            )
            painter.rotate(angle)
            size = card.deviceIndependentSize()
            painter.drawPixmap(QPointF(-size.width() / 2, -size.height() / 2), card)
            painter.restore()

    def _card(self, title: str, size: QSize) -> QPixmap:
        upper, lower = self._theme.card_colors(title)
        scaled = QSize(self._theme.px(size.width()), self._theme.px(size.height()))
        return stand_in(upper, lower, scaled, self._theme.px(14), self.devicePixelRatioF())


class EmptyState(QWidget):
    """Fanned cards (or an icon when something failed), a title, a sentence, buttons, a faint line.

    Add buttons with `add_button`; the first one is where the focus belongs.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        text: str,
        faint: str = "",
        icon: str = "",
        tone: str = "bad",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        column.setSpacing(0)
        column.addStretch(4)
        column.addWidget(self._picture(icon, tone), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(20))
        self._title = Label(title, "title", wrap=True)
        self._text = Label(text, "body", wrap=True)
        self._faint = Label(faint, "faint", wrap=True)
        for label in (self._title, self._text, self._faint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setMinimumWidth(theme.px(320))
        self._text.setMinimumWidth(theme.px(580))
        column.addWidget(self._title, 0)
        column.addSpacing(theme.px(10))
        column.addLayout(_centred(self._text))
        column.addSpacing(theme.px(28))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.px(12))
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        column.addSpacing(theme.px(26))
        column.addWidget(self._faint)
        column.addStretch(5)

    def add_button(
        self, text: str, on_click: Callable[[], object], variant: Variant = "plain", icon: str = ""
    ) -> Button:
        """Add a button to the right of those there."""
        button = Button(self._theme, text, variant, icon, parent=self)
        button.clicked.connect(lambda: on_click())
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def focus_first(self) -> None:
        """Give the focus to the first button."""
        item = self._buttons.itemAt(1)
        button = item.widget() if item is not None else None
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_second(self) -> bool:
        """Whether there is more than one button."""
        return self._buttons.count() > 3

    def set_texts(self, title: str, text: str, faint: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self.set_faint(faint)

    def set_faint(self, text: str) -> None:
        """Change the faint line below the buttons."""
        self._faint.setText(text)

    def _picture(self, icon: str, tone: str) -> QWidget:
        if not icon:
            return FannedCards(self._theme)
        label = Label()
        label.setPixmap(self._theme.pixmap(icon, tone, 56, self.devicePixelRatioF()))
        return label


def _centred(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row
