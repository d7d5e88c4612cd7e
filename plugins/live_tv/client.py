"""Fetches lists and guides, remembers them, and returns them raw."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from app.api import Cache, Http, Unavailable

LARGEST_LIST = 100_000_000
KEPT_SECONDS = 30 * 86_400.0
"""An old list is better than none while its server is away."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document, when it was fetched (unix seconds), and what its server calls this state."""

    content: bytes
    at: float
    state: str = ""  # ETag
    changed: str = ""  # Last-Modified


class Client:
    """The list at one address."""

    def __init__(self, http: Http, cache: Cache, address: str) -> None:
        self._http = http
        self._cache = cache
        self._address = address
        self.host = host_of(address)

    async def fetch_list(self, before: Fetched | None, now: float) -> Fetched | None:
        """Fetch the list; None when its server says that it is as it was `before`."""
        headers: dict[str, str] = {}
        if before is not None and before.state:
            headers["If-None-Match"] = before.state
        if before is not None and before.changed:
            headers["If-Modified-Since"] = before.changed
        answer = await self._http.get(self._address, headers=headers)
        if answer.status == 304 and headers:
            return None
        answer.require()
        if len(answer.content) > LARGEST_LIST:
            raise Unavailable("errors.answer_too_large", host=self.host, most=LARGEST_LIST)
        state, changed = (_header(answer.headers.get(one, "")) for one in ("etag", "last-modified"))
        return Fetched(answer.content, now, state, changed)

    async def kept_list(self) -> Fetched | None:
        """Return the list that was fetched last, on an earlier day perhaps."""
        fetched = await self._kept(f"list {self._address}")
        same = await self._kept(f"same {self._address}")
        if fetched is not None and same is not None:
            return replace(fetched, at=max(fetched.at, same.at))
        return fetched

    async def has_list(self) -> bool:
        """Whether there is a list of an earlier day."""
        return await self._cache.get(f"list {self._address}") is not None

    async def keep_list(self, fetched: Fetched) -> None:
        """Remember a list for a later start; one too large for the cache is fetched again."""
        await self._keep(f"list {self._address}", fetched)

    async def forget_list(self) -> None:
        """Keep the list no longer."""
        await self._cache.put(f"list {self._address}", b"", 0.0)

    async def keep_same(self, now: float) -> None:
        """Remember that the list is still as it was kept."""
        await self._keep(f"same {self._address}", Fetched(b"", now))

    async def fetch_guide(self, address: str, now: float) -> Fetched:
        """Fetch a guide."""
        answer = (await self._http.get(address, lane="guide")).require()
        return Fetched(answer.content, now)

    async def kept_guide(self, address: str) -> Fetched | None:
        """Return what was kept of a guide, in the form it was kept in."""
        return await self._kept(f"guide {address} for {self._address}")

    async def keep_guide(self, address: str, fetched: Fetched) -> None:
        """Remember what was read from a guide."""
        await self._keep(f"guide {address} for {self._address}", fetched)

    async def _kept(self, key: str) -> Fetched | None:
        blob = await self._cache.get(key)
        return None if blob is None else await asyncio.to_thread(_unpacked, blob)

    async def _keep(self, key: str, fetched: Fetched) -> None:
        blob = await asyncio.to_thread(_packed, fetched)
        await self._cache.put(key, blob, KEPT_SECONDS)


def host_of(address: str) -> str:
    """Return who is asked: messages name the host alone, an address may hold a key."""
    return urlsplit(address).hostname or ""


def _header(told: str) -> str:
    """What a server said, if it can be said back to it."""
    return told if told.isascii() and told.isprintable() and len(told) <= 500 else ""


def _packed(fetched: Fetched) -> bytes:
    facts = json.dumps([fetched.at, fetched.state, fetched.changed]).encode()
    return facts + b"\n" + zlib.compress(fetched.content, 3)


def _unpacked(blob: bytes) -> Fetched | None:
    facts, _, packed = blob.partition(b"\n")
    try:
        at, state, changed = json.loads(facts)
        content = zlib.decompressobj().decompress(packed, LARGEST_LIST)
        return Fetched(content, float(at), str(state), str(changed))
    except (ValueError, TypeError, zlib.error):
        return None
