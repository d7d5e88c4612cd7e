"""The palette (Ctrl+K): every page, every command, and what the library has of that name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.media import Card, LibraryQuery, MediaKind, Sort
from ui import words
from ui.commands import Command, Commands
from ui.fuzzy import match
from ui.theme import Theme
from ui.widgets.overlay import Overlay
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from array import array
    from collections.abc import Coroutine

    from ui.bridge import Bridge, Call

TYPING_MS = 120
MOST_ITEMS = 6
LINE = 52
MOST_LINES = 8
Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole.UserRole


class LibraryPort(Protocol):
    """What the palette asks of the library."""

    def listing(self, query: LibraryQuery) -> Coroutine[Any, Any, array[int]]:
        """Return the ids of what resembles the query's text."""

    def cards(self, ids: Sequence[int]) -> Coroutine[Any, Any, list[Card]]:
        """Return what to show of some items."""


class LibrarySearch(QObject):
    """Looks up the library for the palette; a new question forgets the one before."""

    def __init__(self, bridge: Bridge, library: LibraryPort, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._library = bridge, library
        self._call: Call | None = None

    def find(self, text: str, done: Callable[[list[Card]], None]) -> None:
        """Hand the best few cards to `done`; failures hand over none."""
        if self._call is not None:
            self._call.cancel()
        self._call = self._bridge.call(self._find(text), done, lambda _error: done([]), self)

    async def _find(self, text: str) -> list[Card]:
        kinds = (MediaKind.FILM, MediaKind.SERIES, MediaKind.EPISODE, MediaKind.VIDEO)
        query = LibraryQuery(kinds=kinds, text=text, sort=Sort.TITLE)
        ids = await self._library.listing(query)
        return await self._library.cards(ids[:MOST_ITEMS])


@dataclass(frozen=True)
class Line:
    """One line of the palette."""

    title: str
    icon: str
    hint: str
    run: Callable[[], object]


class Lines(QAbstractListModel):
    """The lines shown now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """One of the lines."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own signature
        """The words for screen readers, the line for the painter."""
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.title} {line.hint}"
        return line if role == ROLE else None


class LinePainter(QStyledItemDelegate):
    """Paints an icon, a title and what stands at its right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line."""
        return QSize(100, self._theme.px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line; the current one is lit."""
        line = index.data(ROLE)
        if not isinstance(line, Line):
            return
        px, theme = self._theme.px, self._theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        lit = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if lit:
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(QRectF(rect).adjusted(0, 1, 0, -1), px(12), px(12))
        icon = theme.pixmap(line.icon, "accent" if lit else "dim", 20)
        painter.drawPixmap(QPointF(rect.left() + px(14), rect.center().y() - px(10) + 1), icon)
        painter.setFont(theme.font(14))
        hint_width = painter.fontMetrics().horizontalAdvance(line.hint)
        painter.setPen(theme.color("dim"))
        right = rect.adjusted(0, 0, -px(16), 0)
        painter.drawText(
            right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line.hint
        )
        painter.setFont(theme.font(16, 500))
        painter.setPen(theme.color("text"))
        room = rect.adjusted(px(48), 0, -hint_width - px(36), 0)
        title = painter.fontMetrics().elidedText(
            line.title, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()


class PaletteField(SearchField):
    """The line one types in; up and down belong to the list below it."""

    def __init__(self, theme: Theme, hint: str, keys: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(theme, hint)
        self._keys = keys
        self.setProperty("ownRing", True)

    def takes_arrow(self, key: int) -> bool:
        """All of them: there is nowhere else to go."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the list have its keys first."""
        if self._keys(event):
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the palette closes at once
            return
        super().keyPressEvent(event)


class Palette(Overlay):
    """Type a few letters of what you want; arrows choose, Enter does it, Esc leaves."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        commands: Commands,
        search: LibrarySearch | None,
        open_page: Callable[..., None],
    ) -> None:
        super().__init__(theme, window, 680, 0, 0.18)
        self._commands, self._search, self._open_page = commands, search, open_page
        self._found: list[Card] = []
        self.setAccessibleName(self.tr("All commands"))
        self.column.setSpacing(theme.px(8))
        self.column.setContentsMargins(*(theme.px(14),) * 4)
        hint = self.tr("Go to a page, run a command, find a film")
        self.field = PaletteField(theme, hint, self._on_key)
        self.field.textChanged.connect(self._on_text_changed)
        self.list = QListView()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.lines = Lines(self)
        self.list.setModel(self.lines)
        self.list.setItemDelegate(LinePainter(theme, self))
        self.list.clicked.connect(lambda index: self._run(index.row()))
        self.list.entered.connect(self.list.setCurrentIndex)
        self.column.addWidget(self.field)
        self.column.addWidget(self.list)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._look_up)

    def ask(self, text: str = "") -> None:
        """Open with something typed already, or nothing; a second time closes."""
        if self.isVisible():
            self.dismiss()
            return
        self._found = []
        self.field.setText(text)
        self._show_lines()
        self.open()

    def focus_first(self) -> None:
        """The field, always."""
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_key(self, event: QKeyEvent) -> bool:
        row, last = self.list.currentIndex().row(), self.lines.rowCount() - 1
        moves = {
            Qt.Key.Key_Up: row - 1 if row > 0 else last,
            Qt.Key.Key_Down: row + 1 if row < last else 0,
            Qt.Key.Key_PageUp: max(0, row - MOST_LINES),
            Qt.Key.Key_PageDown: min(last, row + MOST_LINES),
        }
        if event.key() in moves:
            self._select(moves[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select):
            self._run(row)
        else:
            return False
        return True

    def _on_text_changed(self, text: str) -> None:
        self._found = []
        self._show_lines()
        if text.strip():
            self._typing.start()

    def _look_up(self) -> None:
        text = self.field.text().strip()
        if text and self._search is not None and self.isVisible():
            self._search.find(text, self._on_found)

    def _on_found(self, cards: list[Card]) -> None:
        self._found = cards if self.field.text().strip() else []
        self._show_lines()

    def _show_lines(self) -> None:
        text = self.field.text().strip()
        scored = []
        for place, command in enumerate(self._commands.all()):
            score = match(text, command.title)
            if score is not None:
                scored.append((-score, place, command))
        lines = [self._command_line(command) for _, _, command in sorted(scored, key=_rank)]
        lines += [self._card_line(card) for card in self._found]
        if text and self._search is not None:
            lines.append(self._search_line(text))
        if not lines:
            lines = [Line(self.tr("Nothing of that name"), "circle-help", "", lambda: None)]
        self.lines.show(lines)
        self.list.setFixedHeight(min(len(lines), MOST_LINES) * self._theme.px(LINE))
        self._select(0)
        self.refit()

    def _command_line(self, command: Command) -> Line:
        shortcut = QKeySequence(command.shortcut)
        hint = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
        return Line(command.title, command.icon, hint, lambda: self._commands.run(command.id))

    def _search_line(self, text: str) -> Line:
        said = self.tr("Search every source for \u201c{text}\u201d").format(text=text)
        return Line(said, "search", "", lambda: self._open_page("search", text=text))

    def _card_line(self, card: Card) -> Line:
        icon = "tv" if card.kind in (MediaKind.SERIES, MediaKind.EPISODE) else "film"
        return Line(
            words.headline(card),
            icon,
            words.facts(card),
            lambda: self._open_page("details", item=card.id),
        )

    def _select(self, row: int) -> None:
        self.list.setCurrentIndex(self.lines.index(row))

    def _run(self, row: int) -> None:
        line = self.lines.line(row)
        if line is not None:
            self.dismiss()
            line.run()


def _rank(entry: tuple[float, int, Command]) -> tuple[float, int]:
    return entry[0], entry[1]
