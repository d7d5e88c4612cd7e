"""All access links, the latest first, with what was made of them, and why they are closed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.access import Link
from ui.links_held import HeldRow
from ui.messages import sentence
from ui.pages.publishing.link_cards import LinkCard
from ui.pages.publishing.links_model import LinksModel
from ui.pages.publishing.viewmodel import PublishingViewModel
from ui.settings_form import Card
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.scroll_body import BAR, RING, ScrollBody
from ui.widgets.skeleton import Skeleton
from ui.widgets.tile_grid import TileGrid

BATCH = 20
"""So many cards are built at once."""
CARD_HIGH = 212


class LinksView(QWidget):
    """Its own four states."""

    new_wished = Signal()
    copy_wished = Signal(str)
    show_wished = Signal(object)

    def __init__(
        self, theme: Theme, model: LinksModel, posts: PublishingViewModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._model, self._posts = theme, model, posts
        self._most = BATCH
        self.cards: dict[str, LinkCard] = {}
        self.new = Button(theme, self.tr("New link"), "plain", "plus", parent=self)
        self.more = Button(theme, "", "link", "chevron-down", parent=self)
        self.counts = Label("", "secondary")
        self.busy = Skeleton(theme, "results")
        self.empty = EmptyState(
            theme,
            self.tr("Give a film, not your library"),
            self.tr("A link opens one film, video or folder for whom you choose: until a day, so "
                    "many times, free or for a price of yours. You can take it back at once."),
            icon="link", tone="dim",
        )  # fmt: skip
        self.empty.add_button(self.tr("New link"), self.new_wished.emit, "main", "plus")
        self.broken = EmptyState(theme, self.tr("The links cannot be shown now"), "",
                                 icon="triangle-alert")  # fmt: skip
        self.broken.add_button(self.tr("Try again"), model.load, "main", "refresh-cw")
        self.grid = TileGrid(theme, 470, 1200, self._high)
        self.held = HeldRow(theme, posts.clock)
        self.held_card = Card(theme, self)
        self.held_card.add(self.held)
        self._lay_out(theme)
        self.held.right_pressed.connect(model.trust_clock)
        self.new.clicked.connect(lambda _on=False: self.new_wished.emit())
        self.more.clicked.connect(lambda _on=False: self._show_more())
        model.changed.connect(self._show)
        self._show()

    def _lay_out(self, theme: Theme) -> None:
        self.area = ScrollBody(theme)
        head = QHBoxLayout()
        head.addWidget(self.counts, 1)
        head.addWidget(self.new)
        self.area.column.addLayout(head)
        self.area.column.addWidget(self.grid)
        self.area.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        self.area.column.addStretch(1)
        self.stack = QStackedWidget(self)
        for part in (self.busy, self.area, self.empty, self.broken):
            self.stack.addWidget(part)
        column, above = QVBoxLayout(self), QHBoxLayout()
        above.setContentsMargins(theme.px(RING), 0, theme.px(RING + BAR), 0)
        above.addWidget(self.held_card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(above)
        column.addWidget(self.stack, 1)

    def _high(self, wide: int) -> int:
        """As high as the one whose buttons take most lines."""
        cards = (one.heightForWidth(wide) for one in self.cards.values())
        return max((self._theme.px(CARD_HIGH), *cards))

    def focus_first(self) -> None:
        """The first link, or what to press."""
        part = self.stack.currentWidget()
        if isinstance(part, EmptyState):
            part.focus_first()
            return
        first = next(iter(self.cards.values()), None)
        target = first.copy if first is not None and first.copy.isVisible() else self.new
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        model = self._model
        self.held_card.setVisible(model.held)
        self.held.right.set_busy(model.trusting)
        had = self.stack.isAncestorOf(self.focusWidget() or self)
        was = self.stack.currentWidget()
        if model.links is None and model.error is not None:
            self.broken.set_texts(self.tr("The links cannot be shown now"), sentence(model.error))
            part: QWidget = self.broken
        elif model.links is None and model.there:
            part = self.busy
        else:
            self._fill(model.links or ())
            part = self.area if model.links else self.empty
        self.stack.setCurrentWidget(part)
        if had and was is not part and part is not self.busy and self.isVisible():
            self.focus_first()

    def _fill(self, links: tuple[Link, ...]) -> None:
        shown, now = links[: self._most], self._posts.clock()
        wanted = {link.id for link in shown}
        for gone in [one for one in self.cards if one not in wanted]:
            card = self.cards.pop(gone)
            card.hide()
            card.deleteLater()
        for link in shown:
            if link.id not in self.cards:
                card = self.cards[link.id] = LinkCard(self._theme, self._model, self.grid)
                card.copy_wished.connect(self.copy_wished)
                card.show_wished.connect(self.show_wished)
            self.cards[link.id].show_link(link, now)
        self.grid.show_tiles([self.cards[link.id] for link in shown])
        opened = len(self._model.open)
        counted = self.tr("%n link(s) open now", "", opened)
        self.counts.setText(self.tr("No link opens now") if self._model.held else counted)
        left = len(links) - len(shown)
        self.more.setVisible(left > 0)
        self.more.setText(self.tr("Show %n more", "", min(left, BATCH)))

    def _show_more(self) -> None:
        before = len(self.cards)
        self._most += BATCH
        self._fill(self._model.links or ())
        tiles = self.grid.tiles
        if before < len(tiles):
            first = tiles[before]
            if isinstance(first, LinkCard):
                first.revoke.setFocus(Qt.FocusReason.OtherFocusReason)
