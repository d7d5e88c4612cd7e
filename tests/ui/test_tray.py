"""The tray icon: it appears when a tray does, on a session bus of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.ui.session_bus import fake_desktop, session_bus, wait_for

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.theme import Theme
from ui.tray import Tray, TrayActions

application = QApplication(sys.argv)
application.setQuitOnLastWindowClosed(False)
theme = Theme()
theme.apply(application)
said = lambda words: lambda: print(words, flush=True)
tray = Tray(theme, TrayActions(said("opened"), said("played"), said("scanned"), said("left")))
print("available", tray.available, flush=True)

def told():
    print("appeared", tray.available, flush=True)
    tray.set_playing(None, "Metropolis")
    menu = tray.menu()
    for action in menu.actions():
        if action.text():
            print("entry", action.text(), flush=True)
            action.trigger()
    tray.set_playing(True)
    print("entry", menu.actions()[1].text(), flush=True)
    look = lambda: tray._icon.icon().pixmap(48).toImage()
    well = look()
    tray.set_alerts(["The disk is full", *(f"Another {one}" for one in range(6))])
    print("tip", tray._icon.toolTip().replace("\\n", "|"), flush=True)
    print("marked", look() != well, flush=True)
    tray.renew()
    print("marked still", look() != well, flush=True)
    print("balloon", tray.balloon("The disk is full", "93 %", urgent=True), flush=True)
    tray.set_alerts([])
    print("well again", look() == well, tray._icon.toolTip(), flush=True)
    tray.close()
    print("balloon without", tray.balloon("x", "y"), flush=True)
    print("closed", tray.available, flush=True)
    application.quit()

tray.appeared.connect(told)
if tray.available:
    QTimer.singleShot(0, told)
tray._timer.setInterval(200)
QTimer.singleShot(15000, application.quit)
application.exec()
"""


def run(address: str, log: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address, "QT_QPA_PLATFORM": "xcb"}
    with log.open("w") as file:
        return subprocess.Popen(
            ["xvfb-run", "-a", sys.executable, "-c", PROGRAM],
            stdout=file,
            env=environment,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )


def test_the_icon_appears_when_the_tray_comes_later(tmp_path: Path) -> None:
    log = tmp_path / "program"
    with session_bus(tmp_path) as address:
        program = run(address, log)
        try:
            wait_for(log, "available False", 20)
            with fake_desktop(address, tmp_path / "heard") as heard:
                wait_for(log, "closed", 20)
                registered = heard.read_text()
        finally:
            os.killpg(program.pid, signal.SIGTERM)  # its display too: xvfb-run leaves that behind
            program.wait(5)
    assert "RegisterStatusNotifierItem" in registered
    said = log.read_text().splitlines()
    assert "appeared True" in said
    entries = [line[6:] for line in said if line.startswith("entry")]
    assert entries == [
        "Open Sokoul",
        "Continue Metropolis",
        "Scan the library",
        "Quit",
        "Pause",
    ]
    assert [line for line in said if line in ("opened", "played", "scanned", "left")] == [
        "opened",
        "played",
        "scanned",
        "left",
    ]
    assert said[-1] == "closed False"
    names = "|".join(f"Another {one}" for one in range(4))
    for line in (
        f"tip Sokoul|The disk is full|{names}|and 2 more", "marked True", "marked still True",
        "balloon True", "well again True Sokoul", "balloon without False",
    ):  # fmt: skip
        assert line in said, (line, said)
