"""Web clients for plugins: paced, bounded in time and size, and kept out of the home network."""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.api.context import HttpAnswer
from app.api.pieces import FilePart
from app.domain.errors import AppError, Refused, Unavailable

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

USER_AGENT = "Sokoul/0.1 (home media station)"
MOST_REDIRECTS = 5
MOST_PATIENCE = 120.0
MOST_SENDING = 3_600.0
"""Seconds for one request that carries a part of a file: a home sends slowly."""
ODD = (TimeoutError, UnicodeError, OverflowError)
"""What else comes of asking: the last two of addresses no server can have."""
_SAFE_ELSEWHERE = frozenset(
    {"host", "user-agent", "accept", "accept-encoding", "connection", "content-length"}
)
"""Headers that go along when a redirect leads to another server; keys and cookies do not."""
_ASKING = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that tell a server nothing but the address."""


@dataclass(slots=True)
class _Lane:
    """What requests that share a pace wait for; times of the monotonic clock."""

    next: float = 0.0
    not_before: float = 0.0


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """Bounds of one client."""

    requests_per_second: float = 2.0
    timeout: float = 15.0  # seconds for one request, answer included
    largest_answer: int = 20_000_000  # bytes, unpacked
    own_hosts: frozenset[str] = frozenset()  # hosts the owner named: may be in the home network
    longest_wait: float = 30.0
    """Seconds a Retry-After is waited for; a longer one fails at once until it is over."""


class HttpClient:
    """A web client of one plugin; implements `app.api.Http`. It lives on the loop of its calls."""

    def __init__(self, limits: HttpLimits = HttpLimits(), name: str = "http") -> None:  # noqa: B008 - frozen
        self._limits = limits
        self._name = name
        self._client: httpx.AsyncClient | None = None
        self._lanes: dict[str, _Lane] = {}
        self._down: set[str] = set()

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        lane: str = "",
        patience: float | None = None,
    ) -> HttpAnswer:
        """Ask with GET; see `request`."""
        return await self.request(
            "GET", url, params=params, headers=headers, lane=lane, patience=patience
        )

    async def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
        content: bytes | FilePart | None = None,
        lane: str = "",
        patience: float | None = None,
    ) -> HttpAnswer:
        """Ask once; a busy server (429, 503) that names a short wait is asked a second time.

        Any status is an answer. `Unavailable` when none came, `Refused` when the address leads
        into the home network or is no web address, or when a redirect would take what is sent to
        another server.
        """
        import httpx

        host = _host(url)
        most = MOST_SENDING if isinstance(content, FilePart) else MOST_PATIENCE
        seconds = min(patience or self._limits.timeout, most)
        within = httpx.Timeout(seconds, connect=min(10, seconds))
        for attempt in (1, 2):
            await self._pace(host, lane)
            try:
                client = self._open()
                body, sized = _body(content, headers)
                request = client.build_request(
                    method, url, params=params, headers=sized, json=json, content=body,
                    timeout=within,
                )  # fmt: skip
                async with asyncio.timeout(seconds):
                    answer = await self._send(client, request)
            except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, *ODD) as error:
                raise self._offline(host, error) from error
            self._online(host)
            wait = answer.retry_after
            if wait is None:
                return answer
            self._lanes[lane].not_before = time.monotonic() + wait
            again = method.upper() in ("GET", "HEAD") or answer.status == 429
            if attempt == 2 or wait > self._limits.longest_wait or not again:
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
                trust_env=False,
            )
        return self._client

    async def _send(self, client: httpx.AsyncClient, request: httpx.Request) -> HttpAnswer:
        """Send, and follow redirects: what was meant for one server is not told to another."""
        for _ in range(MOST_REDIRECTS + 1):
            response = await client.send(request, stream=True)
            try:
                following = next_request(response)
                if following is None:
                    content = await self._read(response)
                    headers = {name.lower(): value for name, value in response.headers.items()}
                    return HttpAnswer(response.status_code, str(response.url), headers, content)
            finally:
                await response.aclose()
            request = following
        raise Unavailable("errors.server_goes_round", host=request.url.host)

    async def _read(self, response: httpx.Response) -> bytes:
        """Unpack bit by bit, so that a bomb is met at the limit and not after it."""
        packing = response.headers.get("content-encoding", "").strip().lower()
        if packing not in ("", "identity", "gzip", "x-gzip"):
            raise Unavailable("errors.bad_answer", host=response.url.host)
        unpack = zlib.decompressobj(wbits=31) if "gzip" in packing else None
        result = bytearray()
        most = self._limits.largest_answer
        async for chunk in response.aiter_raw(65536):
            try:
                plain = unpack.decompress(chunk, most + 1 - len(result)) if unpack else chunk
            except zlib.error as error:
                raise Unavailable("errors.bad_answer", host=response.url.host) from error
            result += plain
            if len(result) > most:
                raise Unavailable("errors.answer_too_large", host=response.url.host, most=most)
        return bytes(result)

    async def _pace(self, host: str, name: str) -> None:
        """Wait for this request's turn in its lane."""
        lane = self._lanes.setdefault(name, _Lane())
        now = time.monotonic()
        pause = lane.not_before - now
        if pause > self._limits.longest_wait:
            raise Unavailable("errors.server_busy", host=host, retry_after=pause)
        moment = max(now, lane.next, lane.not_before)
        lane.next = moment + 1 / self._limits.requests_per_second
        await asyncio.sleep(moment - now)

    def _offline(self, host: str, error: Exception) -> AppError:
        """Turn a failure into ours; an outage is logged once."""
        told = failure_of(error, host)
        if isinstance(told, Unavailable) and host not in self._down:
            self._down.add(host)
            log.warning("%s: %s does not answer (%s)", self._name, host, type(error).__name__)
        return told

    def _online(self, host: str) -> None:
        if host in self._down:
            self._down.discard(host)
            log.warning("%s: %s answers again", self._name, host)


def _body(
    content: bytes | FilePart | None, headers: Mapping[str, str] | None
) -> tuple[bytes | AsyncIterator[bytes] | None, Mapping[str, str] | None]:
    """What is sent, and its headers: a part of a file is read while it goes, its size is told."""
    if not isinstance(content, FilePart):
        return content, headers
    return content.blocks(), {**(headers or {}), "Content-Length": str(content.size)}


def _host(url: str) -> str:
    try:
        url.encode()  # half a letter is none
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise Refused("errors.not_a_web_address") from error
    if parts.scheme not in ("http", "https") or not host:
        raise Refused("errors.not_a_web_address")
    return host


def next_request(response: httpx.Response) -> httpx.Request | None:
    """The request a redirect asks for; None when the answer is one, or leads to no web page.

    `Refused` when what was sent (307 and 308 want it again) would go on to another server: it was
    meant for this one. The same server may ask for it again over TLS.
    """
    following = response.next_request
    if following is None or response.headers.get("location", "").strip().startswith("magnet:"):
        return None
    if following.url.scheme not in ("http", "https"):
        return None
    before, after = response.request.url, following.url
    if (before.scheme, before.host, before.port) != (after.scheme, after.host, after.port):
        if following.method not in _ASKING and not _same_but_safer(before, after):
            raise Refused("errors.sent_on_elsewhere", host=before.host, other=after.host)
        for name in set(following.headers) - _SAFE_ELSEWHERE:
            del following.headers[name]
    return following


def _same_but_safer(before: httpx.URL, after: httpx.URL) -> bool:
    """Whether it is the same host, which wants to be spoken to over TLS, where that is usual."""
    both = (before.scheme, after.scheme) == ("http", "https") and after.port is None
    return both and before.host == after.host


def failure_of(error: BaseException, host: str) -> AppError:
    """What it means that a request got no answer, or not all of it."""
    import ssl

    import httpx

    from app.infra.http_guard import AtHomeError

    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, AtHomeError):
            return Refused("errors.address_at_home", host=str(seen))
        if isinstance(seen, ssl.SSLCertVerificationError):
            return Unavailable("errors.server_certificate", host=host)
        seen = seen.__cause__ or seen.__context__
    if isinstance(error, UnicodeError | OverflowError):
        return Refused("errors.not_a_web_address")
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Unavailable("errors.server_slow", host=host)
    return Unavailable("errors.server_offline", host=host)
