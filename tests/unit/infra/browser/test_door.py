"""The door alone: what it lets through, spoken to as a browser does."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator, Sequence

import pytest

from app.domain.errors import Refused, Unavailable
from app.infra.browser import door as browser_door
from app.infra.browser.door import Door
from app.infra.http_guard import AtHomeError, Resolve

HOME = frozenset({"127.0.0.1"})


class Echo:
    """A server on loopback that says everything back, and counts who came."""

    def __init__(self) -> None:
        self.port = 0
        self.came = 0
        self.flood = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.came += 1
        with contextlib.suppress(OSError):
            if self.flood:
                writer.write(bytes(self.flood))
                await writer.drain()
            while part := await reader.read(65536):
                writer.write(part)
                await writer.drain()
        writer.close()


@pytest.fixture
async def echo() -> AsyncIterator[Echo]:
    made = Echo()
    server = await asyncio.start_server(made.handle, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()
    await server.wait_closed()


def answers(*addresses: str) -> Resolve:
    """A name server that says these, one at each look."""
    given = iter(addresses)

    async def look_up(host: str, port: int) -> Sequence[str]:
        return [next(given)]

    return look_up


@contextlib.asynccontextmanager
async def opened(door: Door) -> AsyncIterator[Door]:
    await door.open()
    try:
        yield door
    finally:
        await door.close()


async def ask(
    door: Door, host: str, port: int, *, command: int = 1
) -> tuple[int, asyncio.StreamReader, asyncio.StreamWriter]:
    """Ask for a host as Chromium does; returns the door's code."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", int(door.address.rpartition(":")[2])
    )
    writer.write(b"\x05\x01\x00")
    assert await reader.readexactly(2) == b"\x05\x00"
    name = host.encode()
    where = bytes((3, len(name))) + name
    if ":" in host:
        import ipaddress

        where = b"\x04" + ipaddress.IPv6Address(host).packed
    elif host.replace(".", "").isdigit():
        where = b"\x01" + bytes(int(part) for part in host.split("."))
    writer.write(bytes((5, command, 0)) + where + struct.pack("!H", port))
    code = (await reader.readexactly(10))[1]
    return code, reader, writer


async def code_of(door: Door, host: str, port: int, *, command: int = 1) -> int:
    code, _, writer = await ask(door, host, port, command=command)
    writer.close()
    return code


async def test_bytes_pass_both_ways(echo: Echo) -> None:
    async with opened(Door("127.0.0.1", HOME)) as door:
        await door.enter(echo.port)
        code, reader, writer = await ask(door, "127.0.0.1", echo.port)
        assert code == 0
        sent = bytes(range(256)) * 8000
        writer.write(sent)
        assert await reader.readexactly(len(sent)) == sent
        writer.close()
    assert echo.came == 1


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "evil.localhost", "::1", "0.0.0.0", "::ffff:127.0.0.1",
     "192.168.1.1", "10.0.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "fe80::1",
     "fc00::1", "224.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
async def test_home_is_refused(host: str, echo: Echo) -> None:
    async with opened(Door("site.example", frozenset(), look_up=answers("93.184.216.34"))) as door:
        await door.enter(443)
        assert await code_of(door, host, echo.port) == 2
        assert len(door.refused) == 1
    assert echo.came == 0


async def test_a_name_keeps_its_first_answer(echo: Echo) -> None:
    """A name that answers with the internet first and with home later gets nowhere new."""
    look_up = answers("93.184.216.34", "127.0.0.1", "127.0.0.1")
    door = Door("site.example", frozenset({"site.example"}), look_up=look_up)
    await door.enter(443)
    assert await door.judge("site.example", 443) == ("93.184.216.34",)
    with pytest.raises(AtHomeError):  # nor by a name of its own that means home
        await door.judge("inner.site.example", 443)


async def test_the_first_of_two_look_ups_holds() -> None:
    async def look_up(host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(0 if port == 1 else 0.05)
        return ["93.184.216.34"] if port == 1 else ["93.184.216.35"]

    door = Door("site.example", frozenset(), look_up=look_up)
    slow, quick = await asyncio.gather(door.judge("x.example", 2), door.judge("x.example", 1))
    assert slow == quick == ("93.184.216.34",)


async def test_own_hosts_are_for_pages_at_home(echo: Echo) -> None:
    own = frozenset({"localhost", "NAS.localhost.", "site.example"})
    async with opened(Door("localhost", own)) as door:
        await door.enter(80)
        assert await code_of(door, "nas.localhost", echo.port) == 0
        assert await code_of(door, "other.localhost", echo.port) == 2
    abroad = Door("site.example", own, look_up=answers("93.184.216.34"))
    async with opened(abroad) as door:
        await door.enter(443)
        assert await code_of(door, "nas.localhost", echo.port) == 2
    assert echo.came == 1


async def test_a_name_with_addresses_of_both_kinds_is_held_to_the_open_ones() -> None:
    async def both(host: str, port: int) -> Sequence[str]:
        return ["192.168.1.4", "93.184.216.34"]

    own = frozenset({"site.example"})
    door = Door("site.example", own, look_up=both)
    assert await door.judge("site.example", 80) == ("93.184.216.34",)
    with pytest.raises(AtHomeError):
        await Door("site.example", frozenset(), look_up=both).judge("site.example", 80)


async def test_a_page_at_home_is_not_entered() -> None:
    with pytest.raises(Refused, match="address_at_home"):
        await Door("127.0.0.1", frozenset()).enter(80)
    with pytest.raises(Refused, match="address_at_home"):
        await Door("nas.example", frozenset(), look_up=answers("192.168.1.4")).enter(80)


async def test_a_page_nowhere_is_told() -> None:
    async def nobody(host: str, port: int) -> Sequence[str]:
        raise OSError("no such name")

    async def nothing(host: str, port: int) -> Sequence[str]:
        return []

    for look_up in (nobody, nothing):
        with pytest.raises(Unavailable, match="page_not_opened"):
            await Door("site.example", frozenset(), look_up=look_up).enter(80)


async def test_advertising_is_not_connected_to(echo: Echo) -> None:
    blocked = frozenset({"ads.localhost", "localhost"})
    own = frozenset({"film.localhost", "x.ads.localhost"})
    async with opened(Door("film.localhost", own, blocked)) as door:
        await door.enter(80)
        assert await code_of(door, "x.ads.localhost", echo.port) == 2
        assert await code_of(door, "film.localhost", echo.port) == 0  # the page itself
        assert door.refused == set()
    assert echo.came == 1


async def test_nobody_there_and_other_commands(unused_tcp_port: int) -> None:
    async with opened(Door("127.0.0.1", HOME)) as door:
        await door.enter(80)
        assert await code_of(door, "127.0.0.1", unused_tcp_port) == 4
        assert await code_of(door, "127.0.0.1", unused_tcp_port, command=2) == 7
        assert await code_of(door, "127.0.0.1", unused_tcp_port, command=3) == 7


async def test_what_is_no_socks_is_dropped() -> None:
    async with opened(Door("127.0.0.1", HOME)) as door:
        port = int(door.address.rpartition(":")[2])
        for words in (b"GET / HTTP/1.1\r\n\r\n" + bytes(100), b"\x04\x01", b""):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(words)
            writer.write_eof()
            assert len(await reader.read()) <= 10
            writer.close()


async def test_too_much_shuts_the_door(echo: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_door, "MOST_BYTES", 1_000_000)
    echo.flood = 4_000_000
    async with opened(Door("127.0.0.1", HOME)) as door:
        await door.enter(echo.port)
        _, reader, writer = await ask(door, "127.0.0.1", echo.port)
        got = 0
        with contextlib.suppress(ConnectionError):
            while part := await reader.read(65536):
                got += len(part)
        assert got <= 1_200_000
        writer.close()
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", int(door.address.rpartition(":")[2])
        )
        assert await reader.read() == b""
        writer.close()


async def test_too_many_names_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_door, "MOST_HOSTS", 2)
    door = Door("a.example", frozenset(), look_up=answers("1.1.1.1", "1.1.1.2", "1.1.1.3"))
    await door.judge("a.example", 1)
    await door.judge("b.example", 1)
    with pytest.raises(OSError, match="too many"):
        await door.judge("c.example", 1)


async def test_closing_cuts_what_hangs(echo: Echo) -> None:
    door = Door("127.0.0.1", HOME)
    await door.open()
    await door.enter(echo.port)
    _, reader, writer = await ask(door, "127.0.0.1", echo.port)
    await asyncio.wait_for(door.close(), 1)
    with contextlib.suppress(ConnectionError):
        assert await reader.read() == b""
    writer.close()
