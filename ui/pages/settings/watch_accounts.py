"""Where new videos of the watch folder go: the owner's accounts as chips, in one row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.post import AccountId
from app.domain.settings import option
from app.domain.targets import meant, read_targets, switched, without
from ui import settings_words as words
from ui.account_chip import AccountChip
from ui.messages import sentence
from ui.pages.settings.watch_accounts_model import WatchAccountsModel
from ui.publishing_words import account_names
from ui.settings_form import Row
from ui.theme import Theme
from ui.widgets.button import Button, Variant
from ui.widgets.chips import Chip
from ui.widgets.flow import FlowLayout
from ui.widgets.label import Label


class WatchAccountsRow(Row):
    """The chips of the accounts there are; a name that means none can be taken out."""

    changed = Signal(str)
    """The setting, with an account more or less."""
    taken_out = Signal(str, str)
    """A name that meant no account, and the setting as it was before."""
    accounts_wished = Signal()

    def __init__(
        self, theme: Theme, model: WatchAccountsModel, parent: QWidget | None = None
    ) -> None:
        described = option("publishing", "watch_accounts")
        super().__init__(theme, words.label(described), words.help_text(described), parent=parent)
        self._model, self._value = model, ""
        self.parts: dict[tuple[str, str], QWidget] = {}
        """What can be pressed: ``account`` and its id, ``gone`` and a name, or ``button``."""
        self._built: object = None
        self.told = Label("", "caption", wrap=True)
        self._box = QWidget(self)
        self._flow = FlowLayout(theme.px(8), self._box)
        below = QWidget(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._box)
        column.addWidget(self.told)
        self.add_below(below)
        model.changed.connect(self._fill)
        self._fill()

    def set_value(self, text: str) -> None:
        """Show the setting."""
        if text != self._value:
            self._value = text
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for the accounts only now: a locked keyring asks to be opened for no other."""
        super().showEvent(event)
        self._model.load()

    def _fill(self) -> None:
        """Show it; the parts are made anew, and the focus kept, only when they are others."""
        model = self._model
        known = model.known
        told = read_targets(self._value)
        gone = () if known is None else tuple(one for one in told if not meant(one, known))
        now = (model.accounts, gone, model.error)
        if now != self._built:
            self._built = now
            self._rebuild(gone)
        chosen = {one for name in told for one in meant(name, known or {})}
        for (kind, name), part in self.parts.items():
            if kind == "account" and isinstance(part, Chip):
                part.setChecked(name in chosen)
        self._say(gone)

    def _rebuild(self, gone: Sequence[str]) -> None:
        focused = next((key for key, one in self.parts.items() if one.hasFocus()), None)
        places = list(self.parts)
        self._clear()
        self._add_accounts()
        for told in gone:
            self._add_gone(told)
        self._add_button()
        self._box.setVisible(bool(self.parts))
        for one in self.parts.values():
            one.show()  # what is not shown yet does not take the focus
        if focused is not None:
            self._focus(focused, places.index(focused))

    def _clear(self) -> None:
        """Take every part out; each stays until its own press is over."""
        while self._flow.takeAt(0) is not None:
            pass
        for one in self.parts.values():
            one.hide()
            one.deleteLater()
        self.parts = {}

    def _add_accounts(self) -> None:
        accounts = self._model.accounts or ()
        names = account_names(accounts)
        for account in accounts:
            chip = AccountChip(self._theme, account, names[account.id], self._box)
            chip.clicked.connect(lambda on=False, known=account.id: self._on_account(known, on))
            self._put(("account", account.id), chip)

    def _add_gone(self, told: str) -> None:
        text = self.tr("{name}: gone").format(name=told)
        chip = Chip(self._theme, text, "x", checkable=False, parent=self._box)
        said = self.tr("Take {name} out: there is no such account").format(name=told)
        chip.setAccessibleName(said)
        chip.setToolTip(said)
        chip.clicked.connect(lambda _on=False: self._on_gone(told))
        self._put(("gone", told), chip)

    def _add_button(self) -> None:
        model = self._model
        if model.error is not None:
            button = Button(self._theme, self.tr("Try again"), "plain", "refresh-cw")
            button.clicked.connect(lambda _on=False: model.load())
        elif model.accounts is not None:
            variant: Variant = "link" if model.accounts else "plain"
            button = Button(self._theme, self.tr("Add an account"), variant, "plus")
            button.clicked.connect(lambda _on=False: self.accounts_wished.emit())
        else:
            return
        button.setParent(self._box)
        self._put(("button", ""), button)

    def _put(self, key: tuple[str, str], part: QWidget) -> None:
        self.parts[key] = part
        self._flow.addWidget(part)

    def _say(self, gone: Sequence[str]) -> None:
        model, text, tone = self._model, "", ""
        if model.error is not None:
            text, tone = sentence(model.error), "bad"
        elif model.accounts is None:
            text = self.tr("Looking for your accounts…")
        elif gone:
            text = self.tr("What is gone gets nothing any more. Press it to take it out.")
            tone = "warn"
        elif not model.accounts:
            text = self.tr("No account yet: there is nowhere for a video to go.")
        elif not self._value.strip(" ,"):
            text = self.tr("None is chosen: new videos wait until one is.")
        self.told.setText(text)
        self.told.set_tone(tone)
        self.told.setVisible(bool(text))

    def _focus(self, key: tuple[str, str], place: int) -> None:
        """The same part, else the one that has its place now."""
        found = self.parts.get(key)
        if found is None and self.parts:
            found = list(self.parts.values())[min(place, len(self.parts) - 1)]
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_account(self, account: AccountId, on: bool) -> None:
        self._wish(switched(self._value, account, self._model.known or {}, on=on))

    def _on_gone(self, told: str) -> None:
        before = self._value
        self._wish(without(before, told))
        self.taken_out.emit(told, before)

    def _wish(self, text: str) -> None:
        """Show it at once: the next press goes on from it, kept already or not."""
        self._value = text
        self._fill()
        self.changed.emit(text)
