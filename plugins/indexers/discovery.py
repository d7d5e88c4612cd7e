"""Finds out what an address leads to and which indexers are there, and remembers it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from app.api import AppError, AuthRequired, Cache, InvalidInput, NotFound, Unavailable
from plugins.indexers.caps import caps_from_json, caps_to_json, parse_caps, works_of
from plugins.indexers.client import Client
from plugins.indexers.listings import (
    found_from_json,
    found_to_json,
    is_prowlarr,
    parse_jackett,
    parse_prowlarr,
)
from plugins.indexers.model import USUAL_CAPS, Caps, Found, Indexer, Kind, NotOffered

SETUP_SECONDS = 8.0
"""A setup that takes longer than the station waits would switch the plugin off."""
FRESH_SECONDS = 300.0
AGAIN_SECONDS = 60.0
KEPT_SECONDS = 30 * 86_400.0
PROOF_SECONDS = 86_400.0
CAPS_SECONDS = 86_400.0
LARGEST_CAPS = 50_000
ONLY = "feed"
"""The id of the one source of an instance that manages no others."""


class Discovery:
    """What is behind one owner's address."""

    def __init__(self, client: Client, cache: Cache, log: logging.Logger, kind: Kind) -> None:
        self._client = client
        self._log = log
        self._cache = cache
        self._kind = kind
        self._found: Found | None = None
        self._until = 0.0  # of the monotonic clock: asked anew after it
        self._caps: dict[str, tuple[float, Caps]] = {}
        self._turn = asyncio.Lock()
        # A changed key must be proved anew, so what is remembered belongs to address and key.
        told = "\0".join((client.place.base, *map(str, client.place.extra), client.secret.key))
        self._name = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()

    async def begin(self) -> None:
        """Prove the address and the key; one proved before may be away now."""
        remembered = found_from_json(await self._cache.get(f"found {self._name}") or b"")
        if remembered is not None and self._kind not in (Kind.AUTO, remembered.kind):
            remembered = None
        try:
            async with asyncio.timeout(SETUP_SECONDS):
                await self._look(remembered)
        except TimeoutError as error:
            if remembered is None:
                raise Unavailable("errors.server_slow", host=self._client.place.host) from error
        except AuthRequired:
            raise
        except AppError:
            if remembered is None:
                raise
        if self._found is None:
            self._found = remembered
            self._until = time.monotonic() + AGAIN_SECONDS

    @property
    def known(self) -> Found:
        """What was there when last asked; for those who cannot wait."""
        assert self._found is not None, "begin() comes first"
        return self._found

    async def found(self) -> Found:
        """Return what is there, asked anew after some minutes; the last known while it is away."""
        async with self._turn:
            if time.monotonic() >= self._until:
                self._until = time.monotonic() + AGAIN_SECONDS
                try:
                    await self._look(self._found)
                except AuthRequired:
                    raise
                except AppError as error:
                    self._log.debug("The list of indexers stays as it was: %s", error)
        return self.known

    async def caps(self, indexer: Indexer, found: Found) -> Caps:
        """Return what an indexer can do, as it said within the last day."""
        held = self._caps.get(indexer.id)
        if held is not None and held[0] > time.monotonic():
            return held[1]
        kept = await self._cache.get(f"caps {self._name} {indexer.id}")
        caps = caps_from_json(kept or b"")
        if caps is None:
            caps = await self._ask_caps(indexer, self._feed(found, indexer))
            await self._keep_caps(indexer, caps)
        self._caps[indexer.id] = (time.monotonic() + CAPS_SECONDS, caps)
        return caps

    async def _keep_caps(self, indexer: Indexer, caps: Caps) -> None:
        content = caps_to_json(caps)
        if len(content) <= LARGEST_CAPS:
            await self._cache.put(f"caps {self._name} {indexer.id}", content, CAPS_SECONDS)

    def _feed(self, found: Found, indexer: Indexer) -> str:
        return self._client.feed(found.kind, indexer.id, found.feed)

    async def _look(self, before: Found | None) -> None:
        """Ask what is there, and remember it."""
        kind = self._kind if before is None else before.kind
        if kind is Kind.AUTO:
            found = await self._guess()
        elif kind is Kind.PROWLARR:
            found = await (self._is_prowlarr() if before is None else self._prowlarr())
        elif kind is Kind.JACKETT:
            found = await self._jackett()
        else:
            found = await self._plain(kind, before)
        hide = self._client.secret.hide
        named = tuple(replace(one, name=hide(one.name)) for one in found.indexers)
        self._found = found = replace(found, indexers=named)
        self._until = time.monotonic() + FRESH_SECONDS
        await self._cache.put(f"found {self._name}", found_to_json(found), KEPT_SECONDS)

    async def _guess(self) -> Found:
        """Ask for everything it may be at once; the first that fits in this order is it."""
        place = self._client.place
        ways: Sequence[Callable[[], Awaitable[Found]]] = (self._is_prowlarr, self._jackett)
        if place.feed:
            ways = ()
        elif place.many:
            ways = (self._jackett,)
        if not place.many:
            ways = (*ways, lambda: self._plain(Kind.TORZNAB, None))
        results = await asyncio.gather(*(way() for way in ways), return_exceptions=True)
        errors: list[AppError] = []
        for result in results:
            if isinstance(result, Found):
                return result
            if not isinstance(result, AppError):
                raise result
            errors.append(result)
        raise _clearest(errors, place.host)

    async def _is_prowlarr(self) -> Found:
        if not is_prowlarr(await self._client.prowlarr("system/status", lane="prowlarr")):
            raise InvalidInput("errors.indexer_not_there", host=self._client.place.host)
        return await self._prowlarr()

    async def _prowlarr(self) -> Found:
        listed = await self._client.prowlarr("indexer")
        try:
            resting = await self._client.prowlarr("indexerstatus", lane="resting")
        except (Unavailable, NotFound):
            resting = []  # older ones do not tell who rests
        indexers = parse_prowlarr(listed, resting, self._client.place.host)
        return Found(Kind.PROWLARR, indexers, proved=time.time())

    async def _jackett(self) -> Found:
        indexers = parse_jackett(await self._client.jackett("jackett"), self._client.place.host)
        return Found(Kind.JACKETT, indexers, proved=time.time())

    async def _plain(self, kind: Kind, before: Found | None) -> Found:
        """One feed; its key is proved by a search, once a day: the caps are told to anybody."""
        if before is not None and 0 <= time.time() - before.proved < PROOF_SECONDS:
            return before
        only = Indexer(ONLY, self._client.place.host, usenet=kind is Kind.NEWZNAB)
        feed, caps = await self._first_feed(only)
        address = self._client.feed(kind, ONLY, feed)
        with contextlib.suppress(NotOffered):  # it searches with words only, but it let us in
            params = {"t": "search", "extended": "1", "limit": "1"}
            await self._client.ask(address, params, ONLY, only.name)
        await self._keep_caps(only, caps)
        named = replace(only, name=caps.title or only.name, works=works_of(caps.categories))
        return Found(kind, (named,), feed, time.time())

    async def _first_feed(self, only: Indexer) -> tuple[int, Caps]:
        """The first address at which there is a feed, and what it can do."""
        errors: list[AppError] = []
        for number, address in enumerate(self._client.place.feeds):
            try:
                root = await self._client.ask(address, {"t": "caps"}, only.id, only.name)
                return number, parse_caps(root, self._client.place.host)
            except NotOffered:
                return number, USUAL_CAPS
            except (Unavailable, NotFound, InvalidInput) as error:
                errors.append(error)
        if self._kind is not Kind.AUTO and all(isinstance(one, NotFound) for one in errors):
            return 0, USUAL_CAPS  # the owner says what it is; the search will prove it
        raise errors[0]

    async def _ask_caps(self, indexer: Indexer, feed: str) -> Caps:
        """Ask for the caps; the usual ones of an indexer that does not tell them."""
        try:
            root = await self._client.ask(feed, {"t": "caps"}, indexer.id, indexer.name)
        except (NotOffered, NotFound):
            return USUAL_CAPS
        return parse_caps(root, self._client.place.host)


def _clearest(errors: Sequence[AppError], host: str) -> AppError:
    """The error that tells the owner most: of all that were tried, only one thing can be there."""
    for error in errors:
        if isinstance(error, AuthRequired):
            return error
    for error in errors:
        if isinstance(error, Unavailable) and error.key != "errors.bad_answer":
            return error
    return InvalidInput("errors.indexer_not_there", host=host)
