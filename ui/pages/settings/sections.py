"""The list of sections at the left, and the panels they open."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.options import Option
from app.domain.settings import OPTIONS
from ui import settings_words as words
from ui.settings_form import Card, OptionRow, RowWords
from ui.theme import Theme
from ui.widgets.label import Label

ICONS = {
    "library": "folder",
    "search": "search",
    "downloads": "download",
    "playback": "circle-play",
    "budget": "wallet",
    "casting": "cast",
    "media_server": "server",
    "intelligence": "sparkles",
    "studio": "clapperboard",
    "publishing": "send",
    "links": "link",
    "plugins": "puzzle",
    "notifications": "bell",
    "monitoring": "activity",
    "remote": "smartphone",
    "upkeep": "moon",
    "privacy": "shield",
    "look": "monitor",
}
GAP = 10  # between icon and words
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class SectionButton(QPushButton):
    """One section in the list."""

    def __init__(self, theme: Theme, section: str, parent: QWidget) -> None:
        super().__init__(words.section_title(section), parent)
        self._theme, self._icon = theme, ICONS[section]
        self.setCheckable(True)
        self.setProperty("variant", "section")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(theme.px(30), theme.px(20)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet(self._style())
        self.setAccessibleName(self.text())
        self.toggled.connect(self._show_icon)
        self._show_icon()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone; the name is then the tool tip."""
        name = self.accessibleName()
        self.setText("" if narrow else name)
        self.setToolTip(name if narrow else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and OK open it."""
        if event.key() in PRESS:
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def _show_icon(self) -> None:
        state = "accent" if self.isChecked() else "dim"
        self.setIcon(self._theme.icon(self._icon, state, 20, GAP))

    def _style(self) -> str:
        px, tokens = self._theme.px, self._theme.tokens
        return (
            f"QPushButton {{ background: transparent; color: {tokens.dim}; text-align: left;"
            f" padding: 0 {px(10)}px; min-height: {px(42)}px; font-weight: 500; }}"
            f"QPushButton:hover {{ background: {tokens.surface1}; color: {tokens.text}; }}"
            f"QPushButton:checked {{ background: {tokens.accent_soft}; color: {tokens.text}; }}"
        )


class SectionList(QWidget):
    """The sections; `opened` names the one chosen.

    No button group keeps them exclusive: Qt would take the others out of the arrows' reach.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, SectionButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        for section in words.SECTIONS:
            button = SectionButton(theme, section, self)
            button.clicked.connect(partial(self.opened.emit, section))
            self._buttons[section] = button
            column.addWidget(button)
        column.addStretch(1)
        self._theme = theme
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the room to the cards in a small window."""
        self.setFixedWidth(self._theme.px(52 if narrow else 250))
        for button in self._buttons.values():
            button.set_narrow(narrow)

    def choose(self, section: str | None) -> None:
        """Light a section, or none while a search shows them all."""
        for name, button in self._buttons.items():
            button.setChecked(name == section)

    def button(self, section: str) -> SectionButton:
        """The button of a section."""
        return self._buttons[section]


class Panel(QWidget):
    """One section: headings with cards."""

    changed = Signal(str, str, object)
    """Section, name and value of a setting the owner changed."""

    def __init__(self, theme: Theme, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.section = theme, section
        self.option_rows: dict[str, OptionRow] = {}
        self._parts: list[tuple[Label, Card]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(12))

    def add_card(self, heading: str, card: Card) -> None:
        """Add a card under a heading."""
        if self._parts:
            self._column.addSpacing(self._theme.px(16))
        label = Label(heading, "section")
        self._column.addWidget(label)
        self._column.addWidget(card)
        self._parts.append((label, card))

    def add_options(self, heading: str, names: Collection[str] | None = None) -> Card:
        """Add a card with the options of the section that are shown here: all, or those named."""
        card = Card(self._theme, self)
        for option in OPTIONS[self.section].values():
            if option.shown and (names is None or option.name in names):
                row = OptionRow(self._theme, option, row_words(option), self)
                row.changed.connect(partial(self.changed.emit, self.section, option.name))
                self.option_rows[option.name] = row
                card.add(row)
        self.add_card(heading, card)
        return card

    def filter(self, text: str) -> bool:
        """Show what a search asks for; False when nothing is left."""
        found = False
        for label, card in self._parts:
            shown = card.filter(text)
            label.setVisible(shown)
            found = found or shown
        return found


def row_words(option: Option) -> RowWords:
    """The words of one of the station's own settings."""
    choices = {value: words.choice(option, value) for value in option.choices}
    return RowWords(
        words.label(option), words.help_text(option), choices, partial(words.amount, option)
    )
