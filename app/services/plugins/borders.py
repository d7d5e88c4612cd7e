"""What plugins reach of the station: each question crosses to the service loop and back."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any, Protocol, TypeVar

from app.api.browsing import PageSeen, PageVisit
from app.api.context import PluginSecrets
from app.domain.secrets import SecretHome

T = TypeVar("T")


class BorderSecrets:
    """Brings a plugin's questions to the loop the secrets live on, and the answers back."""

    def __init__(self, secrets: PluginSecrets, home: asyncio.AbstractEventLoop) -> None:
        self._secrets = secrets
        self._home = home

    async def get(self, name: str) -> str | None:
        """Return a secret, or None when it was never given."""
        return await self._there(self._secrets.get(name))

    async def set(self, name: str, secret: str) -> None:
        """Keep a secret."""
        await self._there(self._secrets.set(name, secret))

    async def delete(self, name: str) -> None:
        """Forget a secret."""
        await self._there(self._secrets.delete(name))

    async def _there(self, work: Coroutine[Any, Any, T]) -> T:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._home))


class GivenSecrets:
    """Secrets just typed, for trying a plugin before anything is kept."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = dict(given)

    async def get(self, name: str) -> str | None:
        """Return a secret, or None when it was not typed."""
        return self._given.get(name)

    async def set(self, name: str, secret: str) -> None:
        """Keep a secret as long as the trial lasts."""
        self._given[name] = secret

    async def delete(self, name: str) -> None:
        """Forget a secret."""
        self._given.pop(name, None)


class SecretStore(Protocol):
    """Where plugins' secrets are kept."""

    async def describe(self) -> SecretHome:
        """Say where."""

    async def get(self, scope: str, name: str) -> str | None:
        """Return a secret."""

    async def set(self, scope: str, name: str, secret: str) -> None:
        """Keep a secret."""

    async def delete(self, scope: str, name: str) -> None:
        """Forget a secret."""

    def scoped(self, scope: str) -> PluginSecrets:
        """Return the view of one plugin."""


class SharedBrowser(Protocol):
    """The one browser of the station."""

    def visit(
        self, wanted: PageVisit, own_hosts: frozenset[str] = frozenset()
    ) -> Coroutine[Any, Any, PageSeen]:
        """Visit a page; `own_hosts` may lie in the home network, no other address may."""


class BorderBrowser:
    """Brings a plugin's visits to the loop the browser lives on, and what was seen back."""

    def __init__(
        self, browser: SharedBrowser, own_hosts: frozenset[str], home: asyncio.AbstractEventLoop
    ) -> None:
        self._browser = browser
        self._own_hosts = own_hosts
        self._home = home

    async def visit(self, wanted: PageVisit) -> PageSeen:
        """Visit a page."""
        work = self._browser.visit(wanted, self._own_hosts)
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._home))
