"""The card of choices that opens above the buttons of the player."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.label import Label

WIDTH = 380


class Panel(QFrame):
    """Shows one list of choices at a time. `kind` names it; empty while closed."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.kind = ""
        self.setProperty("surface", "panel")
        self.setMouseTracking(True)
        px = theme.px
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(px(20), px(18), px(20), px(18))
        self._outer.setSpacing(px(8))
        self._title = Label("", "strong")
        self._outer.addWidget(self._title)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._outer.addWidget(self._area, 1)
        self.hide()

    def show_choices(self, kind: str, title: str, widgets: list[QWidget]) -> None:
        """Fill it; keep the focus on the line it was on when the same list comes anew."""
        focused = self._focused_line() if kind == self.kind and self.isVisible() else -1
        had_focus = self._has_focus()
        self.kind = kind
        self._title.setText(title)
        self.setAccessibleName(title)
        home = QWidget()
        column = QVBoxLayout(home)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        column.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        self._area.setWidget(home)
        self._widgets = widgets
        self.show()
        self.raise_()
        if focused >= 0 or had_focus:
            self.focus_line(max(0, focused))

    def wanted_height(self) -> int:
        """The height at which nothing needs to be scrolled."""
        home = self._area.widget()
        inside = home.sizeHint().height() if home is not None else 0
        margins = self._outer.contentsMargins()
        title = self._title.sizeHint().height() + self._outer.spacing()
        return inside + title + margins.top() + margins.bottom() + 2

    def focus_line(self, line: int = -1) -> None:
        """Give the focus to a line; -1 is the chosen one, or the first."""
        stops = self._stops()
        if not stops:
            return
        chosen = [stop for stop in stops if getattr(stop, "isChecked", bool)()]
        stop = stops[min(line, len(stops) - 1)] if line >= 0 else (chosen or stops)[0]
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._area.ensureWidgetVisible(stop)

    def close_panel(self) -> bool:
        """Close it; False when it was not open."""
        if not self.kind:
            return False
        self.kind = ""
        self.hide()
        self.closed.emit()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press between the lines is not one on the film."""
        event.accept()

    def _stops(self) -> list[QWidget]:
        home = self._area.widget()
        if home is None:
            return []
        return [
            widget
            for widget in home.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]

    def _focused_line(self) -> int:
        for line, widget in enumerate(self._stops()):
            if widget.hasFocus():
                return line
        return -1

    def _has_focus(self) -> bool:
        return self._focused_line() >= 0
