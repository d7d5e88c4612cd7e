"""The settings of the station: one schema from which file, pages and checks are all read.

Each section is a frozen dataclass; each field carries an `Option` that describes it. Everything
here is pure: reading and writing the file is `app.infra.settings_file`'s business.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from app.domain.errors import InvalidInput
from app.domain.options import Option, Value
from app.domain.settings_sections import (
    Budget,
    Casting,
    Downloads,
    Intelligence,
    Library,
    Links,
    Look,
    MediaServer,
    Monitoring,
    Notifications,
    Playback,
    Privacy,
    Publishing,
    Remote,
    Search,
    Studio,
    Upkeep,
)

VERSION = 1
"""The version of the schema this code writes."""

Document = dict[str, Any]
"""The settings file as TOML tables."""


@dataclass(frozen=True, slots=True)
class PluginChoice:
    """What the owner chose for one plugin. `enabled` is None while never chosen.

    Of a plugin the owner may have several of, each has an entry of its own: `of` is the plugin,
    `name` what the owner calls this one.
    """

    enabled: bool | None = None
    options: Mapping[str, Value] = field(default_factory=dict)
    of: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, as one unchanging value. `unknown` is what the file held beyond the schema."""

    look: Look = Look()
    library: Library = Library()
    search: Search = Search()
    downloads: Downloads = Downloads()
    playback: Playback = Playback()
    casting: Casting = Casting()
    media_server: MediaServer = MediaServer()
    intelligence: Intelligence = Intelligence()
    studio: Studio = Studio()
    publishing: Publishing = Publishing()
    links: Links = Links()
    budget: Budget = Budget()
    notifications: Notifications = Notifications()
    monitoring: Monitoring = Monitoring()
    remote: Remote = Remote()
    upkeep: Upkeep = Upkeep()
    privacy: Privacy = Privacy()
    plugins: Mapping[str, PluginChoice] = field(default_factory=dict)
    version: int = VERSION
    unknown: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that could not be used: which setting, and why as a message key."""

    where: str
    key: str
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The settings found in a document and what was wrong with it."""

    settings: Settings
    problems: tuple[Problem, ...] = ()


def _describe(section: str, of: Field[Any]) -> Option:
    key = f"settings.{section}.{of.name}"
    default: Any = of.default
    return Option(of.name, default=default, label=key, help=f"{key}.help", **of.metadata)


SECTION_TYPES: Mapping[str, type[Any]] = MappingProxyType(
    {
        "look": Look,
        "library": Library,
        "search": Search,
        "downloads": Downloads,
        "playback": Playback,
        "casting": Casting,
        "media_server": MediaServer,
        "intelligence": Intelligence,
        "studio": Studio,
        "publishing": Publishing,
        "links": Links,
        "budget": Budget,
        "notifications": Notifications,
        "monitoring": Monitoring,
        "remote": Remote,
        "upkeep": Upkeep,
        "privacy": Privacy,
    }
)
OPTIONS: Mapping[str, Mapping[str, Option]] = MappingProxyType(
    {
        section: MappingProxyType({f.name: _describe(section, f) for f in fields(kind)})
        for section, kind in SECTION_TYPES.items()
    }
)
"""Every option by section and name."""


def option(section: str, name: str) -> Option:
    """Return the description of a setting; `InvalidInput` when there is none."""
    try:
        return OPTIONS[section][name]
    except KeyError as error:
        raise InvalidInput("errors.setting_unknown", name=f"{section}.{name}") from error


def value(settings: Settings, section: str, name: str) -> Value:
    """Return the value of a setting by its name."""
    option(section, name)
    found: Value = getattr(getattr(settings, section), name)
    return found


def changed(settings: Settings, section: str, name: str, new: object) -> Settings:
    """Return the settings with one value changed; `InvalidInput` when it cannot be."""
    good = option(section, name).check(new)
    return replace(settings, **{section: replace(getattr(settings, section), **{name: good})})


def changed_plugin(
    settings: Settings,
    plugin: str,
    *,
    enabled: bool | None = None,
    options: Mapping[str, Value] | None = None,
    of: str = "",
    name: str = "",
) -> Settings:
    """Return the settings with a plugin's switch, name or some of its options changed."""
    before = settings.plugins.get(plugin, PluginChoice())
    after = PluginChoice(
        before.enabled if enabled is None else enabled,
        MappingProxyType({**before.options, **(options or {})}),
        of or before.of,
        name or before.name,
    )
    return replace(settings, plugins=MappingProxyType({**settings.plugins, plugin: after}))


def without_plugin(settings: Settings, plugin: str) -> Settings:
    """Return the settings with everything chosen for a plugin forgotten."""
    left = {name: choice for name, choice in settings.plugins.items() if name != plugin}
    return replace(settings, plugins=MappingProxyType(left))


def migrate_1(document: Document) -> Document:
    """A file without a version, as written by hand, has the names of version 1."""
    return {**document, "version": 1}


Migration = Callable[[Document], Document]
MIGRATIONS: Mapping[int, Migration] = MappingProxyType({1: migrate_1})
"""`MIGRATIONS[n]` turns a document of version n-1 into one of version n."""


def migrate(document: Document, steps: Mapping[int, Migration] = MIGRATIONS) -> Document:
    """Bring an older document up to date; a newer one is returned as it is."""
    found = document.get("version", 0)
    version = found if isinstance(found, int) and not isinstance(found, bool) else 0
    result = copy.deepcopy(document)
    for step in range(max(version, 0) + 1, max(steps, default=0) + 1):
        result = steps[step](result)
    return result


def parse(document: Document) -> Parsed:
    """Read a document. What cannot be used falls back to the default and is reported."""
    rest = migrate(document)
    problems: list[Problem] = []
    version = rest.pop("version", VERSION)
    if version > VERSION:
        problems.append(Problem("version", "settings.problem.newer", {"version": version}))
    sections: dict[str, Any] = {
        name: _parse_section(name, kind, rest, problems) for name, kind in SECTION_TYPES.items()
    }
    plugins = _parse_plugins(rest.pop("plugins", {}), problems)
    settings = Settings(
        **sections, plugins=plugins, version=version, unknown=MappingProxyType(rest)
    )
    return Parsed(settings, tuple(problems))


def document(settings: Settings) -> Document:
    """Return what the file should hold: the values that differ from their defaults."""
    result: Document = copy.deepcopy(dict(settings.unknown))
    for section, options in OPTIONS.items():
        table = dict(result.pop(section, {}))
        for name, described in options.items():
            held = getattr(getattr(settings, section), name)
            if held != described.default:
                table[name] = held
        if table:
            result[section] = table
    plugins = {name: _plugin_table(choice) for name, choice in sorted(settings.plugins.items())}
    if plugins:
        result["plugins"] = plugins
    return {"version": settings.version, **result}


def _plugin_table(choice: PluginChoice) -> Document:
    table: Document = {} if choice.enabled is None else {"enabled": choice.enabled}
    table.update({key: told for key, told in (("of", choice.of), ("name", choice.name)) if told})
    if choice.options:
        table["options"] = dict(choice.options)
    return table


def _parse_section(
    section: str, kind: type[Any], rest: Document, problems: list[Problem]
) -> object:
    table = rest.pop(section, {})
    if not isinstance(table, dict):
        problems.append(Problem(section, "settings.problem.not_a_table"))
        return kind()
    left = dict(table)
    good: dict[str, Value] = {}
    for name, described in OPTIONS[section].items():
        key = name if name in left else described.renamed
        if key not in left:
            continue
        try:
            good[name] = described.check(left.pop(key))
        except InvalidInput as error:
            problems.append(Problem(f"{section}.{name}", error.key, error.args_map))
    if left:
        rest[section] = left
    return kind(**good)


def _parse_plugins(found: object, problems: list[Problem]) -> Mapping[str, PluginChoice]:
    if not isinstance(found, dict):
        problems.append(Problem("plugins", "settings.problem.not_a_table"))
        return MappingProxyType({})
    result: dict[str, PluginChoice] = {}
    for name, table in found.items():
        options = table.get("options", {}) if isinstance(table, dict) else None
        if not isinstance(table, dict) or not isinstance(options, dict):
            problems.append(Problem(f"plugins.{name}", "settings.problem.not_a_table"))
            continue
        enabled = table.get("enabled")
        good = {k: v for k, v in options.items() if isinstance(v, (bool, int, float, str))}
        words = [v if isinstance(v := table.get(k), str) else "" for k in ("of", "name")]
        result[name] = PluginChoice(
            enabled if isinstance(enabled, bool) else None, MappingProxyType(good), *words
        )
    return MappingProxyType(result)
