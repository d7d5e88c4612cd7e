"""The main job, by the keys of a remote alone: a folder becomes a wall, and a film plays."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.fakes.films import Film, make
from tests.system.desk import Desk, difference, end, wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]

PAGE = (300, 60, 1560, 960)  # right of the rail
POSTERS = (250, 150, 940, 360)
PICTURE = (500, 200, 1200, 560)
SUBTITLE = (840, 880, 480, 60)  # where its one line lies above the controls


def _make_films(folder: Path) -> None:
    """Every codec and container the issue of a library is made of, one film long enough."""
    long = Film(seconds=40, size="640x360", card="Alpha Dawn", audio=("eng", "fre"),
                subtitles=("eng", "fre"), chapters=("One", "Two"))  # fmt: skip
    make(long, folder / "Films/Alpha Dawn (2001)/Alpha Dawn (2001).mkv")
    make(Film(video="hevc", container="mp4", look=1), folder / "Films/Beta Light (2002).mp4")
    make(Film(video="vp9", container="webm", look=2), folder / "Films/Gamma Wind (1999).webm")
    make(Film(video="av1", look=3), folder / "Films/Delta Moon (2010).mkv")
    for number in (1, 2, 3):
        name = f"Northern Post S01E{number:02d}.mkv"
        make(Film(look=number + 3), folder / "Series/Northern Post/Season 01" / name)


def _position(desk: Desk, title: str) -> float:
    rows = [row for row in desk.items("--search", title) if row["title"] == title]
    return float(str(rows[0]["position"])) if rows else 0.0


def test_a_folder_becomes_a_wall_and_a_film_plays(desk: Desk) -> None:
    _make_films(Path(desk.environment["HOME"]) / "My films")
    process = desk.open_station()
    desk.keys("F11", pause=1.5)
    empty = desk.picture("1-empty")

    # Add folder: Enter on the page's button, Enter on "My films", Right to the button, Enter.
    desk.keys("Return", pause=2.0)
    picker = desk.picture("2-picker")
    assert difference(empty, picker, PAGE) > 0.05, "the folder picker did not open"
    desk.keys("Return", pause=1.0)
    desk.keys("Right", "Return", pause=0.5)
    wait_for(lambda: len(desk.items()) == 5, 60, f"not all items came: {desk.items()} {desk.log()}")
    time.sleep(3)
    wall = desk.picture("3-wall")
    assert difference(empty, wall, PAGE) > 0.1, "no wall"

    # Over the wall: the focus moves, Enter opens the details, Enter plays.
    desk.keys("Right", "Right", pause=0.6)
    moved = desk.picture("4-moved")
    assert difference(wall, moved, POSTERS) > 0.01, "the arrows did not move over the wall"
    desk.keys("ctrl+f", pause=0.4)
    desk.type("alpha dwan")  # a slip of the fingers is forgiven
    time.sleep(1.5)
    desk.keys("Down", "Down", pause=0.4)
    desk.keys("Return", pause=2.0)
    details = desk.picture("5-details")
    assert difference(moved, details, PAGE) > 0.1, "the details did not open"
    desk.keys("Return", pause=4.0)

    # The picture really moves, inside the window.
    desk.moves(PICTURE, 0.02)
    assert difference(details, desk.picture("6-playing"), PICTURE) > 0.3, "the film is not shown"
    desk.keys("space", pause=1.5)
    still = desk.picture("8-paused")
    time.sleep(1.2)
    again = desk.picture("9-paused")
    assert difference(still, again, PICTURE) < 0.01, "the pause did not hold the picture"

    # Back: Home offers to resume where it stopped.
    desk.keys("alt+1", pause=2.5)
    wait_for(lambda: _position(desk, "Alpha Dawn") > 1.0, 15, "the place was not kept")
    home = desk.picture("10-home")
    assert difference(empty, home, PAGE) > 0.1, "Home is still empty"
    before = _position(desk, "Alpha Dawn")
    desk.keys("Return", pause=5.0)
    desk.moves(PICTURE, 0.02)
    time.sleep(2)
    assert end(process, 7) == 0, desk.output()
    assert "Traceback" not in desk.output()
    wait_for(lambda: _position(desk, "Alpha Dawn") > before, 10, "it did not go on from there")


def _white(image: QImage) -> float:
    """How much of the subtitle's line is white: no white is in the film there."""
    left, top, width, height = SUBTITLE
    points = [(x, y) for x in range(left, left + width, 4) for y in range(top, top + height, 4)]
    white = sum(image.pixelColor(x, y).lightness() > 225 for x, y in points)
    return white / len(points)


def test_the_subtitle_really_shows(desk: Desk) -> None:
    folder = Path(desk.environment["HOME"]) / "My films"
    film = Film(seconds=40, size="640x360", look=0, subtitles=("eng",))
    make(film, folder / "Omega (2005).mkv")
    assert desk.sokoul("scan", str(folder)).returncode == 0
    process = desk.open_station()
    desk.keys("F11", pause=1.5)
    desk.keys("Return", pause=4.0)  # Home's main button plays the newest film
    desk.keys("space", pause=4.5)  # paused: the picture holds still
    without = desk.picture("1-without")
    desk.keys("v", pause=2.5)
    shown = desk.picture("2-with")
    assert _white(shown) > _white(without) + 0.02, "the subtitle is not in the picture"
    desk.keys("v", pause=2.5)
    assert _white(desk.picture("3-without")) < _white(shown) - 0.02, "the subtitle stayed"
    assert end(process, 7) == 0, desk.output()


@pytest.mark.parametrize(
    ("film", "name"),
    [
        (Film(video="h264", container="mkv", seconds=15, audio=("eng", "fre")), "Alder.mkv"),
        (Film(video="hevc", container="mp4", seconds=15, look=0), "Birch.mp4"),
        (Film(video="vp9", container="webm", seconds=15, look=0), "Cedar.webm"),
        (Film(video="av1", container="mkv", seconds=15, look=0), "Maple.mkv"),
    ],
    ids=["h264-mkv", "hevc-mp4", "vp9-webm", "av1-mkv"],
)
def test_every_codec_moves_on_the_screen(desk: Desk, film: Film, name: str) -> None:
    folder = Path(desk.environment["HOME"]) / "My films"
    make(film, folder / f"{Path(name).stem} (2004)" / name)
    assert desk.sokoul("scan", str(folder)).returncode == 0
    process = desk.open_station()
    desk.keys("F11", pause=1.5)
    desk.keys("Return", pause=2.0)
    desk.moves(PICTURE, 0.01, seconds=10)
    assert end(process, 7) == 0, desk.output()
