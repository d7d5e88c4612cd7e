"""What a platform will not take of a post, each with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.post import Misfit, Part
from ui import publishing_words as said
from ui.pages.publishing.needs import Dot
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label


class MisfitList(QWidget):
    """One part that is too long is shortened by itself; one button mends what can be mended."""

    mend_wished = Signal()
    shorten_wished = Signal(object)
    """The part that is too long."""
    left = Signal(object)
    """The part whose button had the focus and is gone: it is not too long any more. None: the
    button that mends all is gone."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[tuple[Misfit, ...] | None, str] | None = None
        self._busy = False
        self.title = Label("", "strong")
        self.mend = Button(theme, self.tr("Mend it"), "plain", "sparkles", parent=self)
        self.mend.clicked.connect(lambda _on=False: self.mend_wished.emit())
        self.lines: list[QWidget] = []
        self.shorten: dict[Part, Button] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(self.title)
        column.addLayout(self._list)
        column.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignLeft)

    def show_misfits(self, found: Sequence[Misfit] | None, platform: str) -> None:
        """Show these; None while it is being looked at."""
        now = (None if found is None else tuple(found), platform)
        if now == self._shown:
            return
        self._shown = now
        focused = next((part for part, one in self.shorten.items() if one.hasFocus()), None)
        self._fill(found or ())
        if found is None:
            self.title.setText(self.tr("Looking whether it fits {0}…").format(platform))
        elif found:
            self.title.setText(self.tr("Does not fit {0} yet").format(platform))
        else:
            self.title.setText(self.tr("Fits {0}").format(platform))
        self.title.set_tone("good" if found is not None and not found else "")
        mends, mended = any(one.mends for one in found or ()), self.mend.hasFocus()
        self.mend.setVisible(mends)
        if mended and not mends:
            self.left.emit(None)
        elif focused in self.shorten:
            self.shorten[focused].setFocus(Qt.FocusReason.OtherFocusReason)
        elif focused is not None:
            self.left.emit(focused)

    def set_busy(self, busy: bool) -> None:
        """Show that something is being mended: nothing else can be begun."""
        self._busy = busy
        for button in (self.mend, *self.shorten.values()):
            button.set_busy(busy)

    def first(self) -> Button | None:
        """What helps most: all that can be mended at once, else the first part alone."""
        if not self.mend.isHidden():
            return self.mend
        return next(iter(self.shorten.values()), None)

    def _fill(self, found: Sequence[Misfit]) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.shorten = {}
        self.lines = [self._line(one) for one in found]
        for line in self.lines:
            self._list.addWidget(line)
            line.show()  # what is not shown yet does not take the focus

    def _line(self, one: Misfit) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        dot = Dot(self._theme, "bad" if one.blocks else "warn", line)
        text = Label(said.misfit(one), "secondary", wrap=True)
        row.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        if one.long is not None:
            row.addWidget(self._shorten(one, one.long, line), 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _shorten(self, one: Misfit, part: Part, line: QWidget) -> Button:
        button = Button(self._theme, said.shorten(one), "ghost", parent=line)
        button.setAccessibleName(f"{said.shorten(one)}: {said.misfit(one)}")
        button.setAccessibleDescription(said.shortens(one))
        button.setToolTip(said.shortens(one))
        button.set_busy(self._busy)
        button.clicked.connect(lambda _on=False: self.shorten_wished.emit(part))
        self.shorten[part] = button
        return button
