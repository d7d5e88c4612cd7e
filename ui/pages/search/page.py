"""The Search page: one line, every source, the right film first."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.wishes import KeptSearch, Wish, WishKind
from ui import search_words as said
from ui.page import Page, PageContext
from ui.pages.search.actions import ResultActions
from ui.pages.search.bar import FilterBar, QueryField
from ui.pages.search.kept import KeptViewModel
from ui.pages.search.results import ResultsArea
from ui.pages.search.side import SidePanel
from ui.pages.search.start import StartPanel
from ui.pages.search.viewmodel import SearchViewModel
from ui.undo import offer_undo
from ui.widgets.empty_state import EmptyState

PLAY_KEYS = (Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaTogglePlayPause)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SIDE = ((1500, 312), (1100, 252), (0, 208))
"""From a window so wide the left column is so wide, at 100 %."""


class SearchPage(Page):
    """The line and the filters; below them what is kept, or what was found."""

    def __init__(
        self,
        context: PageContext,
        model: SearchViewModel,
        kept: KeptViewModel,
        deeds: ResultActions | None = None,
    ) -> None:
        super().__init__()
        self._context, self._model, self._kept = context, model, kept
        theme, picture = context.theme, context.services.library.picture
        self.deeds = deeds or ResultActions(context, model, kept, context.services.search, self)
        self.field = QueryField(theme, self)
        self.filters = FilterBar(theme, self)
        self.side = SidePanel(theme, context.posters, picture, self)
        self.results = ResultsArea(theme, model, self)
        self.start = StartPanel(theme, context.posters, picture, self)
        self.welcome = self._make_welcome()
        self.found = QWidget(self)
        self._columns = QHBoxLayout(self.found)
        self._columns.setSpacing(theme.px(20))
        self._columns.addWidget(self.side)
        self._columns.addWidget(self.results, 1)
        self.stack = QStackedWidget(self)
        for part in (self.welcome, self.start, self.found):
            self.stack.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(14))
        self._head = QVBoxLayout()
        self._head.setSpacing(theme.px(16))
        self._head.addWidget(self.field)
        self._head.addWidget(self.filters)
        self._column.addLayout(self._head)
        self._column.addWidget(self.stack, 1)
        self._connect()
        self._show()

    def opened(self, **args: object) -> None:
        """``text`` is searched at once."""
        self._kept.load()
        text = args.get("text")
        if isinstance(text, str) and text.strip() and text != self._model.typed:
            self.search(text)

    def where(self) -> dict[str, object]:
        """The search shown, for a page that is built anew."""
        return {"text": self._model.typed} if self._model.typed else {}

    def focus_first(self) -> None:
        """The line, or the rows when there are some."""
        if len(self._model.ids):
            self.results.focus_first()
        else:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def search_field(self) -> QWidget | None:
        """The line."""
        return self.field

    def go_back(self) -> bool:
        """Leave the search first: what is kept comes back."""
        if not self._model.typed:
            return False
        self.field.clear()
        self._model.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def cast(self) -> bool:
        """The row that has the focus."""
        rows = self.results.list
        return rows.hasFocus() and self.deeds.cast(rows.current_id())

    def search(self, text: str) -> None:
        """Search for a text."""
        self.field.setText(text)
        self._model.search(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The play key of a remote, and Ctrl+Enter, play the best."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in PLAY_KEYS or (control and event.key() in ENTER):
            self._play_best()
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins of the drawing at every width."""
        theme = self._context.theme
        width = self.window().width()
        margin = theme.margin(width)
        self._column.setContentsMargins(0, theme.px(28), 0, 0)
        self._head.setContentsMargins(margin, 0, margin, 0)
        inset = theme.px(6)  # the left column keeps that much for its rings
        self._columns.setContentsMargins(margin - inset, 0, margin - inset, 0)
        self.start.set_margin(margin)
        side = next(side for least, side in SIDE if width >= theme.px(least))
        self.side.fit(theme.px(side), self.height())

    def _make_welcome(self) -> EmptyState:
        welcome = EmptyState(
            self._context.theme,
            self.tr("What would you like to watch?"),
            self.tr(
                "Type a title, perhaps with its year. Every source is asked at once, "
                "and the right film comes first."
            ),
            self.tr("Enter searches. Enter once more plays the best."),
        )
        welcome.add_button(self.tr("Your sources"), self._open_sources, "plain", "layers")
        return welcome

    def _connect(self) -> None:
        model, kept, results = self._model, self._kept, self.results
        self.field.submitted.connect(model.search)
        self.field.best_wanted.connect(self._play_best)
        self.field.down_wanted.connect(self._go_down)
        self.filters.narrowed.connect(model.narrow)
        self.filters.order_wanted.connect(model.put_in_order)
        self.filters.fresh_wanted.connect(model.refresh)
        self.filters.save_pressed.connect(self._toggle_saved)
        self.side.wish_pressed.connect(self._toggle_wish)
        self.side.sources.retry_pressed.connect(model.retry)
        self.side.sources.chosen.connect(
            lambda source: model.narrow(replace(model.narrowing, source=source))
        )
        results.list.item_activated.connect(self.deeds.press)
        results.list.column_beside = True
        results.list.left_wanted.connect(self.side.focus_first)
        results.list.opened.connect(self.deeds.open)
        results.list.context_requested.connect(self.deeds.show_menu)
        results.follow_wanted.connect(lambda: self._toggle_wish(WishKind.FOLLOW))
        results.sources_wanted.connect(self._open_sources)
        self.start.search_wanted.connect(self.search)
        self.start.wish_removed.connect(kept.remove)
        self.start.recent_removed.connect(kept.forget)
        self.start.saved_removed.connect(kept.unsave)
        model.changed.connect(self._show)
        model.began.connect(self._on_began)
        kept.changed.connect(self._on_kept_changed)
        kept.removed.connect(self._on_removed)
        kept.forgot.connect(self._on_forgot)
        kept.failed.connect(model.failed)

    def _show(self) -> None:
        """Show the search as it stands."""
        model, view = self._model, self._model.view
        searching = bool(model.typed)
        self.filters.setVisible(searching)
        if not searching:
            things = self._kept.things
            kept = things.recent or things.saved or things.watchlist or things.followed
            self.stack.setCurrentWidget(self.start if kept else self.welcome)
            self.field.set_note("")
            return
        self.stack.setCurrentWidget(self.found)
        self.filters.offer(model.languages, model.works)
        self.filters.show_narrowing(model.narrowing, len(model.hidden))
        self.filters.show_late(model.late)
        self.results.refresh()
        self.field.rows_below = len(model.ids) > 0
        if view is not None:
            self.side.show_view(view)
            self.side.sources.show_sources(view.sources, model.narrowing.source)
            self.field.set_note(self._note())
        self._show_wishes()

    def _note(self) -> str:
        view = self._model.view
        if view is None:
            return ""
        text = said.summary(view, self._model.shown)
        if view.cached_at is not None:
            kept = self.tr("kept since {time}").format(time=said.clock_time(view.cached_at))
            text = f"{text} \u00b7 {kept}"
        return text

    def _on_began(self) -> None:
        self.field.set_searched(self._model.typed)
        self.results.go_to_top()
        self._show()

    def _go_down(self) -> None:
        """From the line to the rows, or to what else is below."""
        if len(self._model.ids):
            self.results.focus_first()
        elif self.stack.currentWidget() is self.welcome:
            self.welcome.focus_first()
        else:
            self.focusNextChild()

    def _play_best(self) -> None:
        if self._model.view is not None:
            self._model.play()

    def _toggle_saved(self) -> None:
        if self._model.view is not None:
            self._kept.toggle_saved(self._model.view)

    def _toggle_wish(self, kind: WishKind) -> None:
        if self._model.view is not None:
            self._kept.toggle(kind, self._model.view)
        self._show_wishes()

    def _show_wishes(self) -> None:
        kept, view = self._kept, self._model.view
        watched = kept.wish(WishKind.WATCH, view) is not None
        followed = kept.wish(WishKind.FOLLOW, view) is not None
        self.side.show_wishes(watched, followed)
        self.results.show_followed(followed)
        self.filters.show_saved(kept.saved(view))

    def _on_kept_changed(self) -> None:
        self.start.show_things(self._kept.things)
        self.badge_changed.emit(self._kept.things.news)
        self._show()

    def _on_removed(self, wish: Wish) -> None:
        text = self.tr("{title} was taken off your watchlist.")
        if wish.kind is WishKind.FOLLOW:
            text = self.tr("{title} is not followed any more.")
        offer_undo(
            self._context.toasts,
            text.format(title=wish.title),
            lambda: self._kept.restore(wish),
        )

    def _on_forgot(self, gone: list[KeptSearch]) -> None:
        if gone:
            text = self.tr("%n search(es) forgotten.", "", len(gone))
            offer_undo(self._context.toasts, text, lambda: self._kept.remember(gone))

    def _open_sources(self) -> None:
        self._context.navigator.open("settings", section="search")


def create(context: PageContext) -> Page:
    """Build the page."""
    search = context.services.search
    model = SearchViewModel(context.bridge, search)
    kept = KeptViewModel(context.bridge, search.kept)
    page = SearchPage(context, model, kept)
    model.setParent(page)
    kept.setParent(page)
    return page
