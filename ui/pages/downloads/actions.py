"""What can be done with downloads: buttons, keys, the menu of a row, and what is told after it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.downloads import ENDED, Download, DownloadId, DownloadKind, DownloadState
from app.domain.errors import AppError
from app.domain.events import NoticeLevel
from app.services.playback.request import Ticket
from ui.messages import sentence
from ui.page import PageContext
from ui.pages.downloads.add_panel import AddPanel
from ui.pages.downloads.adding_model import AddingModel
from ui.pages.downloads.deeds import Deed, can_pause, can_play, can_retry
from ui.pages.downloads.details import ABOUT, FILES, DetailsDrawer
from ui.pages.downloads.details_model import DetailsModel
from ui.pages.downloads.links import Dropped
from ui.pages.downloads.viewmodel import DownloadsViewModel
from ui.undo import offer_undo
from ui.widgets.folder_picker import FolderPicker

Entry = tuple[str, Callable[[], object]] | None
LONGEST_NAME = 60


class DownloadActions(QObject):
    """Does what is asked of rows; panels are built when they are first wanted."""

    added = Signal(object)
    """The id of the first download that was added; its row may still be on its way."""
    picked = Signal(int)
    """The number of a row to pick, or not any more; -1: none."""

    def __init__(
        self,
        context: PageContext,
        model: DownloadsViewModel,
        adding: AddingModel,
        watching: DetailsModel,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._context, self._model, self._page = context, model, page
        self._adding, self._watching = adding, watching
        self._drawer: DetailsDrawer | None = None
        self._panel: AddPanel | None = None
        self._play_next: DownloadId | None = None
        model.ready.connect(lambda ticket: context.navigator.open("player", ticket=int(ticket)))
        model.failed.connect(self._on_failed)
        model.removed.connect(self._on_removed)
        model.moved.connect(self._on_moved)
        model.rows_changed.connect(self._on_rows_changed)
        adding.added.connect(self._on_added)
        adding.failed.connect(self._on_not_added)
        watching.failed.connect(self._on_failed)

    # Rows.

    def activate(self, number: int) -> None:
        """Enter on a row: play it, or tell everything about what cannot be played."""
        row = self._model.row(number)
        if row is None:
            return
        if can_play(row):
            self._model.play(number)
        else:
            self.open(number)

    def press(self, number: int, deed: Deed, among: Sequence[int] = ()) -> None:
        """A button or a key of a row; `among` are the rows that are picked with it."""
        several = among or (number,)
        if self._model.row(number) is None:
            return
        if deed is Deed.PLAY:
            self.activate(number)
        elif deed in (Deed.PAUSE, Deed.GO):
            self._model.toggle(*several, pause=deed is Deed.PAUSE)
        elif deed is Deed.RETRY:
            self._model.retry(*several)
        elif deed is Deed.UP:
            self._model.step(number, -1)
        elif deed is Deed.REMOVE:
            self._model.remove(*several, files=False)

    def cast(self, number: int) -> bool:
        """Ask on which screen a row is to play; False when it cannot be played yet."""
        row, desk = self._model.row(number), self._context.cast
        if row is None or desk is None or not can_play(row):
            return False
        bridge, playback = self._context.bridge, self._context.services.playback

        def ask(ticket: Ticket) -> None:
            title = _short(row.name)
            desk.ask_ticket(ticket, title, lambda: bridge.call(playback.close_ticket(ticket)))

        self._model.play(number, then=ask)
        return True

    def open(self, number: int, tab: str = FILES) -> None:
        """Show everything about a row."""
        row = self._model.row(number)
        if row is not None:
            self.drawer().show_row(row, tab)

    def drawer(self) -> DetailsDrawer:
        """The drawer with everything about a row."""
        if self._drawer is None:
            made = DetailsDrawer(self._context.theme, self._page.window(), self._watching)
            made.pressed.connect(lambda of, deed: self.press(self._model.number_of(of), deed))
            made.play_wanted.connect(
                lambda of, index: self._model.play(self._model.number_of(of), index)
            )
            made.move_wanted.connect(lambda of: self.move(self._model.number_of(of)))
            made.open_wanted.connect(lambda of: self.open_folder(self._model.number_of(of)))
            made.copied.connect(lambda _link: self._tell_copied())
            self._page.destroyed.connect(made.deleteLater)
            self._drawer = made
        return self._drawer

    def choose_file(self, number: int) -> None:
        """Show the files of a row, with the keyboard on them."""
        self.open(number)
        self.drawer().files.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_menu(self, number: int, place: QPoint, among: Sequence[int] = ()) -> None:
        """Everything that can be done with a row, or with those that are picked with it."""
        row = self._model.row(number)
        if row is None:
            return
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        several = len(among) > 1
        for entry in self._entries_of(among) if several else self._entries(number, row):
            if entry is None:
                menu.addSeparator()
                continue
            text, run = entry
            menu.addAction(text).triggered.connect(lambda _on=False, deed=run: deed())
        menu.popup(place)

    def move(self, number: int) -> None:
        """Ask for another folder, and take it there."""
        row = self._model.row(number)
        if row is None:
            return
        picker = FolderPicker(self._context.theme, self._page.window(), row.folder or None)
        picker.chosen.connect(lambda folder: self._model.move(number, bytes(folder)))
        picker.open()

    def open_folder(self, number: int) -> None:
        """Show where it lies in the desktop's file manager."""
        row = self._model.row(number)
        if row is None or not row.folder:
            return
        opened = QDesktopServices.openUrl(QUrl.fromLocalFile(os.fsdecode(row.folder)))
        if not opened:
            text = self.tr("The folder could not be opened.")
            self._context.toasts.show(text, level=NoticeLevel.WARN)

    # Adding.

    def ask_link(self, link: str = "") -> None:
        """Open the panel that adds; a link is looked into at once."""
        self.panel().ask(link)

    def take(self, dropped: Dropped) -> None:
        """Links and .torrent files were dropped or pasted: one is looked into, several added."""
        if len(dropped.links) + len(dropped.torrents) > 1:
            self._adding.add_all(dropped.links, dropped.torrents)
        elif dropped.links:
            self.panel().ask(dropped.links[0])
        elif dropped.torrents:
            self.panel().ask(torrent=dropped.torrents[0])

    def panel(self) -> AddPanel:
        """The panel that adds."""
        if self._panel is None:
            made = AddPanel(
                self._context.theme,
                self._page.window(),
                self._adding,
                lambda: self._model.wishes.folder,
            )
            made.several_wanted.connect(self._adding.add_all)
            self._page.destroyed.connect(made.deleteLater)
            self._panel = made
        return self._panel

    def close(self) -> None:
        """The page goes, and its panels with it."""
        for overlay in (self._drawer, self._panel):
            if overlay is not None:
                overlay.dismiss()
                overlay.deleteLater()
        self._drawer = self._panel = None

    # Inside.

    def _entries_of(self, among: Sequence[int]) -> list[Entry]:
        """What can be done with several."""
        model = self._model
        rows = [row for one in among if (row := model.row(one)) is not None]
        entries: list[Entry] = []
        if any(map(can_pause, rows)):
            entries.append((self.tr("Pause"), lambda: model.toggle(*among, pause=True)))
        if any(row.state is DownloadState.PAUSED for row in rows):
            entries.append((self.tr("Go on"), lambda: model.toggle(*among, pause=False)))
        if any(map(can_retry, rows)):
            entries.append((self.tr("Try again"), lambda: model.retry(*among)))
        return [
            *entries,
            None,
            (self.tr("Remove from the list"), lambda: model.remove(*among, files=False)),
            (self.tr("Remove with its files"), lambda: model.remove(*among, files=True)),
            None,
            (self.tr("Pick none"), lambda: self.picked.emit(-1)),
        ]

    def _entries(self, number: int, row: Download) -> list[Entry]:
        model = self._model
        entries: list[Entry] = []
        if can_play(row):
            entries.append((self.tr("Play"), lambda: model.play(number)))
            if self._context.cast is not None:
                entries.append((self.tr("Play on another screen"), lambda: self.cast(number)))
        if row.state in ENDED and row.files > 1:
            what = self.tr("Choose what to play\u2026")
            entries.append((what, lambda: self.choose_file(number)))
        if row.state is DownloadState.PAUSED:
            entries.append((self.tr("Go on"), lambda: model.toggle(number)))
        elif can_pause(row):
            entries.append((self.tr("Pause"), lambda: model.toggle(number)))
        if can_retry(row):
            entries.append((self.tr("Try again"), lambda: model.retry(number)))
        entries.append((self.tr("Everything about it"), lambda: self.open(number)))
        if row.state not in ENDED:
            entries += [
                None,
                (self.tr("To the top of the queue"), lambda: model.step(number, 0)),
                (self.tr("Earlier in the queue"), lambda: model.step(number, -1)),
                (self.tr("Later in the queue"), lambda: model.step(number, 1)),
            ]
        entries += [None, (self.tr("Limits\u2026"), lambda: self.open(number, ABOUT))]
        if row.kind is DownloadKind.TORRENT and row.done:
            entries.append((self.tr("Check what is here"), lambda: model.check(number)))
        entries.append((self.tr("Move to another folder\u2026"), lambda: self.move(number)))
        entries.append((self.tr("Open the folder"), lambda: self.open_folder(number)))
        if row.link:
            entries.append((self.tr("Copy the link"), lambda: self._copy(row)))
        entries += [
            None,
            (self.tr("Remove from the list"), lambda: model.remove(number, files=False)),
            (self.tr("Remove with its files"), lambda: model.remove(number, files=True)),
            None,
            (self.tr("Pick it, or not"), lambda: self.picked.emit(number)),
        ]
        return entries

    def _copy(self, row: Download) -> None:
        QGuiApplication.clipboard().setText(row.link)
        self._tell_copied()

    def _tell_copied(self) -> None:
        self._context.toasts.show(self.tr("The link is copied."))

    def _on_rows_changed(self, numbers: tuple[int, ...]) -> None:
        shown = self._drawer.shown() if self._drawer is not None else None
        if shown is not None and self._drawer is not None:
            number = self._model.number_of(shown.id)
            row = self._model.row(number)
            if number in numbers and row is not None:
                self._drawer.update_row(row)
        if self._play_next is not None:
            number = self._model.number_of(self._play_next)
            if self._model.row(number) is not None:
                self._play_next = None
                self._model.play(number)

    def _on_added(self, ids: list[DownloadId], play: bool) -> None:
        if self._panel is not None:
            self._panel.dismiss()
        text = self.tr("%n download(s) added.", "", len(ids))
        self._context.toasts.show(text, level=NoticeLevel.GOOD)
        self.added.emit(ids[0])
        if play:
            self._play_next = ids[0]
            self._on_rows_changed(())

    def _on_not_added(self, error: BaseException) -> None:
        if self._panel is None or not self._panel.isVisible():
            self._on_failed(error)
        elif isinstance(error, AppError) and error.key == "errors.download_known":
            self._panel.dismiss()
            self._context.toasts.show(sentence(error))

    def _on_removed(self, rows: tuple[Download, ...], files: bool) -> None:
        count = len(rows)
        if count > 1 and files:
            text = self.tr("%n downloads were removed, and their files go in a moment.", "", count)
        elif count > 1:
            text = self.tr("%n downloads were removed. Their files stay where they are.", "", count)
        elif files:
            text = self.tr("{name} was removed, and its files go with it in a moment.")
        else:
            text = self.tr("{name} was removed from the list. Its files stay where they are.")
        said = text.format(name=_short(rows[0].name))
        ids = [row.id for row in rows]
        offer_undo(self._context.toasts, said, lambda: self._model.restore(*ids))

    def _on_moved(self, row: Download) -> None:
        text = self.tr("{name} lies in the other folder now.").format(name=_short(row.name))
        self._context.toasts.show(text, level=NoticeLevel.GOOD)

    def _on_failed(self, error: BaseException) -> None:
        self._context.toasts.show(sentence(error), level=NoticeLevel.BAD, seconds=8.0)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}\u2026"
