"""`sokoul publish`, in a station of its own: into a folder, which needs no account."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from app.cli import main
from app.infra.paths import Paths


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("films") / "Kitchen_clocks.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=10",
         "-f", "lavfi", "-i", "sine", "-t", "1", "-c:v", "libx264", "-pix_fmt", "yuv420p",
         "-c:a", "aac", "-movflags", "+faststart", str(path)],
        check=True, timeout=60,
    )  # fmt: skip
    return path


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    lines = capsys.readouterr().out.splitlines()
    found: dict[str, object] = json.loads(lines[-1])["result"]["posts"][0]
    return found


def test_a_video_goes_into_the_folder_and_its_feed(
    paths: Paths, film: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", str(film), "--to", "folder", "--tags", "time, clocks", "--json"]) == 0
    assert told(capsys)["state"] == "done"
    feed = next(paths.home.rglob("feed.xml")).read_text()
    assert "Kitchen clocks" in feed
    assert len(list(paths.home.rglob("video.mp4"))) == 1


def test_a_check_posts_nothing_and_leaves_nothing(
    paths: Paths, film: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "--check", str(film), "--to", "Folder", "--json"]) == 0
    assert told(capsys)["misfits"] == []
    assert list(paths.home.rglob("video.mp4")) == []


def test_a_time_plans_it(paths: Paths, film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = paths.home / "later.mp4"
    shutil.copy(film, copy)
    assert main(["publish", str(copy), "--to", "local_folder", "--at", "+2h"]) == 0
    assert "Goes out at 20" in capsys.readouterr().out
    assert list(paths.home.rglob("video.mp4")) == []


def test_nobody_of_that_name_and_no_such_file(
    paths: Paths, film: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", str(film), "--to", "nobody"]) == 1
    assert "There is no account nobody. There are: Folder" in capsys.readouterr().err
    assert main(["publish", str(paths.home / "gone.mp4"), "--to", "folder"]) == 1
    said = capsys.readouterr().out
    assert "Nothing was sent." in said
    assert "cannot be read" in said
