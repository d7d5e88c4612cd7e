"""A home of network namespaces: the test stands in one, each device in another of its own."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

CLONE_NEWNET = 0x40000000
NET = "10.78"
MOST = 8
ADDRESSES = [f"{NET}.{number}.{end}" for number in range(1, MOST + 1) for end in (1, 2)]

needs_home = [
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may make network namespaces"),
    pytest.mark.skipif(shutil.which("ip") is None, reason="there is no `ip` (iproute2)"),
    pytest.mark.allow_hosts(["127.0.0.1", "::1", *ADDRESSES]),
]
"""Marks of a test that takes place in such a home."""


def needs(*programs: str) -> pytest.MarkDecorator:
    """The mark of a test that starts these programs."""
    lacking = [one for one in programs if shutil.which(one) is None]
    return pytest.mark.skipif(bool(lacking), reason=f"not installed: {', '.join(lacking)}")


def ip(*words: str) -> None:
    """Run `ip`."""
    subprocess.run(("ip", *words), check=True, capture_output=True)


class Room:
    """The place of one device: its namespace and its line to the station."""

    def __init__(self, home: Home, number: int) -> None:
        self.home = home
        self.name = f"{home.name}r{number}"
        self.line = f"{home.name}d{number}"
        self.way = f"{NET}.{number}.1"  # the station's end
        self.address = f"{NET}.{number}.2"
        self._station_line = f"{home.name}s{number}"
        self._running: list[subprocess.Popen[bytes]] = []
        self._folders: list[Path] = []

    def folder_for(self, user: int) -> Path:
        """A folder that belongs to somebody who may not look into the test's own."""
        made = Path(tempfile.mkdtemp(prefix=self.name))
        os.chown(made, user, user)
        self._folders.append(made)
        return made

    def build(self) -> None:
        ip("netns", "add", self.name)
        ip("-n", self.name, "link", "set", "lo", "up")
        self.connect()

    def connect(self) -> None:
        """Put the cable in."""
        ends = (
            (self.home.name, self._station_line, self.way),
            (self.name, self.line, self.address),
        )
        ip(
            *("link", "add", self._station_line, "netns", self.home.name, "type", "veth"),
            *("peer", "name", self.line, "netns", self.name),
        )
        for place, line, address in ends:
            ip("-n", place, "addr", "add", f"{address}/24", "dev", line)
            ip("-n", place, "link", "set", line, "up")
        ip("-n", self.name, "route", "add", "224.0.0.0/4", "dev", self.line)

    def pull(self) -> None:
        """Pull the cable: nothing is said, nothing comes any more."""
        ip("-n", self.name, "link", "set", self.line, "down")

    def plug(self) -> None:
        """And put it in again."""
        ip("-n", self.name, "link", "set", self.line, "up")
        ip("-n", self.name, "route", "replace", "224.0.0.0/4", "dev", self.line)

    def start(
        self, *words: str, log: Path, env: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program in there."""
        with log.open("ab") as file:
            process = subprocess.Popen(
                ("ip", "netns", "exec", self.name, *words),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                start_new_session=True,
            )
        self._running.append(process)
        return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a program, and those it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()
        if process in self._running:
            self._running.remove(process)

    def close(self) -> None:
        for process in tuple(self._running):
            self.end(process)
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(subprocess.CalledProcessError):
            ip("netns", "del", self.name)


class Home:
    """The station's namespace, in which the test itself runs, and the rooms around it."""

    def __init__(self) -> None:
        self.name = f"sk{os.getpid() % 100_000}"
        self.rooms: list[Room] = []

    def room(self) -> Room:
        """One more room."""
        made = Room(self, len(self.rooms) + 1)
        self.rooms.append(made)
        made.build()
        return made

    def close(self) -> None:
        for room in self.rooms:
            room.close()
        with contextlib.suppress(subprocess.CalledProcessError):
            ip("netns", "del", self.name)


@contextlib.contextmanager
def home() -> Iterator[Home]:
    """A home with the calling thread in it; threads it starts meanwhile are in it too."""
    made = Home()
    outside = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        ip("netns", "add", made.name)
        ip("-n", made.name, "link", "set", "lo", "up")
        with open(f"/var/run/netns/{made.name}", "rb") as inside:
            _enter(inside.fileno())
        yield made
    finally:
        _enter(outside)
        os.close(outside)
        made.close()


def _enter(namespace: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")
