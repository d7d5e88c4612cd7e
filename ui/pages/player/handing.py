"""Hands the film over to another screen and back, and shows the remote control meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.casting import Castable
from app.services.playback.request import ItemRequest
from ui.casting.wanted import Wanted
from ui.page import PageContext
from ui.pages.player.remote import RemoteView
from ui.pages.player.viewmodel import PlayerViewModel


class Handing(QObject):
    """Joins the film of this screen to what plays elsewhere. Without casting it rests.

    `changed` says that the remote control is to be shown, or not any more.
    """

    changed = Signal()
    left_page = Signal()

    def __init__(self, context: PageContext, model: PlayerViewModel, page: QWidget) -> None:
        super().__init__(page)
        self._model, self._page = model, page
        self._desk = context.cast
        self.view: RemoteView | None = None
        if self._desk is not None:
            self.view = RemoteView(context, self._desk, model.skip_seconds, page)
            self.view.left_page.connect(self.left_page)
            self._desk.local = self.wanted
            self._desk.model.castings_changed.connect(self._on_castings)

    @property
    def possible(self) -> bool:
        """Whether there is casting at all."""
        return self._desk is not None

    @property
    def shown(self) -> bool:
        """Whether the remote control is shown."""
        return self.view is not None and not self.view.isHidden()

    def wanted(self) -> Wanted | None:
        """The film that is open here, at the second it is at; None when there is none."""
        request, engine = self._model.request, self._model.engine
        if request is None or engine is None or not self._model.active:
            return None
        if isinstance(request, ItemRequest):
            what = Castable(item=request.item, file=request.file.id)
        elif request.ticket is not None:
            what = Castable(ticket=int(request.ticket))
        else:
            return None
        return Wanted(what, request.title, engine.position, here=self._stay, taken=self._on_taken)

    def ask(self) -> bool:
        """Ask on which screen the film of this one is to go on; False when there is none."""
        wanted = self.wanted()
        if self._desk is None or wanted is None:
            return False
        self._desk.ask(wanted)
        return True

    def take_over(self) -> None:
        """Something was sent elsewhere: a film that rests here gives way to its remote control."""
        engine = self._model.engine
        if self._desk is None or not self._desk.model.going:
            return
        if self._model.active and engine is not None and engine.paused:
            self._model.stop()

    def show(self, free: bool) -> None:
        """Show the remote control when something plays elsewhere and nothing does here."""
        if self.view is None:
            return
        shown = free and self.view.show_now()
        self.view.setVisible(shown)
        if shown:
            self.view.raise_()
            self.arrange()

    def focus_first(self) -> bool:
        """Give the focus to the remote control, when it is shown."""
        if self.view is None or not self.shown:
            return False
        self.view.focus_first()
        return True

    def go_back(self) -> bool:
        """Close what is open in the remote control."""
        return self.view is not None and self.shown and self.view.go_back()

    def arrange(self) -> None:
        """The remote control covers the page."""
        if self.view is not None:
            self.view.setGeometry(self._page.rect())

    def _stay(self) -> None:
        """It plays on this screen already."""

    def _on_taken(self) -> None:
        """It really plays there: let go of it here."""
        self._model.stop(handed=True)

    def _on_castings(self) -> None:
        wanted = self._desk is not None and self._desk.model.now is not None
        if wanted != self.shown:
            self.changed.emit()
