"""The strip "More like this": posters of what is alike, and what it has in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import words
from ui.messages import sentence
from ui.page import PageContext
from ui.pages.details.alike_model import AlikeModel, Stage
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.shelf import Shelf
from ui.widgets.skeleton import Skeleton


class AlikeStrip(QWidget):
    """Give it the whole width of the page: it keeps the margin itself."""

    activated = Signal(int)

    def __init__(self, context: PageContext, model: AlikeModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = context.theme, model
        title = self.tr("More like this")
        self._head = QHBoxLayout()
        self._head.setSpacing(self._theme.px(14))
        self._head.addWidget(Label(title, "section"))
        self.note = ElidedLabel("", "secondary", elide=Qt.TextElideMode.ElideRight)
        self._head.addWidget(self.note, 1)
        self.shelf = Shelf(
            self._theme, "poster", context.posters, context.services.library.picture, self
        )
        self.shelf.setAccessibleName(title)
        self.shelf.item_activated.connect(self.activated)
        self.shelf.current_changed.connect(lambda _item: self._tell())
        self.skeleton = Skeleton(self._theme, "shelf", self)
        self.message = Label("", "body", wrap=True)
        self.again = Button(self._theme, self.tr("Try again"), "link", "refresh-cw")
        self.again.clicked.connect(lambda _on=False: model.reload())
        self.stack = QStackedWidget(self)
        self._said = self._make_said()
        for part in (self.skeleton, self.shelf, self._said):
            self.stack.addWidget(part)
        self.stack.setFixedHeight(self.shelf.sizeHint().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.stack)
        model.changed.connect(self._show)
        self.shelf.focus_left.connect(self._tell)
        self._show()

    def set_margin(self, margin: int) -> None:
        """Keep this free at both sides, in pixels."""
        self._head.setContentsMargins(margin, 0, margin, 0)
        self._said_row.setContentsMargins(margin, self._theme.px(16), margin, 0)
        self.shelf.set_side(margin)

    def _make_said(self) -> QWidget:
        said = QWidget(self)
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        self._said_row = QHBoxLayout()
        self._said_row.setSpacing(self._theme.px(14))
        self.message.setMaximumWidth(self._theme.px(860))
        self._said_row.addWidget(self.message, 100)
        self._said_row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        self._said_row.addStretch(1)
        column.addLayout(self._said_row)
        column.addStretch(1)
        return said

    def _show(self) -> None:
        model, had_focus = self._model, self.shelf.hasFocus() or self.again.hasFocus()
        self.shelf.set_cards(model.cards)
        if model.stage is Stage.FULL:
            part: QWidget = self.shelf
        elif model.stage is Stage.BUSY:
            part = self.skeleton
        else:
            part = self._said
        failed = model.stage is Stage.FAILED
        self.message.setText(self._message(failed))
        self.again.setVisible(failed)
        self.stack.setCurrentWidget(part)
        high = self.shelf.sizeHint().height()
        self.stack.setFixedHeight(self._theme.px(72) if part is self._said else high)
        if had_focus and part is self.shelf:
            self.shelf.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _message(self, failed: bool) -> str:
        if failed and self._model.error is not None:
            kept = self.tr("Nothing is lost.")
            return f"{sentence(self._model.error)} {kept}"
        return self.tr(
            "Nothing in the library is like it yet. The more is known of your films, such as "
            "their stories and genres, the more is found here."
        )

    def _tell(self) -> None:
        """What the current one has in common, or how all of them were chosen."""
        model, text = self._model, ""
        if model.stage is Stage.FULL:
            item = self.shelf.current_id()
            card = next((each for each in model.cards if each.id == item), None)
            shared = model.shared(item)
            if self.shelf.hasFocus() and card is not None and shared:
                said = self.tr("{title} shares: {what}")
                text = said.format(title=words.headline(card), what=", ".join(shared))
            elif model.by_rules:
                text = self.tr("By words, genres and people")
        if text != self.note.text():
            self.note.setText(text)
