"""Web clients for plugins: paced, bounded in time and size, and kept out of the home network."""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.api.context import HttpAnswer
from app.domain.errors import AppError, Refused, Unavailable

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

USER_AGENT = "Sokoul/0.1 (home media station)"
MOST_REDIRECTS = 5
LONGEST_WAIT = 30.0
"""Seconds a Retry-After is waited for; a longer one fails at once until it is over."""


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """Bounds of one client."""

    requests_per_second: float = 2.0
    timeout: float = 15.0  # seconds for one request, answer included
    largest_answer: int = 20_000_000  # bytes, unpacked
    own_hosts: frozenset[str] = frozenset()  # hosts the owner named: may be in the home network


class HttpClient:
    """A web client of one plugin; implements `app.api.Http`. It lives on the loop of its calls."""

    def __init__(self, limits: HttpLimits = HttpLimits(), name: str = "http") -> None:  # noqa: B008 - frozen
        self._limits = limits
        self._name = name
        self._client: httpx.AsyncClient | None = None
        self._turn = asyncio.Lock()
        self._next = 0.0
        self._not_before = 0.0
        self._down: set[str] = set()

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> HttpAnswer:
        """Ask with GET; see `request`."""
        return await self.request("GET", url, params=params, headers=headers)

    async def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        content: bytes | None = None,
    ) -> HttpAnswer:
        """Ask once; a busy server (429, 503) that names a short wait is asked a second time.

        Any status is an answer. `Unavailable` when none came, `Refused` when the address leads
        into the home network or is no web address.
        """
        import httpx

        host = _host(url)
        for attempt in (1, 2):
            await self._pace(host)
            try:
                client = self._open()
                request = client.build_request(
                    method, url, params=params, headers=headers, json=json, content=content
                )
                async with asyncio.timeout(self._limits.timeout):
                    answer = await self._send(client, request)
            except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
                raise self._offline(host, error) from error
            self._online(host)
            wait = _retry_after(answer)
            if wait is None:
                return answer
            self._not_before = time.monotonic() + wait
            again = method.upper() in ("GET", "HEAD") or answer.status == 429
            if attempt == 2 or wait > LONGEST_WAIT or not again:
                return answer
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """Close the connections; later calls open new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    def _open(self) -> httpx.AsyncClient:
        import httpx

        from app.infra.http_guard import guarded_transport

        if self._client is None:
            self._client = httpx.AsyncClient(
                transport=guarded_transport(self._limits.own_hosts),
                timeout=httpx.Timeout(self._limits.timeout, connect=min(10, self._limits.timeout)),
                headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
                max_redirects=MOST_REDIRECTS,
                follow_redirects=True,
                trust_env=False,
            )
        return self._client

    async def _send(self, client: httpx.AsyncClient, request: httpx.Request) -> HttpAnswer:
        response = await client.send(request, stream=True)
        try:
            content = await self._read(response)
        finally:
            await response.aclose()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return HttpAnswer(response.status_code, str(response.url), headers, content)

    async def _read(self, response: httpx.Response) -> bytes:
        """Unpack bit by bit, so that a bomb is met at the limit and not after it."""
        packing = response.headers.get("content-encoding", "").strip().lower()
        if packing not in ("", "identity", "gzip", "x-gzip"):
            raise Unavailable("errors.bad_answer", url=str(response.url))
        unpack = zlib.decompressobj(wbits=31) if "gzip" in packing else None
        result = bytearray()
        most = self._limits.largest_answer
        async for chunk in response.aiter_raw(65536):
            try:
                plain = unpack.decompress(chunk, most + 1 - len(result)) if unpack else chunk
            except zlib.error as error:
                raise Unavailable("errors.bad_answer", url=str(response.url)) from error
            result += plain
            if len(result) > most:
                raise Unavailable("errors.answer_too_large", url=str(response.url), most=most)
        return bytes(result)

    async def _pace(self, host: str) -> None:
        """Wait for this request's turn."""
        async with self._turn:
            now = time.monotonic()
            if self._not_before - now > LONGEST_WAIT:
                raise Unavailable("errors.server_busy", host=host)
            moment = max(now, self._next, self._not_before)
            self._next = moment + 1 / self._limits.requests_per_second
        await asyncio.sleep(moment - now)

    def _offline(self, host: str, error: Exception) -> AppError:
        """Turn a failure into ours; an outage is logged once."""
        from app.infra.http_guard import AtHomeError

        if isinstance(error.__cause__, AtHomeError):
            return Refused("errors.address_at_home", host=str(error.__cause__))
        if host not in self._down:
            self._down.add(host)
            log.warning("%s: %s does not answer (%s)", self._name, host, type(error).__name__)
        return Unavailable("errors.server_offline", host=host)

    def _online(self, host: str) -> None:
        if host in self._down:
            self._down.discard(host)
            log.warning("%s: %s answers again", self._name, host)


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise Refused("errors.not_a_web_address") from error
    if parts.scheme not in ("http", "https") or not host:
        raise Refused("errors.not_a_web_address")
    return host


def _retry_after(answer: HttpAnswer) -> float | None:
    """Return the seconds a busy server asks to wait; None when it is not busy or says nothing."""
    told = answer.headers.get("retry-after", "").strip()
    if answer.status not in (429, 503) or not told:
        return None
    if told.isascii() and told.isdigit():
        return min(float(told), 86_400.0)
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except ValueError:
        return None
