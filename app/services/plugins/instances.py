"""Plugins the owner may have several of: each is an entry of its own, made from one folder."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from app.api.capabilities import Capability
from app.api.manifest import Manifest
from app.api.signing_in import SECRET as SIGNED_IN
from app.domain.errors import InvalidInput, NotFound, Unsupported
from app.domain.events import PluginStateChanged
from app.domain.options import Option, Value
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins.borders import SecretStore
from app.services.plugins.entry import Entry
from app.services.plugins.loader import Found
from app.services.settings.service import SettingsService

MOST = 50
LONGEST_NAME = 60


class Lab(Protocol):
    """What is asked of the plugin service."""

    async def try_out(
        self, entry: Entry, values: Mapping[str, Value], secrets: Mapping[str, str]
    ) -> None:
        """Start a plugin and let it go again; raises what keeps it from working."""

    async def unload(self, entry: Entry) -> None:
        """Close a plugin that runs."""


@dataclass(frozen=True, slots=True)
class _Removed:
    """What `restore` needs. Only in memory: with the station it is gone for good."""

    entry: Entry
    of: str
    name: str
    plain: Mapping[str, Value]
    secret: Mapping[str, str]


class Instances:
    """Adds and removes them. Lives on the service loop, beside the plugin service."""

    def __init__(
        self,
        entries: dict[str, Entry],
        settings: SettingsService,
        secrets: Secrets | SecretStore,
        bus: EventBus,
        lab: Lab,
    ) -> None:
        self._entries = entries
        self._settings = settings
        self._secrets = secrets
        self._bus = bus
        self._lab = lab
        self._removed: dict[str, _Removed] = {}
        self._turn = asyncio.Lock()  # two that are added at once are two

    def read(self) -> None:
        """Enter those the settings name."""
        for name, choice in self._settings.current.plugins.items():
            kind = self._entries.get(choice.of)
            if kind is None or name in self._entries:
                continue
            if kind.found.manifest is not None and kind.found.manifest.many:
                made = instance_of(kind.found, name, choice.name)
                self._entries[name] = Entry(made, kind.strings)

    async def add(self, plugin: str, name: str, values: Mapping[str, object]) -> str:
        """Add one more of a plugin the owner may have several of; returns its id.

        It is tried with these values first and kept only when it works: what it raises comes
        through. `InvalidInput` names the option that cannot be.
        """
        kind = self._entries.get(plugin)
        if kind is None:
            raise NotFound("errors.plugin_unknown", plugin=plugin)
        if kind.found.problem is not None:
            raise Unsupported("errors.plugin_unusable", plugin=plugin) from kind.found.problem
        if kind.found.manifest is None or not kind.found.manifest.many:
            raise Unsupported("errors.plugin_only_one", plugin=kind.name)
        plain, secret = check_values(kind.found.manifest, values)
        async with self._turn:
            taken = self._entries.keys() | self._settings.current.plugins.keys()
            made = free_id(plugin, taken | self._removed.keys())
            trial = Entry(instance_of(kind.found, made, name), kind.strings)
            await self._lab.try_out(trial, plain, secret)
            await self._keep(made, _Removed(trial, plugin, name, plain, secret))
        return made

    async def remove(self, plugin: str) -> None:
        """Remove one of several, with its options and secrets. `Unsupported` for any other."""
        entry = self._entries.get(plugin)
        if entry is None:
            raise NotFound("errors.plugin_unknown", plugin=plugin)
        choice = self._settings.current.plugins.get(plugin)
        if choice is None or not choice.of:
            raise Unsupported("errors.plugin_not_removable", plugin=entry.name)
        secrets = {
            name: told
            for name in _secret_names(entry)
            if (told := await self._secrets.get(plugin, name))
        }
        await self._lab.unload(entry)  # what it is about to keep it keeps before they go
        for name in secrets:
            await self._secrets.delete(plugin, name)
        del self._entries[plugin]
        await self._lab.unload(entry)
        await self._settings.forget_plugin(plugin)
        self._removed[plugin] = _Removed(
            entry, choice.of, choice.name, dict(choice.options), secrets
        )
        self._bus.publish(PluginStateChanged(plugin, enabled=False))

    async def restore(self, plugin: str) -> None:
        """Take a removal back. `NotFound` when it was not removed since the station started."""
        removed = self._removed.pop(plugin, None)
        if removed is None or plugin in self._entries:
            raise NotFound("errors.plugin_unknown", plugin=plugin)
        await self._keep(plugin, removed)

    async def _keep(self, plugin: str, made: _Removed) -> None:
        for name in _secret_names(made.entry):
            if name in made.secret:
                await self._secrets.set(plugin, name, made.secret[name])
            else:  # one that was left behind under this id is nobody's
                await self._secrets.delete(plugin, name)
        self._entries[plugin] = made.entry
        await self._settings.set_plugin(
            plugin, enabled=True, options=dict(made.plain), of=made.of, name=made.name
        )
        self._bus.publish(PluginStateChanged(plugin, enabled=True))


def _options(entry: Entry) -> tuple[Option, ...]:
    return () if entry.found.manifest is None else entry.found.manifest.options


def _secret_names(entry: Entry) -> tuple[str, ...]:
    """The secrets one may have: those of its options, and what signs the owner in."""
    names = tuple(option.name for option in _options(entry) if option.secret)
    manifest = entry.found.manifest
    signs_in = manifest is not None and Capability.SIGNS_IN in manifest.capabilities
    return (*names, SIGNED_IN) if signs_in else names


def instance_of(kind: Found, plugin: str, name: str) -> Found:
    """The entry of one of several: the folder's code under an id and a name of its own."""
    assert kind.manifest is not None
    shown = " ".join(name.split())[:LONGEST_NAME] or kind.manifest.name
    return replace(
        kind, id=plugin, manifest=replace(kind.manifest, id=plugin, name=shown, many=False)
    )


def free_id(plugin: str, taken: Collection[str]) -> str:
    """An id for one more: ``torznab_1``, ``torznab_2``…; `InvalidInput` when there are too many."""
    for number in range(1, MOST + 1):
        made = f"{plugin}_{number}"
        if made not in taken:
            return made
    raise InvalidInput("errors.plugin_too_many", most=MOST)


def check_values(
    manifest: Manifest, values: Mapping[str, object]
) -> tuple[dict[str, Value], dict[str, str]]:
    """The values typed for a new one, checked: the plain ones, and the secrets apart."""
    plain: dict[str, Value] = {}
    secret: dict[str, str] = {}
    for option in manifest.options:
        good = option.check(values.get(option.name, option.default))
        if not option.secret:
            plain[option.name] = good
        elif good:
            secret[option.name] = str(good)
    return plain, secret
