"""The card of the figures for Prometheus: where they are fetched, and the token that opens them."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Protocol

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.domain.events import NoticeLevel
from ui.page import PageContext
from ui.settings_form import Card, Row
from ui.widgets.button import Button

SECRET_HINT = "x-kde-passwordManagerHint"
"""Clipboard managers that keep a history leave out what carries it."""


class MetricsPort(Protocol):
    """What the card asks of the door to the figures."""

    def address(self) -> Coroutine[Any, Any, str]:
        """Where they are fetched; empty while nobody can."""

    def token(self) -> Coroutine[Any, Any, str]:
        """The token, made when there is none."""

    def new_token(self) -> Coroutine[Any, Any, str]:
        """Another one; the old is good no more."""


class MetricsCard(Card):
    """Two rows: the address, and the token, which is copied and never shown."""

    failed = Signal(object)
    filled = Signal()
    """The words of a row are others."""

    def __init__(
        self, context: PageContext, port: MetricsPort | None, parent: QWidget | None = None
    ) -> None:
        theme = context.theme
        super().__init__(theme, parent)
        self._context, self._port = context, port
        self._on = False
        self.where = Row(theme, self.tr("Address of the figures"))
        self.copy = Button(theme, self.tr("Copy the token"), "plain", "copy")
        self.renew = Button(theme, self.tr("New token"), "ghost", "refresh-cw")
        text = self.tr(
            "Prometheus sends it as a bearer token. With a new one the old is good no more."
        )
        self.token = Row(theme, self.tr("Token"), text, [self.copy, self.renew])
        self.copy.clicked.connect(self._on_copy)
        self.renew.clicked.connect(self._on_renew)
        self.add(self.where)
        self.add(self.token)
        self.show_switch(on=False)

    def show_switch(self, *, on: bool) -> None:
        """The owner let the figures be fetched, or not."""
        self._on = on
        for button in (self.copy, self.renew):
            button.setEnabled(on)
        if not on:
            self._tell_where(self.tr("Switch the figures on first."))
        self.load()

    def load(self) -> None:
        """Ask for the address anew."""
        if self._on and self._port is not None:
            ask = self._port.address()
            self._context.bridge.call(ask, self._on_address, self.failed.emit, self)

    def _on_address(self, address: str) -> None:
        if self._on:
            self._tell_where(address or self.tr("The station is in no home network now."))

    def _tell_where(self, text: str) -> None:
        self.where.set_text(text)
        self.filled.emit()

    def _on_copy(self) -> None:
        if self._port is not None:
            said = self.tr("The token is in the clipboard.")
            self._ask(self._port.token(), said)

    def _on_renew(self) -> None:
        if self._port is not None:
            said = self.tr("A new token is in the clipboard. The old one is good no more.")
            self._ask(self._port.new_token(), said)

    def _ask(self, work: Coroutine[Any, Any, str], said: str) -> None:
        """Put a token into the clipboard; meanwhile neither button asks a second time."""
        self._busy(busy=True)

        def done(token: str) -> None:
            self._busy(busy=False)
            QGuiApplication.clipboard().setMimeData(secret_text(token))
            self._context.toasts.show(said, level=NoticeLevel.GOOD)

        def failed(error: BaseException) -> None:
            self._busy(busy=False)
            self.failed.emit(error)

        self._context.bridge.call(work, done, failed, self)

    def _busy(self, *, busy: bool) -> None:
        for button in (self.copy, self.renew):
            button.set_busy(busy)


def secret_text(text: str) -> QMimeData:
    """A text for the clipboard that clipboard managers do not write down."""
    made = QMimeData()
    made.setText(text)
    made.setData(SECRET_HINT, b"secret")
    return made
