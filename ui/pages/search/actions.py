"""What can be done with a row: play it, look into it, say whether it is the one."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.casting import Castable
from app.domain.events import NoticeLevel
from app.domain.search import Decider, Fit, HitKind, Result, ResultId, SearchId, StartKind
from app.domain.wishes import WishKind
from ui import search_words as said
from ui.casting.wanted import Wanted
from ui.messages import sentence
from ui.page import PageContext
from ui.pages.search.details import ResultDetails
from ui.pages.search.kept import KeptViewModel
from ui.pages.search.result_painter import action_of
from ui.pages.search.viewmodel import SearchViewModel
from ui.undo import offer_undo

if TYPE_CHECKING:
    from app.api.searching import Stream
    from app.services.playback.request import Ticket
    from app.services.search.torrents import Contents
    from ui.bridge import Call


class ContentsPort(Protocol):
    """What is asked of the search service about one row."""

    def contents(self, search: SearchId, result: ResultId) -> Coroutine[Any, Any, Contents]:
        """Return what a torrent holds."""

    def parts(self, search: SearchId, result: ResultId) -> Coroutine[Any, Any, tuple[Stream, ...]]:
        """Return the parts of a row."""


class ResultActions(QObject):
    """Plays rows, and shows their menu and their details."""

    def __init__(
        self,
        context: PageContext,
        model: SearchViewModel,
        kept: KeptViewModel,
        port: ContentsPort,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._context, self._model, self._kept = context, model, kept
        self._port, self._page = port, page
        self._details: ResultDetails | None = None
        self._call: Call | None = None
        model.ready.connect(lambda ticket: context.navigator.open("player", ticket=int(ticket)))
        model.chosen.connect(self._on_chosen)
        model.failed.connect(self._on_failed)

    def press(self, number: int) -> None:
        """The button of a row: play it, or tell of it what cannot be played."""
        row = self._model.rows.get(number)
        if row is None:
            return
        if row.best.offer.item is not None:
            self._context.navigator.open("player", item=row.best.offer.item)
        elif row.best.start.kind is StartKind.NEVER:
            self.open(number)
        else:
            self._model.play(number)

    def cast(self, number: int) -> bool:
        """Ask on which screen a row is to play; False when it does not play at all."""
        row, desk = self._model.rows.get(number), self._context.cast
        if row is None or desk is None or row.best.start.kind is StartKind.NEVER:
            return False
        title, item = row.best.offer.name[:60], row.best.offer.item
        bridge, playback = self._context.bridge, self._context.services.playback

        def ask(ticket: Ticket) -> None:
            desk.ask_ticket(ticket, title, lambda: bridge.call(playback.close_ticket(ticket)))

        if item is not None:
            desk.ask(Wanted(Castable(item=item), title))
        else:
            self._model.play(number, then=ask)
        return True

    def open(self, number: int) -> None:
        """Show everything about a row."""
        row = self._model.rows.get(number)
        if row is not None:
            self.details().show_row(row)

    def details(self) -> ResultDetails:
        """The panel that tells everything; built when it is first wanted."""
        if self._details is None:
            made = ResultDetails(self._context.theme, self._page.window())
            made.play_pressed.connect(lambda row, part: self._model.play(row, part))
            made.choose_pressed.connect(self._model.choose)
            made.files_wanted.connect(self.look_inside)
            made.parts_wanted.connect(self.list_parts)
            made.copy_pressed.connect(self.copy)
            made.closed.connect(self._stop_waiting)
            self._details = made
        return self._details

    def show_menu(self, number: int, place: QPoint) -> None:
        """Everything that can be done with a row."""
        row = self._model.rows.get(number)
        if row is None:
            return
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in self._entries(row):
            if entry is None:
                menu.addSeparator()
                continue
            text, run = entry
            menu.addAction(text).triggered.connect(run)
        menu.popup(place)

    def look_inside(self, number: int) -> None:
        """List the files of a torrent before anything of it is fetched."""
        self._fetch(
            number,
            self._port.contents,
            self.tr("Asking those who have it for the list of files…"),
            self._show_files,
        )

    def list_parts(self, number: int) -> None:
        """List the chapters or episodes of a row."""
        self._fetch(number, self._port.parts, self.tr("Asking for its parts…"), self._show_parts)

    def copy(self, text: str) -> None:
        """Put an address where it can be pasted."""
        QGuiApplication.clipboard().setText(text)
        self._context.toasts.show(self.tr("The link is copied."))

    def _entries(self, row: Result) -> list[tuple[str, Callable[[], object]] | None]:
        number, best, model = int(row.id), row.best, self._model
        entries: list[tuple[str, Callable[[], object]] | None] = []
        if best.start.kind is not StartKind.NEVER:
            entries.append((action_of(best).text, lambda: self.press(number)))
            if self._context.cast is not None:
                entries.append((self.tr("Play on another screen"), lambda: self.cast(number)))
        entries.append((self.tr("Everything about it"), lambda: self.open(number)))
        if best.offer.kind is HitKind.TORRENT:
            entries.append((self.tr("What is inside"), lambda: self.look_inside(number)))
        if best.offer.kind is HitKind.ITEM:
            entries.append((self.tr("All parts"), lambda: self.list_parts(number)))
        entries.append(None)
        if best.verdict.by is Decider.OWNER:
            entries.append((self.tr("Forget what I said"), lambda: model.choose(row, None)))
        else:
            entries.append((self.tr("This is the one"), lambda: model.choose(row, True)))
            entries.append((self.tr("This is not it"), lambda: model.choose(row, False)))
        entries += [None, *self._wishes()]
        if best.offer.link:
            entries += [None, (self.tr("Copy the link"), lambda: self.copy(best.offer.link))]
        return entries

    def _wishes(self) -> list[tuple[str, Callable[[], object]]]:
        view, kept = self._model.view, self._kept
        if view is None or view.wanted.address:
            return []
        texts = {
            (WishKind.WATCH, False): self.tr("Put it on the watchlist"),
            (WishKind.WATCH, True): self.tr("Take it off the watchlist"),
            (WishKind.FOLLOW, False): self.tr("Follow it"),
            (WishKind.FOLLOW, True): self.tr("Follow it no longer"),
        }
        return [
            (texts[kind, kept.wish(kind, view) is not None], partial(kept.toggle, kind, view))
            for kind in WishKind
        ]

    def _fetch(
        self,
        number: int,
        ask: Callable[[SearchId, ResultId], Coroutine[Any, Any, Any]],
        waiting: str,
        show: Callable[[Any], None],
    ) -> None:
        row, view = self._model.rows.get(number), self._model.view
        if row is None or view is None:
            return
        details = self.details()
        if details.row_id() != number:
            details.show_row(row)
        details.show_waiting(waiting)
        self._stop_waiting()
        self._call = self._context.bridge.call(
            ask(view.id, row.id),
            show,
            lambda error: details.show_failure(sentence(error)),
            self,
        )

    def _show_files(self, contents: Contents) -> None:
        suspicion = contents.suspicion
        warning = said.doubt(suspicion) if suspicion is not None else ""
        files = [(file.path, file.size) for file in contents.files]
        self.details().show_files(files, warning)

    def _show_parts(self, streams: Sequence[Stream]) -> None:
        self.details().show_parts([(stream.part, stream.title) for stream in streams])

    def _stop_waiting(self) -> None:
        if self._call is not None:
            self._call.cancel()
            self._call = None

    def _on_chosen(self, row: Result, right: bool | None) -> None:
        texts = {
            True: self.tr("{name} is the one for you."),
            False: self.tr("{name} is hidden from now on."),
            None: self.tr("What you said of {name} is forgotten."),
        }
        mine = row.best.verdict.by is Decider.OWNER  # `row` is as it was before
        before = row.best.verdict.fit is Fit.EXACT if mine else None
        text = texts[right].format(name=row.best.offer.name[:60])
        offer_undo(self._context.toasts, text, lambda: self._model.choose(row, before, tell=False))

    def _on_failed(self, error: BaseException) -> None:
        self._context.toasts.show(sentence(error), level=NoticeLevel.BAD, seconds=8.0)
