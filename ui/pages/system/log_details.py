"""Everything about one line of the log, over the page: when, who, the whole text, the trace."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from app.domain.log_lines import LogLine, level_word
from app.services.monitoring.logbook import text_of
from ui import words
from ui.pages.system.log_painter import tone_of
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay


class LogDetails(Overlay):
    """It deletes itself when it is closed."""

    def __init__(self, theme: Theme, line: LogLine, window: QWidget) -> None:
        super().__init__(theme, window, 980, 560 if line.more else 320)
        self._line = line
        self.setAccessibleName(self.tr("A line of the log"))
        when = QDateTime.fromMSecsSinceEpoch(int(line.at * 1000))
        at = QLocale().toString(when, QLocale.FormatType.LongFormat)
        self.copy = Button(theme, self.tr("Copy"), "ghost", "copy")
        self.copy.clicked.connect(lambda _on=False: self._copy())
        close = Button(theme, "", "icon", "x", self.tr("Close"))
        close.clicked.connect(lambda _on=False: self.dismiss())
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        head.addWidget(Label(line.part, "section"))
        head.addWidget(Label(level_word(line.level), "strong", tone_of(line.level)), 1)
        head.addWidget(self.copy)
        head.addWidget(close)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(theme.mono(13))
        self.text.setProperty("variant", "field")
        self.text.setProperty("radius", theme.px(14))
        self.text.setAccessibleName(self.tr("The whole text"))
        repeats = line.more.startswith(line.message.removesuffix("…"))
        told = (line.more if repeats else f"{line.message}\n{line.more}").strip()
        self.text.setPlainText(told)
        self.column.addLayout(head)
        about = words.SEPARATOR.join(part for part in (at, line.logger) if part)
        self.column.addWidget(Label(about, "secondary", wrap=True))
        self.column.addWidget(self.text, 1)
        self.closed.connect(self.deleteLater)

    def focus_first(self) -> None:
        """The text, which the arrows scroll."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(text_of(self._line))
