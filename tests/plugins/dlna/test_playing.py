"""What only renderers do: tell of themselves by SSDP, in several networks at once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from app.api import CastMedia, NotFound
from plugins.dlna.discovery import PACE
from tests.fakes.receivers.dlna import Gmediarender
from tests.fakes.receivers.home import Home, needs, needs_home
from tests.fakes.receivers.watching import devices_until, found

pytestmark = needs_home


@needs("gmediarender")
async def test_devices_in_two_networks(plugin: Any, place: Home, tmp_path: Path) -> None:
    rooms = [place.room(), place.room()]
    for number, room in enumerate(rooms, 1):
        Gmediarender(room, tmp_path, f"Room {number}", number).start()
    ways = (rooms[0].way, rooms[1].way)
    told = await devices_until(plugin, ways, lambda told: len(told.devices) == 2)
    assert {(one.name, one.way) for one in told.devices} == {
        ("Room 1", rooms[0].way),
        ("Room 2", rooms[1].way),
    }
    told = await devices_until(plugin, ways[1:], lambda told: len(told.devices) == 1)
    assert told.devices[0].name == "Room 2"
    told = await devices_until(plugin, (), lambda told: not told.devices)
    with pytest.raises(NotFound):
        await plugin.load("uuid:nobody", CastMedia(url="http://x/", content_type="a/b", title=""))


@needs("gmediarender")
async def test_an_announcement_is_enough(
    plugin: Any, place: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is switched on later shows up when it says so: nobody searches for it any more."""
    monkeypatch.setattr("plugins.dlna.discovery.FIRST_SEARCHES", ())
    room = place.room()
    first = await plugin.devices((room.way,), 0, 0)
    assert first.devices == ()
    Gmediarender(room, tmp_path, "Late").start()
    begin = time.monotonic()
    device = await found(plugin, room.way, "Late")
    assert time.monotonic() - begin < PACE / 2  # long before the next search
    assert device.sinks
    assert device.traits["UDN"] == device.id
