"""Forms built from option descriptions: a name, a line of help, and the right control."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.options import Option, OptionKind, Value
from ui.theme import Theme
from ui.widgets.chips import ChoiceChip
from ui.widgets.label import Label
from ui.widgets.switch import Switch

SETTLE_MS = 350
"""A slider moved by keys is taken for settled after this time."""


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words of one row; `amount` writes a figure with its unit."""

    label: str
    help: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    amount: Callable[[int], str] = str
    kept: str = ""  # shown in a secret's empty line when there is one already


class Control(QWidget):
    """The control of one option. `changed` carries a value the owner chose."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_value(self, value: Value) -> None:
        """Show a value without telling `changed`."""


class SwitchControl(Control):
    """A switch."""

    def __init__(self, theme: Theme, option: Option, words: RowWords) -> None:
        super().__init__()
        self._switch = Switch(theme, label=words.label)
        self._switch.setAccessibleDescription(words.help)
        self._switch.switched.connect(self.changed.emit)
        self._row.addWidget(self._switch)

    def set_value(self, value: Value) -> None:
        """Move the switch."""
        self._switch.set_on(bool(value))


class ChoiceControl(Control):
    """A chip that opens the list of choices."""

    def __init__(self, theme: Theme, option: Option, words: RowWords) -> None:
        super().__init__()
        choices = [(words.choices.get(value, value), value) for value in option.choices]
        self._chip = ChoiceChip(theme, words.label, choices, lit=False)
        self._chip.chosen.connect(self.changed.emit)
        self._row.addWidget(self._chip)

    def set_value(self, value: Value) -> None:
        """Show a choice."""
        self._chip.set_value(value)


class SliderControl(Control):
    """A slider with its figure; tells when it was let go or has come to rest."""

    def __init__(self, theme: Theme, option: Option, words: RowWords) -> None:
        super().__init__()
        self._words, self._option = words, option
        self._figure = Label("", "secondary")
        self._figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._figure.setMinimumWidth(theme.px(58))
        self._slider = _Slider(Qt.Orientation.Horizontal)
        self._slider.setRange(option.low // option.step, option.high // option.step)
        self._slider.setFixedWidth(theme.px(200))
        self._slider.setAccessibleName(words.label)
        self._slider.setAccessibleDescription(words.help)
        self._slider.setProperty("radius", theme.px(8))
        self._rest = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._rest.timeout.connect(self._tell)
        self._slider.valueChanged.connect(self._on_moved)
        self._slider.sliderReleased.connect(self._rest.start)
        self._row.setSpacing(theme.px(14))
        self._row.addWidget(self._figure)
        self._row.addWidget(self._slider)
        self._told = option.default

    def set_value(self, value: Value) -> None:
        """Move the slider."""
        if self._slider.isSliderDown() or self._rest.isActive():
            return
        self._told = value
        with QSignalBlocker(self._slider):
            self._slider.setValue(int(value) // self._option.step)
        self._show()

    def _on_moved(self) -> None:
        self._show()
        if not self._slider.isSliderDown():
            self._rest.start()

    def _value(self) -> int:
        return self._slider.value() * self._option.step

    def _show(self) -> None:
        self._figure.setText(self._words.amount(self._value()))

    def _tell(self) -> None:
        if self._value() != self._told:
            self._told = self._value()
            self.changed.emit(self._value())


class NumberControl(Control):
    """A figure to type or step."""

    def __init__(self, theme: Theme, option: Option, words: RowWords) -> None:
        super().__init__()
        self._spin = QSpinBox()
        self._spin.setRange(option.low, option.high)
        self._spin.setSingleStep(option.step)
        self._spin.setKeyboardTracking(False)
        self._spin.setFixedWidth(theme.px(120))
        self._spin.setAccessibleName(words.label)
        self._spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._spin.setProperty("radius", theme.px(14))
        self._spin.valueChanged.connect(self.changed.emit)
        self._row.addWidget(self._spin)

    def set_value(self, value: Value) -> None:
        """Show a figure."""
        with QSignalBlocker(self._spin):
            self._spin.setValue(int(value))


class TextControl(Control):
    """A line of text, taken with Enter or when one leaves it; a secret shows dots and no value."""

    def __init__(self, theme: Theme, option: Option, words: RowWords) -> None:
        super().__init__()
        self._words, self._secret = words, option.secret
        self._line = QLineEdit()
        self._line.setFixedWidth(theme.px(280))
        self._line.setMaxLength(4096)
        self._line.setAccessibleName(words.label)
        self._line.setAccessibleDescription(words.help)
        self._line.setProperty("radius", theme.px(14))
        if self._secret:
            self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.editingFinished.connect(self._tell)
        self._told: object = ""
        self._row.addWidget(self._line)

    def set_value(self, value: Value) -> None:
        """Show a text; of a secret only that there is one."""
        if self._secret:
            self._line.clear()
            self._line.setPlaceholderText(self._words.kept if value else "")
            self._told = ""
        elif not self._line.isModified() or not self._line.hasFocus():
            self._told = value
            self._line.setText(str(value))

    def _tell(self) -> None:
        text = self._line.text() if self._secret else self._line.text().strip()
        if text != self._told:
            self._told = text
            self._line.setModified(False)
            self.changed.emit(text)


class _Slider(QSlider):
    """A slider that leaves the wheel to the page it scrolls with."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave up and down to the page: only left and right move it."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)


def make_control(theme: Theme, option: Option, words: RowWords) -> Control:
    """Return the control an option's kind asks for."""
    if option.kind is OptionKind.SWITCH:
        return SwitchControl(theme, option, words)
    if option.kind is OptionKind.CHOICE:
        return ChoiceControl(theme, option, words)
    if option.kind is OptionKind.SLIDER:
        return SliderControl(theme, option, words)
    if option.kind is OptionKind.NUMBER:
        return NumberControl(theme, option, words)
    return TextControl(theme, option, words)


class Row(QWidget):
    """A name and a line of help at the left, something to press at the right."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        text: str = "",
        tail: Sequence[QWidget] = (),
        more_words: str = "",
        parent: QWidget | None = None,
        inset: int = 24,
    ) -> None:
        super().__init__(parent)
        self._search = _folded(f"{title} {text} {more_words}")
        self.title = Label(title, "strong")
        self.text = Label(text, "secondary", wrap=True)
        if not text:  # shown without a parent it would be a window of its own for a moment
            self.text.hide()
        for part in (self.title, self.text):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words = words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.text)
        words.addStretch(1)
        self.tail = QHBoxLayout()
        self.tail.setSpacing(theme.px(10))
        for widget in tail:
            self.tail.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.tail.addStretch(0)
        self._theme = theme
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(theme.px(inset), theme.px(11), theme.px(24), theme.px(11))
        self._row.setSpacing(theme.px(20))
        self._row.addLayout(words, 1)
        self._row.addLayout(self.tail)
        self.setMinimumHeight(theme.px(66))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put a wide control under the words where both have no room side by side."""
        super().resizeEvent(event)
        tight = self.width() - self.tail.sizeHint().width() < self._theme.px(230)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if tight else directions.LeftToRight)
        self._row.setSpacing(self._theme.px(8 if tight else 20))

    def set_text(self, text: str, tone: str = "") -> None:
        """Change the line under the name."""
        self.text.setText(text)
        self.text.set_tone(tone)
        self.text.setVisible(bool(text))

    def add_below(self, part: QWidget) -> None:
        """Add something that takes the width of the words, under them."""
        self._words.insertSpacing(self._words.count() - 1, self._theme.px(8))
        self._words.insertWidget(self._words.count() - 1, part)

    def matches(self, text: str) -> bool:
        """Whether every word of a search is in this row's words."""
        return all(part in self._search for part in _folded(text).split())


class OptionRow(Row):
    """The row of one option."""

    changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        option: Option,
        words: RowWords,
        parent: QWidget | None = None,
        inset: int = 24,
    ) -> None:
        control = make_control(theme, option, words)
        more = " ".join(words.choices.values())
        super().__init__(theme, words.label, words.help, [control], more, parent, inset)
        self.option = option
        self.control = control
        control.changed.connect(self.changed.emit)

    def set_value(self, value: Value) -> None:
        """Show a value."""
        self.control.set_value(value)


class Card(QFrame):
    """Rows under each other with lines between, as one card."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("surface", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(14), 0, theme.px(14))
        self._column.setSpacing(0)
        self._parts: list[tuple[QWidget, QFrame]] = []

    def add(self, part: QWidget) -> None:
        """Add a row, or something else that takes a whole line."""
        line = QFrame(self)
        line.setProperty("surface", "line")
        holder = QHBoxLayout()
        holder.setContentsMargins(self._theme.px(20), 0, self._theme.px(20), 0)
        holder.addWidget(line)
        self._column.addLayout(holder)
        self._column.addWidget(part)
        self._parts.append((part, line))
        part.installEventFilter(self)
        self._draw_lines()

    def clear(self) -> None:
        """Take every row out.

        They stay the card's, hidden, until the event that may have asked for it is over: one
        without a parent would go at once with its last name, in the middle of its own key press.
        """
        gone, self._parts = self._parts, []
        while self._column.takeAt(0) is not None:
            pass
        for part, line in gone:
            part.removeEventFilter(self)
            for widget in (part, line):
                widget.hide()
                widget.deleteLater()

    def rows(self) -> list[Row]:
        """The rows in it."""
        return [part for part, _ in self._parts if isinstance(part, Row)]

    def filter(self, text: str) -> bool:
        """Show the rows a search asks for; False when none is left and the card hides."""
        for part, _ in self._parts:
            part.setVisible(part.matches(text) if isinstance(part, Row) else not text)
        left = any(not part.isHidden() for part, _ in self._parts)
        self.setVisible(left)
        return left

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep lines only between rows that are shown."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._draw_lines()
        return False

    def _draw_lines(self) -> None:
        first = True
        for part, line in self._parts:
            line.setVisible(not part.isHidden() and not first)
            first = first and part.isHidden()


def _folded(text: str) -> str:
    """Lower case without accents, so that a search forgives them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
