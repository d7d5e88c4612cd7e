"""Bound to an interface: what is told of it, and that nothing is said while it is away."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.downloads import Vpn, VpnState
from app.infra.torrents.engine import TorrentEngine
from app.infra.torrents.ground import Change
from app.infra.torrents.settings import EngineSettings
from app.infra.torrents.watch import InterfaceWatch, identity
from tests.fakes.swarm import made_of, seeding
from tests.unit.infra.torrents.swarming import HERE, Told, until

AWAY = replace(HERE, interface="sokoul-none0")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may make interfaces")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@pytest.fixture
def pair() -> Iterator[str]:
    """A network interface that leads nowhere, and is up."""
    name = f"sk{os.getpid() % 100_000}"
    _ip("link", "add", name, "type", "veth", "peer", "name", f"{name}b")
    _ip("link", "set", f"{name}b", "up")
    yield name
    with contextlib.suppress(subprocess.CalledProcessError):  # it may be gone by now
        _ip("link", "del", name)


@pytest.mark.parametrize("name", ["", "sokoul-none0", "x" * 40, "a\0b", "../lo", "é" * 8])
def test_what_is_no_interface_is_away(name: str) -> None:
    assert identity(name) == b""


def test_loopback_is_there() -> None:
    assert identity("lo")


@needs_root
async def test_an_interface_is_watched_through_everything_that_happens_to_it(pair: str) -> None:
    told: list[bool] = []
    watch = InterfaceWatch(pair, told.append)
    watch.start()
    try:
        assert not identity(pair)
        _ip("addr", "add", "10.99.7.1/24", "dev", pair)
        _ip("link", "set", pair, "up")
        await until(lambda: told == [True])
        assert identity(pair)
        _ip("addr", "flush", "dev", pair)
        await until(lambda: told == [True, False])
        # Another address is told too: sockets are bound to the old one.
        _ip("addr", "add", "10.99.7.2/24", "dev", pair)
        await until(lambda: told == [True, False, True])
        _ip("addr", "add", "10.99.8.2/24", "dev", pair)
        _ip("addr", "del", "10.99.7.2/24", "dev", pair)
        await until(lambda: len(told) == 4)
        _ip("link", "set", pair, "down")
        await until(lambda: told[-1] is False)
        _ip("link", "set", pair, "up")
        await until(lambda: told[-1] is True)
        _ip("link", "del", pair)
        await until(lambda: told[-1] is False)
        assert not watch.up
    finally:
        watch.close()


async def test_what_is_not_bound_is_open(tmp_path: Path) -> None:
    engine = TorrentEngine(tmp_path, EngineSettings(dht=False, lsd=False))
    assert engine.vpn == Vpn(VpnState.OPEN, "")
    await engine.start()
    assert engine.vpn == Vpn(VpnState.OPEN, "")
    await engine.close()


async def test_away_nothing_is_said_and_it_goes_on_when_it_is_back(
    tmp_path: Path, film: Path, save: Path
) -> None:
    engine = TorrentEngine(tmp_path / "kept", AWAY)
    seen: list[Vpn] = []
    engine.on_vpn(seen.append)
    await engine.start()
    told = Told(engine)
    content = made_of(film)
    with seeding(content, film.parent, limit=300_000) as seed:
        assert engine.vpn == Vpn(VpnState.AWAY, "sokoul-none0")
        torrent = await engine.add(content, save, "one")
        torrent.add_peers([seed.peer])
        await told.wait(Change.CHECKED)
        await asyncio.sleep(0.8)
        assert (seed.sent, torrent.status().done, engine.totals()) == (0, 0, (0, 0, 0))
        await engine.apply(HERE)
        assert engine.vpn == seen[-1] == Vpn(VpnState.UP, "lo")
        await until(lambda: torrent.status().done)
        await engine.apply(AWAY)
        assert engine.vpn == seen[-1] == Vpn(VpnState.AWAY, "sokoul-none0")
        await asyncio.sleep(0.3)
        there, sent = torrent.status().done, seed.sent
        seed.slow_down(0)
        await asyncio.sleep(0.8)
        assert (torrent.status().done, seed.sent) == (there, sent)
        await engine.apply(replace(HERE, pex=False, down_limit=5_000_000))
        await told.wait(Change.FINISHED)
    await engine.close()


async def test_settings_may_come_before_it_starts(tmp_path: Path) -> None:
    engine = TorrentEngine(tmp_path, EngineSettings())
    await engine.apply(AWAY)
    await engine.start()
    await engine.start()
    assert engine.vpn.state is VpnState.AWAY
    await engine.close()
    await engine.start()
    assert engine.vpn.state is VpnState.AWAY
    await engine.close()


async def test_addresses_of_the_network_without_servers_are_kept(tmp_path: Path) -> None:
    settings = EngineSettings(interface="lo", dht=True)
    for _ in range(2):
        engine = TorrentEngine(tmp_path, settings)
        await engine.start()
        await engine.close()
        assert (tmp_path / "dht.state").stat().st_mode & 0o77 == 0
    (tmp_path / "dht.state").write_bytes(b"\xff" * 100)
    engine = TorrentEngine(tmp_path, settings)
    await engine.start()
    await engine.close()
