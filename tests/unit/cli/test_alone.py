"""Commands without a running station do the work themselves, with all the real parts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.infra.paths import Paths

ROOT = Path(__file__).parents[3]


def _run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        capture_output=True,
        timeout=50,
        check=False,
    )


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """Three small videos, told apart by where they lie."""
    folder = tmp_path / "films"
    first = folder / "Heat (1995)" / "movie.mkv"
    first.parent.mkdir(parents=True)
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=160x120", str(first)],
        check=True,
        timeout=30,
    )
    for other in ("Dark/Season 01/03 - Past.mkv", "VID_20230101.mkv"):
        place = folder / other
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(first.read_bytes())
    return folder


@pytest.mark.timeout(180)  # several whole stations start and end in it
def test_scan_then_library(paths: Paths, films: Path) -> None:
    done = _run("scan", "--json", str(films))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["result"]["items"] >= 3
    done = _run("library", "--json")
    assert done.returncode == 0, done.stderr
    titles = {row["title"]: row["kind"] for row in json.loads(done.stdout)["items"]}
    assert titles == {"Heat": "film", "Dark": "series", "VID 20230101": "video"}
    done = _run("library", "--search", "haet")
    assert b"Heat (1995)" in done.stdout
    assert not paths.socket.exists()
    assert b"Traceback" not in done.stderr


@pytest.mark.timeout(180)  # two whole stations start and end in it
def test_describe_a_file(paths: Paths, tmp_path: Path) -> None:
    film = tmp_path / "Baking bread.mkv"
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=160x120", str(film)],
        check=True,
        timeout=30,
    )
    film.with_suffix(".srt").write_text(
        "1\n00:00:00,000 --> 00:00:01,000\nBake the bread in a hot oven.\n"
    )
    done = _run("describe", "--json", str(film))
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0] == {"progress": {"stage": "look", "done": 0.0}}
    told = lines[-1]["result"]
    assert (told["title"], told["made_by"], told["subtitles"]) == ("Baking bread", "rules", 1)
    done = _run("describe", str(film))
    shown = done.stdout.decode().splitlines()
    assert shown[:2] == ["Baking bread", "Bake the bread in a hot oven."]
    assert "Made by rules, without a model" in shown
    assert b"Traceback" not in done.stderr
    assert not paths.socket.exists()


def test_describe_what_is_not_there(paths: Paths, tmp_path: Path) -> None:
    done = _run("describe", str(tmp_path / "gone.mkv"))
    assert done.returncode == 1
    assert b"gone.mkv" in done.stderr
    assert b"Traceback" not in done.stderr
