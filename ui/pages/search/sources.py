"""The card of the sources: who was asked, and what each of them says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.search import SourcePhase, SourceState
from ui import search_words as said
from ui.theme import Theme
from ui.widgets.label import ElidedLabel, Label

SHORT = 240  # pixels at 100 % below which a row does not tell its seconds
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
DOTS = {
    SourcePhase.SEARCHING: "info",
    SourcePhase.FOUND: "good",
    SourcePhase.NOTHING: "faint",
    SourcePhase.FAILED: "bad",
    SourcePhase.RESTING: "warn",
    SourcePhase.SKIPPED: "line",
}


class SourceRow(QAbstractButton):
    """One source. Pressing it shows its results alone, or asks it again when it failed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._dot, self._on = theme, "faint", False
        self._shown: tuple[SourceState, bool, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setProperty("radius", theme.px(10))
        right = Qt.TextElideMode.ElideRight
        self._name = ElidedLabel("", "secondary", parent=self, elide=right)
        self._state = Label("", "secondary", parent=self)
        self._trouble = Label("", "caption", wrap=True, parent=self)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self._name, 1)
        line.addWidget(self._state)
        self._lines = column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(5), theme.px(8), theme.px(5))
        column.setSpacing(theme.px(1))
        column.addLayout(line)
        column.addWidget(self._trouble)
        for part in (self._name, self._state, self._trouble):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_state(self, of: SourceState, on: bool) -> None:
        """Show how it stands; `on` when only its results are shown."""
        now = (of, on, self.width())
        if now == self._shown:
            return
        self._shown = now
        text, tone = said.state(of, short=self.width() < self._theme.px(SHORT))
        name, trouble = said.source(of.source, of.name), said.trouble(of)
        if of.phase in (SourcePhase.FAILED, SourcePhase.RESTING):
            retry = self.tr("retry")
            text = retry if self.width() < self._theme.px(SHORT) else f"{text} \u00b7 {retry}"
        self._name.setText(name)
        self._state.setText(text)
        self._state.set_tone("" if tone in ("text", "dim", "faint") else tone)
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        self._dot, self._on = DOTS[of.phase], on
        self.setAccessibleName(", ".join(part for part in (name, text, trouble) if part))
        self.setToolTip(self._hint(of))
        if self.width() > 0:
            self.setFixedHeight(self.heightForWidth(self.width()))
        self.update()

    def sizeHint(self) -> QSize:
        """What its lines need; Qt would ask the button, which has none."""
        return self._lines.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """The reason of a failure wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What its lines need in such a width."""
        wrapped = self._lines.heightForWidth(width)  # -1 when nothing in it wraps
        return wrapped if wrapped >= 0 else self._lines.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height its lines need now."""
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and OK press it."""
        if event.key() in PRESS:
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dot, and the ground when it is chosen or pointed at."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._on or self.underMouse():
            painter.setBrush(theme.color("accent_soft" if self._on else "surface2"))
            painter.drawRoundedRect(QRectF(self.rect()), px(10), px(10))
        painter.setBrush(theme.color(self._dot))
        middle = self._name.geometry().center().y() + 1
        painter.drawEllipse(QRectF(px(8), middle - px(4), px(8), px(8)))

    def _hint(self, of: SourceState) -> str:
        if of.phase in (SourcePhase.FAILED, SourcePhase.RESTING):
            return self.tr("Ask it again")
        if of.phase is SourcePhase.FOUND:
            return self.tr("Show everything again") if self._on else self.tr("Show only these")
        return ""


class SourcesCard(QFrame):
    """All sources of a search, in the order they were asked."""

    retry_pressed = Signal(str)
    chosen = Signal(str)
    """The key of a source whose results are wanted alone; empty for all."""
    add_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: dict[str, SourceRow] = {}
        self._states: dict[str, SourceState] = {}
        self._chosen = ""
        self.setProperty("surface", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(12), theme.px(16), theme.px(12), theme.px(12))
        self._column.setSpacing(theme.px(2))
        title = Label(self.tr("Sources"), "strong")
        title.setContentsMargins(theme.px(8), 0, 0, theme.px(6))
        self._column.addWidget(title)

    def show_sources(self, states: Sequence[SourceState], chosen: str) -> None:
        """Show these; rows that stay keep the focus."""
        self._chosen = chosen
        keys = [state.source for state in states]
        for key in [key for key in self._rows if key not in keys]:
            row = self._rows.pop(key)
            row.hide()
            row.deleteLater()
        self._states = {state.source: state for state in states}
        for place, state in enumerate(states):
            row = self._rows.get(state.source) or self._make(state.source)
            if self._column.indexOf(row) != place + 1:
                self._column.removeWidget(row)
                self._column.insertWidget(place + 1, row)
            row.show_state(state, state.source == chosen)

    def row(self, source: str) -> SourceRow | None:
        """The row of a source."""
        return self._rows.get(source)

    def first(self) -> SourceRow | None:
        """The first of them, or None."""
        return next(iter(self._rows.values()), None)

    def _make(self, source: str) -> SourceRow:
        row = SourceRow(self._theme, self)
        row.clicked.connect(partial(self._on_pressed, source))
        self._rows[source] = row
        return row

    def _on_pressed(self, source: str) -> None:
        phase = self._states[source].phase
        if phase in (SourcePhase.FAILED, SourcePhase.RESTING):
            self.retry_pressed.emit(source)
        elif phase is SourcePhase.FOUND:
            self.chosen.emit("" if source == self._chosen else source)
