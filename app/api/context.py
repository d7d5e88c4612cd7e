"""What a plugin is given: its own web client, cache, log, settings and secrets, nothing else."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from app.api.browsing import Browser
from app.api.pieces import FilePart
from app.domain.errors import AuthRequired, InvalidInput, NotFound, Unavailable
from app.domain.options import Value

LONGEST_PAUSE = 86_400.0


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A web server's whole answer, already unpacked and held to the plugin's size limit."""

    status: int
    url: str
    headers: Mapping[str, str]  # names in lower case
    content: bytes

    @property
    def text(self) -> str:
        """The content as UTF-8 text; what cannot be read becomes a question mark."""
        return self.content.decode("utf-8", "replace")

    @property
    def host(self) -> str:
        """Who answered: messages name the host alone, an address may hold a key."""
        return urlsplit(self.url).hostname or ""

    @property
    def retry_after(self) -> float | None:
        """Seconds a busy server (429, 503) asks to wait, a day at most; None: it says nothing."""
        told = self.headers.get("retry-after", "").strip()
        if self.status not in (429, 503) or not told:
            return None
        if told.isascii() and told.isdigit():
            return min(float(told[:12]), LONGEST_PAUSE)
        from email.utils import parsedate_to_datetime

        try:
            pause = parsedate_to_datetime(told).timestamp() - time.time()
        except ValueError:
            return None
        return min(max(0.0, pause), LONGEST_PAUSE)

    def json(self) -> Any:  # noqa: ANN401 - JSON holds anything: the plugin's parser checks it
        """Return the content parsed; `Unavailable` when it is no JSON."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise Unavailable("errors.bad_answer", host=self.host) from error

    def require(self) -> HttpAnswer:
        """Return itself when the status is good, else raise what the status means."""
        if self.status < 400:
            return self
        if self.status in (401, 403):
            raise AuthRequired("errors.server_wants_sign_in", host=self.host)
        if self.status in (404, 410):
            raise NotFound("errors.server_has_not", host=self.host)
        pause = self.retry_after
        if self.status == 429 or pause is not None:
            raise Unavailable("errors.server_busy", host=self.host, retry_after=pause)
        if self.status >= 500:
            raise Unavailable("errors.server_failed", host=self.host, status=self.status)
        raise InvalidInput("errors.server_refused", host=self.host, status=self.status)


class Http(Protocol):
    """A web client with the plugin's limits: pace, size, time, and no way into the home network.

    Requests of one `lane` share their pace and the pauses a server asks for; a plugin that
    reaches several parties through one address gives each a lane of its own. `patience` is how
    many seconds one request may take, when other than the manifest says.
    """

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
        """Ask; any status is an answer. `Unavailable` when there is none, `Refused` if guarded.

        Redirects are followed, but what is sent never goes on to another server: `Refused`.
        """

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        lane: str = "",
        patience: float | None = None,
    ) -> HttpAnswer:
        """Ask with GET."""


class Cache(Protocol):
    """Remembers answers between starts; anything in it may be gone at any time."""

    async def get(self, key: str) -> bytes | None:
        """Return what was put, unless it is too old."""

    async def put(self, key: str, value: bytes, seconds: float) -> None:
        """Remember `value` for some seconds."""


class PluginSecrets(Protocol):
    """The secrets of this plugin. `AuthRequired` while the owner must unlock them."""

    async def get(self, name: str) -> str | None:
        """Return a secret, or None when it was never given."""

    async def set(self, name: str, secret: str) -> None:
        """Keep a secret."""

    async def delete(self, name: str) -> None:
        """Forget a secret."""


@dataclass(frozen=True, slots=True)
class ProviderContext:
    """Handed to a plugin's `setup(context)`. A changed option means a new setup."""

    plugin: str
    http: Http
    browser: Browser
    cache: Cache
    log: logging.Logger
    settings: Mapping[str, Value]  # every option of the manifest except the secret ones
    secrets: PluginSecrets
    shared: Cache  # of all that were made from the same plugin: accounts with one app
