"""Knows every plugin, loads one when it is needed, and switches off what breaks its promise."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.api.capabilities import Capability, methods, right_answer
from app.api.context import PluginSecrets
from app.domain.errors import AppError, InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.events import NoticeLevel, NoticeRaised, PluginStateChanged
from app.domain.options import Option, Value
from app.domain.secrets import SecretHome
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins.context import build_context, option_values
from app.services.plugins.host import PluginError, PluginHost
from app.services.plugins.loader import Found, find_plugins, read_strings
from app.services.plugins.model import PluginInfo
from app.services.settings.service import SettingsService

log = logging.getLogger(__name__)

BUILT_IN = Path(__file__).resolve().parents[3] / "plugins"
MOST_CRASHES = 3
"""Failed calls in a row after which a plugin is switched off."""
STOP_SECONDS = 3.0


class SecretStore(Protocol):
    """Where plugins' secrets are kept."""

    async def describe(self) -> SecretHome:
        """Say where."""

    async def get(self, scope: str, name: str) -> str | None:
        """Return a secret."""

    async def set(self, scope: str, name: str, secret: str) -> None:
        """Keep a secret."""

    async def delete(self, scope: str, name: str) -> None:
        """Forget a secret."""

    def scoped(self, scope: str) -> PluginSecrets:
        """Return the view of one plugin."""


@dataclass(slots=True)
class _Entry:
    """A plugin and what became of it."""

    found: Found
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    host: PluginHost | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    crashes: int = 0
    failure: PluginError | None = None  # switched off by this


class PluginService:
    """The plugins of the station. All its coroutines run on the service loop."""

    def __init__(
        self,
        paths: Paths,
        bus: EventBus,
        settings: SettingsService,
        secrets: Secrets | SecretStore,
        built_in: Path = BUILT_IN,
    ) -> None:
        self._paths = paths
        self._bus = bus
        self._settings = settings
        self._secrets = secrets
        self._built_in = built_in
        self._entries: dict[str, _Entry] = {}

    async def start(self) -> None:
        """Read the manifests; no plugin is imported. Tells what cannot be used."""
        found = await asyncio.to_thread(find_plugins, self._built_in, self._paths.plugins)
        strings = await asyncio.to_thread(lambda: [read_strings(one.folder) for one in found])
        self._entries = {
            one.id: _Entry(one, words) for one, words in zip(found, strings, strict=True)
        }
        for entry in self._entries.values():
            if entry.found.problem is not None and self._chosen(entry) is not False:
                problem = entry.found.problem
                log.warning("The plugin %s cannot be used: %s", entry.found.id, problem)
                self._tell_off(entry, problem.key, problem.args_map)

    async def stop(self) -> None:
        """Close what was loaded, a few seconds at most."""
        closing = [self._unload(entry) for entry in self._entries.values() if entry.host]
        try:
            await asyncio.wait_for(asyncio.gather(*closing, return_exceptions=True), STOP_SECONDS)
        except TimeoutError:
            log.warning("Some plugins did not close in time")

    async def list(self) -> tuple[PluginInfo, ...]:
        """Return every plugin, those that cannot be used too, by name."""
        infos = [self._info(entry) for entry in self._entries.values()]
        return tuple(sorted(infos, key=lambda info: info.name.casefold()))

    async def enable(self, plugin: str) -> None:
        """Switch a plugin on and try it.

        `Unavailable` when it does not work (it is then off again, with its reason), `NotFound`
        when there is none, `Unsupported` when its folder or manifest is wrong. What the plugin
        itself asks for (`AuthRequired`…) comes through, and it stays on.
        """
        entry = self._entry(plugin)
        entry.failure, entry.crashes = None, 0
        await self._settings.set_plugin(plugin, enabled=True)
        self._bus.publish(PluginStateChanged(plugin, enabled=True))
        await self._loaded(entry)

    async def disable(self, plugin: str) -> None:
        """Switch a plugin off and close it."""
        entry = self._entry(plugin, usable=False)
        entry.failure, entry.crashes = None, 0
        await self._settings.set_plugin(plugin, enabled=False)
        await self._unload(entry)
        self._bus.publish(PluginStateChanged(plugin, enabled=False))

    async def options(self, plugin: str) -> Mapping[str, Value]:
        """Return the options' values by name; a secret is only told to be there: ``True``."""
        entry = self._entry(plugin)
        values = dict(self._values(entry))
        for option in self._options(entry):
            if option.secret:
                values[option.name] = await self._secrets.get(plugin, option.name) is not None
        return values

    async def set_option(self, plugin: str, name: str, value: object) -> None:
        """Change an option; the plugin is set up anew when it is next used.

        A secret goes to the keyring, an empty one is forgotten. `InvalidInput` when the value
        cannot be.
        """
        entry = self._entry(plugin)
        option = next((one for one in self._options(entry) if one.name == name), None)
        if option is None:
            raise InvalidInput("errors.setting_unknown", name=f"{plugin}.{name}")
        good = option.check(value)
        if not option.secret:
            await self._settings.set_plugin(plugin, options={name: good})
        elif good:
            await self._secrets.set(plugin, name, str(good))
        else:
            await self._secrets.delete(plugin, name)
        await self._unload(entry)

    async def secrets_home(self) -> SecretHome:
        """Say where secrets are kept now."""
        return await self._secrets.describe()

    def offering(self, capability: Capability) -> tuple[str, ...]:
        """Return the ids of the plugins that are on and have a capability; imports nothing."""
        return tuple(
            entry.found.id
            for entry in self._entries.values()
            if self._on(entry)
            and entry.found.manifest is not None
            and capability in entry.found.manifest.capabilities
        )

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
    ) -> object:
        """Call a capability's method; loads the plugin first when it must.

        Returns its answer, of the type the capability promises. `AppError`s of the plugin come
        through; anything else it does becomes `Unavailable`. `timeout` is in seconds, by
        default the manifest's.
        """
        entry = self._entry(plugin)
        manifest = entry.found.manifest
        if manifest is None or capability not in manifest.capabilities:
            raise Unsupported("errors.plugin_cannot", plugin=plugin, capability=capability.value)
        if method not in methods(capability):
            raise Unsupported("errors.plugin_cannot", plugin=plugin, capability=method)
        if not self._on(entry):
            raise Unavailable("errors.plugin_off", plugin=plugin)
        host = await self._loaded(entry)
        try:
            answer = await host.call(method, args, timeout or manifest.limits.call_timeout)
            _check_answer(method, answer)
        except PluginError as failure:
            entry.crashes += 1
            if failure.fatal or entry.crashes >= MOST_CRASHES:
                await self._switch_off(entry, failure)
            raise Unavailable("errors.plugin_failed", plugin=manifest.name) from failure
        entry.crashes = 0
        return answer

    async def _loaded(self, entry: _Entry) -> PluginHost:
        """Return the running plugin, started when it was not."""
        async with entry.turn:
            if entry.host is not None:
                return entry.host
            manifest = entry.found.manifest
            assert manifest is not None
            context, client = build_context(
                manifest,
                self._values(entry),
                self._secrets.scoped(entry.found.id),
                self._paths.cache,
            )
            host = PluginHost(entry.found, closing=client.close)
            try:
                await host.load(context)
            except PluginError as failure:
                await self._switch_off(entry, failure)
                raise Unavailable("errors.plugin_failed", plugin=manifest.name) from failure
            entry.host = host
            return host

    async def _switch_off(self, entry: _Entry, failure: PluginError) -> None:
        """Put a plugin to rest until the owner switches it on again or the station starts anew."""
        entry.failure = failure
        host, entry.host = entry.host, None
        self._tell_off(entry, failure.reason, {"detail": failure.detail})
        if host is not None:
            await host.close()

    async def _unload(self, entry: _Entry) -> None:
        async with entry.turn:
            host, entry.host = entry.host, None
            if host is not None:
                await host.close()

    def _tell_off(self, entry: _Entry, reason: str, args: Mapping[str, object]) -> None:
        detail = str(args.get("detail", ""))
        self._bus.publish(PluginStateChanged(entry.found.id, False, reason, detail))
        told = {**args, "plugin": self._name(entry), "reason": reason}
        self._bus.publish(NoticeRaised(NoticeLevel.WARN, "notices.plugin_off", told))

    def _entry(self, plugin: str, *, usable: bool = True) -> _Entry:
        entry = self._entries.get(plugin)
        if entry is None:
            raise NotFound("errors.plugin_unknown", plugin=plugin)
        if usable and entry.found.problem is not None:
            raise Unsupported("errors.plugin_unusable", plugin=plugin) from entry.found.problem
        return entry

    def _chosen(self, entry: _Entry) -> bool | None:
        choice = self._settings.current.plugins.get(entry.found.id)
        return None if choice is None else choice.enabled

    def _on(self, entry: _Entry) -> bool:
        """Whether a plugin may be used: the owner's own are off until switched on."""
        manifest = entry.found.manifest
        if manifest is None or entry.failure is not None:
            return False
        chosen = self._chosen(entry)
        if chosen is not None:
            return chosen
        return entry.found.built_in and manifest.on_by_default

    def _options(self, entry: _Entry) -> tuple[Option, ...]:
        return () if entry.found.manifest is None else entry.found.manifest.options

    def _values(self, entry: _Entry) -> Mapping[str, Value]:
        choice = self._settings.current.plugins.get(entry.found.id)
        if entry.found.manifest is None:
            return {}
        return option_values(entry.found.manifest, {} if choice is None else choice.options)

    def _name(self, entry: _Entry) -> str:
        manifest = entry.found.manifest
        return entry.found.folder.name if manifest is None else manifest.name

    def _info(self, entry: _Entry) -> PluginInfo:
        manifest = entry.found.manifest
        if manifest is None:
            return _unusable(entry.found)
        failure = entry.failure
        return PluginInfo(
            id=manifest.id,
            name=manifest.name,
            version=manifest.version,
            enabled=self._on(entry),
            capabilities=tuple(one.value for one in manifest.capabilities),
            reason=None if failure is None else failure.reason,
            reason_args=None if failure is None else {"detail": failure.detail},
            options=manifest.options,
            values=self._values(entry),
            strings=entry.strings,
            docs=manifest.docs,
            owner=manifest.owner,
            terms=manifest.terms,
            folder=str(entry.found.folder),
            built_in=entry.found.built_in,
        )


def _check_answer(method: str, answer: object) -> None:
    if not right_answer(method, answer):
        told = f"{method}: {type(answer).__name__}"
        raise PluginError("plugins.off.wrong_answer", told, fatal=False)


def _unusable(found: Found) -> PluginInfo:
    problem = found.problem or AppError("plugins.manifest.none", folder=found.folder.name)
    return PluginInfo(
        id=found.id,
        name=found.folder.name,
        usable=False,
        reason=problem.key,
        reason_args=problem.args_map,
        folder=str(found.folder),
        built_in=found.built_in,
    )
