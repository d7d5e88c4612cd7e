"""Web requests whose answers are passed on while they come: guarded like all others."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from app.domain.errors import Refused, Unavailable
from app.infra.http import USER_AGENT, failure_of, next_request

if TYPE_CHECKING:
    import httpx

CONNECT_SECONDS: Final = 8.0
SILENCE_SECONDS: Final = 20.0
MOST_REDIRECTS: Final = 6


class StreamClient:
    """Opens answers of any length. `own_hosts` alone may lie in the home network.

    After `close()` nothing is opened any more.
    """

    def __init__(self, own_hosts: frozenset[str] = frozenset()) -> None:
        self._own_hosts = own_hosts
        self._client: httpx.AsyncClient | None = None
        self.closed = False

    @contextlib.asynccontextmanager
    async def open(
        self, url: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> AsyncIterator[httpx.Response]:
        """Give the answer once its headers are here; its body is read by the caller.

        Raises `Unavailable` when none comes, `Refused` when it would lead into the home
        network. Any status is an answer.
        """
        import httpx

        client = self._open()
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **(headers or {})}
        try:
            async with asyncio.timeout(CONNECT_SECONDS + SILENCE_SECONDS):
                response = await self._follow(
                    client, client.build_request(method, url, headers=sent)
                )
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise failure_of(error, _host(url)) from error
        try:
            yield response
        finally:
            with contextlib.suppress(httpx.HTTPError, OSError):
                await response.aclose()

    async def close(self) -> None:
        """Close the connections, those in use too."""
        self.closed = True
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _follow(self, client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
        for _ in range(MOST_REDIRECTS):
            response = await client.send(request, stream=True)
            following = next_request(response)
            if following is None:
                return response
            await response.aclose()
            request = following
        raise Unavailable("errors.server_goes_round", host=request.url.host)

    def _open(self) -> httpx.AsyncClient:
        import httpx

        from app.infra.http_guard import guarded_transport

        if self.closed:
            raise Unavailable("errors.stream_ended")
        if self._client is None:
            self._client = httpx.AsyncClient(
                transport=guarded_transport(self._own_hosts, connections=24),
                timeout=httpx.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS),
                trust_env=False,
            )
        return self._client


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError as error:
        raise Refused("errors.not_a_web_address") from error
