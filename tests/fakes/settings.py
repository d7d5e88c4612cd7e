"""Settings, folders and plugins that live in memory, for the Settings page alone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from app.domain import settings as schema
from app.domain.errors import AppError
from app.domain.events import LibraryChanged, PluginStateChanged, SettingsChanged
from app.domain.media import Folder, FolderId, FolderState
from app.domain.options import Option, OptionKind, Value
from app.domain.secrets import SecretHome
from app.domain.settings import Settings
from app.runtime.bus import EventBus
from app.services.plugins.model import PluginInfo


class FakeSettings:
    """Keeps values; `error` makes every change fail."""

    def __init__(self, bus: EventBus) -> None:
        self.current = Settings()
        self.error: AppError | None = None
        self._bus = bus

    async def set(self, section: str, name: str, value: object) -> None:
        if self.error is not None:
            raise self.error
        self.current = schema.changed(self.current, section, name, value)
        self._bus.publish(SettingsChanged(section))


FOLDERS = (
    Folder(FolderId(1), b"/media/disk2/films", "/media/disk2/films", FolderState.HERE, 1284),
    Folder(FolderId(2), b"/media/disk2/series", "/media/disk2/series", FolderState.HERE, 86),
    Folder(
        FolderId(3),
        b"/media/holiday",
        "/media/Holiday disk",
        FolderState.AWAY,
        212,
        away_since=1_700_000_000.0,
    ),
)


class FakeFolders:
    """Folders to remove and restore; `error` makes every question fail."""

    def __init__(self, bus: EventBus, folders: tuple[Folder, ...] = FOLDERS) -> None:
        self.shelf = list(folders)
        self.removed: dict[FolderId, Folder] = {}
        self.scanned: list[FolderId | None] = []
        self.cancelled: list[FolderId] = []
        self.error: AppError | None = None
        self._bus = bus

    def _check(self) -> None:
        if self.error is not None:
            raise self.error

    async def folders(self) -> tuple[Folder, ...]:
        self._check()
        return tuple(self.shelf)

    async def add_folder(self, path: bytes) -> Folder:
        self._check()
        added = Folder(FolderId(9), path, path.decode(), FolderState.HERE, 0)
        self.shelf.append(added)
        self._bus.publish(LibraryChanged())
        return added

    async def remove_folder(self, folder: FolderId) -> None:
        self._check()
        found = next(one for one in self.shelf if one.id == folder)
        self.shelf.remove(found)
        self.removed[folder] = found

    async def restore_folder(self, folder: FolderId) -> None:
        self.shelf.append(self.removed.pop(folder))

    async def rescan(self, folder: FolderId | None = None) -> None:
        self._check()
        self.scanned.append(folder)

    async def cancel_scan(self, folder: FolderId) -> None:
        self.cancelled.append(folder)


OPTIONS = (
    Option("address", OptionKind.TEXT, "", "address", "address.help"),
    Option("token", OptionKind.SECRET, "", "token", "token.help"),
)
STRINGS = {
    "en": {
        "about": "Posts each notice to a web address of yours",
        "address": "Web address",
        "address.help": "Where each notice is posted",
        "token": "Token",
        "token.help": "Sent with each notice",
    }
}
PLUGINS = (
    PluginInfo("nfo", "NFO files", enabled=True, strings={"en": {"about": "Reads .nfo files"}}),
    PluginInfo(
        "web", "Web address", enabled=True, built_in=False, options=OPTIONS, strings=STRINGS
    ),
    PluginInfo(
        "radio",
        "Radio list",
        built_in=False,
        reason="plugins.off.hung",
        reason_args={"detail": "10 s"},
    ),
    PluginInfo(
        "broken",
        "broken",
        usable=False,
        built_in=False,
        reason="plugins.manifest.missing",
        reason_args={"field": "owner"},
    ),
)
SEARCH_PLUGINS = (
    PluginInfo("archive", "Internet Archive", enabled=True, capabilities=("searches",)),
    PluginInfo(
        "indexers",
        "Indexers",
        capabilities=("searches",),
        options=OPTIONS,
        strings=STRINGS,
        many=True,
    ),
)


class FakePlugins:
    """Plugins to switch; those in `failing` do not start."""

    def __init__(self, bus: EventBus, plugins: tuple[PluginInfo, ...] = PLUGINS) -> None:
        self.all = {plugin.id: plugin for plugin in plugins}
        self.values: dict[str, dict[str, Value]] = {"web": {"address": "", "token": False}}
        self.failing: set[str] = set()
        self.home = SecretHome.KEYRING
        self.error: AppError | None = None
        self.refusal: AppError | None = None  # what a new source is refused with
        self.added: list[tuple[str, str, dict[str, object]]] = []
        self.gone: dict[str, PluginInfo] = {}
        self._bus = bus

    async def list(self) -> tuple[PluginInfo, ...]:
        if self.error is not None:
            raise self.error
        return tuple(self.all.values())

    async def enable(self, plugin: str) -> None:
        await asyncio.sleep(0.02)
        if plugin in self.failing:
            raise AppError("errors.plugin_failed", plugin=self.all[plugin].name)
        self._switch(plugin, True)

    async def disable(self, plugin: str) -> None:
        self._switch(plugin, False)

    async def options(self, plugin: str) -> Mapping[str, Value]:
        return dict(self.values.get(plugin, {}))

    async def set_option(self, plugin: str, name: str, value: object) -> None:
        if self.error is not None:
            raise self.error
        assert isinstance(value, str)
        secret = any(one.secret for one in self.all[plugin].options if one.name == name)
        self.values[plugin][name] = bool(value) if secret else value

    async def secrets_home(self) -> SecretHome:
        return self.home

    @property
    def instances(self) -> FakePlugins:
        return self

    async def add(self, plugin: str, name: str, values: Mapping[str, object]) -> str:
        await asyncio.sleep(0.02)
        if self.refusal is not None:
            raise self.refusal
        self.added.append((plugin, name, dict(values)))
        kind, made = self.all[plugin], f"{plugin}_{len(self.added)}"
        self.all[made] = replace(
            kind, id=made, name=name or kind.name, many=False, of=plugin, enabled=True
        )
        self._bus.publish(PluginStateChanged(made, True))
        return made

    async def remove(self, plugin: str) -> None:
        self.gone[plugin] = self.all.pop(plugin)
        self._bus.publish(PluginStateChanged(plugin, False))

    async def restore(self, plugin: str) -> None:
        self.all[plugin] = self.gone.pop(plugin)
        self._bus.publish(PluginStateChanged(plugin, True))

    def _switch(self, plugin: str, on: bool) -> None:
        self.all[plugin] = replace(self.all[plugin], enabled=on, reason=None)
        self._bus.publish(PluginStateChanged(plugin, on))
