"""All accounts by their channels: who is signed in and until when, pauses, and what to press."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.domain.post import AccountView, Channel
from ui import publishing_words as said
from ui.messages import sentence
from ui.pages.publishing.accounts_model import AccountsModel
from ui.pages.publishing.viewmodel import PublishingViewModel
from ui.settings_form import Card, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.scroll_body import ScrollBody
from ui.widgets.skeleton import Skeleton
from ui.words import SEPARATOR


class AccountRow(Row):
    """One account."""

    def __init__(self, theme: Theme, model: AccountsModel, account: AccountView, now: float,
                 parent: QWidget) -> None:  # fmt: skip
        self._model, self.account = model, account
        self.sign = Button(theme, "", "plain")
        self.pause = Button(theme, "", "ghost")
        label = _label(account)
        self.more = Button(theme, "", "icon", "ellipsis", "")
        super().__init__(theme, label, "", [self.sign, self.pause, self.more], "", parent)
        self.sign.setText(self.tr("Sign in again") if account.signed_in else self.tr("Sign in"))
        soon = said.ends_soon(account, now) or bool(account.reason)
        self.sign.setVisible(account.signs_in and (not account.signed_in or soon))
        self.pause.setText(self.tr("Go on") if account.paused else self.tr("Pause"))
        for button in (self.sign, self.pause):
            button.setAccessibleName(f"{button.text()}: {label}")
        more = self.tr("More about {0}").format(label)
        self.more.setAccessibleName(more)
        self.more.setToolTip(more)
        text, tone = said.account_state(account, now)
        self.set_text(text, "" if tone == "good" else tone)
        self.sign.clicked.connect(lambda _on=False: model.sign_in(account.id))
        self.pause.clicked.connect(
            lambda _on=False: model.pause_account(account.id, paused=not account.paused)
        )
        self.more.clicked.connect(lambda _on=False: self.open_menu())

    def open_menu(self) -> QMenu:
        """What else can be done."""
        model, account = self._model, self.account
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for channel in model.channels:
            if account.id not in channel.accounts:
                text = self.tr("Move to {0}").format(channel.name)
                menu.addAction(text).triggered.connect(
                    lambda _=False, known=channel.id: model.put_in(account.id, known)
                )
        if account.signs_in and account.signed_in:
            menu.addAction(self.tr("Sign out")).triggered.connect(
                lambda _=False: model.sign_out(account.id)
            )
        menu.addAction(self.tr("Remove")).triggered.connect(lambda _=False: model.remove(account))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        return menu


class AccountsView(QWidget):
    """Its own four states."""

    add_wished = Signal()
    channel_wished = Signal(object)
    """A channel to change; None: a new one."""

    def __init__(
        self, theme: Theme, model: AccountsModel, posts: PublishingViewModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self._model, self._posts = theme, model, posts
        self.rows: dict[str, AccountRow] = {}
        self.heads: dict[str, Button] = {}
        self._parts: list[QWidget] = []
        self.add = Button(theme, self.tr("Add an account"), "plain", "plus", parent=self)
        self.new = Button(theme, self.tr("New channel"), "ghost", "users", parent=self)
        self.busy = Skeleton(theme, "results")
        self.empty = EmptyState(
            theme,
            self.tr("No account yet"),
            self.tr("Add one: Sokoul shows step by step what is needed for it, and signs in with "
                    "your browser. Passwords stay there."),
            icon="users", tone="dim",
        )  # fmt: skip
        self.empty.add_button(self.tr("Add an account"), self.add_wished.emit, "main", "plus")
        self.broken = EmptyState(theme, self.tr("The accounts cannot be shown now"), "",
                                 icon="triangle-alert")  # fmt: skip
        self.broken.add_button(self.tr("Try again"), model.load, "main", "refresh-cw")
        self.area = ScrollBody(theme)
        self.stack = QStackedWidget(self)
        for part in (self.busy, self.area, self.empty, self.broken):
            self.stack.addWidget(part)
        self._lay_out(theme)
        self.add.clicked.connect(lambda _on=False: self.add_wished.emit())
        self.new.clicked.connect(lambda _on=False: self.channel_wished.emit(None))
        model.changed.connect(self._show)
        self._show()

    def focus_first(self) -> None:
        """What asks for a sign-in, else Add."""
        part = self.stack.currentWidget()
        if isinstance(part, EmptyState):
            part.focus_first()
            return
        asking = next((row.sign for row in self.rows.values() if row.sign.isVisible()), self.add)
        asking.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, theme: Theme) -> None:
        about = Label(
            self.tr("Each account signs in with an app of your own at its platform, so that "
                    "nobody else's limits stop you. Sign-ins are kept in the keyring."),
            "secondary", wrap=True,
        )  # fmt: skip
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(about, 1)
        head.addWidget(self.new)
        head.addWidget(self.add)
        self.area.column.addLayout(head)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(theme.px(10))
        self.area.column.addLayout(self._groups)
        self.area.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def _show(self) -> None:
        model = self._model
        had = self.stack.isAncestorOf(self.focusWidget() or self)
        was = self.stack.currentWidget()
        if model.accounts is None and model.error is None:
            part: QWidget = self.busy
        elif model.accounts is None and model.error is not None:
            self.broken.set_texts(self.tr("The accounts cannot be shown now"),
                                  sentence(model.error))  # fmt: skip
            part = self.broken
        else:
            self._fill()
            part = self.area if model.accounts or model.channels else self.empty
        self.stack.setCurrentWidget(part)
        if had and part is not self.busy and self.isVisible() and (
            was is not part or not part.isAncestorOf(self.focusWidget() or self)
        ):  # fmt: skip
            self.focus_first()

    def _fill(self) -> None:
        groups, now = self._model.grouped(), self._posts.clock()
        for gone in self._parts:
            gone.hide()
            gone.deleteLater()
        self._parts, self.rows, self.heads = [], {}, {}
        for channel, accounts in groups:
            self._add_head(channel, len(groups) > 1)
            card = Card(self._theme)
            for account in accounts:
                row = AccountRow(self._theme, self._model, account, now, card)
                self.rows[account.id] = row
                card.add(row)
            if not accounts:
                about = self.tr("Move accounts here from their menu.")
                card.add(Row(self._theme, self.tr("No account in it yet"), about, parent=card))
            self._groups.addWidget(card)
            self._parts.append(card)

    def _add_head(self, channel: Channel | None, named: bool) -> None:
        if channel is None and not named:
            return
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, self._theme.px(8), 0, 0)
        row.setSpacing(self._theme.px(10))
        row.addWidget(Label(channel.name if channel else self.tr("Of no channel"), "section"))
        if channel is not None:
            row.addWidget(Label(_about(self, channel), "secondary"))
            label = self.tr("Change the channel {0}").format(channel.name)
            change = Button(self._theme, self.tr("Change"), "link", "pencil", label, holder)
            change.clicked.connect(partial(self.channel_wished.emit, channel))
            self.heads[channel.id] = change
            row.addStretch(1)
            row.addWidget(change)
        row.addStretch(1)
        self._groups.addWidget(holder)
        self._parts.append(holder)


def _label(account: AccountView) -> str:
    name = account.platform_name or said.platform(account.platform)
    return name if account.name in ("", name) else f"{name}{SEPARATOR}{account.name}"


def _about(view: QWidget, channel: Channel) -> str:
    parts = []
    if channel.paused:
        parts.append(view.tr("paused"))
    if channel.approve:
        parts.append(view.tr("nothing goes out without your yes"))
    if channel.per_day:
        parts.append(view.tr("%n post(s) a day at most", "", channel.per_day))
    return SEPARATOR.join(parts)
