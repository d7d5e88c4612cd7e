"""Adds an account: choose the platform, come by an app of one's own step by step, sign in."""

from __future__ import annotations

import os
from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.options import Option, OptionKind, Value
from app.domain.post import Channel, ChannelId
from ui import settings_words
from ui.messages import sentence, told
from ui.pages.publishing.accounts_model import AccountsModel
from ui.pages.publishing.ports import PlatformView
from ui.settings_form import Card, OptionRow, Row, RowWords
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.chips import ChoiceChip
from ui.widgets.folder_picker import FolderPicker
from ui.widgets.label import Label
from ui.widgets.overlay import Overlay
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.switch import Switch

WIDE, HIGH = 860, 700
LIMITS = (0, 1, 2, 3, 5, 10, 20)


class AddAccount(Overlay):
    """It deletes itself when it is closed; `signing_wished` when the new account signs in next."""

    signing_wished = Signal(str)

    def __init__(self, theme: Theme, model: AccountsModel, window: QWidget) -> None:
        super().__init__(theme, window, WIDE, HIGH)
        self._model = model
        self._values: dict[str, Value] = {}
        self.platform: PlatformView | None = None
        self.choices: dict[str, Button] = {}
        self.rows: dict[str, OptionRow] = {}
        self.title = Label(self.tr("Where do you want to post?"), "section")
        self.told = Label("", "secondary", wrap=True)
        self.name = QLineEdit()
        self.submit = Button(theme, self.tr("Add it"), "main", "check")
        close = Button(theme, "", "icon", "x", self.tr("Close"))
        self.stack = QStackedWidget()
        self._pick = self._make_pick()
        self.stack.addWidget(self._pick)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(close)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.submit)
        self.column.addLayout(head)
        self.column.addWidget(self.stack, 1)
        self.column.addLayout(foot)
        self.submit.hide()
        close.clicked.connect(lambda _on=False: self.dismiss())
        self.submit.clicked.connect(lambda _on=False: self._on_submit())
        model.added.connect(self._on_added)
        model.refused.connect(self._on_refused)
        self.closed.connect(self.deleteLater)

    def focus_first(self) -> None:
        """The first platform, or the first line to fill."""
        if self.stack.currentWidget() is self._pick:
            first: QWidget | None = next(iter(self.choices.values()), None)
        else:
            row = next(iter(self.rows.values()), None)
            lines = row.control.findChildren(QLineEdit) if row is not None else []
            first = lines[0] if lines else self.name
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> bool:
        """From the form to the platforms."""
        if self.stack.currentWidget() is self._pick:
            return False
        self._back()
        return True

    def choose(self, platform: PlatformView) -> None:
        """Show what is needed for a platform."""
        self.platform, self._values, self.rows = platform, {}, {}
        self.title.setText(self.tr("Add: {name}").format(name=platform.name))
        self.told.setText("")
        old = self.stack.widget(1)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()
        form = self._make_form(platform)
        self.stack.addWidget(form)
        self.stack.setCurrentWidget(form)
        both = self.tr("Add it and sign in") if platform.signs_in else self.tr("Add it")
        self.submit.setText(both)
        self.submit.show()
        self.focus_first()

    def _back(self) -> None:
        self.title.setText(self.tr("Where do you want to post?"))
        self.submit.hide()
        self.stack.setCurrentWidget(self._pick)
        self.focus_first()

    def _make_pick(self) -> QWidget:
        area = ScrollBody(self._theme, parent=self)
        self._platforms = Card(self._theme)
        area.column.addWidget(self._platforms)
        area.column.addStretch(1)
        self._model.changed.connect(self._fill)
        self._fill()
        return area

    def _fill(self) -> None:
        """List the platforms, once they are known."""
        if self.choices or not self._model.platforms:
            return
        card = self._platforms
        for platform in self._model.platforms:
            text = self.tr("Signs in with an app of your own there; shown step by step.")
            if not platform.signs_in:
                text = self.tr("Works at once, without signing in.")
                if platform.options:
                    text = self.tr("Needs no sign-in in the browser.")
            label = self.tr("Choose {0}").format(platform.name)
            choose = Button(self._theme, self.tr("Choose"), "plain", "", label)
            choose.clicked.connect(partial(self._on_choice, platform))
            self.choices[platform.id] = choose
            card.add(Row(self._theme, platform.name, text, [choose], parent=card))
        if self.isVisible():
            self.focus_first()

    def _on_choice(self, platform: PlatformView, _on: bool = False) -> None:
        self.choose(platform)

    def _make_form(self, platform: PlatformView) -> QWidget:
        theme, area = self._theme, ScrollBody(self._theme, parent=self)
        back = Button(theme, self.tr("Other platforms"), "link", "arrow-left")
        back.clicked.connect(lambda _on=False: self._back())
        area.column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        if platform.steps:
            area.column.addWidget(Label(self.tr("Once, at {0}").format(platform.name), "strong"))
        for place, key in enumerate(platform.steps):
            area.column.addLayout(self._step(place + 1, told(key, {"name": platform.name})))
        card = Card(theme)
        for option in platform.options:
            row = OptionRow(theme, option, _words(platform, option), card)
            row.set_value(False if option.kind is OptionKind.SECRET else option.default)
            row.changed.connect(partial(self._values.__setitem__, option.name))
            if option.kind is OptionKind.FOLDER:
                row.tail.insertWidget(0, self._folder_button(row))
            self.rows[option.name] = row
            card.add(row)
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.name.setFixedWidth(theme.px(280))
        self.name.setPlaceholderText(platform.name)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setProperty("radius", theme.px(14))
        about = self.tr("As you will see it here, such as the name of your channel")
        card.add(Row(theme, self.tr("Name"), about, [self.name], "", card))
        area.column.addWidget(card)
        area.column.addStretch(1)
        return area

    def _folder_button(self, row: OptionRow) -> Button:
        """Chooses a folder without typing, so that a remote can do it too."""
        label = self.tr("Choose a folder")
        button = Button(self._theme, "", "icon", "folder-open", label)

        def taken(path: object) -> None:
            text = os.fsdecode(path) if isinstance(path, bytes) else str(path)
            row.set_value(text)
            self._values[row.option.name] = text

        def ask() -> None:
            picker = FolderPicker(self._theme, self.window())
            picker.chosen.connect(taken)
            picker.open()

        button.clicked.connect(lambda _on=False: ask())
        return button

    def _step(self, number: int, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(12))
        figure = Label(str(number), "strong", "accent")
        figure.setFixedWidth(self._theme.px(20))
        words = Label(text, "secondary", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        return row

    def _on_submit(self) -> None:
        if self.platform is None or self.submit.busy:
            return
        self.submit.set_busy(True)
        self.told.setText(self.tr("One moment…"))
        self.told.set_tone("")
        self._model.add(self.platform.id, self.name.text().strip(), dict(self._values))

    def _on_added(self, account: str) -> None:
        if not self.isVisible():
            return
        signs = self.platform is not None and self.platform.signs_in
        self.dismiss()
        if signs:
            self.signing_wished.emit(account)

    def _on_refused(self, error: BaseException) -> None:
        self.submit.set_busy(False)
        self.told.setText(sentence(error))
        self.told.set_tone("bad")


class SigningIn(Overlay):
    """Waits for the browser; the address can be copied for another one. It deletes itself."""

    def __init__(self, theme: Theme, model: AccountsModel, name: str, window: QWidget) -> None:
        super().__init__(theme, window, 620)
        self._model, self.address = model, ""
        self.title = Label(self.tr("Sign in to {0}").format(name), "section")
        self.told = Label(self.tr("Asking for the page…"), "body", wrap=True)
        self.open_ = Button(theme, self.tr("Open the page again"), "plain", "external-link")
        self.copy = Button(theme, self.tr("Copy the address"), "ghost", "copy")
        self.cancel = Button(theme, self.tr("Cancel"), "ghost", "x")
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        for part in (self.open_, self.copy, self.cancel):
            row.addWidget(part)
        row.addStretch(1)
        self.column.addWidget(self.title)
        self.column.addWidget(self.told)
        self.column.addLayout(row)
        self.open_.setEnabled(False)
        self.copy.setEnabled(False)
        self.copy.clicked.connect(
            lambda _on=False: QGuiApplication.clipboard().setText(self.address)
        )
        self.cancel.clicked.connect(lambda _on=False: self.dismiss())
        model.page_ready.connect(self._on_page)
        model.signed_in.connect(self.dismiss)
        model.sign_in_failed.connect(self.dismiss)
        self.closed.connect(self._on_closed)

    def focus_first(self) -> None:
        """Cancel: the rest is done in the browser."""
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_page(self, address: str) -> None:
        self.address = address
        self.open_.setEnabled(True)
        self.copy.setEnabled(True)
        self.told.setText(
            self.tr("Your browser shows the sign-in now. Say yes there, and come back: this "
                    "closes by itself.")
        )  # fmt: skip
        self.refit()

    def _on_closed(self) -> None:
        self._model.cancel_sign_in()
        self.deleteLater()


class ChannelForm(Overlay):
    """A channel: its name, how much goes out a day, and whether each post asks first."""

    def __init__(
        self, theme: Theme, model: AccountsModel, channel: Channel | None, window: QWidget
    ) -> None:
        super().__init__(theme, window, 680, 460)
        self._model = model
        self._channel = channel or Channel(ChannelId(""), "")
        self.name = QLineEdit(self._channel.name)
        self.name.setMaxLength(60)
        self.name.setFixedWidth(theme.px(260))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setProperty("radius", theme.px(14))
        self.limit = ChoiceChip(theme, self.tr("Posts a day"), lit=False)
        self.limit.set_choices(
            [(self.tr("No limit of its own") if not one else str(one), one) for one in LIMITS]
        )
        self.limit.set_value(self._channel.per_day)
        self.approve = Switch(theme, self._channel.approve, self.tr("Ask me before each post"))
        self.paused = Switch(theme, self._channel.paused, self.tr("Paused"))
        self.save = Button(theme, self.tr("Keep it"), "main", "check")
        self.remove = Button(theme, self.tr("Remove the channel"), "ghost", "trash-2")
        self._lay_out(theme, known=channel is not None)
        self.save.clicked.connect(lambda _on=False: self._on_save())
        self.name.returnPressed.connect(self._on_save)
        self.remove.clicked.connect(lambda _on=False: self._on_remove())
        self.closed.connect(self.deleteLater)

    def focus_first(self) -> None:
        """Its name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, theme: Theme, *, known: bool) -> None:
        title = self.tr("Change the channel") if known else self.tr("A new channel")
        card = Card(theme)
        about = self.tr("A brand of yours: its accounts on several platforms belong together")
        card.add(Row(theme, self.tr("Name"), about, [self.name], "", card))
        about = self.tr("What is more waits for the next day")
        card.add(Row(theme, self.tr("Posts a day"), about, [self.limit], "", card))
        about = self.tr("Nothing goes out before you said yes")
        card.add(Row(theme, self.tr("Ask me before each post"), about, [self.approve], "", card))
        about = self.tr("Its posts are held until you let them go on")
        card.add(Row(theme, self.tr("Paused"), about, [self.paused], "", card))
        keys, column = QHBoxLayout(), QVBoxLayout()
        keys.setSpacing(theme.px(12))
        keys.addWidget(self.save)
        keys.addWidget(self.remove)
        keys.addStretch(1)
        self.remove.setVisible(known)
        column.setSpacing(theme.px(14))
        column.addWidget(Label(title, "section"))
        column.addWidget(card)
        column.addLayout(keys)
        self.column.addLayout(column)

    def _on_save(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.focus_first()
            return
        known = self._channel
        limit = self.limit.value if isinstance(self.limit.value, int) else 0
        self._model.set_channel(
            Channel(known.id, name, known.accounts, limit, self.approve.isChecked(),
                    self.paused.isChecked())
        )  # fmt: skip
        self.dismiss()

    def _on_remove(self) -> None:
        self._model.remove_channel(self._channel.id)
        self.dismiss()


def _words(platform: PlatformView, option: Option) -> RowWords:
    """The words of an option, as its plugin gives them."""
    spoken = platform.strings.get(QLocale().name()[:2], {})
    english = platform.strings.get("en", {})

    def word(key: str) -> str:
        return spoken.get(key) or english.get(key, "")

    return RowWords(
        word(option.label) or option.name.replace("_", " ").capitalize(),
        word(option.help),
        {one: word(f"{option.label}.{one}") or one for one in option.choices},
        partial(settings_words.amount, option),
    )
