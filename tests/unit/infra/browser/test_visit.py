"""What a visit sees: real Chromium, pages of a local server."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from app.api import HitKind, InvalidInput, PageLink, PageSeen, PageVisit, Unavailable
from app.infra.browser import door as browser_door
from app.infra.browser import streams as browser_streams
from app.infra.browser import visit as browser_visit
from app.infra.browser.pool import BrowserPool
from tests.fakes.film_site import CLIP, MASTER, OWN, FilmSite, film_site, visited
from tests.fakes.web import drips, says

# One warm browser for all of them: a cold one costs each more than a second.
pytestmark = pytest.mark.asyncio(loop_scope="module")


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
    """Loopback is quick: less time for better streams, more links and what keys are for."""
    monkeypatch.setattr(browser_streams, "SETTLE", 0.15)
    monkeypatch.setattr(browser_visit, "QUIET_SECONDS", 0.4)
    monkeypatch.setattr(browser_visit, "LICENCE_SECONDS", 0.8)


async def test_a_stream_a_timer_asks_for(pool: BrowserPool, site: FilmSite) -> None:
    site.page("/", "setTimeout(() => fetch('/hls/master.m3u8?tok=1'), 300)")
    site.playlist("/hls/master.m3u8")
    seen = await visited(pool, site.url("/"), streams=True)
    (stream,) = seen.streams
    assert (seen.title, seen.url, seen.status) == ("Film page", site.url("/"), 200)
    assert (stream.url, stream.kind) == (site.url("/hls/master.m3u8?tok=1"), HitKind.PLAYLIST)
    assert stream.headers["referer"] == site.url("/")
    assert "Headless" not in stream.headers["user-agent"]
    assert "Chrome/" in stream.headers["user-agent"]
    assert not seen.protected


async def test_a_stream_behind_a_click(pool: BrowserPool, site: FilmSite) -> None:
    site.page(
        "/",
        "play.onclick = () => { const x = new XMLHttpRequest();"
        "x.open('GET', '/hls/click.m3u8'); x.send() }",
    )
    site.playlist("/hls/click.m3u8")
    seen = await visited(pool, site.url("/"), clicks=("#play",), streams=True)
    assert [one.url for one in seen.streams] == [site.url("/hls/click.m3u8")]


async def test_clicks_one_after_the_other_also_in_frames(pool: BrowserPool, site: FilmSite) -> None:
    """The second thing to press comes with the first, late, and in a frame of another host."""
    inner = site.url("/inner", "player.localhost")
    site.page(
        "/",
        "play.onclick = () => setTimeout(() => { const f = document.createElement('iframe');"
        f"f.src = '{inner}'; document.body.append(f) }}, 300)",
    )
    site.page(
        "/inner", "start.onclick = () => fetch('/hls/a.m3u8')", "<button id=start>go</button>"
    )
    site.playlist("/hls/a.m3u8")
    seen = await visited(pool, site.url("/"), clicks=("#play", "#start"), streams=True)
    assert [one.url for one in seen.streams] == [site.url("/hls/a.m3u8", "player.localhost")]


async def test_something_that_lies_over_the_button_takes_the_first_click(
    pool: BrowserPool, site: FilmSite
) -> None:
    over = '<div id=over style="position:fixed;inset:0;z-index:9"></div>'
    site.page(
        "/",
        "over.onclick = () => { window.open('/advert'); over.remove() };"
        "play.onclick = () => fetch('/hls/a.m3u8')",
        over,
    )
    site.page("/advert", "fetch('/hls/advert.m3u8')")
    site.playlist("/hls/a.m3u8")
    site.playlist("/hls/advert.m3u8")
    seen = await visited(pool, site.url("/"), clicks=("#play",), streams=True)
    assert [one.url for one in seen.streams] == [site.url("/hls/a.m3u8")]


async def test_what_is_never_there_to_press_holds_nothing_up_for_long(
    pool: BrowserPool, site: FilmSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_visit, "PRESS_SECONDS", 0.5)
    site.page("/", "play.onclick = () => fetch('/hls/a.m3u8')")
    site.playlist("/hls/a.m3u8")
    clicks = ("#cookies", "#play")
    seen = await visited(pool, site.url("/"), clicks=clicks, streams=True)
    assert len(seen.streams) == 1


async def test_a_stream_in_a_frame_with_a_header_of_its_own(
    pool: BrowserPool, site: FilmSite
) -> None:
    inner = site.url("/inner", "player.localhost")
    site.page("/", body=f'<iframe src="{inner}" allow="autoplay"></iframe>')
    site.page(
        "/inner",
        "fetch('/hls/a.m3u8', {headers: {'X-Tok': 'abc'}})",
    )
    site.playlist("/hls/a.m3u8")
    (stream,) = (await visited(pool, site.url("/"), streams=True)).streams
    assert stream.headers["x-tok"] == "abc"
    assert stream.headers["referer"] == inner


async def test_a_video_element(pool: BrowserPool, site: FilmSite) -> None:
    site.page("/", body='<video src="/film.mp4" autoplay muted></video>')
    site.film("/film.mp4", 700_000_000)
    (stream,) = (await visited(pool, site.url("/"), streams=True)).streams
    assert (stream.url, stream.kind) == (site.url("/film.mp4"), HitKind.FILE)
    assert stream.content_type == "video/mp4"


async def test_a_disguised_address(pool: BrowserPool, site: FilmSite) -> None:
    site.page("/", "fetch('/api/stream?id=3')")
    site.playlist("/api/stream")
    (stream,) = (await visited(pool, site.url("/"), streams=True)).streams
    assert (stream.url, stream.kind) == (site.url("/api/stream?id=3"), HitKind.PLAYLIST)


async def test_a_worker(pool: BrowserPool, site: FilmSite) -> None:
    fetching = f"fetch('{site.url('/hls/a.m3u8')}')"
    site.page("/", f'new Worker(URL.createObjectURL(new Blob(["{fetching}"])))')
    site.playlist("/hls/a.m3u8")
    (stream,) = (await visited(pool, site.url("/"), streams=True)).streams
    assert stream.url == site.url("/hls/a.m3u8")
    assert "Headless" not in stream.headers["user-agent"]


async def test_an_address_that_is_the_stream_itself(pool: BrowserPool, site: FilmSite) -> None:
    site.playlist("/hls/a.m3u8")
    (stream,) = (await visited(pool, site.url("/hls/a.m3u8"), streams=True)).streams
    assert stream.url == site.url("/hls/a.m3u8")


async def test_a_master_playlist_wins_over_its_variants(
    pool: BrowserPool, site: FilmSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_streams, "SETTLE", 0.8)
    site.page("/", "fetch('/variant.m3u8'); setTimeout(() => fetch('/master.m3u8'), 200)")
    site.playlist("/variant.m3u8")
    site.playlist("/master.m3u8", MASTER)
    seen = await visited(pool, site.url("/"), streams=True)
    assert [one.url for one in seen.streams] == [site.url("/master.m3u8")]


async def test_a_film_wins_over_the_clip_before_it(pool: BrowserPool, site: FilmSite) -> None:
    site.page(
        "/",
        "v.src = '/clip.mp4'; fetch('/clip.m3u8'); setTimeout(() => v.src = '/film.mp4', 900)",
        "<video id=v autoplay muted></video>",
    )
    site.film("/clip.mp4", 900_000)
    site.film("/film.mp4", 900_000_000)
    site.playlist("/clip.m3u8", CLIP)
    seen = await visited(pool, site.url("/"), streams=True)
    assert [one.url for one in seen.streams] == [site.url("/film.mp4")]


async def test_segments_dash_failures_and_lies_are_no_streams(
    pool: BrowserPool, site: FilmSite
) -> None:
    site.page(
        "/",
        "for (const one of ['a.mpd', 'dash/video.mp4', 's.ts', 's.m4s', 'gone.m3u8', 'lie.m3u8',"
        " 'page.mp4']) fetch('/' + one); setTimeout(() => fetch('/hls/a.m3u8'), 400)",
    )
    site.playlist("/a.mpd", "<MPD/>", "application/dash+xml")
    site.film("/dash/video.mp4", 500_000_000)
    site.film("/s.ts", 5_000_000, "video/mp2t")
    site.film("/s.m4s", 5_000_000)
    site.playlist("/lie.m3u8", "<html>Not Found</html>")
    site.playlist("/page.mp4", "<html>Not Found</html>", "text/html")
    site.playlist("/hls/a.m3u8")
    seen = await visited(pool, site.url("/"), streams=True)
    assert [one.url for one in seen.streams] == [site.url("/hls/a.m3u8")]


async def test_a_stream_the_page_may_not_read_is_one(pool: BrowserPool, site: FilmSite) -> None:
    site.page("/", f"fetch('{site.url('/hls/a.m3u8', 'player.localhost')}')")
    site.server.answers["/hls/a.m3u8"] = says("#EXTM3U\n")
    (stream,) = (await visited(pool, site.url("/"), streams=True)).streams
    assert stream.url == site.url("/hls/a.m3u8", "player.localhost")


async def test_pop_ups_are_closed_and_not_watched(pool: BrowserPool, site: FilmSite) -> None:
    site.page(
        "/",
        "play.onclick = () => { for (let i = 0; i < 5; i++) window.open('/advert?' + i);"
        "setTimeout(() => fetch('/hls/a.m3u8'), 500) }",
    )
    site.page("/advert", "fetch('/hls/advert.m3u8')")
    site.playlist("/hls/a.m3u8")
    site.playlist("/hls/advert.m3u8")
    seen = await visited(pool, site.url("/"), clicks=("#play",), streams=True)
    assert [one.url for one in seen.streams] == [site.url("/hls/a.m3u8")]


async def test_a_page_that_waits_for_its_service_worker(pool: BrowserPool, site: FilmSite) -> None:
    site.page(
        "/",
        "navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)"
        ".then(() => setTimeout(() => fetch('/hls/sw.m3u8'), 100))",
    )
    script = (
        "self.addEventListener('install', e => self.skipWaiting());"
        "self.addEventListener('activate', e => e.waitUntil(clients.claim()));"
        "self.addEventListener('fetch', e => e.respondWith(fetch(e.request)))"
    )
    site.server.play("/sw.js", script, "application/javascript")
    site.playlist("/hls/sw.m3u8")
    seen = await visited(pool, site.url("/"), streams=True)
    assert [one.url for one in seen.streams] == [site.url("/hls/sw.m3u8")]


async def test_advertising_does_not_hold_a_page_up(
    pool: BrowserPool, site: FilmSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(1.5)
        return web.Response(text="", content_type="application/javascript")

    advert = f'<script src="{site.url("/slow.js", "ads.localhost")}"></script>'
    site.page("/", "fetch('/hls/a.m3u8')", advert)
    site.server.answers["/slow.js"] = slow
    site.playlist("/hls/a.m3u8")
    own = (*OWN, "ads.localhost")
    started = time.monotonic()
    await visited(pool, site.url("/"), own=own, streams=True)
    open_to_it = time.monotonic() - started
    monkeypatch.setattr(pool, "_blocked", frozenset({"ads.localhost"}))
    started = time.monotonic()
    seen = await visited(pool, site.url("/"), own=own, streams=True)
    assert time.monotonic() - started < open_to_it - 0.7
    assert len(seen.streams) == 1
    assert site.asked("/slow.js") == 1


async def test_pictures_and_fonts_are_not_loaded(pool: BrowserPool, site: FilmSite) -> None:
    site.page(
        "/",
        "new Image().src = '/b.png'; setTimeout(() => fetch('/hls/a.m3u8'), 400)",
        "<style>@font-face{font-family:f;src:url(/f.woff2)} body{font-family:f;"
        "background:url(/c.png)}</style><img src=/a.png>Words",
    )
    site.playlist("/hls/a.m3u8")
    assert len((await visited(pool, site.url("/"), streams=True)).streams) == 1
    assert [site.asked(path) for path in ("/a.png", "/b.png", "/c.png", "/f.woff2")] == [0] * 4


async def test_links_are_read(pool: BrowserPool, site: FilmSite) -> None:
    site.page(
        "/",
        # What a page does to its own world is no business of the reader's.
        "String.prototype.slice = Array.from = Map = () => 'gotcha';"
        "setTimeout(() => list.innerHTML += '<a class=r href=/late>Late</a>', 100)",
        '<div id=list><a class=r href="/film/1"><img alt=Poster></a>'
        '<a class=r href="/film/1"><h3>Film\n One</h3><p>1968</p></a>'
        '<a class=r href="https://other.example/2?a=1&amp;b=2">Two</a>'
        '<div class=r><a href="/film/3" title="Three"></a></div>'
        f'<a class=r href="/film/4">{"long " * 200}</a>'
        '<a class=r href="javascript:alert(1)">No</a><a class=r href="magnet:?xt=1">No</a>'
        "<a class=r>No</a><a href=/other>No</a></div>",
    )
    seen = await visited(pool, site.url("/"), links=".r")
    texts = {link.url: link.text for link in seen.links}
    assert list(texts) == [
        *(site.url("/film/1"), "https://other.example/2?a=1&b=2", site.url("/film/3")),
        *(site.url("/film/4"), site.url("/late")),
    ]
    assert texts[site.url("/film/3")] == "Three"
    assert len(texts[site.url("/film/4")]) <= 300
    assert seen.links[0] == PageLink("Film One 1968", site.url("/film/1"))
    assert seen.title == "Film page"


async def test_no_more_than_two_hundred_links(pool: BrowserPool, site: FilmSite) -> None:
    site.page("/", "", "".join(f"<a href=/film/{i}>Film {i}</a>" for i in range(5000)))
    seen = await visited(pool, site.url("/"), links="a")
    assert len(seen.links) == 200


async def test_a_page_without_the_links_ends_soon(pool: BrowserPool, site: FilmSite) -> None:
    site.page("/")
    started = time.monotonic()
    seen = await visited(pool, site.url("/"), links="a.result")
    assert seen.links == ()
    assert time.monotonic() - started < 4


async def test_what_is_no_selector_is_told(pool: BrowserPool, site: FilmSite) -> None:
    site.page("/")
    with pytest.raises(InvalidInput, match="bad_selector"):
        await visited(pool, site.url("/"), links="a[[")
    with pytest.raises(InvalidInput, match="bad_selector"):
        await visited(pool, site.url("/"), clicks=("a[[",), streams=True)


async def test_somebody_elses_cookies_and_name_go_along(pool: BrowserPool, site: FilmSite) -> None:
    site.page("/", "fetch('/hls/a.m3u8')")
    site.playlist("/hls/a.m3u8")
    wanted = PageVisit(
        site.url("/"), streams=True, user_agent="Other/1.0", cookies={"clearance": "yes"}, seconds=8
    )
    seen = await pool.visit(wanted, frozenset(OWN))
    first = site.server.seen[0]
    assert first.headers["User-Agent"] == "Other/1.0"
    assert first.headers["Cookie"] == "clearance=yes"
    assert seen.streams[0].headers["cookie"] == "clearance=yes"
    await visited(pool, site.url("/"))
    assert "Cookie" not in site.server.seen[-1].headers  # the next visit knows nothing of it


@pytest.mark.parametrize("status", [403, 404, 503])
async def test_a_page_that_turns_us_away_is_told_by_its_status(
    pool: BrowserPool, site: FilmSite, status: int
) -> None:
    site.server.always = says("no", status, Content_Type="text/html")
    assert (await visited(pool, site.url("/"), links="a")).status == status


DRM = [
    "navigator.requestMediaKeySystemAccess('com.widevine.alpha', [{}]).catch(() => 0)",
    "navigator.mediaCapabilities.decodingInfo({type: 'media-source', keySystemConfiguration:"
    " {keySystem: 'com.microsoft.playready'}}).catch(() => 0)",
    "fetch('/widevine/get', {method: 'POST'})",
]


@pytest.mark.parametrize("asking", DRM)
async def test_a_page_that_asks_for_keys_is_protected(
    pool: BrowserPool, site: FilmSite, asking: str
) -> None:
    site.page("/", "fetch('/inner.m3u8')", f'<iframe src="{site.url("/inner")}"></iframe>')
    site.page("/inner", asking)
    site.playlist("/inner.m3u8")
    seen = await visited(pool, site.url("/"), streams=True)
    assert seen.protected


async def test_protection_without_a_stream_ends_soon(pool: BrowserPool, site: FilmSite) -> None:
    site.page("/", DRM[0])
    started = time.monotonic()
    seen = await visited(pool, site.url("/"), streams=True)
    assert (seen.protected, seen.streams) == (True, ())
    assert time.monotonic() - started < 5


async def test_keys_in_the_clear_are_no_protection(pool: BrowserPool, site: FilmSite) -> None:
    site.page(
        "/",
        "navigator.requestMediaKeySystemAccess('org.w3.clearkey', [{}]).catch(() => 0)"
        ".then(() => fetch('/a.m3u8'))",
    )
    site.playlist("/a.m3u8")
    seen = await visited(pool, site.url("/"), streams=True)
    assert (seen.protected, len(seen.streams)) == (False, 1)


async def test_a_page_that_never_answers(pool: BrowserPool, site: FilmSite) -> None:
    async def never(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    site.server.always = never
    started = time.monotonic()
    with pytest.raises(Unavailable, match="page_slow"):
        await visited(pool, site.url("/"), streams=True, seconds=1.5)
    assert time.monotonic() - started < 3


async def test_a_page_that_only_drips_is_there(pool: BrowserPool, site: FilmSite) -> None:
    site.server.always = drips
    started = time.monotonic()
    with contextlib.suppress(Unavailable):
        assert (await visited(pool, site.url("/"), links="a", seconds=2)).links == ()
    assert time.monotonic() - started < 3.5


async def test_nobody_there(pool: BrowserPool, unused_tcp_port: int) -> None:
    with pytest.raises(Unavailable, match="page_not_opened"):
        await visited(pool, f"http://127.0.0.1:{unused_tcp_port}/", streams=True)


async def test_a_page_without_end(
    pool: BrowserPool, site: FilmSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_door, "MOST_BYTES", 20_000_000)

    async def giant(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        await response.write(b"<title>Giant</title><a href=/film>Film</a>")
        with contextlib.suppress(ConnectionError):
            for _ in range(100):
                await response.write(b"<p>more</p>" + b"<!-- nothing -->" * 70_000)
        return response

    site.server.answers["/"] = giant
    started = time.monotonic()
    with contextlib.suppress(Unavailable):
        await visited(pool, site.url("/"), links="a", seconds=6)
    assert time.monotonic() - started < 8
    site.page("/after", "", "<a href=/film>Film</a>")
    assert len((await visited(pool, site.url("/after"), links="a")).links) == 1


@pytest.mark.parametrize(
    "script",
    [
        "alert(1); confirm(2); prompt(3); onbeforeunload = () => 'stay'; fetch('/a.m3u8')",
        "location.href = '/file.zip'; setTimeout(() => fetch('/a.m3u8'), 300)",
        "location.href = 'magnet:?xt=1'; setTimeout(() => fetch('/a.m3u8'), 300)",
        "location.href = 'file:///etc/passwd'; setTimeout(() => fetch('/a.m3u8'), 300)",
        "Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => 0);"
        "navigator.mediaDevices?.getUserMedia({video: true}).catch(() => 0); fetch('/a.m3u8')",
        "document.body.requestFullscreen().catch(() => 0); print(); fetch('/a.m3u8')",
        "fetch('/a.m3u8').then(() => { for (;;); })",
        "fetch('/a.m3u8').then(() => close())",
    ],
)  # fmt: skip
async def test_pages_with_bad_manners(pool: BrowserPool, site: FilmSite, script: str) -> None:
    site.page("/", script)
    site.server.answers["/file.zip"] = says(
        b"PK" * 100_000,
        Content_Type="application/zip",
        Content_Disposition="attachment; filename=file.zip",
    )
    site.playlist("/a.m3u8")
    started = time.monotonic()
    seen: PageSeen = await visited(pool, site.url("/"), streams=True, seconds=4)
    assert [one.url for one in seen.streams] == [site.url("/a.m3u8")]
    assert time.monotonic() - started < 30  # it ends, whatever the page wants


async def test_a_flood_of_requests_ends_the_visit(
    pool: BrowserPool, site: FilmSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_streams, "MOST_REQUESTS", 60)
    site.page("/", "setInterval(() => { for (let i = 0; i < 20; i++) fetch('/x') }, 50)")
    started = time.monotonic()
    assert (await visited(pool, site.url("/"), streams=True, seconds=30)).streams == ()
    assert time.monotonic() - started < 15


async def test_a_page_that_eats_memory_ends_alone(pool: BrowserPool, site: FilmSite) -> None:
    site.page("/", "const a = []; for (;;) a.push(new Array(1e6).fill(1.1))")
    with pytest.raises(Unavailable, match="page_not_opened"):
        await visited(pool, site.url("/"), streams=True, seconds=20)
    site.page("/after", "fetch('/a.m3u8')")
    site.playlist("/a.m3u8")
    assert len((await visited(pool, site.url("/after"), streams=True)).streams) == 1


async def reached(inside: list[int], count: int) -> None:
    async with asyncio.timeout(20):
        while len(inside) < count:  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.02)


async def test_two_at_once_and_the_third_waits(pool: BrowserPool, site: FilmSite) -> None:
    doors = [asyncio.Event() for _ in range(4)]
    inside: list[int] = []

    async def held(request: web.Request) -> web.StreamResponse:
        number = int(request.query_string)
        inside.append(number)
        await doors[number].wait()
        return web.Response(text="<title>in</title>", content_type="text/html")

    site.server.answers["/held"] = held
    visits = [
        asyncio.create_task(visited(pool, site.url(f"/held?{number}"), seconds=15))
        for number in range(4)
    ]
    await reached(inside, 2)
    await asyncio.sleep(0.3)
    assert (sorted(inside), pool.in_use) == ([0, 1], (2, 2))
    doors[0].set()
    await reached(inside, 3)
    assert (inside[2], pool.in_use) == (2, (2, 1))
    visits[3].cancel()  # one that waits leaves the queue
    await asyncio.wait({visits[3]})
    assert pool.in_use == (2, 0)
    doors[1].set()
    doors[2].set()
    seen = await asyncio.gather(*visits[:3])
    assert [one.title for one in seen] == ["in"] * 3
    assert (pool.in_use, sorted(inside)) == ((0, 0), [0, 1, 2])


async def test_it_is_what_plugins_are_given(pool: BrowserPool, site: FilmSite) -> None:
    from app.services.plugins.borders import BorderBrowser, SharedBrowser

    site.page("/")
    shared: SharedBrowser = pool
    border = BorderBrowser(shared, frozenset(OWN), asyncio.get_running_loop())
    seen: PageSeen = await border.visit(PageVisit(site.url("/")))
    assert seen.title == "Film page"
