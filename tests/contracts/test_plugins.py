"""What every plugin folder keeps."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from app.api.capabilities import Capability, implements
from app.api.manifest import parse_manifest
from tests.contracts.sources import ROOT, imported, sources

PLUGINS = sorted(
    folder
    for folder in (ROOT / "plugins").iterdir()
    if folder.is_dir() and folder.name != "__pycache__"
)
EACH = pytest.mark.parametrize("folder", PLUGINS, ids=lambda folder: folder.name)
RULES = {
    *("tests_connection", "closes_cleanly", "sign_in_asked", "offline_logged_once"),
    *("errors_by_key", "fixtures_recorded", "diagnostics_redacted", "limits_rate"),
    *("two_languages", "docs_page", "owner_named", "terms_noted"),
}
CREDENTIAL = re.compile(
    r"(bearer\s+[a-z0-9._-]{12,}|api[_-]?key[\"'=: ]+[a-z0-9]{16,}|\bsk-[a-z0-9]{16,}"
    r"|\bgh[pousr]_[a-z0-9]{20,}|\beyJ[a-z0-9_-]{20,}\.|-----BEGIN [A-Z ]*PRIVATE KEY)",
    re.IGNORECASE,
)


@EACH
def test_the_manifest_parses(folder: Path) -> None:
    manifest = parse_manifest((folder / "manifest.toml").read_text(), folder.name)
    assert manifest.docs.startswith("https://") or (ROOT / manifest.docs).is_file()


@EACH
def test_the_folder_is_whole(folder: Path) -> None:
    for name in ("provider.py", "client.py", "parsers.py", "icon.svg", "quality.toml"):
        assert (folder / name).is_file(), name
    assert "currentColor" in (folder / "icon.svg").read_text()


GUARD = """
import socket, sys
def refuse(*args, **kwargs):
    raise AssertionError("the network at import")
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.create_connection = socket.getaddrinfo = refuse
import importlib, inspect
provider = importlib.import_module(sys.argv[1])
assert inspect.iscoroutinefunction(provider.setup)
heavy = {"httpx", "aiohttp", "requests", "PySide6", "sqlalchemy"} & set(sys.modules)
assert not heavy, heavy
"""


@EACH
def test_no_network_and_nothing_heavy_at_import(folder: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", GUARD, f"plugins.{folder.name}.provider"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert ended.returncode == 0, ended.stderr


@EACH
def test_capabilities_are_those_implemented(folder: Path) -> None:
    import importlib

    manifest = parse_manifest((folder / "manifest.toml").read_text(), folder.name)
    provider = importlib.import_module(f"plugins.{folder.name}.provider")
    classes = [
        found
        for found in vars(provider).values()
        if isinstance(found, type) and found.__module__ == provider.__name__
    ]
    kept = {one for one in Capability if any(implements(found, one) for found in classes)}
    assert kept == set(manifest.capabilities)


@EACH
def test_strings_are_complete_in_both_languages(folder: Path) -> None:
    manifest = parse_manifest((folder / "manifest.toml").read_text(), folder.name)
    wanted = {"about"}
    for option in manifest.options:
        wanted |= {option.label, option.help}
        wanted |= {f"{option.label}.{choice}" for choice in option.choices}
    held = {}
    for language in ("en", "fr"):
        held[language] = json.loads((folder / "strings" / f"{language}.json").read_text())
        assert set(held[language]) == wanted
        assert all(text.strip() for text in held[language].values())
    assert all(held["en"][key] != held["fr"][key] for key in wanted)


@EACH
def test_the_quality_card_is_filled_in(folder: Path) -> None:
    card = tomllib.loads((folder / "quality.toml").read_text())
    assert set(card) == RULES
    for rule, state in card.items():
        assert state == "done" or re.fullmatch(r"exempt: .{5,}", state), rule
    code = "".join(source.text for source in sources(f"plugins/{folder.name}"))
    if "context.http" in code:
        for rule in ("limits_rate", "offline_logged_once"):
            assert card[rule] == "done", rule
    manifest = parse_manifest((folder / "manifest.toml").read_text(), folder.name)
    if manifest.many or any(option.secret for option in manifest.options):
        assert card["tests_connection"] == "done"


@EACH
def test_it_stands_on_the_plugin_door_only(folder: Path) -> None:
    for source in sources(f"plugins/{folder.name}"):
        for name in imported(source.tree):
            assert name.split(".")[0] not in ("ui", "tests", "PySide6"), source.name
            if name.split(".")[0] == "app":
                assert name.startswith("app.api"), (source.name, name)
            if name.startswith("plugins."):
                assert name.split(".")[1] == folder.name, (source.name, name)


def test_every_plugin_has_tests_and_every_test_folder_a_plugin() -> None:
    tested = {
        folder.name
        for folder in (ROOT / "tests" / "plugins").iterdir()
        if folder.is_dir() and folder.name != "__pycache__"
    }
    assert tested == {folder.name for folder in PLUGINS}
    for name in tested:
        assert list((ROOT / "tests" / "plugins" / name).glob("test_*.py")), name


def test_no_credentials_in_plugins_and_their_fixtures() -> None:
    for place in ("plugins", "tests/plugins"):
        for path in (ROOT / place).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                text = path.read_bytes().decode("utf-8", "replace")
                assert not CREDENTIAL.search(text), path


def test_the_template_is_small() -> None:
    files = [
        path
        for path in (ROOT / "plugins" / "_template").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert sum(len(path.read_text().splitlines()) for path in files) < 150
