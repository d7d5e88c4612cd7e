"""What the money went to, as bars, and the last calls, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.spending import Entry, EntryState, Share, Spending
from ui import budget_words as said
from ui.pages.budget.bars import SplitBar
from ui.pages.budget.cards import Card
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChipRow
from ui.widgets.label import ElidedLabel, Label

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MOST_SHARES = 8


class Cells(QWidget):
    """Labels in columns, renewed line by line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme.px(16))
        self.grid.setVerticalSpacing(theme.px(10))

    def clear(self) -> None:
        """Empty it."""
        while (item := self.grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class SharesCard(Card):
    """By service, by kind or by task: the largest first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("What it went to"), parent)
        self._theme = theme
        self._told: Spending | None = None
        ways = ((self.tr("Service"), 0), (self.tr("Kind"), 1), (self.tr("Task"), 2))
        self.ways = ChipRow(theme, ways, self)
        self.ways.chosen.connect(lambda _way: self._show())
        self.head.addWidget(self.ways)
        self.cells = Cells(theme, self)
        self.cells.grid.setColumnStretch(1, 1)
        self.column.addWidget(self.cells)
        self.nothing = Label(self.tr("Nothing was spent in this month."), "body", wrap=True)
        self.column.addWidget(self.nothing)
        self.column.addStretch(1)

    def show_spending(self, told: Spending) -> None:
        """Show a month."""
        self._told = told
        self._show()

    def _show(self) -> None:
        told = self._told
        if told is None:
            return
        self.cells.clear()
        ways: tuple[tuple[Sequence[Share], Callable[[str], str]], ...] = (
            (told.services, lambda one: said.service(one, told.names)),
            (told.kinds, said.kind),
            (told.tasks, said.task),
        )
        shares, name = ways[self.ways.value if isinstance(self.ways.value, int) else 0]
        self.nothing.setVisible(not shares)
        most = max((one.spent + one.reserved for one in shares), default=1)
        for row, share in enumerate(shares[:MOST_SHARES]):
            self._line(row, name(share.name), share, most, told.currency)

    def _line(self, row: int, name: str, share: Share, most: int, currency: str) -> None:
        title = Label(name, "body", parent=self.cells)
        title.setMaximumWidth(self._theme.px(240))
        bar = SplitBar(self._theme, 8, self.cells)
        bar.show_shares(share.spent, share.reserved, most)
        amount = Label(said.money(share.spent, currency), "strong", parent=self.cells)
        calls = Label(self.tr("%n call(s)", "", share.calls), "secondary", parent=self.cells)
        for column, widget in enumerate((title, bar, amount, calls)):
            self.cells.grid.addWidget(widget, row, column)
        for label in (amount, calls):
            label.setAlignment(RIGHT)


class CallsCard(Card):
    """The last calls: when, who, what for, how much."""

    more_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Last calls"), parent)
        self._theme = theme
        self.cells = Cells(theme, self)
        for column, stretch in enumerate((0, 2, 3, 2, 0, 0)):
            self.cells.grid.setColumnStretch(column, stretch)
        self.column.addWidget(self.cells)
        self.more = Button(theme, self.tr("Show more"), "ghost", "chevron-down", parent=self)
        self.more.clicked.connect(self.more_pressed)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_calls(self, entries: Sequence[Entry], more: bool, names: Mapping[str, str]) -> None:
        """Show these, newest first; `names` are what services are called."""
        self.cells.clear()
        for row, one in enumerate(entries):
            self._line(row, one, said.service(one.service, names))
        self.more.setVisible(more)
        self.setVisible(bool(entries))

    def _line(self, row: int, one: Entry, service: str) -> None:
        state, tone = "", ""
        if one.state is EntryState.RESERVED:
            state, tone = self.tr("set aside"), "info"
        elif one.excess:
            over = said.fine(one.excess, one.currency)
            state, tone = self.tr("{0} above the estimate").format(over), "warn"
        task = said.task(one.task) + (f" \N{MIDDLE DOT} {one.what}" if one.what else "")
        parts = (
            Label(said.moment(one.at), "secondary", parent=self.cells),
            ElidedLabel(service, "body", parent=self.cells),
            ElidedLabel(task, "body", parent=self.cells, elide=Qt.TextElideMode.ElideRight),
            ElidedLabel(said.kind(one.kind), "secondary", parent=self.cells),
            Label(state, "secondary", tone, parent=self.cells),
            Label(said.fine(one.amount, one.currency), "strong", parent=self.cells),
        )
        for column, widget in enumerate(parts):
            self.cells.grid.addWidget(widget, row, column)
        parts[-1].setAlignment(RIGHT)
