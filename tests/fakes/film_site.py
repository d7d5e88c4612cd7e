"""Pages as film sites make them, played by a local server, and a browser to visit them with."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from aiohttp import web

from app.api import PageSeen, PageVisit
from app.infra.browser.pool import BrowserPool
from tests.fakes.web import Handler, WebServer, web_server

PLAYLIST = "application/vnd.apple.mpegurl"
VARIANT = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6000,\nseg0.ts\n#EXT-X-ENDLIST\n"
MASTER = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\nvariant.m3u8\n"
CLIP = "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:15,\nad0.ts\n#EXT-X-ENDLIST\n"
OWN = ("127.0.0.1", "site.localhost", "player.localhost")


class FilmSite:
    """A web server whose pages are scripts; `visit` opens one of them."""

    def __init__(self, server: WebServer) -> None:
        self.server = server
        self.port = urlsplit(server.url).port

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, script: str = "", body: str = "") -> None:
        """A page with something to press, and a script."""
        self.server.play(
            path,
            "<!doctype html><html><head><title>Film page</title></head><body>"
            f'{body}<div id=play style="width:200px;height:100px">play</div>'
            f"<script>{script}</script></body></html>",
            "text/html",
        )

    def playlist(self, path: str, text: str = VARIANT, kind: str = PLAYLIST) -> None:
        """A playlist that other hosts' pages may read."""

        async def answer(_request: web.Request) -> web.StreamResponse:
            allowed = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
            return web.Response(text=text, headers={"Content-Type": kind, **allowed})

        self.server.answers[path] = answer

    def film(self, path: str, size: int, kind: str = "video/mp4") -> None:
        """The first bytes of a file of that size."""
        self.server.answers[path] = part_of(size, kind)

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return len(self.server.asked(path))


def part_of(size: int, kind: str) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        told = {"Content-Range": f"bytes 0-1999/{size}", "Content-Type": kind}
        return web.Response(status=206, body=bytes(2000), headers=told)

    return answer


@contextlib.asynccontextmanager
async def film_site() -> AsyncIterator[FilmSite]:
    """A site for the length of a test."""
    async with web_server() as server:
        yield FilmSite(server)


async def visited(
    pool: BrowserPool,
    url: str,
    *,
    own: tuple[str, ...] = OWN,
    clicks: tuple[str, ...] = (),
    links: str = "",
    streams: bool = False,
    seconds: float = 8.0,
) -> PageSeen:
    """Visit a page of a site at home."""
    wanted = PageVisit(url, clicks=clicks, links=links, streams=streams, seconds=seconds)
    return await pool.visit(wanted, frozenset(own))
