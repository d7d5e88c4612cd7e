"""The words under a title that nobody described: asked for with a button, told by its subtitles."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.details.about_model import AboutModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.words import SEPARATOR


class About(QWidget):
    """A button; then what the film is about, who is in it, and where that is from."""

    def __init__(self, theme: Theme, model: AboutModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.press = Button(theme, self.tr("What is it about?"), "ghost", "sparkles")
        self.stop = Button(theme, self.tr("Stop"), "ghost", "x")
        self.text = Label("", "body", wrap=True)
        self.text.setMaximumWidth(theme.px(860))
        self.source = Label("", "secondary", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        for button in (self.press, self.stop):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.text)
        column.addWidget(self.source)
        column.addLayout(row)
        self.press.clicked.connect(lambda _on=False: model.ask())
        self.stop.clicked.connect(lambda _on=False: model.cancel())
        model.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        made, busy = self._model.made, self._model.busy
        had_focus = self.press.hasFocus() or self.stop.hasFocus()
        self.press.setVisible(self._model.offered)
        self.press.set_busy(busy)
        self.stop.setVisible(busy)
        self.text.setVisible(made is not None)
        self.source.setVisible(made is not None)
        self.setVisible(self._model.offered or made is not None)
        if made is not None:
            self.text.setText(made.value.text or self.tr("Its subtitles do not tell."))
            self.source.setText(self._told_by())
        if had_focus and not self.press.isVisibleTo(self):
            parent = self.parentWidget()
            if parent is not None:
                parent.focusNextChild()
        elif had_focus:
            self.press.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told_by(self) -> str:
        made = self._model.made
        assert made is not None
        named = SEPARATOR.join([*made.value.people, *made.value.themes][:6])
        if made.by_rules:
            source = self.tr("Lines from its first part, chosen by rules")
        else:
            source = self.tr("From its first part, by {model}").format(model=made.by)
        return SEPARATOR.join(part for part in (named, source) if part)
