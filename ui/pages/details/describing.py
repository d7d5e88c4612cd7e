"""The words proposed for a video of the owner's own: asked for, copied, or used."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.intelligence import MadeBy
from ui.pages.details.describing_model import DescribingModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.words import SEPARATOR


class Describing(QWidget):
    """A button; then a title, a description, tags, where they are from, and what to do."""

    copied = Signal()

    def __init__(self, theme: Theme, model: DescribingModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.press = Button(theme, self.tr("Describe it"), "ghost", "sparkles")
        self.stop = Button(theme, self.tr("Stop"), "ghost", "x")
        self.use = Button(theme, self.tr("Use as title and description"), "plain", "check")
        self.copy = Button(theme, self.tr("Copy"), "plain", "copy")
        self.title = Label("", "section", wrap=True)
        self.text = Label("", "body", wrap=True)
        self.tags = Label("", "secondary", wrap=True)
        self.source = Label("", "secondary", wrap=True)
        self._words = (self.title, self.text, self.tags, self.source)
        for label in self._words:
            label.setMaximumWidth(theme.px(860))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        for button in (self.press, self.use, self.copy, self.stop):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for label in self._words:
            column.addWidget(label)
        column.addLayout(row)
        self.press.clicked.connect(lambda _on=False: model.ask())
        self.stop.clicked.connect(lambda _on=False: model.cancel())
        self.use.clicked.connect(lambda _on=False: model.keep())
        self.copy.clicked.connect(lambda _on=False: self._copy())
        model.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        told, busy = self._model.told, self._model.busy
        buttons = (self.press, self.use, self.copy, self.stop)
        had_focus = any(button.hasFocus() for button in buttons)
        self.press.setVisible(self._model.offered)
        self.press.set_busy(busy and told is None)
        self.use.set_busy(busy and told is not None)
        for button in (self.use, self.copy):
            button.setVisible(told is not None)
        self.stop.setVisible(busy and told is None)
        self._fill()
        self.setVisible(self._model.offered or told is not None)
        if had_focus and not any(button.hasFocus() for button in buttons if self._seen(button)):
            self._give_focus()

    def _fill(self) -> None:
        told = self._model.told
        words = told.made.value if told is not None else None
        texts = ("",) * 4
        if words is not None:
            tags = ", ".join(words.tags)
            texts = (words.title, words.description, tags, self._told_by())
        for label, text in zip(self._words, texts, strict=True):
            label.setText(text)
            label.setVisible(bool(text))

    def _told_by(self) -> str:
        told = self._model.told
        assert told is not None
        if told.made.source is MadeBy.RULES:
            source = self.tr("Proposed by rules")
        else:
            source = self.tr("Proposed by {model}").format(model=told.made.by)
        parts = [self.tr("Category: {0}").format(told.made.value.category), source]
        if told.subtitles:
            parts.append(self.tr("from its subtitles"))
        if told.texts:
            parts.append(self.tr("from texts in its pictures"))
        if not told.can_read:
            parts.append(self.tr("texts in pictures are read once tesseract-ocr is installed"))
        return SEPARATOR.join(parts)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._model.text())
        self.copied.emit()

    def _seen(self, button: Button) -> bool:
        return button.isVisibleTo(self) and self.isVisible()

    def _give_focus(self) -> None:
        """What had the focus is gone: the next thing to press gets it."""
        for button in (self.use, self.press):
            if self._seen(button):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        parent = self.parentWidget()
        if parent is not None:
            parent.focusNextChild()
