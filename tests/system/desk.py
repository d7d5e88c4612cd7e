"""A desk for the real program: a virtual display, a window manager, a session bus, its own home."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1920, 1080)


@dataclass
class Desk:
    """What a person sits at. All processes are ended when the desk is left."""

    place: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *command: str, log: str | None = None) -> subprocess.Popen[bytes]:
        """Start a program of this desk; its output goes to a file of that name."""
        sink = (self.place / f"{log or Path(command[0]).name}.log").open("ab")
        with sink:
            process = subprocess.Popen(
                command, env=self.environment, stdin=subprocess.DEVNULL, stdout=sink,
                stderr=sink, start_new_session=True, cwd=ROOT,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def station(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the station as its owner does."""
        return self.start(sys.executable, "-m", "app", *arguments, log="station")

    def open_station(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the station and wait until its window and its services are there."""
        process = self.station(*arguments)
        wait_for(self.window, 30, f"no window: {self.output()}")
        socket = Path(self.environment["XDG_RUNTIME_DIR"]) / "sokoul/station.sock"
        wait_for(socket.exists, 30, f"no services: {self.output()} {self.log()}")
        time.sleep(2)
        return process

    def moves(self, area: tuple[int, int, int, int], least: float, seconds: float = 20) -> None:
        """Wait until the picture in an area changes by itself."""
        pictures = [self.picture("moving-0")]

        def moved() -> bool:
            time.sleep(1.0)
            pictures.append(self.picture(f"moving-{len(pictures)}"))
            return difference(pictures[-2], pictures[-1], area) > least

        wait_for(moved, seconds, "the picture does not move")

    def sokoul(self, *arguments: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run a command of the station to its end."""
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments], env=self.environment, cwd=ROOT,
            capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip

    def output(self, name: str = "station") -> str:
        """What a program of this desk has said so far."""
        path = self.place / f"{name}.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def items(self, *arguments: str) -> list[dict[str, object]]:
        """What the library holds, as the command tells it; nothing while it cannot."""
        done = self.sokoul("library", "--json", *arguments)
        if done.returncode != 0:
            return []
        found: list[dict[str, object]] = json.loads(done.stdout)["items"]
        return found

    def log(self) -> str:
        """The station's own log."""
        path = Path(self.environment["XDG_STATE_HOME"]) / "sokoul/station.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def xdotool(self, *arguments: str) -> str:
        """Do what a hand does."""
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True,
            timeout=20, check=False,
        )  # fmt: skip
        return done.stdout.strip()

    def keys(self, *names: str, pause: float = 0.12) -> None:
        """Press keys one after the other."""
        for name in names:
            self.xdotool("key", "--clearmodifiers", name)
            time.sleep(pause)

    def type(self, text: str) -> None:
        """Type a text."""
        self.xdotool("type", "--delay", "25", text)

    def window(self, name: str = "Sokoul") -> str:
        """The number of the visible window of that name, or nothing."""
        found = self.xdotool("search", "--onlyvisible", "--name", f"^{name}")
        return found.split("\n")[0]

    def minimise(self) -> None:
        """Minimise the window; asked again while the window manager still takes it up."""

        def gone() -> bool:
            window = self.window()
            if window:
                self.xdotool("windowminimize", window)
                time.sleep(0.3)
            return not self.window()

        wait_for(gone, 15, "the window was not minimised")

    def picture(self, name: str = "screen") -> QImage:
        """A picture of the whole screen; kept in the desk's folder under that name."""
        path = self.place / f"{name}.png"
        subprocess.run(
            ["import", "-window", "root", str(path)], env=self.environment, check=True, timeout=20
        )
        image = QImage(str(path))
        assert not image.isNull()
        return image


def wait_for(check: Callable[[], object], seconds: float = 20, what: str = "") -> None:
    """Wait until `check` is true; fail with `what` when it does not become so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return
        time.sleep(0.1)
    raise AssertionError(what or "It did not happen in time")


def difference(one: QImage, other: QImage, area: tuple[int, int, int, int]) -> float:
    """How much of an area (x, y, width, height) differs, 0 to 1, at a coarse grid of points."""
    left, top, width, height = area
    points = [
        (left + width * column // 40, top + height * row // 40)
        for column in range(40)
        for row in range(40)
    ]
    changed = sum(_far(one.pixel(x, y), other.pixel(x, y)) for x, y in points)
    return changed / len(points)


def _far(one: int, other: int) -> bool:
    return any(abs((one >> shift & 255) - (other >> shift & 255)) > 12 for shift in (0, 8, 16))


@contextlib.contextmanager
def open_desk(
    place: Path, extra: Mapping[str, str] | None = None, size: tuple[int, int] = SIZE
) -> Iterator[Desk]:
    """Set up a desk in `place`: Xvfb, openbox and a session bus of its own."""
    place.mkdir(parents=True, exist_ok=True)
    environment = _environment(place)
    environment.update(extra or {})
    desk = Desk(place, environment)
    try:
        environment["DISPLAY"] = _display(desk, size)
        environment["DBUS_SESSION_BUS_ADDRESS"] = _bus(desk)
        desk.start("openbox")
        wait_for(lambda: _managed(environment), 15, "openbox did not start")
        yield desk
    finally:
        for process in reversed(desk.processes):
            end(process)


def _managed(environment: Mapping[str, str]) -> bool:
    """Whether a window manager has taken the screen: it says so by a window of its own."""
    told = subprocess.run(
        ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], env=environment, capture_output=True,
        text=True, timeout=20, check=False,
    )  # fmt: skip
    return "window id" in told.stdout


def end(process: subprocess.Popen[bytes], seconds: float = 6) -> int:
    """End a process and all it started; return its exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return process.wait(10)


def _environment(place: Path) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "TERM") if key in os.environ}
    home = place / "home"
    environment = {
        **kept,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "xcb",
        "SOKOUL_AUDIO": "null",
        "XDG_RUNTIME_DIR": str(place / "run"),
        "NO_AT_BRIDGE": "1",
    }
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        environment[f"XDG_{name}_HOME"] = str(place / name.lower())
    home.mkdir(parents=True, exist_ok=True)
    (place / "run").mkdir(exist_ok=True, mode=0o700)
    return environment


def _display(desk: Desk, size: tuple[int, int]) -> str:
    """Start an X server on a number that is free."""
    reading, writing = os.pipe()
    screen = f"{size[0]}x{size[1]}x24"
    sink = (desk.place / "Xvfb.log").open("ab")
    with sink, os.fdopen(reading, "rb") as told:
        process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp",
             "-noreset"],
            pass_fds=(writing,), stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
            start_new_session=True,
        )  # fmt: skip
        desk.processes.append(process)
        os.close(writing)
        number = told.readline().decode().strip()
    assert number, "Xvfb did not start"
    return f":{number}"


def _bus(desk: Desk) -> str:
    """Start a session bus for this desk alone."""
    socket = Path(desk.environment["XDG_RUNTIME_DIR"]) / "bus"
    desk.start("dbus-daemon", "--session", "--nofork", f"--address=unix:path={socket}")
    wait_for(socket.exists, 10, "The session bus did not start")
    return f"unix:path={socket}"
