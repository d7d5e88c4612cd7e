"""Which networks are the home's, and by which of them a device is served."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess

import pytest

from app.infra.interface_news import InterfaceNews
from app.infra.lan import interfaces
from app.infra.lan.interfaces import Interface, Kind, chosen, present, watch, way_for


def one(name: str, address: str, prefix: int = 24, **more: object) -> Interface:
    return Interface(name=name, address=address, prefix=prefix, **more)  # type: ignore[arg-type]  # a test's shorthand


LO = one("lo", "127.0.0.1", 8, kind=Kind.LOOPBACK)
HOME = one("eth0", "192.168.1.20", default=True)
SECOND = one("eth1", "192.168.1.21")
FILMS = one("eth2", "10.0.5.1")
ALONE = one("eth3", "169.254.7.7", 16)
VPN = one("wg0", "10.8.0.2", kind=Kind.TUNNEL)
DOCKER = one("docker0", "172.17.0.1", 16, kind=Kind.CONTAINERS)
PUBLIC = one("eth4", "203.0.113.5")
OFF = one("wlan0", "192.168.1.22", up=False)
ALL = (LO, HOME, SECOND, FILMS, ALONE, VPN, DOCKER, PUBLIC, OFF)


def test_without_a_choice_the_home_is_used() -> None:
    assert chosen(ALL) == (HOME, SECOND, FILMS, ALONE)


def test_the_owner_chooses_anything_that_is_up() -> None:
    assert chosen(ALL, ("wg0", "eth4", "wlan0", "none")) == (VPN, PUBLIC)


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("10.255.255.255", True),
        ("11.0.0.1", False),
        ("172.16.0.1", True),
        ("172.32.0.1", False),
        ("192.168.0.1", True),
        ("192.169.0.1", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("169.254.0.1", True),
        ("8.8.8.8", False),
    ],
)
def test_what_is_an_address_of_a_home(address: str, home: bool) -> None:
    assert bool(chosen([one("eth0", address)])) == home


@pytest.mark.parametrize(
    ("device", "usable", "way"),
    [
        ("192.168.1.50", (HOME, FILMS), "192.168.1.20"),
        ("10.0.5.9", (HOME, FILMS), "10.0.5.1"),
        ("192.168.1.50", (HOME, SECOND), "192.168.1.21"),
        ("192.168.1.50", (SECOND, HOME), "192.168.1.21"),
        ("192.168.1.50", (HOME, OFF), "192.168.1.20"),
        ("192.168.2.50", (HOME, FILMS), None),
        ("10.0.5.9", (one("a", "10.0.0.1", 8), FILMS), "10.0.5.1"),
        ("169.254.9.9", (HOME, ALONE), "169.254.7.7"),
        ("192.168.1.50", (), None),
        ("tv.local", (HOME,), None),
        ("::1", (HOME,), None),
        ("", (HOME,), None),
    ],
)
def test_the_way_a_device_is_served(
    device: str, usable: tuple[Interface, ...], way: str | None
) -> None:
    assert way_for(device, usable) == way


def test_this_machine_has_a_loopback_that_is_not_used() -> None:
    found = present()
    (lo,) = [each for each in found if each.address == "127.0.0.1"]
    assert (lo.name, lo.prefix, lo.kind, lo.default) == ("lo", 8, Kind.LOOPBACK, False)
    assert lo not in chosen(found)
    assert {each.name for each in found} <= {name for _, name in socket.if_nameindex()}


@pytest.mark.parametrize("broken", ["", "Iface\n", "Iface\n\n"])
def test_no_default_route_is_no_mistake(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, broken: str
) -> None:
    place = tmp_path_factory.mktemp("proc") / "route"
    if broken:
        place.write_text(broken)
    monkeypatch.setattr(interfaces, "_ROUTES", place)
    assert not any(each.default for each in present())


async def test_changes_are_told_and_nothing_else_is() -> None:
    looks = [(HOME,), (HOME,), (HOME, DOCKER), (HOME, FILMS), (FILMS,), (), (), (HOME,)]
    names: list[str] = []
    told = []
    async for now in watch(lambda: names, look=lambda: looks.pop(0), every=0.0):
        told.append(now)
        if not looks:
            break
    assert told == [(HOME,), (HOME, FILMS), (FILMS,), (), (HOME,)]


async def test_where_the_kernel_tells_nobody_looks_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(interfaces, "LOOK", 0.0)
    looks, bell = 0, asyncio.Event()

    def look() -> tuple[Interface, ...]:
        nonlocal looks
        looks += 1
        return (HOME,) if looks == 1 else (FILMS,)

    watching = watch(tuple, bell, look)
    assert await anext(watching) == (HOME,)
    after = asyncio.ensure_future(anext(watching))
    for _ in range(20):
        await asyncio.to_thread(str)  # as long as twenty looks would take
    assert (looks, after.done()) == (1, False)
    bell.set()
    assert await after == (FILMS,)
    assert looks == 2


async def test_where_the_kernel_tells_nothing_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interfaces, "LOOK", 0.0)
    monkeypatch.setattr(InterfaceNews, "start", lambda _news: False)
    looks = [(HOME,), (HOME,), (FILMS,)]
    told = []
    async for now in watch(tuple, look=lambda: looks.pop(0)):
        told.append(now)
        if not looks:
            break
    assert told == [(HOME,), (FILMS,)]


async def test_the_owner_may_change_his_mind() -> None:
    wishes: list[tuple[str, ...]] = [(), (), ("wg0",), ("wg0",), ("eth0",)]
    told = []
    async for now in watch(lambda: wishes.pop(0), look=lambda: (HOME, VPN), every=0.0):
        told.append(now)
        if not wishes:
            break
    assert told == [(HOME,), (VPN,), (HOME,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make network interfaces")
async def test_the_kernel_tells_of_a_new_network() -> None:
    name = f"skn{os.getpid() % 100_000}"

    def ip(*words: str) -> None:
        subprocess.run(("ip", *words), check=True, capture_output=True)

    watching = watch(lambda: (name,))
    assert await anext(watching) == ()
    try:
        ip("link", "add", name, "type", "veth", "peer", "name", f"{name}b")
        ip("link", "set", f"{name}b", "up")
        ip("link", "set", name, "up")
        ip("addr", "add", "10.99.41.1/24", "dev", name)
        async with asyncio.timeout(20):  # without the kernel it would be looked each minute
            (found,) = await anext(watching)
        assert (found.name, found.address) == (name, "10.99.41.1")
    finally:
        ip("link", "del", name)
    async with asyncio.timeout(20):
        assert await anext(watching) == ()
