"""The station's life: one per user, ends when told, leaves nothing behind, survives a kill."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time

import psutil
import pytest

from tests.system.desk import Desk, end, wait_for

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]


def _ready(desk: Desk) -> bool:
    return desk.sokoul("library", "--json").returncode == 0 and _socket(desk)


def _socket(desk: Desk) -> bool:
    return os.path.exists(desk.environment["XDG_RUNTIME_DIR"] + "/sokoul/station.sock")


def _opened(desk: Desk, *arguments: str) -> subprocess.Popen[bytes]:
    process = desk.station(*arguments)
    wait_for(lambda: desk.window(), 20, f"no window: {desk.output()}")
    wait_for(lambda: _socket(desk), 30, f"no socket: {desk.output()} {desk.log()}")
    return process


def test_a_second_start_raises_the_first_window(desk: Desk) -> None:
    _opened(desk)
    window = desk.window()
    desk.minimise()
    began = time.monotonic()
    second = desk.sokoul()
    assert second.returncode == 0, second.stderr
    assert time.monotonic() - began < 3
    wait_for(lambda: desk.window() == window, 10, "the first window did not come back")
    active = desk.xdotool("getactivewindow")
    assert active == window


def test_sigterm_ends_it_within_five_seconds(desk: Desk) -> None:
    process = _opened(desk)
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    code = process.wait(8)
    assert time.monotonic() - began < 5
    assert code == 0, desk.output()
    assert not [one for one in family if one.is_running()]
    assert not _socket(desk)
    assert "Traceback" not in desk.output()


def test_serve_ends_as_well(desk: Desk) -> None:
    process = desk.station("serve")
    wait_for(lambda: _socket(desk), 30, f"no socket: {desk.output()}")
    assert desk.sokoul("library", "--json").returncode == 0
    began = time.monotonic()
    assert end(process, 6) == 0, desk.output()
    assert time.monotonic() - began < 5
    assert "Traceback" not in desk.output()


def test_a_kill_loses_nothing_and_the_next_start_works(desk: Desk) -> None:
    process = _opened(desk)
    child_pids = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
    process.kill()
    process.wait(5)
    wait_for(lambda: not any(map(psutil.pid_exists, child_pids)), 10, "children were left")
    again = _opened(desk)
    assert desk.sokoul("library", "--json").returncode == 0
    assert end(again) == 0


def test_the_window_keeps_its_place(desk: Desk) -> None:
    process = _opened(desk)
    desk.xdotool("windowsize", "--sync", desk.window(), "1300", "700")
    time.sleep(0.5)
    assert end(process) == 0
    again = _opened(desk)
    shape = desk.xdotool("getwindowgeometry", "--shell", desk.window())
    assert "WIDTH=1300" in shape
    assert "HEIGHT=700" in shape
    assert end(again) == 0


def test_start_without_a_session_bus_is_harmless(desk: Desk) -> None:
    desk.environment.pop("DBUS_SESSION_BUS_ADDRESS")
    process = _opened(desk)
    time.sleep(2)
    assert process.poll() is None
    assert "Traceback" not in desk.output()
    assert end(process) == 0


def _leaves(desk: Desk, process: subprocess.Popen[bytes], keys: str) -> int:
    """Press it once the window listens; within 6 seconds of a press that it heard it has ended."""
    for _ in range(4):
        time.sleep(3)
        desk.keys(keys)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(6)
    return process.wait(0)


def test_closing_the_window_ends_it(desk: Desk) -> None:
    process = _opened(desk)
    assert _leaves(desk, process, "ctrl+q") == 0, desk.output()
    again = _opened(desk)
    assert _leaves(desk, again, "alt+F4") == 0, desk.output()  # the window manager asks it to close
    assert "Traceback" not in desk.output()
