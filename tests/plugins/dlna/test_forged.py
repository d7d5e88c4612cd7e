"""What somebody in the home might say to do harm: refused, and it costs nothing."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from plugins.dlna.parsers import read_said
from tests.fakes.receivers.dlna import Gmediarender
from tests.fakes.receivers.forged import announcement, page
from tests.fakes.receivers.home import Home, Room, needs, needs_home
from tests.fakes.receivers.watching import devices_until, found

ROOT = Path(__file__).parents[3]
needs_room = [pytest.mark.usefixtures("place"), *needs_home]


def forge(room: Room, folder: Path, *attacks: str) -> Path:
    """Let somebody in a room announce devices that are none; returns what he was asked."""
    log = folder / "asked.log"
    log.touch()
    room.start(
        *(sys.executable, "-m", "tests.fakes.receivers.forged", room.address, str(log)),
        *attacks,
        log=folder / "forger.log",
        env={"PYTHONPATH": str(ROOT)},
    )
    return log


async def asked(log: Path, *kinds: str) -> dict[str, int]:
    """The bytes that were sent of each kind of page, once all of them were asked for."""
    async with asyncio.timeout(20):
        while True:
            lines = [line.rsplit(" ", 1) for line in log.read_text().splitlines()]
            sent = {path.split("/")[1]: int(many) for path, many in lines}
            if set(kinds) <= set(sent):
                return sent
            await asyncio.sleep(0.05)


@pytest.mark.skipif("sys.platform != 'linux'", reason="namespaces are Linux's")
class TestInAHome:
    pytestmark = needs_home

    async def test_pages_that_lie(self, plugin: Any, place: Home, tmp_path: Path) -> None:
        room = place.room()
        await plugin.devices((room.way,), 0, 0)
        kinds = ("loopback", "based", "foreign", "bomb", "server", "redirect", "home", "nothing")
        log = forge(room, tmp_path, *kinds, "good")
        told = await devices_until(plugin, (room.way,), lambda told: bool(told.devices))
        await asked(log, *kinds)
        await asyncio.sleep(0.5)
        told = await plugin.devices((room.way,), 0, 0)
        assert [one.id for one in told.devices] == ["uuid:good-0"]
        # Each was asked once and not again, and a redirect was not followed.
        lines = [line.split("/")[1] for line in log.read_text().splitlines()]
        assert all(lines.count(kind) == 1 for kind in kinds)

    async def test_pages_without_an_end(self, plugin: Any, place: Home, tmp_path: Path) -> None:
        room = place.room()
        await plugin.devices((room.way,), 0, 0)
        before = psutil.Process().memory_info().rss
        log = forge(room, tmp_path, "large", "endless", "drip", "good")
        begin = time.monotonic()
        await found(plugin, room.way, "Forged")
        assert time.monotonic() - begin < 6  # it does not wait for the others
        sent = await asked(log, "large", "endless", "drip")
        assert sent["large"] < 16_000_000
        assert sent["endless"] < 24_000_000  # what lies in the buffers of the two systems
        assert sent["drip"] < 100
        assert psutil.Process().memory_info().rss - before < 64_000_000
        told = await plugin.devices((room.way,), 0, 0)
        assert [one.id for one in told.devices] == ["uuid:good-0"]

    async def test_names_are_made_clean(self, plugin: Any, place: Home, tmp_path: Path) -> None:
        room = place.room()
        await plugin.devices((room.way,), 0, 0)
        forge(room, tmp_path, "named")
        told = await devices_until(plugin, (room.way,), lambda told: bool(told.devices))
        name = told.devices[0].name
        assert len(name) <= 100
        assert name.isprintable()
        assert "<" not in name

    @needs("gmediarender")
    async def test_a_thousand_of_them(self, plugin: Any, place: Home, tmp_path: Path) -> None:
        bad, good = place.room(), place.room()
        ways = (bad.way, good.way)
        await plugin.devices(ways, 0, 0)
        forge(bad, tmp_path, "good*1000", "nothing*1000")
        await devices_until(plugin, ways, lambda told: len(told.devices) >= 10)
        Gmediarender(good, tmp_path).start()
        await devices_until(
            plugin, ways, lambda told: any(one.name == "Living room" for one in told.devices)
        )
        told = await plugin.devices(ways, 0, 0)
        assert len([one for one in told.devices if one.address == bad.address]) <= 16

    @needs("gmediarender")
    async def test_nobody_speaks_for_another(
        self, plugin: Any, place: Home, tmp_path: Path
    ) -> None:
        """Neither a good-bye in its name nor an address of its own moves a device that is there."""
        good, bad = place.room(), place.room()
        ways = (good.way, bad.way)
        Gmediarender(good, tmp_path).start()
        device = await found(plugin, good.way, "Living room")
        await plugin.devices(ways, 0, 0)
        forge(bad, tmp_path, f"byebye@{device.id}", f"good@{good.address}", "good")
        await devices_until(
            plugin, ways, lambda told: any(one.id == "uuid:good-0" for one in told.devices)
        )
        await asyncio.sleep(1)
        told = await plugin.devices(ways, 0, 0)
        assert device in told.devices


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/d.xml",
        "http://192.168.1.10/d.xml",
        "http://192.168.1.9.evil.example/d.xml",
        "http://192.168.1.9@192.168.1.10/d.xml",
        "http://me@192.168.1.9/d.xml",
        "https://192.168.1.9/d.xml",
        "file:///etc/passwd",
        "http://192.168.1.9:0/d.xml",
        "http://192.168.1.9:99999/d.xml",
        "http://[::1]/d.xml",
        "http://3232235785/d.xml",
        "http://192.168.1.9/a b",
        "",
    ],
)
def test_addresses_that_are_not_its_own(location: str) -> None:
    assert read_said(announcement("uuid:x", location), "192.168.1.9") is None
    right = announcement("uuid:x", "http://192.168.1.9:80/d.xml")
    assert read_said(right, "192.168.1.9") is not None
    assert read_said(right, "192.168.1.10") is None


def test_packets_that_are_none() -> None:
    for packet in (b"", b"\xff" * 9000, b"NOTIFY\r\n\r\n", page("uuid:x").encode()):
        assert read_said(packet, "192.168.1.9") is None
