"""The card of how every part of the station is: what needs the owner stands first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.health import Health, HealthState
from app.services.monitoring.health_words import name_of, told_of
from app.services.phrases import Phrases
from ui.pages.system.card import Card
from ui.pages.system.health_panel import HealthPanel, state_word
from ui.pages.system.health_rows import HIGH, HealthRow
from ui.pages.system.viewmodel import SystemViewModel
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.progress_bar import ProgressBar

SHOWN = 8
"""So many parts at first; every part that needs the owner is always shown."""
AROUND = 98
"""Pixels at 100 % of the card that are no rows."""


class HealthCard(Card):
    """A press on a part opens what to do about it; `open_wished` carries the name of a page."""

    open_wished = Signal(str)

    def __init__(
        self, theme: Theme, model: SystemViewModel, phrases: Phrases, parent: QWidget
    ) -> None:
        super().__init__(theme, self.tr("Health"), parent)
        self._model, self._phrases = model, phrases
        self.rows: dict[str, HealthRow] = {}
        self.whole = False
        """Whether every part is shown."""
        self._panel: HealthPanel | None = None
        self._fit = SHOWN
        self.progress = ProgressBar(theme, parent=self)
        self.none = Label(self.tr("Nothing was looked at yet."), "secondary")
        self.more = Button(theme, "", "link", "chevron-down", parent=self)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.column.setSpacing(theme.px(4))
        self.column.addWidget(self.progress)
        self.column.addWidget(self.none)
        self.column.addLayout(self._list)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.progress.hide()
        self.more.clicked.connect(lambda _on=False: self._toggle())
        model.health_changed.connect(self._show)
        model.checking_changed.connect(self._show_checking)
        self._show()

    @property
    def panel(self) -> HealthPanel | None:
        """What lies over the page, when it does."""
        panel = self._panel
        return panel if panel is not None and panel.isVisible() else None

    def set_room(self, height: int) -> None:
        """Show as many parts as fill so many pixels, and never fewer than at first."""
        px = self._theme.px
        fit = max(SHOWN, (height - px(AROUND)) // px(HIGH))
        if fit != self._fit:
            self._fit = fit
            self._show()

    def open_part(self, part: str) -> None:
        """Open what a part says."""
        check = next((one for one in self._model.checks if one.part == part), None)
        if check is None:
            return
        if self._panel is None:
            self._panel = HealthPanel(self._theme, self._phrases, self.window())
            self._panel.open_wished.connect(self.open_wished)
            self._panel.look_wished.connect(self._model.check)
            self.destroyed.connect(self._panel.deleteLater)
        self._panel.show_check(check, looking=bool(self._model.checking))
        self._panel.open()

    def _shown(self) -> list[Health]:
        checks = list(self._model.sorted_checks)
        if self.whole:
            return checks
        asking = sum(one.state in (HealthState.BAD, HealthState.WARN) for one in checks)
        return checks[: max(self._fit, asking)]

    def _show(self) -> None:
        shown = self._shown()
        wanted = [one.part for one in shown]
        if wanted != list(self.rows):
            self._arrange(wanted)
        for place, one in enumerate(shown):
            row = self.rows[one.part]
            row.last = place == len(shown) - 1
            told = told_of(one, self._phrases)
            row.show_part(name_of(one, self._phrases), told, one.state, state_word(one.state))
        self.none.setVisible(not shown)
        many = len(self._model.checks)
        self.more.setVisible(many > len(shown) or (self.whole and many > self._fit))
        text = self.tr("Show fewer") if self.whole else self.tr("Show all %n", "", many)
        if text != self.more.text():
            self.more.setText(text)
            self.more.set_icon("chevron-up" if self.whole else "chevron-down")
        asking = [one for one in self._model.checks if one.state is HealthState.BAD]
        looking = [one for one in self._model.checks if one.state is HealthState.WARN]
        self.say_aside(self._summary(len(asking), len(looking)))
        if self.panel is not None:
            self._renew_panel(self.panel)

    def _summary(self, bad: int, warn: int) -> str:
        if not self._model.checks:
            return ""
        if bad:
            return self.tr("%n broken", "", bad)
        return self.tr("%n worth a look", "", warn) if warn else self.tr("All well")

    def _arrange(self, wanted: list[str]) -> None:
        """Have a row for each part, in this order; rows keep their parts, and so the focus."""
        for part in [one for one in self.rows if one not in wanted]:
            row = self.rows.pop(part)
            row.hide()
            row.deleteLater()
        rows = {}
        for place, part in enumerate(wanted):
            row = self.rows.get(part) or self._make_row(part)
            rows[part] = row
            if self._list.indexOf(row) != place:
                self._list.removeWidget(row)
                self._list.insertWidget(place, row)
        self.rows = rows
        before: QWidget | None = None
        for row in rows.values():
            if before is not None:
                QWidget.setTabOrder(before, row)
            before = row

    def _make_row(self, part: str) -> HealthRow:
        row = HealthRow(self._theme, self)
        row.setFixedHeight(self._theme.px(HIGH))
        row.clicked.connect(lambda _on=False: self.open_part(part))
        row.show()
        return row

    def _toggle(self) -> None:
        self.whole = not self.whole
        self._show()

    def _show_checking(self) -> None:
        model = self._model
        self.progress.setVisible(model.checking == "*")
        self.progress.set_value(model.looked if model.looked > 0 else None)
        if model.checking == "*":
            self.say_aside(self.tr("Looking at every part…"))
        else:
            self._show()
        if self.panel is not None:
            self._renew_panel(self.panel)

    def _renew_panel(self, panel: HealthPanel) -> None:
        check = next((one for one in self._model.checks if one.part == panel.part), None)
        if check is not None:
            panel.show_check(check, looking=bool(self._model.checking))
