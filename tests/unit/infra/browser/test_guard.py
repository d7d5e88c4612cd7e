"""Nothing a page does reaches the home network: real Chromium, and servers that count who came."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import pytest_asyncio

from app.api import PageSeen
from app.domain.errors import Refused
from app.infra.browser import door as browser_door
from app.infra.browser import streams as browser_streams
from app.infra.browser.pool import BrowserPool
from tests.fakes.film_site import FilmSite, film_site, visited
from tests.fakes.web import leads_to, says

pytestmark = pytest.mark.asyncio(loop_scope="module")
SITE = "site.localhost"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pool() -> AsyncIterator[BrowserPool]:
    made = BrowserPool()
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[FilmSite]:
    async with film_site() as made:
        yield made


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback is quick: less time for a better stream to come."""
    monkeypatch.setattr(browser_streams, "SETTLE", 0.1)


class Neighbour:
    """A machine at home: one port for TCP and UDP, and every connection and datagram counted."""

    def __init__(self) -> None:
        self.port = 0
        self.came: list[bytes] = []

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.came.append(b"")
        with contextlib.suppress(OSError):
            self.came[-1] = await reader.read(2000)
            writer.write(
                b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\n\r\nhi"
            )
            await writer.drain()
        writer.close()


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self, neighbour: Neighbour) -> None:
        self._neighbour = neighbour

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._neighbour.came.append(data)


@pytest_asyncio.fixture(loop_scope="module")
async def neighbour() -> AsyncIterator[Neighbour]:
    made = Neighbour()
    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(made.handle, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    transport, _ = await loop.create_datagram_endpoint(
        lambda: Datagrams(made), local_addr=("127.0.0.1", made.port)
    )
    yield made
    transport.close()
    server.close()
    await server.wait_closed()


async def look(pool: BrowserPool, site: FilmSite, script: str, body: str = "") -> PageSeen:
    """Run a script on a page of a host that is allowed, for a second."""
    site.page("/", f"{script}; setTimeout(() => fetch('/end.m3u8'), 1000)", body)
    site.playlist("/end.m3u8")
    return await visited(pool, site.url("/", SITE), own=(SITE,), streams=True)


REPORT = ".then(() => fetch('/reached'), () => fetch('/kept'))"
NAMES = [
    *("127.0.0.1", "localhost", "evil.localhost", "0.0.0.0", "2130706433", "0x7f.1", "127.1"),
    *("[::1]", "[::ffff:127.0.0.1]", "LOCALHOST."),
]


async def test_home_by_any_name(pool: BrowserPool, site: FilmSite, neighbour: Neighbour) -> None:
    places = ", ".join(f"'http://{name}:{neighbour.port}/x'" for name in NAMES)
    site.page("/kept")
    await look(pool, site, f"for (const one of [{places}]) fetch(one){REPORT}")
    assert neighbour.came == []
    assert site.asked("/kept") == len(NAMES)
    assert site.asked("/reached") == 0


async def test_a_host_that_is_allowed_is_reached(
    pool: BrowserPool, site: FilmSite, neighbour: Neighbour
) -> None:
    """The counting is real: the same request to the page's own host arrives."""
    await look(pool, site, f"fetch('http://{SITE}:{neighbour.port}/x'){REPORT}")
    assert len(neighbour.came) == 1
    assert site.asked("/reached") == 1


WAYS = {
    "websocket": "new WebSocket('ws://HOME/x')",
    "secure websocket": "new WebSocket('wss://HOME/x')",
    "https": "fetch('https://HOME/x')",
    "event source": "new EventSource('http://HOME/x')",
    "beacon": "navigator.sendBeacon('http://HOME/x', 'a')",
    "no-cors post": "fetch('http://HOME/x', {method: 'POST', mode: 'no-cors', body: 'a'})",
    "worker": "new Worker(URL.createObjectURL(new Blob([\"fetch('http://HOME/x')\"])))",
    "worker's websocket": "new Worker(URL.createObjectURL(new Blob([\"new WebSocket('ws://HOME')\"])))",
    "frame": "document.body.innerHTML += '<iframe src=\"http://HOME/x\"></iframe>'",
    "script": "document.body.append(Object.assign(document.createElement('script'),"
    " {src: 'http://HOME/x'}))",
    "video": "document.body.innerHTML += '<video src=\"http://HOME/x\" autoplay muted></video>'",
    "form": "document.body.innerHTML = '<form id=f method=post action=\"http://HOME/x\"></form>';"
    "f.submit()",
    "pop-up": "window.open('http://HOME/x')",
    "location": "location.href = 'http://HOME/x'",
    "preconnect": "document.head.innerHTML += '<link rel=preconnect href=\"http://HOME\">"
    "<link rel=prefetch href=\"http://HOME/x\"><link rel=stylesheet href=\"http://HOME/x\">'",
    "speculation": "const s = document.createElement('script'); s.type = 'speculationrules';"
    "s.textContent = '{\"prefetch\": [{\"urls\": [\"http://HOME/x\"]}], \"prerender\":"
    " [{\"urls\": [\"http://HOME/x\"]}]}'; document.head.append(s)",
    "webtransport": "new WebTransport('https://HOME/x')",
    "stun": "let c = new RTCPeerConnection({iceServers: [{urls: 'stun:HOME'}]});"
    "c.createDataChannel('x'); c.createOffer().then(o => c.setLocalDescription(o))",
    "turn": "let c = new RTCPeerConnection({iceTransportPolicy: 'relay', iceServers:"
    " [{urls: 'turn:HOME?transport=tcp', username: 'a', credential: 'b'}]});"
    "c.createDataChannel('x'); c.createOffer().then(o => c.setLocalDescription(o))",
}  # fmt: skip


async def test_home_by_any_way(pool: BrowserPool, site: FilmSite, neighbour: Neighbour) -> None:
    """What leads the page away has a page of its own, all the rest is tried by one."""
    home = f"127.0.0.1:{neighbour.port}"
    pages = {name: WAYS[name] for name in ("form", "pop-up", "location")}
    rest = "".join(
        f"try {{ {way} }} catch {{}}\n" for name, way in WAYS.items() if name not in pages
    )
    pages["rest"] = rest
    for name, script in pages.items():
        site.page(f"/{name}", f"fetch('/tried?{name}');{script.replace('HOME', home)}")
    await asyncio.gather(
        *(
            visited(pool, site.url(f"/{name}", SITE), own=(SITE,), streams=True, seconds=3)
            for name in pages
        ),
        return_exceptions=True,
    )
    tried = [request.query_string for request in site.server.seen if request.path == "/tried"]
    assert sorted(tried) == sorted(pages)
    assert neighbour.came == []


@pytest.mark.parametrize("way", ["stun", "turn", "webtransport"])
async def test_what_goes_beside_a_proxy_is_off_by_itself(
    pool: BrowserPool,
    site: FilmSite,
    neighbour: Neighbour,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    """Also when a page gets hold of what our script takes away."""
    monkeypatch.setattr("app.infra.browser.visit.WATCH", "window.NAME")
    script = WAYS[way].replace("HOME", f"127.0.0.1:{neighbour.port}")
    await look(pool, site, f"{script}; fetch('/tried')")
    assert site.asked("/tried") == 1
    assert neighbour.came == []


async def test_home_by_redirects(pool: BrowserPool, site: FilmSite, neighbour: Neighbour) -> None:
    home = f"http://127.0.0.1:{neighbour.port}/x"
    site.server.answers["/away"] = leads_to(home)
    site.server.answers["/far"] = leads_to("/away")
    await look(pool, site, "fetch('/far', {mode: 'no-cors'}).catch(() => fetch('/kept'))")
    assert site.asked("/kept") == 1
    for path in ("/away", "/far"):
        with pytest.raises(Refused, match="address_at_home") as told:
            await visited(pool, site.url(path, SITE), own=(SITE,), streams=True)
        assert told.value.args_map["host"] == "127.0.0.1"
    site.server.answers["/file"] = leads_to("file:///etc/passwd")
    with pytest.raises(Exception, match="page_not_opened"):
        await visited(pool, site.url("/file", SITE), own=(SITE,), links="a")
    assert neighbour.came == []


async def test_a_page_at_home_is_not_even_started_for(unused_tcp_port: int) -> None:
    pool = BrowserPool(executable="/nowhere")
    with pytest.raises(Refused, match="address_at_home"):
        await visited(pool, f"http://127.0.0.1:{unused_tcp_port}/", own=())
    with pytest.raises(Refused, match="not_a_web_address"):
        await visited(pool, "file:///etc/passwd", own=())
    assert not pool.warm
    await pool.close()


async def test_a_name_that_changes_its_answer_gets_nowhere(
    pool: BrowserPool, site: FilmSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The open internet when we look, home when the browser would: the door looks only once.

    127.0.0.1 plays the internet and ::1 the machine at home, on the same port.
    """
    looks = 0

    async def look_up(host: str, port: int) -> Sequence[str]:
        nonlocal looks
        looks += 1
        return ["127.0.0.1"] if looks == 1 else ["::1"]

    monkeypatch.setattr(browser_door, "resolve", look_up)
    monkeypatch.setattr(browser_door, "public", lambda address: address == "127.0.0.1")
    neighbour = Neighbour()
    server = await asyncio.start_server(neighbour.handle, "::1", site.port)
    site.page("/", "setInterval(() => fetch('/again'), 200)")
    closing = says("", Connection="close", Cache_Control="no-store")
    site.server.answers["/again"] = closing
    try:
        url = site.url("/", "rebind.example")
        await visited(pool, url, own=("rebind.example",), streams=True, seconds=2.5)
        assert site.asked("/again") > 3
        assert (looks, neighbour.came) == (1, [])
        await visited(pool, url, own=(), streams=True, seconds=2)
    except Refused:
        pass  # by the second visit the name means home
    finally:
        server.close()
        await server.wait_closed()
    assert neighbour.came == []


async def test_nothing_of_a_page_reaches_a_disk(
    pool: BrowserPool, site: FilmSite, tmp_path: Path
) -> None:
    """A word a page keeps in every place it has is found in no file the browser holds."""
    word = "Xyzzy" + "Plugh" * 3
    site.page(
        "/",
        f"const w = '{word}'; document.cookie = 'a=' + w + ';max-age=9999'; localStorage.a = w;"
        "sessionStorage.a = w; indexedDB.open('a').onupgradeneeded = e =>"
        " e.target.result.createObjectStore('b').put(w.repeat(99999), 1);"
        "caches.open('a').then(c => c.put('/x', new Response(w.repeat(99999))));"
        "URL.createObjectURL(new Blob([w.repeat(999999)]))",
        f"<p>{word}</p>",
    )
    site.page("/after", "setTimeout(() => fetch('/x.m3u8'), 900)")
    await visited(pool, site.url("/", SITE), own=(SITE,), streams=True, seconds=2)
    assert pool._starting is not None
    profile = next(
        Path(part.removeprefix("--user-data-dir="))
        for part in Path(f"/proc/{pool._starting.result().pid}/cmdline")
        .read_text()
        .replace("\0", " ")
        .split()
        if part.startswith("--user-data-dir=")
    )
    files = [path for path in profile.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if word.encode() in path.read_bytes()] == []
