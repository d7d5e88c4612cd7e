"""The live table of downloads: a virtual list of which only rows that changed are painted anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.downloads import Download
from ui import download_words as said
from ui.pages.downloads.deeds import Deed, deeds_of
from ui.pages.downloads.painter import DownloadPainter, Look, deed_words
from ui.pages.downloads.picks import Picks
from ui.theme import Theme
from ui.widgets.virtual_view import ENTER, VirtualView

LINE = 64
SCROLL_BAR = 12  # pixels at 100 % kept free for it at the right, whether it is there or not
BODY = -1
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class DownloadBook(QObject):
    """Gives the table its rows from where they are kept."""

    changed = Signal(tuple)

    def __init__(
        self, find: Callable[[int], Download | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._find = find

    def card(self, item: int) -> Download | None:
        """The row of a number."""
        return self._find(item)

    def prefetch(self, items: Iterable[int]) -> None:
        """Everything is here."""


class TableHeader(QWidget):
    """What the columns are called, above them."""

    def __init__(self, theme: Theme, painter: DownloadPainter, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._painter = theme, painter
        self._inset = (0, 0)
        self._font = theme.font(13, 500)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_inset(self, left: int, right: int) -> None:
        """Keep this free at both ends, as the rows below do."""
        self._inset = (left, right)
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(200), self._theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words and the line below them."""
        painter = QPainter(self)
        left, right = self._inset
        width = self.width() - left - right
        columns = self._painter.columns(width)
        painter.setFont(self._font)
        painter.setPen(self._theme.color("dim"))
        names = {
            "done": self.tr("Done"),
            "speed": self.tr("Speed"),
            "left": self.tr("Left"),
            "from": self.tr("From"),
            "state": self.tr("State"),
        }
        places = {self.tr("Name"): columns.name}
        places |= {names[name]: at for name, at in columns.places.items() if name in names}
        for text, (begin, end) in places.items():
            box = QRect(left + begin, 0, end - begin, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        painter.fillRect(left, self.height() - 1, width, 1, self._theme.color("line"))


class DownloadList(VirtualView[Download]):
    """Arrows walk rows and their buttons; Enter plays, Space pauses, Delete removes.

    Shift and Ctrl pick several rows: what is asked of one of them then is asked of all.
    """

    pressed = Signal(int, object)
    """A row and a `Deed` asked of it by a button or a key."""
    toggled = Signal(int)
    """Space: pause it, or let it go on."""
    opened = Signal(int)
    """Everything about it is wanted."""
    picks_changed = Signal(int)
    """So many rows are picked together."""

    def __init__(self, theme: Theme, book: DownloadBook, parent: QWidget | None = None) -> None:
        super().__init__(theme, book, parent)
        self.painter = DownloadPainter(theme)
        self._spot = BODY  # where the keyboard is in the current row
        self._pointed = BODY
        self._picks = Picks()
        self.painted = 0
        """How many rows were painted so far."""
        self.setAccessibleName(self.tr("Downloads"))

    # Rows picked together.

    def targets(self, item: int) -> tuple[int, ...]:
        """The rows that are meant by what is asked of one: all that are picked with it."""
        several = len(self._picks) > 1 and item in self._picks
        return self._picks.among(self._ids) if several else (item,)

    def picked(self) -> int:
        """How many rows are picked."""
        return len(self._picks)

    def pick(self, item: int) -> None:
        """Pick one more, or one less, from a menu: it stays picked while one walks about."""
        self._picks.toggle(item, item)
        self._picks.held = len(self._picks) > 0
        self._show_picks()

    def drop_picks(self) -> bool:
        """Pick nothing any more; False when nothing was picked."""
        had = bool(self._picks.clear())
        if had:
            self._show_picks()
        return had

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these; what is not among them is not picked any more."""
        super().set_ids(ids)
        before = len(self._picks)
        self._picks.keep(self._ids)
        if len(self._picks) != before:
            self._show_picks()

    def _show_picks(self) -> None:
        self.viewport().update()
        self._tell_current()
        self.picks_changed.emit(len(self._picks))

    # The view.

    def pitch(self) -> int:
        """A row."""
        return self._theme.px(LINE)

    def cell(self, row: int) -> QRect:
        """The whole width between the margins; the scroll bar stands outside of them."""
        width = self.width() - 2 * self.side() - self._theme.px(SCROLL_BAR)
        return QRect(self.side(), self.line_top(row), width, self.pitch())

    def describe(self, card: Download) -> str:
        """Its words for a screen reader, and which button the keyboard is on."""
        spoken = said.spoken(card)
        if self._ids[self._row] in self._picks and self._card(self._row) is card:
            spoken = self.tr("{row}, picked").format(row=spoken)
        deeds = deeds_of(card)
        if 0 <= self._spot < len(deeds):
            return f"{deed_words(deeds[self._spot])}, {spoken}"
        return spoken

    def paint_cell(self, painter: QPainter, row: int, rect: QRect, card: Download | None) -> None:
        """Paint one row."""
        if card is None:
            return
        self.painted += 1
        ringed = row == self._row and self.ring_shown()
        hovered = self.is_hovered(row)
        spot = self._spot if ringed else self._pointed if hovered else BODY
        picked = self._ids[row] in self._picks
        self.painter.paint(painter, rect, card, Look(hovered, ringed, spot, picked))
        if ringed:
            px = self._theme.px
            painter.setPen(QPen(self._theme.color("accent"), px(3)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(-1, 1, 1, -2), px(14), px(14))

    def takes_arrow(self, key: int) -> bool:
        """Left and Right go along the buttons of a row; nothing stands below the last one."""
        if key == Qt.Key.Key_Right:
            return self._spot + 1 < len(self._deeds())
        if key == Qt.Key.Key_Left:
            return self._spot > BODY
        if key == Qt.Key.Key_Down:
            return len(self._ids) > 0
        return super().takes_arrow(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything the keyboard does with a row."""
        key, item = event.key(), self.current_id()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if item < 0 or held & ~(SHIFT | CTRL) or not self._picks_by_key(key, held):
            if item >= 0 and not held & ~SHIFT:
                self._plain_key(event, key, item)
            else:
                event.ignore()
            return
        event.accept()

    def _picks_by_key(self, key: int, held: Qt.KeyboardModifier) -> bool:
        """Keys that pick rows, or leave them: whether this was one."""
        item, order = self.current_id(), self._ids
        step = self._step(key) if key not in SIDEWAYS else None
        if held == CTRL and key == Qt.Key.Key_Space:
            self._picks.toggle(item, item)
        elif held == CTRL and key == Qt.Key.Key_A:
            self._picks.take_all(order)
        elif step is not None and held == CTRL:
            self._by_key = True
            self.go_to(self._row + step)
            return True
        elif step is not None and held == SHIFT:
            self._by_key = True
            self.go_to(self._row + step)
            self._picks.reach(order, item, self.current_id())
        else:
            if step is not None and not held and not self._picks.held:
                self.drop_picks()
            return False
        self._show_picks()
        return True

    def _plain_key(self, event: QKeyEvent, key: int, item: int) -> None:
        self._by_key = True
        if key in SIDEWAYS and self.takes_arrow(key):
            self._go_to_spot(self._spot + (1 if key == Qt.Key.Key_Right else -1))
        elif key in ENTER:
            self._press(self._row, self._spot)
        elif key == Qt.Key.Key_Space:
            self.toggled.emit(item)
        elif key == Qt.Key.Key_Delete:
            self.pressed.emit(item, Deed.REMOVE)
        elif key in (Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaTogglePlayPause):
            self.pressed.emit(item, Deed.PLAY)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the pointer."""
        super().mouseMoveEvent(event)
        spot = self._spot_at(event.position().toPoint())
        if spot != self._pointed:
            self._pointed = spot
            self._refresh(self._hovered)
        if spot == BODY:
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        else:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """With Ctrl pick one more or one less, with Shift a stretch; else only this one is meant.

        A button of a row that is picked is for all of them.
        """
        before, point = self.current_id(), event.position().toPoint()
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self._pressed < 0:
            return
        held, item = event.modifiers(), self._ids[self._pressed]
        if not held & (SHIFT | CTRL):
            if self._spot_at(point) == BODY or item not in self._picks:
                self.drop_picks()
            return
        if held & SHIFT:
            self._picks.reach(self._ids, before, item)
        else:
            self._picks.toggle(item, before)
        self._pressed = -1  # letting go of it presses no button
        self._show_picks()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press a button of the row; a press beside them only chooses it."""
        point = event.position().toPoint()
        row, pressed = self.row_at(point), self._pressed
        self._pressed = -1
        if event.button() != Qt.MouseButton.LeftButton or row < 0 or row != pressed:
            return
        spot = self._spot_at(point)
        if spot != BODY:
            self._press(row, spot)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell everything about a row."""
        point = event.position().toPoint()
        row = self.row_at(point)
        if event.button() != Qt.MouseButton.LeftButton or row < 0:
            return
        if self._spot_at(point) == BODY:
            self.opened.emit(self._ids[row])
        else:
            self.mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a button does, or what a row that is too narrow hides."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, point: QPoint) -> str:
        row, spot = self.row_at(point), self._spot_at(point)
        card = self._card(row)
        if card is None:
            return ""
        if spot != BODY:
            return deed_words(deeds_of(card)[spot])
        return said.reason(card) or card.name

    def _press(self, row: int, spot: int) -> None:
        card = self._card(row)
        if card is None:
            return
        item = self._ids[row]
        if spot == BODY:
            self.item_activated.emit(item)
            return
        deeds = deeds_of(card)
        deed = deeds[min(spot, len(deeds) - 1)]
        if deed is Deed.MORE:
            self._ask_context(row, self._menu_point(row))
        else:
            self.pressed.emit(item, deed)

    def _go_to_spot(self, spot: int) -> None:
        self._spot = spot
        self._refresh(self._row)
        self._tell_current()

    def _raise_current(self) -> None:
        """Another row: Enter plays it."""
        self._spot = BODY
        super()._raise_current()

    def _on_cards_changed(self, items: tuple[int, ...]) -> None:
        """A row may have fewer buttons now."""
        self._spot = min(self._spot, len(self._deeds()) - 1)
        super()._on_cards_changed(items)

    def _menu_point(self, row: int) -> QPoint:
        card = self._card(row)
        if card is None:
            return self.cell(row).center()
        return self.painter.buttons(self.cell(row), card)[-1][1].bottomLeft()

    def _spot_at(self, point: QPoint) -> int:
        row = self.row_at(point)
        card = self._card(row)
        if card is None:
            return BODY
        for place, (_, box) in enumerate(self.painter.buttons(self.cell(row), card)):
            if box.contains(point):
                return place
        return BODY

    def _card(self, row: int) -> Download | None:
        return self._book.card(self._ids[row]) if 0 <= row < len(self._ids) else None

    def _deeds(self) -> tuple[Deed, ...]:
        card = self._card(self._row)
        return deeds_of(card) if card is not None else ()
