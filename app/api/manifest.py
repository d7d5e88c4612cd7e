"""The manifest of a plugin: read strictly, so that a mistake is told before anything runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.api.capabilities import Capability
from app.domain.errors import InvalidInput
from app.domain.options import Option, OptionKind

API_VERSION = 1
LARGEST = 64_000
"""A manifest of more bytes is refused unread."""
MOST_OPTIONS = 40
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{1,31}")
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
KINDS = ("notification", "metadata", "subtitles", "search", "casting", "intelligence", "studio",
         "publishing")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """How hard a plugin may press on others."""

    requests_per_second: float = 2.0
    timeout: float = 15.0  # seconds for one request
    largest_answer: int = 20_000_000  # bytes, unpacked
    call_timeout: float = 30.0  # seconds for one call of the station into the plugin
    longest_wait: float = 30.0  # seconds a busy server's own "later" is waited for


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a plugin says of itself."""

    id: str
    name: str
    version: str
    api: int
    kinds: tuple[str, ...]
    capabilities: tuple[Capability, ...]
    owner: str
    docs: str
    terms: str
    on_by_default: bool = False  # honoured for the station's own plugins only
    many: bool = False  # the owner may have several of it, each with options of its own
    options: tuple[Option, ...] = ()
    limits: Limits = Limits()
    hosts_from: tuple[str, ...] = ()  # options whose web address may lie in the home network


def parse_manifest(text: str, folder: str) -> Manifest:
    """Read a manifest; `InvalidInput` names the first thing that is wrong.

    `folder` is the name of the plugin's folder, which its id repeats (without leading ``_``).
    """
    import tomllib

    if len(text.encode()) > LARGEST:
        raise InvalidInput("plugins.manifest.too_large", most=LARGEST)
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidInput("plugins.manifest.unreadable", reason=str(error)[:200]) from error
    return _Reader(table).manifest(folder)


class _Reader:
    """Takes the fields of a table one by one; what is left at the end is a mistake."""

    def __init__(self, table: Mapping[str, Any], where: str = "") -> None:
        self._left = dict(table)
        self._where = where

    def manifest(self, folder: str) -> Manifest:
        api = self.take("api", int)
        if api != API_VERSION:
            raise InvalidInput("plugins.manifest.wrong_api", api=api, ours=API_VERSION)
        found = Manifest(
            id=self._identifier(folder),
            name=self.words("name"),
            version=self.words("version"),
            api=api,
            kinds=self._kinds(),
            capabilities=self._capabilities(),
            owner=self.words("owner"),
            docs=self.words("docs"),
            terms=self.words("terms"),
            on_by_default=self.take("on_by_default", bool, False),
            many=self.take("many", bool, False),
            options=self._options(),
            limits=self._limits(),
            hosts_from=tuple(self._strings("hosts_from", [])),
        )
        self.done()
        names = {option.name for option in found.options}
        for name in found.hosts_from:
            if name not in names:
                self._bad("hosts_from")
        return found

    def take(self, name: str, kind: type[Any], default: object = None) -> Any:  # noqa: ANN401 - as asked
        """Take one field of the given type; without a default it must be there."""
        if name not in self._left:
            if default is None:
                raise InvalidInput("plugins.manifest.missing", field=self._where + name)
            return default
        value = self._left.pop(name)
        wanted = (int, float) if kind is float else (kind,)
        if not isinstance(value, wanted) or (isinstance(value, bool) and kind is not bool):
            self._bad(name)
        return value

    def words(self, name: str, default: str | None = None) -> str:
        value = self.take(name, str, default)
        if (not value.strip() and default is None) or len(value) > 300 or not value.isprintable():
            self._bad(name)
        return str(value)

    def done(self) -> None:
        for name in self._left:
            raise InvalidInput("plugins.manifest.unknown", field=self._where + str(name))

    def _bad(self, name: str) -> None:
        raise InvalidInput("plugins.manifest.bad", field=self._where + name)

    def _identifier(self, folder: str) -> str:
        value = self.words("id")
        if not IDENTIFIER.fullmatch(value):
            self._bad("id")
        if folder.lstrip("_") != value:
            raise InvalidInput("plugins.manifest.wrong_folder", id=value, folder=folder)
        return value

    def _strings(self, name: str, default: list[str] | None = None) -> list[str]:
        values = self.take(name, list, default)
        if not all(isinstance(value, str) for value in values) or len(set(values)) != len(values):
            self._bad(name)
        return list(values)

    def _kinds(self) -> tuple[str, ...]:
        values = self._strings("kinds")
        if not values or not set(values) <= set(KINDS):
            self._bad("kinds")
        return tuple(values)

    def _capabilities(self) -> tuple[Capability, ...]:
        values = self._strings("capabilities")
        if not values or not set(values) <= set(Capability):
            self._bad("capabilities")
        return tuple(Capability(value) for value in values)

    def _limits(self) -> Limits:
        reader = _Reader(self.take("limits", dict, {}), "limits.")
        usual = Limits()
        found = Limits(
            requests_per_second=float(
                reader.take("requests_per_second", float, usual.requests_per_second)
            ),
            timeout=float(reader.take("timeout", float, usual.timeout)),
            largest_answer=reader.take("largest_answer", int, usual.largest_answer),
            call_timeout=float(reader.take("call_timeout", float, usual.call_timeout)),
            longest_wait=float(reader.take("longest_wait", float, usual.longest_wait)),
        )
        reader.done()
        if not 0.01 <= found.requests_per_second <= 50:
            reader._bad("requests_per_second")
        if not 1 <= found.timeout <= 120:
            reader._bad("timeout")
        if not 1_000 <= found.largest_answer <= 200_000_000:
            reader._bad("largest_answer")
        if not 1 <= found.call_timeout <= 4_000:
            reader._bad("call_timeout")
        if not 0 <= found.longest_wait <= 300:
            reader._bad("longest_wait")
        return found

    def _options(self) -> tuple[Option, ...]:
        tables = self.take("options", dict, {})
        if len(tables) > MOST_OPTIONS:
            self._bad("options")
        return tuple(_option(name, table) for name, table in tables.items())


def _option(name: str, table: object) -> Option:
    where = f"options.{name}."
    if not IDENTIFIER.fullmatch(name) or not isinstance(table, dict):
        raise InvalidInput("plugins.manifest.bad", field=where[:-1])
    reader = _Reader(table, where)
    kind = reader.words("type")
    if kind not in set(OptionKind):
        reader._bad("type")
    wanted: dict[str, type[Any]] = {"switch": bool, "number": int, "slider": int}
    usual: object = "" if kind in ("text", "secret", "folder") else None
    found = Option(
        name=name,
        kind=OptionKind(kind),
        default=reader.take("default", wanted.get(kind, str), usual),
        label=reader.words("label", f"{name}"),
        help=reader.words("help", f"{name}.help"),
        choices=tuple(reader._strings("choices", [])),
        low=reader.take("low", int, 0),
        high=reader.take("high", int, 0),
        step=reader.take("step", int, 1),
        unit=reader.words("unit", ""),
    )
    reader.done()
    if found.step < 1 or (found.secret and found.default):
        reader._bad("step" if found.step < 1 else "default")
    try:
        found.check(found.default)
    except InvalidInput as error:
        raise InvalidInput("plugins.manifest.bad", field=f"{where}default") from error
    return found
