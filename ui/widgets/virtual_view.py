"""A scrolling wall of items of which only what is seen is ever painted: mouse, keys, motion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
    SignalInstance,
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
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets import virtual_accessible
from ui.widgets.virtual_wall import VirtualWall

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Book(Protocol[T_co]):
    """Where a view finds what belongs to an id."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted with a tuple of ids that are new; empty means all."""

    def card(self, item: int) -> T_co | None:
        """Return what belongs to an id, or None while it is on its way."""

    def prefetch(self, items: Iterable[int]) -> None:
        """These will be needed soon."""


class VirtualView(VirtualWall, Generic[T]):
    """Shows what belongs to many ids in order; subclasses paint one of them and speak of it."""

    item_activated = Signal(int)
    """Enter or a click; carries the item's id."""
    context_requested = Signal(int, QPoint)
    """The menu key or the right button; the id and where, on the screen."""

    def __init__(self, theme: Theme, book: Book[T], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._book = book
        self.ground = "background"
        """The colour token of what lies under the items."""
        self._hovered = self._pressed = -1
        self._lift = 1.0
        self._by_key = False
        self.setProperty("ownRing", True)  # the focus ring is painted round the item
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._rise = QVariantAnimation(self)
        self._rise.setStartValue(0.0)
        self._rise.setEndValue(1.0)
        self._rise.valueChanged.connect(self._on_rise)
        self._ahead = QTimer(self, singleShot=True, interval=60)
        self._ahead.timeout.connect(self._prefetch)
        book.changed.connect(self._on_cards_changed)

    def paint_cell(self, painter: QPainter, row: int, rect: QRect, card: T | None) -> None:
        """Paint one item; one that is None is on its way."""

    def describe(self, card: T) -> str:
        """Everything worth saying of an item to a screen reader."""
        return ""

    # State of the painting.

    def ring_shown(self) -> bool:
        """Whether the current item wears the focus ring."""
        return self.hasFocus() and self._by_key

    def _forget_pointer(self) -> None:
        """Nothing is under the pointer until it moves."""
        self._hovered = -1

    def lift_of(self, row: int) -> float:
        """How far an item has grown, 0 to 1."""
        if row == self._row and self.ring_shown():
            return self._lift
        return 1.0 if row == self._hovered else 0.0

    def is_hovered(self, row: int) -> bool:
        """Whether the pointer is on an item."""
        return row == self._hovered

    def _raise_current(self) -> None:
        """Let the current item grow."""
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

    def spoken(self, row: int) -> str:
        """Everything worth saying of an item."""
        card = self._book.card(self._ids[row]) if 0 <= row < len(self._ids) else None
        return self.describe(card) if card is not None else ""

    def _tell_current(self) -> None:
        """Say the current item to screen readers too."""
        self.setAccessibleDescription(self.spoken(self._row))
        super()._tell_current()
        if self.hasFocus():
            virtual_accessible.tell_focus(self)

    def _on_cards_changed(self, items: tuple[int, ...]) -> None:
        rows = self.visible_rows(0, self.viewport().height())
        touched = set(items)
        shown = [row for row in rows if not touched or self._ids[row] in touched]
        if len(shown) > 24:
            self.viewport().update()
            return
        for row in shown:
            self._refresh(row)

    def _prefetch(self) -> None:
        height = self.viewport().height()
        rows = self.visible_rows(-height // 2, height + height // 2)
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
        painter.fillRect(area, self._theme.color(self.ground))
        reach = self._theme.px(14)
        raised = []
        for row in self.visible_rows(area.top() - reach, area.bottom() + reach):
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
        self._hover(self.row_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Let the item down again."""
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what was pressed; it opens when the button is let go on it."""
        self._pressed = self.row_at(event.position().toPoint())
        self._by_key = False
        if self._pressed >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(self._pressed)
            event.accept()
        else:
            event.ignore()  # the back button belongs to the window

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the pressed item."""
        row = self.row_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and row >= 0 and row == self._pressed:
            self.item_activated.emit(self._ids[row])
        self._pressed = -1

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the item under the pointer, or of the current one."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row = self.row_at(self.viewport().mapFromGlobal(event.globalPos()))
            if row >= 0:
                self.go_to(row)
                self._ask_context(row, self.viewport().mapFromGlobal(event.globalPos()))
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll smoothly with a wheel, exactly with a touch pad."""
        if not event.pixelDelta().isNull():
            self.scroll_to(self.scroll_target() - event.pixelDelta().y(), smooth=False)
        else:
            notches = event.angleDelta().y() / 120
            self.scroll_to(self.scroll_target() - round(notches * self.pitch() * 0.6), smooth=True)
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
