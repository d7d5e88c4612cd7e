"""A Prowlarr, a Jackett and a plain feed on loopback, answering with recorded documents."""

from __future__ import annotations

import contextlib
import importlib
import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from aiohttp import web

from app.api import AppError
from app.services.plugins.borders import GivenSecrets
from app.services.plugins.context import build_context, option_values
from tests.fakes.plugins import NoBrowser, manifest_of
from tests.fakes.web import Handler, WebServer, web_server

FIXTURES = Path(__file__).parent / "fixtures"
KEY = "canary-7f3a-91c2-key"
"""Must never be seen in anything that leaves the plugin."""
TORRENT = b"d8:announce31:udp://tracker.example.org:1337/4:infod6:lengthi5e4:name5:a.mkvee"
MAGNET = "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567&dn=Sealed"
CAPS = (
    "<caps><limits max='100'/><searching>{}</searching><categories><category id='2000'/>"
    "<category id='5000'/></categories></caps>"
)
NOTHING = '<rss version="2.0"><channel><title>Nothing</title></channel></rss>'


def recorded(name: str, url: str = "", key: str = KEY) -> bytes:
    """A recorded document, as the server at `url` would send it to the owner of `key`."""
    text = (FIXTURES / name).read_text("utf-8")
    return text.replace("@HOST@", url).replace("@KEY@", key).encode()


def xml(body: bytes | str, status: int = 200, **headers: str) -> web.Response:
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): told for name, told in headers.items()}
    return web.Response(body=data, status=status, content_type="application/rss+xml", headers=named)


def trouble(code: int, description: str = "", status: int = 200, **headers: str) -> web.Response:
    """An error document."""
    told = f'<?xml version="1.0" encoding="UTF-8"?>\n<error code="{code}" description='
    return xml(f"{told}{quoteattr(description)} />", status, **headers)


def unleaked(thing: object) -> None:
    """Fail when the key is seen in something, or in anything behind an error."""
    told = repr(thing)
    if isinstance(thing, BaseException):
        told += str(thing) + "".join(traceback.format_exception(thing))
    assert KEY not in told


async def set_up_fails(place: Path, secret: str = KEY, **options: Any) -> AppError:
    """Set the plugin up where it must not succeed; returns what it raises."""
    manifest = manifest_of("indexers")
    limits = replace(manifest.limits, timeout=1.0)
    manifest = replace(manifest, limits=limits)
    secrets = GivenSecrets({"api_key": secret})
    values = option_values(manifest, options)
    context, client = build_context(manifest, values, secrets, place, NoBrowser())
    try:
        with pytest.raises(AppError) as told:
            await importlib.import_module("plugins.indexers.provider").setup(context)
    finally:
        await client.close()
    unleaked(told.value)
    return told.value


@dataclass
class Fake:
    """What the three have in common; `special` answers for one indexer instead of the usual."""

    server: WebServer
    special: dict[str, Handler] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)  # indexer → recording
    caps: str = ""

    @property
    def url(self) -> str:
        return self.server.url

    def asked(self, t: str, source: str = "") -> list[dict[str, str]]:
        """The questions of one function, in order."""
        return [
            dict(one.query)
            for one in self.server.seen
            if one.query.get("t") == t and f"/{source}" in one.path
        ]

    async def feed(self, source: str, request: web.Request) -> web.StreamResponse:
        if source in self.special:
            return await self.special[source](request)
        if request.query.get("t") == "caps":
            return xml(recorded(self.caps))
        name = self.results.get(source)
        return xml(recorded(name, self.url) if name else NOTHING)


class FakeProwlarr(Fake):
    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.path.startswith("/api/v1/"):
            if request.headers.get("X-Api-Key") != KEY:
                return web.Response(status=401)
            name = request.path.removeprefix("/api/v1/").split("/")[-1]
            path = FIXTURES / f"prowlarr_{ {'indexer': 'indexers'}.get(name, name) }.json"
            if name in self.special:
                return await self.special[name](request)
            return web.Response(
                body=path.read_bytes() if name in ("indexer", "indexerstatus", "status") else b"{}",
                content_type="application/json",
            )
        if request.query.get("apikey") != KEY:
            return web.Response(status=401)
        source, _, what = request.path[1:].partition("/")
        if what == "api":
            return await self.feed(source, request)
        if what == "download":
            return self.download(request)
        return web.Response(status=404)

    def download(self, request: web.Request) -> web.StreamResponse:
        if not request.query.get("link") or not request.query.get("file"):
            return web.Response(status=400)
        if request.query["link"] == "dGhpcmQ":
            return web.Response(status=301, headers={"Location": MAGNET})
        return web.Response(body=TORRENT, content_type="application/x-bittorrent")


class FakeJackett(Fake):
    async def handle(self, request: web.Request) -> web.StreamResponse:
        parts = request.path.strip("/").split("/")
        if parts[:3] == ["api", "v2.0", "indexers"] and parts[4:6] == ["results", "torznab"]:
            if request.query.get("apikey") != KEY:
                return trouble(100, "Invalid API Key")
            if request.query.get("t") == "indexers":
                return xml(recorded("jackett_indexers.xml"))
            return await self.feed(parts[3], request)
        if parts[0] == "dl":
            if request.query.get("jackett_apikey") != KEY:
                return web.Response(status=401)
            return web.Response(body=TORRENT, content_type="application/x-bittorrent")
        raise web.HTTPFound("/UI/Login")


class FakeFeed(Fake):
    """A plain feed: its caps are for everybody, its results are not."""

    path = "/api"
    needs_words = False

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.path != self.path:
            return web.Response(status=404, text="<html>Not here</html>", content_type="text/html")
        if request.query.get("t") != "caps" and request.query.get("apikey") != KEY:
            return trouble(100, f"Incorrect user credentials {request.query.get('apikey')}")
        if self.needs_words and request.query.get("t") == "search" and "q" not in request.query:
            return trouble(200, "Missing parameter (q)", 400)
        return await self.feed("", request)


@contextlib.asynccontextmanager
async def prowlarr() -> AsyncIterator[FakeProwlarr]:
    async with web_server() as server:
        made = FakeProwlarr(server, caps="prowlarr_caps.xml")
        made.results = {"1": "prowlarr_results.xml", "7": "prowlarr_usenet.xml"}
        server.always = made.handle
        yield made


@contextlib.asynccontextmanager
async def jackett() -> AsyncIterator[FakeJackett]:
    async with web_server() as server:
        made = FakeJackett(server, caps="jackett_caps.xml")
        made.results = {"examplefilms": "jackett_results.xml"}
        server.always = made.handle
        yield made


@contextlib.asynccontextmanager
async def plain(caps: str = "newznab_caps.xml") -> AsyncIterator[FakeFeed]:
    async with web_server() as server:
        made = FakeFeed(server, caps=caps)
        made.results = {"": "newznab_results.xml"}
        server.always = made.handle
        yield made
