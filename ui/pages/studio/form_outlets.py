"""Where a new video goes when it is ready: a switch for each account of the owner's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.post import AccountView
from ui.pages.studio.form_model import BriefModel
from ui.theme import Theme
from ui.widgets.label import Label
from ui.widgets.switch import Switch
from ui.words import SEPARATOR


class Outlets(QWidget):
    """Hidden while there is no account."""

    def __init__(self, theme: Theme, model: BriefModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.switches: dict[str, Switch] = {}
        self._shown: tuple[AccountView, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.px(8), 0, 0)
        self._column.setSpacing(theme.px(12))
        self._column.addWidget(Label(self.tr("Publish when it is ready"), "strong"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(12))
        self._column.addLayout(self._rows)
        self.test_words = Label(self.tr("Try the thumbnails against each other"), "body", wrap=True)
        self.test = Switch(theme, on=False, label=self.test_words.text())
        self.test.switched.connect(lambda on: model.set(ab_test=on))
        self._column.addLayout(self._row(self.test_words, self.test))
        model.changed.connect(self._show)
        self._show()

    def _row(self, words: Label, switch: Switch) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(12))
        row.addWidget(words, 1)
        row.addWidget(switch, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _show(self) -> None:
        model = self._model
        if model.accounts != self._shown:
            self._shown = model.accounts
            self._fill(model.accounts)
        for account, switch in self.switches.items():
            switch.set_on(account in model.brief.publish)
        self.test.set_on(model.brief.ab_test)
        for part in (self.test, self.test_words):
            part.setVisible(bool(model.brief.publish))
        self.setVisible(bool(model.accounts))

    def _fill(self, accounts: tuple[AccountView, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            held = item.widget()
            if held is not None:
                held.setParent(None)
                held.deleteLater()
        self.switches.clear()
        for one in accounts:
            name = SEPARATOR.join(dict.fromkeys((one.platform_name, one.name)))
            switch = Switch(self._theme, on=False, label=name)
            switch.switched.connect(
                lambda on, account=one.id: self._model.publish_to(account, on=on)
            )
            held = QWidget()
            held.setLayout(self._row(Label(name, "body"), switch))
            self._rows.addWidget(held)
            self.switches[one.id] = switch
