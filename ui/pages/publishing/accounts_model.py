"""The accounts and channels of the owner, and signing in in the browser."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import AuthRequired
from app.domain.events import PublishingChanged
from app.domain.post import AccountId, AccountView, Channel, ChannelId
from ui.bridge import Bridge, Call
from ui.pages.publishing.ports import AccountsPort, CalendarPort, PlatformView

Found: TypeAlias = tuple[
    Sequence[AccountView], Sequence[Channel], Sequence[PlatformView], frozenset[AccountId]
]
UNDO_SECONDS = 10.5
"""So long a removed account can be had back: a little longer than its message is shown."""
SWEEP_MS = 500


class AccountsModel(QObject):
    """Keeps both lists true; one sign-in at a time waits for the browser."""

    changed = Signal()
    failed = Signal(object)
    added = Signal(str)
    """The id of an account that was added."""
    refused = Signal(object)
    """Why an account was not added."""
    asked = Signal(str)
    """The id of an account somebody signs in to now."""
    page_ready = Signal(str)
    """The address where one signs in."""
    signed_in = Signal(object)
    """The account one signed in to."""
    sign_in_failed = Signal(object)
    removed = Signal(object)
    """An account that was removed; it can be had back for a while."""

    def __init__(
        self,
        bridge: Bridge,
        desk: AccountsPort,
        publishing: CalendarPort,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._desk, self._publishing = bridge, desk, publishing
        self._asked = False  # whether the page of a sign-in was opened
        self._going: dict[AccountId, float] = {}  # removed, and when they go for good
        self._sweep = QTimer(self, interval=SWEEP_MS)
        self._sweep.timeout.connect(self._remove_due)
        self.accounts: tuple[AccountView, ...] | None = None
        """None while they are not known."""
        self.channels: tuple[Channel, ...] = ()
        self.platforms: tuple[PlatformView, ...] = ()
        self.error: BaseException | None = None
        self.waiting: AccountId | None = None
        """The account somebody signs in to now."""
        self._loading: Call | None = None
        bridge.on(PublishingChanged, self._on_changed, self)

    def load(self) -> None:
        """Ask for everything."""
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self._bridge.call(self._look(), self._on_found, self._on_failed, self)

    def account(self, account: AccountId) -> AccountView | None:
        """An account by its id."""
        return next((one for one in self.accounts or () if one.id == account), None)

    def platform(self, kind: str) -> PlatformView | None:
        """A platform by its kind."""
        return next((one for one in self.platforms if one.id == kind), None)

    def grouped(self) -> list[tuple[Channel | None, tuple[AccountView, ...]]]:
        """Accounts by their channels; those of none last."""
        accounts = [one for one in self.accounts or () if one.id not in self._going]
        found: list[tuple[Channel | None, tuple[AccountView, ...]]] = []
        placed: set[AccountId] = set()
        for channel in self.channels:
            mine = tuple(one for one in accounts if one.id in channel.accounts)
            placed.update(one.id for one in mine)
            found.append((channel, mine))
        rest = tuple(one for one in accounts if one.id not in placed)
        return [*found, (None, rest)] if rest else found

    def add(self, platform: str, name: str, values: Mapping[str, object]) -> None:
        """Add an account."""
        coro = self._desk.add(platform, name, values)
        self._bridge.call(coro, self._on_added, self.refused.emit, self)

    def remove(self, account: AccountView) -> None:
        """Forget an account and its sign-in; it can be had back for ten seconds."""
        self._going[account.id] = time.monotonic() + UNDO_SECONDS
        self._sweep.start()
        self.changed.emit()
        self.removed.emit(account)

    def put_back(self, account: AccountId) -> None:
        """Have a removed account back."""
        if self._going.pop(account, None) is not None:
            self.changed.emit()

    def finish(self) -> None:
        """The program ends: what was removed goes now."""
        for account in list(self._going):
            self._remove_now(account)

    def sign_in(self, account: AccountId) -> None:
        """Ask for the page where one signs in."""
        self.waiting, self._asked = account, False
        self.asked.emit(account)
        coro = self._desk.sign_in(account)
        self._bridge.call(coro, self._on_page, self._on_sign_in_failed, self)

    def cancel_sign_in(self) -> None:
        """Wait no longer for the browser."""
        account, self.waiting, self._asked = self.waiting, None, False
        if account is not None:
            self._bridge.call(self._desk.cancel_sign_in(account), None, self.failed.emit, self)

    def sign_out(self, account: AccountId) -> None:
        """Forget a sign-in."""
        self._wish(self._desk.sign_out(account))

    def pause_account(self, account: AccountId, *, paused: bool) -> None:
        """Hold an account, or let it go on."""
        self._wish(self._publishing.pause(account=account, paused=paused))

    def pause_channel(self, channel: ChannelId, *, paused: bool) -> None:
        """Hold a channel, or let it go on."""
        self._wish(self._publishing.pause(channel=channel, paused=paused))

    def set_channel(self, channel: Channel) -> None:
        """Keep a channel; an empty id makes a new one."""
        self._wish(self._desk.set_channel(channel))

    def remove_channel(self, channel: ChannelId) -> None:
        """Forget a channel; its accounts stay."""
        self._wish(self._desk.remove_channel(channel))

    def put_in(self, account: AccountId, channel: ChannelId) -> None:
        """Move an account into a channel; an empty id takes it out of all."""
        for one in self.channels:
            inside = account in one.accounts
            if one.id == channel and not inside:
                self.set_channel(replace(one, accounts=(*one.accounts, account)))
            elif one.id != channel and inside:
                rest = tuple(other for other in one.accounts if other != account)
                self.set_channel(replace(one, accounts=rest))

    async def _look(self) -> Found:
        desk = self._desk
        signing = await desk.signing_in()
        return await desk.accounts(), await desk.channels(), await desk.platforms(), signing

    def _remove_due(self) -> None:
        now = time.monotonic()
        for account in [one for one, due in self._going.items() if due <= now]:
            self._remove_now(account)
        if not self._going:
            self._sweep.stop()

    def _remove_now(self, account: AccountId) -> None:
        del self._going[account]
        self._wish(self._desk.remove(account))

    def _wish(
        self, coro: Coroutine[Any, Any, Any], done: Callable[[Any], None] | None = None
    ) -> None:
        self._bridge.call(coro, done or (lambda _: self.load()), self._on_wish_failed, self)

    def _on_found(self, found: Found) -> None:
        self._loading, self.error = None, None
        accounts, channels, platforms, signing = found
        self.accounts, self.channels = tuple(accounts), tuple(channels)
        self.platforms = tuple(platforms)
        if self._asked and self.waiting is not None and self.waiting not in signing:
            self._ended(self.waiting)
        self.changed.emit()

    def _ended(self, account: AccountId) -> None:
        """Nobody waits for the browser any more: it came back with a yes, or it did not."""
        self.waiting, self._asked = None, False
        known = self.account(account)
        if known is not None and known.signed_in and not known.reason:
            self.signed_in.emit(known)
        elif known is not None and known.reason:
            self.sign_in_failed.emit(AuthRequired(known.reason, **known.reason_args))

    def _on_page(self, address: str) -> None:
        self._asked = True
        self.page_ready.emit(address)

    def _on_failed(self, error: BaseException) -> None:
        self._loading, self.error = None, error
        self.failed.emit(error)
        self.changed.emit()

    def _on_added(self, account: AccountId) -> None:
        self.added.emit(account)
        self.load()

    def _on_wish_failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        self.load()

    def _on_sign_in_failed(self, error: BaseException) -> None:
        self.waiting = None
        self.sign_in_failed.emit(error)

    def _on_changed(self, _event: PublishingChanged) -> None:
        if self.accounts is not None:
            self.load()
