"""Finds plugin folders, reads their manifests, and imports one when it is first needed."""

from __future__ import annotations

import importlib
import importlib.util
import json
import logging
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from app.api.context import ProviderContext
from app.api.manifest import LARGEST, Manifest, parse_manifest
from app.domain.errors import AppError, InvalidInput, NotFound, Refused

log = logging.getLogger(__name__)

NAMESPACE = "plugins"
MOST_PLUGINS = 200
LARGEST_STRINGS = 256_000
Setup = Callable[[ProviderContext], Coroutine[Any, Any, object]]


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin folder: its manifest, or why it cannot be used."""

    id: str
    folder: Path
    built_in: bool
    manifest: Manifest | None = None
    problem: AppError | None = None


def find_plugins(built_in: Path, owners: Path) -> tuple[Found, ...]:
    """Read the manifests of both places; nothing is imported. Blocking, a few file reads.

    The station's own plugins come first: an owner's plugin with the id of one of them, or a
    folder that is a link, is refused and said so.
    """
    result: dict[str, Found] = {}
    for place, own in ((built_in, True), (owners, False)):
        for folder in _folders(place):
            found = read_plugin(folder, own)
            if found.id in result:
                problem = Refused("plugins.manifest.duplicate", id=found.id)
                found = Found(f"{found.id}@owner", folder, own, problem=problem)
            result[found.id] = found
    return tuple(result.values())


def read_plugin(folder: Path, built_in: bool) -> Found:
    """Read one folder's manifest."""
    plugin = folder.name.lstrip("_")
    try:
        if folder.is_symlink():
            raise Refused("plugins.manifest.link", folder=folder.name)
        manifest = parse_manifest(_read_manifest(folder), folder.name)
    except AppError as error:
        return Found(plugin, folder, built_in, problem=error)
    return Found(manifest.id, folder, built_in, manifest)


def read_strings(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return a plugin's words by language and key; what cannot be read is left out."""
    result: dict[str, Mapping[str, str]] = {}
    for language in ("en", "fr"):
        path = folder / "strings" / f"{language}.json"
        try:
            if path.is_symlink() or path.stat().st_size > LARGEST_STRINGS:
                continue
            held = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(held, dict):
            result[language] = {str(k): v for k, v in held.items() if isinstance(v, str)}
    return result


def import_setup(found: Found) -> Setup | None:
    """Import a plugin's ``provider.py`` and return its `setup`, None when it has none.

    Whatever the plugin's code raises comes through: the caller is the border. Its modules live
    in ``plugins.<folder>``, for the owner's plugins as well.
    """
    package = f"{NAMESPACE}.{found.folder.name}"
    if package not in sys.modules:
        _make_package(package, found.folder)
    module = importlib.import_module(f"{package}.provider")
    setup = getattr(module, "setup", None)
    return setup if callable(setup) else None


def forget(found: Found) -> None:
    """Drop a plugin's modules, so that the next import reads its files anew."""
    package = f"{NAMESPACE}.{found.folder.name}"
    # A copy, and no `del`: an import that is thrown out takes its module away at the same time.
    for name in list(sys.modules):
        if name == package or name.startswith(f"{package}."):
            sys.modules.pop(name, None)
    importlib.invalidate_caches()


def _folders(place: Path) -> list[Path]:
    try:
        entries = sorted(place.iterdir())
    except OSError:
        return []
    folders = [e for e in entries if not e.name.startswith(("_", ".")) and e.is_dir()]
    if len(folders) > MOST_PLUGINS:
        log.warning("Only the first %s plugins of %s are looked at", MOST_PLUGINS, place)
    return folders[:MOST_PLUGINS]


def _read_manifest(folder: Path) -> str:
    path = folder / "manifest.toml"
    try:
        if path.is_symlink():
            raise Refused("plugins.manifest.link", folder=folder.name)
        if not path.is_file():
            raise NotFound("plugins.manifest.none", folder=folder.name)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise InvalidInput("plugins.manifest.too_large", most=LARGEST)
        return data.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("plugins.manifest.unreadable", reason=type(error).__name__) from error


def _make_package(name: str, folder: Path) -> ModuleType:
    """Enter the folder as a package, with or without an ``__init__.py`` of its own."""
    importlib.import_module(NAMESPACE)
    first = folder / "__init__.py"
    if first.is_file():
        spec = importlib.util.spec_from_file_location(
            name, first, submodule_search_locations=[str(folder)]
        )
    else:
        spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
    if spec is None:
        raise InvalidInput("plugins.manifest.none", folder=folder.name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    if spec.loader is not None:
        try:
            spec.loader.exec_module(module)
        except BaseException:
            sys.modules.pop(name, None)
            raise
    return module
