"""Servers that lie, drip, break, refuse or lead astray: a plain end, and nothing lost."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import AppError, AuthRequired, NotFound, Refused, Unavailable
from app.infra.fetch.part import keep_free
from app.infra.fetch.wire import Addresses, Wire
from tests.fakes.ranges import FileServer, file_server, talking
from tests.fakes.web import expired_certificate, leads_to, web_server
from tests.unit.infra.fetch.conftest import HOME, QUICK, Fetching

BODY = os.urandom(3_000_000)


@pytest.fixture
async def server() -> AsyncIterator[FileServer]:
    async with file_server(BODY) as made:
        yield made


async def failure(fetching: Fetching, url: str, **given: object) -> AppError:
    """What a fetch ends with."""
    async with asyncio.timeout(15):
        with pytest.raises(AppError) as told:
            await fetching(url, **given).run()
    return told.value


# Broken and slow ones.


@pytest.mark.parametrize("ranges", [True, False])
async def test_answers_that_break_are_taken_up_again(
    fetching: Fetching, server: FileServer, ranges: bool
) -> None:
    server.ranges, server.breaks_after = ranges, 500_000 if ranges else 0
    if not ranges:
        server.breaks_after = 2_000_000
        asyncio.get_running_loop().call_later(0.02, setattr, server, "breaks_after", 0)
    assert (await fetching(server.url).run()).read_bytes() == BODY


async def test_answers_shorter_than_they_say_are_taken_up_again(
    fetching: Fetching, server: FileServer
) -> None:
    server.lies, server.ranges = 1000, False
    assert (await failure(fetching, server.url)).key == "errors.server_offline"
    server.lies = 0
    assert (await fetching(server.url).run()).read_bytes() == BODY


async def test_connections_that_are_refused_are_done_without(
    fetching: Fetching, server: FileServer
) -> None:
    server.most_at_once, server.rate = 2, 2_000_000
    fetch = fetching(server.url)
    assert (await fetch.run()).read_bytes() == BODY


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
async def test_a_second_connection_that_is_refused_ends_only_itself(
    fetching: Fetching, server: FileServer, status: int
) -> None:
    server.most_at_once, server.busy_status, server.rate = 1, status, 8_000_000
    assert (await fetching(server.url).run()).read_bytes() == BODY


async def test_a_connection_that_drips_is_replaced(fetching: Fetching, server: FileServer) -> None:
    server.silent_after = 10_000
    patience = replace(QUICK, drip=0.3, tries=99)
    fetch = fetching(server.url, patience=patience)
    task = asyncio.create_task(fetch.run())
    await asyncio.sleep(0.5)
    server.silent_after = 0
    async with asyncio.timeout(10):
        assert (await task).read_bytes() == BODY
    assert server.connections > 3


async def test_a_silent_server_is_slow(fetching: Fetching, server: FileServer) -> None:
    server.delay = 30
    wire = Wire(HOME, silence_seconds=0.2)
    assert (await failure(fetching, server.url, wire=wire)).key == "errors.server_slow"


async def test_a_head_that_drips_is_given_up(fetching: Fetching, server: FileServer) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with talking(drip) as port:
        url = f"http://127.0.0.1:{port}/x"
        told = await failure(fetching, url, patience=replace(QUICK, head=0.2))
    assert told.key == "errors.server_slow"


STATUSES = {
    401: (AuthRequired, "errors.server_wants_sign_in"),
    403: (Refused, "errors.server_refused"),
    404: (NotFound, "errors.server_has_not"),
    410: (NotFound, "errors.server_has_not"),
    418: (Refused, "errors.server_refused"),
    429: (Unavailable, "errors.server_busy"),
    500: (Unavailable, "errors.server_failed"),
    503: (Unavailable, "errors.server_failed"),
}


@pytest.mark.parametrize("status", STATUSES)
async def test_what_a_server_refuses_is_told_with_its_name(
    fetching: Fetching, server: FileServer, status: int
) -> None:
    server.bad_statuses = [status] * 99
    told = await failure(fetching, server.url)
    assert (type(told), told.key) == STATUSES[status]
    assert told.args_map["host"] == "127.0.0.1"


async def test_troubles_that_pass_are_waited_for(fetching: Fetching, server: FileServer) -> None:
    server.bad_statuses = [500, 503]
    fetch = fetching(server.url)
    await fetch.look()
    server.bad_statuses = [502, 500, 503, 504]
    assert (await fetch.run()).read_bytes() == BODY


async def test_a_pause_is_kept(fetching: Fetching, server: FileServer) -> None:
    server.bad_statuses, server.extra = [429], {"Retry-After": "1"}
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert (await fetching(server.url).run()).read_bytes() == BODY
    assert loop.time() - began >= 0.9


async def test_a_long_pause_is_told(fetching: Fetching, server: FileServer) -> None:
    server.bad_statuses, server.extra = [503] * 9, {"Retry-After": "86400"}
    told = await failure(fetching, server.url)
    assert (told.key, told.args_map["retry_after"]) == ("errors.server_busy", 86400.0)


NONSENSE = {
    "nothing": b"",
    "garbage": b"\x00\xff" * 4000,
    "a mail server": b"220 mail ESMTP\r\n",
    "a wrong range": b"HTTP/1.1 206 OK\r\nContent-Range: bytes 7-8/9\r\nContent-Length: 2"
    b"\r\n\r\nxx",
    "a range of nothing": b"HTTP/1.1 206 OK\r\nContent-Length: 1\r\n\r\nx",
    "an endless number": b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 9000 + b"\r\n\r\nx",
    "a huge file": b"HTTP/1.1 206 OK\r\nContent-Range: bytes 0-0/" + b"9" * 18
    + b"\r\nContent-Length: 1\r\n\r\nx",
    "broken chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",
    "chunks that end early": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello",
    "many headers": b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5000 + b"\r\n",
}  # fmt: skip


@pytest.mark.parametrize("words", NONSENSE.values(), ids=NONSENSE)
async def test_nonsense_ends_plainly(
    fetching: Fetching, server: FileServer, folder: Path, words: bytes
) -> None:
    server.raw = words
    await failure(fetching, server.url)
    assert not [path for path in folder.iterdir() if not path.name.startswith(".")]


# Ones that lead astray.


async def test_a_redirect_is_followed_and_names_the_file(
    fetching: Fetching, server: FileServer
) -> None:
    async with web_server() as other:
        other.always = leads_to(server.url.replace("film", "Other%20name"))
        path = await fetching(f"{other.url}/go").run()
    assert (path.name, path.read_bytes() == BODY) == ("Other name.mp4", True)


async def test_keys_are_not_told_to_where_a_redirect_leads(
    fetching: Fetching, server: FileServer
) -> None:
    headers = {"Cookie": "secret", "Authorization": "x", "Referer": "http://a/", "User-Agent": "u"}
    async with web_server() as other:
        other.always = leads_to(server.url)
        await fetching(f"{other.url}/go", headers=headers).run()
        assert other.seen[0].headers["Cookie"] == "secret"
    assert all(one["user-agent"] == "u" for one in server.asked)
    assert not any({"cookie", "authorization", "referer"} & set(one) for one in server.asked)


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2:1/", "http://192.168.1.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/",
     "http://169.254.169.254/latest", "http://0.0.0.0/", "http://2130706433/"],
)  # fmt: skip
async def test_a_redirect_home_is_refused(fetching: Fetching, target: str) -> None:
    async with web_server() as other:
        other.always = leads_to(target)
        told = await failure(fetching, f"{other.url}/go")
    assert (type(told), told.key) == (Refused, "errors.address_at_home")


async def test_an_address_at_home_is_refused_and_not_touched(
    fetching: Fetching, server: FileServer
) -> None:
    told = await failure(fetching, server.url, own_hosts=frozenset())
    assert told.key == "errors.address_at_home"
    assert server.connections == 0


async def test_every_connection_is_judged_anew(fetching: Fetching, server: FileServer) -> None:
    asked = []

    def look_up(host: str, port: int) -> Addresses:
        asked.append(host)
        return [(2, ("127.0.0.1", port))]

    port = server.url.split(":")[2].partition("/")[0]
    wire = Wire(frozenset({"films.example"}), look_up=look_up)
    fetch = fetching(f"http://films.example:{port}/x.mp4", wire=wire)
    await fetch.look()
    wire.own_hosts = frozenset()  # as if the name led home from now on
    server.hang_up()
    with pytest.raises(Refused) as told:
        await fetch.run()
    assert told.value.key == "errors.address_at_home"
    assert len(asked) > 1


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/", "javascript:x", "gopher://x:1/"]
)
async def test_a_redirect_out_of_the_web_is_refused(fetching: Fetching, target: str) -> None:
    async with web_server() as other:
        other.always = leads_to(target)
        told = await failure(fetching, f"{other.url}/go")
    assert told.key == "errors.not_a_web_address"


async def test_a_redirect_loop_ends(fetching: Fetching) -> None:
    async with web_server() as other:
        other.always = leads_to("/go")
        told = await failure(fetching, f"{other.url}/go")
        assert told.key == "errors.server_goes_round"
        assert len(other.seen) <= 7


async def test_an_address_that_was_good_for_a_while_is_asked_for_anew(
    fetching: Fetching, server: FileServer
) -> None:
    async with web_server() as other:
        other.always = leads_to(server.url)
        fetch = fetching(f"{other.url}/go")
        await fetch.look()
        server.bad_statuses = [403]
        assert (await fetch.run()).read_bytes() == BODY
        assert len(other.seen) > 1


async def test_an_expired_certificate_is_refused(fetching: Fetching, tmp_path: Path) -> None:
    async with file_server(BODY, expired_certificate(tmp_path)) as server:
        told = await failure(fetching, server.url)
        assert (told.key, server.asked) == ("errors.server_certificate", [])


async def test_a_good_certificate_is_believed(fetching: Fetching, tmp_path: Path) -> None:
    context, trusted = good_certificate(tmp_path)
    async with file_server(BODY, context) as server:
        wire = Wire(HOME, tls=trusted)
        assert (await fetching(server.url, wire=wire).run()).read_bytes() == BODY


def good_certificate(place: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's side of TLS, and a client's that trusts it."""
    import subprocess

    key, cert = place / "key.pem", place / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True, timeout=30,
    )  # fmt: skip
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(cert, key)
    return served, ssl.create_default_context(cafile=str(cert))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "film.mp4",
        "ftp://a.example/x",
        "http://",
        "http://a:b/",
        "http://\udcff/",
        "http://a.example:0/",
        "http://" + "a" * 70,
    ],
)
def test_what_is_no_web_address_is_refused(fetching: Fetching, url: str) -> None:
    with pytest.raises(Refused):
        fetching(url)


# Bodies without end, and disks without room.


async def test_an_endless_body_ends_at_the_reserve(
    fetching: Fetching, server: FileServer, folder: Path
) -> None:
    import resource

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n")
        for _ in range(4096):
            writer.write(b"x" * 262_144)
            await writer.drain()

    free = os.statvfs(folder)
    reserve = keep_free(free.f_bavail * free.f_frsize - 100_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with talking(endless) as port:
        told = await failure(fetching, f"http://127.0.0.1:{port}/x.mp4", reserve=reserve)
    assert told.key == "errors.disk_full"
    assert (folder / ".abc.part").stat().st_size < 200_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


async def test_room_is_asked_for_before_anything_is_loaded(
    fetching: Fetching, server: FileServer
) -> None:
    told = await failure(fetching, server.url, reserve=keep_free(1 << 60))
    assert told.key == "errors.disk_full"
    assert server.sent <= 1
