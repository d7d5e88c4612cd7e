"""What a plugin is given: its own web client, cache, log, settings and secrets, nothing else."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.domain.errors import AuthRequired, InvalidInput, NotFound, Unavailable
from app.domain.options import Value


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

    def json(self) -> Any:  # noqa: ANN401 - JSON holds anything: the plugin's parser checks it
        """Return the content parsed; `Unavailable` when it is no JSON."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise Unavailable("errors.bad_answer", url=self.url) from error

    def require(self) -> HttpAnswer:
        """Return itself when the status is good, else raise what the status means."""
        if self.status < 400:
            return self
        if self.status in (401, 403):
            raise AuthRequired("errors.server_wants_sign_in", url=self.url)
        if self.status in (404, 410):
            raise NotFound("errors.server_has_not", url=self.url)
        if self.status == 429 or self.status >= 500:
            raise Unavailable("errors.server_busy", url=self.url)
        raise InvalidInput("errors.server_refused", url=self.url, status=self.status)


class Http(Protocol):
    """A web client with the plugin's limits: pace, size, time, and no way into the home network."""

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
        """Ask; any status is an answer. `Unavailable` when there is none, `Refused` if guarded."""

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
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
    cache: Cache
    log: logging.Logger
    settings: Mapping[str, Value]  # every option of the manifest except the secret ones
    secrets: PluginSecrets
