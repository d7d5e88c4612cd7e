"""The files of a download: which are wanted, how urgently, and how far each is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.downloads import DownloadFile, Priority
from ui import download_words as said
from ui import words
from ui.theme import Theme
from ui.widgets.drawn_shapes import DrawnShapes
from ui.widgets.virtual_view import ENTER, VirtualView

LINE = 52
BOX, CHIP, SIZE, BAR = 20, 112, 84, 90
MIDDLE = Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ON_TICK, ON_PRIORITY = 0, 1


class FileBook(QObject):
    """Keeps the files by their numbers."""

    changed = Signal(tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: dict[int, DownloadFile] = {}

    def card(self, item: int) -> DownloadFile | None:
        """One of them."""
        return self.files.get(item)

    def prefetch(self, items: Iterable[int]) -> None:
        """Everything is here."""


class FileList(VirtualView[DownloadFile]):
    """Space or a press ticks a file; Right leads to how urgently it is wanted."""

    wanted_changed = Signal(object)
    """What the owner changed: priorities by the numbers of files."""
    play_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None, live: bool = False) -> None:
        self._files = FileBook()
        super().__init__(theme, self._files, parent)
        self._files.setParent(self)
        self.ground = "surface1"
        self._live = live
        self._over = False
        self._spot = ON_TICK
        self._shapes = DrawnShapes(theme)
        self._title, self._small = theme.font(15, 500), theme.font(13, 400)
        self._title_metrics = QFontMetrics(self._title)
        self._small_metrics = QFontMetrics(self._small)
        self.set_margins(theme.px(6), theme.px(6), theme.px(6))
        self.setAccessibleName(self.tr("Files"))

    def show_files(self, files: Sequence[DownloadFile]) -> None:
        """Show these; only those that changed are painted anew."""
        before, now = self._files.files, {file.index: file for file in files}
        changed = tuple(index for index, file in now.items() if before.get(index) != file)
        self._files.files = now
        if list(before) != list(now):
            self.set_ids(list(now))
        if changed:
            self._files.changed.emit(changed)

    def set_over(self, *, over: bool) -> None:
        """Everything is here: there is nothing to want any more, and Enter plays a file."""
        if over != self._over:
            self._over, self._spot = over, ON_TICK
            self.viewport().update()

    def chosen(self) -> dict[int, Priority]:
        """How much each is wanted."""
        return {file.index: file.priority for file in self._files.files.values()}

    def wanted_size(self) -> int:
        """Bytes of those that are wanted."""
        return sum(file.size for file in self._files.files.values() if file.priority)

    def wanted_count(self) -> int:
        """How many are wanted."""
        return sum(1 for file in self._files.files.values() if file.priority)

    def set_all(self, wanted: bool) -> None:
        """Want all of them, or none."""
        priority = Priority.NORMAL if wanted else Priority.SKIP
        self._want({
            file.index: priority
            for file in self._files.files.values()
            if not file.refused and bool(file.priority) is not wanted
        })  # fmt: skip

    def pitch(self) -> int:
        """One file."""
        return self._theme.px(LINE)

    def cell(self, row: int) -> QRect:
        """The whole width between the margins."""
        width = self.viewport().width() - 2 * self.side()
        return QRect(self.side(), self.line_top(row), width, self.pitch())

    def describe(self, card: DownloadFile) -> str:
        """Its words for a screen reader."""
        parts = [card.path.rpartition("/")[2], words.size(card.size)]
        if self._over:
            return ", ".join([*parts, self.tr("Enter plays it")] if card.playable else parts)
        parts.append(said.refusal(card.refused) if card.refused else said.priority(card.priority))
        if self._live and card.size:
            parts.append(_percent(card))
        return ", ".join(parts)

    def paint_cell(
        self, painter: QPainter, row: int, rect: QRect, card: DownloadFile | None
    ) -> None:
        """Paint one file."""
        if card is None:
            return
        px, theme = self._theme.px, self._theme
        ringed = row == self._row and self.ring_shown()
        if self.is_hovered(row) or ringed:
            self._shapes.box(painter, rect.adjusted(0, 1, 0, -1), "surface2", "", px(12))
        self._tick(painter, rect, card, ringed and self._spot == ON_TICK)
        right = self._tail(painter, rect, card, ringed and self._spot == ON_PRIORITY)
        folder, _, name = card.path.rpartition("/")
        left = rect.left() + px(44)
        width = right - left - px(12)
        more = said.refusal(card.refused) if card.refused else folder
        high = px(22)
        top = rect.center().y() - (high if more else high // 2)
        painter.setFont(self._title)
        painter.setPen(theme.color("text" if card.priority else "faint"))
        elide = Qt.TextElideMode.ElideMiddle
        shown = self._title_metrics.elidedText(name, elide, width)
        painter.drawText(QRect(left, top, width, high), MIDDLE, shown)
        if more:
            painter.setFont(self._small)
            painter.setPen(theme.color("warn" if card.refused else "dim"))
            shown = self._small_metrics.elidedText(more, elide, width)
            painter.drawText(QRect(left, top + high - px(2), width, px(20)), MIDDLE, shown)
        if ringed:
            painter.setPen(QPen(theme.color("accent"), px(3)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(-1, 1, 1, -1), px(12), px(12))

    def takes_arrow(self, key: int) -> bool:
        """Right and Left go between the tick and the urgency."""
        if key == Qt.Key.Key_Right:
            return len(self._ids) > 0 and self._spot == ON_TICK and not self._over
        if key == Qt.Key.Key_Left:
            return self._spot == ON_PRIORITY
        return super().takes_arrow(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Enter ticks or opens the list of urgencies."""
        key, card = event.key(), self._files.card(self.current_id())
        if card is None:
            event.ignore()
            return
        self._by_key = True
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.takes_arrow(key):
            self._spot = ON_PRIORITY if key == Qt.Key.Key_Right else ON_TICK
            self._refresh(self._row)
        elif key == Qt.Key.Key_Space or (key in ENTER and self._spot == ON_TICK):
            self._toggle(card)
        elif key in ENTER or key == Qt.Key.Key_Menu:
            self._offer(card, self._chip(self.cell(self._row)).bottomLeft())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick, or open the list of urgencies."""
        point = event.position().toPoint()
        row, pressed = self.row_at(point), self._pressed
        self._pressed = -1
        card = self._files.card(self._ids[row]) if row >= 0 else None
        if event.button() != Qt.MouseButton.LeftButton or card is None or row != pressed:
            return
        chip = self._chip(self.cell(row))
        if chip.contains(point) and not self._over:
            self._offer(card, chip.bottomLeft())
        else:
            self._toggle(card)

    def _tick(self, painter: QPainter, rect: QRect, card: DownloadFile, ringed: bool) -> None:
        px = self._theme.px
        box = QRect(rect.left() + px(12), rect.center().y() - px(BOX) // 2, px(BOX), px(BOX))
        on = bool(card.priority)
        edge = "accent" if on or ringed else "faint"
        if self._over:
            icon, ink = (
                ("play", "accent" if ringed else "text") if card.playable else ("file", "dim")
            )
            self._shapes.icon(painter, icon, ink, box.topLeft(), BOX)
            return
        if card.refused:
            self._shapes.icon(painter, "shield-alert", "warn", box.topLeft(), BOX)
            return
        self._shapes.box(painter, box, "accent" if on else "surface2", edge, px(6))
        if on:
            self._shapes.icon(
                painter, "check", "on_accent", box.topLeft() + QPoint(px(2), px(2)), 16
            )

    def _tail(self, painter: QPainter, rect: QRect, card: DownloadFile, ringed: bool) -> int:
        """Size, how far it is, how urgent; returns where they begin."""
        px, theme = self._theme.px, self._theme
        chip = self._chip(rect)
        right = chip.left() - px(12)
        if self._over:
            right = rect.right() - px(14)
        elif not card.refused:
            edge = "accent" if ringed else "line"
            self._shapes.box(painter, chip, "surface3" if ringed else "surface2", edge, px(15))
            painter.setFont(self._small)
            painter.setPen(theme.color("text" if card.priority is Priority.HIGH else "dim"))
            text = said.priority(card.priority)
            painter.drawText(chip.adjusted(px(12), 0, 0, 0), MIDDLE, text)
            arrow = QPoint(chip.right() - px(24), chip.center().y() - px(8) + 1)
            self._shapes.icon(painter, "chevron-down", "dim", arrow, 16)
        painter.setFont(self._small)
        painter.setPen(theme.color("dim"))
        size = QRect(right - px(SIZE), rect.top(), px(SIZE), rect.height())
        painter.drawText(size, RIGHT, words.size(card.size))
        if not self._live or self._over:
            return size.left()
        bar = QRect(size.left() - px(BAR), rect.center().y() - px(2), px(BAR), px(5))
        fraction = card.done / card.size if card.size else 0.0
        self._shapes.bar(painter, bar, fraction, "good" if fraction >= 1 else "accent")
        return bar.left()

    def _chip(self, rect: QRect) -> QRect:
        px = self._theme.px
        left = rect.right() - px(8) - px(CHIP)
        return QRect(left, rect.center().y() - px(15), px(CHIP), px(30))

    def _toggle(self, card: DownloadFile) -> None:
        if self._over:
            if card.playable:
                self.play_wanted.emit(card.index)
        elif not card.refused:
            self._want({card.index: Priority.SKIP if card.priority else Priority.NORMAL})

    def _offer(self, card: DownloadFile, place: QPoint) -> None:
        if card.refused or self._over:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._live and card.playable:
            play = menu.addAction(self.tr("Play this one"))
            play.triggered.connect(lambda: self.play_wanted.emit(card.index))
            menu.addSeparator()
        for priority in (Priority.HIGH, Priority.NORMAL, Priority.LOW, Priority.SKIP):
            action = menu.addAction(said.priority(priority))
            action.setCheckable(True)
            action.setChecked(priority is card.priority)
            action.triggered.connect(
                lambda _on=False, chosen=priority: self._want({card.index: chosen})
            )
        menu.popup(self.viewport().mapToGlobal(place))

    def _want(self, changes: dict[int, Priority]) -> None:
        """Show at once what was chosen; the service's word comes after it."""
        if not changes:
            return
        for index, priority in changes.items():
            file = self._files.files.get(index)
            if file is not None:
                self._files.files[index] = replace(file, priority=priority)
        self._files.changed.emit(tuple(changes))
        self._tell_current()
        self.wanted_changed.emit(changes)

    def _raise_current(self) -> None:
        """Another file: its tick is what Enter presses."""
        self._spot = ON_TICK
        super()._raise_current()


def _percent(card: DownloadFile) -> str:
    return f"{int(card.done * 100 / card.size)} %"
