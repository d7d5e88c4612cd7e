"""The card where limits are seen and changed in place, and new ones are set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.budget import Limit, Scope, Span, amount_text
from app.domain.spending import LimitState
from ui import budget_words as said
from ui.pages.budget.bars import SplitBar, tone_of
from ui.pages.budget.cards import Card
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChoiceChip
from ui.widgets.label import ElidedLabel, Label

FIELD = 116
Key = tuple[Span, Scope, str]


def amount_field(theme: Theme, name: str, parent: QWidget) -> QLineEdit:
    """A narrow line for an amount."""
    line = QLineEdit(parent)
    line.setAccessibleName(name)
    line.setFixedWidth(theme.px(FIELD))
    line.setAlignment(Qt.AlignmentFlag.AlignRight)
    line.setMaxLength(16)
    return line


class LimitRow(QWidget):
    """One limit: its name, its bar, and its amount in a line that is kept when it is left."""

    edited = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout()
        column.setSpacing(theme.px(6))
        self.name = ElidedLabel(name, "body", elide=Qt.TextElideMode.ElideRight)
        self.bar = SplitBar(theme, 6, self)
        column.addWidget(self.name)
        column.addWidget(self.bar)
        self.field = amount_field(theme, name, self)
        self.field.setPlaceholderText(self.tr("No limit"))
        self.field.editingFinished.connect(self._on_editing_finished)
        self.unit = Label("", "secondary")
        self.remove = Button(
            theme, "", "icon", "x", label=self.tr("Remove the limit: {0}").format(name), parent=self
        )
        self.remove.clicked.connect(lambda: self.edited.emit(""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addLayout(column, 1)
        row.addWidget(self.field)
        row.addWidget(self.unit)
        row.addWidget(self.remove)

    def show_state(self, state: LimitState | None, currency: str) -> None:
        """Show how it stands; what the owner is writing now is left alone."""
        self.unit.setText(currency)
        self.remove.setEnabled(state is not None)
        if state is None:
            self.bar.show_shares(0, 0, 0)
        else:
            tone = tone_of(state.spent, state.limit.amount)
            self.bar.show_shares(state.spent, state.reserved, state.limit.amount, tone)
        if not self.field.isModified():
            self.field.setText("" if state is None else amount_text(state.limit.amount))

    def _on_editing_finished(self) -> None:
        """Tell it once, whether by Enter or by going on."""
        if self.field.isModified():
            self.field.setModified(False)
            self.edited.emit(self.field.text())


class AddRow(QWidget):
    """Sets a limit for one service or one task."""

    wanted = Signal(object, str)
    """A limit without its amount, and what was written for it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.subject = ChoiceChip(theme, self.tr("For what"), lit=False, parent=self)
        spans = ((self.tr("Each month"), Span.MONTH), (self.tr("Each day"), Span.DAY))
        self.span = ChoiceChip(theme, self.tr("How often"), spans, lit=False, parent=self)
        self.field = amount_field(theme, self.tr("Amount of the new limit"), self)
        self.field.setPlaceholderText(self.tr("Amount"))
        self.field.returnPressed.connect(self._add)
        self.add = Button(theme, self.tr("Add limit"), "plain", "plus", parent=self)
        self.add.clicked.connect(self._add)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        for part in (self.subject, self.span):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.field)
        row.addWidget(self.add)

    def offer(
        self, services: Iterable[str], tasks: Iterable[str], names: Mapping[str, str]
    ) -> None:
        """Offer these services and tasks; without any the row is not shown."""
        choices: list[tuple[str, object]] = [
            *((said.service(one, names), (Scope.SERVICE, one)) for one in services),
            *((said.task(one), (Scope.TASK, one)) for one in tasks),
        ]
        self.subject.set_choices(choices)
        self.subject.setEnabled(bool(choices))
        self.setVisible(bool(choices))

    def _add(self) -> None:
        value, span, text = self.subject.value, self.span.value, self.field.text().strip()
        if isinstance(value, tuple) and isinstance(span, Span) and text:
            self.wanted.emit(Limit(span, 0, *value), text)


class LimitsCard(Card):
    """Everything's limits first, then those of services and tasks, then a line for more."""

    wished = Signal(object, str)
    """A limit without its amount, and what was written; nothing written: no limit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Limits"), parent)
        self._theme = theme
        self.rows: dict[Key, LimitRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(12))
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self.add_row = AddRow(theme, self)
        self.add_row.wanted.connect(self._on_wanted)
        self.column.addWidget(self.add_row)

    def show_limits(
        self, states: Sequence[LimitState], currency: str, names: Mapping[str, str]
    ) -> None:
        """Show how they stand; a row that is there already stays, and keeps the focus."""
        found = {key_of(state.limit): state for state in states}
        both: list[Key] = [(Span.MONTH, Scope.TOTAL, ""), (Span.DAY, Scope.TOTAL, "")]
        wanted = both + [key for key in found if key not in both]
        for gone in [key for key in self.rows if key not in wanted]:
            row = self.rows.pop(gone)
            row.hide()
            row.deleteLater()
        for key in wanted:
            if key not in self.rows:
                self.rows[key] = self._row(Limit(key[0], 0, key[1], key[2]), names)
            self.rows[key].show_state(found.get(key), currency)

    def focus_first(self) -> None:
        """The month's limit."""
        row = next(iter(self.rows.values()), None)
        if row is not None:
            row.field.setFocus(Qt.FocusReason.OtherFocusReason)
            row.field.selectAll()

    def _row(self, limit: Limit, names: Mapping[str, str]) -> LimitRow:
        row = LimitRow(self._theme, said.limit(limit, names), self)
        row.edited.connect(lambda text: self.wished.emit(limit, text))
        self._list.addWidget(row)
        return row

    def _on_wanted(self, limit: Limit, text: str) -> None:
        self.wished.emit(limit, text)
        self.add_row.field.clear()


def key_of(limit: Limit) -> Key:
    """What makes a limit the same when its amount changes."""
    return limit.span, limit.scope, limit.subject
