"""The Home page: go on with what was begun, what comes next, what is new."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.domain.events import NoticeLevel
from app.domain.media import Card, MediaKind
from ui import words
from ui.describing import describer
from ui.messages import sentence
from ui.page import Page, PageContext
from ui.pages.home.hero import Hero
from ui.pages.home.suggestions import Suggestions
from ui.pages.home.viewmodel import HomeViewModel
from ui.undo import offer_undo
from ui.widgets.empty_state import EmptyState
from ui.widgets.skeleton import Skeleton
from ui.widgets.titled_shelf import TitledShelf

ROOMY_HERO = 340  # pixels at 100 %: so high a hero must stay to let another shelf be seen whole


class HomePage(Page):
    """A hero and four shelves; shelves without a card do not appear."""

    def __init__(
        self, context: PageContext, model: HomeViewModel, suggestions: Suggestions
    ) -> None:
        super().__init__()
        self._context, self._model = context, model
        self._suggestions = suggestions
        theme = context.theme
        self.hero = Hero(context, self)
        picture = context.services.library.picture
        self.watching = TitledShelf(
            theme, context.posters, picture, self.tr("Continue watching"), "wide", self
        )
        self.next_up = TitledShelf(
            theme, context.posters, picture, self.tr("Next up"), "wide", self
        )
        self.recent = TitledShelf(
            theme, context.posters, picture, self.tr("Recently added"), "poster", self
        )
        self.for_you = TitledShelf(
            theme, context.posters, picture, self.tr("For you"), "poster", self
        )
        self._shelves = (self.watching, self.next_up, self.for_you, self.recent)
        self._edge = theme.px(36)
        self.stack = QStackedWidget(self)
        self.skeleton = Skeleton(theme, "home", self)
        self.body = self._make_body()
        self._make_states()
        for part in (self.skeleton, self.body, self.empty, self.broken):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()

    def _make_states(self) -> None:
        """What the page says when there is nothing to show, or it cannot be shown."""
        context, theme = self._context, self._context.theme
        self.empty = EmptyState(
            theme,
            self.tr("Nothing to watch yet"),
            self.tr("Show the station where your films are. They appear here while it reads them."),
        )
        self.empty.add_button(
            self.tr("Add folder"),
            lambda: context.navigator.open("library", add=True),
            "main",
            "folder-plus",
        )
        self.broken = EmptyState(
            theme, self.tr("This cannot be shown now"), "", icon="triangle-alert"
        )
        self.broken.add_button(self.tr("Try again"), self._model.reload, "main", "refresh-cw")

    def opened(self, **args: object) -> None:
        """What was watched meanwhile moves to the front."""
        self._model.shown = self._suggestions.shown = True
        self._model.reload()
        self._suggestions.load()

    def left(self) -> None:
        """Nobody looks: nothing is reloaded."""
        self._model.shown = self._suggestions.shown = False

    def focus_first(self) -> None:
        """The button of the hero, or of the empty page."""
        current = self.stack.currentWidget()
        if isinstance(current, EmptyState):
            current.focus_first()
        elif current is self.body and self.hero.isVisibleTo(self):
            self.hero.play.setFocus(Qt.FocusReason.OtherFocusReason)

    def cast(self) -> bool:
        """The card that has the focus, or that of the hero."""
        focused = next((card for one in self._shelves if (card := one.focused()) is not None), None)
        card = focused or (self.hero.card if self.hero.isVisible() else None)
        return card is not None and self._cast(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins of the drawing at every width."""
        theme = self._context.theme
        margin = theme.margin(self.window().width())
        self._edge = theme.px(36 if self.height() > theme.px(800) else 24)
        self._column.setContentsMargins(0, self._edge, 0, self._edge)
        self._hero_row.setContentsMargins(margin, 0, margin, 0)
        for shelf in self._shelves:
            shelf.set_margin(margin)
        self._fit_hero()

    def _fit_hero(self) -> None:
        """Leave room for whole shelves below the hero: as many as still let it be seen."""
        theme, gap = self._context.theme, self._column.spacing()
        shelves = [one for one in self._shelves if not one.isHidden()]
        heights = [one.sizeHint().height() + gap for one in shelves]
        room = self.height() - self._edge
        for seen in range(len(heights), 1, -1):
            if room - sum(heights[:seen]) >= theme.px(ROOMY_HERO):
                self.hero.set_height(room - sum(heights[:seen]))
                return
        self.hero.set_height(room - sum(heights[:1]))

    def _make_body(self) -> QScrollArea:
        theme = self._context.theme
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(theme.px(24))
        self._hero_row = QVBoxLayout()
        self._hero_row.addWidget(self.hero)
        self._column.addLayout(self._hero_row)
        for shelf in self._shelves:
            self._column.addWidget(shelf)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _connect(self) -> None:
        model = self._model
        model.state_changed.connect(self._show_state)
        model.failed.connect(self._on_failed)
        model.forgotten.connect(self._on_forgotten)
        self.hero.play_pressed.connect(self._play)
        self.hero.details_pressed.connect(self._open)
        self.hero.cast_pressed.connect(self._cast)
        self.watching.activated.connect(self._play)
        self.next_up.activated.connect(self._play)
        self.recent.activated.connect(self._open)
        self.for_you.activated.connect(self._open)
        self._suggestions.changed.connect(self._show_suggestions)
        self.watching.context_requested.connect(self._show_menu)

    def _show_state(self) -> None:
        state = self._model.state
        self.hero.show_details(state.hero)
        self.watching.set_cards(state.watching)
        self.next_up.set_cards(state.next_up)
        self.recent.set_cards(state.recent)
        self._fit_hero()
        part: QWidget = self.empty if state.empty else self.body
        changed = self.stack.currentWidget() is not part
        self.stack.setCurrentWidget(part)
        if changed and self.isVisible():
            self.focus_first()

    def _show_suggestions(self) -> None:
        now = self._suggestions.now
        because = self.tr("Because you watched {title}").format(title=now.because)
        self.for_you.set_title(because if now.because else self.tr("For you"))
        self.for_you.set_cards(now.cards)
        self._fit_hero()

    def _play(self, card: Card) -> None:
        if card.kind is MediaKind.SERIES or card.offline:
            self._open(card)
        else:
            self._context.navigator.open("player", item=card.id)

    def _cast(self, card: Card) -> bool:
        return self._context.cast is not None and self._context.cast.ask_card(card)

    def _open(self, card: Card) -> None:
        self._context.navigator.open("details", item=card.id)

    def _show_menu(self, card: Card, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Resume")).triggered.connect(lambda: self._play(card))
        if self._context.cast is not None:
            elsewhere = menu.addAction(self.tr("Play on another screen"))
            elsewhere.triggered.connect(lambda: self._cast(card))
        menu.addAction(self.tr("Details")).triggered.connect(lambda: self._open(card))
        taken = menu.addAction(self.tr("Take off this shelf"))
        taken.triggered.connect(lambda: self._model.forget(card))
        menu.popup(place)

    def _on_forgotten(self, card: Card) -> None:
        said = self.tr("{title} was taken off. Where you were is kept.")
        text = said.format(title=words.headline(card))
        offer_undo(self._context.toasts, text, lambda: self._model.restore(card))

    def _on_failed(self, error: BaseException) -> None:
        if not self._model.state.empty:  # what is shown stays
            self._context.toasts.show(sentence(error), level=NoticeLevel.BAD)
            return
        title = self.tr("This cannot be shown now")
        kept = self.tr("Your files are untouched.")
        self.broken.set_texts(title, f"{sentence(error)} {kept}")
        self.stack.setCurrentWidget(self.broken)
        if self.isVisible():
            self.focus_first()


def create(context: PageContext) -> Page:
    """Build the page."""
    services = context.services
    describe = describer(context)
    model = HomeViewModel(context.bridge, services.library, services.playback, describe)
    mind = getattr(services, "intelligence", None)
    suggestions = Suggestions(context.bridge, mind, services.library)
    page = HomePage(context, model, suggestions)
    model.setParent(page)
    suggestions.setParent(page)
    return page
