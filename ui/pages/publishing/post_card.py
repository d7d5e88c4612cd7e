"""A post in the calendar: time and platform, its title, and how it stands; it can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.post import MOVABLE, Post
from ui import publishing_words as said
from ui.pages.publishing.days import place_of
from ui.theme import Theme
from ui.widgets.painted_button import PaintedButton
from ui.words import SEPARATOR

HIGH, TALL, LOW = 56, 76, 24
"""Pixels at 100 % a card of a week is high, one in a narrow week, and a line of a month."""
OK = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select, Qt.Key.Key_Space)
STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Days and hours an arrow moves a post that is held in the hand."""


class PostCard(PaintedButton):
    """`opened` when it is pressed; OK takes a post that may be moved into the hand.

    In the hand, arrows emit `stepped` (days, hours), OK `dropped`, Back `let_go`.
    """

    opened = Signal()
    taken = Signal()
    stepped = Signal(int, int)
    dropped = Signal()
    let_go = Signal()
    dragged = Signal(QPoint)
    """The pointer, on the screen, while the mouse drags."""
    drag_ended = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, 8, parent)
        self.post: Post | None = None
        self.low = self.tall = False
        self.held = False
        """Whether the keyboard holds it in the hand."""
        self._now = 0.0
        self._at = 0.0
        self._pressed: QPoint | None = None
        self._dragging = False
        self.clicked.connect(lambda _on=False: self.opened.emit())

    def set_tall(self, tall: bool) -> None:
        """Give the platform a line of its own, where there is little room."""
        if tall != self.tall:
            self.tall = tall
            self.update()

    def show_post(self, post: Post, now: float, *, low: bool = False) -> None:
        """Show a post; `low` is a single line."""
        self.post, self._now, self.low = post, now, low
        self._at = place_of(post, now)
        self.setAccessibleName(said.spoken(post, now))
        self._describe()
        reason = said.reason(post)
        tip = (said.headline(post), said.where(post), said.state(post)[0], reason)
        self.setToolTip("\n".join(part for part in tip if part))
        self.update()

    def show_time(self, at: float) -> None:
        """Show where it would be put down now."""
        self._at = at
        self.setAccessibleDescription(said.moment(at, self._now))
        self.update()

    @property
    def at(self) -> float:
        """The time it shows."""
        return self._at

    @property
    def movable(self) -> bool:
        """Whether it may be given another time."""
        return self.post is not None and self.post.state in MOVABLE

    def set_held(self, held: bool) -> None:
        """Show whether it is in the hand."""
        if held != self.held:
            self.held = held
            self._describe()
            self.update()

    def takes_arrow(self, _key: Qt.Key) -> bool:
        """In the hand, arrows move it."""
        return self.held

    def sizeHint(self) -> QSize:
        """A card of a week, or a line of a month."""
        return QSize(self._theme.px(150), self._theme.px(LOW if self.low else HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """OK takes it and puts it down; arrows move it in between; Back lets it go."""
        key = Qt.Key(event.key())
        if self.held and self._on_held_key(key):
            event.accept()
        elif key in OK and not event.isAutoRepeat() and self.movable:
            self.taken.emit()
            event.accept()
        elif key == Qt.Key.Key_Menu:
            self.opened.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press may become a drag."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.movable:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it once the pointer went far enough."""
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        gone = (event.position().toPoint() - self._pressed).manhattanLength()
        if self._dragging or gone >= QApplication.startDragDistance():
            self._dragging = True
            self.setDown(False)
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put it down, or open it."""
        dragging, self._dragging, self._pressed = self._dragging, False, None
        if dragging:
            self.setDown(False)
            self.drag_ended.emit(event.globalPosition().toPoint())
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button opens it too."""
        self.opened.emit()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card: a bar and an icon in the colour of its state, time, platform, title."""
        post = self.post
        if post is None:
            return
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone, icon = self._look(post)
        box = QRectF(self.rect())
        lit = self.underMouse() or self.held or self._dragging
        edge = theme.color("accent") if self.held or self._dragging else theme.color("clear")
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(theme.color("surface3" if lit else "surface2"))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), px(8), px(8))
        painter.save()
        painter.setClipRect(QRectF(0, 0, px(3), box.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(tone))
        painter.drawRoundedRect(box, px(8), px(8))
        painter.restore()
        side = 14 if self.low else 16
        drawn = theme.pixmap(
            icon, tone if tone != "faint" else "dim", side, self.devicePixelRatioF()
        )
        top = (self.height() - px(side)) / 2 if self.low else px(8)
        painter.drawPixmap(QPointF(self.width() - px(side + 8), top), drawn)
        self._words(painter, post, self.width() - px(side + 14))

    def _words(self, painter: QPainter, post: Post, right: int) -> None:
        theme, px = self._theme, self._theme.px
        left = px(12)
        small, large = theme.font(13, 500), theme.font(14, 500)
        if self.low:
            line = f"{said.hour(self._at)}  {said.headline(post)}"
            self._line(painter, QRect(left, 0, right - left, self.height()), line, "text", small)
            return
        time, name = said.hour(self._at), said.platform(post.platform)
        first = time if self.tall else f"{time}{SEPARATOR}{name}"
        self._line(painter, QRect(left, px(7), right - left, px(20)), first, "dim", small)
        room = QRect(left, px(28), self.width() - left - px(8), px(22))
        if self.tall:
            self._line(painter, room.translated(0, -px(2)), name, "dim", small)
            room.translate(0, px(19))
        self._line(painter, room, said.headline(post), "text", large)

    def _line(self, painter: QPainter, room: QRect, text: str, tone: str, font: object) -> None:
        painter.setFont(font)  # type: ignore[arg-type]  # a QFont of the theme
        painter.setPen(self._theme.color(tone))
        shown = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _look(self, post: Post) -> tuple[str, str]:
        """Colour token and icon; what goes out today wears the accent."""
        _, tone, icon = said.state(post)
        today = said.local(self._at).date() == said.local(self._now).date()
        return ("accent", icon) if today and tone == "faint" and icon == "clock" else (tone, icon)

    def _on_held_key(self, key: Qt.Key) -> bool:
        if key in STEPS:
            self.stepped.emit(*STEPS[key])
        elif key in OK:
            self.dropped.emit()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Back, Qt.Key.Key_Backspace):
            self.let_go.emit()
        else:
            return False
        return True

    def _describe(self) -> None:
        if self.held:
            text = self.tr("In your hand. Arrows move it, OK puts it down, Back leaves it.")
        elif self.movable:
            text = self.tr("OK takes it to move it.")
        else:
            text = ""
        self.setAccessibleDescription(text)
