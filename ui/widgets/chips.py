"""Chips: filters to switch on, choices that drop down, and a row of them that wraps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QMenu, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.painted_button import PaintedButton


class Chip(PaintedButton):
    """A round button that stays on. `icon` stands in front; a `menu` one has an arrow behind."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str = "",
        checkable: bool = True,
        arrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, 18, parent)
        self._icon_name, self._arrow = icon, arrow
        self._font = theme.font(14, 500)
        self.setText(text)
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str) -> None:
        """Show another icon in front; empty: none."""
        if icon != self._icon_name:
            self._icon_name = icon
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Its words, and what stands beside them."""
        px = self._theme.px
        if not self.text():
            return QSize(px(44), px(36))
        width = QFontMetrics(self._font).horizontalAdvance(self.text()) + px(30)
        width += px(24) if self._icon_name else 0
        width += px(24) if self._arrow else 0
        return QSize(width, px(36))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keep the others of its row within reach of the arrows: Qt would leave it the only one."""
        super().focusInEvent(event)
        group = self.group()
        for other in group.buttons() if group is not None else ():
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        px, theme = self._theme.px, self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill = "surface3" if self.underMouse() and self.isEnabled() else "surface2"
        painter.setPen(QPen(theme.color("accent" if on else "line"), 1))
        painter.setBrush(theme.color("background" if on else fill))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if on:
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        state = "text" if on or self.underMouse() else "dim"
        if not self.isEnabled():
            state = "faint"
        left, ratio = px(15), self.devicePixelRatioF()
        if self._icon_name:
            pixmap = theme.pixmap(self._icon_name, "accent" if on else state, 18, ratio)
            painter.drawPixmap(QPointF(left - px(2), (self.height() - px(18)) / 2), pixmap)
            left += px(22)
        painter.setFont(self._font)
        painter.setPen(theme.color(state))
        text = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._arrow:
            pixmap = theme.pixmap("chevron-down", state, 16, ratio)
            place = QPointF(self.width() - px(31), (self.height() - px(16)) / 2)
            painter.drawPixmap(place, pixmap)


class ChoiceChip(Chip):
    """A chip that opens a list; shows the chosen words, and is lit unless the first is chosen."""

    chosen = Signal(object)
    """The value picked by the owner."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: Sequence[tuple[str, object]] = (),
        lit: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, name, arrow=True, parent=parent)
        self._name, self._lit = name, lit
        self._choices: list[tuple[str, object]] = []
        self._value: object = None
        self.setAccessibleName(name)
        self.clicked.connect(self._open)
        self.set_choices(choices)

    @property
    def value(self) -> object:
        """What is chosen; the first choice's value to begin with."""
        return self._value

    def set_choices(self, choices: Sequence[tuple[str, object]]) -> None:
        """Offer these (words, value); the first is the neutral one."""
        self._choices = list(choices)
        values = [value for _, value in self._choices]
        if self._value not in values:
            self._value = values[0] if values else None
        self.setEnabled(len(self._choices) > 1)
        self._show()

    def set_value(self, value: object) -> None:
        """Choose without telling `chosen`."""
        if value in [known for _, known in self._choices]:
            self._value = value
            self._show()

    def nextCheckState(self) -> None:
        """Lit shows a choice, not a press."""

    def _show(self) -> None:
        words = next((text for text, value in self._choices if value == self._value), "")
        neutral = not self._choices or self._value == self._choices[0][1]
        self.setText(self._name if neutral and self._lit else words or self._name)
        self.setChecked(self._lit and not neutral)
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, value in self._choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.triggered.connect(lambda _=False, picked=value: self._pick(picked))
            if value == self._value:
                menu.setActiveAction(action)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _pick(self, value: object) -> None:
        if value != self._value:
            self._value = value
            self._show()
            self.chosen.emit(value)


class ChipRow(QWidget):
    """One chip of several is on, such as Films, Series, My videos."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[str, object]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        from PySide6.QtWidgets import QHBoxLayout

        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        self._group = QButtonGroup(self)
        self._values = [value for _, value in choices]
        for place, (text, _) in enumerate(choices):
            chip = Chip(theme, text, parent=self)
            chip.setChecked(place == 0)
            self._group.addButton(chip, place)
            row.addWidget(chip)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._values[place]))

    @property
    def value(self) -> object:
        """The value of the chip that is on."""
        return self._values[max(0, self._group.checkedId())]

    def set_value(self, value: object) -> None:
        """Switch a chip on without telling `chosen`."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)
