"""What the Studio page knows of all projects: which there are, and how each stands."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import StudioChanged, StudioMoved
from app.domain.project import Brief, ProjectId
from app.domain.studio import ProjectCard
from ui.bridge import Bridge, Call
from ui.pages.studio.ports import ListPort

SETTLE_MS = 200
"""Moves of projects within this time are shown as one."""
UNDO_SECONDS = 10.5
"""So long a removed project can be had back: a little longer than its message is shown."""
SWEEP_MS = 500


class StudioViewModel(QObject):
    """Keeps the list true to the Studio; a removed project goes for good when its undo is over."""

    cards_changed = Signal()
    """Other projects, or another order."""
    moved = Signal(object)
    """The card of a project that is in the list, with something new."""
    failed = Signal(object)
    made = Signal(str)
    """The id of a project that was begun."""
    busy_changed = Signal(bool)
    """A project is being begun."""
    removed = Signal(object)
    put_away = Signal(object)

    def __init__(self, bridge: Bridge, studio: ListPort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._studio = bridge, studio
        self._all: tuple[ProjectCard, ...] | None = None
        self._loading: Call | None = None
        self._moves: dict[ProjectId, ProjectCard] = {}
        self._going: dict[ProjectId, float] = {}  # and when they go for good
        self.archived = False
        """Whether those that were put away are shown."""
        self.error: BaseException | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._flush)
        self._sweep = QTimer(self, interval=SWEEP_MS)
        self._sweep.timeout.connect(self._remove_due)
        bridge.on(StudioChanged, self._on_changed, self)
        bridge.on(StudioMoved, self._on_moved, self)

    @property
    def cards(self) -> tuple[ProjectCard, ...] | None:
        """The projects to show, the latest first; None while they are not known."""
        if self._all is None:
            return None
        return tuple(card for card in self._all if card.id not in self._going)

    def load(self) -> None:
        """Ask for the list."""
        if self._loading is not None:
            self._loading.cancel()
        coro = self._studio.list(archived=self.archived)
        self._loading = self._bridge.call(coro, self._on_listed, self._on_list_failed, self)

    def show_archived(self, on: bool) -> None:
        """Show those that were put away, or those that were not."""
        if on != self.archived:
            self.archived = on
            self._all = None
            self.cards_changed.emit()
            self.load()

    def create(self, brief: Brief) -> None:
        """Begin a project and make its video at once."""
        self.busy_changed.emit(True)
        coro = self._studio.create(brief)
        self._bridge.call(coro, self._on_made, self._on_make_failed, self)

    def duplicate(self, project: ProjectId) -> None:
        """Make a second one like it; nothing runs."""
        self._bridge.call(self._studio.duplicate(project), None, self.failed.emit, self)

    def archive(self, card: ProjectCard, *, away: bool = True) -> None:
        """Put a project away, or take it out again."""
        self._drop(card.id)

        def done(_: None) -> None:
            if away:
                self.put_away.emit(card)

        self._bridge.call(
            self._studio.archive(card.id, away=away), done, self._on_wish_failed, self
        )

    def remove(self, card: ProjectCard) -> None:
        """Remove a project; it can be had back for ten seconds."""
        if card.id in self._going:
            return
        self._going[card.id] = time.monotonic() + UNDO_SECONDS
        self._sweep.start()
        self._bridge.call(self._studio.pause(card.id), None, lambda _error: None, self)
        self.cards_changed.emit()
        self.removed.emit(card)

    def put_back(self, project: ProjectId) -> None:
        """Have a removed project back."""
        if self._going.pop(project, None) is not None:
            self.cards_changed.emit()

    def finish(self) -> None:
        """The program ends: what was removed goes now."""
        for project in list(self._going):
            self._remove_now(project)

    def _remove_due(self) -> None:
        """Let those go whose undo is over."""
        now = time.monotonic()
        for project in [known for known, due in self._going.items() if due <= now]:
            self._remove_now(project)
        if not self._going:
            self._sweep.stop()

    def _remove_now(self, project: ProjectId) -> None:
        del self._going[project]
        self._drop(project)
        self._bridge.call(self._studio.remove(project), None, self._on_wish_failed, self)

    def _drop(self, project: ProjectId) -> None:
        if self._all is not None:
            self._all = tuple(card for card in self._all if card.id != project)
            self.cards_changed.emit()

    def _on_listed(self, cards: Sequence[ProjectCard]) -> None:
        self._loading = None
        self.error = None
        self._all = tuple(cards)
        self._moves.clear()
        self.cards_changed.emit()

    def _on_list_failed(self, error: BaseException) -> None:
        self._loading = None
        self.error = error
        self.failed.emit(error)

    def _on_wish_failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        self.load()

    def _on_made(self, project: ProjectId) -> None:
        self.busy_changed.emit(False)
        self.made.emit(project)

    def _on_make_failed(self, error: BaseException) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(error)

    def _on_changed(self, event: StudioChanged) -> None:
        if self._all is None:
            return
        known = any(card.id == event.project for card in self._all)
        card = event.card
        if card is None or card.archived != self.archived:
            if known:
                self._drop(event.project)
        elif known:
            self._note(card)
        else:
            self._all = (card, *self._all)
            self.cards_changed.emit()

    def _on_moved(self, event: StudioMoved) -> None:
        self._note(event.card)

    def _note(self, card: ProjectCard) -> None:
        self._moves[card.id] = card
        if not self._settle.isActive():
            self._settle.start()

    def _flush(self) -> None:
        moves, self._moves = self._moves, {}
        shown = self._all or ()
        self._all = None if self._all is None else tuple(moves.get(one.id, one) for one in shown)
        for before in shown:
            card = moves.get(before.id)
            if card is not None and replace(card, updated=0.0) != replace(before, updated=0.0):
                self.moved.emit(card)
