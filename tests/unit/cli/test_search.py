"""`sokoul search`: against a station of its own, with a plugin of the owner's."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.infra.paths import Paths
from app.runtime.bus import EventBus
from app.services.settings.service import SettingsService

ROOT = Path(__file__).parents[3]
ONLINE = ("internet_archive", "librivox", "nasa", "peertube", "podcasts", "wikimedia")
MANIFEST = """\
id = "shelf"
name = "A shelf"
version = "1.0"
api = 1
kinds = ["search"]
capabilities = ["searches", "resolves_stream"]
owner = "A test"
docs = "none"
terms = "Nothing leaves this machine."
"""
PROVIDER = """\
from app.api import Unavailable
from app.api.searching import Hit, HitKind, SearchSource

class Shelf:
    async def sources(self):
        return [SearchSource("good", "Good shelf"), SearchSource("bad", "Bad shelf")]

    async def search(self, source, question):
        if source == "bad":
            raise Unavailable("errors.server_offline", host="shelf.example")
        name = "Night.of.the.Living.Dead.{}.1080p.WEB.x264-GRP"
        return [
            Hit(name.format(year), HitKind.FILE, f"https://a.example/{year}.mp4", size=4 * 10**9)
            for year in (1968, 1990)
        ]

    async def resolve(self, reference):
        return []

async def setup(context):
    return Shelf()
"""


@pytest.fixture
def shelf(paths: Paths) -> None:
    """One source of the owner's own; those that ask the world are off."""
    folder = paths.plugins / "shelf"
    folder.mkdir(parents=True)
    (folder / "manifest.toml").write_text(MANIFEST)
    (folder / "provider.py").write_text(PROVIDER)
    settings = SettingsService(paths.settings, EventBus())
    settings.load()

    async def choose() -> None:
        for plugin in ONLINE:
            await settings.set_plugin(plugin, enabled=False)
        await settings.set_plugin("shelf", enabled=True)

    asyncio.run(choose())


@pytest.mark.usefixtures("shelf")
def test_rows_for_programs_and_for_people(paths: Paths) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "search", "--json", "night of the living dead", "1968"],
        cwd=ROOT, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [row["year"] for row in told["results"]] == [1968]
    assert told["hidden"] == 1
    phases = {one["source"]: one["phase"] for one in told["sources"]}
    assert phases["shelf/good"] == "found"
    assert phases["shelf/bad"] == "failed"
    assert not paths.socket.exists()
    done = subprocess.run(
        [sys.executable, "-m", "app", "search", "night of the living dead 1968"],
        cwd=ROOT, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert b"Night.of.the.Living.Dead.1968" in done.stdout
    assert b"Good shelf" in done.stdout
    assert b"shelf.example does not answer" in done.stderr
    assert b"1 of 1, 1 hidden" in done.stdout


@pytest.mark.usefixtures("shelf")
def test_nothing_found_and_unknown_sources_end_with_one(
    capsys: pytest.CaptureFixture[str], paths: Paths
) -> None:
    assert main(["search", "--source", "shelf/good", "something else 2001"]) == 1
    assert "0 of 0" in capsys.readouterr().out
    assert main(["search", "--source", "nobody", "night of the living dead"]) == 1
    assert "There is no source nobody" in capsys.readouterr().err
    assert main(["search", " "]) == 1
    assert "Type what you look for" in capsys.readouterr().err
