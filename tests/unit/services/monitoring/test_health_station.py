"""Health of a whole station, and of what it meets in the home: every part is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from app.domain.errors import InvalidInput, NotFound
from app.domain.events import HealthChanged, MachineSampled
from app.domain.health import Health, HealthState
from app.domain.media_server import Guest, GuestId, Sharing
from app.infra.lan.interfaces import Interface
from app.infra.lan.server import LanServer
from app.infra.paths import Paths
from app.main import Station, open_station
from app.runtime.bus import EventBus
from app.services.control_health import health as told_health
from app.services.lan import service as lan_service
from app.services.lan.service import LanService
from app.services.monitoring.checks.home import LanCheck, MediaServerCheck
from app.services.monitoring.checks.torrents import TorrentsCheck, VpnCheck
from app.services.monitoring.health import SILENT, UNKNOWN, HealthService
from app.services.phrases import Phrases
from tests.fakes.health import words

GOOD, WARN, BAD, OFF = HealthState.GOOD, HealthState.WARN, HealthState.BAD, HealthState.OFF
PARTS = (
    *("database", "jobs", "torrents", "vpn", "model", "hearing", "browser_pool", "ffmpeg"),
    *("lan", "media_server", "provider", "account", "budget", "disk", "temperature", "clock"),
    "keyring",
)


@dataclass
class Watched:
    """A station, and its health."""

    station: Station
    health: HealthService

    async def look(self, part: str) -> Health:
        (found,) = await self.health.run(part)
        return found


@pytest.fixture
async def watched(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watched]:
    monkeypatch.setattr("app.infra.secrets._keyring_probe", lambda: False)  # whoever runs this
    async with open_station(paths) as station:
        station.services.health._patience = 60.0  # and however slowly
        yield Watched(station, station.services.health)


def kind(check: Health) -> str:
    return check.part.partition(":")[0]


async def test_every_part_of_the_station_is_looked_at(watched: Watched) -> None:
    sampled = asyncio.Event()
    loop = asyncio.get_running_loop()

    def heard(_event: MachineSampled) -> None:
        loop.call_soon_threadsafe(sampled.set)

    watched.station.bus.on(MachineSampled, heard)
    async with asyncio.timeout(45):
        await sampled.wait()
    found = await watched.health.run()
    for one in found:
        words(one)
    kinds = list(dict.fromkeys(kind(one) for one in found))
    assert [one for one in kinds if one in PARTS] == list(PARTS)  # others may stand among them
    on = [one.id for one in await watched.station.services.plugins.list() if one.enabled]
    assert len(on) > 5
    told = [one.part for one in found]
    assert [part for part in on if f"provider:{part}" not in told] == []
    assert [part for part in told if part.startswith("disk:")] != []
    silent = [one.part for one in found if one.told in (SILENT, UNKNOWN)]
    assert silent == []


async def test_the_station_looks_by_itself(watched: Watched) -> None:
    whole = asyncio.Event()

    def heard(_event: HealthChanged) -> None:
        if {kind(one) for one in watched.health.checks()}.issuperset(PARTS):
            whole.set()

    watched.station.bus.on(HealthChanged, heard)
    async with asyncio.timeout(45):
        await whole.wait()


async def test_a_vpn_that_is_away_and_one_that_is_there(watched: Watched) -> None:
    settings = watched.station.services.settings
    downloads = watched.station.services.downloads
    found = await watched.look("vpn")
    assert (found.state, words(found)) == (OFF, "Torrents are bound to no VPN")
    assert words(await watched.look("torrents")) == "Asleep: no torrent"
    changed = asyncio.Event()
    engine = downloads._engines._torrents
    engine.on_vpn(lambda _vpn: changed.set())
    await settings.set("downloads", "interface", "novpn0")
    async with asyncio.timeout(30):
        while downloads.torrents_alive is None:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.02)
    found = await watched.look("vpn")
    assert (found.state, words(found)) == (BAD, "novpn0 is away: torrents are silent")
    await settings.set("downloads", "interface", "lo")
    async with asyncio.timeout(30):
        await changed.wait()
    found = await watched.look("vpn")
    assert (found.state, words(found)) == (GOOD, "Bound to lo")
    assert words(await watched.look("torrents")) == "0 active · VPN bound"
    assert engine._turning is not None
    engine._turning.cancel()  # what a fault in it would do
    await asyncio.wait((engine._turning,))
    found = await watched.look("torrents")
    assert (found.state, words(found)) == (BAD, "It has ended by itself")


async def test_what_commands_are_told(watched: Watched) -> None:
    told: Any = await told_health(watched.health, Phrases(lambda: "fr"), {"part": "database"})
    (row,) = told["checks"]
    assert told["good"] is True
    assert (row["part"], row["name"], row["state"]) == ("database", "Base de données", "good")
    assert " ms · " in row["told"]
    last: Any = await told_health(watched.health, Phrases(lambda: "en"), {"last": True})
    assert {one["part"] for one in last["checks"]} <= {"database", "backup"}  # looked at by itself
    with pytest.raises(NotFound):
        await told_health(watched.health, Phrases(lambda: "en"), {"part": "nothing"})
    for wrong in ({"part": 3}, {"part": "x" * 300}, {"last": "yes"}):
        with pytest.raises(InvalidInput):
            await told_health(watched.health, Phrases(lambda: "en"), wrong)


async def test_one_plugin_that_fails_does_not_break_the_station() -> None:
    health = HealthService(EventBus())

    async def providers() -> Sequence[Health]:
        return (Health("provider:x", BAD, "health.provider.off", name="X"),)

    async def clock() -> Health:
        return Health("clock", BAD, "health.clock.held")

    health.add("provider", providers)
    told: Any = await told_health(health, Phrases(lambda: "en"), {})
    assert told["good"] is True
    health.add("clock", clock)
    told = await told_health(health, Phrases(lambda: "en"), {})
    assert told["good"] is False
    await health.stop()


# The home

HERE = Interface(name="lo", address="127.0.0.1", prefix=8)


class Screens:
    """The devices of a home."""

    async def devices(self) -> tuple[Any, ...]:
        return tuple(type("Screen", (), {"here": here})() for here in (True, True, False))


class Networks:
    """Networks that change when a test says so."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[tuple[Interface, ...]] = asyncio.Queue()

    async def watch(
        self, _names: Callable[[], Sequence[str]], _bell: asyncio.Event
    ) -> AsyncIterator[tuple[Interface, ...]]:
        while True:
            yield await self.told.get()


async def test_the_server_for_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lan_service, "LATER", 0.0)
    networks, heard, here = Networks(), asyncio.Event(), [HERE]
    server = LanServer(lambda: tuple(here))
    lan = LanService(EventBus(), server, tuple, lambda: 18_195, networks.watch, lambda: tuple(here))
    wished = "lo"
    screens: Any = Screens()
    check = LanCheck(lan, screens, lambda: wished)
    found = await check.look()
    assert (found.state, words(found)) == (BAD, "Cannot be reached in lo")
    wished = "wlan7"
    found = await check.look()
    assert (found.state, words(found)) == (WARN, "No home network")
    wished = "-"
    assert (await check.look()).state is OFF
    wished = ""  # the loopback is no home: nothing is missing

    async def follow(_found: tuple[Interface, ...]) -> None:
        heard.set()

    lan.follow(follow)
    await lan.start()
    networks.told.put_nowait((HERE,))
    await heard.wait()
    found = await check.look()
    assert (found.state, words(found)) == (GOOD, f"127.0.0.1:{server.port} · 2 screens")

    sharing, guests = Sharing(), list[Guest]()
    shared: Any = type("Server", (), {"guests": lambda _self: tuple(guests)})()
    media = MediaServerCheck(shared, lan, lambda: sharing, lambda: 10_000.0)
    assert words(await media.look()) == "0 devices connected"
    guests.append(
        Guest(id=GuestId("a"), name="TV", address="10.0.0.2", allowed=True, seen_at=9_900.0)
    )
    guests.append(
        Guest(id=GuestId("b"), name="Old TV", address="10.0.0.3", allowed=True, seen_at=100.0)
    )
    found = await media.look()
    assert (found.state, words(found)) == (GOOD, "1 device connected")
    guests.append(Guest(id=GuestId("c"), name="Tablet", address="10.0.0.4", seen_at=9_990.0))
    assert words(await media.look()) == "Tablet asks to be let in"
    sharing = Sharing(on=False)
    assert (await media.look()).state is OFF
    sharing = Sharing()
    await lan.stop()
    found = await media.look()
    assert (found.state, words(found)) == (WARN, "Waits for a home network")


async def test_a_chosen_vpn_that_nobody_watches_yet() -> None:
    class Idle:
        torrents_alive = None

        async def traffic_now(self) -> Any:
            from app.domain.downloads import Traffic

            return Traffic()

    idle: Any = Idle()
    found = await VpnCheck(idle, lambda: "tun0").look()
    assert (found.state, words(found)) == (WARN, "tun0 is chosen, and not watched yet")
    assert words(await TorrentsCheck(idle).look()) == "Asleep: no torrent"
