"""The tour, as the README says: one command shows the main job and keeps pictures of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.system.desk import ROOT

pytestmark = [pytest.mark.system, pytest.mark.timeout(400)]

STEPS = (
    *("library-empty", "library", "series", "details", "player", "home", "search", "search-why"),
    *("downloads", "settings", "palette"),
)


def test_the_tour_runs_without_a_display_and_keeps_its_pictures(tmp_path: Path) -> None:
    kept = ("PATH", "LANG", "TERM", "USER")
    environment = {key: os.environ[key] for key in kept if key in os.environ}
    own = tmp_path / "owner"
    own.mkdir()
    environment["HOME"] = str(own)
    done = subprocess.run(
        ["sh", str(ROOT / "packaging/run.sh"), "--tour", str(tmp_path / "tour")],
        env=environment, capture_output=True, text=True, timeout=380, check=False,
        stdin=subprocess.DEVNULL, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "virtual" in done.stderr, "it did not say that there is no display"
    assert "Traceback" not in done.stderr
    pictures = {path.stem.split("-", 1)[1]: path for path in tmp_path.glob("tour/pictures/*.png")}
    assert set(STEPS) <= set(pictures), sorted(pictures)
    for path in pictures.values():
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1920, 1080), path.name
        assert _colours(image) > 25, f"{path.name} shows nothing"  # a page of words has 39
    assert not list(own.glob("**/sokoul*")), "the owner's own home was touched"


def _colours(image: QImage) -> int:
    """How many colours there are at a coarse grid of points."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 16) for y in range(0, 1080, 16)})
