"""A session bus of the test's own, and stand-ins for what a desktop puts on it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

FAKE = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject

class Desktop(QDBusVirtualObject):
    def introspect(self, path):
        return ""
    def handleMessage(self, message, connection):
        member, given = message.member(), message.arguments()
        told = [part for part in given if isinstance(part, (str, int))]
        print(member, told, flush=True)
        answers = {
            "Notify": message.createReply(7),
            "RegisterStatusNotifierItem": message.createReply([]),
            "CloseNotification": message.createReply([]),
        }
        if member == "Get":
            host = given[1] == "IsStatusNotifierHostRegistered"
            connection.send(message.createReply([QDBusVariant(True if host else 0)]))
            return True
        if member in answers:
            connection.send(answers[member])
            return True
        return False

application = QCoreApplication(sys.argv)
bus = QDBusConnection.sessionBus()
desktop = Desktop()
for name, path in (
    ("org.freedesktop.Notifications", "/org/freedesktop/Notifications"),
    ("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"),
):
    bus.registerVirtualObject(path, desktop)
    bus.registerService(name)
print("ready", flush=True)
application.exec()
"""


@contextlib.contextmanager
def session_bus(folder: Path) -> Iterator[str]:
    """Start a bus; yields its address, and ends it at the end."""
    process = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:dir={folder}"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        _end(process)


@contextlib.contextmanager
def fake_desktop(address: str, log: Path) -> Iterator[Path]:
    """Put a tray watcher and a notification server on the bus; they write down what they hear."""
    import os

    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", FAKE],
            stdout=file,
            env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": address},
        )
    try:
        wait_for(log, "ready")
        yield log
    finally:
        _end(process)


def wait_for(log: Path, words: str, seconds: float = 10.0) -> str:
    """Wait until a log says something; returns all of it."""
    end = time.monotonic() + seconds
    while words not in log.read_text():
        assert time.monotonic() < end, f"never heard {words!r} in {log.read_text()!r}"
        time.sleep(0.02)
    return log.read_text()


def _end(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
