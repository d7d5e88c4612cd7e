"""A shelf of Home: one row of cards that scrolls sideways, wide ones or posters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPoint,
    QPropertyAnimation,
    QRect,
    QRectF,
    QSize,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.media import Card, PosterKey
from ui import words
from ui.theme import Theme
from ui.widgets.card_painter import CardPainter
from ui.widgets.posters import PosterCache

Form = Literal["wide", "poster"]
SIZES: dict[Form, tuple[int, int]] = {"wide": (318, 179), "poster": (176, 264)}
GAPS: dict[Form, int] = {"wide": 18, "poster": 18}
FOOT = 48  # for the words below wide cards
AIR = 16  # above and below, for the ring and what grows
GROWTH = 0.03
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class Shelf(QWidget):
    """Cards side by side; give it the whole width of the page, it keeps the margin itself."""

    item_activated = Signal(int)
    context_requested = Signal(int, QPoint)
    current_changed = Signal(int)
    focus_left = Signal()

    def __init__(
        self,
        theme: Theme,
        form: Form,
        posters: PosterCache,
        picture: Callable[[PosterKey], Path],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme: Theme = theme
        self._form: Form = form
        self._painter = CardPainter(theme, posters, picture, self)
        self._cards: list[Card] = []
        self._place = 0
        self._hovered = self._pressed = -1
        self._by_key = False
        self._offset = 0.0
        self._side = theme.px(48)
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._on_slide)
        self.setProperty("ownRing", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        posters.ready.connect(self._on_poster_ready)

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show these; the current one stays current when it is still among them."""
        current = self.current_id()
        self._cards = list(cards)
        ids: list[int] = [card.id for card in self._cards]
        if current in ids:
            self._place = ids.index(current)
        self._place = max(0, min(self._place, len(self._cards) - 1))
        self._offset = min(self._offset, self._most())
        self._tell()
        self.update()

    def cards(self) -> list[Card]:
        """The cards shown."""
        return list(self._cards)

    def set_side(self, side: int) -> None:
        """Keep this free at the left and right, in pixels."""
        self._side = side
        self.update()

    def current_id(self) -> int:
        """The id of the current card, or -1."""
        return self._cards[self._place].id if 0 <= self._place < len(self._cards) else -1

    def go_to(self, place: int) -> None:
        """Make a card current and bring it into view."""
        if not self._cards:
            return
        self._place = max(0, min(place, len(self._cards) - 1))
        step = self._size().width() + self._gap()
        left, room = self._place * step, self.width() - 2 * self._side
        target = self._offset
        if left < target:
            target = left
        elif left + self._size().width() > target + room:
            target = left + self._size().width() - room
        self._slide_to(target)
        self._tell()
        self.update()

    def takes_arrow(self, key: int) -> bool:
        """Whether an arrow would move inside the shelf."""
        if key == Qt.Key.Key_Left:
            return self._place > 0
        if key == Qt.Key.Key_Right:
            return self._place < len(self._cards) - 1
        return False

    def item_rect(self) -> QRect:
        """Where the current card is, in this widget."""
        return self._cell(self._place)

    def sizeHint(self) -> QSize:
        """As high as its cards and what they grow."""
        foot = self._theme.px(FOOT) if self._form == "wide" else 0
        return QSize(400, self._size().height() + foot + 2 * self._theme.px(AIR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards that are seen, the raised one last."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        raised = []
        for place in range(len(self._cards)):
            rect = self._cell(place)
            if rect.right() < 0 or rect.left() > self.width():
                continue
            if self._is_raised(place):
                raised.append(place)
            else:
                self._paint_card(painter, place, rect)
        for place in raised:
            self._paint_raised(painter, place, self._cell(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, right, Home and End move; Enter opens; the menu key asks for the menu."""
        self._by_key = True
        key = event.key()
        moves = {
            Qt.Key.Key_Left: self._place - 1,
            Qt.Key.Key_Right: self._place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._cards) - 1,
        }
        if key in moves:
            self.go_to(moves[Qt.Key(key)])
        elif key in PRESS and self._cards:
            self.item_activated.emit(self.current_id())
        elif key == Qt.Key.Key_Menu and self._cards:
            centre = self.mapToGlobal(self.item_rect().center())
            self.context_requested.emit(self.current_id(), centre)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Raise the card under the pointer."""
        self._hover(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Let it down."""
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the card that was pressed."""
        self._pressed = self._at(event.position().toPoint())
        self._by_key = False
        if event.button() != Qt.MouseButton.LeftButton or self._pressed < 0:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        place = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and 0 <= place == self._pressed:
            self._place = place
            self.item_activated.emit(self._cards[place].id)
        self._pressed = -1

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the card under the pointer."""
        place = self._at(self.mapFromGlobal(event.globalPos()))
        if event.reason() == QContextMenuEvent.Reason.Mouse and place >= 0:
            self._place = place
            self.context_requested.emit(self._cards[place].id, event.globalPos())
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Sideways wheels scroll the shelf; others belong to the page."""
        sideways = event.angleDelta().x() or (
            event.angleDelta().y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0
        )
        if not sideways:
            event.ignore()
            return
        self._slide_to(self._goal() - sideways / 120 * (self._size().width() + self._gap()))
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        self._by_key = event.reason() != Qt.FocusReason.MouseFocusReason
        self.go_to(self._place)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let the card down."""
        self.update()
        self.focus_left.emit()

    def _is_raised(self, place: int) -> bool:
        ringed = place == self._place and self.hasFocus() and self._by_key
        return ringed or place == self._hovered

    def _paint_raised(self, painter: QPainter, place: int, rect: QRect) -> None:
        painter.save()
        centre = QRectF(rect).center()
        painter.translate(centre)
        painter.scale(1 + GROWTH, 1 + GROWTH)
        painter.translate(-centre)
        self._paint_card(painter, place, rect, named=True)
        if place == self._place and self.hasFocus() and self._by_key:
            self._painter.ring(painter, rect)
        painter.restore()

    def _paint_card(self, painter: QPainter, place: int, rect: QRect, named: bool = False) -> None:
        card, ratio = self._cards[place], self.devicePixelRatioF()
        if self._form == "poster":
            self._painter.poster(painter, rect, card, ratio, named)
            return
        self._painter.wide(painter, rect, card, ratio)
        px = self._theme.px
        font, below = self._theme.font(16, 600), self._theme.font(13)
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        title = QFontMetrics(font).elidedText(
            words.headline(card), Qt.TextElideMode.ElideRight, rect.width()
        )
        painter.drawText(rect.left(), rect.bottom() + px(26), title)
        painter.setFont(below)
        painter.setPen(self._theme.color("dim"))
        said = words.time_left(card) if card.position > 0 else words.facts(card)
        painter.drawText(rect.left(), rect.bottom() + px(45), said)

    def _size(self) -> QSize:
        width, height = SIZES[self._form]
        return QSize(self._theme.px(width), self._theme.px(height))

    def _gap(self) -> int:
        return self._theme.px(GAPS[self._form])

    def _cell(self, place: int) -> QRect:
        step = self._size().width() + self._gap()
        left = self._side + place * step - round(self._offset)
        return QRect(QPoint(left, self._theme.px(AIR)), self._size())

    def _at(self, point: QPoint) -> int:
        for place in range(len(self._cards)):
            if self._cell(place).contains(point):
                return place
        return -1

    def _most(self) -> float:
        step = self._size().width() + self._gap()
        whole = len(self._cards) * step - self._gap()
        return float(max(0, whole - (self.width() - 2 * self._side)))

    def _goal(self) -> float:
        if self._slide.state() == QPropertyAnimation.State.Running:
            return float(self._slide.endValue())
        return self._offset

    def _slide_to(self, target: float) -> None:
        target = max(0.0, min(self._most(), target))
        self._slide.stop()
        duration = self._theme.duration(180)
        if duration and self.isVisible():
            self._slide.setStartValue(self._offset)
            self._slide.setEndValue(target)
            self._slide.setDuration(duration)
            self._slide.start()
        else:
            self._on_slide(target)

    def _on_poster_ready(self, _key: object) -> None:
        """A method of its own: Qt lets go of it with the shelf, of a lambda it would not."""
        self.update()

    def _on_slide(self, value: float) -> None:
        self._offset = float(value)
        self.update()

    def _hover(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            hand = Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(hand)
            self.update()

    def _tell(self) -> None:
        spoken = words.spoken(self._cards[self._place]) if self._cards else ""
        self.setAccessibleDescription(spoken)
        self.current_changed.emit(self.current_id())
