"""The head of the page: what goes out next, the views to choose from, and a new post."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QVBoxLayout, QWidget

from ui import publishing_words as said
from ui.pages.publishing.viewmodel import PublishingViewModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.scroll_body import BAR, RING
from ui.words import SEPARATOR

STACKED_BELOW = 1060


class Head(QWidget):
    """`chosen` carries the name of a view."""

    chosen = Signal(str)
    new_wished = Signal()

    def __init__(self, theme: Theme, model: PublishingViewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._tight = False
        self.next = ElidedLabel("", "body", elide=Qt.TextElideMode.ElideRight)
        self.new = Button(theme, self.tr("New post"), "main", "plus", parent=self)
        self.chips: dict[str, Chip] = {}
        self._group = QButtonGroup(self)
        self._lay_out()
        self.new.clicked.connect(lambda _on=False: self.new_wished.emit())
        model.queue_changed.connect(self._show)
        self._show()

    def light(self, name: str) -> None:
        """Show which view is shown."""
        if name in self.chips:
            self.chips[name].setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The views below the title where there is little room."""
        tight = self.width() < self._theme.px(STACKED_BELOW)
        if tight == self._tight:
            return
        self._tight = tight
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if tight else way.LeftToRight)
        self._row.setSpacing(self._theme.px(12 if tight else 16))

    def _names(self) -> list[tuple[str, str]]:
        return [
            ("calendar", self.tr("Calendar")),
            ("queue", self.tr("Queue")),
            ("results", self.tr("Results")),
            ("links", self.tr("Access links")),
            ("audit", self.tr("Audit log")),
            ("accounts", self.tr("Accounts")),
        ]

    def _lay_out(self) -> None:
        theme, holder = self._theme, QWidget(self)
        flow = FlowLayout(theme.px(10), holder)
        for name, text in self._names():
            chip = self.chips[name] = Chip(theme, text, parent=holder)
            self._group.addButton(chip)
            chip.clicked.connect(lambda _on=False, view=name: self.chosen.emit(view))
            flow.addWidget(chip)
        self.chips["calendar"].setChecked(True)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Label(self.tr("Publishing"), "title"))
        words.addWidget(self.next)
        tail = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        tail.setSpacing(theme.px(12))
        tail.addWidget(holder, 1, Qt.AlignmentFlag.AlignVCenter)
        tail.addWidget(self.new, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(theme.px(RING), 0, theme.px(RING + BAR), 0)
        self._row.addLayout(words, 1)
        self._row.addLayout(tail)

    def _show(self) -> None:
        model = self._model
        queue, post = model.queue, model.next
        many = len(queue or ())
        text = self.tr("Queue")
        self.chips["queue"].setText(f"{text}{SEPARATOR}{many}" if many else text)
        self.chips["queue"].updateGeometry()
        if queue is None:
            self.next.setText("")
        elif model.paused:
            self.next.setText(self.tr("Everything is held"))
        elif post is None:
            self.next.setText(self.tr("Nothing is planned"))
        else:
            said_ = self.tr("Next: {platform} {moment}")
            moment = said.when(post, model.clock())
            self.next.setText(said_.format(platform=said.platform(post.platform), moment=moment))
