"""Knows every plugin, loads one when it is needed, and switches off what breaks its promise."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path
from weakref import WeakSet

from app.api.capabilities import Capability, methods, right_answer
from app.api.context import PluginSecrets
from app.domain.errors import AppError, InvalidInput, NotFound, Unavailable, Unsupported
from app.domain.events import NoticeLevel, NoticeRaised, PluginStateChanged, SettingsChanged
from app.domain.options import Option, Value
from app.domain.secrets import SecretHome
from app.infra.paths import Paths
from app.infra.secrets import Secrets
from app.runtime.bus import EventBus
from app.services.plugins.answering import answering
from app.services.plugins.borders import GivenSecrets, SecretStore, SharedBrowser
from app.services.plugins.context import build_context, option_values, own_hosts
from app.services.plugins.entry import Entry
from app.services.plugins.host import PluginError, PluginHost
from app.services.plugins.instances import Instances
from app.services.plugins.loader import Found, find_plugins, read_strings
from app.services.plugins.model import PluginInfo
from app.services.settings.service import SettingsService

log = logging.getLogger(__name__)

BUILT_IN = Path(__file__).resolve().parents[3] / "plugins"
MOST_CRASHES = 3
"""Failed calls in a row after which a plugin is switched off."""
STOP_SECONDS = 3.0
HUNG = "plugins.off.hung"


class PluginService:
    """The plugins of the station. All its coroutines run on the service loop."""

    def __init__(
        self,
        paths: Paths,
        bus: EventBus,
        settings: SettingsService,
        secrets: Secrets | SecretStore,
        browser: SharedBrowser,
        built_in: Path = BUILT_IN,
    ) -> None:
        self._paths = paths
        self._bus = bus
        self._settings = settings
        self._secrets = secrets
        self._browser = browser
        self._built_in = built_in
        self._entries: dict[str, Entry] = {}
        self._hosts: WeakSet[PluginHost] = WeakSet()  # those on trial too
        self.instances = Instances(self._entries, settings, secrets, bus, self)

    async def start(self) -> None:
        """Read the manifests; no plugin is imported. Tells what cannot be used."""
        found = await asyncio.to_thread(find_plugins, self._built_in, self._paths.plugins)
        strings = await asyncio.to_thread(lambda: [read_strings(one.folder) for one in found])
        self._entries.update(
            (one.id, Entry(one, words)) for one, words in zip(found, strings, strict=True)
        )
        self.instances.read()
        for entry in self._entries.values():
            if entry.found.problem is not None and self._chosen(entry) is not False:
                problem = entry.found.problem
                log.warning("The plugin %s cannot be used: %s", entry.found.id, problem)
                self._tell_off(entry, problem.key, problem.args_map)

    async def stop(self) -> None:
        """Close what was loaded, a few seconds at most."""
        closing = [self.unload(entry) for entry in self._entries.values() if entry.host]
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await asyncio.gather(*closing, return_exceptions=True)
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
        if entry.found.manifest is not None and entry.found.manifest.many:
            raise Unsupported("errors.plugin_add_one", plugin=entry.name)
        entry.failure, entry.crashes = None, 0
        await self._settings.set_plugin(plugin, enabled=True)
        self._bus.publish(PluginStateChanged(plugin, enabled=True))
        await self._loaded(entry)

    async def disable(self, plugin: str) -> None:
        """Switch a plugin off and close it."""
        entry = self._entry(plugin, usable=False)
        entry.failure, entry.crashes = None, 0
        await self._settings.set_plugin(plugin, enabled=False)
        await self.unload(entry)
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
        await self.unload(entry)
        if option.secret:  # the settings tell of all others
            self._bus.publish(SettingsChanged("plugins"))

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

    def name_of(self, plugin: str) -> str:
        """What a plugin is called; its id when there is none, or none any more."""
        entry = self._entries.get(plugin)
        return plugin if entry is None else entry.name

    def own_hosts(self, plugin: str) -> frozenset[str]:
        """The hosts a plugin's owner typed, which may lie in the home network."""
        entry = self._entries.get(plugin)
        if entry is None or entry.found.manifest is None:
            return frozenset()
        return frozenset(own_hosts(entry.found.manifest, self._values(entry)))

    async def call(
        self,
        plugin: str,
        capability: Capability,
        method: str,
        *args: object,
        timeout: float | None = None,
        patience: float | None = None,
    ) -> object:
        """Call a capability's method; loads the plugin first when it must.

        Returns its answer, of the type the capability promises. `AppError`s of the plugin come
        through; anything else it does becomes `Unavailable`. `timeout` is in seconds, by
        default the manifest's, and counts as a failure of the plugin; `patience` is only the
        caller's: what takes longer is no longer waited for, and nobody is to blame.
        """
        entry = self._entry(plugin)
        manifest = entry.found.manifest
        if manifest is None or capability not in manifest.capabilities:
            raise Unsupported("errors.plugin_cannot", plugin=plugin, capability=capability.value)
        if method not in methods(capability):
            raise Unsupported("errors.plugin_cannot", plugin=plugin, capability=method)
        if not self._on(entry):
            raise Unavailable("errors.plugin_off", plugin=plugin)
        with answering(self._bus, plugin, capability, method):
            host = await self._loaded(entry)
            seconds = patience or timeout or manifest.limits.call_timeout
            return await self._answer(entry, host, method, args, seconds, kind=patience is not None)

    async def _answer(
        self,
        entry: Entry,
        host: PluginHost,
        method: str,
        args: tuple[object, ...],
        seconds: float,
        *,
        kind: bool,
    ) -> object:
        """What a running plugin answers; `kind`: nobody is to blame for taking too long."""
        try:
            answer = await host.call(method, args, seconds)
            _check_answer(method, answer)
        except PluginError as failure:
            if kind and failure.reason == HUNG and not failure.fatal:
                raise Unavailable("errors.plugin_slow", plugin=entry.name) from failure
            entry.crashes += 1
            if failure.fatal or entry.crashes >= MOST_CRASHES:
                await self._switch_off(entry, failure)
            raise Unavailable("errors.plugin_failed", plugin=entry.name) from failure
        entry.crashes = 0
        return answer

    async def _loaded(self, entry: Entry) -> PluginHost:
        """Return the running plugin, started when it was not."""
        async with entry.turn:
            if entry.host is not None:
                return entry.host
            secrets = self._secrets.scoped(entry.found.id)
            try:
                entry.host = await self._load(entry, self._values(entry), secrets)
            except PluginError as failure:
                await self._switch_off(entry, failure)
                raise Unavailable("errors.plugin_failed", plugin=entry.name) from failure
            return entry.host

    async def _load(
        self, entry: Entry, values: Mapping[str, Value], secrets: PluginSecrets
    ) -> PluginHost:
        """Start a plugin with these values."""
        manifest = entry.found.manifest
        assert manifest is not None
        context, client = build_context(
            manifest, values, secrets, self._paths.cache, self._browser, entry.found.folder.name
        )
        host = PluginHost(entry.found, client.close, self._hosts)
        self._hosts.add(host)
        await host.load(context)
        return host

    async def try_out(
        self, entry: Entry, values: Mapping[str, Value], secrets: Mapping[str, str]
    ) -> None:
        """Start a plugin and let it go again; raises what keeps it from working."""
        manifest = entry.found.manifest
        assert manifest is not None
        try:
            host = await self._load(entry, option_values(manifest, values), GivenSecrets(secrets))
            try:
                if Capability.SEARCHES in manifest.capabilities:
                    await host.call("sources", (), manifest.limits.call_timeout)
            finally:
                await host.close()
        except PluginError as failure:
            raise Unavailable("errors.plugin_failed", plugin=manifest.name) from failure

    async def _switch_off(self, entry: Entry, failure: PluginError) -> None:
        """Put a plugin to rest until the owner switches it on again or the station starts anew."""
        entry.failure = failure
        host, entry.host = entry.host, None
        self._tell_off(entry, failure.reason, {"detail": failure.detail})
        if host is not None:
            await host.close()

    async def unload(self, entry: Entry) -> None:
        """Close a plugin that runs; it is loaded anew when it is next used."""
        async with entry.turn:
            host, entry.host = entry.host, None
            if host is not None:
                await host.close()

    def _tell_off(self, entry: Entry, reason: str, args: Mapping[str, object]) -> None:
        detail = str(args.get("detail", ""))
        self._bus.publish(PluginStateChanged(entry.found.id, False, reason, detail))
        told = {**args, "plugin": entry.name, "reason": reason}
        self._bus.publish(NoticeRaised(NoticeLevel.WARN, "notices.plugin_off", told))

    def _entry(self, plugin: str, *, usable: bool = True) -> Entry:
        entry = self._entries.get(plugin)
        if entry is None:
            raise NotFound("errors.plugin_unknown", plugin=plugin)
        if usable and entry.found.problem is not None:
            raise Unsupported("errors.plugin_unusable", plugin=plugin) from entry.found.problem
        return entry

    def _chosen(self, entry: Entry) -> bool | None:
        choice = self._settings.current.plugins.get(entry.found.id)
        return None if choice is None else choice.enabled

    def _on(self, entry: Entry) -> bool:
        """Whether a plugin may be used: the owner's own are off until switched on."""
        manifest = entry.found.manifest
        if manifest is None or manifest.many or entry.failure is not None:
            return False
        chosen = self._chosen(entry)
        if chosen is not None:
            return chosen
        return entry.found.built_in and manifest.on_by_default

    def _options(self, entry: Entry) -> tuple[Option, ...]:
        return () if entry.found.manifest is None else entry.found.manifest.options

    def _values(self, entry: Entry) -> Mapping[str, Value]:
        choice = self._settings.current.plugins.get(entry.found.id)
        if entry.found.manifest is None:
            return {}
        return option_values(entry.found.manifest, {} if choice is None else choice.options)

    def _info(self, entry: Entry) -> PluginInfo:
        manifest = entry.found.manifest
        if manifest is None:
            return _unusable(entry.found)
        failure = entry.failure
        choice = self._settings.current.plugins.get(manifest.id)
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
            many=manifest.many,
            of="" if choice is None else choice.of,
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
