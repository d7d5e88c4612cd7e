"""The queue: everything that has not gone out yet, by time, and the switch that holds it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.pages.publishing.deeds import Desk
from ui.pages.publishing.post_rows import PostList
from ui.pages.publishing.watched import WatchedCard, WatchedModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.skeleton import Skeleton


class QueueView(QWidget):
    """Its own four states; the calendar's failure is told there."""

    new_wished = Signal()

    def __init__(self, theme: Theme, desk: Desk, watched: WatchedModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._files = desk.model, watched
        self.watched = WatchedCard(theme, watched)
        self.list = PostList(theme, desk)
        self.told = Label("", "secondary", wrap=True)
        self.pause = Button(theme, "", "ghost", "pause", parent=self)
        self.busy = Skeleton(theme, "results")
        self.empty = EmptyState(
            theme,
            self.tr("Nothing waits to go out"),
            self.tr("Plan a post: it waits here until its time has come."),
            icon="send",
            tone="dim",
        )
        self.empty.add_button(self.tr("New post"), self.new_wished.emit, "main", "plus")
        self.area = ScrollBody(theme)
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self.told, 1)
        head.addWidget(self.pause)
        self.area.column.addLayout(head)
        self.area.column.addWidget(self.watched)
        self.area.column.addWidget(self.list)
        self.area.column.addStretch(1)
        self.stack = QStackedWidget(self)
        for part in (self.busy, self.area, self.empty):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.pause.clicked.connect(
            lambda _on=False: self._model.pause(paused=not self._model.paused)
        )
        self._model.queue_changed.connect(self._show)
        watched.changed.connect(self._show)
        self._show()

    def focus_first(self) -> None:
        """The first thing to press."""
        if self.stack.currentWidget() is self.empty:
            self.empty.focus_first()
            return
        first = next(iter(self.list.rows.values()), None)
        found = first.findChildren(Button) if first is not None else []
        (found[0] if found else self.pause).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        queue, paused = self._model.queue, self._model.paused
        had = self.stack.isAncestorOf(self.focusWidget() or self)
        was = self.stack.currentWidget()
        if queue is None:
            part: QWidget = self.busy
        else:
            self.list.show_posts(queue)
            self.list.setVisible(bool(queue))
            part = self.area if queue or paused or self._files.files else self.empty
        self.told.setText(
            self.tr("Everything is held. Nothing goes out until you let it go on.")
            if paused
            else self.tr("Each goes out at its time, exactly once.")
        )
        self.told.set_tone("warn" if paused else "")
        self.pause.setText(self.tr("Go on") if paused else self.tr("Hold everything"))
        self.pause.set_icon("play" if paused else "pause")
        self.stack.setCurrentWidget(part)
        if had and was is not part and part is not self.busy and self.isVisible():
            self.focus_first()
