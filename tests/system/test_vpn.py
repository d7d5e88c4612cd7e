"""Torrents bound to a VPN: not one packet takes another way, whatever happens to the VPN.

Two network namespaces. The client has two lines to the giver: a "physical" one that is its way
to everywhere, and a "VPN". A witness at the far end of the physical line writes down whatever
comes out of it, but for what any system says to its neighbours.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from app.infra.torrents.metadata import read_torrent
from tests.fakes.swarm import made_of
from tests.system.vpn_parts import DOOR, FOUND, TRACKER, WEB

ROOT = Path(__file__).parents[2]
QUIET_SECONDS = 4.0
LIMIT = 250_000
TABLE = "77"
LSD, SSDP = "239.192.152.143", "239.255.255.250"

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may make network namespaces"),
]


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


class Town:
    """The client's namespace, the giver's, and the lines between them."""

    def __init__(self, folder: Path, tag: str) -> None:
        self.folder = folder
        self.client, self.giver = f"skc{tag}", f"skg{tag}"
        self.log = folder / "outside.log"
        self._processes: list[subprocess.Popen[str]] = []

    def build(self) -> None:
        for name in (self.client, self.giver):
            _run("ip", "netns", "add", name)
            self.ip(name, "link", "set", "lo", "up")
        self.ip(self.giver, "addr", "add", f"{FOUND}/32", "dev", "lo")
        self.line("phys", "10.90.0", metric=100)
        self.mend()
        # As VPNs are set up: who talks from its address, talks through it. Without that, the
        # system itself answers what comes late for connections of before by any way.
        self.ip(self.client, "rule", "add", "from", "10.91.0.1", "lookup", TABLE)

    def ip(self, name: str, *words: str) -> None:
        _run("ip", "-n", name, *words)

    def line(self, name: str, net: str, metric: int) -> None:
        """A line from the client to the giver, and a way to everywhere through it."""
        ends = ((self.client, f"{name}0", 1), (self.giver, f"{name}1", 2))
        _run(
            *("ip", "link", "add", f"{name}0", "netns", self.client, "type", "veth"),
            *("peer", "name", f"{name}1", "netns", self.giver),
        )
        for place, end, number in ends:
            self.ip(place, "addr", "add", f"{net}.{number}/24", "dev", end)
            self.ip(place, "addr", "add", f"fd{net[3:5]}::{number}/64", "dev", end, "nodad")
            self.ip(place, "link", "set", end, "up")
        way = ("default", "via", f"{net}.2", "dev", f"{name}0", "metric", str(metric))
        self.ip(self.client, "route", "add", *way)

    def cut(self) -> None:
        """The VPN goes away."""
        self.ip(self.client, "link", "del", "vpn0")

    def mend(self) -> None:
        """The VPN is there: each time another interface of the same name."""
        self.line("vpn", "10.91.0", metric=200)
        way = ("default", "via", "10.91.0.2", "dev", "vpn0", "table", TABLE)
        self.ip(self.client, "route", "add", *way)

    def start(self, place: str, *words: str) -> subprocess.Popen[str]:
        command = ("ip", "netns", "exec", place, sys.executable, "-m", "tests.system.vpn_parts")
        process = subprocess.Popen(
            (*command, *words), cwd=ROOT, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        self._processes.append(process)
        return process

    @property
    def outside(self) -> list[str]:
        """What came out of the physical line: addresses, protocols, ports."""
        return [line for line in self.log.read_text().splitlines() if not line.startswith("#")]

    def end(self, process: subprocess.Popen[str]) -> None:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
        self._processes.remove(process)

    def close(self) -> None:
        for process in list(self._processes):
            self.end(process)
        for name in (self.client, self.giver):
            with contextlib.suppress(subprocess.CalledProcessError):
                _run("ip", "netns", "del", name)


class Client:
    """A station in the client's namespace."""

    def __init__(self, town: Town, torrent: Path, folder: Path, interface: str) -> None:
        folder.mkdir()
        self._begin(town, "take", str(torrent), str(folder), interface)

    def _begin(self, town: Town, *words: str) -> None:
        self._town = town
        self._process = town.start(town.client, *words)
        self.told: dict[str, Any] = {"vpn": "", "done": 0}
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.told = json.loads(line)

    @property
    def done(self) -> int:
        return int(self.told["done"])

    def close(self) -> None:
        self._process.kill()
        self._reading.join()
        self._town.end(self._process)


class Asking(Client):
    """A station in the client's namespace that only asks what is in a torrent."""

    def __init__(self, town: Town, magnet: str, interface: str) -> None:
        self._begin(town, "ask", magnet, interface)


def _until(true: Callable[[], object], what: str) -> None:
    ends = time.monotonic() + 15
    while not true():
        assert time.monotonic() < ends, what
        time.sleep(0.05)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path, str(os.getpid() % 100_000))
    try:
        made.build()
        yield made
    finally:
        made.close()


@pytest.fixture
def torrent(town: Town, tmp_path: Path) -> Path:
    """A film with a giver, trackers and a web server, all of them found by both lines."""
    folder = tmp_path / "seed" / "Film"
    folder.mkdir(parents=True)
    (folder / "film.mkv").write_bytes(os.urandom(40_000_000))
    file = tmp_path / "film.torrent"
    trackers = [f"udp://{FOUND}:{TRACKER}", f"http://{FOUND}:{WEB}/announce"]
    servers = [f"http://{FOUND}:{WEB}/nothing/"]
    file.write_bytes(made_of(folder, piece=65_536, trackers=trackers, web_seeds=servers))
    giver = town.start(town.giver, "give", str(file), str(folder.parent), str(LIMIT))
    assert giver.stdout is not None
    assert giver.stdout.readline() == "ready\n"
    town.start(town.giver, "witness", "phys1", str(town.log))
    _until(lambda: town.log.exists() and town.log.read_text(), "no witness")
    return file


def _quiet(town: Town, phase: str) -> None:
    """Nothing comes out for a while."""
    time.sleep(QUIET_SECONDS)
    assert town.outside == [], phase


def test_not_a_packet_goes_around_the_vpn(town: Town, torrent: Path, tmp_path: Path) -> None:
    client = Client(town, torrent, tmp_path / "bound", "vpn0")
    _until(lambda: client.done > 0, "nothing came through the VPN")
    assert client.told["vpn"] == "up"
    _quiet(town, "the VPN is up")

    town.cut()
    _until(lambda: client.told["vpn"] == "away", "its loss was not noticed")
    time.sleep(0.5)
    there = client.done
    _quiet(town, "the VPN is gone")
    assert client.done == there

    town.mend()
    _until(lambda: client.told["vpn"] == "up", "its return was not noticed")
    _until(lambda: client.done > there, "it did not go on")
    _quiet(town, "the VPN is back")
    client.close()

    town.cut()
    absent = Client(town, torrent, tmp_path / "absent", "vpn0")
    _until(lambda: absent.told["vpn"] == "away", "it did not start")
    _quiet(town, "the VPN was never there")
    assert absent.done == 0
    town.mend()
    _until(lambda: absent.done > 0, "it did not begin when the VPN came")
    absent.close()
    assert town.outside == []


def test_the_witness_sees_what_is_not_bound(town: Town, torrent: Path, tmp_path: Path) -> None:
    client = Client(town, torrent, tmp_path / "unbound", "")
    _until(lambda: client.done > 0, "nothing came")
    assert client.told["vpn"] == "open"
    wanted = {LSD, SSDP, *(f"{FOUND} {port}" for port in (TRACKER, WEB, DOOR))}

    def seen() -> set[str]:
        told = [line.split() for line in town.outside]
        return {one[0] for one in told} | {f"{one[0]} {one[2]}" for one in told}

    _until(lambda: wanted <= seen(), "not all that goes out was seen")
    client.close()


def _magnet(torrent: Path) -> str:
    """A link to it with everybody who might be asked."""
    trackers = (f"udp://{FOUND}:{TRACKER}", f"http://{FOUND}:{WEB}/announce")
    asked = "".join(f"&tr={quote(one)}" for one in trackers)
    return f"magnet:?xt=urn:btih:{read_torrent(torrent.read_bytes()).info_hash}{asked}"


def test_search_asks_peers_by_no_other_way_either(town: Town, torrent: Path) -> None:
    asking = Asking(town, _magnet(torrent), "vpn0")
    _until(lambda: asking.done > 0, "no list came through the VPN")
    _quiet(town, "the VPN is up")

    town.cut()
    _until(lambda: asking.told["reason"] == "errors.vpn_away", "its loss was not noticed")
    there = asking.done
    _quiet(town, "the VPN is gone")
    assert asking.done == there

    town.mend()
    _until(lambda: asking.done > there, "it did not go on")
    _quiet(town, "the VPN is back")
    asking.close()
    assert town.outside == []


def test_the_witness_sees_search_when_it_is_not_bound(town: Town, torrent: Path) -> None:
    asking = Asking(town, _magnet(torrent), "")
    _until(lambda: asking.done > 0, "nothing came")
    _until(lambda: any(FOUND in line for line in town.outside), "nothing that goes out was seen")
    asking.close()
