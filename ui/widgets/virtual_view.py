"""A scrolling wall of items whose geometry is arithmetic: only what is seen is ever touched."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPoint,
    QPropertyAnimation,
    QRect,
    QSize,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.domain.media import Card
from ui import words
from ui.theme import Theme
from ui.widgets.cards import CardBook

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class VirtualView(QAbstractScrollArea):
    """Shows the cards of many ids in order; knows a current one, which survives a refresh.

    Subclasses say how many columns there are, where a cell is, and paint one.
    """

    item_activated = Signal(int)
    """Enter or a click; carries the item's id."""
    context_requested = Signal(int, QPoint)
    """The menu key or the right button; the id and where, on the screen."""
    current_changed = Signal(int)
    """The id of the item the keyboard is on; -1 when there is none."""

    def __init__(self, theme: Theme, book: CardBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._book = theme, book
        self._ids: array[int] = array("q")
        self._row = 0
        self._hovered = -1
        self._side = theme.px(48)
        self._top = theme.px(16)
        self._bottom = theme.px(32)
        self._lift = 1.0
        self._by_key = False
        self._pressed = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ownRing", True)  # the focus ring is painted round the item
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(theme.px(60))
        self._scroll = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._scroll.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._rise = QVariantAnimation(self)
        self._rise.setStartValue(0.0)
        self._rise.setEndValue(1.0)
        self._rise.valueChanged.connect(self._on_rise)
        self._ahead = QTimer(self, singleShot=True, interval=60)
        self._ahead.timeout.connect(self._prefetch)
        book.changed.connect(self._on_cards_changed)

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

    def paint_cell(self, painter: QPainter, row: int, rect: QRect, card: Card | None) -> None:
        """Paint one item; a card that is None is on its way."""

    # What an owner uses.

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these items in this order; the current one stays current, and in its place."""
        old = self.current_id()
        offset = self.cell(self._row).top() if old >= 0 else 0
        seen = 0 <= offset < self.viewport().height()
        self._ids = ids if isinstance(ids, array) else array("q", ids)
        row = self._find(old)
        moved = row is not None and row != self._row
        self._row = row if row is not None else max(0, min(self._row, len(self._ids) - 1))
        self._hovered = -1
        self._measure()
        if moved and seen and old >= 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cell(self._row).top() - offset)
        self.viewport().update()
        if self.current_id() != old:
            self._tell_current()

    def ids(self) -> array[int]:
        """The items shown, in order."""
        return self._ids

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
        lines = -(-len(self._ids) // self.columns())
        whole = self._top + lines * self.pitch() + self._bottom
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, whole - height))
        bar.setPageStep(height)

    def _visible_rows(self, top: int, bottom: int) -> range:
        offset = self.verticalScrollBar().value() - self._top
        first = max(0, (offset + top) // self.pitch()) * self.columns()
        last = ((offset + bottom) // self.pitch() + 1) * self.columns()
        return range(first, max(first, min(len(self._ids), last)))

    def _row_at(self, point: QPoint) -> int:
        for row in self._visible_rows(point.y(), point.y()):
            if self.cell(row).contains(point):
                return row
        return -1

    def _find(self, item: int) -> int | None:
        try:
            return self._ids.index(item) if item >= 0 else None
        except ValueError:
            return None

    def _show_row(self, row: int, smooth: bool) -> None:
        bar, rect, height = self.verticalScrollBar(), self.cell(row), self.viewport().height()
        target = bar.value()
        if rect.top() < self._top:
            target += rect.top() - self._top
        elif rect.bottom() > height - self._theme.px(24):
            target += rect.bottom() - height + self._theme.px(24)
        self._scroll_to(target, smooth)

    def _scroll_to(self, target: int, smooth: bool) -> None:
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

    # State of the painting.

    def ring_shown(self) -> bool:
        """Whether the current item wears the focus ring."""
        return self.hasFocus() and self._by_key

    def lift_of(self, row: int) -> float:
        """How far an item has grown, 0 to 1."""
        if row == self._row and self.ring_shown():
            return self._lift
        return 1.0 if row == self._hovered else 0.0

    def is_hovered(self, row: int) -> bool:
        """Whether the pointer is on an item."""
        return row == self._hovered

    def _raise_current(self) -> None:
        self._rise.stop()
        duration = self._theme.duration(140)
        if duration and self.isVisible():
            self._lift = 0.0
            self._rise.setDuration(duration)
            self._rise.start()
        else:
            self._lift = 1.0

    def _on_rise(self, value: float) -> None:
        self._lift = value
        self._refresh(self._row)

    def _refresh(self, row: int) -> None:
        if 0 <= row < len(self._ids):
            reach = self._theme.px(14)
            self.viewport().update(self.cell(row).adjusted(-reach, -reach, reach, reach))

    def _tell_current(self) -> None:
        item = self.current_id()
        card = self._book.card(item) if item >= 0 else None
        self.setAccessibleDescription(words.spoken(card) if card else "")
        self.current_changed.emit(item)

    def _on_cards_changed(self, items: tuple[int, ...]) -> None:
        rows = self._visible_rows(0, self.viewport().height())
        touched = set(items)
        shown = [row for row in rows if not touched or self._ids[row] in touched]
        if len(shown) > 24:
            self.viewport().update()
            return
        for row in shown:
            self._refresh(row)

    def _prefetch(self) -> None:
        height = self.viewport().height()
        rows = self._visible_rows(-height // 2, height + height // 2)
        self._book.prefetch(self._ids[row] for row in rows)

    # Qt.

    def minimumSizeHint(self) -> QSize:
        """Small: it scrolls."""
        return QSize(self._theme.px(240), self._theme.px(200))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the first seen line in its place while columns come and go."""
        self._measure()
        if self.hasFocus():
            self._show_row(self._row, smooth=False)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted and paint only what came into view."""
        self._ahead.start()
        if abs(dy) < self.viewport().height():
            self.viewport().scroll(0, dy)
        else:
            self.viewport().update()
        if self._hovered >= 0:
            self._hover(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells the event touches, the raised ones last."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = event.rect()
        painter.fillRect(area, self._theme.color("background"))
        reach = self._theme.px(14)
        raised = []
        for row in self._visible_rows(area.top() - reach, area.bottom() + reach):
            if self.lift_of(row) > 0:
                raised.append(row)
            elif event.region().intersects(self.cell(row)):
                self.paint_cell(painter, row, self.cell(row), self._book.card(self._ids[row]))
        for row in raised:
            self.paint_cell(painter, row, self.cell(row), self._book.card(self._ids[row]))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with arrows, pages, Home and End; Enter opens, the menu key asks for the menu."""
        self._by_key = True
        step = self._step(event.key())
        if step is not None:
            self.go_to(self._row + step)
        elif event.key() in ENTER and self.current_id() >= 0:
            self.item_activated.emit(self.current_id())
        elif event.key() == Qt.Key.Key_Menu and self.current_id() >= 0:
            self._ask_context(self._row, self.cell(self._row).center())
        else:
            super().keyPressEvent(event)
            if event.key() not in ARROWS:
                event.ignore()
            return
        event.accept()

    def _step(self, key: int) -> int | None:
        across = self.columns()
        page = max(1, self.viewport().height() // self.pitch()) * across
        if key == Qt.Key.Key_Down and self.takes_arrow(key):
            return min(across, len(self._ids) - 1 - self._row)
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -across,
        }
        if key in steps:
            return steps[Qt.Key(key)] if self.takes_arrow(key) else None
        jumps = {
            Qt.Key.Key_PageUp: -min(page, self._row // across * across),
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -self._row,
            Qt.Key.Key_End: len(self._ids),
        }
        return jumps.get(Qt.Key(key))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Raise the item under the pointer."""
        self._hover(self._row_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Let the item down again."""
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what was pressed; it opens when the button is let go on it."""
        self._pressed = self._row_at(event.position().toPoint())
        self._by_key = False
        if self._pressed >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(self._pressed)
            event.accept()
        else:
            event.ignore()  # the back button belongs to the window

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the pressed item."""
        row = self._row_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and row >= 0 and row == self._pressed:
            self.item_activated.emit(self._ids[row])
        self._pressed = -1

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the item under the pointer, or of the current one."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row = self._row_at(self.viewport().mapFromGlobal(event.globalPos()))
            if row >= 0:
                self.go_to(row)
                self._ask_context(row, self.viewport().mapFromGlobal(event.globalPos()))
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll smoothly with a wheel, exactly with a touch pad."""
        if not event.pixelDelta().isNull():
            self._scroll_to(self.scroll_target() - event.pixelDelta().y(), smooth=False)
        else:
            notches = event.angleDelta().y() / 120
            self._scroll_to(self.scroll_target() - round(notches * self.pitch() * 0.6), smooth=True)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard brought the focus."""
        self._by_key = event.reason() != Qt.FocusReason.MouseFocusReason
        self._raise_current()
        if self._by_key:
            self._show_row(self._row, smooth=True)
        self._refresh(self._row)
        self._tell_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let the current item down."""
        self._refresh(self._row)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            old, self._hovered = self._hovered, row
            self._refresh(old)
            self._refresh(row)
            hand = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand)

    def _ask_context(self, row: int, point: QPoint) -> None:
        self.context_requested.emit(self._ids[row], self.viewport().mapToGlobal(point))
