"""The station among the programs of a desktop: tray, notifications, media keys."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from tests.fakes.films import Film, make
from tests.system.desk import Desk, difference, end, wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]

TRAY = (1700, 0, 220, 40)


def _tell(desk: Desk, *words: str) -> str:
    done = subprocess.run(
        words, env=desk.environment, capture_output=True, text=True, timeout=20, check=False
    )
    return done.stdout + done.stderr


def test_the_tray_icon_is_really_there(desk: Desk) -> None:
    desk.start("trayer", "--edge", "top", "--align", "right", "--width", "12", "--height", "40",
               "--tint", "0x00FF00", "--alpha", "0", "--transparent", "false")  # fmt: skip
    time.sleep(2)
    process = desk.open_station()
    desk.minimise()
    time.sleep(1)
    orange = _orange(desk, "tray")
    assert orange > 20, "the icon is not in the tray"
    assert end(process) == 0
    time.sleep(1)
    assert _orange(desk, "gone") == 0


def test_a_click_on_the_tray_brings_the_window_back(desk: Desk) -> None:
    desk.start("trayer", "--edge", "top", "--align", "right", "--width", "12", "--height", "40")
    time.sleep(2)
    process = desk.open_station()
    desk.minimise()
    x, y = _orange_spot(desk)
    desk.xdotool("mousemove", str(x), str(y), "click", "1")
    wait_for(desk.window, 10, "the window did not come back")
    assert end(process) == 0


def test_the_notification_really_arrives(desk: Desk) -> None:
    folder = Path(desk.environment["HOME"]) / "Disk"
    for number in range(3):
        make(Film(look=number), folder / f"Film {number} (200{number}).mkv")
    dunst = desk.start("dunst", "-print", log="dunst")
    time.sleep(1)
    assert dunst.poll() is None, desk.output("dunst")
    assert desk.sokoul("scan", str(folder)).returncode == 0
    process = desk.open_station()
    desk.minimise()
    time.sleep(1)
    before = desk.picture("before")
    folder.rename(folder.with_name("Away"))
    wait_for(lambda: "is away" in desk.output("dunst"), 40, f"no notification: {desk.log()}")
    time.sleep(0.5)
    popup = desk.picture("popup")
    assert difference(before, popup, (960, 0, 960, 300)) > 0.005, "no popup on the screen"
    assert len(desk.items()) == 3, "items were lost with the disk"
    assert all(row["offline"] for row in desk.items())
    folder.with_name("Away").rename(folder)
    wait_for(lambda: not any(row["offline"] for row in desk.items()), 40, "it did not come back")
    assert end(process) == 0


def test_media_keys_reach_the_player(desk: Desk) -> None:
    folder = Path(desk.environment["HOME"]) / "Films"
    make(Film(seconds=40), folder / "Long (2001).mkv")
    assert desk.sokoul("scan", str(folder)).returncode == 0
    process = desk.open_station()
    desk.keys("Return", pause=5.0)
    player = ("dbus-send", "--session", "--print-reply", "--dest=org.mpris.MediaPlayer2.sokoul",
              "/org/mpris/MediaPlayer2")  # fmt: skip
    status = (*player, "org.freedesktop.DBus.Properties.Get",
              "string:org.mpris.MediaPlayer2.Player", "string:PlaybackStatus")  # fmt: skip
    wait_for(lambda: "Playing" in _tell(desk, *status), 10, "it does not say that it plays")
    _tell(desk, *player, "org.mpris.MediaPlayer2.Player.PlayPause")
    wait_for(lambda: "Paused" in _tell(desk, *status), 10, "the key did not pause it")
    assert end(process) == 0


def _orange(desk: Desk, name: str) -> int:
    image = desk.picture(name)
    left, top, width, height = TRAY
    return sum(
        _is_orange(image.pixel(x, y))
        for x in range(left, left + width)
        for y in range(top, top + height)
    )


def _orange_spot(desk: Desk) -> tuple[int, int]:
    image = desk.picture("spot")
    left, top, width, height = TRAY
    spots = [
        (x, y)
        for x in range(left, left + width)
        for y in range(top, top + height)
        if _is_orange(image.pixel(x, y))
    ]
    assert spots, "the icon is not in the tray"
    return spots[len(spots) // 2]


def _is_orange(pixel: int) -> bool:
    red, green, blue = pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255
    return red > 220 and 90 < green < 180 and blue < 110
