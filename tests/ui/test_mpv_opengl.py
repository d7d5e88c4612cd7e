"""The OpenGL view on a virtual display: what is on the screen is the film, and it moves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.fakes.films import Film, make

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def display() -> Iterator[str]:
    assert shutil.which("Xvfb"), "Xvfb is needed: see packaging/apt-packages.txt"
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=(write,), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as number:
        name = f":{number.readline().strip()}"
    yield name
    server.terminate()
    server.wait(10)


def snapshot(display: str, to: Path) -> QImage:
    subprocess.run(
        ["import", "-silent", "-window", "root", str(to)],
        env={**os.environ, "DISPLAY": display}, check=True, timeout=20,
    )  # fmt: skip
    return QImage(str(to))


def colours(image: QImage) -> int:
    return len({image.pixel(x, y) for x in range(8, 632, 12) for y in range(8, 352, 12)})


def moves(display: str, folder: Path, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    before = QImage()
    while time.monotonic() < end:
        now = snapshot(display, folder / "screen.png")
        if colours(now) > 40:
            if (
                not before.isNull()
                and sum(
                    now.pixel(x, y) != before.pixel(x, y)
                    for x in range(0, 640, 8)
                    for y in range(0, 360, 8)
                )
                > 100
            ):
                return True
            before = now
        time.sleep(0.2)
    return False


@pytest.mark.parametrize("how", ["stay", "move"])
def test_opengl_shows_the_film(display: str, tmp_path: Path, how: str) -> None:
    film = make(Film(seconds=8.0))
    environment = {
        **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "SOKOUL_RENDER": "opengl",
        "SOKOUL_AUDIO": "null", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    player = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.opengl_probe", str(film), how],
        env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert player.stdout is not None
        assert player.stdin is not None
        assert player.stdout.readline().startswith("opengl")
        assert moves(display, tmp_path)
        if how == "move":
            time.sleep(2.5)
            assert moves(display, tmp_path)
        player.stdin.close()
        assert player.stdout.read().strip() == "closed"
        assert player.wait(10) == 0
    finally:
        if player.poll() is None:
            player.kill()
            player.wait(5)
        if player.stdout is not None:
            player.stdout.close()
