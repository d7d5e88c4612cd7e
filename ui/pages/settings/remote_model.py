"""What the Settings page knows of the remote on a phone: the bot, who may command, the code."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.events import PluginStateChanged, RemoteChanged, SettingsChanged
from app.domain.options import Value
from app.domain.remote import Pairing, RemoteState
from app.services.plugins.model import PluginInfo
from ui.bridge import Bridge

CHATS = "chats"
TOKEN = "token"


class RemotePort(Protocol):
    """What the page asks of the remote."""

    def state(self) -> RemoteState:
        """How it is now; on the service loop alone."""

    def pair(self) -> Coroutine[Any, Any, Pairing]:
        """Show a code for one phone."""

    def unpair_code(self) -> Coroutine[Any, Any, None]:
        """Show it no more."""

    def picture(self) -> Coroutine[Any, Any, bytes]:
        """The code's address as a picture to scan, SVG."""

    def remove(self, person: int) -> Coroutine[Any, Any, None]:
        """Obey somebody no more."""


class BotsPort(Protocol):
    """What the page asks of the plugins."""

    def list(self) -> Coroutine[Any, Any, tuple[PluginInfo, ...]]:
        """Every plugin."""

    def options(self, plugin: str) -> Coroutine[Any, Any, Mapping[str, Value]]:
        """The values of one's options; a secret is only told to be there."""

    def enable(self, plugin: str) -> Coroutine[Any, Any, None]:
        """Switch one on."""

    def set_option(self, plugin: str, name: str, value: object) -> Coroutine[Any, Any, None]:
        """Change one's option."""


class RemoteModel(QObject):
    """Keeps the cards of the remote true. The port may be missing."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        remote: RemotePort | None,
        plugins: BotsPort,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._remote, self._plugins = bridge, remote, plugins
        self.state = RemoteState()
        self.plugin: PluginInfo | None = None
        """The chat service there is, on or off."""
        self.has_token = False
        self.picture = b""
        self.pairing = False
        """A code is being asked for."""
        bridge.on(RemoteChanged, lambda event: self._on_state(event.state), self)
        self._looked = False  # a keyring is not asked for what nobody looks at
        bridge.on(PluginStateChanged, lambda _event: self._renew(), self)
        bridge.on(SettingsChanged, self._on_settings_changed, self)

    @property
    def there(self) -> bool:
        """Whether there is anything to show."""
        return self._remote is not None

    def load(self) -> None:
        """Ask for everything anew."""
        if self._remote is not None:
            self._looked = True
            self._bridge.call(_read(self._remote), self._on_state, self.failed.emit, self)
            self.load_plugin()

    def load_plugin(self) -> None:
        """Ask which chat service there is, and whether it has its token."""
        if self._remote is not None:
            self._bridge.call(_bot(self._plugins), self._on_bot, self.failed.emit, self)

    def give_token(self, token: str) -> None:
        """Use another bot; the service is switched on with its first token."""
        if self.plugin is not None:
            work = _given(self._plugins, self.plugin, token)
            self._bridge.call(work, lambda _none: self.load_plugin(), self._refused, self)

    def pair(self) -> None:
        """Show a code."""
        if self._remote is not None and not self.pairing:
            self.pairing = True
            self._bridge.call(self._remote.pair(), self._on_paired, self._refused, self)
            self.changed.emit()

    def hide_code(self) -> None:
        """Show it no more."""
        if self._remote is not None:
            self._bridge.call(self._remote.unpair_code(), None, self.failed.emit, self)

    def remove(self, person: int) -> None:
        """Let somebody command no more."""
        if self._remote is not None:
            self._bridge.call(self._remote.remove(person), None, self.failed.emit, self)

    def _on_paired(self, _pairing: Pairing) -> None:
        self.pairing = False
        self.changed.emit()

    def _refused(self, error: BaseException) -> None:
        self.pairing = False
        self.changed.emit()
        self.failed.emit(error)
        self.load_plugin()

    def _on_state(self, state: RemoteState) -> None:
        if state == self.state:
            return
        before, self.state = self.state.pairing, state
        if state.pairing != before:
            self.picture = b""
            if state.pairing is not None and self._remote is not None:
                self._bridge.call(self._remote.picture(), self._on_picture, None, self)
        self.changed.emit()

    def _on_picture(self, picture: bytes) -> None:
        if self.state.pairing is not None:
            self.picture = picture
            self.changed.emit()

    def _on_bot(self, told: tuple[PluginInfo | None, bool]) -> None:
        if told != (self.plugin, self.has_token):
            self.plugin, self.has_token = told
            self.changed.emit()

    def _on_settings_changed(self, event: SettingsChanged) -> None:
        if event.section == "plugins":
            self._renew()

    def _renew(self) -> None:
        if self._looked:
            self.load_plugin()


async def _read(remote: RemotePort) -> RemoteState:
    """The state, read where it is kept."""
    return remote.state()


async def _bot(plugins: BotsPort) -> tuple[PluginInfo | None, bool]:
    """The chat service that is on, else the first there is; and whether it has a token."""
    found = [one for one in await plugins.list() if CHATS in one.capabilities and one.usable]
    chosen = next((one for one in found if one.enabled), next(iter(found), None))
    if chosen is None:
        return None, False
    return chosen, bool((await plugins.options(chosen.id)).get(TOKEN))


async def _given(plugins: BotsPort, plugin: PluginInfo, token: str) -> None:
    await plugins.set_option(plugin.id, TOKEN, token)
    if token and not plugin.enabled:
        await plugins.enable(plugin.id)
