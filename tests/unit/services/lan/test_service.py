"""The station in the home follows its networks."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from app.domain.errors import Unavailable
from app.domain.events import NoticeRaised, SettingsChanged
from app.domain.networks import NetworkKind
from app.infra.lan.door import TRIES
from app.infra.lan.interfaces import Interface, Kind
from app.infra.lan.server import LanServer
from app.runtime.bus import EventBus
from app.services.lan import service
from app.services.lan.service import LanService

HERE = Interface(name="lo", address="127.0.0.1", prefix=8)
THERE = Interface(name="lo", address="127.0.0.2", prefix=8)


def look() -> tuple[Interface, ...]:
    """The addresses this machine has."""
    return HERE, THERE


def occupied(stack: contextlib.ExitStack) -> int:
    """The first of more ports in a row than are tried, all of them taken."""
    for first in range(21_000, 60_000, 100):
        with contextlib.ExitStack() as taken:
            try:
                for port in range(first, first + TRIES + 5):
                    one = taken.enter_context(socket.socket())
                    one.bind(("127.0.0.1", port))
                    one.listen(1)
            except OSError:
                continue
            stack.enter_context(taken.pop_all())
            return first
    raise AssertionError


class Networks:
    """Networks that change when a test says so."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[tuple[Interface, ...]] = asyncio.Queue()
        self.names: Sequence[str] = ()
        self.bell = asyncio.Event()

    async def watch(
        self, names: Callable[[], Sequence[str]], bell: asyncio.Event
    ) -> AsyncIterator[tuple[Interface, ...]]:
        self.bell = bell
        while True:
            found = await self.told.get()
            self.names = names()
            yield found


class Follower:
    """Hears of the networks."""

    def __init__(self) -> None:
        self.heard: list[tuple[Interface, ...]] = []
        self.fails = False

    async def follow(self, found: tuple[Interface, ...]) -> None:
        self.heard.append(found)
        if self.fails:
            raise Unavailable("errors.cast_no_network", name="TV")


@pytest.fixture
async def networks(monkeypatch: pytest.MonkeyPatch) -> Networks:
    monkeypatch.setattr(service, "LATER", 0.0)
    return Networks()


def connects(address: str, port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex((address, port)) == 0


async def heard(follower: Follower, times: int) -> None:
    async with asyncio.timeout(5):
        while len(follower.heard) < times:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)


async def test_it_is_found_where_the_networks_are_and_nowhere_else(networks: Networks) -> None:
    server, first, second = LanServer(look), Follower(), Follower()
    first.fails = True
    lan = LanService(EventBus(), server, lambda: ("lo",), lambda: 18_095, networks.watch)
    lan.follow(first.follow)
    lan.follow(second.follow)
    await lan.start()
    assert server.port == 0
    networks.told.put_nowait((HERE,))
    await heard(second, 1)
    assert networks.names == ("lo",)
    assert lan.interfaces == (HERE,)
    assert connects("127.0.0.1", server.port)
    assert not connects("127.0.0.2", server.port)
    networks.told.put_nowait((THERE,))
    await heard(second, 2)
    assert second.heard == first.heard == [(HERE,), (THERE,)]
    assert connects("127.0.0.2", server.port)
    assert not connects("127.0.0.1", server.port)
    port = server.port
    await lan.stop()
    assert not connects("127.0.0.2", port)


async def test_another_choice_of_the_owner_is_looked_at_now(networks: Networks) -> None:
    bus, follower = EventBus(), Follower()
    lan = LanService(bus, LanServer(look), lambda: ("lo",), lambda: 18_095, networks.watch)
    lan.follow(follower.follow)
    await lan.start()
    networks.told.put_nowait((HERE,))
    await heard(follower, 1)
    assert not networks.bell.is_set()
    await asyncio.to_thread(bus.publish, SettingsChanged("casting"))
    async with asyncio.timeout(5):
        await networks.bell.wait()
    await lan.stop()


async def test_without_any_network_nothing_listens(networks: Networks) -> None:
    server, follower = LanServer(look), Follower()
    lan = LanService(EventBus(), server, tuple, lambda: 18_095, networks.watch)
    lan.follow(follower.follow)
    await lan.start()
    networks.told.put_nowait(())
    await heard(follower, 1)
    assert server.port == 0
    networks.told.put_nowait((HERE,))
    await heard(follower, 2)
    assert connects("127.0.0.1", server.port)
    await lan.stop()


async def test_a_home_that_cannot_be_served_is_told(networks: Networks) -> None:
    bus = EventBus()
    notices: list[NoticeRaised] = []
    bus.on(NoticeRaised, notices.append)
    server, follower = LanServer(look), Follower()
    with contextlib.ExitStack() as stack:
        port = occupied(stack)
        lan = LanService(bus, server, tuple, lambda: port, networks.watch)
        lan.follow(follower.follow)
        await lan.start()
        networks.told.put_nowait((HERE,))
        async with asyncio.timeout(5):
            while not notices:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.01)
    assert [one.key for one in notices] == ["errors.lan_no_port"]
    assert not follower.heard
    networks.told.put_nowait((THERE,))
    await heard(follower, 1)
    assert connects("127.0.0.2", server.port)
    await lan.stop()


async def test_a_network_that_is_gone_already_is_left_out(networks: Networks) -> None:
    nowhere = Interface(name="eth9", address="192.0.2.77", prefix=24)
    server, follower = LanServer(look), Follower()
    lan = LanService(EventBus(), server, tuple, lambda: 18_095, networks.watch)
    lan.follow(follower.follow)
    await lan.start()
    networks.told.put_nowait((nowhere, HERE))
    await heard(follower, 1)
    assert follower.heard == [(HERE,)]
    await lan.stop()


async def test_every_network_is_told_those_of_a_home_first() -> None:
    found = (
        Interface(name="lo", address="127.0.0.1", prefix=8, kind=Kind.LOOPBACK),
        Interface(name="tun0", address="10.8.0.2", prefix=24, kind=Kind.TUNNEL),
        Interface(name="docker0", address="172.17.0.1", prefix=16, kind=Kind.CONTAINERS),
        Interface(name="ppp0", address="81.2.3.4", prefix=32),
        Interface(name="wlan0", address="192.168.2.7", prefix=24),
        Interface(name="eth1", address="192.168.3.7", prefix=24, up=False),
        Interface(name="eth0", address="192.168.1.20", prefix=24),
        Interface(name="eth0", address="192.168.1.21", prefix=24),
    )
    server = LanServer(look)
    lan = LanService(EventBus(), server, tuple, lambda: 0, look=lambda: found)
    assert [(one.name, one.addresses, one.kind) for one in await lan.networks()] == [
        ("eth0", ("192.168.1.20", "192.168.1.21"), NetworkKind.HOME),
        ("wlan0", ("192.168.2.7",), NetworkKind.HOME),
        ("docker0", ("172.17.0.1",), NetworkKind.CONTAINERS),
        ("ppp0", ("81.2.3.4",), NetworkKind.OPEN),
        ("tun0", ("10.8.0.2",), NetworkKind.TUNNEL),
    ]
