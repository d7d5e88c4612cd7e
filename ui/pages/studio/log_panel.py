"""What happened in a project, newest first: messages, prices, times; it can be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from app.domain.studio import LogLine
from ui import studio_words as said
from ui import words
from ui.messages import known, told
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay


class LogPanel(Overlay):
    """A list of lines over the page. It deletes itself when it is closed."""

    def __init__(self, theme: Theme, lines: Sequence[LogLine], window: QWidget) -> None:
        super().__init__(theme, window, 860, 600)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("variant", "field")
        self.text.setAccessibleName(self.tr("What happened"))
        self.text.setProperty("radius", theme.px(14))
        shown = "\n".join(self._line(line) for line in lines)
        self.text.setPlainText(shown or self.tr("Nothing yet: the video was not begun."))
        self.copy = Button(theme, self.tr("Copy"), "ghost", "copy")
        self.copy.clicked.connect(lambda _on=False: self._copy())
        close = Button(theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(Label(self.tr("What happened"), "section"), 1)
        head.addWidget(self.copy)
        head.addWidget(close)
        self.column.addLayout(head)
        self.column.addWidget(self.text, 1)
        self.closed.connect(self.deleteLater)

    def focus_first(self) -> None:
        """The lines, which the arrows scroll."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, line: LogLine) -> str:
        when = QDateTime.fromSecsSinceEpoch(int(line.at))
        at = QLocale().toString(when, QLocale.FormatType.ShortFormat) if line.at else ""
        # Keys nobody has words for are prompts and answers: they stand as they are.
        text = told(line.key, line.args) if known(line.key) else line.key
        by = str(line.args.get("by", "")) if "{by}" not in text else ""
        price = said.money(line.price) if line.price else ""
        took = words.duration(line.seconds) if line.seconds >= 1 else ""
        parts = (at, said.step(line.step), line.scene, text, by, price, took)
        return words.SEPARATOR.join(part for part in parts if part)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
