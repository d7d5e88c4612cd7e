"""The geometry of a wall of items: where each is, which is current, how far it is scrolled."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.theme import Theme


class VirtualWall(QAbstractScrollArea):
    """Ids in order, with a current one that survives a refresh. All geometry is arithmetic.

    Subclasses say how many columns there are and where a cell is.
    """

    current_changed = Signal(int)
    """The id of the item the keyboard is on; -1 when there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ids: array[int] = array("q")
        self._row = 0
        self._side = theme.px(48)
        self._top = theme.px(16)
        self._bottom = theme.px(32)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(theme.px(60))
        self._scroll = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._scroll.setEasingCurve(QEasingCurve.Type.OutCubic)

    # What a subclass gives.

    def columns(self) -> int:
        """How many items stand side by side now."""
        return 1

    def pitch(self) -> int:
        """From the top of one line of items to the top of the next, in pixels."""
        return 1

    def cell(self, row: int) -> QRect:
        """Where an item is, in the viewport."""
        return QRect(0, self.line_top(row), self.viewport().width(), self.pitch())

    # What an owner uses.

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these items in this order; the current one stays current, and in its place."""
        old = self.current_id()
        offset = self.cell(self._row).top() if old >= 0 else 0
        seen = 0 <= offset < self.viewport().height()
        before = self._seen()
        self._ids = ids if isinstance(ids, array) else array("q", ids)
        row = self._find(old)
        moved = row is not None and row != self._row
        self._row = row if row is not None else max(0, min(self._row, len(self._ids) - 1))
        self._forget_pointer()
        self._measure()
        if moved and seen and old >= 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cell(self._row).top() - offset)
        if self._seen() != before:
            self.viewport().update()
        if self.current_id() != old:
            self._tell_current()

    def _seen(self) -> tuple[int, array[int]]:
        """What is on the screen: how far it is scrolled, and the items there."""
        rows = self.visible_rows(0, self.viewport().height())
        return self.verticalScrollBar().value(), self._ids[rows.start : rows.stop]

    def ids(self) -> array[int]:
        """The items shown, in order."""
        return self._ids

    def current_row(self) -> int:
        """The place of the current item."""
        return self._row

    def spoken(self, row: int) -> str:
        """What a screen reader says of an item."""
        return ""

    def current_id(self) -> int:
        """The id of the current item, or -1."""
        return self._ids[self._row] if 0 <= self._row < len(self._ids) else -1

    def set_current_id(self, item: int) -> bool:
        """Go to an item; False when it is not among those shown."""
        row = self._find(item)
        if row is None:
            return False
        self.go_to(row, smooth=False)
        return True

    def set_margins(self, side: int, top: int, bottom: int) -> None:
        """Keep this free around the items, in pixels; the ring needs some of it."""
        self._side, self._top, self._bottom = side, top, bottom
        self._measure()
        self.viewport().update()

    def item_rect(self) -> QRect:
        """Where the current item is, in this widget: for menus opened by a key."""
        return self.cell(self._row).translated(self.viewport().pos())

    def takes_arrow(self, key: int) -> bool:
        """Whether an arrow would move inside; at an edge it belongs to the page."""
        if not len(self._ids):
            return False
        across, last = self.columns(), len(self._ids) - 1
        if key == Qt.Key.Key_Left:
            return self._row % across > 0
        if key == Qt.Key.Key_Right:
            return self._row % across < across - 1 and self._row < last
        if key == Qt.Key.Key_Up:
            return self._row >= across
        return self._row // across < last // across

    def go_to(self, row: int, smooth: bool = True) -> None:
        """Make an item current by its place, and show it."""
        if not len(self._ids):
            return
        row = max(0, min(row, len(self._ids) - 1))
        if row != self._row:
            self._refresh(self._row)
            self._row = row
            self._raise_current()
            self._tell_current()
        self._refresh(row)
        self._show_row(row, smooth)

    # Geometry.

    def line_top(self, row: int) -> int:
        """The top of an item's line, in the viewport."""
        return self._top + row // self.columns() * self.pitch() - self.verticalScrollBar().value()

    def side(self) -> int:
        """What stays free left and right, in pixels."""
        return self._side

    def _measure(self) -> None:
        """Fit the scroll bar to how much there is."""
        lines = -(-len(self._ids) // self.columns())
        whole = self._top + lines * self.pitch() + self._bottom
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, whole - height))
        bar.setPageStep(height)

    def visible_rows(self, top: int, bottom: int) -> range:
        """The items whose lines touch a band of the viewport."""
        offset = self.verticalScrollBar().value() - self._top
        first = max(0, (offset + top) // self.pitch()) * self.columns()
        last = ((offset + bottom) // self.pitch() + 1) * self.columns()
        return range(first, max(first, min(len(self._ids), last)))

    def row_at(self, point: QPoint) -> int:
        """The item at a point of the viewport, or -1."""
        for row in self.visible_rows(point.y(), point.y()):
            if self.cell(row).contains(point):
                return row
        return -1

    def _find(self, item: int) -> int | None:
        try:
            return self._ids.index(item) if item >= 0 else None
        except ValueError:
            return None

    def _show_row(self, row: int, smooth: bool) -> None:
        """Scroll until an item is seen with some room round it."""
        bar, rect, height = self.verticalScrollBar(), self.cell(row), self.viewport().height()
        target = bar.value()
        if rect.top() < self._top:
            target += rect.top() - self._top
        elif rect.bottom() > height - self._theme.px(24):
            below = rect.bottom() - height + self._theme.px(24)
            target += min(below, rect.top() - self._top)  # the top is seen, come what may
        self.scroll_to(target, smooth)

    def scroll_to(self, target: int, smooth: bool) -> None:
        """Scroll to a place, in pixels from the top."""
        bar = self.verticalScrollBar()
        target = max(0, min(bar.maximum(), target))
        self._scroll.stop()
        duration = self._theme.duration(180) if smooth and self.isVisible() else 0
        if duration and target != bar.value():
            self._scroll.setDuration(duration)
            self._scroll.setEndValue(target)
            self._scroll.start()
        else:
            bar.setValue(target)

    def scroll_target(self) -> int:
        """Where the scroll bar is going, or is."""
        if self._scroll.state() == QPropertyAnimation.State.Running:
            return int(self._scroll.endValue())
        return self.verticalScrollBar().value()

    def _refresh(self, row: int) -> None:
        """Paint an item again, with what it grows."""
        if 0 <= row < len(self._ids):
            reach = self._theme.px(16)
            self.viewport().update(self.cell(row).adjusted(-reach, -reach, reach, reach))

    def _raise_current(self) -> None:
        """The current item is another one now."""

    def _forget_pointer(self) -> None:
        """What the pointer is on may be another item now."""

    def _tell_current(self) -> None:
        """Tell who listens which item is current."""
        self.current_changed.emit(self.current_id())
