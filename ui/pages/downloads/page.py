"""The Downloads page: what loads, how far it is, when it will play; and the way to add more."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.downloads import DownloadId
from ui import download_words as said
from ui import words
from ui.messages import sentence
from ui.page import Page, PageContext
from ui.pages.downloads.actions import DownloadActions
from ui.pages.downloads.adding_model import AddingModel
from ui.pages.downloads.bar import ShelfChips
from ui.pages.downloads.chart_card import ChartCard
from ui.pages.downloads.cover import DropCover
from ui.pages.downloads.details_model import DetailsModel
from ui.pages.downloads.links import Dropped, dropped, is_offer, links_in
from ui.pages.downloads.shelves import Shelf
from ui.pages.downloads.strip import ClipboardStrip
from ui.pages.downloads.table import SCROLL_BAR, DownloadBook, DownloadList, TableHeader
from ui.pages.downloads.top import TopBar
from ui.pages.downloads.viewmodel import DownloadsViewModel
from ui.widgets.empty_state import EmptyState
from ui.widgets.skeleton import Skeleton

RING = 6  # pixels at 100 % the table keeps free at its sides for the focus ring


class DownloadsPage(Page):
    """The head; below it the chart, the chips and the table, or why there is none."""

    def __init__(
        self,
        context: PageContext,
        model: DownloadsViewModel,
        adding: AddingModel,
        watching: DetailsModel,
    ) -> None:
        super().__init__()
        self._context, self._model = context, model
        theme = context.theme
        self.setAcceptDrops(True)
        self._goal: DownloadId | None = None
        self._rows_awaited = False  # the keyboard goes to the rows once they are there
        self.top = TopBar(theme, self)
        self.strip = ClipboardStrip(theme, self)
        self.card = ChartCard(theme, self)
        self.chips = ShelfChips(theme, self)
        self._book = DownloadBook(model.row, self)
        self.table = DownloadList(theme, self._book, self)
        self.table.set_margins(theme.px(RING), 0, theme.px(24))
        self.header = TableHeader(theme, self.table.painter, self)
        self.deeds = DownloadActions(context, model, adding, watching, self)
        self.empty = self._make_empty()
        self.broken = self._make_broken()
        self.nothing = self._make_nothing()
        self.skeleton = Skeleton(theme, "results", self)
        self._lay_out()
        self.cover = DropCover(theme, self)
        self._connect()
        self._show()

    def opened(self, **args: object) -> None:
        """``link`` is looked into at once; ``download`` names the one to go to."""
        self._model.wake()
        link, download = args.get("link"), args.get("download")
        if isinstance(link, str) and link:
            self.deeds.ask_link(link)
        elif isinstance(download, str):
            self.go_to(DownloadId(download))
        self._offer_clipboard()

    def left(self) -> None:
        """Nothing has to move where nobody looks."""
        self._model.rest()

    def focus_first(self) -> None:
        """The rows, or what to press."""
        if self.stack.currentWidget() is self.empty:
            self.empty.focus_first()
        elif self.stack.currentWidget() is self.broken:
            self.broken.focus_first()
        elif len(self._model.ids):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._rows_awaited = not self._model.loaded
            self.top.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> bool:
        """Pick nothing first, then show everything."""
        if self.table.drop_picks():
            return True
        if self._model.shelf is Shelf.ALL:
            return False
        self._model.show(Shelf.ALL)
        return True

    def cast(self) -> bool:
        """The row that has the focus."""
        return self.table.hasFocus() and self.deeds.cast(self.table.current_id())

    def shut(self) -> None:
        """The program ends."""
        self._model.rest()

    def go_to(self, download: DownloadId) -> None:
        """Make a download the current one, wherever it is; one that is on its way when it comes."""
        self._goal = download
        number = self._model.number_of(download)
        if self._model.row(number) is None:
            return
        self._goal = None
        if not self.table.set_current_id(number):
            self._model.show(Shelf.ALL)
            self.table.set_current_id(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V adds what the clipboard holds."""
        if event.matches(QKeySequence.StandardKey.Paste):
            links = links_in(QGuiApplication.clipboard().text())
            if links:
                self.deeds.take(Dropped(links))
            else:
                self._context.toasts.show(self.tr("There is no link in the clipboard."))
            event.accept()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say that it can be let go here."""
        if _carried(event):
            event.acceptProposedAction()
            self.cover.cover(self.rect())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It was carried away again."""
        self.cover.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self.cover.hide()
        found = _carried(event)
        if found:
            event.acceptProposedAction()
            self.deeds.take(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins of the drawing at every width."""
        theme = self._context.theme
        margin = theme.margin(self.window().width())
        low = self.height() < theme.px(860)
        self._column.setContentsMargins(0, theme.px(20 if low else 32), 0, 0)
        self._column.setSpacing(theme.px(14 if low else 20))
        self._head.setContentsMargins(margin, 0, margin, 0)
        self._upper.setContentsMargins(margin, 0, margin, 0)
        inset = theme.px(RING)
        bar = theme.px(SCROLL_BAR)
        self._lower.setContentsMargins(margin - inset, 0, max(0, margin - inset - bar), 0)
        self._busy.setContentsMargins(inset, 0, inset + bar, 0)
        self.header.set_inset(inset, inset + bar)
        self.card.fit(self.height())
        self.top.fit(self.width() - 2 * margin)

    # Building.

    def _lay_out(self) -> None:
        px = self._context.theme.px
        self._head = QVBoxLayout()
        self._head.setSpacing(px(14))
        self._head.addWidget(self.top)
        self._head.addWidget(self.strip)
        self.full = QWidget(self)
        column = QVBoxLayout(self.full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._upper = QVBoxLayout()
        self._upper.setSpacing(px(16))
        self._upper.addWidget(self.card)
        self._upper.addWidget(self.chips)
        column.addLayout(self._upper)
        self._lower = QVBoxLayout()
        self._lower.setSpacing(0)
        self._lower.addWidget(self.header)
        self.rows = QStackedWidget(self.full)
        busy = QWidget(self.rows)
        self._busy = QVBoxLayout(busy)
        self._busy.addWidget(self.skeleton)
        for part in (busy, self.table, self.nothing):
            self.rows.addWidget(part)
        self._lower.addWidget(self.rows, 1)
        column.addLayout(self._lower, 1)
        self.stack = QStackedWidget(self)
        for part in (self.full, self.empty, self.broken):
            self.stack.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.stack, 1)

    def _make_empty(self) -> EmptyState:
        empty = EmptyState(
            self._context.theme,
            self.tr("Nothing to download yet"),
            self.tr(
                "Paste a link, or drop one here: a magnet link, a torrent file, the address of a "
                "film or of a stream. It plays while it loads."
            ),
            self.tr("Ctrl+V adds the link you copied."),
        )
        add, search = self.tr("Add link or file"), self.tr("Search for something")
        empty.add_button(add, lambda: self.deeds.ask_link(), "main", "plus")
        empty.add_button(search, lambda: self._context.navigator.open("search"), "plain", "search")
        return empty

    def _make_broken(self) -> EmptyState:
        broken = EmptyState(
            self._context.theme,
            self.tr("The downloads cannot be read now"),
            "",
            icon="triangle-alert",
        )
        broken.add_button(self.tr("Try again"), self._model.load, "main", "refresh-cw")
        return broken

    def _make_nothing(self) -> QWidget:
        from ui.widgets.button import Button
        from ui.widgets.label import Label

        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.addStretch(2)
        column.addWidget(
            Label(self.tr("There is no download of this kind just now."), "body"),
            0,
            Qt.AlignmentFlag.AlignHCenter,
        )
        column.addSpacing(self._context.theme.px(14))
        row = QHBoxLayout()
        self.show_all = Button(self._context.theme, self.tr("Show all"), "plain", "list")
        self.show_all.clicked.connect(lambda _on=False: self._model.show(Shelf.ALL))
        row.addStretch(1)
        row.addWidget(self.show_all)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        return holder

    def _connect(self) -> None:
        model, deeds, top = self._model, self.deeds, self.top
        top.add_pressed.connect(lambda: deeds.ask_link())
        top.pause_pressed.connect(model.toggle_all)
        top.limit_chosen.connect(model.set_limit)
        top.settings_wanted.connect(
            lambda: self._context.navigator.open("settings", section="downloads")
        )
        self.strip.accepted.connect(deeds.ask_link)
        self.card.range_chosen.connect(model.set_range)
        self.chips.chosen.connect(model.show)
        table = self.table
        table.item_activated.connect(deeds.activate)
        table.pressed.connect(lambda item, deed: deeds.press(item, deed, table.targets(item)))
        table.toggled.connect(lambda item: model.toggle(*table.targets(item)))
        table.opened.connect(deeds.open)
        table.context_requested.connect(
            lambda item, place: deeds.show_menu(item, place, table.targets(item))
        )
        table.picks_changed.connect(lambda _count: self._show_counts())
        deeds.picked.connect(lambda item: table.drop_picks() if item < 0 else table.pick(item))
        model.rows_changed.connect(self._book.changed)
        model.rows_changed.connect(lambda _numbers: self._go_to_goal())
        self.deeds.added.connect(self.go_to)
        model.ids_changed.connect(self._show)
        model.state_changed.connect(self._show)
        model.traffic_changed.connect(self._show_traffic)
        model.limits_changed.connect(self._show_traffic)
        model.chart_changed.connect(lambda: self.card.show_samples(model.samples, model.seconds))

    # Showing.

    def _show(self) -> None:
        """Show the rows as they are, or what stands for them."""
        model = self._model
        counts = model.counts
        had_focus = self.table.hasFocus()
        self.table.set_ids(model.ids)
        self.chips.show_counts(counts, model.shelf)
        self._show_counts()
        nothing = model.loaded and not counts[Shelf.ALL]
        self.top.show_empty(nothing)
        if model.error is not None:
            kept = self.tr("What was fetched is kept, and goes on as soon as it can.")
            title = self.tr("The downloads cannot be read now")
            self.broken.set_texts(title, sentence(model.error), kept)
            self.stack.setCurrentWidget(self.broken)
        else:
            self.stack.setCurrentWidget(self.empty if nothing else self.full)
        if not model.loaded:
            self.rows.setCurrentIndex(0)
        else:
            self.rows.setCurrentWidget(self.table if len(model.ids) else self.nothing)
        awaited = self._rows_awaited and model.loaded
        self._rows_awaited = self._rows_awaited and not model.loaded
        still = self.window().focusWidget() is self.top.add
        if (had_focus and not self.table.isVisible()) or (awaited and still):
            self.focus_first()

    def _show_traffic(self) -> None:
        self.card.show_traffic(self._model.traffic)
        self.top.show_traffic(self._model.traffic, self._model.wishes)
        self._show_counts()

    def _show_counts(self) -> None:
        model = self._model
        counts = model.counts
        text = said.counts(counts[Shelf.ACTIVE], counts[Shelf.QUEUED], counts[Shelf.SEEDING])
        if not model.loaded:
            text = "" if model.error is not None else self.tr("One moment\u2026")
        picked = self.table.picked()
        if picked > 1:
            text = words.SEPARATOR.join((self.tr("%n picked", "", picked), text))
        self.top.show_counts(text, all_paused=model.all_paused)

    def _go_to_goal(self) -> None:
        if self._goal is not None:
            self.go_to(self._goal)

    def _offer_clipboard(self) -> None:
        link = is_offer(QGuiApplication.clipboard().text())
        self.strip.offer("" if not link or self._model.holds(link) else link)


def _carried(event: QDropEvent) -> Dropped:
    """What a drag carries that could be added."""
    data = event.mimeData()
    addresses = [url.toString(url.ComponentFormattingOption.FullyEncoded) for url in data.urls()]
    return dropped(addresses, data.text() if data.hasText() else "")


def create(context: PageContext) -> Page:
    """Build the page."""
    downloads, settings = context.services.downloads, context.services.settings
    model = DownloadsViewModel(context.bridge, downloads, settings)
    adding = AddingModel(context.bridge, downloads)
    watching = DetailsModel(context.bridge, downloads)
    page = DownloadsPage(context, model, adding, watching)
    for each in (model, adding, watching):
        each.setParent(page)
    return page
