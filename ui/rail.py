"""The rail at the left: the pages, how much goes on in each, and where one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.catalogue import Entry
from ui.theme import Theme
from ui.widgets.cast_chip import CastChip

WIDE, NARROW = 232, 76
HIGH, LOW = 48, 34
SIZES = (16, 15, 14)  # of a name, the first that fits
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class RailButton(QAbstractButton):
    """One page in the rail."""

    def __init__(self, theme: Theme, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.entry = theme, entry
        self._count = 0
        self._narrow = False
        self.setText(entry.words())
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setProperty("radius", theme.px(14))
        self.setAccessibleName(self.text())

    def set_count(self, count: int) -> None:
        """Show how many things go on there; 0 hides the figure."""
        if count != self._count:
            self._count = count
            self.setAccessibleDescription(str(count) if count else "")
            self.update()

    @property
    def count(self) -> int:
        """The figure shown."""
        return self._count

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone; the name becomes the tool tip."""
        self._narrow = narrow
        self.setToolTip(self.text() if narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        """A line of the rail."""
        return QSize(self._theme.px(NARROW - 28), self._theme.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        """A lower line, where the window is too low for all of them."""
        return QSize(self._theme.px(NARROW - 28), self._theme.px(LOW))

    def nextCheckState(self) -> None:
        """The window says which page is lit."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and OK open the page."""
        if event.key() in PRESS:
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Brighten."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Dim."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line: lit when its page is shown."""
        px, theme, lit = self._theme.px, self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if lit or self.underMouse():
            painter.setBrush(theme.color("accent_soft" if lit else "surface2"))
            painter.drawRoundedRect(QRectF(self.rect()), px(14), px(14))
        state = "accent" if lit else ("text" if self.underMouse() else "dim")
        icon = theme.pixmap(self.entry.icon, state, 20, self.devicePixelRatioF())
        left = (self.width() - px(20)) / 2 if self._narrow else px(14)
        painter.drawPixmap(QPointF(left, (self.height() - px(20)) / 2), icon)
        if self._narrow:
            self._dot(painter)
            return
        self._name(painter, "text" if lit or self.underMouse() else "dim", self._badge(painter))

    def _name(self, painter: QPainter, state: str, right: int) -> None:
        """Write the name, smaller where it would reach what is at its right."""
        words = QRect(self._theme.px(47), 0, right - self._theme.px(47), self.height())
        for size in SIZES:
            painter.setFont(self._theme.font(size, 500))
            if painter.fontMetrics().horizontalAdvance(self.text()) <= words.width():
                break
        elide = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(self.text(), elide, words.width())
        painter.setPen(self._theme.color(state))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)

    def _badge(self, painter: QPainter) -> int:
        """Paint the figure; returns where the room for the name ends."""
        px, theme = self._theme.px, self._theme
        if not self._count:
            return self.width() - px(8)
        figure = "99+" if self._count > 99 else str(self._count)
        painter.setFont(theme.font(13, 600))
        width = max(px(24), painter.fontMetrics().horizontalAdvance(figure) + px(14))
        box = QRectF(self.width() - px(10) - width, (self.height() - px(21)) / 2, width, px(21))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface3"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(theme.color("dim"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, figure)
        return round(box.left()) - px(4)

    def _dot(self, painter: QPainter) -> None:
        if self._count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            place = QPointF(self.width() / 2 + self._theme.px(11), self._theme.px(13))
            painter.drawEllipse(place, self._theme.px(4), self._theme.px(4))


class Mark(QWidget):
    """The mark and the name of the station."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._narrow = theme, False
        self.setFixedHeight(theme.px(48))

    def set_narrow(self, narrow: bool) -> None:
        """Show the mark alone."""
        self._narrow = narrow
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them."""
        px = self._theme.px
        painter = QPainter(self)
        logo = self._theme.logo(27, self.devicePixelRatioF())
        left = (self.width() - px(27)) / 2 if self._narrow else px(14)
        painter.drawPixmap(QPointF(left, (self.height() - px(27)) / 2), logo)
        if not self._narrow:
            painter.setFont(self._theme.font(22, 700))
            painter.setPen(self._theme.color("text"))
            words = QRect(px(52), 0, self.width() - px(52), self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, "Sokoul")


class Rail(QWidget):
    """The pages of the catalogue; `chosen` tells the name of the one that was pressed.

    Its `chip` at the foot says where picture and sound go.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, entries: Sequence[Entry], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[str, RailButton] = {}
        self._narrow = False
        self._mark = Mark(theme, self)
        column = QVBoxLayout(self)
        px = theme.px
        column.setContentsMargins(px(14), px(17), px(15), px(24))
        column.setSpacing(px(4))
        column.addWidget(self._mark)
        column.addSpacing(px(12))
        self._add([entry for entry in entries if entry.place == "main"], column)
        column.addStretch(1)
        self.chip = CastChip(theme, self)
        column.addWidget(self.chip)
        self._add([entry for entry in entries if entry.place == "foot"], column)
        self.setFixedWidth(px(WIDE))
        self.setAccessibleName(self.tr("Pages"))

    @property
    def narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons and names."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth(self._theme.px(NARROW if narrow else WIDE))
        self._mark.set_narrow(narrow)
        self.chip.set_narrow(narrow)
        for button in self._buttons.values():
            button.set_narrow(narrow)

    def light(self, name: str) -> None:
        """Show where one is."""
        for known, button in self._buttons.items():
            button.setChecked(known == name)

    def set_count(self, name: str, count: int) -> None:
        """Show how many things go on in a page."""
        if name in self._buttons:
            self._buttons[name].set_count(count)

    def button(self, name: str) -> RailButton | None:
        """The button of a page, or None when it is not in the rail."""
        return self._buttons.get(name)

    def focus_lit(self) -> bool:
        """Give the focus to the page that is lit, else to the first."""
        lit = [button for button in self._buttons.values() if button.isChecked()]
        found = lit or list(self._buttons.values())
        if found:
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(found)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the line at its right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface1"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def _add(self, entries: Sequence[Entry], column: QVBoxLayout) -> None:
        for entry in entries:
            button = RailButton(self._theme, entry, self)
            button.clicked.connect(lambda _=False, name=entry.name: self.chosen.emit(name))
            self._buttons[entry.name] = button
            column.addWidget(button)
