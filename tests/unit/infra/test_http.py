from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import httpx
import psutil
import pytest
from aiohttp import web

from app.domain.errors import AppError, Refused, Unavailable
from app.infra.http import HttpClient, HttpLimits, next_request
from app.infra.http_guard import AtHomeError, GuardedBackend, public
from tests.fakes.web import BAD_DAYS, expired_certificate, web_server

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
    runner = web.AppRunner(app, access_log=None)
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


async def test_keys_are_not_told_to_where_a_redirect_leads(
    server: Server, client: HttpClient
) -> None:
    async def elsewhere(request: web.Request) -> web.StreamResponse:
        return web.Response(text=json.dumps(dict(request.headers)))

    async with web_server() as other:
        other.always = elsewhere

        async def redirect(request: web.Request) -> web.StreamResponse:
            raise web.HTTPFound("/here" if request.path == "/" else f"{other.url}/there")

        server.answer = redirect
        headers = {"X-Api-Key": "canary", "Authorization": "Bearer canary", "Cookie": "a=canary"}
        told = await client.get(server.url(), headers=headers)
    assert "canary" not in told.text
    assert "Sokoul" in told.text
    assert server.seen[1].headers["X-Api-Key"] == "canary"  # the same server may know


@pytest.mark.parametrize("status", [307, 308])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_what_is_sent_does_not_go_on_to_another_server(
    server: Server, client: HttpClient, status: int, method: str
) -> None:
    bodies: list[bytes] = []

    async with web_server() as other:

        async def redirect(request: web.Request) -> web.StreamResponse:
            bodies.append(await request.read())
            where = "/here" if request.path == "/" else f"{other.url}/there"
            return web.Response(status=status, headers={"Location": where})

        server.answer = redirect
        with pytest.raises(Refused, match=r"errors\.sent_on_elsewhere"):
            await client.request(method, server.url(), json={"said": "secret"})
        assert bodies == [b'{"said":"secret"}'] * 2  # the same server may have it again
        assert not other.seen
        assert (await client.get(f"{other.url}/x")).status < 500  # and the client goes on


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        ("http://a.example/x", "https://a.example/x", True),
        ("http://a.example:8080/x", "https://a.example/y", True),
        ("https://a.example/x", "https://a.example/y", True),
        ("https://a.example/x", "http://a.example/x", False),
        ("http://a.example/x", "https://a.example:8443/x", False),
        ("http://a.example/x", "https://b.example/x", False),
        ("http://a.example/x", "http://a.example:81/x", False),
        ("http://a.example/x", "https://a.example.b.example/x", False),
    ],
)
async def test_the_same_host_may_want_it_over_tls(before: str, after: str, follows: bool) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(308, headers={"Location": after})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        response = await client.post(before, json={"said": "secret"})
    if not follows:
        with pytest.raises(Refused):
            next_request(response)
        return
    following = next_request(response)
    assert following is not None
    assert str(following.url) == after
    assert await following.aread() == b'{"said":"secret"}'


async def test_a_redirect_to_a_magnet_is_an_answer(server: Server, client: HttpClient) -> None:
    magnet = "magnet:?xt=urn:btih:" + "a" * 40

    async def redirect(request: web.Request) -> web.StreamResponse:
        return web.Response(status=301, headers={"Location": magnet})

    server.answer = redirect
    answer = await client.get(server.url())
    assert (answer.status, answer.headers["location"]) == (301, magnet)


async def test_lanes_do_not_hold_each_other_up(server: Server, client: HttpClient) -> None:
    async def busy(request: web.Request) -> web.StreamResponse:
        if request.path == "/1":
            return web.Response(status=429, headers={"Retry-After": "600"})
        return web.Response(text="here")

    server.answer = busy
    assert (await client.get(server.url("/1"), lane="1")).status == 429
    with pytest.raises(Unavailable) as told:
        await client.get(server.url("/1"), lane="1")
    assert 590 < float(str(told.value.args_map["retry_after"])) <= 600
    assert (await client.get(server.url("/2"), lane="2")).text == "here"


async def test_an_expired_certificate_is_told(tmp_path: Path, client: HttpClient) -> None:
    async with web_server(certificate=expired_certificate(tmp_path)) as server:
        with pytest.raises(Unavailable) as told:
            await client.get(server.url)
    assert told.value.key == "errors.server_certificate"
    assert server.seen == []


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_every_bad_day_ends_soon_and_small(day: str) -> None:
    client = HttpClient(HttpLimits(50, 0.5, 5_000_000, HOME, longest_wait=0))
    before = psutil.Process().memory_info().rss
    async with web_server() as server:
        server.always = BAD_DAYS[day]
        begun = time.monotonic()
        with contextlib.suppress(AppError):
            (await client.get(server.url)).require()
        assert time.monotonic() - begun < 2
    await client.close()
    assert psutil.Process().memory_info().rss - before < 60_000_000


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


async def test_one_request_may_be_given_more_time_or_less(server: Server) -> None:
    async def late(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.4)
        return web.Response(text="here")

    server.answer = late
    client = HttpClient(HttpLimits(50, timeout=0.1, own_hosts=HOME))
    assert (await client.get(server.url(), patience=5)).text == "here"
    with pytest.raises(Unavailable):
        await client.get(server.url())
    patient = HttpClient(HttpLimits(50, timeout=5, own_hosts=HOME))
    with pytest.raises(Unavailable) as told:
        await patient.get(server.url(), patience=0.1)
    assert told.value.key == "errors.server_slow"
    await client.close()
    await patient.close()


@pytest.mark.parametrize(
    "host",
    ["x" * 70 + ".example", "\udcff.example", "a..b.example"],
    ids=["long", "no-unicode", "empty-part"],
)
async def test_names_no_server_can_have_are_told_plainly(client: HttpClient, host: str) -> None:
    with pytest.raises((Refused, Unavailable)):
        await client.get(f"http://{host}/")


async def test_a_slow_server_is_left(server: Server) -> None:

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
