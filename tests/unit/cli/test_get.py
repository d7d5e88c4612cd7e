"""`sokoul get`, `sokoul downloads` and `sokoul desktop`, as their owner types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.cli.links import at_quality
from app.infra.paths import Paths
from tests.fakes.films import Film, make
from tests.fakes.swarm import made_of, seeding

ROOT = Path(__file__).parents[3]


def sokoul(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments], cwd=ROOT, capture_output=True, timeout=60,
        check=False,
    )  # fmt: skip


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Nobody reads it."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "site"
    folder.mkdir()
    make(Film(seconds=4.0, container="mkv"), folder / "Metropolis.1927.mkv")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join(5)


@pytest.mark.usefixtures("paths")
def test_a_file_is_fetched_to_its_end_and_listed(site: str, paths: Paths, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    done = sokoul("get", f"{site}/Metropolis.1927.mkv", "--to", str(folder), "--json")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert "progress" in lines[0]
    (row,) = lines[-1]["result"]["downloads"]
    assert (row["state"], row["done"] == row["size"]) == ("done", True)
    assert row["folder"] == str(folder)
    assert list(paths.downloads.rglob("Metropolis (1927).mkv"))
    told = sokoul("downloads")
    assert told.returncode == 0
    assert b"Metropolis" in told.stdout


@pytest.mark.usefixtures("paths")
def test_a_quality_is_said_in_the_links_of_the_web() -> None:
    given = ["https://a.example/m.m3u8", "https://a.example/m.m3u8#sha1=0", "magnet:?xt=urn:x", "f"]
    told = at_quality(given, "720")
    assert told == ["https://a.example/m.m3u8#height=720", *given[1:]]
    assert at_quality(given, "best") == given
    assert at_quality(given[:1], "smallest") == ["https://a.example/m.m3u8#height=1"]


def test_what_fails_is_told_in_words(site: str) -> None:
    done = sokoul("get", f"{site}/nothing.mkv")
    assert done.returncode == 1
    assert b"errors." not in done.stdout
    assert done.stdout.strip()
    wrong = sokoul("get", "hello")
    assert wrong.returncode == 1
    assert b"hello" in wrong.stderr


@pytest.mark.usefixtures("paths")
def test_a_torrent_file_of_this_machine(tmp_path: Path) -> None:
    shared = tmp_path / "shared/Film.1999"
    shared.mkdir(parents=True)
    make(Film(seconds=4.0, container="mkv"), shared / "Film.1999.mkv")
    content = made_of(shared)
    (tmp_path / "film.torrent").write_bytes(content)
    with seeding(content, shared.parent):
        told = sokoul("get", str(tmp_path / "missing.torrent"))
        assert told.returncode == 1
        assert b"missing.torrent" in told.stderr


def test_the_desktop_opens_magnet_links_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert sokoul("desktop").returncode == 0
    entry = (tmp_path / "data/applications/sokoul.desktop").read_text()
    assert "MimeType=x-scheme-handler/magnet;application/x-bittorrent;" in entry
    command = next(line for line in entry.splitlines() if line.startswith("Exec="))
    assert command.endswith('sokoul" --open %U')
    assert command.startswith('Exec="/')
    assert (tmp_path / "data/icons/hicolor/scalable/apps/sokoul.svg").exists()
    asked = subprocess.run(
        ["xdg-mime", "query", "default", "x-scheme-handler/magnet"], capture_output=True, text=True,
        check=False, env={**os.environ, "XDG_CURRENT_DESKTOP": ""},
    ) if _has("xdg-mime") else None  # fmt: skip
    if asked is not None:
        assert asked.stdout.strip() == "sokoul.desktop"
    start = tmp_path / "config/autostart/sokoul.desktop"
    assert not start.exists()
    for words, ending in (("--start", 'sokoul"'), ("--kiosk", 'sokoul" --kiosk')):
        assert sokoul("desktop", words).returncode == 0
        lines = start.read_text().splitlines()
        assert "MimeType" not in start.read_text()
        assert next(one for one in lines if one.startswith("Exec=")).endswith(ending)
    assert sokoul("desktop", "--remove").returncode == 0
    assert not (tmp_path / "data/applications/sokoul.desktop").exists()
    assert not start.exists()


def _has(command: str) -> bool:
    import shutil

    return shutil.which(command) is not None
