"""The first view of the page: tiles, cores, the chart, the health of the parts, the newest log."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app.services.phrases import Phrases
from ui import system_words as said
from ui.bridge import Bridge
from ui.messages import sentence
from ui.pages.system.chart_card import ChartCard
from ui.pages.system.chart_model import ChartModel
from ui.pages.system.cores import CoresCard
from ui.pages.system.details import Details
from ui.pages.system.figures import Figure
from ui.pages.system.health_card import HealthCard
from ui.pages.system.rings import RingTile
from ui.pages.system.shapes import Shapes
from ui.pages.system.viewmodel import SystemViewModel
from ui.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.scroll_body import ScrollBody
from ui.words import SEPARATOR

FOUR_TILES, TWO_COLUMNS, THREE_CARDS = 900, 860, 1100
GAP = 18
LEFT, RIGHT = 10, 7
"""How the columns share the width, as drawn."""


class Overview(QWidget):
    """Shapes until the first second is there; a part that cannot be shown leaves the others."""

    page_wished = Signal(str)
    storage_wished = Signal()

    def __init__(
        self,
        theme: Theme,
        bridge: Bridge,
        model: SystemViewModel,
        chart: ChartModel,
        phrases: Phrases,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme, self._model, self._chart = theme, model, chart
        self._shape: tuple[int, bool, int] | None = None
        self._machine: object = None
        self._follows_chart = False
        self.tiles = {
            "processor": RingTile(theme, self.tr("Processor"), "accent", self),
            "memory": RingTile(theme, self.tr("Memory"), "info", self),
            "disk": RingTile(theme, self.tr("Media disk"), "warn", self),
            "network": RingTile(theme, self.tr("Network"), "calm", self),
        }
        self.cores = CoresCard(theme, self)
        self.chart = ChartCard(theme, bridge, chart, self)
        self.health = HealthCard(theme, model, phrases, self)
        self.details = Details(theme, self)
        self.busy = Shapes(theme)
        self.broken = EmptyState(theme, self.tr("The machine cannot be looked at now"), "",
                                 icon="triangle-alert")  # fmt: skip
        self.broken.add_button(self.tr("Try again"), model.load, "main", "refresh-cw")
        self.stack = QStackedWidget(self)
        self.area = self._make_area()
        for part in (self.busy, self.area, self.broken):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()
        self._show()

    def add_log(self, card: QWidget) -> None:
        """Put the card of the newest log below the others."""
        self._below.addWidget(card)

    def focus_first(self) -> None:
        """The chart's figures, or what to press."""
        if self.stack.currentWidget() is self.broken:
            self.broken.focus_first()
        else:
            self.tiles["processor"].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer columns where there is little room."""
        self._arrange()

    def _make_area(self) -> ScrollBody:
        gap = self._theme.px(GAP)
        self._tiles, self._cards = QGridLayout(), QGridLayout()
        for grid in (self._tiles, self._cards):
            grid.setSpacing(gap)
        left = self._left = QVBoxLayout()
        left.setSpacing(gap)
        left.addWidget(self.cores)
        left.addWidget(self.chart, 1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(gap)
        self._columns.addLayout(left, LEFT)
        self._columns.addWidget(self.health, RIGHT)
        self._below = QVBoxLayout()
        area = ScrollBody(self._theme, GAP, parent=self)
        area.column.addLayout(self._tiles)
        area.column.addLayout(self._columns)
        area.column.addLayout(self._below)
        area.column.addLayout(self._cards)
        area.column.addStretch(1)
        return area

    def _connect(self) -> None:
        model = self._model
        model.sampled.connect(self._show)
        model.error_changed.connect(self._show)
        self.health.open_wished.connect(self.page_wished)
        self.chart.fitted.connect(self._on_fitted)
        for name, figure in (
            ("processor", Figure.PROCESSOR), ("memory", Figure.MEMORY),
            ("network", Figure.NETWORK),
        ):  # fmt: skip
            self.tiles[name].clicked.connect(lambda _on=False, it=figure: self._chart_of(it))
        self.tiles["disk"].clicked.connect(lambda _on=False: self.storage_wished.emit())

    def show_chart(self) -> None:
        """Scroll to the chart, and again when it got the height of its new content."""
        self._follows_chart = True
        QTimer.singleShot(0, self, self._scroll_to_chart)

    def _scroll_to_chart(self) -> None:
        self.area.ensureWidgetVisible(self.chart, 0, 0)

    def _on_fitted(self) -> None:
        self._give_room()
        if self._follows_chart:
            self._follows_chart = False
            QTimer.singleShot(0, self, self._scroll_to_chart)

    def _chart_of(self, figure: Figure) -> None:
        self._chart.choose(figure)
        self.show_chart()

    def _arrange(self) -> None:
        px, wide = self._theme.px, self.width()
        tiles = 4 if wide >= px(FOUR_TILES) else 2
        cards = 3 if wide >= px(THREE_CARDS) else 2 if wide >= px(560) else 1
        shape = (tiles, wide < px(TWO_COLUMNS), cards)
        if shape == self._shape:
            return
        self._shape = shape
        way = QBoxLayout.Direction
        self._columns.setDirection(way.TopToBottom if shape[1] else way.LeftToRight)
        for grid, parts, across in (
            (self._tiles, list(self.tiles.values()), tiles),
            (self._cards, list(self.details.cards), cards),
        ):
            for place, part in enumerate(parts):
                grid.addWidget(part, place // across, place % across)
            for column in range(4):
                grid.setColumnStretch(column, 1 if column < across else 0)
        self._give_room()

    def _give_room(self) -> None:
        """The health card ends in line with the chart, where they stand side by side."""
        beside = self._shape is not None and not self._shape[1]
        self.health.set_room(self._left.sizeHint().height() if beside else 0)

    def _show(self) -> None:
        model = self._model
        if model.error is not None:
            title = self.tr("The machine cannot be looked at now")
            kept = self.tr("What the station does goes on all the same.")
            self.broken.set_texts(title, f"{sentence(model.error)} {kept}")
        part: QWidget = self.area if model.now is not None else self.busy
        if model.error is not None:
            part = self.broken
        had = self.stack.isAncestorOf(self.focusWidget() or self)
        was = self.stack.currentWidget()
        self.stack.setCurrentWidget(part)
        if part is self.area:
            self._fill()
            self._give_room()
        if had and was is not part and self.isVisible():
            self.focus_first()

    def _fill(self) -> None:
        model, now, machine = self._model, self._model.now, self._model.machine
        if now is None:
            return
        if machine is not None and machine is not self._machine:
            self._machine = machine
            self.cores.show_machine(machine)
        self.cores.show_loads(now)
        self.chart.set_memory(now.memory_total)
        self.details.show_now(now)
        pace = max(now.mhz, default=0.0)
        words = [self.tr("%n core(s)", "", len(now.cores))]
        words += [said.gigahertz(pace)] if pace else []
        self.tiles["processor"].show_share(now.cpu, SEPARATOR.join(words))
        used = said.used_of(now.memory_used, now.memory_total, said.BINARY)
        share = now.memory_used / max(1, now.memory_total)
        self.tiles["memory"].show_share(share, used, warns=True)
        disk = model.media_disk
        if disk is not None:
            self.tiles["disk"].show_share(
                disk.ratio, said.used_of(disk.used, disk.total), warns=True
            )
        link = model.link
        flows = said.rates(link.received, link.sent) if link is not None else None
        self.tiles["network"].show_share(
            model.link_ratio if link is not None else None, flows or self.tr("not connected")
        )
