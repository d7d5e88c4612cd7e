"""The rows of what was found: a virtual list whose rows have a button and a menu each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.domain.search import Result
from ui.pages.search.result_painter import Look, ResultPainter, Spot, spoken
from ui.theme import Theme
from ui.widgets.virtual_view import ENTER, VirtualView

LINE, GAP = 80, 10


class ResultBook(QObject):
    """Gives the list its rows from where they are kept."""

    changed = Signal(tuple)

    def __init__(self, find: Callable[[int], Result | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find = find

    def card(self, item: int) -> Result | None:
        """The row of an id."""
        return self._find(item)

    def prefetch(self, items: Iterable[int]) -> None:
        """Everything is here."""


class ResultList(VirtualView[Result]):
    """Enter and the button play a row; Right goes to its menu; a press on the row opens it."""

    opened = Signal(int)
    """Somebody wants to know everything about a row."""
    touched = Signal()
    """Somebody points at a row, or moves among them: nothing may jump now."""
    left_wanted = Signal()
    """Left was pressed where nothing of the row is further left."""
    let_go = Signal()
    """Nobody does any more."""

    def __init__(self, theme: Theme, book: ResultBook, parent: QWidget | None = None) -> None:
        super().__init__(theme, book, parent)
        self._painter = ResultPainter(theme)
        self._spot = Spot.MAIN  # where the keyboard is in the current row
        self._pointed = Spot.BODY
        self._best = -1
        self._painted: dict[int, Result] = {}
        self.line_below = False
        """Whether something that can be pressed stands below the last row."""
        self.column_beside = False
        """Whether a column stands at the left that the arrow should go to."""
        self.setAccessibleName(self.tr("Results"))

    def set_best(self, row: int) -> None:
        """Say which row is the best: its button is the page's main one."""
        if row != self._best:
            self._best = row
            self.viewport().update()

    def refresh(self) -> None:
        """Paint again those rows that are other ones than those painted."""
        rows = self.visible_rows(0, self.viewport().height())
        seen = [self._ids[row] for row in rows]
        touched = [item for item in seen if self._painted.get(item) is not self._book.card(item)]
        self._painted = {item: self._painted[item] for item in seen if item in self._painted}
        if touched:
            self._on_cards_changed(tuple(touched))

    def content_height(self) -> int:
        """How high all rows are together, in pixels."""
        return len(self._ids) * self.pitch() + self._top + self._bottom

    def pitch(self) -> int:
        """A row and the gap below it."""
        return self._theme.px(LINE) + self._theme.px(GAP)

    def cell(self, row: int) -> QRect:
        """The whole width between the margins."""
        width = self.viewport().width() - 2 * self.side()
        return QRect(self.side(), self.line_top(row), width, self._theme.px(LINE))

    def describe(self, card: Result) -> str:
        """Its words for a screen reader."""
        return spoken(card)

    def paint_cell(self, painter: QPainter, row: int, rect: QRect, card: Result | None) -> None:
        """Paint one row."""
        if card is None:
            return
        self._painted[card.id] = card
        ringed = row == self._row and self.ring_shown()
        hovered = self.is_hovered(row)
        spot = self._spot if ringed else self._pointed if hovered else Spot.BODY
        self._painter.paint(painter, rect, card, Look(hovered, ringed, spot, card.id == self._best))
        if ringed:
            self._ring(painter, rect)

    def takes_arrow(self, key: int) -> bool:
        """Left and Right go between the button and the menu of a row."""
        if key == Qt.Key.Key_Right:
            return len(self._ids) > 0 and self._spot is Spot.MAIN
        if key == Qt.Key.Key_Left:
            return self._spot is Spot.MORE or self.column_beside
        if key == Qt.Key.Key_Down and not self.line_below:
            return len(self._ids) > 0  # the last row is the end: nothing stands below it
        return super().takes_arrow(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose what Enter does; everything else as in every list."""
        self.touched.emit()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # Ctrl+Enter is the page's
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.takes_arrow(event.key()):
            self._by_key = True
            self._go_aside(right=event.key() == Qt.Key.Key_Right)
            event.accept()
        elif event.key() in ENTER and self._spot is Spot.MORE and self.current_id() >= 0:
            self._ask_context(self._row, self._menu_point(self._row))
            event.accept()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the pointer."""
        self.touched.emit()
        super().mouseMoveEvent(event)
        spot = self._spot_at(event.position().toPoint())
        if spot is not self._pointed:
            self._pointed = spot
            self._refresh(self._hovered)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Play, open the menu, or tell everything of the row."""
        point = event.position().toPoint()
        row = self.row_at(point)
        pressed, self._pressed = self._pressed, -1
        if event.button() != Qt.MouseButton.LeftButton or row < 0 or row != pressed:
            return
        spot = self._spot_at(point)
        if spot is Spot.MAIN:
            self.item_activated.emit(self._ids[row])
        elif spot is Spot.MORE:
            self._ask_context(row, self._menu_point(row))
        else:
            self.opened.emit(self._ids[row])

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.let_go.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        popup = event.reason() == Qt.FocusReason.PopupFocusReason
        if not popup and not self.underMouse():
            self.let_go.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll."""
        self.touched.emit()
        super().wheelEvent(event)

    def _go_aside(self, *, right: bool) -> None:
        """To the menu of the row, back from it, or to the column beside."""
        if not right and self._spot is Spot.MAIN:
            self.left_wanted.emit()
            return
        self._spot = Spot.MORE if right else Spot.MAIN
        self._refresh(self._row)

    def _ring(self, painter: QPainter, rect: QRect) -> None:
        """The focus ring of the row, inside its margins."""
        px = self._theme.px
        out = px(3)
        painter.setPen(QPen(self._theme.color("accent"), px(3)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        outer = QRectF(rect).adjusted(-out, -out, out, out)
        painter.drawRoundedRect(outer, px(16) + out, px(16) + out)

    def _raise_current(self) -> None:
        """Another row: its button is what Enter presses."""
        self._spot = Spot.MAIN
        super()._raise_current()

    def _menu_point(self, row: int) -> QPoint:
        return self._painter.more_rect(self.cell(row)).bottomLeft()

    def _spot_at(self, point: QPoint) -> Spot:
        row = self.row_at(point)
        if row < 0:
            return Spot.BODY
        rect = self.cell(row)
        if self._painter.main_rect(rect).contains(point):
            return Spot.MAIN
        return Spot.MORE if self._painter.more_rect(rect).contains(point) else Spot.BODY
