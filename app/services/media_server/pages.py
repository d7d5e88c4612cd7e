"""The addresses of the media server, and what comes in by them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.infra.lan.interfaces import Interface, way_for
from app.infra.lan.routes import Route
from app.services.media_server import callbacks, soap
from app.services.media_server.control import Asker, Control, stranger
from app.services.media_server.describing import ICONS, SERVER, SERVICES, device, scpd
from app.services.media_server.eventing import Events, Subscription, seconds_of
from app.services.media_server.guests import GuestBook
from app.services.media_server.makers import maker_of
from app.services.media_server.media import Media

if TYPE_CHECKING:
    from aiohttp import web

    from app.infra.lan.routes import Answer

RESOURCES: Final = Path(__file__).resolve().parents[3] / "resources" / "media_server"
_XML: Final = 'text/xml; charset="utf-8"'
First = Callable[[str, Subscription], Mapping[str, str]]


class Pages:
    """Answers for the server for the home. Lives on the service loop.

    `interfaces` are those by which the library is shared now; by others nothing is found.
    """

    def __init__(
        self,
        guests: GuestBook,
        control: Control,
        media: Media,
        events: Events,
        first: First,
        name: Callable[[], str],
    ) -> None:
        self._guests = guests
        self._control = control
        self._media = media
        self._events = events
        self._first = first
        self._name = name
        self._icons: dict[str, bytes] = {}
        self.udn = ""
        self.port = 0
        self.interfaces: tuple[Interface, ...] = ()

    def routes(self) -> tuple[Route, ...]:
        """All of them."""
        media = self._media
        return (
            Route("GET", "/dlna/device.xml", self._device),
            Route("GET", "/dlna/{service}.xml", self._scpd),
            Route("GET", "/dlna/icon/{name}", self._icon),
            Route("POST", "/dlna/{service}/control", self._action, most=soap.LARGEST),
            Route("SUBSCRIBE", "/dlna/{service}/events", self._subscribe),
            Route("UNSUBSCRIBE", "/dlna/{service}/events", self._unsubscribe),
            Route("GET", "/dlna/{token}/film/{file}/{name}", self._open(media.film), shared=True),
            Route("GET", "/dlna/{token}/text/{file}/{name}", self._open(media.text), shared=True),
            Route(
                "GET",
                "/dlna/{token}/{size:poster|thumb}/{name}",
                self._open(media.picture),
                shared=True,
            ),
        )

    def _open(self, answer: Answer) -> Answer:
        """The same answer, by the interfaces at which the library is shared."""

        async def only_there(request: web.Request) -> web.StreamResponse:
            return _empty(404) if self._way(request) is None else await answer(request)

        return only_there

    def _way(self, request: web.Request) -> Interface | None:
        """The interface by which somebody came, when the library is shared by it."""
        transport = request.transport
        own = "" if transport is None else str(transport.get_extra_info("sockname")[0])
        return next((one for one in self.interfaces if one.address == own), None)

    async def _device(self, request: web.Request) -> web.StreamResponse:
        if self._way(request) is None:
            return _empty(404)
        return _xml(device(self.udn, self._name()).encode())

    async def _scpd(self, request: web.Request) -> web.StreamResponse:
        service = SERVICES.get(request.match_info["service"])
        if service is None or self._way(request) is None:
            return _empty(404)
        return _xml(scpd(service).encode())

    async def _icon(self, request: web.Request) -> web.StreamResponse:
        from aiohttp import web

        name = request.match_info["name"]
        if name not in {each for each, _ in ICONS} or self._way(request) is None:
            return _empty(404)
        if name not in self._icons:
            self._icons[name] = await asyncio.to_thread((RESOURCES / name).read_bytes)
        kind = "image/png" if name.endswith("png") else "image/jpeg"
        return web.Response(body=self._icons[name], content_type=kind)

    async def _action(self, request: web.Request) -> web.StreamResponse:
        way, word = self._way(request), request.match_info["service"]
        if way is None or word not in SERVICES:
            return _empty(404)
        asker = await self._asker(request, way, word)
        action = request.headers.get("SOAPAction", "")
        status, body = await self._control.answer(word, await request.read(), action, asker)
        return _xml(body, status)

    async def _asker(self, request: web.Request, way: Interface, word: str) -> Asker:
        told, peer = request.headers, request.remote or ""
        maker = maker_of(told.get("User-Agent", ""), told.get("X-AV-Client-Info", ""))
        own = way_for(peer, self.interfaces) or way.address
        base = f"http://{own}:{self.port}/dlna"
        if word == "cm":
            return stranger(base, maker)  # it tells everybody the same: nobody is written down
        name = told.get("friendlyName.dlna.org", "") or told.get("User-Agent", "")
        visit = await self._guests.meet(peer, name)
        if visit is None:
            return stranger(base, maker)
        folders = self._guests.folders(visit.guest)
        return Asker(f"{base}/{visit.token}", maker, folders, welcome=True)

    async def _subscribe(self, request: web.Request) -> web.StreamResponse:
        way, word = self._way(request), request.match_info["service"]
        if way is None or word not in SERVICES:
            return _empty(404)
        told, peer = request.headers, request.remote or ""
        seconds = seconds_of(told.get("TIMEOUT", ""))
        if "SID" in told:
            if "CALLBACK" in told or "NT" in told:
                return _empty(400)
            if not self._events.renew(told["SID"], word, peer, seconds):
                return _empty(412)
            return _subscribed(told["SID"], seconds)
        where = callbacks.allowed(told.get("CALLBACK", ""), peer, way.network)
        if told.get("NT") != "upnp:event" or not where:
            return _empty(412)
        made = self._events.subscribe(word, peer, way.address, where, seconds)
        if made is None:
            return _empty(503)
        answer = _subscribed(made.sid, seconds)
        await answer.prepare(request)
        await answer.write_eof()
        # Who subscribes must know the name before the first event comes under it.
        self._events.begin(made, self._first(word, made))
        return answer

    async def _unsubscribe(self, request: web.Request) -> web.StreamResponse:
        word, told = request.match_info["service"], request.headers
        if self._way(request) is None or word not in SERVICES:
            return _empty(404)
        if "CALLBACK" in told or "NT" in told:
            return _empty(400)
        gone = self._events.end(told.get("SID", ""), word, request.remote or "")
        return _empty(200 if gone else 412)


def _xml(body: bytes, status: int = 200) -> web.Response:
    from aiohttp import web

    headers = {"Content-Type": _XML, "Server": SERVER, "EXT": ""}
    return web.Response(body=body, status=status, headers=headers)


def _subscribed(sid: str, seconds: int) -> web.Response:
    return _empty(200, {"SID": sid, "TIMEOUT": f"Second-{seconds}", "Server": SERVER})


def _empty(status: int, headers: Mapping[str, str] | None = None) -> web.Response:
    from aiohttp import web

    return web.Response(status=status, headers=headers)
