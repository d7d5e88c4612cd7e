from __future__ import annotations

import gzip
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest
from aiohttp import web

from app.domain.errors import Refused, Unavailable
from app.infra.http import HttpClient, HttpLimits
from app.infra.http_guard import AtHomeError, GuardedBackend, public

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    def __init__(self) -> None:
        self.seen: list[web.Request] = []
        self.answer: Handler | None = None
        self.port = 0

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(request)
        if self.answer is not None:
            return await self.answer(request)
        return web.json_response({"path": request.path})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", made.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.port = runner.addresses[0][1]
    yield made
    await runner.cleanup()


HOME = frozenset({"127.0.0.1"})


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    made = HttpClient(HttpLimits(50, timeout=2, largest_answer=100_000, own_hosts=HOME))
    yield made
    await made.close()


async def test_an_answer_comes_whole(server: Server, client: HttpClient) -> None:
    answer = await client.get(server.url("/film"), params={"q": "night of the living dead"})
    assert answer.status == 200
    assert answer.json() == {"path": "/film"}
    assert server.seen[0].query["q"] == "night of the living dead"
    assert "Sokoul" in server.seen[0].headers["User-Agent"]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.9", "169.254.169.254", "0.0.0.0"),
        *("::1", "fe80::1%eth0", "fc00::1", "::ffff:192.168.1.1", "64:ff9b::a00:1", "100.64.0.1"),
        *("224.0.0.251", "ff02::fb", "2002:c0a8:101::1", "240.0.0.1"),
    ],
)
def test_addresses_at_home_are_not_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", ["9.9.9.9", "2606:4700::1111", "64:ff9b::909:909"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "127.1", "[::1]"])
async def test_the_home_network_is_refused_however_it_is_spelt(server: Server, host: str) -> None:
    client = HttpClient(HttpLimits(50, timeout=2))
    with pytest.raises(Refused):
        await client.get(f"http://{host}:{server.port}/")
    assert server.seen == []
    await client.close()


async def test_a_name_that_leads_home_is_refused_by_its_address() -> None:
    async def look_up(host: str, port: int) -> Sequence[str]:
        return ["192.168.1.1"]

    backend = GuardedBackend(frozenset(), look_up)
    with pytest.raises(AtHomeError):
        await backend.connect_tcp("films.example", 80)


async def test_a_redirect_into_the_home_network_is_refused(
    server: Server, client: HttpClient
) -> None:
    async def redirect(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"http://localhost:{server.port}/inside")

    server.answer = redirect
    with pytest.raises(Refused):
        await client.get(server.url())
    assert [request.path for request in server.seen] == ["/"]


async def test_endless_redirects_end(server: Server, client: HttpClient) -> None:
    async def around(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(server.url("/again"))

    server.answer = around
    with pytest.raises(Unavailable):
        await client.get(server.url())
    assert len(server.seen) <= 7


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a/b", "nothing", "http://[bad"])
async def test_only_web_addresses_are_asked(client: HttpClient, url: str) -> None:
    with pytest.raises(Refused):
        await client.get(url)


@pytest.mark.parametrize("packed", [True, False])
async def test_too_large_an_answer_stops_at_the_limit(
    server: Server, client: HttpClient, packed: bool
) -> None:
    body = gzip.compress(b"\0" * 50_000_000) if packed else b"x" * 200_000

    async def large(request: web.Request) -> web.StreamResponse:
        headers = {"Content-Encoding": "gzip"} if packed else {}
        return web.Response(body=body, headers=headers)

    server.answer = large
    begun = time.monotonic()
    with pytest.raises(Unavailable) as told:
        await client.get(server.url())
    assert told.value.key == "errors.answer_too_large"
    assert time.monotonic() - begun < 1


async def test_a_packed_answer_is_unpacked(server: Server, client: HttpClient) -> None:
    async def packed(request: web.Request) -> web.StreamResponse:
        body = gzip.compress(b"hello " * 1000)
        return web.Response(body=body, headers={"Content-Encoding": "gzip"})

    server.answer = packed
    assert (await client.get(server.url())).text == "hello " * 1000


async def test_a_slow_server_is_left(server: Server) -> None:
    import asyncio

    async def slow(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response()

    server.answer = slow
    client = HttpClient(HttpLimits(50, timeout=0.2, own_hosts=HOME))
    with pytest.raises(Unavailable):
        await client.get(server.url())
    await client.close()


async def test_requests_keep_their_pace(server: Server) -> None:
    client = HttpClient(HttpLimits(20, timeout=2, own_hosts=HOME))
    begun = time.monotonic()
    for _ in range(5):
        await client.get(server.url())
    assert time.monotonic() - begun >= 0.19
    await client.close()


async def test_a_busy_server_is_asked_again_when_it_says(
    server: Server, client: HttpClient
) -> None:
    async def busy(request: web.Request) -> web.StreamResponse:
        if len(server.seen) == 1:
            return web.Response(status=429, headers={"Retry-After": "1"})
        return web.Response(text="now")

    server.answer = busy
    begun = time.monotonic()
    assert (await client.get(server.url())).text == "now"
    assert time.monotonic() - begun >= 0.9


async def test_a_long_wait_fails_at_once_until_it_is_over(
    server: Server, client: HttpClient
) -> None:
    async def busy(request: web.Request) -> web.StreamResponse:
        return web.Response(status=503, headers={"Retry-After": "3600"})

    server.answer = busy
    assert (await client.get(server.url())).status == 503
    with pytest.raises(Unavailable):
        await client.get(server.url())
    assert len(server.seen) == 1


async def test_an_outage_is_logged_once_down_and_once_up(
    server: Server, client: HttpClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    port, server.port = server.port, 9
    for _ in range(3):
        with pytest.raises(Unavailable):
            await client.get(server.url())
    server.port = port
    await client.get(server.url())
    await client.get(server.url())
    told = [record.getMessage() for record in caplog.records]
    assert len([line for line in told if "does not answer" in line]) == 1
    assert len([line for line in told if "answers again" in line]) == 1
