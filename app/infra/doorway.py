"""Where the browser comes back to after a sign-in: a small door on loopback, open for minutes."""

from __future__ import annotations

import asyncio
import errno
import html
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.api.publishing import Doorway
from app.domain.errors import Unavailable

if TYPE_CHECKING:
    from aiohttp import web

OPEN_SECONDS: Final = 300.0
"""Seconds the door stays open for somebody who signs in."""
MOST_FIELDS: Final = 20
LONGEST_LINE: Final = 8190
"""Bytes of the first line of a request, address and all, and of each header."""
FREE_TRIES: Final = 8
_LOOPBACKS: Final = {"localhost": ("127.0.0.1", "::1"), "127.0.0.1": ("127.0.0.1",),
                     "::1": ("::1",)}  # fmt: skip
_NO_FAMILY: Final = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says to who comes back: a sign tells it too. `ours`: it was who we wait for."""

    good: bool
    words: str = ""
    ours: bool = True


class BrowserDoor:
    """Waits for one browser to come back. `take` is given its answer, and says what to show."""

    def __init__(
        self,
        doorway: Doorway,
        take: Callable[[Mapping[str, str]], Awaitable[Shown]],
        seconds: float = OPEN_SECONDS,
    ) -> None:
        self._doorway = doorway
        self._take = take
        self._seconds = seconds
        self._came = asyncio.Event()
        self._turn = asyncio.Lock()
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def open(self) -> str:
        """Begin to listen; returns the address to come back to.

        `Unavailable` (``errors.sign_in_port``) when another program has the port.
        """
        from aiohttp import web

        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(
            application,
            access_log=None,  # the address holds the answer
            shutdown_timeout=2.0,
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_LINE,
            keepalive_timeout=2.0,
        )
        await runner.setup()
        self._runner = runner
        try:
            sockets = _bound(_LOOPBACKS.get(self._doorway.host, ()), self._doorway.port)
            for one in sockets:
                await web.SockSite(runner, one).start()
        except BaseException:
            await self.close()
            raise
        self._port = sockets[0].getsockname()[1]
        return f"http://{self._host}{self._doorway.path}"

    async def wait(self) -> bool:
        """Wait until somebody was let in, or it has been open long enough: False."""
        try:
            async with asyncio.timeout(self._seconds):
                await self._came.wait()
        except TimeoutError:
            return False
        return True

    async def close(self) -> None:
        """Listen no more; an answer that is being given is given to its end."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    @property
    def _host(self) -> str:
        name = f"[{self._doorway.host}]" if ":" in self._doorway.host else self._doorway.host
        return f"{name}:{self._port}"

    async def _answer(self, request: web.Request) -> web.Response:
        from aiohttp import web

        if request.path != self._doorway.path:
            return web.Response(status=404, headers=_HEADERS)
        if request.method != "GET" or not self._is_a_visit(request):
            return web.Response(status=403, headers=_HEADERS)
        if len(request.query) > MOST_FIELDS or len(request.query) != len(set(request.query)):
            return web.Response(status=400, headers=_HEADERS)
        async with self._turn:  # one after the other: the second finds it closed
            if self._came.is_set():
                return web.Response(status=410, headers=_HEADERS)
            shown = await self._take(dict(request.query))
            if shown.ours:
                self._came.set()
        return web.Response(
            status=200 if shown.good else 400,
            body=_page(shown).encode(),
            content_type="text/html",
            charset="utf-8",
            headers=_HEADERS,
        )

    def _is_a_visit(self, request: web.Request) -> bool:
        """Whether a person's browser was led here: a page's own script or picture is not it."""
        if request.headers.get("Host", "").lower() != self._host or "Origin" in request.headers:
            return False
        return request.headers.get("Sec-Fetch-Dest", "document") == "document"


def _bound(addresses: tuple[str, ...], port: int) -> list[socket.socket]:
    """Sockets of each address, all at one port; IPv6 may be missing beside IPv4."""
    for left in reversed(range(1 if port else FREE_TRIES)):
        made: list[socket.socket] = []
        try:
            for address in addresses:
                made.append(_listening(address, made[0].getsockname()[1] if made else port))
        except OSError as error:
            if made and error.errno in _NO_FAMILY:
                return made
            for one in made:
                one.close()
            if not left:
                raise Unavailable("errors.sign_in_port", port=port) from error
        else:
            if made:
                return made
    raise Unavailable("errors.sign_in_port", port=port)  # no address of this machine's own


def _listening(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        made.listen(8)
        made.setblocking(False)
    except OSError:
        made.close()
        raise
    return made


def _page(shown: Shown) -> str:
    """One small page; whoever has no words in his language has the sign."""
    sign, colour = ("\N{CHECK MARK}", "#2c7a4b") if shown.good else ("\N{MULTIPLICATION X}", "#a33")
    return (
        '<!doctype html><meta charset="utf-8"><title>Sokoul</title>'
        '<meta name="viewport" content="width=device-width">'
        "<style>body{font:1.1rem system-ui,sans-serif;text-align:center;margin:20vh 1.5rem;"
        "color-scheme:light dark}b{font-size:4rem;color:" + colour + "}</style>"
        f"<b>{sign}</b><p>{html.escape(shown.words)}</p>"
    )
