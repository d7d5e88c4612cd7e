"""The Library page: the wall of everything the owner keeps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.domain.events import NoticeLevel
from app.domain.media import Card, Folder, ItemId, MediaKind, Sort
from ui import words
from ui.messages import sentence
from ui.page import Page, PageContext
from ui.pages.library.header import FilterRow, LibraryHeader, MeaningStrip, ScanStrip
from ui.pages.library.viewmodel import LibraryViewModel
from ui.undo import tell_marked
from ui.widgets.cards import CardBook
from ui.widgets.empty_state import EmptyState
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.item_list import ItemList
from ui.widgets.poster_grid import PosterGrid
from ui.widgets.skeleton import Skeleton
from ui.widgets.virtual_view import VirtualView


class LibraryPage(Page):
    """Header, filters, the scan at work, and the wall, or why there is none."""

    def __init__(self, context: PageContext, model: LibraryViewModel) -> None:
        super().__init__()
        self._context, self._model = context, model
        self._book = CardBook(model.want, self)
        theme, posters = context.theme, context.posters
        picture = context.services.library.picture
        self.header = LibraryHeader(theme, self)
        self.filters = FilterRow(theme, self)
        self.scan = ScanStrip(theme, self)
        self.meaning = MeaningStrip(theme, self)
        self.grid = PosterGrid(theme, self._book, posters, picture, self)
        self.list = ItemList(theme, self._book, posters, picture, self)
        self.stack = QStackedWidget(self)
        self.skeleton = Skeleton(theme, "grid", self)
        self.empty = self._make_empty()
        self.nothing = self._make_nothing()
        self.broken = self._make_broken()
        for part in (self.skeleton, self.grid, self.list, self.empty, self.nothing, self.broken):
            self.stack.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.px(18))
        for widget in (self.header, self.filters):
            self._column.addWidget(widget)
        self._scan_row = QVBoxLayout()
        self._scan_row.setSpacing(theme.px(10))
        for strip in (self.scan, self.meaning):
            self._scan_row.addWidget(strip)
        self._column.addLayout(self._scan_row)
        self._column.addWidget(self.stack, 1)
        self._wall: VirtualView[Card] = self.grid
        self._from_top = False
        self._connect()

    def opened(self, **args: object) -> None:
        """Load at the first visit; ``text`` searches, ``add`` asks for a folder."""
        if not self._model.loaded:
            self._model.reload()
        text = args.get("text")
        if isinstance(text, str):
            self.header.field.setText(text)
        if args.get("add"):
            self.choose_folder()
        self._show_state()

    def focus_first(self) -> None:
        """The wall, or the button that fills it."""
        current = self.stack.currentWidget()
        if isinstance(current, EmptyState):
            current.focus_first()
        else:
            self._wall.setFocus(Qt.FocusReason.OtherFocusReason)

    def search_field(self) -> QWidget | None:
        """The field in the header."""
        return self.header.field if self.header.tools.isVisible() else None

    def cast(self) -> bool:
        """The item that has the focus."""
        card = self._book.card(self._wall.current_id()) if self._wall.hasFocus() else None
        desk = self._context.cast
        return card is not None and desk is not None and desk.ask_card(card)

    def choose_folder(self) -> None:
        """Ask which folder to add, inside the window, so that a remote can do it too."""
        picker = FolderPicker(self._context.theme, self.window())
        picker.chosen.connect(self._model.add_folder)
        picker.open()

    def resizeEvent(self, event: object) -> None:
        """Keep the margins of the drawing at every width."""
        margin = self._context.theme.margin(self.window().width())
        self._column.setContentsMargins(0, self._context.theme.px(28), 0, 0)
        for widget in (self.header, self.filters, self._scan_row):
            widget.setContentsMargins(margin, 0, margin, 0)
        for wall in (self.grid, self.list):
            wall.set_margins(margin, self._context.theme.px(16), margin)

    def _connect(self) -> None:
        model, header, filters = self._model, self.header, self.filters
        header.searched.connect(model.search)
        header.view_chosen.connect(self._choose_view)
        header.add_pressed.connect(self.choose_folder)
        filters.kinds_chosen.connect(model.show_kinds)
        filters.unwatched_chosen.connect(model.show_unwatched)
        filters.decade_chosen.connect(model.show_decade)
        filters.resolution_chosen.connect(model.show_resolution)
        filters.sort_chosen.connect(self._sort)
        self.scan.cancel_pressed.connect(model.cancel_scans)
        self.meaning.titles_pressed.connect(model.only_titles)
        model.meaning_changed.connect(self._on_meaning_changed)
        model.ids_changed.connect(self._on_ids_changed)
        model.cards_arrived.connect(self._book.put)
        model.cards_outdated.connect(self._book.outdate)
        model.summary_changed.connect(self._on_summary_changed)
        model.scans_changed.connect(lambda: self.scan.show_scans(model.scans.values()))
        model.suggestions_changed.connect(self._on_suggestions_changed)
        model.folder_added.connect(self._on_folder_added)
        model.marked.connect(self._on_marked)
        model.failed.connect(self._on_failed)
        for wall in (self.grid, self.list):
            wall.item_activated.connect(self._open_item)
            wall.context_requested.connect(self._show_menu)

    def _make_empty(self) -> EmptyState:
        empty = EmptyState(
            self._context.theme,
            self.tr("Show me your films"),
            self.tr(
                "Choose the folder they live in. Nothing is moved or changed; new files appear "
                "here by themselves."
            ),
        )
        empty.add_button(self.tr("Add folder"), self.choose_folder, "main", "folder-plus")
        return empty

    def _make_nothing(self) -> EmptyState:
        nothing = EmptyState(
            self._context.theme,
            self.tr("Nothing like that here"),
            self.tr("No item fits the search and the filters. Everything is still there."),
            icon="search",
            tone="dim",
        )
        nothing.add_button(self.tr("Show everything"), self._clear_filters, "main", "rotate-ccw")
        return nothing

    def _make_broken(self) -> EmptyState:
        broken = EmptyState(
            self._context.theme,
            self.tr("The library cannot be read now"),
            "",
            icon="triangle-alert",
        )
        broken.add_button(self.tr("Try again"), self._model.reload, "main", "refresh-cw")
        return broken

    def _choose_view(self, name: str) -> None:
        new: VirtualView[Card] = self.list if name == "list" else self.grid
        if new is not self._wall:
            current = self._wall.current_id()
            self._wall = new
            new.set_ids(self._model.ids)
            new.set_current_id(current)
            self._show_state()

    def _show_state(self) -> None:
        model = self._model
        if not model.loaded:
            part: QWidget = self.skeleton
        elif len(model.ids) or model.scans:
            part = self._wall
        elif model.filtered or model.folders:
            part = self.nothing
        else:
            part = self.empty
        first = part is self.empty
        if first and self.stack.currentWidget() is not self.empty:
            self._model.look_around()
        had_focus = self.stack.isAncestorOf(self.focusWidget() or self)
        self.stack.setCurrentWidget(part)
        self.filters.setVisible(not first)
        self.header.tools.setVisible(not first)
        if had_focus and self.isVisible():
            self.focus_first()

    def _sort(self, order: Sort) -> None:
        """Another order is read from its beginning."""
        self._from_top = True
        self._model.sort(order)

    def _clear_filters(self) -> None:
        self.filters.clear()
        self.header.field.clear()
        self._model.clear_filters()

    def _on_ids_changed(self) -> None:
        self._wall.set_ids(self._model.ids)
        if self._from_top:
            self._from_top = False
            self._wall.go_to(0, smooth=False)
        self._say_nothing()
        self._show_state()

    def _on_meaning_changed(self) -> None:
        """Only titles was pressed, or another text typed: the strip goes, the focus stays."""
        found, had_focus = self._model.by_meaning, self.meaning.titles.hasFocus()
        if found is not None:
            self.meaning.show_found(found.titles, found.by_rules)
        else:
            self.meaning.hide()
        if found is None and had_focus:
            self.header.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_nothing(self) -> None:
        """Nothing of this kind, and nothing that fits a filter, are different things."""
        if self._model.filtered:
            self.nothing.set_texts(
                self.tr("Nothing like that here"),
                self.tr("No item fits the search and the filters. Everything is still there."),
            )
        else:
            said = {
                MediaKind.SERIES: self.tr("No series yet"),
                MediaKind.VIDEO: self.tr("No videos of your own yet"),
            }.get(self._model.query.kinds[0], self.tr("No films yet"))
            text = self.tr("New files in your folders appear here by themselves.")
            self.nothing.set_texts(said, text)

    def _on_summary_changed(self) -> None:
        self.header.show_summary(self._model.summary)
        self.filters.offer(self._model.summary)
        self._show_state()

    def _on_suggestions_changed(self) -> None:
        found = self._model.suggestions[:1]
        for path, display, size in found:
            said = self.tr("Found on this machine: {folder} ({size} of video)")
            self.empty.set_faint(said.format(folder=display, size=words.size(size)))
            if not self.empty.has_second():
                add: Callable[[], object] = partial(self._model.add_folder, path)
                self.empty.add_button(self.tr("Add this one"), add, "plain", "hard-drive")

    def _on_folder_added(self, folder: Folder) -> None:
        said = self.tr("{folder} was added. Its films appear while it is read.")
        self._toast(said.format(folder=folder.display), NoticeLevel.GOOD)

    def _on_failed(self, error: BaseException) -> None:
        if self._model.loaded and len(self._model.ids):
            self._toast(sentence(error), NoticeLevel.BAD)
            return
        kept = self.tr("Your files are untouched.")
        title = self.tr("The library cannot be read now")
        self.broken.set_texts(title, f"{sentence(error)} {kept}")
        self.stack.setCurrentWidget(self.broken)
        if self.isVisible():
            self.broken.focus_first()

    def _open_item(self, item: int) -> None:
        self._context.navigator.open("details", item=ItemId(item))

    def _show_menu(self, item: int, place: QPoint) -> None:
        card = self._book.card(item)
        if card is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opens = menu.addAction(self.tr("Details"))
        opens.triggered.connect(lambda: self._open_item(item))
        if card.kind is not MediaKind.SERIES and not card.offline:
            play = menu.addAction(self.tr("Play"))
            navigator = self._context.navigator
            play.triggered.connect(lambda: navigator.open("player", item=card.id))
            desk = self._context.cast
            if desk is not None:
                elsewhere = menu.addAction(self.tr("Play on another screen"))
                elsewhere.triggered.connect(lambda: desk.ask_card(card))
        text = self.tr("Mark as not watched") if card.watched else self.tr("Mark as watched")
        mark = menu.addAction(text)
        mark.triggered.connect(lambda: self._model.mark_watched(card, not card.watched))
        menu.popup(place)

    def _on_marked(self, card: Card, watched: bool) -> None:
        tell_marked(
            self._context.toasts,
            card,
            watched,
            lambda: self._model.mark_watched(card, not watched),
        )

    def _toast(self, text: str, level: NoticeLevel) -> None:
        self._context.toasts.show(text, level=level)


def create(context: PageContext) -> Page:
    """Build the page."""
    services = context.services
    model = LibraryViewModel(context.bridge, services.library, services.playback, services.meaning)
    page = LibraryPage(context, model)
    model.setParent(page)
    return page
