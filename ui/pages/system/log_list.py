"""The lines of the live log, of which only those seen are painted: keys, mouse, following."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.domain.log_lines import LogLine, level_word
from ui.pages.system.log_painter import LogPainter, Look, clock
from ui.theme import Theme
from ui.widgets import virtual_accessible
from ui.widgets.virtual_view import ENTER
from ui.widgets.virtual_wall import VirtualWall

GROUND = "surface1"
SHIFT = Qt.KeyboardModifier.ShiftModifier


class LogList(VirtualWall):
    """Follows the newest line until one scrolls up; End, or its last line, follows again.

    Shift with a key or a press picks a stretch, Ctrl+A all of it. `find` gives a line by its
    number, or None when it is gone.
    """

    activated = Signal(int)
    """Enter or a double press: everything about this line is wanted."""
    following_changed = Signal(bool)
    copy_wished = Signal()
    pause_wished = Signal()
    menu_wished = Signal(QPoint)

    def __init__(
        self, theme: Theme, find: Callable[[int], LogLine | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._find_line = find
        self._painter = LogPainter(theme)
        self._following, self._by_key = True, False
        self._own = False  # it is not the owner who scrolls now
        self._refitting = False  # lines keep their place on the screen while numbers move
        self._anchor = -1
        self._needle = ""
        self._wheel = 0.0
        self.painted = 0
        """How many lines were painted so far."""
        self.setProperty("ownRing", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(self._painter.pitch)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.set_margins(0, theme.px(6), theme.px(6))
        self.setAccessibleName(self.tr("Live log"))

    # What is shown.

    @property
    def following(self) -> bool:
        """Whether the newest line is always in view."""
        return self._following

    def set_following(self, following: bool) -> None:
        """Keep the newest line in view, or stay where one is."""
        if following:
            self._drop_stretch()
            self._go_to_end()
        self._follow(following)

    def set_needle(self, text: str) -> None:
        """Light these words wherever they stand."""
        if text.casefold() != self._needle:
            self._needle = text.casefold()
            self.viewport().update()

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these lines, whose numbers rise; what is read stays where it is."""
        top, offset = self._top_line()
        before, current = self._seen_lines(), self.current_id()
        self._ids = array("q", ids)
        self._own = self._refitting = True
        self._measure()
        if self._following:
            self._row = max(0, len(self._ids) - 1)
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        else:
            self._row = self._near(current)
            row = self._near(top)
            self.verticalScrollBar().setValue(row * self.pitch() + offset)
        self._own = self._refitting = False
        if self._seen_lines() != before:
            self.viewport().update()
        if self.current_id() != current:
            self._tell_current()

    def picked(self) -> array[int]:
        """The numbers of the picked stretch; of the current line alone when none is."""
        low, high = self._stretch()
        return self._ids[low : high + 1]

    def has_stretch(self) -> bool:
        """Whether more than the current line is picked."""
        return self._anchor >= 0

    # Geometry, and what a screen reader is told.

    def pitch(self) -> int:
        """One line."""
        return self._painter.pitch

    def minimumSizeHint(self) -> QSize:
        """A few lines: it scrolls."""
        return QSize(self._theme.px(240), 5 * self.pitch())

    def spoken(self, row: int) -> str:
        """A line as it is said."""
        line = self._find_line(self._ids[row]) if 0 <= row < len(self._ids) else None
        if line is None:
            return ""
        told = f"{level_word(line.level)}, {line.part}: {line.message}, {clock(line.at)}"
        return self.tr("{0}, with more").format(told) if line.more else told

    def _tell_current(self) -> None:
        super()._tell_current()
        if self.hasFocus():
            self.setAccessibleDescription(self.spoken(self._row))
            virtual_accessible.tell_focus(self)

    def _find(self, item: int) -> int | None:
        row = bisect_left(self._ids, item)
        return row if row < len(self._ids) and self._ids[row] == item else None

    def _near(self, number: int) -> int:
        return max(0, min(bisect_left(self._ids, number), len(self._ids) - 1))

    def _top_line(self) -> tuple[int, int]:
        """The number of the first line seen, and how far it is scrolled beyond its top."""
        row, offset = divmod(self.verticalScrollBar().value(), self.pitch())
        return (self._ids[row], offset) if row < len(self._ids) else (0, 0)

    def _seen_lines(self) -> tuple[int, int, array[int]]:
        rows = self.visible_rows(0, self.viewport().height())
        place = self.verticalScrollBar().value() % self.pitch()
        return place, len(rows), self._ids[rows.start : rows.stop]

    def _stretch(self) -> tuple[int, int]:
        if self._anchor < 0:
            return self._row, self._row
        start = self._near(self._anchor)
        return min(start, self._row), max(start, self._row)

    def _drop_stretch(self) -> None:
        if self._anchor >= 0:
            self._anchor = -1
            self.viewport().update()

    # Following.

    def _on_scrolled(self, value: int) -> None:
        if not self._own:
            at_end = value >= self.verticalScrollBar().maximum()
            self._follow(at_end and self._anchor < 0)

    def _follow(self, following: bool) -> None:
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)

    def _go_to_end(self) -> None:
        self._own = True
        self.go_to(len(self._ids) - 1, smooth=False)
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self._own = False

    def _step_to(self, row: int, reach: bool) -> None:
        """Make a line current; `reach`: and pick everything on the way."""
        self._by_key = True
        if reach and self._anchor < 0:
            self._anchor = self.current_id()
        elif not reach:
            self._drop_stretch()
        last = len(self._ids) - 1
        row = max(0, min(row, last))
        self._follow(row == last and not reach)
        self.go_to(row, smooth=False)
        if reach:
            self.viewport().update()

    # Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is read in view."""
        self.set_ids(self._ids)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted and paint only what came into view."""
        if self._refitting:
            return  # what changed is painted as a whole
        if abs(dy) < self.viewport().height():
            self.viewport().scroll(0, dy)
        else:
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines the event touches."""
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, self._theme.color(GROUND))
        low, high = self._stretch()
        ringed = self.hasFocus() and self._by_key
        for row in self.visible_rows(area.top(), area.bottom()):
            line = self._find_line(self._ids[row])
            if line is None:
                continue
            picked = self._anchor >= 0 and low <= row <= high
            look = Look(picked, ringed and row == self._row, self._needle)
            self._painter.paint(painter, self.cell(row), line, look)
            self.painted += 1
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, pages, Home and End; Enter tells all, Space pauses, Ctrl+C copies."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wished.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._pick_all()
        elif held & ~SHIFT or not self._plain_key(event.key(), bool(held & SHIFT)):
            super().keyPressEvent(event)
            event.ignore()
            return
        event.accept()

    def _plain_key(self, key: int, reach: bool) -> bool:
        step = self._step(key)
        if step is not None:
            self._step_to(self._row + step, reach)
        elif key in ENTER and self.current_id() >= 0:
            self.activated.emit(self.current_id())
        elif key == Qt.Key.Key_Space:
            self.pause_wished.emit()
        elif key == Qt.Key.Key_Escape and self._anchor >= 0:
            self._drop_stretch()
        elif key == Qt.Key.Key_Menu:
            self.menu_wished.emit(self.viewport().mapToGlobal(self.cell(self._row).center()))
        else:
            return False
        return True

    def _step(self, key: int) -> int | None:
        page = max(1, self.viewport().height() // self.pitch() - 1)
        arrow = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in arrow:
            return arrow[Qt.Key(key)] if self.takes_arrow(key) else None
        jumps = {
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -len(self._ids),
            Qt.Key.Key_End: len(self._ids),
        }
        return jumps.get(Qt.Key(key))

    def _pick_all(self) -> None:
        if len(self._ids):
            self._anchor = self._ids[0]
            self._row = len(self._ids) - 1
            self.viewport().update()
            self._tell_current()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make a line current; with Shift pick everything up to it."""
        row = self.row_at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or row < 0:
            event.ignore()
            return
        self._take(row, bool(event.modifiers() & SHIFT))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pick on while the button is held."""
        row = self.row_at(event.position().toPoint())
        if event.buttons() & Qt.MouseButton.LeftButton and row >= 0 and row != self._row:
            self._take(row, True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell everything about a line."""
        row = self.row_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self.activated.emit(self._ids[row])

    def _take(self, row: int, reach: bool) -> None:
        self._step_to(row, reach)
        self._by_key = False
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is picked."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row = self.row_at(self.viewport().mapFromGlobal(event.globalPos()))
            low, high = self._stretch()
            if row >= 0 and not low <= row <= high:
                self._take(row, False)
            self.menu_wished.emit(event.globalPos())
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by whole lines with a wheel, exactly with a touch pad."""
        bar = self.verticalScrollBar()
        exact = event.pixelDelta().y()
        self._wheel += exact if exact else event.angleDelta().y() / 40 * self.pitch()
        whole = round(self._wheel)
        self._wheel -= whole
        bar.setValue(bar.value() - whole)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        self._by_key = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._by_key and not self._following:
            self._bring_into_view()
        self._refresh(self._row)
        self._tell_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        self._refresh(self._row)

    def _bring_into_view(self) -> None:
        """The keyboard begins with a line that is seen."""
        rows = self.visible_rows(0, self.viewport().height())
        if rows and self._row not in rows:
            self._row = rows[-1] - 1 if len(rows) > 1 else rows[0]
