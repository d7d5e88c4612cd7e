"""What the server for the home refuses: by raw sockets, over every route there is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from app.infra.lan import gate
from app.infra.lan.files import serve_file
from app.infra.lan.routes import Route
from app.infra.lan.server import LanServer
from tests.unit.infra.lan import siege
from tests.unit.infra.lan.siege import OTHER, TV, US, Clock, ask, at_home, knock, told, words


async def fine(request: web.Request) -> web.StreamResponse:
    body = await request.read()
    return web.Response(body=b"fine " + body)


async def page(request: web.Request) -> web.StreamResponse:
    if request.match_info["page"] != "device":
        raise web.HTTPNotFound
    return web.Response(text="<root/>", content_type="text/xml")


async def breaks(_request: web.Request) -> web.StreamResponse:
    raise RuntimeError("broken")


ROUTES = (
    Route("GET", "/dlna/{page}.xml", page),
    Route("GET", "/plain", fine),
    Route("GET", "/ours", fine, may=lambda address: address == TV),
    Route("GET", "/art/{token}", fine, may=lambda address: False, shared=True),
    Route("POST", "/dlna/control", fine, most=1000),
    Route("SUBSCRIBE", "/dlna/events", fine),
    Route("UNSUBSCRIBE", "/dlna/events", fine),
    Route("GET", "/broken", breaks),
)


@pytest.fixture
async def lan() -> AsyncIterator[LanServer]:
    async with at_home(ROUTES) as server:
        yield server


@pytest.fixture
async def film(tmp_path: Path, lan: LanServer) -> str:
    """The address of a film that is offered to the television."""
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(range(256)) * 40)
    serve = await serve_file(bytes(path), "video/mp4")
    return lan.offer(serve, "film.mp4", way=US, device=TV, seconds=60)


SIEGES: dict[str, Callable[[LanServer], Awaitable[None]]] = {
    "hosts": siege.refuses_hosts,
    "traversals": siege.refuses_traversals,
    "pages": siege.refuses_pages,
    "methods": siege.refuses_methods,
}


@pytest.mark.parametrize("what", SIEGES)
async def test_no_route_gives_way(lan: LanServer, film: str, what: str) -> None:
    assert len(lan.routes()) == len(ROUTES) + 1
    assert (await ask(lan, "GET", film)).status == 200
    await SIEGES[what](lan)
    assert (await ask(lan, "GET", film)).status == 200


async def test_what_is_in_the_table_is_answered(lan: LanServer) -> None:
    assert (await ask(lan, "GET", "/dlna/device.xml")).body == b"<root/>"
    assert (await ask(lan, "GET", "/dlna/other.xml")).status == 404
    assert (await ask(lan, "GET", "/plain?x=1")).body == b"fine "
    assert (await ask(lan, "HEAD", "/plain")).headers["content-length"] == "5"
    assert (await ask(lan, "SUBSCRIBE", "/dlna/events")).status == 200
    told_ = await ask(lan, "POST", "/dlna/control", b"<a/>", Content_Type="text/xml; charset=utf-8")
    assert told_.body == b"fine <a/>"
    assert (await ask(lan, "GET", "/nothing")).status == 404
    assert (await ask(lan, "GET", "/")).status == 404


async def test_what_is_added_while_it_serves_is_answered(lan: LanServer) -> None:
    assert (await ask(lan, "GET", "/new")).status == 404
    lan.add([Route("GET", "/new", fine)])
    assert (await ask(lan, "GET", "/new")).status == 200
    assert lan.routes()[-1].path == "/new"


async def test_own_pages_are_answered(lan: LanServer) -> None:
    own = f"http://{US}:{lan.port}"
    assert (await ask(lan, "GET", "/plain", Origin=own, Sec_Fetch_Site="same-origin")).status == 200
    assert (await ask(lan, "GET", "/plain", Sec_Fetch_Site="none")).status == 200


async def test_a_route_is_only_for_whom_it_is(lan: LanServer) -> None:
    assert (await ask(lan, "GET", "/ours", by=TV)).status == 200
    assert (await ask(lan, "GET", "/ours", by=OTHER)).status == 403


async def test_a_chromecast_is_a_page_and_gets_its_film(lan: LanServer, film: str) -> None:
    page_ = {"Origin": "https://www.gstatic.com", "Sec_Fetch_Site": "cross-site"}
    answer = await ask(lan, "GET", film, b"", TV, **page_)
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Content-Range" in answer.headers["access-control-expose-headers"]
    before = {**page_, "Access_Control_Request_Headers": "range"}
    before["Access_Control_Request_Private_Network"] = "true"
    answer = await ask(lan, "OPTIONS", film, b"", TV, **before)
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Range" in answer.headers["access-control-allow-headers"]
    assert answer.headers["access-control-allow-private-network"] == "true"
    assert "access-control-allow-origin" not in (await ask(lan, "GET", "/plain")).headers


async def test_two_hosts_are_none(lan: LanServer) -> None:
    head = f"GET /plain HTTP/1.1\r\nHost: {US}:{lan.port}\r\nHost: evil\r\n\r\n"
    (answer,) = told(await knock(lan.port, head.encode()))
    assert answer.status in (400, 403)


async def test_a_whole_address_in_the_first_line_is_refused(lan: LanServer) -> None:
    for target in (f"http://{US}:{lan.port}/plain", "http://evil.example/plain", "*", "plain"):
        assert (await ask(lan, "GET", target.replace("http://", "HTTP://"))).status in (400, 404)


TOO_MUCH: dict[str, Callable[[int], bytes]] = {
    "a header of 9 kB": lambda port: words("GET", "/plain", port, X_Long="a" * 9000),
    "a header of 1 MB": lambda port: words("GET", "/plain", port, X_Long="a" * 1_000_000),
    "an address of 5 kB": lambda port: words("GET", "/plain?" + "a" * 5000, port),
    "a hundred headers": lambda port: words(
        "GET", "/plain", port, b"", **{f"X_{number}": "a" for number in range(100)}
    ),
    "a name of 9 kB": lambda port: words("GET", "/plain", port, b"", **{"a" * 9000: "b"}),
    "a method of 9 kB": lambda port: words("G" * 9000, "/plain", port),
    "no HTTP": lambda port: b"\x16\x03\x01\x02\x00\x01\x00" + bytes(200) + b"\r\n\r\n",
    "HTTP/9": lambda port: b"GET /plain HTTP/9.9\r\nHost: a\r\n\r\n",
    "a line broken in the middle": lambda port: b"GET /plain\r\n HTTP/1.1\r\n\r\n",
    "a length below nothing": lambda port: words("GET", "/plain", port, Content_Length="-1"),
    "two lengths": lambda port: (
        words("POST", "/dlna/control", port, Content_Type="text/xml")[:-2]
        + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"
    ),
    "a length and pieces": lambda port: words(
        "POST", "/dlna/control", port, Content_Type="text/xml", Content_Length="4",
        Transfer_Encoding="chunked",
    ) + b"0\r\n\r\nGET /plain HTTP/1.1\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("what", TOO_MUCH)
async def test_what_is_no_proper_request_is_refused(
    lan: LanServer, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    heard = await knock(lan.port, TOO_MUCH[what](lan.port))
    for answer in told(heard):
        assert 400 <= answer.status < 500
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert (await ask(lan, "GET", "/plain")).status == 200


BODIES: dict[str, tuple[int, str, bytes, dict[str, str]]] = {
    "for a GET": (413, "GET", b"hello", {}),
    "that is too long": (413, "POST", b"a" * 1001, {}),
    "packed": (415, "POST", b"abc", {"Content_Encoding": "gzip"}),
    "that says it is too long": (413, "POST", b"a", {"Content_Length": "99999999999"}),
    "just right": (200, "POST", b"a" * 1000, {}),
    "that is empty": (200, "POST", b"", {"Content_Length": "0"}),
}


@pytest.mark.parametrize("what", BODIES)
async def test_a_body(lan: LanServer, what: str) -> None:
    status, method, body, headers = BODIES[what]
    path = "/dlna/control" if method == "POST" else "/plain"
    headers = {"Content_Type": "text/xml", **headers}
    assert (await ask(lan, method, path, body, TV, **headers)).status == status


async def test_a_body_in_pieces_may_not_be_longer_either(lan: LanServer) -> None:
    head = words(
        "POST", "/dlna/control", lan.port, Content_Type="text/xml", Transfer_Encoding="chunked"
    )
    short = head + b"3\r\nabc\r\n0\r\n\r\n"
    assert told(await knock(lan.port, short))[0].body == b"fine abc"
    long = head + b"200\r\n" + b"a" * 512 + b"\r\n200\r\n" + b"a" * 512 + b"\r\n"
    assert told(await knock(lan.port, long))[0].status == 413
    broken = head + b"zz\r\nabc\r\n0\r\n\r\n"
    assert told(await knock(lan.port, broken))[0].status == 400


async def test_a_body_that_dawdles_is_not_waited_for(
    lan: LanServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "BODY_SECONDS", 0.3)
    head = words("POST", "/dlna/control", lan.port, Content_Type="text/xml", Content_Length="500")
    assert told(await knock(lan.port, head + b"half"))[0].status == 408


async def test_http_1_0(lan: LanServer, film: str) -> None:
    path = film.removeprefix(f"http://{US}:{lan.port}")
    head = f"GET {path} HTTP/1.0\r\nHost: {US}:{lan.port}\r\n\r\n"
    (answer,) = told(await knock(lan.port, head.encode()))
    assert answer.status == 200
    assert answer.body == bytes(range(256)) * 40
    (answer,) = told(await knock(lan.port, f"GET {path} HTTP/1.0\r\n\r\n".encode()))
    assert answer.status == 403


async def test_several_requests_at_once_are_answered_in_turn(lan: LanServer, film: str) -> None:
    path = film.removeprefix(f"http://{US}:{lan.port}")
    host = f"Host: {US}:{lan.port}\r\n"
    spans = [(number * 10, number * 10 + 9) for number in range(60)]
    all_ = "".join(
        f"GET {path} HTTP/1.1\r\n{host}Range: bytes={first}-{last}\r\n\r\n" for first, last in spans
    )
    all_ += f"GET /plain HTTP/1.1\r\nHost: evil\r\n\r\nGET /plain HTTP/1.1\r\n{host}\r\n"
    answers = told(await knock(lan.port, all_.encode()))
    content = bytes(range(256)) * 40
    assert [one.body for one in answers[:60]] == [
        content[first : last + 1] for first, last in spans
    ]
    assert [one.status for one in answers[60:]] == [403], "who is refused is hung up on"


async def test_no_token_is_in_the_log(
    lan: LanServer, film: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = film.split("/")[4]
    await ask(lan, "GET", film)
    await ask(lan, "GET", film, by=OTHER)
    await ask(lan, "GET", film, Host="evil")
    await ask(lan, "GET", film + "/../x")
    await ask(lan, "DELETE", film)
    await knock(lan.port, f"GET /m/{token}/a HTTP/9\r\n\r\n".encode())
    lan.withdraw(film)
    assert "GET /m/{token}/{name:.*}: 200" in caplog.text
    assert token not in caplog.text


async def test_a_handler_that_breaks_is_told_and_harms_nobody(
    lan: LanServer, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await ask(lan, "GET", "/broken")
    assert answer.status == 500
    assert b"broken" not in answer.body
    assert "RuntimeError" in caplog.text
    assert (await ask(lan, "GET", "/plain")).status == 200


async def test_tokens_guessed_expired_foreign_and_replayed(tmp_path: Path) -> None:
    clock = Clock()
    async with at_home(ROUTES, clock) as server:
        path = tmp_path / "film.mp4"
        path.write_bytes(b"film")
        serve = await serve_file(bytes(path), "video/mp4")

        def offer(device: str, seconds: float) -> tuple[str, str]:
            url = server.offer(serve, "a.mp4", way=US, device=device, seconds=seconds)
            return url, url.split("/")[4]

        good, token = offer(TV, 1000)
        old, expired = offer(TV, 10)
        _, foreign = offer(OTHER, 1000)
        gone, replayed = offer(TV, 1000)
        for url in (good, old, gone):
            assert (await ask(server, "GET", url)).body == b"film"
        clock.now += 11
        server.withdraw(gone)
        guessed = [token[:-1] + ("A" if token[-1] != "A" else "B"), token[1:], token * 2]
        guessed += ["A" * 32, "x", "%00", "token", token.swapcase(), "*", "-1", "0" * 1000]
        assert len(set(server.routes())) == len(ROUTES) + 1
        await siege.refuses_tokens(server, [*guessed, expired, foreign, replayed], by=TV)
        assert (await ask(server, "GET", good)).body == b"film"


async def test_a_device_that_goes_ends_its_handler() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def waits(_request: web.Request) -> web.StreamResponse:
        begun.set()
        try:
            await asyncio.sleep(3600)
        finally:
            ended.set()
        raise AssertionError

    async with at_home([Route("GET", "/waits", waits)]) as server:
        _reader, writer = await asyncio.open_connection(US, server.port)
        writer.write(words("GET", "/waits", server.port))
        await begun.wait()
        writer.transport.abort()
        await asyncio.wait_for(ended.wait(), 10)
