"""What one part of the station says of itself, what to do about it, and where."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.health import Health, HealthState
from app.services.monitoring.health_words import mend_of, name_of, told_of
from app.services.phrases import Phrases
from ui import system_words as said
from ui.catalogue import CATALOGUE
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay

TONES = {
    HealthState.GOOD: "calm", HealthState.WARN: "warn", HealthState.BAD: "bad",
    HealthState.OFF: "",
}  # fmt: skip


def state_word(state: HealthState) -> str:
    """A state in a word."""
    words = {
        HealthState.GOOD: QCoreApplication.translate("System", "Well"),
        HealthState.WARN: QCoreApplication.translate("System", "Worth a look"),
        HealthState.BAD: QCoreApplication.translate("System", "Broken"),
        HealthState.OFF: QCoreApplication.translate("System", "Not in use"),
    }
    return words[state]


class HealthPanel(Overlay):
    """`open_wished` carries the name of the page where it is mended, `look_wished` the part."""

    open_wished = Signal(str)
    look_wished = Signal(str)

    def __init__(self, theme: Theme, phrases: Phrases, window: QWidget) -> None:
        super().__init__(theme, window, 560)
        self._phrases = phrases
        self._check: Health | None = None
        self.name = Label("", "section", wrap=True)
        self.state = Label("", "secondary")
        self.told = Label("", "body", wrap=True)
        self.mend_title = Label(self.tr("What to do"), "strong")
        self.mend = Label("", "body", wrap=True)
        self.page = Button(theme, "", "main", "arrow-right", parent=self.panel)
        self.again = Button(theme, self.tr("Look again"), "plain", "refresh-cw", parent=self.panel)
        self.close_ = Button(theme, self.tr("Close"), "ghost", parent=self.panel)
        for label in (self.name, self.state, self.told, self.mend_title, self.mend):
            self.column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        for button in (self.page, self.again, self.close_):
            row.addWidget(button)
        row.addStretch(1)
        self.column.addSpacing(theme.px(8))
        self.column.addLayout(row)
        self.page.clicked.connect(lambda _on=False: self._go())
        self.again.clicked.connect(lambda _on=False: self._look())
        self.close_.clicked.connect(lambda _on=False: self.dismiss())

    @property
    def part(self) -> str:
        """The part that is shown."""
        return self._check.part if self._check is not None else ""

    def show_check(self, check: Health, *, looking: bool = False) -> None:
        """Show a part; `looking`: it is being looked at."""
        self._check = check
        self.name.setText(name_of(check, self._phrases))
        self.state.setText(self._state(check))
        self.state.set_tone(TONES[check.state])
        self.told.setText(told_of(check, self._phrases))
        mend = mend_of(check, self._phrases)
        self.mend.setText(mend)
        self.mend.setVisible(bool(mend))
        self.mend_title.setVisible(bool(mend))
        entry = next((one for one in CATALOGUE if one.name == check.page), None)
        here = entry is None or entry.name == "system"
        self.page.setVisible(not here)
        if entry is not None and not here:
            self.page.setText(self.tr("Open {0}").format(entry.words()))
        self.again.set_busy(looking)
        if self.isVisible():
            self.refit()

    def focus_first(self) -> None:
        """Where it is mended, else another look."""
        first = self.page if self.page.isVisibleTo(self) else self.again
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _state(self, check: Health) -> str:
        word = state_word(check.state)
        if not check.since or check.state in (HealthState.GOOD, HealthState.OFF):
            return word
        length = max(0.0, check.at - check.since)
        when = said.moment(check.since, max(said.HOUR, length))
        return self.tr("{0} since {1}").format(word, when)

    def _go(self) -> None:
        if self._check is not None:
            self.dismiss()
            self.open_wished.emit(self._check.page)

    def _look(self) -> None:
        if self._check is not None:
            self.look_wished.emit(self._check.part)
