"""The door a browser comes back to: who is let in, who is not, and that it closes."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest

from app.api.publishing import Doorway
from app.domain.errors import Unavailable
from app.infra.doorway import LONGEST_LINE, BrowserDoor, Shown


class Taker:
    """Notes what it is given; a state that is not ``right`` is not ours."""

    def __init__(self) -> None:
        self.given: list[dict[str, str]] = []
        self.gate: asyncio.Event | None = None
        self.arrived = asyncio.Event()

    async def __call__(self, answer: Mapping[str, str]) -> Shown:
        self.given.append(dict(answer))
        self.arrived.set()
        if self.gate is not None:
            await self.gate.wait()
        if answer.get("state") != "right":
            return Shown(good=False, ours=False)
        return Shown(good="error" not in answer, words="Welcome <back>, Zoë & all")


async def asked(address: str, **how: Any) -> tuple[int, str, Mapping[str, str]]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(how.pop("method", "GET"), address, **how) as answer,
    ):
        return answer.status, await answer.text(), answer.headers


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as made:
            made.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
async def test_it_lets_one_in_and_closes(host: str) -> None:
    if host == "::1" and not has_ipv6():
        pytest.skip("no IPv6 here")
    taker = Taker()
    door = BrowserDoor(Doorway(host, 0, "/back/"), taker)
    address = await door.open()
    shown = f"[{host}]" if ":" in host else host
    assert address.startswith(f"http://{shown}:")
    assert address.endswith("/back/")
    status, text, headers = await asked(address + "?state=right&code=4%2F0AbC")
    assert status == 200
    assert "Welcome &lt;back&gt;, Zoë &amp; all" in text
    assert "\N{CHECK MARK}" in text
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert len(text) < 1000
    assert taker.given == [{"state": "right", "code": "4/0AbC"}]
    assert await door.wait()
    assert (await asked(address + "?state=right&code=x"))[0] == 410
    await door.close()
    with pytest.raises(aiohttp.ClientConnectorError):
        await asked(address)
    assert len(taker.given) == 1
    await door.close()


async def test_localhost_answers_to_both_kinds_of_addresses() -> None:
    door = BrowserDoor(Doorway("localhost", 0, "/"), Taker())
    port = (await door.open()).split(":")[2].strip("/")
    for address in ("127.0.0.1", "::1") if has_ipv6() else ("127.0.0.1",):
        _, writer = await asyncio.open_connection(address, int(port))
        writer.close()
        await writer.wait_closed()
    await door.close()


async def test_strangers_are_not_let_in() -> None:
    taker = Taker()
    door = BrowserDoor(Doorway("127.0.0.1", 0, "/back"), taker)
    address = await door.open()
    base = address.removesuffix("/back")
    right = "?state=right&code=1"
    many = "&".join(f"f{number}=1" for number in range(30))
    for status, where, how in (
        (404, base + "/" + right, {}),
        (404, address + "/more" + right, {}),
        (403, address + right, {"method": "POST"}),
        (403, address + right, {"headers": {"Host": "evil.example"}}),
        (403, address + right, {"headers": {"Host": "127.0.0.1"}}),
        (403, address + right, {"headers": {"Origin": "https://evil.example"}}),
        (403, address + right, {"headers": {"Sec-Fetch-Dest": "image"}}),
        (400, address + right + "&code=2", {}),
        (400, address + "?" + many, {}),
        (400, address + right + "x" * LONGEST_LINE, {}),
    ):
        assert (await asked(where, **how))[0] == status, where[:100]
    assert not taker.given
    # one who knows the address and not the state changes nothing
    assert (await asked(address + "?state=wrong&code=1"))[0] == 400
    assert (await asked(address + right, headers={"Sec-Fetch-Dest": "document"}))[0] == 200
    assert await door.wait()
    await door.close()


async def test_a_no_is_shown_as_one() -> None:
    door = BrowserDoor(Doorway(), Taker())
    address = await door.open()
    status, text, _ = await asked(address + "?state=right&error=access_denied")
    assert status == 400
    assert "\N{MULTIPLICATION X}" in text
    assert await door.wait()
    await door.close()


async def test_two_at_once_are_one() -> None:
    taker = Taker()
    taker.gate = asyncio.Event()
    door = BrowserDoor(Doorway(), taker)
    address = await door.open() + "?state=right&code=1"
    first, second = (asyncio.create_task(asked(address)) for _ in range(2))
    await taker.arrived.wait()
    taker.gate.set()
    assert sorted([(await first)[0], (await second)[0]]) == [200, 410]
    assert len(taker.given) == 1
    await door.close()


async def test_an_answer_being_given_is_given_to_its_end() -> None:
    taker = Taker()
    taker.gate = asyncio.Event()
    door = BrowserDoor(Doorway(), taker)
    address = await door.open()
    asking = asyncio.create_task(asked(address + "?state=right&code=1"))
    await taker.arrived.wait()
    closing = asyncio.create_task(door.close())
    await asyncio.sleep(0)
    taker.gate.set()
    assert (await asking)[0] == 200
    await closing


async def test_it_is_open_for_a_while_only() -> None:
    door = BrowserDoor(Doorway(), Taker(), seconds=0.01)
    await door.open()
    assert not await door.wait()
    await door.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_port_that_is_taken_is_told(host: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        door = BrowserDoor(Doorway(host, port, "/"), Taker())
        with pytest.raises(Unavailable, match="sign_in_port") as caught:
            await door.open()
        assert caught.value.args_map["port"] == port
    again = BrowserDoor(Doorway(host, port, "/"), Taker())
    assert await again.open() == f"http://{host}:{port}/"
    await again.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "example.org", ""])
async def test_it_never_opens_to_others(host: str) -> None:
    with pytest.raises(Unavailable, match="sign_in_port"):
        await BrowserDoor(Doorway(host, 0, "/"), Taker()).open()


async def test_nothing_of_an_answer_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    door = BrowserDoor(Doorway(), Taker())
    address = await door.open()
    await asked(address + "?state=right&code=very-secret")
    await asked(address + "other?state=right&code=very-secret")
    await door.close()
    assert "very-secret" not in caplog.text
