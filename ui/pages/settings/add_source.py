"""Adds a source: what it needs is typed, tried, and kept only when it works."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.domain.options import Option, OptionKind
from app.services.plugins.model import PluginInfo
from ui.pages.settings.plugins import option_words
from ui.settings_form import Card, OptionRow, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay

WIDE = 860  # pixels at 100 %


class AddSource(Overlay):
    """A form for one kind of source. It deletes itself when it is closed."""

    submitted = Signal(str, str, object)
    """The kind, the name, and the values by the names of the options."""
    cancelled = Signal()

    def __init__(self, theme: Theme, window: QWidget, kind: PluginInfo) -> None:
        super().__init__(theme, window, WIDE, 0, 0.35)
        self._kind = kind
        self._values: dict[str, object] = {}
        self.rows: dict[str, OptionRow] = {}
        self.column.addWidget(Label(self.tr("Add: {name}").format(name=kind.name), "section"))
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.name.setFixedWidth(theme.px(280))
        self.name.setPlaceholderText(kind.name)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setProperty("radius", theme.px(14))
        self.column.addWidget(self._make_form(), 1)
        self._told = Label("", "secondary", wrap=True)
        self._told.hide()
        self.column.addWidget(self._told)
        self.column.addLayout(self._make_buttons())
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        """Be as high as the form, within the window."""
        wide = self._theme.px(WIDE) - self._theme.px(54)
        needed = self._inside.heightForWidth(wide)
        self._area.setFixedHeight(min(self._theme.px(520), needed + 4))
        super().open()

    def show_busy(self) -> None:
        """Say that it is being tried."""
        self.submit.set_busy(True)
        self._say(self.tr("Trying it. This can take some seconds…"), "")

    def show_failure(self, text: str) -> None:
        """Say why it was not added; what was typed stays."""
        self.submit.set_busy(False)
        self._say(text, "bad")

    def focus_first(self) -> None:
        """The first line one must fill."""
        first = next(iter(self.rows.values()), None)
        target: QWidget = self.name
        if first is not None:
            lines = first.control.findChildren(QLineEdit)
            target = lines[0] if lines else self.name
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_form(self) -> QScrollArea:
        card = Card(self._theme)
        for option in self._kind.options:
            row = OptionRow(self._theme, option, option_words(self._kind, option), card)
            row.set_value(_first_value(option))
            row.changed.connect(lambda value, name=option.name: self._note(name, value))
            self.rows[option.name] = row
            card.add(row)
        help_text = self.tr("As you will see it beside what it finds")
        card.add(Row(self._theme, self.tr("Name"), help_text, [self.name], "", card))
        inside = QWidget()
        self._inside = column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        self.submit = Button(self._theme, self.tr("Try it and add it"), "main", "check")
        self.submit.clicked.connect(lambda _on=False: self._submit())
        self.cancel = Button(self._theme, self.tr("Cancel"), "ghost", "x")
        self.cancel.clicked.connect(lambda _on=False: self._cancel())
        row.addWidget(self.submit)
        row.addWidget(self.cancel)
        row.addStretch(1)
        return row

    def _note(self, name: str, value: object) -> None:
        self._values[name] = value

    def _submit(self) -> None:
        self.submitted.emit(self._kind.id, self.name.text().strip(), dict(self._values))

    def _cancel(self) -> None:
        self.cancelled.emit()
        self.dismiss()

    def _say(self, text: str, tone: str) -> None:
        self._told.setText(text)
        self._told.set_tone(tone)
        self._told.show()
        self.refit()


def _first_value(option: Option) -> bool | int | float | str:
    """What a fresh form shows; of a secret there is none yet."""
    return False if option.kind is OptionKind.SECRET else option.default
