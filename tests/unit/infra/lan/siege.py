"""What stands before the server for the home: devices that ask, and those who try everything.

Addresses of devices are further ones of loopback: all of 127.0.0.0/8 leads to this machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from app.infra.lan.interfaces import Interface, Kind
from app.infra.lan.routes import Route
from app.infra.lan.server import LanServer

US = "127.0.0.1"
TV, OTHER = "127.0.0.5", "127.0.0.6"
LO = Interface(name="lo", address=US, prefix=8, kind=Kind.LOOPBACK)

TRAVERSALS = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%252f..%252fetc%252fpasswd",
    "..\\..\\..\\etc\\passwd",
    "..%5c..%5c..%5cetc%5cpasswd",
    "....//....//....//etc/passwd",
    "..%c0%af..%c0%afetc%c0%afpasswd",
    "./.././../etc/passwd",
    "%00/../../etc/passwd",
    "..;/..;/etc/passwd",
    "/etc/passwd",
    "/./etc/passwd",
)


@dataclass
class Clock:
    """A clock that goes on when told."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""


@contextlib.asynccontextmanager
async def at_home(
    routes: Sequence[Route] = (), clock: Callable[[], float] | None = None
) -> AsyncIterator[LanServer]:
    """A server on loopback for the length of a test."""
    server = LanServer(lambda: (LO,), clock or Clock())
    server.add(routes)
    await server.start([US], 0)
    try:
        yield server
    finally:
        await server.stop()


async def says(text: bytes = b"fine") -> web.Response:
    return web.Response(body=text)


def told(what: bytes) -> list[Answer]:
    """Read answers, one after the other; all must have a length."""
    found = []
    while what:
        head, _, what = what.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        length = int(headers.get("content-length", 0))
        found.append(Answer(int(first.split(" ")[1]), headers, what[:length]))
        what = what[length:]
    return found


async def knock(port: int, words: bytes, *, by: str = TV) -> bytes:
    """Say something, and return everything that is answered until the server hangs up."""
    reader, writer = await asyncio.open_connection(US, port, local_addr=(by, 0))
    try:
        with contextlib.suppress(ConnectionError):
            writer.write(words)
            await writer.drain()
        async with asyncio.timeout(20):
            return await _all(reader)
    finally:
        writer.transport.abort()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def _all(reader: asyncio.StreamReader) -> bytes:
    heard = bytearray()
    with contextlib.suppress(ConnectionError):
        while piece := await reader.read(1 << 20):
            heard += piece
    return bytes(heard)


def words(method: str, path: str, port: int, body: bytes = b"", **headers: str) -> bytes:
    """A request, its connection to be closed afterwards. Underscores in names are dashes."""
    named = {"Host": f"{US}:{port}", "Connection": "close"}
    if body:
        named["Content-Length"] = str(len(body))
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode("latin-1") + body


async def ask(
    server: LanServer, method: str, path: str, body: bytes = b"", by: str = TV, **headers: str
) -> Answer:
    """Ask for a path, or for an address the server gave."""
    path = path.removeprefix(f"http://{US}:{server.port}")
    heard = await knock(server.port, words(method, path, server.port, body, **headers), by=by)
    if method == "HEAD":
        head, _, rest = heard.partition(b"\r\n\r\n")
        assert rest == b""
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return Answer(
            int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}
        )
    (answer,) = told(heard)
    return answer


def filled(path: str, with_what: str) -> str:
    """A path of the table with its gaps filled; one that takes certain words gets the first."""

    def fill(gap: re.Match[str]) -> str:
        words = (gap[1] or "").split("|")
        return words[0] if len(words) > 1 and all(map(str.isalnum, words)) else with_what

    return re.sub(r"\{[^{}:]*(?::([^{}]*))?\}", fill, path)


async def refuses_hosts(server: LanServer) -> None:
    """No route answers somebody who was led here by a name."""
    port = server.port
    hosts = (
        "evil.example",
        f"evil.example:{port}",
        "localhost",
        f"localhost:{port}",
        US,
        f"{US}:{port + 1}",
        f"127.1:{port}",
        f"2130706433:{port}",
        f"{US}.evil.example:{port}",
        f"user@{US}:{port}",
        f"[::1]:{port}",
        "",
    )
    for route in server.routes():
        for host in hosts:
            path = filled(route.path, "x")
            words_ = words(route.method, path, port, Content_Type="text/xml", Host=host)
            for answer in told(await knock(port, words_)):
                assert answer.status in (400, 403), (route, host)
                assert "access-control-allow-origin" not in answer.headers


async def refuses_traversals(server: LanServer) -> None:
    """No route answers a path that wants out of its place."""
    for route in server.routes():
        gap = route.path.find("{")
        stem = route.path[:gap] if gap >= 0 else route.path.rstrip("/") + "/"
        for trick in TRAVERSALS:
            answer = await ask(server, route.method, stem + trick, Content_Type="text/xml")
            assert answer.status in (400, 403, 404, 405), (route, trick)
            assert b"root:" not in answer.body


async def refuses_tokens(server: LanServer, tokens: Sequence[str], by: str) -> None:
    """No route answers these tokens, in any place where it has a gap."""
    gaps = [route for route in server.routes() if "{" in route.path]
    assert gaps
    for route in gaps:
        for token in tokens:
            path = filled(route.path, token)
            for method in {route.method, "GET", "HEAD"}:
                answer = await ask(server, method, path, by=by, Content_Type="text/xml")
                assert answer.status in (403, 404, 405, 411, 413, 415), (route, method, token)


async def refuses_pages(server: LanServer) -> None:
    """No route that is not shared answers a page of somebody else's, and none takes its forms."""
    foreign: tuple[dict[str, str], ...] = (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://{US}:{server.port}.evil.example"},
        {"Origin": f"https://{US}:{server.port}"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    )
    forms = (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "",
    )
    for route in server.routes():
        path = filled(route.path, "x")
        for headers in foreign if not route.shared else ():
            named = {"Content_Type": "text/xml", **headers}
            answer = await ask(server, route.method, path, b"", TV, **named)
            assert answer.status == 403, (route, headers)
            assert "access-control-allow-origin" not in answer.headers
        for kind in forms:
            answer = await ask(server, "POST", path, b"a=b", Content_Type=kind)
            assert answer.status in (403, 405, 415), (route, kind)


async def refuses_methods(server: LanServer) -> None:
    """No route answers a method that is not in the table."""
    for route in server.routes():
        allowed = {one.method for one in server.routes() if one.path == route.path}
        allowed |= {"HEAD"} if "GET" in allowed else set()
        allowed |= {"OPTIONS"} if route.shared else set()
        methods = {
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "NOTIFY",
            "PROPFIND",
            "GET",
            "POST",
        }
        for method in methods - allowed:
            answer = await ask(server, method, filled(route.path, "x"), Content_Type="text/xml")
            assert answer.status in (400, 403, 405), (route, method)
