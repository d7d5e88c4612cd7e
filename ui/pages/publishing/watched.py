"""New videos of watched folders: those that wait for one press, and those that are in trouble."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.events import PublishingChanged
from app.domain.post import Post
from app.domain.results import WatchedFile, WatchedState
from ui.bridge import Bridge
from ui.messages import told
from ui.pages.publishing.ports import SendPort, WatchPort
from ui.settings_form import Card, Row
from ui.theme import Theme
from ui.widgets.button import Button
from ui.widgets.label import Label

OPEN = (
    WatchedState.WAITING, WatchedState.HELD, WatchedState.BROKEN, WatchedState.DESCRIBING,
    WatchedState.FOUND,
)  # fmt: skip
SHOWN = 20
SETTLE_MS = 250


class WatchedModel(QObject):
    """Keeps the list true; without the service it stays empty."""

    changed = Signal()
    failed = Signal(object)
    opened = Signal(object)
    """A post one wants to look at."""

    def __init__(
        self,
        bridge: Bridge,
        curator: WatchPort | None,
        publishing: SendPort,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._curator, self._publishing = bridge, curator, publishing
        self.files: tuple[WatchedFile, ...] = ()
        """Those that are not done, the latest first."""
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load)
        bridge.on(PublishingChanged, self._on_changed, self)

    def load(self) -> None:
        """Ask for them."""
        if self._curator is not None:
            self._bridge.call(self._curator.files(), self._on_files, self.failed.emit, self)

    def send(self, file: WatchedFile) -> None:
        """Say yes: its posts go out."""
        self.files = tuple(one for one in self.files if one != file)
        self.changed.emit()
        self._bridge.call(self._publishing.send(file.posts), None, self._on_wish_failed, self)

    def look(self, file: WatchedFile) -> None:
        """Show the first of its posts."""

        def done(post: Post) -> None:
            self.opened.emit(post)

        if file.posts:
            self._bridge.call(self._publishing.post(file.posts[0]), done, self.failed.emit, self)

    def again(self, file: WatchedFile) -> None:
        """Try one again."""
        if self._curator is not None:
            coro = self._curator.again(file.digest)
            self._bridge.call(coro, lambda _: self.load(), self._on_wish_failed, self)

    def _on_files(self, files: Sequence[WatchedFile]) -> None:
        self.files = tuple(one for one in files if one.state in OPEN)
        self.changed.emit()

    def _on_wish_failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        self.load()

    def _on_changed(self, _event: PublishingChanged) -> None:
        if not self._settle.isActive():
            self._settle.start()


class WatchedCard(QWidget):
    """Hidden while there is nothing to tell."""

    def __init__(self, theme: Theme, model: WatchedModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._shown: tuple[WatchedFile, ...] = ()
        self.buttons: dict[tuple[str, str], Button] = {}
        self.card = Card(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(Label(self.tr("From your watch folder"), "section"))
        column.addWidget(self.card)
        model.changed.connect(self._show)
        self.hide()

    def _show(self) -> None:
        files = self._model.files[:SHOWN]
        self.setVisible(bool(files))
        if files == self._shown:
            return
        self._shown, self.buttons = files, {}
        self.card.clear()
        for file in files:
            self.card.add(self._row(file))

    def _row(self, file: WatchedFile) -> Row:
        model = self._model
        title = file.title or os.path.basename(os.fsdecode(file.path))  # noqa: PTH119 - any bytes
        acts: list[tuple[str, str, Callable[[WatchedFile], None]]] = []
        if file.state is WatchedState.WAITING:
            acts = [("send", self.tr("Send it"), model.send), ("look", self.tr("Look at it"),
                                                              model.look)]  # fmt: skip
        elif file.state in (WatchedState.HELD, WatchedState.BROKEN):
            acts = [("again", self.tr("Try again"), model.again)]
        tail: list[QWidget] = []
        for name, text, act in acts:
            button = Button(self._theme, text, "ghost" if name == "look" else "plain")
            button.setAccessibleName(f"{text}: {title}")
            button.clicked.connect(lambda _on=False, do=act: do(file))
            self.buttons[file.digest, name] = button
            tail.append(button)
        return Row(self._theme, title, self._state(file), tail)

    def _state(self, file: WatchedFile) -> str:
        said = {
            WatchedState.WAITING: self.tr("Ready. It waits for your yes."),
            WatchedState.HELD: self.tr("Held; it is tried again."),
            WatchedState.BROKEN: self.tr("Cannot be used."),
            WatchedState.DESCRIBING: self.tr("Being described…"),
        }.get(file.state, self.tr("Found; it settles first."))
        reason = told(file.reason, file.reason_args) if file.reason else ""
        return f"{said} {reason}".strip()
