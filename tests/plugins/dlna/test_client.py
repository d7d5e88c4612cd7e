"""Asking a device that has its moments."""

from __future__ import annotations

import asyncio

import pytest
from async_upnp_client.client import UpnpRequester

from app.domain.errors import Unavailable
from plugins.dlna.client import Client

US = "127.0.0.1"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<a><b>1</b></a>"


@pytest.mark.parametrize(("silent", "good"), [(0, True), (1, True), (2, False)])
async def test_one_that_hangs_up_without_a_word_is_asked_once_more(silent: int, good: bool) -> None:
    asked = 0

    async def device(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        await reader.readuntil(b"\r\n\r\n")
        if asked > silent:
            writer.write(ANSWER)
        writer.close()

    server = await asyncio.start_server(device, US, 0)
    client = Client(US, US)
    assert isinstance(client, UpnpRequester)
    url = f"http://{US}:{server.sockets[0].getsockname()[1]}/control"
    try:
        if good:
            assert (await client.call(url, "Service", "Stop"))["b"] == "1"
        else:
            with pytest.raises(Unavailable):
                await client.call(url, "Service", "Stop")
        assert asked == min(silent + 1, 2)
    finally:
        await client.close()
        server.close()
        await server.wait_closed()
