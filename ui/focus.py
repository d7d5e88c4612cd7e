"""Moves the focus by arrows, to the nearest control in that direction, and never loses it."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable, Iterable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)

log = logging.getLogger(__name__)

ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
SIDEWAYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})
OK = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select})
MARGIN = 40  # pixels kept free round a control that is scrolled into view


class FocusNavigator(QObject):
    """Watches the focused widget of one window and turns its arrows into moves.

    `scope()` gives the widgets among which the focus may move now, each with what it contains
    (the top overlay alone, or the page and the rail). `cross(key)` is asked when nothing lies
    in that direction; it returns True when it moved the focus itself.
    """

    def __init__(
        self,
        window: QWidget,
        scope: Callable[[], list[QWidget]],
        cross: Callable[[Qt.Key], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._scope, self._cross = window, scope, cross
        self._watched: QWidget | None = None
        self._last_rect = QRect()
        self._last_home: weakref.ref[QWidget] | None = None
        self._reserved: list[QKeySequence] = []
        self._mend = QTimer(self, singleShot=True, interval=0)
        self._mend.timeout.connect(self.restore)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrows of the focused widget that it does not need itself."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            try:
                return self._on_key(event)
            except Exception:  # noqa: BLE001 - PySide crashes when a filter raises
                log.exception("An arrow could not be followed")
                return False
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._on_override(event)
        if kind in (QEvent.Type.Hide, QEvent.Type.EnabledChange):
            self._mend.start()
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize):
            self._remember()
        return False

    def move(self, key: Qt.Key) -> bool:
        """Move the focus in the direction of an arrow; False when it stays."""
        focused = QApplication.focusWidget()
        if focused is None or focused.window() is not self._window:
            return self.restore()
        found = nearest(self._origin(focused), key, self._places(focused))
        page_only = self._home_of(focused)
        if found is not None and page_only is self._home_of(found):
            self._give(found)
            return True
        if self._cross(key):
            return True
        if found is not None and (key in SIDEWAYS or self._is_near(focused, found)):
            self._give(found)
            return True
        return scroll_on(focused, key)

    def _is_near(self, focused: QWidget, found: QWidget) -> bool:
        """Whether what was found lies over or below this part of the window, not beside it."""
        home = self._home_of(focused)
        one, other = self._rect(home if home is not None else focused), self._rect(found)
        return min(one.right(), other.right()) > max(one.left(), other.left())

    def restore(self) -> bool:
        """Give the focus to a neighbour of what had it, when nothing has it any more."""
        if not self._window.isActiveWindow() and QApplication.activeWindow() is not None:
            return False
        if QApplication.activePopupWidget() is not None:
            return False
        focused = QApplication.focusWidget()
        if focused is not None and self._is_good(focused):
            return False
        best, distance = None, 0
        for widget, rect in self._places(focused):
            gap = (rect.center() - self._last_rect.center()).manhattanLength()
            if best is None or gap < distance:
                best, distance = widget, gap
        if best is not None:
            self._give(best)
        return best is not None

    def mend_soon(self) -> None:
        """Look after the focus once the present event is over."""
        self._mend.start()

    def reserve(self, shortcuts: list[str]) -> None:
        """Name shortcuts that work from a text field too, though it knows them otherwise."""
        self._reserved = [QKeySequence(text) for text in shortcuts]

    def candidates(self) -> list[QWidget]:
        """Every control the focus may go to now, in no order."""
        return [widget for home in self._homes() for widget in focusable(home)]

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key not in ARROWS or plain != Qt.KeyboardModifier.NoModifier:
            return False
        focused = QApplication.focusWidget()
        if focused is None or takes_arrow(focused, key):
            return False
        self.move(key)
        return True

    def _on_override(self, event: QKeyEvent) -> bool:
        if QKeySequence(event.keyCombination()) in self._reserved:
            event.ignore()
            return True
        return False

    def _places(self, without: QWidget | None) -> Iterable[tuple[QWidget, QRect]]:
        for widget in self.candidates():
            if widget is not without:
                yield widget, self._rect(widget)

    def _homes(self) -> Sequence[QWidget]:
        """Where the focus may go; a panel that Qt has thrown away already is no home."""
        return [home for home in self._scope() if shiboken6.isValid(home)]

    def _home_of(self, widget: QWidget) -> QWidget | None:
        return next((home for home in self._homes() if home.isAncestorOf(widget)), None)

    def _is_good(self, widget: QWidget) -> bool:
        if widget.window() is not self._window:
            return widget.isVisible()
        homes = self._homes()
        inside = any(home is widget or home.isAncestorOf(widget) for home in homes)
        return inside and widget.isVisible() and widget.isEnabled()

    def _rect(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())

    def _origin(self, widget: QWidget) -> QRect:
        """Where a move begins: a wall or a shelf says which of its items is current."""
        item = getattr(widget, "item_rect", None)
        if not callable(item):
            return self._rect(widget)
        rect = QRect(item()).translated(widget.mapTo(self._window, QPoint(0, 0)))
        return rect if rect.isValid() else self._rect(widget)

    def _give(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        show_inside(widget)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if not shiboken6.isValid(self):
            return
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        if new is not None and new.window() is self._window:
            lost = old is not None and (not shiboken6.isValid(old) or not self._shown(old))
            if lost and not self._last_rect.isNull():
                self._mend_to_neighbour(new)
                return
            self._follow(new)
        elif new is None:
            self._mend.start()

    def _shown(self, widget: QWidget) -> bool:
        return widget.isVisible() and widget.isEnabled()

    def _mend_to_neighbour(self, chosen: QWidget) -> None:
        """Qt picks the next in the tab order when a widget goes; the nearest is what one expects.

        Only within the same page: when the page itself went, its successor chose already.
        """
        homes = self._homes()
        home = self._last_home() if self._last_home is not None else None
        if home is None or not shiboken6.isValid(home) or home not in homes:
            self._follow(chosen)
            return
        places = [(widget, self._rect(widget)) for widget in focusable(home)]
        centre = self._last_rect.center()
        best = min(
            places,
            key=lambda place: (place[1].center() - centre).manhattanLength(),
            default=(chosen, self._last_rect),
        )[0]
        self._follow(best)
        if best is not chosen:
            best.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, widget: QWidget) -> None:
        if self._watched is not widget:
            widget.installEventFilter(self)
            self._watched = widget
        self._remember()

    def _remember(self) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._last_rect = self._rect(self._watched)
            home = self._home_of(self._watched)
            self._last_home = weakref.ref(home) if home is not None else None


def focusable(home: QWidget) -> list[QWidget]:
    """The visible, enabled controls inside a widget that take the focus by Tab."""
    return [
        widget
        for widget in home.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollArea | QScrollBar)
        and not widget.size().isEmpty()
    ]


def nearest(origin: QRect, key: Qt.Key, places: Iterable[tuple[QWidget, QRect]]) -> QWidget | None:
    """The best widget in a direction: in the same row or column first, then the nearest."""
    best, best_score = None, 0.0
    for widget, rect in places:
        score = _score(origin, rect, key)
        if score is not None and (best is None or score < best_score):
            best, best_score = widget, score
    return best


def _score(origin: QRect, rect: QRect, key: Qt.Key) -> float | None:
    """Lower is better; None when the rectangle is not in that direction."""
    across = key in SIDEWAYS
    near, far = _span(origin, across), _span(rect, across)
    forward = key in (Qt.Key.Key_Right, Qt.Key.Key_Down)
    gap = far[0] - near[1] if forward else near[0] - far[1]
    centres = (far[0] + far[1] - near[0] - near[1]) * (1 if forward else -1)
    if centres <= 0 or gap < -min(near[1] - near[0], far[1] - far[0]) / 2:
        return None
    side, other = _span(origin, not across), _span(rect, not across)
    overlap = min(side[1], other[1]) - max(side[0], other[0])
    apart = max(0, -overlap)
    shift = abs(side[0] + side[1] - other[0] - other[1]) / 2
    beam = 0.0 if overlap > 0 else 1e6 if across else 1e4
    return max(0, gap) * (1.0 if across else 4.0) + apart * 2.0 + shift * 0.3 + beam


def _span(rect: QRect, across: bool) -> tuple[int, int]:
    return (rect.left(), rect.right()) if across else (rect.top(), rect.bottom())


def takes_arrow(widget: QWidget, key: Qt.Key) -> bool:
    """Whether a widget needs an arrow itself now: a cursor that can move, a list with more."""
    own = getattr(widget, "takes_arrow", None)
    if callable(own):
        return bool(own(key))
    if isinstance(widget, QLineEdit):
        return _line_takes(widget, key)
    if isinstance(widget, QAbstractSlider):
        return key in SIDEWAYS
    if isinstance(widget, QAbstractSpinBox):
        return False
    if isinstance(widget, QComboBox):
        return False
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return _text_takes(widget, key)
    if isinstance(widget, QAbstractItemView):
        return _list_takes(widget, key)
    return False


def _line_takes(line: QLineEdit, key: Qt.Key) -> bool:
    if key == Qt.Key.Key_Left:
        return line.cursorPosition() > 0
    if key == Qt.Key.Key_Right:
        return line.cursorPosition() < len(line.text())
    return False


def _text_takes(text: QTextEdit | QPlainTextEdit, key: Qt.Key) -> bool:
    if text.isReadOnly():
        bar = text.horizontalScrollBar() if key in SIDEWAYS else text.verticalScrollBar()
        return _can_scroll(bar, key)
    cursor = text.textCursor()
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
        return not cursor.atStart()
    return not cursor.atEnd()


def _list_takes(view: QAbstractItemView, key: Qt.Key) -> bool:
    model, current = view.model(), view.currentIndex()
    if model is None or model.rowCount(view.rootIndex()) == 0:
        return False
    if not current.isValid():
        return key in (Qt.Key.Key_Down, Qt.Key.Key_Up)
    last = model.rowCount(current.parent()) - 1
    if key == Qt.Key.Key_Up:
        return current.row() > 0
    if key == Qt.Key.Key_Down:
        return current.row() < last
    if key == Qt.Key.Key_Left:
        return current.column() > 0
    return current.siblingAtColumn(current.column() + 1).isValid()


def _can_scroll(bar: QScrollBar, key: Qt.Key) -> bool:
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
        return bar.value() > bar.minimum()
    return bar.value() < bar.maximum()


def show_inside(widget: QWidget) -> None:
    """Scroll every area the widget lies in until it is seen, with some room round it."""
    outer = widget.parentWidget()
    while outer is not None:
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(widget, MARGIN, MARGIN)
        outer = outer.parentWidget()


def scroll_on(widget: QWidget, key: Qt.Key) -> bool:
    """Scroll a page by arrows where no control is left in that direction."""
    outer: QWidget | None = widget
    while outer is not None:
        if isinstance(outer, QAbstractScrollArea):
            bar = outer.horizontalScrollBar() if key in SIDEWAYS else outer.verticalScrollBar()
            if _can_scroll(bar, key):
                back = key in (Qt.Key.Key_Left, Qt.Key.Key_Up)
                bar.setValue(bar.value() + (-120 if back else 120))
                return True
        outer = outer.parentWidget()
    return False
