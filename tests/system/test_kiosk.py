"""The station alone on its screen: it fills it, and nothing takes it down again."""

from __future__ import annotations

import time

import pytest

from tests.system.desk import SIZE, Desk, end, wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(120)]


def test_a_kiosk_fills_the_screen_and_stays_so(desk: Desk) -> None:
    process = desk.open_station("--kiosk")
    wait_for(lambda: _fills(desk), 15, "it does not fill the screen")
    desk.keys("F11", "Escape", "Escape", pause=0.4)
    window = desk.window()
    desk.xdotool("windowstate", "--remove", "FULLSCREEN", window)
    time.sleep(1)
    wait_for(lambda: _fills(desk), 10, "it was taken out of full screen")
    assert process.poll() is None
    assert end(process) == 0


def test_a_kiosk_fills_a_screen_that_nobody_manages(desk: Desk) -> None:
    (manager,) = (one for one in desk.processes if one.args == ("openbox",))
    end(manager)
    process = desk.open_station("--kiosk")
    wait_for(lambda: _fills(desk), 15, "it does not fill the screen")
    assert end(process) == 0


def _fills(desk: Desk) -> bool:
    told = desk.xdotool("getwindowgeometry", "--shell", desk.window() or "0")
    lines = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
    return (lines.get("WIDTH"), lines.get("HEIGHT")) == tuple(map(str, SIZE)) and (
        lines.get("X"), lines.get("Y"),
    ) == ("0", "0")  # fmt: skip
