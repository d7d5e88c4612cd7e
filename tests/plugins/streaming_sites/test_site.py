"""The plugin against a site and a FlareSolverr of our own."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app.api import (
    AppError,
    Caught,
    Hit,
    HitKind,
    InvalidInput,
    NotFound,
    PageLink,
    PageSeen,
    PageVisit,
    Refused,
    SearchQuestion,
    Unavailable,
)
from app.infra.browser.pool import BrowserPool
from app.services.plugins.borders import GivenSecrets
from app.services.plugins.context import build_context, option_values
from plugins.streaming_sites import client as talking
from plugins.streaming_sites.provider import setup
from tests.fakes.film_site import FilmSite, film_site
from tests.fakes.plugins import manifest_of, provider
from tests.fakes.web import BAD_DAYS, WebServer, drips, leads_to, says, web_server

FIXTURES = Path(__file__).parent / "fixtures"
QUESTION = SearchQuestion("Night", year=1968)
HELPED = "Chrome/142."


class Scripted:
    """A browser that sees what it is told to, and keeps what was wanted."""

    def __init__(self) -> None:
        self.wanted: list[PageVisit] = []
        self.own: frozenset[str] = frozenset()
        self.sees: Callable[[PageVisit], PageSeen] = lambda wanted: PageSeen(url=wanted.url)

    async def visit(self, wanted: PageVisit, own_hosts: frozenset[str] = frozenset()) -> PageSeen:
        self.wanted.append(wanted)
        self.own = own_hosts
        return self.sees(wanted)


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with web_server() as made:
        made.answers["/"] = says("<h1>Films</h1>")
        yield made


@pytest.fixture
async def solver() -> AsyncIterator[WebServer]:
    """FlareSolverr's protocol: 200 with what it was let in with, 500 with a reason."""
    async with web_server() as made:

        async def answer(request: web.Request) -> web.StreamResponse:
            asked = await request.json()
            assert request.method == "POST"
            assert request.content_type == "application/json"
            if asked["cmd"] == "sessions.list":
                return web.json_response({"status": "ok", "message": "", "sessions": []})
            assert asked["cmd"] == "request.get"
            assert asked["maxTimeout"] == 45_000
            made.answers.setdefault("asked", b"")
            if made.answers.get("fails"):
                failed = json.loads((FIXTURES / "failed.json").read_text())
                return web.json_response(failed, status=500)
            return web.json_response(json.loads((FIXTURES / "solved.json").read_text()))

        made.answers["/v1"] = answer
        yield made


def asked(solver: WebServer) -> int:
    """How often it was to open a page; the first request is the plugin's own trial."""
    return len([one for one in solver.seen if one.path == "/v1"]) - 1


def plugin(
    server: WebServer, place: Path, browser: Any, **options: Any
) -> contextlib.AbstractAsyncContextManager[Any]:
    usual = {"search_address": f"{server.url}/search?q={{query}}", "result_links": "article a"}
    return provider("streaming_sites", place, browser=browser, **{**usual, **options})


async def tried(server: WebServer, place: Path, **options: str) -> None:
    """Set it up as the station does for a trial: the web client is closed whatever happens."""
    manifest = manifest_of("streaming_sites")
    usual = {"search_address": f"{server.url}/search?q={{query}}"}
    values = option_values(manifest, {**usual, **options})
    context, client = build_context(manifest, values, GivenSecrets({}), place, Scripted())
    try:
        await setup(context)
    finally:
        await client.close()


def lets_in(wanted: PageVisit) -> PageSeen:
    """A site that shows itself to the one FlareSolverr was let in as."""
    if HELPED not in wanted.user_agent or wanted.cookies != {"clearance": "let-me-in"}:
        return PageSeen(url=wanted.url, status=403)
    return PageSeen(
        "Film",
        wanted.url,
        (PageLink("Night", wanted.url.replace("search", "film")),),
        (Caught("https://c.example/a.m3u8", HitKind.PLAYLIST),),
    )


async def test_the_source_is_the_site(server: WebServer, tmp_path: Path) -> None:
    async with plugin(server, tmp_path, Scripted()) as site:
        (source,) = await site.sources()
        assert (source.name, source.patience) == ("127.0.0.1", 90)


async def test_links_elsewhere_are_left_out(server: WebServer, tmp_path: Path) -> None:
    browser = Scripted()
    links = (PageLink("Night", f"{server.url}/1"), PageLink("Away", "https://b.example/"))
    browser.sees = lambda wanted: PageSeen(url=wanted.url, links=links)
    async with plugin(server, tmp_path, browser) as site:
        hits = await site.search("site", QUESTION)
    assert [one.reference for one in hits] == [f"{server.url}/1"]
    (wanted,) = browser.wanted
    assert (wanted.url, wanted.links) == (f"{server.url}/search?q=Night", "article a")
    assert not wanted.streams
    assert browser.own == {"127.0.0.1"}


async def test_the_films_own_page_is_not_searched_for(server: WebServer, tmp_path: Path) -> None:
    browser = Scripted()
    pattern = f"{server.url}/{{year}}/{{slug}}"
    async with plugin(server, tmp_path, browser, search_address=pattern, result_links=" ") as site:
        (found,) = await site.search("site", QUESTION)
        assert (found.reference, found.year) == (f"{server.url}/1968/night", 1968)
        assert await site.search("site", SearchQuestion("Night")) == []
    assert browser.wanted == []


async def test_only_pages_of_the_site_are_visited(server: WebServer, tmp_path: Path) -> None:
    browser = Scripted()
    async with plugin(server, tmp_path, browser) as site:
        for reference in ("https://b.example/", "http://192.168.1.1/", "file:///etc/passwd", ""):
            with pytest.raises(Refused, match="site_not_own"):
                await site.resolve(reference)
    assert browser.wanted == []


async def test_a_page_that_plays(server: WebServer, tmp_path: Path) -> None:
    browser = Scripted()
    caught = Caught("https://c.example/a.m3u8", HitKind.PLAYLIST, {"referer": "x", "x-tok": "1"})
    browser.sees = lambda wanted: PageSeen("Night", wanted.url, streams=(caught,))
    async with plugin(server, tmp_path, browser, clicks="#cookies; .play") as site:
        (stream,) = await site.resolve(f"{server.url}/film/1")
    assert (stream.url, stream.headers) == (caught.url, caught.headers)
    (wanted,) = browser.wanted
    assert (wanted.clicks, wanted.streams) == (("#cookies", ".play"), True)


async def test_a_page_that_plays_nothing_and_one_under_drm(
    server: WebServer, tmp_path: Path
) -> None:
    browser = Scripted()
    async with plugin(server, tmp_path, browser) as site:
        with pytest.raises(NotFound, match="no_stream_found") as told:
            await site.resolve(f"{server.url}/film/1")
        assert told.value.args_map == {"host": "127.0.0.1"}
        browser.sees = lambda wanted: PageSeen("Night", wanted.url, protected=True)
        (stream,) = await site.resolve(f"{server.url}/film/1")
        assert stream.protected


async def test_the_solver_is_asked_when_the_visit_is_turned_away(
    server: WebServer, solver: WebServer, tmp_path: Path
) -> None:
    browser = Scripted()
    browser.sees = lets_in
    async with plugin(server, tmp_path, browser, solver=solver.url) as site:
        assert len(await site.search("site", QUESTION)) == 1
        assert asked(solver) == 1
        assert len(browser.wanted) == 2
        assert (await solver.seen[-1].json())["url"] == f"{server.url}/search?q=Night"
        # What helped is used again without asking.
        assert len(await site.search("site", QUESTION)) == 1
        assert len(await site.resolve(f"{server.url}/film?q=Night")) == 1
        assert (asked(solver), len(browser.wanted)) == (1, 4)


async def test_the_solver_is_asked_when_there_are_no_links_and_not_twice(
    server: WebServer, solver: WebServer, tmp_path: Path
) -> None:
    browser = Scripted()
    async with plugin(server, tmp_path, browser, solver=f"{solver.url}/v1") as site:
        assert await site.search("site", QUESTION) == []
        assert (asked(solver), len(browser.wanted)) == (1, 2)
        assert await site.search("site", QUESTION) == []  # let in: there is nothing, then
        assert (asked(solver), len(browser.wanted)) == (1, 3)


async def test_the_solver_is_left_alone_when_the_site_answers(
    server: WebServer, solver: WebServer, tmp_path: Path
) -> None:
    browser = Scripted()
    browser.sees = lambda wanted: PageSeen(url=wanted.url, links=(PageLink("a", server.url),))
    async with plugin(server, tmp_path, browser, solver=solver.url) as site:
        assert len(await site.search("site", QUESTION)) == 1
        with pytest.raises(NotFound):
            await site.resolve(f"{server.url}/film/1")
    assert asked(solver) == 0


async def test_what_helped_once_is_asked_for_again_when_it_ran_out(
    server: WebServer, solver: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Scripted()
    browser.sees = lets_in
    async with plugin(server, tmp_path, browser, solver=solver.url) as site:
        await site.resolve(f"{server.url}/film/1")
        turns = iter((PageSeen(status=403), lets_in))

        def sees(wanted: PageVisit) -> PageSeen:
            turn = next(turns)
            return turn if isinstance(turn, PageSeen) else turn(wanted)

        browser.sees = sees
        assert len(await site.resolve(f"{server.url}/film/1")) == 1
        assert asked(solver) == 2
        monkeypatch.setattr(talking, "CLEARANCE_SECONDS", -1.0)
        browser.sees = lambda wanted: PageSeen(url=wanted.url, status=503)
        with pytest.raises(Unavailable, match="site_turned_away"):
            await site.search("site", QUESTION)


async def test_turned_away_without_a_solver(server: WebServer, tmp_path: Path) -> None:
    browser = Scripted()
    browser.sees = lambda wanted: PageSeen(url=wanted.url, status=403)
    async with plugin(server, tmp_path, browser) as site:
        for work in (site.search("site", QUESTION), site.resolve(f"{server.url}/film/1")):
            with pytest.raises(Unavailable, match="site_turned_away"):
                await work


async def test_a_solver_that_fails_is_told_plainly(
    server: WebServer, solver: WebServer, tmp_path: Path
) -> None:
    browser = Scripted()
    browser.sees = lets_in
    async with plugin(server, tmp_path, browser, solver=solver.url) as site:
        solver.answers["fails"] = b"yes"
        with pytest.raises(Unavailable, match="solver_failed"):
            await site.search("site", QUESTION)
        solver.answers["/v1"] = drips
        with pytest.raises(Unavailable, match="server_slow"):
            await site.search("site", QUESTION)


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_solver_on_a_bad_day(
    server: WebServer, solver: WebServer, tmp_path: Path, day: str
) -> None:
    browser = Scripted()
    browser.sees = lets_in
    async with plugin(
        server, tmp_path, browser, solver=solver.url, seconds=1.0, largest=100_000
    ) as site:
        solver.always = BAD_DAYS[day]
        with pytest.raises(AppError):
            await site.search("site", QUESTION)


async def test_a_site_that_moved_is_told(server: WebServer, tmp_path: Path) -> None:
    browser = Scripted()
    browser.sees = lambda _: PageSeen(url="https://new.example/?q=Night")
    async with plugin(server, tmp_path, browser) as site:
        with pytest.raises(Unavailable, match="site_moved") as told:
            await site.search("site", QUESTION)
        assert told.value.args_map["page"] == "https://new.example/?q=Night"


async def test_it_is_tried_before_it_is_kept(
    server: WebServer, tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = f"http://127.0.0.1:{unused_tcp_port}"
    for options, kind, key in (
        ({"search_address": "films"}, InvalidInput, "not_a_web_address"),
        ({"search_address": f"{server.url}/search"}, InvalidInput, "site_address_incomplete"),
        ({"search_address": f"{nobody}/{{query}}"}, Unavailable, "server_offline"),
        ({"solver": nobody}, Unavailable, "server_offline"),
        ({"solver": server.url}, Unavailable, "solver_none"),
        ({"solver": "nas"}, InvalidInput, "not_a_web_address"),
    ):
        with pytest.raises(kind, match=key):
            await tried(server, tmp_path, **options)
    monkeypatch.setattr(talking, "PROBE_SECONDS", 0.3)
    server.always = drips
    with pytest.raises(Unavailable, match="server_slow"):
        await tried(server, tmp_path)


# With a real browser.


@pytest.fixture
async def pool() -> AsyncIterator[BrowserPool]:
    made = BrowserPool()
    yield made
    await made.close()


@pytest.fixture
async def films() -> AsyncIterator[FilmSite]:
    async with film_site() as made:
        made.server.answers["/"] = says("<h1>Films</h1>")
        made.server.play("/search", FIXTURES / "search.html", "text/html")
        made.page(
            "/film/night-of-the-living-dead",
            "play.onclick = () => fetch('/hls/a.m3u8', {headers: {'X-Tok': 'abc'}})",
        )
        made.page("/film/night-tide")
        made.playlist("/hls/a.m3u8")
        yield made


async def test_from_the_words_to_the_stream(
    films: FilmSite, pool: BrowserPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talking, "FILM_SECONDS", 5.0)
    async with plugin(
        films.server, tmp_path, pool, result_links=".result a", clicks="#play"
    ) as site:
        hits: list[Hit] = await site.search("site", QUESTION)
        assert [(one.title, one.reference) for one in hits] == [
            ("Night of the Living Dead (1968)", films.url("/film/night-of-the-living-dead")),
            ("Night Tide (1961)", films.url("/film/night-tide")),
        ]
        (stream,) = await site.resolve(hits[0].reference)
        assert stream.url == films.url("/hls/a.m3u8")
        assert stream.headers["x-tok"] == "abc"
        assert stream.headers["referer"] == hits[0].reference
        with pytest.raises(NotFound, match="no_stream_found"):
            await site.resolve(hits[1].reference)
    assert films.server.asked("/search") == [{"q": "Night"}]


async def test_the_clearance_really_opens_the_page(
    films: FilmSite, solver: WebServer, pool: BrowserPool, tmp_path: Path
) -> None:
    page = (FIXTURES / "search.html").read_text()

    async def picky(request: web.Request) -> web.StreamResponse:
        helped = HELPED in request.headers["User-Agent"]
        if not helped or request.cookies.get("clearance") != "let-me-in":
            return web.Response(status=403, text="Just a moment...", content_type="text/html")
        return web.Response(text=page, content_type="text/html")

    films.server.answers["/search"] = picky
    async with plugin(films.server, tmp_path, pool, solver=solver.url) as site:
        assert len(await site.search("site", QUESTION)) == 2
        assert asked(solver) == 1


PAGES = (
    *("drips for a minute", "sends a bomb", "nothing", "500", "429 without one", "broken JSON"),
    *("a redirect loop", "a redirect home", "a redirect to a file", "wrong encoding"),
)


async def test_a_site_on_bad_days(
    films: FilmSite, pool: BrowserPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each ends as one plain error, or finds nothing, within its time."""
    monkeypatch.setattr(talking, "SEARCH_SECONDS", 2.5)
    monkeypatch.setattr("app.infra.browser.visit.QUIET_SECONDS", 0.2)
    async with plugin(films.server, tmp_path, pool) as site:
        for day in PAGES:
            films.server.always = BAD_DAYS[day]
            async with asyncio.timeout(8):
                with contextlib.suppress(AppError):
                    assert await site.search("site", QUESTION) == [], day
        films.server.always = leads_to("http://127.0.0.2:8080/")
        with pytest.raises(Refused, match="address_at_home"):
            await site.search("site", QUESTION)
