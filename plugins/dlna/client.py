"""Asks one device for things over HTTP: never another, never much, never for long."""

from __future__ import annotations

from xml.sax.saxutils import escape

import aiohttp
from async_upnp_client.client import UpnpRequester
from async_upnp_client.const import HttpRequest, HttpResponse
from async_upnp_client.exceptions import (
    UpnpCommunicationError,
    UpnpConnectionError,
    UpnpConnectionTimeoutError,
)

from app.api import Refused, Unavailable, parse_xml
from plugins.dlna.parsers import is_at

LARGEST = 2 * 1024 * 1024
PATIENCE = 4.0
CONNECTS_WITHIN = 2.0
PIECE = 65_536


class Client(UpnpRequester):
    """Talks to the device at one address, from one address of this machine."""

    def __init__(self, way: str, address: str) -> None:
        self._address = address
        self._session = aiohttp.ClientSession(
            # A connection of its own for each request: old devices forget to say they close.
            connector=aiohttp.TCPConnector(local_addr=(way, 0), limit=6, force_close=True),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"Accept-Encoding": "identity"},
            trust_env=False,
        )

    async def close(self) -> None:
        """End every connection."""
        await self._session.close()

    async def get(self, url: str, patience: float = PATIENCE) -> bytes:
        """Return a page; `Refused` for one elsewhere, `Unavailable` when there is none."""
        request = HttpRequest("GET", url, {}, None, timeout=patience)
        try:
            status, _headers, content = await self._ask(request)
        except UpnpCommunicationError as error:
            raise Unavailable("errors.server_offline", host=self._address) from error
        if status != 200:
            raise Unavailable("errors.server_failed", host=self._address, status=status)
        return content

    async def call(self, url: str, service: str, action: str) -> dict[str, str]:
        """Call an action that takes nothing; returns what it answers, by name."""
        body = (
            '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
            ' s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>'
            f'<u:{action} xmlns:u="{escape(service)}"/></s:Body></s:Envelope>'
        )
        headers = {
            "SOAPAction": f'"{service}#{action}"',
            "Content-Type": 'text/xml; charset="utf-8"',
        }
        try:
            status, _headers, content = await self._ask(HttpRequest("POST", url, headers, body))
        except UpnpCommunicationError as error:
            raise Unavailable("errors.server_offline", host=self._address) from error
        if status != 200:
            raise Unavailable("errors.server_failed", host=self._address, status=status)
        root = parse_xml(content, self._address)
        return {str(one.tag): one.text or "" for one in root.iter()}

    async def async_http_request(self, http_request: HttpRequest) -> HttpResponse:
        """Ask, as the library's actions do; raises the library's errors."""
        try:
            status, headers, content = await self._ask(http_request)
        except Refused as error:
            raise UpnpCommunicationError(str(error)) from error
        return HttpResponse(status, headers, content.decode("utf-8", "replace"))

    async def _ask(self, request: HttpRequest) -> tuple[int, dict[str, str], bytes]:
        if not is_at(request.url, self._address):
            raise Refused("errors.cast_points_elsewhere", host=self._address)
        limits = aiohttp.ClientTimeout(
            total=request.timeout or PATIENCE, sock_connect=CONNECTS_WITHIN
        )
        try:
            try:
                return await self._send(request, limits)
            except aiohttp.ServerDisconnectedError:
                # It hung up without a word, as some do while they change films. What is asked of
                # a renderer may be asked twice: nothing of it counts upwards.
                return await self._send(request, limits)
        except TimeoutError as error:
            raise UpnpConnectionTimeoutError(repr(error)) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise UpnpConnectionError(repr(error)) from error

    async def _send(
        self, request: HttpRequest, limits: aiohttp.ClientTimeout
    ) -> tuple[int, dict[str, str], bytes]:
        async with self._session.request(
            request.method,
            request.url,
            headers=request.headers,
            data=request.body,
            timeout=limits,
            allow_redirects=False,
        ) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, headers, await _content(answer)


async def _content(answer: aiohttp.ClientResponse) -> bytes:
    if (answer.content_length or 0) > LARGEST:
        raise UpnpCommunicationError("the answer is too large")
    found = bytearray()
    async for piece in answer.content.iter_chunked(PIECE):
        found += piece
        if len(found) > LARGEST:
            raise UpnpCommunicationError("the answer is too large")
    return bytes(found)
