"""What the Search page shows before a search: what was searched, saved, wished for, followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QScrollArea, QVBoxLayout, QWidget

from app.domain.media import Card, ItemId, PosterKey
from app.domain.search import Subject
from app.domain.wishes import KeptSearch, KeptThings, Wish
from ui.pages.search.side import card_of
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.label import Label
from ui.widgets.posters import PosterCache
from ui.widgets.titled_shelf import TitledShelf


class SearchChips(QWidget):
    """Searches as chips under a heading; hidden while there are none."""

    pressed = Signal(object)
    removed = Signal(object)
    cleared = Signal()

    def __init__(
        self, theme: Theme, title: str, icon: str, clear: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self._shown: list[KeptSearch] = []
        self._label = Label(title, "section")
        inside = QWidget()
        self._flow = FlowLayout(theme.px(10), inside)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(12))
        self._column.addWidget(self._label)
        self._column.addWidget(inside)
        self._clear: Button | None = None
        if clear:
            self._clear = Button(theme, clear, "link", "x")
            self._clear.clicked.connect(lambda _on=False: self.cleared.emit())
            self._flow.addWidget(self._clear)
        self.hide()

    def show_searches(self, searches: Sequence[KeptSearch]) -> None:
        """Show these."""
        if list(searches) == self._shown:
            return
        self._shown = list(searches)
        for chip in self.chips():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        if self._clear is not None:
            self._flow.removeWidget(self._clear)
        for kept in searches:
            chip = Chip(self._theme, _short(kept.typed), self._icon, checkable=False, parent=self)
            chip.setToolTip(kept.typed)
            chip.clicked.connect(partial(self.pressed.emit, kept))
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(partial(self._show_menu, chip, kept))
            self._flow.addWidget(chip)
        if self._clear is not None:
            self._flow.addWidget(self._clear)
        self.setVisible(bool(searches))

    def chips(self) -> list[Chip]:
        """The chips, in order."""
        found = [self._flow.itemAt(place) for place in range(self._flow.count())]
        widgets = [item.widget() for item in found if item is not None]
        return [widget for widget in widgets if isinstance(widget, Chip)]

    def set_margin(self, margin: int) -> None:
        """Keep this free at both sides, in pixels."""
        self._column.setContentsMargins(margin, 0, margin, 0)

    def _show_menu(self, chip: Chip, kept: KeptSearch, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Search again")).triggered.connect(partial(self.pressed.emit, kept))
        menu.addAction(self.tr("Forget")).triggered.connect(partial(self.removed.emit, kept))
        menu.popup(chip.mapToGlobal(place))


class StartPanel(QScrollArea):
    """Everything that is kept, on one page that scrolls."""

    search_wanted = Signal(str)
    wish_removed = Signal(object)
    recent_removed = Signal(object)
    """One recent search, or None for all."""
    saved_removed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        posters: PosterCache,
        picture: Callable[[PosterKey], Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wishes: dict[int, Wish] = {}
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, theme.px(10), 0, theme.px(28))
        self._column.setSpacing(theme.px(26))
        clear = self.tr("Clear")
        self.recent = SearchChips(theme, self.tr("Searched lately"), "history", clear, inside)
        self.saved = SearchChips(theme, self.tr("Saved searches"), "bookmark", "", inside)
        shelf = partial(TitledShelf, theme, posters, picture)
        self.watchlist = shelf(self.tr("Your watchlist"), "poster", inside)
        self.followed = shelf(self.tr("You follow"), "poster", inside)
        for part in (self.recent, self.saved, self.followed, self.watchlist):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.setWidget(inside)
        self._connect()

    def show_things(self, things: KeptThings) -> None:
        """Show what is kept."""
        self.recent.show_searches(things.recent)
        self.saved.show_searches(things.saved)
        wishes = (*things.watchlist, *things.followed)
        self._wishes = {wish.id: wish for wish in wishes}
        self.watchlist.set_cards([self._card(wish) for wish in things.watchlist])
        self.followed.set_cards([self._card(wish) for wish in things.followed])

    def set_margin(self, margin: int) -> None:
        """Keep this free at both sides, in pixels."""
        for part in (self.recent, self.saved, self.followed, self.watchlist):
            part.set_margin(margin)

    def _card(self, wish: Wish) -> Card:
        subject = Subject(wish.title, wish.year, wish.work, picture=wish.picture)
        title = wish.title
        if wish.news:
            title = self.tr("%n new", "", wish.news) + f" \u00b7 {wish.title}"
        return replace(card_of(subject), id=ItemId(wish.id), title=title)

    def _connect(self) -> None:
        for chips in (self.recent, self.saved):
            chips.pressed.connect(lambda kept: self.search_wanted.emit(kept.typed))
        self.recent.removed.connect(self.recent_removed)
        self.recent.cleared.connect(lambda: self.recent_removed.emit(None))
        self.saved.removed.connect(self.saved_removed)
        for shelf in (self.watchlist, self.followed):
            shelf.activated.connect(self._on_activated)
            shelf.context_requested.connect(self._show_menu)

    def _on_activated(self, card: Card) -> None:
        wish = self._wishes.get(card.id)
        if wish is not None:
            self.search_wanted.emit(wish.typed)

    def _show_menu(self, card: Card, place: QPoint) -> None:
        wish = self._wishes.get(card.id)
        if wish is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        find = menu.addAction(self.tr("Search for it"))
        find.triggered.connect(lambda: self.search_wanted.emit(wish.typed))
        remove = menu.addAction(self.tr("Take it off"))
        remove.triggered.connect(lambda: self.wish_removed.emit(wish))
        menu.popup(place)


def _short(text: str) -> str:
    return text if len(text) <= 48 else text[:47] + "\u2026"
