"""Brings streams of the web to the player: with the headers they need, and nothing round the guard.

The player itself reaches no address but the station's own. What it asks for is fetched here,
playlists are rewritten so that their parts come here too, and a connection that breaks in the
middle is taken up where it broke.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from app.domain.errors import AppError, NotFound, Refused, Unavailable, Unsupported
from app.infra.http_stream import StreamClient
from app.infra.loopback import LoopbackServer
from app.services.playback import playlists
from app.services.playback.parts import Parts, is_name, steps

if TYPE_CHECKING:
    import httpx
    from aiohttp import web

log = logging.getLogger(__name__)

SNIFFED: Final = 4096
LEAST: Final = 512
LOOK_SECONDS: Final = 6.0
"""Seconds for the first bytes; with fewer than `LEAST` of them a stream is too slow to play."""
READ_AGAIN: Final = 2.0
"""Seconds before a playlist is read once more for a part it did not have."""
RETRIES: Final = 4
"""So often a broken answer is taken up again before the player is told."""
PAUSE: Final = 0.5
_PASSED_ON: Final = ("Content-Type", "Content-Length", "Content-Range", "Accept-Ranges")
_EVERYWHERE: Final = frozenset({"referer", "origin", "user-agent", "accept", "accept-language"})
"""Headers of a stream that its parts on other hosts are told too; cookies and keys are not."""
_ITSELF: Final = ("stream", "film")
"""Names of the stream itself, here and for the devices of the home."""
_PAGES: Final = ("text/html", "application/xhtml")


@dataclass(frozen=True, slots=True)
class Remote:
    """A stream somewhere: its address and what must be sent with each request for it."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    own_hosts: frozenset[str] = frozenset()  # hosts of the home network the owner typed himself


@dataclass(frozen=True, slots=True)
class Relayed:
    """A stream the player may open. `size` is in bytes, where it is known."""

    address: str
    playlist: bool
    size: int | None = None
    content_type: str = ""


class Relay:
    """The streams that play now. Lives on the service loop."""

    def __init__(self, server: LoopbackServer) -> None:
        self._server = server
        self._open: dict[str, _Session] = {}

    async def open(self, remote: Remote) -> Relayed:
        """Look at a stream's first bytes and offer it to the player.

        Raises what is wrong with it: `Unavailable`, `NotFound`, `Refused` (DRM, the home
        network), `Unsupported` (a web page, nothing that plays).
        """
        session = _Session(remote)
        try:
            seen = await session.look()
        except BaseException:
            await session.close()
            raise
        name = f"stream.{playlists.ending_of(remote.url) if not seen.playlist else 'm3u8'}"
        address = await self._server.offer(session.serve, name)
        self._open[address] = session
        return Relayed(address, seen.playlist, seen.size, seen.content_type)

    async def close(self, address: str) -> None:
        """Let a stream go."""
        session = self._open.pop(address, None)
        self._server.withdraw(address)
        if session is not None:
            await session.close()

    async def stop(self) -> None:
        """Let every stream go."""
        for address in list(self._open):
            await self.close(address)


@dataclass(frozen=True, slots=True)
class _Seen:
    playlist: bool
    size: int | None
    content_type: str


class _Session:
    """One stream with all its parts: playlists, keys, segments. Parts are known by their place."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._client = StreamClient(remote.own_hosts)
        self._host = _host_of(remote.url)
        self._parts = Parts()
        self._playlist = False
        self._reading = asyncio.Lock()
        self._read_at: dict[str, float] = {}  # playlists that were read for a part, and when

    async def close(self) -> None:
        await self._client.close()

    async def look(self) -> _Seen:
        """Ask for the beginning, and say what it is."""
        headers = {**self._headers(self._remote.url), "Range": f"bytes=0-{SNIFFED - 1}"}
        async with self._client.open(self._remote.url, headers) as response:
            _require(response, self._host)
            kind = response.headers.get("content-type", "").lower()
            body = _Body(response)
            start = await body.beginning(self._host)
            if playlists.is_playlist(start) or "mpegurl" in kind:
                text = (await self._whole(response, body, start)).decode("utf-8", "replace")
                playlists.check_open(text)
                self._playlist = True
                return _Seen(True, None, kind)
            if kind.startswith(_PAGES) or start.lstrip()[:15].lower().startswith(b"<!doctype html"):
                raise Unsupported("errors.stream_is_page", host=self._host)
            if not start:
                raise Unsupported("errors.stream_unplayable", host=self._host)
            return _Seen(False, _total(response), kind)

    async def serve(self, request: web.Request, rest: str) -> web.StreamResponse:
        """Answer who plays it: ``stream.*`` is the stream itself, ``2-7.ts`` one of its parts."""
        from aiohttp import web

        name = rest.partition(".")[0]
        try:
            address = await self._find(name)
            if address is None:
                return web.Response(status=404)
            return await self._answer(request, "" if name in _ITSELF else name, address)
        except (Refused, Unsupported):
            return web.Response(status=403)
        except NotFound:
            return web.Response(status=404)
        except AppError as error:
            log.info("A part of a stream could not be had: %s", error)
            return web.Response(status=502)

    async def _find(self, name: str) -> str | None:
        """Where a part lies. One that was named before a restart is looked up where it stands."""
        if name in _ITSELF:
            return self._remote.url
        if not is_name(name):
            return None
        if self._playlist and self._parts.address(name) is None:
            async with self._reading:
                for parent, child in steps(name):
                    if self._parts.address(child) is None:
                        await self._read_again(parent)
        return self._parts.address(name)

    async def _read_again(self, name: str) -> None:
        address = self._parts.address(name) if name else self._remote.url
        now = asyncio.get_running_loop().time()
        if address is None or now - self._read_at.get(name, -READ_AGAIN) < READ_AGAIN:
            return
        self._read_at[name] = now
        async with self._client.open(address, self._headers(address)) as response:
            _require(response, self._host)
            body = _Body(response)
            start = await body.part()
            if playlists.is_playlist(start):
                await self._rewritten(response, body, name, start)

    async def _answer(self, request: web.Request, name: str, address: str) -> web.StreamResponse:
        headers = self._headers(address)
        wanted = request.headers.get("Range")
        if wanted is not None:
            headers["Range"] = wanted
        from aiohttp import web

        method = "HEAD" if request.method == "HEAD" else "GET"
        async with self._client.open(address, headers, method) as response:
            if response.status_code == 416:
                return _plain(416, response)
            _require(response, urlsplit(address).hostname or "")
            if method == "HEAD":
                return _plain(response.status_code, response)
            body = _Body(response)
            start = await body.part()
            if not playlists.is_playlist(start):
                return await self._pass_on(request, response, body, address, start)
            told = await self._rewritten(response, body, name, start)
            return web.Response(text=told, content_type="application/vnd.apple.mpegurl")

    async def _rewritten(
        self, response: httpx.Response, body: _Body, name: str, start: bytes
    ) -> str:
        """A playlist of that name with the names of its parts, which are known from then on."""
        text = (await self._whole(response, body, start)).decode("utf-8", "replace")
        return playlists.rewrite(text, str(response.url), partial(self._parts.name, name))

    async def _pass_on(
        self,
        request: web.Request,
        response: httpx.Response,
        body: _Body,
        address: str,
        start: bytes,
    ) -> web.StreamResponse:
        """Send the bytes on as they come; a break is mended by asking for the rest."""
        from aiohttp import web

        answer = web.StreamResponse(status=response.status_code)
        for name in _PASSED_ON:
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        await answer.prepare(request)
        try:
            await answer.write(start)
            sent = len(start)
            while part := await body.part():
                await answer.write(part)
                sent += len(part)
            await self._take_up(answer, response, address, sent)
            await answer.write_eof()
        except ConnectionError:
            pass  # the player went elsewhere
        return answer

    async def _take_up(
        self, answer: web.StreamResponse, response: httpx.Response, address: str, sent: int
    ) -> None:
        """Ask for what a broken answer still owes, some times over."""
        first, last = _span(response)
        length = response.headers.get("content-length", "")
        total = int(length) if length.isdigit() else sent
        for attempt in range(RETRIES):
            if sent >= total or self._client.closed:
                return
            await asyncio.sleep(PAUSE * attempt)
            wanted = f"bytes={first + sent}-{'' if last is None else last}"
            headers = {**self._headers(address), "Range": wanted}
            try:
                async with self._client.open(address, headers) as again:
                    if again.status_code != 206 or _span(again)[0] != first + sent:
                        return
                    body = _Body(again)
                    while sent < total and (part := await body.part()):
                        await answer.write(part[: total - sent])
                        sent = min(total, sent + len(part))
            except AppError as error:
                log.info("A broken stream could not be taken up again yet: %s", error)

    async def _whole(self, response: httpx.Response, body: _Body, start: bytes) -> bytes:
        """The whole of a playlist; one that was asked for in part is asked for anew."""
        if response.status_code == 206:
            url = str(response.url)
            async with self._client.open(url, self._headers(url)) as whole:
                _require(whole, self._host)
                return await _all(_Body(whole), b"", self._host)
        return await _all(body, start, self._host)

    def _headers(self, address: str) -> dict[str, str]:
        """What is sent with a request: everything to the stream's own host, less to others."""
        same = urlsplit(address).hostname == self._host
        return {
            name: value
            for name, value in self._remote.headers.items()
            if (same or name.lower() in _EVERYWHERE)
            and name.lower() not in ("host", "range")
            and value.isascii()  # a header knows no other letters
            and name.isascii()
        }


def _host_of(url: str) -> str:
    """The host of a stream's address; `Refused` when it is no web address."""
    try:
        url.encode()
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.port != 0
    except ValueError as error:
        raise Refused("errors.not_a_web_address") from error
    if not good or not parts.hostname:
        raise Refused("errors.not_a_web_address")
    return parts.hostname


def _require(response: httpx.Response, host: str) -> None:
    if response.status_code in (404, 410):
        raise NotFound("errors.server_has_not", host=host)
    if response.status_code in (401, 403):
        raise Refused("errors.stream_refused", host=host)
    if response.status_code >= 400:
        raise Unavailable("errors.server_failed", host=host, status=response.status_code)


def _plain(status: int, response: httpx.Response) -> web.Response:
    from aiohttp import web

    kept = {name: response.headers[name] for name in _PASSED_ON if name in response.headers}
    return web.Response(status=status, headers=kept)


async def _all(body: _Body, start: bytes, host: str) -> bytes:
    held = bytearray(start)
    while part := await body.part():
        held += part
        if len(held) > playlists.LARGEST:
            raise Unsupported("errors.stream_unplayable", host=host)
    return bytes(held)


class _Body:
    """The bytes of an answer as they come; one that breaks just ends."""

    def __init__(self, response: httpx.Response) -> None:
        self._parts = response.aiter_raw()

    async def beginning(self, host: str) -> bytes:
        """The first kilobytes; `Unavailable` when they only drip."""
        held = bytearray()
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                while len(held) < SNIFFED and (part := await self.part()):
                    held += part
        except TimeoutError as error:
            if len(held) < LEAST:
                raise Unavailable("errors.server_slow", host=host) from error
        return bytes(held)

    async def part(self) -> bytes:
        """The next bytes, nothing at the end."""
        import httpx

        try:
            return await anext(self._parts, b"")
        except (httpx.HTTPError, OSError) as error:
            log.info("A stream broke: %s", type(error).__name__)
            return b""


def _total(response: httpx.Response) -> int | None:
    """The whole size, from ``Content-Range`` or ``Content-Length``."""
    told = response.headers.get("content-range", "").rpartition("/")[2]
    if told.isdigit():
        return int(told)
    length = response.headers.get("content-length", "")
    return int(length) if length.isdigit() and response.status_code == 200 else None


def _span(response: httpx.Response) -> tuple[int, int | None]:
    """The first and last byte an answer holds of its file."""
    told = response.headers.get("content-range", "")
    found = re.match(r"bytes (\d+)-(\d+)/", told)
    return (int(found[1]), int(found[2])) if found is not None else (0, None)
