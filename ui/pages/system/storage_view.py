"""What takes space: each disk as one bar of its parts, and below it the parts, largest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.upkeep import DiskSpace, Space, SpaceUse
from ui.messages import sentence
from ui.pages.system.storage_model import StorageModel
from ui.settings_form import Card
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.skeleton import Skeleton
from ui.words import SEPARATOR, moment, size

COLOURS = ("accent", "info", "warn", "good", "bad")
"""Of the largest parts; what is left of the station's is one colour, others' things another."""


class DiskBar(QWidget):
    """A disk: the parts of the station, what else is on it, and what is free."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[tuple[float, str], ...] = ()
        self.setFixedHeight(theme.px(14))

    def show_parts(self, parts: Sequence[tuple[float, str]]) -> None:
        """Show shares of 0 to 1 with the names of their colours."""
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Side by side, never narrower than can be seen."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.surface2))
        radius = theme.px(7)
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipRect(self.rect())
        place, gap = 0.0, theme.px(2)
        for share, colour in self._parts:
            width = max(share * self.width(), theme.px(3)) if share > 0 else 0.0
            painter.setBrush(QColor(getattr(theme.tokens, colour)))
            painter.drawRoundedRect(QRectF(place, 0, width, self.height()), 3, 3)
            place += width + gap
        painter.end()


class PartRow(QWidget):
    """A part: its colour, its name, where it lies, how large it is, and what can be done."""

    open_pressed = Signal(str)
    free_pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.use: SpaceUse | None = None
        self.dot = Label("\N{BLACK CIRCLE}", "secondary", parent=self)
        self.name = Label("", "strong", parent=self)
        self.path = ElidedLabel("", "secondary", elide=Qt.TextElideMode.ElideMiddle)
        self.amount = Label("", "strong", parent=self)
        self.button = Button(theme, "", "plain", "", parent=self)
        self.button.clicked.connect(self._on_pressed)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.name)
        words.addWidget(self.path)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(10))
        row.setSpacing(theme.px(16))
        row.addWidget(self.dot)
        row.addLayout(words, 1)
        row.addWidget(self.amount)
        row.addWidget(self.button)

    def show_use(self, use: SpaceUse, name: str, colour: str, freeing: str) -> None:
        """Show a part."""
        self.use = use
        self.dot.setStyleSheet(f"color: {getattr(self._theme.tokens, colour)};")
        self.name.setText(name)
        files = self.tr("%n file(s)", "", use.files)
        self.path.setText(SEPARATOR.join((use.path, files)))
        self.amount.setText(size(use.bytes))
        self.button.setText(self.tr("Empty") if use.freeable else self.tr("Open"))
        self.button.setVisible(bool(use.page or use.freeable))
        self.button.set_busy(freeing == use.part)
        self.button.setAccessibleName(f"{self.button.text()}: {name}")
        self.setAccessibleName(f"{name}, {self.amount.text()}, {use.path}")

    def _on_pressed(self) -> None:
        if self.use is not None and self.use.freeable:
            self.free_pressed.emit(self.use.part)
        elif self.use is not None:
            self.open_pressed.emit(self.use.page)


class DiskCard(Card):
    """One disk with its parts."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._theme = theme
        self.parts: list[PartRow] = []
        head = QWidget(self)
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(8))
        column.setSpacing(theme.px(10))
        self.title = ElidedLabel("", "section", elide=Qt.TextElideMode.ElideMiddle)
        self.free = Label("", "secondary", parent=head)
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        line.addWidget(self.free)
        self.bar = DiskBar(theme, head)
        column.addLayout(line)
        column.addWidget(self.bar)
        self.add(head)

    def show_disk(self, disk: DiskSpace, uses: Sequence[SpaceUse], model: StorageModel) -> None:
        """Show it."""
        self.title.setText(disk.mount)
        words = self.tr("{free} free of {total}")
        self.free.setText(words.format(free=size(disk.free), total=size(disk.total)))
        colours = [COLOURS[place] if place < len(COLOURS) else "dim" for place in range(len(uses))]
        total = max(disk.total, 1)
        parts = [(one.bytes / total, name) for one, name in zip(uses, colours, strict=True)]
        own = sum(one.bytes for one in uses)
        others = max(0.0, (disk.total - disk.free - own) / total)
        self.bar.show_parts([*parts, (others, "faint")])
        while len(self.parts) < len(uses):
            row = PartRow(self._theme, self)
            self.parts.append(row)
            self.add(row)
        for place, row in enumerate(self.parts):
            row.setVisible(place < len(uses))
            if place < len(uses):
                use = uses[place]
                row.show_use(use, model.name(use), colours[place], model.freeing)


class StorageView(QWidget):
    """Its own four states. `open_wished` carries the name of a page."""

    open_wished = Signal(str)

    def __init__(self, theme: Theme, model: StorageModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.cards: list[DiskCard] = []
        self.told = Label("", "secondary", parent=self)
        self.anew = Button(theme, self.tr("Measure again"), "plain", "refresh-cw", parent=self)
        self.anew.clicked.connect(lambda _on=False: model.measure())
        self.busy = Skeleton(theme, "results")
        title = self.tr("The disks cannot be measured now")
        self.broken = EmptyState(theme, title, "", icon="triangle-alert")
        self.broken.add_button(self.tr("Try again"), model.measure, "main", "refresh-cw")
        self.area = ScrollBody(theme)
        self.stack = QStackedWidget(self)
        for part in (self.busy, self.area, self.broken):
            self.stack.addWidget(part)
        head = QHBoxLayout()
        head.addWidget(self.told, 1)
        head.addWidget(self.anew)
        self.area.column.addLayout(head)
        self._disks = QVBoxLayout()
        self._disks.setSpacing(theme.px(16))
        self.area.column.addLayout(self._disks)
        self.area.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        model.changed.connect(self._show)
        self._show()

    def focus_first(self) -> None:
        """What to press."""
        if self.stack.currentWidget() is self.broken:
            self.broken.focus_first()
        else:
            self.anew.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        model = self._model
        self.anew.set_busy(model.measuring)
        if model.space is None:
            if model.error is not None:
                title = self.tr("The disks cannot be measured now")
                self.broken.set_texts(title, sentence(model.error))
            self.stack.setCurrentWidget(self.busy if model.error is None else self.broken)
            return
        self._fill(model.space)
        self.stack.setCurrentWidget(self.area)

    def _fill(self, space: Space) -> None:
        self.told.setText(self.tr("Measured {time}").format(time=moment(space.at)))
        while len(self.cards) < len(space.disks):
            card = DiskCard(self._theme, self)
            self.cards.append(card)
            self._disks.addWidget(card)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(space.disks))
            if place < len(space.disks):
                disk = space.disks[place]
                card.show_disk(disk, _largest_first(space, disk), self._model)
                self._connect(card)

    def _connect(self, card: DiskCard) -> None:
        for row in card.parts:
            if not row.property("connected"):
                row.setProperty("connected", True)
                row.open_pressed.connect(self.open_wished)
                row.free_pressed.connect(self._model.free)


def _largest_first(space: Space, disk: DiskSpace) -> list[SpaceUse]:
    uses = [one for one in space.uses if one.disk == disk.mount and one.bytes]
    return sorted(uses, key=lambda one: -one.bytes)
