"""The server in a real network of its own: a home, a neighbour's house, a VPN, containers."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[4]
PORT = 8200
HOME, NEXT_DOOR = "10.77.1", "10.77.2"

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root may make network namespaces")


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


class Street:
    """Two lines between the station and one house: one is the home's, one another network's."""

    def __init__(self) -> None:
        tag = str(os.getpid() % 100_000)
        self.station, self.house = f"sks{tag}", f"skh{tag}"
        self._server: subprocess.Popen[str] | None = None

    def build(self) -> None:
        for name in (self.station, self.house):
            _run("ip", "netns", "add", name)
            self.ip(name, "link", "set", "lo", "up")
        for number, net in ((1, HOME), (2, NEXT_DOOR)):
            ours, theirs = f"eth{number}", f"far{number}"
            _run(
                *("ip", "link", "add", ours, "netns", self.station, "type", "veth"),
                *("peer", "name", theirs, "netns", self.house),
            )
            for place, end, last in ((self.station, ours, 1), (self.house, theirs, 2)):
                self.ip(place, "addr", "add", f"{net}.{last}/24", "dev", end)
                self.ip(place, "link", "set", end, "up")
        self.ip(self.station, "route", "add", "default", "via", f"{HOME}.2")

    def ip(self, place: str, *words: str) -> None:
        _run("ip", "-n", place, *words)

    def serve(self, *names: str) -> dict[str, Any]:
        words = self._inside(self.station, "serve", str(PORT), *names)
        self._server = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        return self.told()

    def told(self) -> dict[str, Any]:
        """What the server says next."""
        assert self._server is not None
        assert self._server.stdout is not None
        told: dict[str, Any] = json.loads(self._server.stdout.readline())
        return told

    def ask(self, source: str, address: str, place: str = "") -> str:
        words = self._inside(place or self.house, "ask", source, address, str(PORT))
        done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
        return done.stdout

    def close(self) -> None:
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            assert self._server.stdout is not None
            self._server.stdout.close()
        for name in (self.station, self.house):
            with contextlib.suppress(subprocess.CalledProcessError):
                _run("ip", "netns", "del", name)

    def _inside(self, place: str, *words: str) -> list[str]:
        module = "tests.unit.infra.lan.home_parts"
        return ["ip", "netns", "exec", place, sys.executable, "-m", module, *words]


@pytest.fixture
def street() -> Iterator[Street]:
    made = Street()
    try:
        made.build()
        yield made
    finally:
        made.close()


def test_only_the_chosen_interface_answers_and_only_its_subnet(street: Street) -> None:
    assert street.serve("eth1")["addresses"] == [f"{HOME}.1"]
    assert street.ask(f"{HOME}.2", f"{HOME}.1").endswith("fine")
    assert street.ask(f"{NEXT_DOOR}.2", f"{NEXT_DOOR}.1") == "nobody there"
    # Through the right door, but from another house: the connection stands, and is hung up on.
    assert street.ask(f"{NEXT_DOOR}.2", f"{HOME}.1") in ("", "hung up")
    assert street.ask("127.0.0.1", "127.0.0.1", street.station) == "nobody there"
    assert street.ask(f"{HOME}.1", f"{HOME}.1", street.station).endswith("fine")


def test_it_follows_the_networks_as_they_come_and_go(street: Street) -> None:
    told = street.serve()
    assert told["addresses"] == [f"{HOME}.1", f"{NEXT_DOOR}.1"]
    assert [way["default"] for way in told["ways"]] == [True, False]
    street.ip(street.station, "addr", "del", f"{NEXT_DOOR}.1/24", "dev", "eth2")
    assert street.told()["addresses"] == [f"{HOME}.1"]
    assert street.ask(f"{HOME}.2", f"{HOME}.1").endswith("fine")
    street.ip(street.station, "addr", "add", "192.168.9.1/28", "dev", "eth2")
    street.ip(street.house, "addr", "add", "192.168.9.2/28", "dev", "far2")
    told = street.told()
    assert told["addresses"] == [f"{HOME}.1", "192.168.9.1"]
    assert told["port"] == PORT
    assert street.ask("192.168.9.2", "192.168.9.1").endswith("fine")
    street.ip(street.station, "addr", "add", "192.168.9.3/28", "dev", "eth2", "label", "eth2:1")
    told = street.told()
    assert [way["name"] for way in told["ways"]] == ["eth1", "eth2", "eth2"]
    street.ip(street.house, "link", "set", "far1", "down")  # the cable is pulled
    assert street.told()["addresses"] == ["192.168.9.1", "192.168.9.3"]
    street.ip(street.station, "link", "set", "eth2", "down")
    assert street.told()["addresses"] == []


def test_tunnels_containers_and_the_open_internet_are_left_alone(street: Street) -> None:
    for name, kind in (
        ("docker0", ("type", "bridge")),
        ("br-0123456789ab", ("type", "bridge")),
        ("virbr0", ("type", "bridge")),
        ("tun7", ()),
        ("work", ()),
        ("vpn9", ("type", "ipip", "local", f"{HOME}.1", "remote", f"{HOME}.2")),
        ("br0", ("type", "bridge")),
    ):
        made = ("link", "add", name, *kind) if kind else ("tuntap", "add", name, "mode", "tun")
        try:
            street.ip(street.station, *made)
        except subprocess.CalledProcessError:
            continue  # this kernel has no such thing
        net = f"10.80.{len(name)}{ord(name[0]) % 10}.1/24"
        street.ip(street.station, "addr", "add", net, "dev", name)
        street.ip(street.station, "link", "set", name, "up")
    street.ip(street.station, "addr", "add", "203.0.113.1/24", "dev", "eth2")
    told = street.serve()
    kinds = {way["name"]: way["kind"] for way in told["all"]}
    expected = {
        **dict.fromkeys(("docker0", "br-0123456789ab", "virbr0"), "containers"),
        **dict.fromkeys(("tun7", "work", "vpn9"), "tunnel"),
        **dict.fromkeys(("eth1", "eth2", "br0"), "network"),
        "lo": "loopback",
    }
    assert kinds == {name: expected[name] for name in kinds}
    assert {"eth1", "eth2", "lo"} < set(kinds), "more than the plain ones could be made"
    used = {way["address"] for way in told["ways"]}
    assert {f"{HOME}.1", f"{NEXT_DOOR}.1"} <= used
    assert "203.0.113.1" not in used
    assert {way["name"] for way in told["ways"]} <= {"eth1", "eth2", "br0"}
