"""What the Settings page knows: values, folders and their scans, plugins and their options."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.events import (
    FolderStateChanged,
    LibraryChanged,
    PluginStateChanged,
    ScanPhase,
    ScanProgressed,
    SettingsChanged,
)
from app.domain.media import Folder, FolderId
from app.domain.options import Value
from app.domain.secrets import SecretHome
from app.domain.settings import Settings
from app.services.plugins.model import PluginInfo
from ui.bridge import Bridge, Call

SETTLE_MS = 300
OVER = (ScanPhase.DONE, ScanPhase.CANCELLED, ScanPhase.FAILED)


class SettingsPort(Protocol):
    """What the page asks of the settings."""

    @property
    def current(self) -> Settings:
        """The settings now."""

    def set(self, section: str, name: str, value: object) -> Coroutine[Any, Any, None]:
        """Change one."""


class FoldersPort(Protocol):
    """What the page asks of the library."""

    def folders(self) -> Coroutine[Any, Any, tuple[Folder, ...]]:
        """Return the owner's folders."""

    def add_folder(self, path: bytes) -> Coroutine[Any, Any, Folder]:
        """Add a folder and scan it."""

    def remove_folder(self, folder: FolderId) -> Coroutine[Any, Any, None]:
        """Hide a folder and its items."""

    def restore_folder(self, folder: FolderId) -> Coroutine[Any, Any, None]:
        """Undo a removal."""

    def rescan(self, folder: FolderId | None = None) -> Coroutine[Any, Any, None]:
        """Look for changes."""

    def cancel_scan(self, folder: FolderId) -> Coroutine[Any, Any, None]:
        """Stop a scan."""


class InstancesPort(Protocol):
    """What the page asks of the plugins one may have several of."""

    def add(self, plugin: str, name: str, values: Mapping[str, object]) -> Coroutine[Any, Any, str]:
        """Try one more and keep it."""

    def remove(self, plugin: str) -> Coroutine[Any, Any, None]:
        """Remove one."""

    def restore(self, plugin: str) -> Coroutine[Any, Any, None]:
        """Take that back."""


class PluginsPort(Protocol):
    """What the page asks of the plugins."""

    def list(self) -> Coroutine[Any, Any, tuple[PluginInfo, ...]]:
        """Return every plugin."""

    def enable(self, plugin: str) -> Coroutine[Any, Any, None]:
        """Switch one on."""

    def disable(self, plugin: str) -> Coroutine[Any, Any, None]:
        """Switch one off."""

    def options(self, plugin: str) -> Coroutine[Any, Any, Mapping[str, Value]]:
        """Return the values of a plugin's options."""

    def set_option(self, plugin: str, name: str, value: object) -> Coroutine[Any, Any, None]:
        """Change one."""

    @property
    def instances(self) -> InstancesPort:
        """Those the owner may have several of."""

    def secrets_home(self) -> Coroutine[Any, Any, SecretHome]:
        """Say where secrets are kept."""


class SettingsViewModel(QObject):
    """Keeps the page true to the settings, the folders and the plugins."""

    values_changed = Signal(str)
    """A section has new values, or a wish was refused: show what is in force."""
    folders_changed = Signal()
    folders_failed = Signal(object)
    folder_removed = Signal(object)
    """A folder was removed: offer to undo it."""
    folder_added = Signal(object)
    scans_changed = Signal()
    plugins_changed = Signal()
    plugins_failed = Signal(object)
    options_changed = Signal(str)
    source_added = Signal(str)
    source_refused = Signal(object)
    """What was typed for a new source does not work."""
    source_removed = Signal(object)
    """One of several was removed: offer to undo it."""
    secrets_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        settings: SettingsPort,
        library: FoldersPort,
        plugins: PluginsPort,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._settings, self._library, self._plugins = settings, library, plugins
        self.folders: tuple[Folder, ...] | None = None
        self.scans: dict[FolderId, ScanProgressed] = {}
        self.plugins: tuple[PluginInfo, ...] | None = None
        self.options: dict[str, Mapping[str, Value]] = {}
        self.busy: set[str] = set()  # plugins that are being switched
        self.secrets_home: SecretHome | None = None
        self._adding: Call | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.load_folders)
        bridge.on(SettingsChanged, self._on_settings_changed, self)
        bridge.on(LibraryChanged, self._on_library_changed, self)
        bridge.on(FolderStateChanged, self._on_folder_state_changed, self)
        bridge.on(ScanProgressed, self._on_scan_progressed, self)
        bridge.on(PluginStateChanged, self._on_plugin_state_changed, self)

    def load(self) -> None:
        """Ask for everything that is not in the settings themselves."""
        self.load_folders()
        self.load_plugins()

    def load_secrets_home(self) -> None:
        """Ask where secrets are kept; the desktop may answer with a question of its own."""
        self._bridge.call(
            self._plugins.secrets_home(), self._on_secrets_home, self.failed.emit, owner=self
        )

    def value(self, section: str, name: str) -> Value:
        """The value of a setting now."""
        found: Value = getattr(getattr(self._settings.current, section), name)
        return found

    def set_value(self, section: str, name: str, value: object) -> None:
        """Change a setting; on failure the page shows again what is in force."""

        def refused(error: BaseException) -> None:
            self.values_changed.emit(section)
            self.failed.emit(error)

        self._bridge.call(self._settings.set(section, name, value), None, refused, owner=self)

    def load_folders(self) -> None:
        """Ask for the folders anew."""
        self._bridge.call(
            self._library.folders(), self._on_folders, self.folders_failed.emit, owner=self
        )

    def add_folder(self, path: bytes) -> None:
        """Add a folder; its scan starts by itself."""
        self._bridge.call(
            self._library.add_folder(path), self._on_added, self.failed.emit, owner=self
        )

    def remove_folder(self, folder: Folder) -> None:
        """Remove a folder; its files stay, and it can be undone."""
        self._bridge.call(
            self._library.remove_folder(folder.id),
            lambda _: self._on_removed(folder),
            self.failed.emit,
            owner=self,
        )

    def restore_folder(self, folder: Folder) -> None:
        """Undo a removal."""
        self._bridge.call(
            self._library.restore_folder(folder.id),
            lambda _: self.load_folders(),
            self.failed.emit,
            owner=self,
        )

    def scan(self, folder: Folder) -> None:
        """Look for changes in a folder, or stop the scan that runs."""
        running = folder.id in self.scans
        work = self._library.cancel_scan if running else self._library.rescan
        self._bridge.call(work(folder.id), None, self.failed.emit, owner=self)

    def load_plugins(self) -> None:
        """Ask for the plugins anew."""
        self._bridge.call(
            self._plugins.list(), self._on_plugins, self.plugins_failed.emit, owner=self
        )

    def switch_plugin(self, plugin: str, on: bool) -> None:
        """Switch a plugin on, which tries it, or off."""
        self.busy.add(plugin)

        def done(_: object) -> None:
            self.busy.discard(plugin)
            self.load_plugins()

        def refused(error: BaseException) -> None:
            done(None)
            self.failed.emit(error)

        work = self._plugins.enable if on else self._plugins.disable
        self._bridge.call(work(plugin), done, refused, owner=self)
        self.plugins_changed.emit()

    def set_option(self, plugin: str, name: str, value: object) -> None:
        """Change an option of a plugin."""

        def refused(error: BaseException) -> None:
            self._load_options(plugin)
            self.failed.emit(error)

        self._bridge.call(
            self._plugins.set_option(plugin, name, value),
            lambda _: self._load_options(plugin),
            refused,
            owner=self,
        )

    def add_source(self, kind: str, name: str, values: Mapping[str, object]) -> None:
        """Try one more source of a kind, and keep it when it works."""
        self.stop_adding()
        self._adding = self._bridge.call(
            self._plugins.instances.add(kind, name, values),
            self.source_added.emit,
            self.source_refused.emit,
            owner=self,
        )

    def stop_adding(self) -> None:
        """Wait no longer for a source that is tried."""
        if self._adding is not None:
            self._adding.cancel()
            self._adding = None

    def remove_source(self, plugin: PluginInfo) -> None:
        """Remove one of several; it can be undone."""
        self._bridge.call(
            self._plugins.instances.remove(plugin.id),
            lambda _none: self.source_removed.emit(plugin),
            self.failed.emit,
            owner=self,
        )

    def restore_source(self, plugin: PluginInfo) -> None:
        """Take that back."""
        self._bridge.call(
            self._plugins.instances.restore(plugin.id), None, self.failed.emit, owner=self
        )

    def _load_options(self, plugin: str) -> None:
        def arrived(values: Mapping[str, Value]) -> None:
            self.options[plugin] = values
            self.options_changed.emit(plugin)

        self._bridge.call(self._plugins.options(plugin), arrived, self.failed.emit, owner=self)

    def _on_settings_changed(self, event: SettingsChanged) -> None:
        self.values_changed.emit(event.section)

    def _on_library_changed(self, event: LibraryChanged) -> None:
        if not self._settle.isActive():
            self._settle.start()

    def _on_folder_state_changed(self, event: FolderStateChanged) -> None:
        self.load_folders()

    def _on_scan_progressed(self, event: ScanProgressed) -> None:
        if event.phase in OVER:
            self.scans.pop(event.folder, None)
            self.load_folders()
        else:
            self.scans[event.folder] = event
        self.scans_changed.emit()

    def _on_plugin_state_changed(self, event: PluginStateChanged) -> None:
        self.load_plugins()

    def _on_folders(self, folders: tuple[Folder, ...]) -> None:
        if folders != self.folders:
            self.folders = folders
            self.folders_changed.emit()

    def _on_added(self, folder: Folder) -> None:
        self.folder_added.emit(folder)
        self.load_folders()

    def _on_removed(self, folder: Folder) -> None:
        self.folder_removed.emit(folder)
        self.load_folders()

    def _on_plugins(self, plugins: tuple[PluginInfo, ...]) -> None:
        self.plugins = plugins
        self.plugins_changed.emit()
        for plugin in plugins:
            if plugin.enabled and plugin.options:
                self._load_options(plugin.id)

    def _on_secrets_home(self, home: SecretHome) -> None:
        self.secrets_home = home
        self.secrets_changed.emit()
