"""Remembers how far an action came that cannot be asked about afterwards.

Some services take a post in one request and never tell of it again. What is not sent to its last
byte cannot be there: this is written down before the first byte, and taken back before the last.
"""

from __future__ import annotations

from app.api.context import Cache
from app.domain.errors import Unavailable

KEPT = 30 * 86_400.0
_PART, _WHOLE, _NONE = b"part", b"whole", b"none"


class Unfinished:
    """Of one action. What the cache has lost is not known, and not told for certain."""

    def __init__(self, cache: Cache, key: str) -> None:
        self._cache = cache
        self._key = f"unfinished {key}"

    async def ready(self) -> None:
        """Say that nothing was sent yet, unless something is known already."""
        if await self._cache.get(self._key) is None:
            await self.begin()

    async def begin(self) -> None:
        """Say that sending begins; from now on it is certainly not there."""
        await self._cache.put(self._key, _PART, KEPT)

    async def whole(self) -> None:
        """Say that the last byte goes out now; from now on it may be there.

        `Unavailable` when that cannot be written: then the last byte must not go out.
        """
        await self._cache.put(self._key, _WHOLE, KEPT)
        if await self._cache.get(self._key) != _WHOLE:
            raise Unavailable("errors.post_not_noted")

    async def refused(self) -> None:
        """Say that the service answered that it did not do it."""
        await self._cache.put(self._key, _NONE, KEPT)

    async def certainly_absent(self) -> bool:
        """Whether it cannot be there."""
        return await self._cache.get(self._key) in (_PART, _NONE)
