"""The door to the figures: `/metrics` in the home network, for whoever has its token."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets as chance
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from app.domain.errors import AppError
from app.infra.lan.routes import Route

if TYPE_CHECKING:
    from aiohttp import web

    from app.infra.lan.server import LanServer
    from app.services.monitoring.meters import Meters
    from app.services.settings.service import SettingsService

log = logging.getLogger(__name__)

SCOPE: Final = "metrics"
NAME: Final = "token"
PATH: Final = "/metrics"
BYTES: Final = 32
"""Of chance in a token."""
BURST: Final = 20
EACH: Final = 1.0
"""An address may ask so often at once, and then once in so many seconds."""
MOST_ASKERS: Final = 64


class Safe(Protocol):
    """Where the token is kept, see `app.infra.secrets.ScopedSecrets`."""

    async def get(self, name: str) -> str | None:
        """Return a secret."""

    async def set(self, name: str, secret: str) -> None:
        """Keep a secret."""


class Pace:
    """How often an address may ask."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, asker: str) -> bool:
        """Whether it may ask once more now."""
        now = self._clock()
        left, at = self._left.pop(asker, (float(BURST), now))
        left = min(float(BURST), left + (now - at) / EACH)
        may = left >= 1
        self._left[asker] = (left - may, now)
        if len(self._left) > MOST_ASKERS:
            self._left.popitem(last=False)
        return may


class MetricsDoor:
    """Answers `/metrics` while the owner wants it to. Lives on the service loop.

    The token goes to the keyring, scope `metrics`. It comes as ``Authorization: Bearer``, never
    in an address, and is in no log.
    """

    def __init__(
        self,
        secrets: Safe,
        settings: SettingsService,
        server: LanServer,
        meters: Meters,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._secrets = secrets
        self._settings = settings
        self._server = server
        self._meters = meters
        self._pace = Pace(clock)
        self._known: bytes | None = None  # the digest of the token
        self._turn = asyncio.Lock()
        self._open = False
        self._locked = False

    @property
    def wanted(self) -> bool:
        """Whether the owner lets the figures be fetched."""
        return self._settings.current.monitoring.metrics

    async def start(self) -> None:
        """Begin to answer. The keyring is not asked before somebody comes with a token."""
        self._open = True
        self._server.add([Route("GET", PATH, self._answer)])

    async def stop(self) -> None:
        """Answer no more."""
        self._open = False

    async def address(self) -> str:
        """Where the figures are fetched; empty while they cannot be."""
        ways = self._server.addresses
        if not self.wanted or not ways:
            return ""
        return self._server.address_of(ways[0]) + PATH

    async def token(self) -> str:
        """The token, made now when there is none.

        `AuthRequired` while the place of secrets is locked.
        """
        async with self._turn:
            return await self._secrets.get(NAME) or await self._make()

    async def new_token(self) -> str:
        """Another token; the old one is good no more. `AuthRequired` as above."""
        async with self._turn:
            return await self._make()

    async def _make(self) -> str:
        token = chance.token_urlsafe(BYTES)
        await self._secrets.set(NAME, token)
        self._known = _digest(token.encode())
        return token

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        from aiohttp import web

        if not (self._open and self.wanted):
            raise web.HTTPNotFound  # as if there were nothing at all
        if not self._pace.allows(request.remote or ""):
            return web.Response(status=429, headers={"Retry-After": "5"})
        if not await self._good(request.headers.getall("Authorization", [])):
            return web.Response(status=401, headers={"WWW-Authenticate": 'Bearer realm="metrics"'})
        accept = ",".join(request.headers.getall("Accept", []))
        # The first time its library is imported: not on the loop.
        body, content_type = await asyncio.to_thread(self._meters.encoded, accept)
        headers = {"Content-Type": content_type, "Cache-Control": "no-store"}
        return web.Response(body=body, headers=headers)

    async def _good(self, told: list[str]) -> bool:
        """Whether a request brought the token."""
        scheme, _, given = told[0].partition(" ") if len(told) == 1 else ("", "", "")
        if scheme.lower() != "bearer" or not given:
            return False
        known = await self._expected()
        mine = _digest(given.strip().encode("utf-8", "surrogateescape"))
        return known is not None and hmac.compare_digest(known, mine)

    async def _expected(self) -> bytes | None:
        """The digest of the token; None when there is none, or it cannot be read now."""
        async with self._turn:
            if self._known is None:
                try:
                    kept = await self._secrets.get(NAME)
                except AppError as error:
                    if not self._locked:
                        log.warning("The token of the figures cannot be read now: %s", error)
                    self._locked = True
                    return None
                self._locked = False
                self._known = None if kept is None else _digest(kept.encode())
            return self._known


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
