"""Who may connect to the server for the home, how many and for how long, and where it listens."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from app.domain.errors import Unavailable
from app.infra.lan import door
from app.infra.lan.interfaces import Interface, Kind
from app.infra.lan.routes import Route
from app.infra.lan.server import LanServer
from tests.unit.infra.lan.siege import LO, OTHER, TV, US, ask, at_home, knock, words

Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def fine(_request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"fine")


async def waits(request: web.Request) -> web.StreamResponse:
    """Sends a byte, and then nothing more."""
    answer = web.StreamResponse()
    await answer.prepare(request)
    await answer.write(b"a")
    await asyncio.sleep(3600)
    return answer


ROUTES = (Route("GET", "/plain", fine), Route("GET", "/waits", waits))


@pytest.fixture
async def lan() -> AsyncIterator[LanServer]:
    async with at_home(ROUTES) as server:
        yield server


@contextlib.asynccontextmanager
async def connected(
    server: LanServer, count: int, *, by: str = "", first: bytes = b""
) -> AsyncIterator[list[Pair]]:
    """So many connections at once; without `by` they come from as many addresses."""
    pairs: list[Pair] = []
    try:
        for number in range(count):
            source = by or f"127.0.{1 + number // 250}.{1 + number % 250}"
            pairs.append(await asyncio.open_connection(US, server.port, local_addr=(source, 0)))
            with contextlib.suppress(ConnectionError):
                pairs[-1][1].write(first)
        yield pairs
    finally:
        for _, writer in pairs:
            writer.transport.abort()
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("by", ["", OTHER], ids=["from everywhere", "from one address"])
@pytest.mark.parametrize("first", [b"", b"GET /pl"], ids=["silent", "half a line"])
async def test_500_idle_connections_keep_nobody_out(lan: LanServer, by: str, first: bytes) -> None:
    async with connected(lan, 500, by=by, first=first):
        assert (await ask(lan, "GET", "/plain", by=TV)).body == b"fine"
        if by:
            assert (await ask(lan, "GET", "/plain", by=by)).body == b"fine", "the oldest went"


async def test_who_is_served_is_not_sent_away_for_those_who_come(lan: LanServer) -> None:
    async with connected(lan, 1, by=TV, first=words("GET", "/waits", lan.port)) as ((one, _),):
        assert (await one.readuntil(b"a\r\n")).startswith(b"HTTP/1.1 200")
        async with connected(lan, 500, by=TV), connected(lan, 500):
            assert (await ask(lan, "GET", "/plain", by=OTHER)).body == b"fine"
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(one.read(1), 0.2)


async def test_when_all_are_served_nobody_more_comes_in(
    lan: LanServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MOST_FROM_ONE", 3)
    asked = words("GET", "/waits", lan.port)
    async with connected(lan, 3, by=TV, first=asked) as pairs:
        for reader, _ in pairs:
            await reader.readuntil(b"a\r\n")
        assert await knock(lan.port, words("GET", "/plain", lan.port), by=TV) == b""
        assert (await ask(lan, "GET", "/plain", by=OTHER)).body == b"fine"
    for _ in range(200):
        if await knock(lan.port, words("GET", "/plain", lan.port), by=TV):
            break
        await asyncio.sleep(0.01)
    else:
        pytest.fail("their places stay taken")


@pytest.mark.parametrize(
    "first",
    [b"", b"GET /plain HTTP/1.1\r\nX-Slow: ", b"GET /plain HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n"],
    ids=["silent", "slow headers", "after an answer"],
)
async def test_idle_and_slow_connections_are_closed(
    monkeypatch: pytest.MonkeyPatch, first: bytes
) -> None:
    monkeypatch.setattr(door, "IDLE_SECONDS", 0.3)
    async with at_home(ROUTES) as server:
        said = first.replace(b"{}", str(server.port).encode())
        reader, writer = await asyncio.open_connection(US, server.port)
        writer.write(said)

        async def drip() -> None:
            with contextlib.suppress(ConnectionError):
                while said.endswith(b": "):
                    writer.write(b"a")
                    await writer.drain()
                    await asyncio.sleep(0.02)

        async with asyncio.timeout(10), asyncio.TaskGroup() as both:
            both.create_task(drip())
            heard = await _until_closed(reader)
            writer.transport.abort()
        assert heard.endswith(b"fine") == said.endswith(b"\r\n\r\n")


async def _until_closed(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read()
    except ConnectionError:
        return b""


async def test_only_the_subnet_is_answered() -> None:
    narrow = Interface(name="lo", address=US, prefix=30, kind=Kind.LOOPBACK)  # 127.0.0.0 to .3
    server = LanServer(lambda: (narrow,))
    server.add(ROUTES)
    await server.start([US], 0)
    try:
        asked = words("GET", "/plain", server.port)
        assert b"fine" in await knock(server.port, asked, by="127.0.0.2")
        assert await knock(server.port, asked, by="127.0.0.4") == b""
        assert await knock(server.port, asked, by="127.1.0.2") == b""
    finally:
        await server.stop()


def _listens(address: str, port: int) -> bool:
    """Whether something listens there, as the system sees it: nobody else may bind it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as pipe:
        pipe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            pipe.bind((address, port))
        except OSError:
            return True
        return False


WAYS = tuple(
    Interface(name="lo", address=address, prefix=8, kind=Kind.LOOPBACK)
    for address in (US, "127.0.0.2", "127.0.0.3", "127.0.0.4")
)


async def test_it_listens_on_the_given_addresses_alone() -> None:
    server = LanServer(lambda: WAYS)
    port = await server.start([US, "127.0.0.3"], 0)
    assert port == server.port > 0
    assert set(server.addresses) == {US, "127.0.0.3"}
    assert [_listens(way.address, port) for way in WAYS] == [True, False, True, False]
    assert server.address_of("127.0.0.3") == f"http://127.0.0.3:{port}"
    with pytest.raises(Unavailable, match=r"errors\.lan_not_there"):
        server.address_of("127.0.0.2")
    await server.stop()
    assert not any(_listens(way.address, port) for way in WAYS)
    assert server.port == 0
    with pytest.raises(Unavailable, match=r"errors\.lan_not_there"):
        server.address_of(US)


async def test_a_change_disturbs_nobody_who_stays() -> None:
    server = LanServer(lambda: WAYS)
    server.add(ROUTES)
    port = await server.start([US, "127.0.0.3"], 0)
    asked = words("GET", "/waits", port)
    here, its_writer = await asyncio.open_connection(US, port)
    try:
        its_writer.write(asked)
        await here.readuntil(b"a\r\n")
        await server.change([US, "127.0.0.4", "10.99.99.99"])
        assert server.port == port
        assert set(server.addresses) == {US, "127.0.0.4"}, "one this machine has not is left out"
        assert [_listens(way.address, port) for way in WAYS] == [True, False, False, True]
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(here.read(1), 0.1)
        await server.change(["127.0.0.4"])
        assert await _until_closed(here) == b"", "its address went, and its connection with it"
        await server.change([])
        assert server.addresses == ()
        await server.change([US])
        assert (await ask(server, "GET", "/plain")).body == b"fine"
    finally:
        its_writer.transport.abort()
        await server.stop()


async def test_a_taken_port_gives_the_next_that_is_free_everywhere() -> None:
    with socket.socket() as other, socket.socket() as another:
        other.bind((US, 0))
        other.listen()
        port = other.getsockname()[1]
        another.bind(("127.0.0.2", port + 1))
        another.listen()
        server = LanServer(lambda: WAYS)
        try:
            assert await server.start([US, "127.0.0.2"], port) >= port + 2
            assert set(server.addresses) == {US, "127.0.0.2"}
        finally:
            await server.stop()


async def test_no_free_port_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "TRIES", 1)
    with socket.socket() as other:
        other.bind((US, 0))
        other.listen()
        server = LanServer(lambda: WAYS)
        with pytest.raises(Unavailable, match=r"errors\.lan_no_port"):
            await server.start([US], other.getsockname()[1])
        assert server.addresses == ()


async def test_a_port_taken_on_a_new_address_leaves_it_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = LanServer(lambda: WAYS)
    port = await server.start([US], 0)
    with socket.socket() as other:
        other.bind(("127.0.0.2", port))
        other.listen()
        await server.change([US, "127.0.0.2"])
    assert server.addresses == (US,)
    assert "taken by another program" in caplog.text
    await server.change([US, "127.0.0.2"])
    assert set(server.addresses) == {US, "127.0.0.2"}
    await server.stop()


async def test_without_a_network_it_waits_for_one() -> None:
    server = LanServer(lambda: (LO,))
    server.add(ROUTES)
    await server.start([], 0)
    assert server.addresses == ()
    await server.change([US])
    assert (await ask(server, "GET", "/plain")).status == 200
    await server.stop()
    await server.start([US], 0)
    assert (await ask(server, "GET", "/plain")).status == 200
    await server.stop()
